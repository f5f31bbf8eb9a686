"""Changes in per cent against the previous estimate, whichever filing came first."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from models.filing import StatedFacts
from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from pipeline.manifest_facts import record_facts
from pipeline.reconcile import reconcile
from tests.database.views import all_views, view

RELEASE = """Lynx Gold Corp. {what} its Tabby project

{day} - Lynx Gold Corp. (TSXV: LYN) today announced a mineral resource estimate for the Tabby Project. {claim}

Mineral resources of the Tabby Project (effective {effective})

\tTonnes (kt)\tAu (g/t)\tAu (koz)
Measured\t{measured}
Indicated\t{indicated}
Measured + Indicated\t{total}
"""
OLD = {
    "what": "reports the first estimate of",
    "day": "May 6, 2019",
    "effective": "May 1, 2019",
    "claim": "The estimate follows two seasons of work.",
    "measured": "1,001\t2.00\t64",
    "indicated": "3,002\t1.50\t145",
    "total": "4,003\t1.63\t209",
}
NEW = {
    "what": "updates the estimate of",
    "day": "June 3, 2020",
    "effective": "June 1, 2020",
    "measured": "1,001\t2.00\t64",
    "indicated": "4,003\t1.50\t193",
    "total": "5,004\t1.60\t257",
}

# claim of the new release, outcome, what its explanation must say
CLAIMS = [
    ("Measured and indicated resources increased by 25%.", "agrees", "went from 4,003 kt to 5,004 kt, +25.01%"),
    ("Measured and indicated resources increased by 23.0%.", "agrees", "from 209 koz to 257 koz"),  # the metal
    ("Measured and indicated resources increased by 20%.", "disagrees", "per cent of the new figure"),
    ("Measured and indicated resources increased by 35%.", "disagrees", "+25.01%"),
]


def write(folder: Path, claim: str) -> tuple[Path, Path]:
    old, new = folder / "old.txt", folder / "new.txt"
    old.write_text(RELEASE.format(**OLD), encoding="utf-8")
    new.write_text(RELEASE.format(**NEW, claim=claim), encoding="utf-8")
    return old, new


def ingest_in_turn(url: str, *paths: Path) -> None:
    for path in paths:
        ingest(open_database(url), list(find_files([path])), workers=1)


def change(url: str) -> dict[str, object]:
    (row,) = [r for r in view(open_database(url), "v_claims") if r["kind"] == "change_percent"]
    return row


@pytest.mark.parametrize(("claim", "outcome", "said"), CLAIMS)
def test_a_change_is_recomputed_against_the_previous_estimate(
    sqlite_url: str, tmp_path: Path, claim: str, outcome: str, said: str
) -> None:
    old, new = write(tmp_path, claim)
    ingest_in_turn(sqlite_url, new)
    assert (change(sqlite_url)["outcome"], change(sqlite_url)["compared_with"]) == ("unmatched", None)
    ingest_in_turn(sqlite_url, old)
    found = change(sqlite_url)
    assert found["outcome"] == outcome
    assert said in str(found["explanation"])
    assert "old.txt (2019-05-01)" in str(found["explanation"])
    assert found["compared_with"]


def test_both_orders_give_the_same_database(database_url: str, tmp_path: Path) -> None:
    old, new = write(tmp_path, CLAIMS[0][0])
    other_url = f"sqlite:///{tmp_path}/other.db"
    ingest_in_turn(database_url, old, new)
    ingest_in_turn(other_url, new, old)
    assert change(database_url)["outcome"] == "agrees"
    assert all_views(open_database(database_url)) == all_views(open_database(other_url))


def test_another_property_is_no_previous_estimate(sqlite_url: str, tmp_path: Path) -> None:
    old, new = write(tmp_path, CLAIMS[0][0])
    old.write_text(old.read_text(encoding="utf-8").replace("Tabby", "Manx"), encoding="utf-8")
    ingest_in_turn(sqlite_url, old, new)
    assert change(sqlite_url)["outcome"] == "unmatched"


ANNUAL = """Lynx Gold Corp. reports its reserves of the Tabby project

February 3, 2020 - Lynx Gold Corp. (TSXV: LYN) today announced reserves of the Tabby Project. The mineral resource
estimate is effective March 1, 2018; mineral reserves are as of December 31, 2019.

Mineral resources of the Tabby Project

\tTonnes (kt)\tAu (g/t)\tAu (koz)
Measured + Indicated\t2,002\t1.63\t105

Mineral reserves of the Tabby Project

\tTonnes (kt)\tAu (g/t)\tAu (koz)
Proven + Probable\t1,000\t1.60\t51
"""


def test_the_previous_estimate_is_that_of_the_latest_date_not_of_the_latest_filing(
    sqlite_url: str, tmp_path: Path
) -> None:
    """An annual report that repeats an old resource beside its new reserve comes between the two."""
    old, new = write(tmp_path, CLAIMS[0][0])
    annual = tmp_path / "annual.txt"
    annual.write_text(ANNUAL, encoding="utf-8")
    ingest_in_turn(sqlite_url, old, annual, new)
    assert change(sqlite_url)["outcome"] == "agrees"
    assert "old.txt (2019-05-01)" in str(change(sqlite_url)["explanation"])


REPORT = """TECHNICAL REPORT ON THE TABBY PROJECT

NI 43-101 Technical Report prepared for Lynx Gold Corp.

Effective date: June 1, 2020

Table 1-1 Mineral resources of the Tabby Project (effective June 1, 2020)

\tTonnes (kt)\tAu (g/t)\tAu (koz)
Measured\t1,001\t2.00\t64
Indicated\t{indicated}
Measured + Indicated\t5,004\t1.60\t257
Inferred\t2,007\t1.21\t78
"""

# indicated line of the report, what is found of the release
REPORTS = [
    ("4,003\t1.50\t193", []),  # the same
    ("4,003.4\t1.499\t192.9", []),  # the report prints more digits
    ("4,030\t1.50\t193", ["tonnage of Indicated is 4,003 kt here and 4,030 kt in report.txt, which states the same"]),
]


@pytest.mark.parametrize(("indicated", "found"), REPORTS)
def test_a_release_is_set_beside_the_technical_report_of_its_estimate(
    database_url: str, tmp_path: Path, indicated: str, found: list[str]
) -> None:
    _, new = write(tmp_path, "The project also has 2,007,000 tonnes of inferred resources.")
    report, other_url = tmp_path / "report.txt", f"sqlite:///{tmp_path}/other.db"
    report.write_text(REPORT.format(indicated=indicated), encoding="utf-8")
    ingest_in_turn(database_url, new, report)
    ingest_in_turn(other_url, report, new)
    findings = [str(r["finding"]) for r in view(open_database(database_url), "v_findings") if r["rule"] == "R-SAME"]
    assert len(findings) == len(found)
    assert all(said in text for said, text in zip(found, findings, strict=True))
    (claim,) = [r for r in view(open_database(database_url), "v_claims") if r["category"] == "inferred"]
    assert (claim["outcome"], bool(claim["compared_with"])) == ("agrees", True)
    assert "2,007,000 t is 2,007 kt" in str(claim["explanation"])
    assert all_views(open_database(database_url)) == all_views(open_database(other_url))


def test_only_properties_whose_filings_changed_are_compared(sqlite_url: str, tmp_path: Path) -> None:
    old, new = write(tmp_path, CLAIMS[0][0])
    other = tmp_path / "other.txt"
    other.write_text(old.read_text(encoding="utf-8").replace("Tabby", "Manx"), encoding="utf-8")
    ingest_in_turn(sqlite_url, old, new, other)
    engine = open_database(sqlite_url)
    with engine.begin() as connection:
        assert reconcile(connection) == 0
        connection.execute(text("UPDATE dates SET iso = '2018-01-01' WHERE iso = '2019-05-01'"))
        assert reconcile(connection) == 2  # both properties have a filing of that day
        assert reconcile(connection) == 0
    assert "(2018-01-01)" in str(change(sqlite_url)["explanation"])


def test_what_a_manifest_states_decides_which_filings_are_of_one_property(sqlite_url: str, tmp_path: Path) -> None:
    old, new = write(tmp_path, CLAIMS[0][0])
    old.write_text(
        old.read_text(encoding="utf-8").replace("Lynx Gold Corp.", "Lynx Exploration Corp."), encoding="utf-8"
    )
    ingest_in_turn(sqlite_url, old, new)
    assert change(sqlite_url)["outcome"] == "unmatched"
    engine = open_database(sqlite_url)
    (filing_id,) = [r["filing_id"] for r in view(engine, "v_filings") if r["filename"] == "old.txt"]
    with engine.begin() as connection:
        record_facts(connection, {str(filing_id): StatedFacts(stated_by="list.csv", issuer="Lynx Gold Corp.")})
        reconcile(connection)
    assert change(sqlite_url)["outcome"] == "agrees"

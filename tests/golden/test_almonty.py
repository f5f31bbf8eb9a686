"""The release that started orebook, by SQL on the public views: its lines, its wrong total, all that goes with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from extractors import extract
from pipeline.checks import assess
from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from pipeline.read import read

LINES = [
    # label, type, category, material, tonnes, grade, contained, status
    ("Stockpiles Mineral Reserves", "reserve", "unclassified", "stockpile", 66_000, 0.25, 164, "sound"),
    ("Tailings Mineral Reserves", "reserve", "unclassified", "tailings", 1_932_000, 0.16, 3_105, "sound"),
    ("Proven", "reserve", "proven", None, 357_000, 0.45, 1_618, "sound"),
    ("Probable", "reserve", "probable", None, 1_523_000, 0.38, 5_791, "sound"),
    ("Proven + Probable Mineral Reserves", "reserve", "proven_probable", None, 1_880_000, 0.39, 7_409, "sound"),
    ("Total Mineral Reserves", "reserve", "total_reserves", None, 3_812_000, 0.28, 10_678, "held"),
    ("Measured", "resource", "measured", None, 434_000, 0.40, 1_735, "sound"),
    ("Indicated", "resource", "indicated", None, 2_326_000, 0.31, 7_139, "sound"),
    ("Measured + Indicated Mineral Resources", "resource", "measured_indicated", None, 2_760_000, 0.32, 8_874, "sound"),
    ("Inferred Mineral Resources", "resource", "inferred", None, 1_527_000, 0.24, 3_648, "sound"),
]


def ask(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


@pytest.fixture
def filed(database_url: str, shared: Path) -> Engine:
    """A database with the release as it was filed."""
    engine = open_database(database_url)
    ingest(engine, list(find_files([shared / "filings"])), workers=1)
    return engine


@pytest.fixture(scope="module")
def worked(shared: Path) -> dict[tuple[str, str, str | None], str]:
    """The outcome of each relation, by the label of its line and its commodity."""
    path = shared / "filings" / "almonty-2013-12-12.txt"
    disclosure = extract(read(path.read_bytes(), path.name))
    labels = {line.key: line.label for line in disclosure.lines}
    verdicts = [v for v in assess(disclosure).verdicts if v.line]
    return {(v.relation, labels[v.line], v.commodity): v.outcome.value for v in verdicts if v.line}


def test_the_release_gives_all_that_a_reader_would_take_from_it(filed: Engine) -> None:
    query = """
        SELECT label, estimate_type, category, material, tonnes, grade, contained, status, commodity, grade_unit,
               contained_unit, tonnage, tonnage_unit, line_number
        FROM (SELECT label, estimate_type, category, material, tonnes, grade, contained, status, commodity, grade_unit,
                     contained_unit, tonnage, tonnage_unit, line_number FROM v_estimates
              UNION ALL
              SELECT label, estimate_type, category, material, tonnes, grade, contained, status, commodity, grade_unit,
                     contained_unit, tonnage, tonnage_unit, line_number FROM v_held) AS every_line
        ORDER BY line_number"""
    read = ask(filed, query)
    assert [(*row[:3], row[3] or None, *map(float, row[4:7]), row[7]) for row in read] == LINES
    assert {row[8:11] for row in read} == {("WO3", "%", "t")}
    assert {row[12] for row in read} == {"kt"}

    ((reasons,),) = ask(filed, "SELECT reasons FROM v_held")
    assert "tonnage 3,812 kt is 66 kt short of its parts (3,878 kt)" in reasons
    assert "it equals the sum without Stockpiles Mineral Reserves, while contained WO3 adds all of them" in reasons
    repairs = ask(filed, "SELECT DISTINCT suggestion FROM v_checks WHERE outcome = 'failed' AND suggestion IS NOT NULL")
    assert repairs == [("3,878 kt",)]


def test_note_1_is_tied_to_the_inferred_line_with_its_two_quantities(filed: Engine) -> None:
    ((label, kind),) = ask(
        filed,
        "SELECT e.label, f.kind FROM v_footnotes f JOIN v_estimates e ON e.line_number = f.line_number "
        "WHERE f.marker = '1'",
    )
    assert (label, kind) == ("Inferred Mineral Resources", "sub_quantity")
    parts = ask(filed, "SELECT tonnes, grade, grade_unit, line_number FROM v_sub_quantities ORDER BY tonnes DESC")
    assert [(float(t), float(g), u, n) for t, g, u, n in parts] == [(355_000, 0.40, "%", 10), (177_000, 0.35, "%", 10)]
    kinds = [kind for (kind,) in ask(filed, "SELECT kind FROM v_footnotes WHERE line_number IS NULL")]
    assert sorted(kinds) == sorted(["cutoff"] * 5 + ["other"] * 2 + ["inclusive", "economic_viability"])


def test_each_cut_off_stands_with_what_it_applies_to(filed: Engine) -> None:
    cutoffs = ask(filed, "SELECT value, unit, commodity, categories, materials, zones FROM v_cutoffs ORDER BY value")
    assert [(float(value), *rest) for value, *rest in cutoffs] == [
        (0.04, "%", "WO3", "proven_probable,inferred", "tailings", ""),
        (0.05, "%", "WO3", "measured,indicated,inferred", "", ""),
        (0.07, "%", "WO3", "proven_probable,inferred", "open_pit", ""),
        (0.30, "%", "WO3", "proven_probable,inferred", "underground", "Los Santos Sur"),
    ]
    found = ask(filed, "SELECT finding FROM v_findings WHERE rule = '3.4(c)'")
    assert any("inferred" in finding for (finding,) in found)


def test_who_stands_for_it_and_when(filed: Engine) -> None:
    ((name, independent),) = ask(filed, "SELECT name, independent FROM v_qualified_persons")
    assert (name, bool(independent)) == ("Adam Wheeler", True)
    facts = "issuer, tickers, project, effective_date, report_date, release_date, document_type, language"
    assert ask(filed, f"SELECT {facts} FROM v_filings") == [
        (
            "Almonty Industries Inc.",
            "TSX-V:AII",
            "Los Santos",
            "2013-06-30",
            "2013-10-31",
            "2013-12-12",
            "news_release",
            "en",
        )
    ]


def test_claims_are_recomputed_or_said_to_be_beyond_proof(filed: Engine) -> None:
    unproven = ask(filed, "SELECT kind, percent, years, outcome, explanation FROM v_claims WHERE kind <> 'quantity'")
    stated = {(kind, float(percent or years)) for kind, percent, years, _, _ in unproven}
    assert stated == {("change_percent", 6.30), ("change_percent", 5.75), ("mine_life", 9.0)}
    assert all(outcome == "unmatched" and "not provable" in told for *_, outcome, told in unproven)
    told = {(kind, float(percent or years)): said for kind, percent, years, _, said in unproven}
    assert "3,812 kt from 3,586.1 kt, 3,878 kt (the sum of its parts) from 3,648.2 kt" in told["change_percent", 6.30]
    assert "contained WO3 10,678 t from 10,097.4 t" in told["change_percent", 5.75]
    assert "423.6 kt a year of 3,812 kt, 430.9 kt a year of 3,878 kt" in told["mine_life", 9.0]
    agreeing = ask(filed, "SELECT tonnes, grade FROM v_claims WHERE outcome = 'agrees' ORDER BY tonnes")
    assert [(float(t), float(g)) for t, g in agreeing] == [
        (355_000, 0.40),
        (1_527_000, 0.24),
        (1_880_000, 0.39),
        (1_932_000, 0.16),
    ]
    ((tonnes, malformed, said),) = ask(
        filed, "SELECT tonnes, malformed, explanation FROM v_claims WHERE malformed IS NOT NULL"
    )
    assert (tonnes, malformed) == (None, "2,760,00")
    assert "only 2,760,000 agrees with the table" in said
    assert ask(filed, "SELECT severity FROM v_findings WHERE rule = 'R-TYPO'") == [("B",)]


# relation, line, commodity, outcome: the table that was worked by hand, check by check
WORKED = [
    *(("contained_metal", label, "WO3", "passed") for label, *_ in LINES),  # all ten rows, the wrong total among them
    ("total_tonnage", "Proven + Probable Mineral Reserves", None, "passed"),  # 357 + 1,523
    ("total_contained", "Proven + Probable Mineral Reserves", "WO3", "passed"),  # 1,618 + 5,791
    ("weighted_grade", "Proven + Probable Mineral Reserves", "WO3", "passed"),  # 0.3933 prints 0.39
    ("total_tonnage", "Measured + Indicated Mineral Resources", None, "passed"),  # 434 + 2,326
    ("total_contained", "Measured + Indicated Mineral Resources", "WO3", "passed"),  # 1,735 + 7,139
    ("weighted_grade", "Measured + Indicated Mineral Resources", "WO3", "passed"),  # 0.3215 prints 0.32
    ("total_tonnage", "Total Mineral Reserves", None, "failed"),  # 66 + 1,932 + 1,880 is 3,878
    ("total_contained", "Total Mineral Reserves", "WO3", "passed"),  # 164 + 3,105 + 7,409
    ("same_addends", "Total Mineral Reserves", None, "failed"),  # the stockpile in one column only
    ("weighted_grade", "Total Mineral Reserves", "WO3", "passed"),  # 0.28 fits both tonnages
    ("note_partition", "Inferred Mineral Resources", None, "passed"),  # 355 + 177 of 1,527
    ("note_partition", "Inferred Mineral Resources", "WO3", "passed"),  # 2,039.5 of 3,648
    ("reserve_within_resource", "Proven + Probable Mineral Reserves", "WO3", "passed"),  # 7,409 of 8,874
    ("reserve_within_resource", "Proven", "WO3", "passed"),  # 1,618 of 1,735
    ("plausible_grade", "Tailings Mineral Reserves", "WO3", "passed"),
]


@pytest.mark.parametrize(("relation", "label", "commodity", "outcome"), WORKED)
def test_each_relation_comes_out_as_it_was_worked_by_hand(
    worked: dict[tuple[str, str, str | None], str], relation: str, label: str, commodity: str | None, outcome: str
) -> None:
    assert worked[relation, label, commodity] == outcome


def test_the_same_figures_come_out_of_every_layout(sqlite_url: str, shared: Path) -> None:
    engine = open_database(sqlite_url)
    layouts = sorted((shared / "corpus" / "documents").glob("almonty-lossantos-2013.*"))
    ingest(engine, list(find_files([path for path in layouts if path.suffix in {".pdf", ".html", ".txt"}])))
    for view, statuses in (("v_estimates", {"sound"}), ("v_held", {"held"})):
        by_file: dict[str, list[tuple[Any, ...]]] = {}
        columns = "filename, estimate_type, category, material, tonnes, grade, contained, status"
        for filename, *line in ask(engine, f"SELECT {columns} FROM {view} ORDER BY filename, line_number"):
            by_file.setdefault(filename, []).append(tuple(line))
        assert len(by_file) == 9
        assert {line[-1] for lines in by_file.values() for line in lines} == statuses
        assert len({tuple(lines) for lines in by_file.values()}) == 1

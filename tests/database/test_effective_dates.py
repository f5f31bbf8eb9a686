"""Effective dates in the views: a line's own where a filing states several, else the filing's, and their history."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine, text

from extractors import extract
from migrations import downgrade, upgrade
from models.document import Block, Document, Page, Paragraph
from models.filing import Filing, StatedFacts
from models.findings import Assessment
from pipeline.commit import commit_filing
from pipeline.database import open_database
from pipeline.stated.refresh import refresh_all
from tests.database import samples
from tests.database.views import all_tables, rows_of, view
from tests.extractors.grids import grid

TWO = "The Mineral Resource estimate is effective June 30, 2023; Mineral Reserves are as of December 31, 2023."
RESOURCES = "The Mineral Resource estimate is effective June 30, 2023."
ONE = "The estimates are effective June 30, 2023."
HEAD = "Category | Tonnes (kt) | Au (g/t) | Gold (koz)"
TABLES = (
    "Table 1: Mineral Resource Estimate",
    grid(HEAD, "Indicated | 2,000 | 1.50 | 96", "Inferred | 500 | 1.00 | 16"),
    "Table 2: Mineral Reserve Estimate",
    grid(HEAD, "Probable | 1,500 | 1.40 | 68"),
)


def commit(engine: Engine, said: str, project: str = "Alder", stated: StatedFacts | None = None) -> None:
    blocks: tuple[Block | str, ...] = (f"Tall Pine Mines Ltd. reports on its {project} Project", said, *TABLES)
    document = Document(
        "text/plain", (Page(),), tuple(Paragraph(block) if isinstance(block, str) else block for block in blocks)
    )
    filing = Filing(f"{project}.txt", f"file:///inbox/{project}.txt", f"{project}: {said}".encode(), stated=stated)
    with engine.begin() as connection:
        commit_filing(connection, filing, samples.FACTS, extract(document), Assessment(), "1")


def dates(engine: Engine, name: str = "v_estimates") -> dict[object, dict[object, object]]:
    """The effective date of each category by project."""
    found: dict[object, dict[object, object]] = {}
    for row in view(engine, name):
        found.setdefault(row["project"], {})[row["category"]] = row["effective_date"]
    return found


APART = {"indicated": "2023-06-30", "inferred": "2023-06-30", "probable": "2023-12-31"}
# project, what its release says, the effective date that a manifest states, the date of each line
CASES = [
    ("Alder", TWO, None, APART),
    # a date that is stated for resources alone is none of reserves; a manifest's is the filing's
    ("Birch", RESOURCES, None, APART | {"probable": None}),
    ("Cedar", RESOURCES, "2023-07-01", dict.fromkeys(APART, "2023-07-01")),
    # the only date is that of every line, and what a manifest states goes before it
    ("Elm", ONE, None, dict.fromkeys(APART, "2023-06-30")),
    ("Fir", ONE, "2023-07-01", dict.fromkeys(APART, "2023-07-01")),
    # a manifest has one date for the filing; the lines' own say more
    ("Hazel", TWO, "2023-12-31", APART),
    # of two that apply alike none is taken
    (
        "Larch",
        f"{TWO} The Mineral Resources are as of May 31, 2023.",
        None,
        APART | {"indicated": None, "inferred": None},
    ),
]


def test_each_line_has_the_date_that_applies_to_it(database_url: str) -> None:
    engine = open_database(database_url)
    for project, said, stated, _ in CASES:
        commit(engine, said, project, StatedFacts("filings.csv", effective_date=stated) if stated else None)
    expected = {project: of_lines for project, _, _, of_lines in CASES}
    assert dates(engine) == expected
    assert dates(engine, "v_current_estimates") == expected


def test_a_date_leads_to_where_it_is_printed(database_url: str) -> None:
    engine = open_database(database_url)
    commit(engine, TWO)
    assert {row["effective_date_text"] for row in view(engine, "v_estimates")} == {TWO}
    stated = [(r["effective_date"], r["estimate_types"], r["source_text"]) for r in view(engine, "v_effective_dates")]
    assert stated == [("2023-06-30", "resource", TWO), ("2023-12-31", "reserve", TWO)]
    assert [r["effective_date"] for r in view(engine, "v_filings")] == [None]


def test_each_estimate_stands_by_its_own_date(database_url: str) -> None:
    engine = open_database(database_url)
    update = "The Mineral Resource estimate is effective September 30, 2023; Mineral Reserves are as of May 31, 2022."
    for said in (TWO, update):
        commit(engine, said)
    current = {
        (row["category"], row["as_of_date"], row["dated_by"], row["previous_as_of_date"])
        for row in view(engine, "v_estimate_history")
        if row["standing"] == "current"
    }
    assert current == {
        ("indicated", "2023-09-30", "effective", "2023-06-30"),
        ("inferred", "2023-09-30", "effective", "2023-06-30"),
        ("probable", "2023-12-31", "effective", "2022-05-31"),
    }
    derived = all_tables(engine)["stated_estimates"]
    with engine.begin() as connection:
        refresh_all(connection)
    assert all_tables(engine)["stated_estimates"] == derived


def test_what_was_read_before_keeps_its_dates(database_url: str) -> None:
    engine = open_database(database_url)
    own = replace(samples.NOTED_DATE, iso="2013-09-30")
    disclosure = replace(samples.DISCLOSURE, effective_dates=(own,))
    with engine.begin() as connection:
        commit_filing(connection, samples.FILING, samples.FACTS, disclosure, samples.ASSESSMENT, "1")
    now = {row["label"]: row["effective_date"] for row in view(engine, "v_estimates")}
    assert now["Indicated"] == "2013-09-30"
    assert now["Measured"] == "2013-06-30"
    with engine.begin() as connection:
        downgrade(connection, "0020")
        before = rows_of(connection, "v_estimates")
        upgrade(connection)
        after = rows_of(connection, "v_estimates")
        assert connection.scalar(text("SELECT COUNT(*) FROM line_dates")) == 0
    assert {row["effective_date"] for row in before} == {"2013-06-30"}
    told = [{name: row[name] for name in old} for old, row in zip(before, after, strict=True)]
    assert told == before
    assert {row["effective_date_text"] for row in after} == {"June 30, 2013"}

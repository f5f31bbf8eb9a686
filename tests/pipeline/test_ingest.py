"""The batch on both databases: what is committed, what a second run does, what bad input costs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import Engine, text

from extractors import limited_regex
from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from pipeline.ledger import FilingStatus, Sighting, known_filings
from pipeline.outcomes import Done, Summary
from pipeline.settings import extractor_version
from pipeline.workers import AHEAD

RELEASE = "almonty-lossantos-2013"


def run(engine: Engine, *paths: Path, retry_failed: bool = False) -> Summary:
    return ingest(engine, list(find_files(paths)), workers=2, retry_failed=retry_failed)


def rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the log of runs."""
    from models.columns import Record

    names = [table.name for table in Record.metadata.sorted_tables if table.name not in {"runs", "run_filings"}]
    return {name: sorted(rows(engine, f"SELECT * FROM {name}"), key=str) for name in names}


def test_one_release_in_three_layouts_gives_the_same_figures(database_url: str, fixtures: Path) -> None:
    engine = open_database(database_url)
    summary = run(engine, *sorted((fixtures / "releases").glob(f"{RELEASE}.*[lft]")))
    assert (summary.new, summary.failed, summary.sound, summary.held) == (3, 0, 27, 3)
    seen = rows(
        engine,
        "SELECT filename, label, category, tonnes, grade, contained FROM v_estimates "
        "ORDER BY table_number, line_number",
    )
    by_file: dict[object, list[tuple[object, ...]]] = {}
    for filename, *line in seen:
        by_file.setdefault(filename, []).append(tuple(line))
    one, two, three = by_file.values()
    assert one == two == three
    assert len(one) == 9


def test_the_total_that_leaves_out_the_stockpile_is_held_with_its_repair(database_url: str, fixtures: Path) -> None:
    engine = open_database(database_url)
    run(engine, fixtures / "releases" / f"{RELEASE}.tab.txt")
    ((label, reasons),) = rows(engine, "SELECT label, reasons FROM v_held")
    assert label == "Total Mineral Reserves"
    assert "66 kt short of its parts (3,878 kt)" in str(reasons)
    assert "without Stockpiles Mineral Reserves" in str(reasons)
    assert rows(engine, "SELECT label FROM v_estimates WHERE label = 'Total Mineral Reserves'") == []


def test_a_second_run_changes_no_row(database_url: str, fixtures: Path) -> None:
    engine = open_database(database_url)
    run(engine, fixtures / "releases")
    before = contents(engine)
    summary = run(engine, fixtures / "releases")
    assert contents(engine) == before
    assert (summary.new, summary.re_extracted, summary.failed) == (0, 0, 0)
    assert summary.unchanged == len(list(find_files([fixtures / "releases"])))


def test_a_filing_that_moved_is_the_same_filing(database_url: str, fixtures: Path, tmp_path: Path) -> None:
    engine = open_database(database_url)
    first = tmp_path / "inbox" / "release.txt"
    first.parent.mkdir()
    shutil.copy(fixtures / "releases" / f"{RELEASE}.tab.txt", first)
    run(engine, first)
    moved = tmp_path / "archive.txt"
    first.rename(moved)
    assert run(engine, moved).unchanged == 1
    assert rows(engine, "SELECT COUNT(*), MAX(filename) FROM v_filings") == [(1, "archive.txt")]


def test_an_archive_is_read_member_by_member_and_costs_no_reading_when_unchanged(
    database_url: str, fixtures: Path, tmp_path: Path
) -> None:
    engine, archive = open_database(database_url), tmp_path / "bulk.zip"
    with ZipFile(archive, "w") as made:
        made.write(fixtures / "releases" / f"{RELEASE}.tab.txt", "2013/release.txt")
        made.writestr("broken.zip", b"PK")
    first = run(engine, archive)
    assert (first.new, first.failed, first.held) == (1, 1, 1)
    ((name, uri),) = rows(engine, "SELECT filename, source_uri FROM v_filings")
    assert (name, uri) == ("release.txt", f"{archive.as_uri().replace('file:', 'zip:')}!/2013/release.txt")
    before, (found, _) = contents(engine), list(find_files([archive]))
    with engine.connect() as connection:
        known = known_filings(connection, extractor_version())
    assert known.unread(Sighting(found.source_uri, found.byte_size, found.modified_ns)) is FilingStatus.EXTRACTED
    second = run(engine, archive)
    assert (second.unchanged, second.failed, second.failed_before) == (2, 0, 1)  # what was told once is not told again
    assert run(engine, archive, retry_failed=True).failed == 1
    assert contents(engine) == before


Make = Callable[[Path], object]


def encrypted(path: Path) -> None:
    canvas = Canvas(str(path), encrypt=StandardEncryption("user", "owner"))
    canvas.drawString(72, 720, "Measured 1.0 Mt at 2.0 g/t Au")
    canvas.save()


def picture_only(path: Path) -> None:
    canvas = Canvas(str(path))
    canvas.rect(72, 600, 200, 100, fill=1)
    canvas.save()


def no_estimate(path: Path) -> None:
    path.write_text("Lynx Gold Corp. appoints a director\n\nJune 3, 2020 - Lynx Gold Corp. has appointed Ada Roe.\n")


def truncated(path: Path) -> None:
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "Measured 1.0 Mt at 2.0 g/t Au")
    canvas.save()
    path.write_bytes(path.read_bytes()[:300])


BAD: dict[str, tuple[Make, str, str | None]] = {
    "empty.pdf": (lambda p: p.write_bytes(b""), "failed", "empty"),
    "truncated.pdf": (truncated, "failed", "truncated.pdf"),
    "encrypted.pdf": (encrypted, "failed", "password"),
    "picture.pdf": (picture_only, "failed", "text"),
    "zip-called.pdf": (lambda p: p.write_bytes(b"PK\x03\x04" + bytes(60)), "failed", "zip"),
    "latin.html": (
        lambda p: p.write_bytes("<meta charset='utf-8'><p>Réserves prouvées de la mine</p>".encode("latin-1")),
        "no_estimates",
        None,
    ),
    "director.txt": (no_estimate, "no_estimates", None),
}


def test_bad_input_gives_a_row_with_its_reason_and_the_run_goes_on(
    database_url: str, fixtures: Path, tmp_path: Path
) -> None:
    for name, (make, _, _) in BAD.items():
        make(tmp_path / name)
    shutil.copy(fixtures / "releases" / f"{RELEASE}.tab.txt", tmp_path / "good.txt")
    engine, seen = open_database(database_url), list[Done]()
    summary = ingest(engine, list(find_files([tmp_path])), workers=2, watch=seen.append)
    assert (summary.new, summary.failed) == (3, 5)
    assert len(seen) == 8
    found = {
        str(name): (status, error)
        for name, status, error in rows(engine, "SELECT filename, status, error FROM v_filings")
    }
    for name, (_, status, reason) in BAD.items():
        assert found[name][0] == status, name
        if reason:
            assert reason in str(found[name][1]), name
    assert found["good.txt"][0] == "extracted"
    assert rows(engine, "SELECT COUNT(*) FROM v_held")[0][0] == 1


def test_a_pattern_that_runs_away_fails_its_filing_with_the_reason(
    database_url: str, fixtures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited_regex, "TIME_LIMIT", 1e-9)  # as if every pattern ran away
    engine = open_database(database_url)
    assert run(engine, fixtures / "releases" / f"{RELEASE}.tab.txt").failed == 1
    ((error,),) = rows(engine, "SELECT error FROM v_filings")
    assert "a search in its text took too long" in str(error)


def test_a_known_failure_is_not_read_again_and_is_told(database_url: str, tmp_path: Path) -> None:
    engine = open_database(database_url)
    (tmp_path / "empty.pdf").write_bytes(b"")
    assert run(engine, tmp_path).failed == 1
    again = run(engine, tmp_path)
    assert (again.failed, again.unchanged, again.failed_before) == (0, 1, 1)


def test_a_filing_that_comes_again_after_it_was_read_is_not_read_again(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    for number in range(2 * AHEAD):  # so many that the first are done when the last come
        (tmp_path / f"b{number}.txt").write_text(f"Lynx Gold Corp. appoints director {number}\n")
    shutil.copy(tmp_path / "b0.txt", tmp_path / "y.txt")
    shutil.copy(tmp_path / "a.pdf", tmp_path / "z.pdf")
    engine = open_database(database_url)
    told: list[Done] = []
    summary = ingest(engine, list(find_files([tmp_path])), 1, told.append)
    assert (summary.new, summary.unchanged, summary.failed) == (2 * AHEAD, 1, 2)
    again = [done for done in told if done.found.filename in ("y.txt", "z.pdf")]
    assert [(done.outcome, done.seconds) for done in again] == [("unchanged", None), ("failed", None)]
    assert again[1].error == next(done.error for done in told if done.found.filename == "a.pdf")
    assert rows(engine, "SELECT filename FROM v_filings WHERE status = 'failed'") == [("z.pdf",)]


@pytest.mark.parametrize("name", ["latin.html"])
def test_a_wrong_encoding_is_detected_and_the_text_is_whole(name: str, tmp_path: Path) -> None:
    from pipeline.read import read

    BAD[name][0](tmp_path / name)
    document = read((tmp_path / name).read_bytes(), name)
    assert [p.text for p in document.paragraphs()] == ["Réserves prouvées de la mine"]

"""The ledger: what a run may skip, and what it says of itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from models.filing import Filing
from pipeline.commit import commit_failure, commit_filing
from pipeline.database import open_database
from pipeline.ledger import (
    FilingStatus,
    RunFiling,
    Sighting,
    finish_run,
    known_filings,
    last_runs,
    record_location,
    record_outcome,
    run_filings,
    start_run,
)
from tests.database.samples import ASSESSMENT, DISCLOSURE, FACTS, FILING
from tests.database.views import view

SIZE = len(FILING.content)


@pytest.fixture
def engine(database_url: str) -> Engine:
    opened = open_database(database_url)
    with opened.begin() as connection:
        commit_filing(connection, FILING, FACTS, DISCLOSURE, ASSESSMENT, "1", modified_ns=7)
    return opened


@pytest.mark.parametrize(
    ("uri", "size", "modified_ns", "status"),
    [
        (FILING.source_uri, SIZE, 7, FilingStatus.EXTRACTED),
        (FILING.source_uri, SIZE, 8, None),  # written since
        (FILING.source_uri, SIZE + 1, 7, None),  # written since, by a program that sets the time back
        ("file:///elsewhere/release.pdf", SIZE, 7, None),
    ],
)
def test_a_stat_tells_an_unchanged_file(
    engine: Engine, uri: str, size: int, modified_ns: int, status: FilingStatus | None
) -> None:
    with engine.connect() as connection:
        assert known_filings(connection, "1").unread(Sighting(uri, size, modified_ns)) == status


def test_another_version_has_done_nothing(engine: Engine) -> None:
    with engine.connect() as connection:
        known = known_filings(connection, "2")
    assert (known.status(FILING.sha256), known.unread(Sighting(FILING.source_uri, SIZE, 7))) == (None, None)


def test_bytes_are_known_in_any_place(engine: Engine) -> None:
    with engine.connect() as connection:
        assert known_filings(connection, "1").status(FILING.sha256) is FilingStatus.EXTRACTED


def test_a_failure_is_known_as_one(engine: Engine) -> None:
    broken = Filing("broken.pdf", "file:///inbox/broken.pdf", b"?")
    with engine.begin() as connection:
        commit_failure(connection, broken, "it is broken", "1", modified_ns=9)
        known = known_filings(connection, "1")
        retried = known_filings(connection, "1", failed=False)
    assert known.status(broken.sha256) is known.unread(Sighting(broken.source_uri, 1, 9)) is FilingStatus.FAILED
    assert retried.status(broken.sha256) is retried.unread(Sighting(broken.source_uri, 1, 9)) is None
    assert retried.status(FILING.sha256) is FilingStatus.EXTRACTED


def test_a_file_that_was_touched_is_known_by_its_new_time(engine: Engine) -> None:
    with engine.begin() as connection:
        record_location(connection, FILING, modified_ns=8)
        known = known_filings(connection, "1")
    assert known.unread(Sighting(FILING.source_uri, SIZE, 8)) is FilingStatus.EXTRACTED
    assert known.unread(Sighting(FILING.source_uri, SIZE, 7)) is None


def test_other_bytes_in_a_known_place_are_another_filing(engine: Engine) -> None:
    other = Filing(FILING.filename, FILING.source_uri, b"%PDF-1.7 an amended release")
    with engine.begin() as connection:
        commit_filing(connection, other, FACTS, DISCLOSURE, ASSESSMENT, "1", modified_ns=8)
        known = known_filings(connection, "1")
    assert len(view(engine, "v_filings")) == 2
    assert known.unread(Sighting(FILING.source_uri, SIZE, 7)) is None
    assert known.unread(Sighting(FILING.source_uri, len(other.content), 8)) is FilingStatus.EXTRACTED


def test_a_filing_whose_place_others_take_goes_by_a_place_where_it_still_lies(engine: Engine) -> None:
    copy = Filing("copy.pdf", "file:///inbox/copy.pdf", FILING.content)
    other = Filing(copy.filename, copy.source_uri, b"%PDF-1.7 an amended release")
    with engine.begin() as connection:
        record_location(connection, copy, modified_ns=7)
    assert [row["source_uri"] for row in view(engine, "v_filings")] == [copy.source_uri]
    with engine.begin() as connection:
        record_location(connection, other, modified_ns=8)
        commit_failure(connection, Filing("new.pdf", FILING.source_uri, b"?"), "it is broken", "1", modified_ns=8)
    with engine.connect() as connection:
        named = connection.execute(text("SELECT sha256, filename, source_uri FROM filings")).all()
    assert sorted(named) == sorted(
        [
            (FILING.sha256, FILING.filename, FILING.source_uri),  # the last place that is known of it
            (other.sha256, copy.filename, copy.source_uri),
            (Filing("", "", b"?").sha256, "new.pdf", FILING.source_uri),
        ]
    )


def test_a_run_counts_its_filings(engine: Engine) -> None:
    with engine.begin() as connection:
        first, second = start_run(connection, "1"), start_run(connection, "1")
        finish_run(connection, second, new=1, unchanged=2, re_extracted=3, failed=4)
    runs = {r["run_id"]: r for r in view(engine, "runs")}
    assert runs[first]["finished_at"] is None
    assert [runs[second][name] for name in ("new", "unchanged", "re_extracted", "failed")] == [1, 2, 3, 4]


def test_runs_and_what_became_of_their_filings_come_back_the_latest_first(engine: Engine) -> None:
    failed = RunFiling("file:///b.pdf", "failed", None, "the process that read it ended")
    with engine.begin() as connection:
        ended, killed = start_run(connection, "1"), start_run(connection, "2")
        record_outcome(connection, killed, failed)
        record_outcome(connection, killed, RunFiling("file:///a.pdf", "new", 1.5))
        finish_run(connection, ended, new=0, unchanged=2, re_extracted=0, failed=0)
        latest, first = last_runs(connection, 5)
        assert [run.run_id for run in last_runs(connection, 1)] == [killed]
        assert run_filings(connection, ended) == []
        assert run_filings(connection, killed) == [RunFiling("file:///a.pdf", "new", 1.5), failed]
    assert (latest.run_id, latest.finished_at, latest.new, latest.failed) == (killed, None, 1, 1)
    assert (first.run_id, first.finished_at is None, first.unchanged) == (ended, False, 2)


@pytest.mark.parametrize(
    ("modified_ns", "etag", "status"),
    [
        (7, '"a"', FilingStatus.EXTRACTED),
        (7, '"b"', None),  # written again within the second that its server's clock knows
        (8, '"a"', None),
        (7, None, None),
    ],
)
def test_a_servers_tag_tells_an_unchanged_file(
    database_url: str, modified_ns: int, etag: str | None, status: FilingStatus | None
) -> None:
    engine = open_database(database_url)
    uri = "https://example.org/release.pdf"
    with engine.begin() as connection:
        tagged = replace(FILING, source_uri=uri, etag='"a"')
        commit_filing(connection, tagged, FACTS, DISCLOSURE, ASSESSMENT, "1", modified_ns=7)
        seen = Sighting(uri, SIZE, modified_ns, etag)
        assert known_filings(connection, "1").unread(seen) == status
        record_location(connection, replace(tagged, etag=etag), modified_ns)  # the same bytes, as they are seen now
        assert known_filings(connection, "1").unread(seen) is FilingStatus.EXTRACTED


def test_a_place_that_gives_neither_time_nor_tag_is_read_each_time(engine: Engine) -> None:
    with engine.begin() as connection:
        record_location(connection, replace(FILING, source_uri="https://example.org/a.pdf"))
        seen = Sighting("https://example.org/a.pdf", SIZE, None, None)
        assert known_filings(connection, "1").unread(seen) is None

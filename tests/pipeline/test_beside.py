"""Several ingests at once on one database: they lose nothing, and what one has committed the others leave as it is."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.cli import main
from pipeline.database import open_database
from pipeline.lock import only_ingest
from tests.pipeline.batches import contents, fill, read_all

PROCESSES = multiprocessing.get_context("fork")


def ingest_beside(url: str, folder: Path) -> None:
    main(["ingest", str(folder), "--db", url, "--workers", "1", "--beside", "--quiet"])


def test_three_ingests_of_one_folder_give_the_database_of_one(
    new_database: Callable[[], str], fixtures: Path, tmp_path: Path
) -> None:
    inbox, alone, shared = fill(tmp_path / "inbox", fixtures), new_database(), new_database()
    read_all(alone, inbox)
    several = [PROCESSES.Process(target=ingest_beside, args=(shared, inbox)) for _ in range(3)]
    for process in several:
        process.start()
    for process in several:
        process.join()
    assert [process.exitcode for process in several] == [1, 1, 1]  # one filing cannot be read
    with open_database(shared).connect() as connection:
        new = connection.execute(text("SELECT source_uri FROM run_filings WHERE outcome = 'new'")).scalars()
        assert set(Counter(new).values()) == {1}
        assert connection.scalar(text("SELECT COUNT(finished_at) FROM runs")) == 3
    assert contents(shared) == contents(alone)


@pytest.mark.parametrize(("first", "second", "code"), [(True, True, 0), (True, False, 4), (False, True, 4)])
def test_ingests_share_the_lock_only_where_both_are_told_to(
    database_url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], first: bool, second: bool, code: int
) -> None:
    (tmp_path / "a.txt").write_text("Lynx Gold Corp. appoints a director\n")
    order = ["ingest", str(tmp_path / "a.txt"), "--db", database_url, *(["--beside"] if second else [])]
    with only_ingest(open_database(database_url), beside=first):
        other = PROCESSES.Process(target=main, args=(order,))  # one process may take its own file lock twice
        other.start()
        other.join()
    assert other.exitcode == code
    assert ("--beside" in capfd.readouterr().err) is (code == 4)

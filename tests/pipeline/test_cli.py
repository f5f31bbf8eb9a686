"""The commands as a user types them: what they print, and their exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.database import open_database
from pipeline.ledger import start_run
from pipeline.lock import only_ingest

RELEASE = "almonty-lossantos-2013.tab.txt"


def orebook(*words: str | Path, db: str | None = None) -> Result:
    return CliRunner().invoke(main, [*map(str, words), *(("--db", db) if db else ())], catch_exceptions=False)


def test_ingest_tells_what_it_found_and_where_to_look(tmp_path: Path, fixtures: Path) -> None:
    db = f"sqlite:///{tmp_path}/a.db"
    first = orebook("ingest", fixtures / "releases" / RELEASE, db=db)
    assert first.exit_code == 0
    assert "1 new" in first.output
    assert "9 sound, 0 unproven, 1 held" in first.output
    assert "v_held" in first.output
    assert f"new file='{RELEASE}' sound=9 unproven=0 held=1" in first.stderr
    second = orebook("ingest", fixtures / "releases" / RELEASE, db=db)
    assert second.exit_code == 0
    assert "nothing had to be read" in second.output


def test_paths_come_from_standard_input(tmp_path: Path, fixtures: Path) -> None:
    words = ["ingest", "-", "--db", f"sqlite:///{tmp_path}/a.db"]
    read = CliRunner().invoke(main, words, input=f"{fixtures / 'releases' / RELEASE}\n", catch_exceptions=False)
    assert (read.exit_code, "1 new" in read.output) == (0, True)


def test_a_folder_without_filings_is_told(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(b"PK")
    told = orebook("ingest", tmp_path, db=f"sqlite:///{tmp_path}/a.db")
    assert (told.exit_code, told.stderr) == (0, "no PDF, HTML, text or zip file was found\n")


def test_exit_codes_say_what_went_wrong(tmp_path: Path, fixtures: Path) -> None:
    db = f"sqlite:///{tmp_path}/a.db"
    (tmp_path / "empty.pdf").write_bytes(b"")
    failed = orebook("ingest", tmp_path / "empty.pdf", fixtures / "releases" / RELEASE, db=db)
    assert failed.exit_code == 1
    assert "empty.pdf" in failed.stderr
    assert orebook("ingest", tmp_path / "gone", db=db).exit_code == 2
    assert orebook("ingest").exit_code == 2
    silent = orebook("ingest", fixtures, db="postgresql://nobody@127.0.0.1:9/none")
    assert silent.exit_code == 3
    assert "127.0.0.1" in silent.stderr


def test_a_database_that_is_not_migrated_names_the_command(new_postgres: Callable[[str], str], fixtures: Path) -> None:
    new_postgres_url = new_postgres("template0")
    refused = orebook("ingest", fixtures / "releases" / RELEASE, db=new_postgres_url)
    assert refused.exit_code == 3
    assert "orebook migrate" in refused.stderr
    assert orebook("migrate", db=new_postgres_url).exit_code == 0
    assert orebook("ingest", fixtures / "releases" / RELEASE, db=new_postgres_url).exit_code == 0


@pytest.mark.parametrize("ingested", [True, False])
def test_show_prints_each_line_with_state_checks_and_printed_text(
    tmp_path: Path, fixtures: Path, ingested: bool
) -> None:
    db, path = f"sqlite:///{tmp_path}/a.db", fixtures / "releases" / RELEASE
    if ingested:
        orebook("ingest", path, db=db)
    shown = orebook("show", RELEASE if ingested else path, db=db).output
    assert "HELD     Total Mineral Reserves" in shown
    assert "why: total tonnage: Total Mineral Reserves: tonnage 3,812 kt is 66 kt short" in shown
    assert "printed: Proven | 357 | 0.45 | 1,618" in shown
    assert "passed   contained_metal: Proven: contained WO3 1,618 t is 357 kt × 0.45%" in shown
    assert "Adam Wheeler, independent" in shown
    assert (tmp_path / "a.db").exists() is ingested  # looking at a file makes no database


def test_show_tells_the_date_of_each_line_where_a_filing_states_several(tmp_path: Path) -> None:
    path = tmp_path / "two.txt"
    head = "\tTonnes (kt)\tAu (g/t)\tAu (koz)"
    said = "Mineral resources are as of March 1, 2018; mineral reserves are as of December 31, 2019."
    tables = (
        f"Mineral resources\n\n{head}\nInferred\t2,002\t1.63\t105",
        f"Mineral reserves\n\n{head}\nProbable\t1,000\t1.60\t51",
    )
    path.write_text("\n\n".join(("Lynx Gold Corp. reports on its Tabby Project", said, *tables)), encoding="utf-8")
    shown = orebook("show", path, db=f"sqlite:///{tmp_path}/a.db").output
    assert "resource, inferred, effective 2018-03-01: 2,002 kt" in shown
    assert "reserve, probable, effective 2019-12-31: 1,000 kt" in shown


def test_show_says_when_there_is_no_such_filing(tmp_path: Path) -> None:
    missing = orebook("show", "gone.pdf", db=f"sqlite:///{tmp_path}/a.db")
    assert missing.exit_code == 2
    assert "gone.pdf" in missing.stderr


def test_status_tells_the_last_runs_and_why_filings_failed(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "good.txt").write_text("Lynx Gold Corp. appoints a director\n")
    for _ in range(2):
        orebook("ingest", tmp_path, db=database_url)
    second, first, failure = orebook("status", db=database_url).output.splitlines()
    assert second.startswith("run 2 ")
    assert "0 new, 0 read anew, 2 unchanged, 0 failed" in second
    assert "1 new, 0 read anew, 0 unchanged, 1 failed" in first
    assert failure.startswith("  failed ")
    assert "empty.pdf: empty.pdf" in failure
    all_of_it = orebook("status", "--run", "1", db=database_url).output.splitlines()
    assert [line.split()[0] for line in all_of_it] == ["failed", "new"]
    assert orebook("status", "--last", "1", db=database_url).output.splitlines() == [second]
    unknown = orebook("status", "--run", "9", db=database_url)
    assert (unknown.exit_code, "there is no run 9" in unknown.stderr) == (2, True)


def test_status_tells_a_run_that_is_at_work_from_one_that_was_killed(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    with engine.begin() as connection:
        start_run(connection, "1")
    assert "  ended before it was done  " in orebook("status", db=sqlite_url).output
    with only_ingest(engine):
        other = subprocess.run(
            [sys.executable, "-c", "from pipeline.cli import main; main()", "status", "--db", sqlite_url],
            capture_output=True,
            text=True,
            check=True,
        )
    assert "  not finished  " in other.stdout


def test_status_makes_no_database(tmp_path: Path) -> None:
    asked = orebook("status", db=f"sqlite:///{tmp_path}/a.db")
    assert (asked.exit_code, list(tmp_path.iterdir())) == (3, [])


def test_failed_filings_are_read_again_on_request(tmp_path: Path) -> None:
    db = f"sqlite:///{tmp_path}/a.db"
    (tmp_path / "empty.pdf").write_bytes(b"")
    codes = [orebook("ingest", tmp_path, *retry, db=db).exit_code for retry in ([], [], ["--retry-failed"])]
    assert codes == [1, 0, 1]


def test_a_dry_run_names_what_would_be_read_and_changes_nothing(tmp_path: Path) -> None:
    db, inbox = f"sqlite:///{tmp_path}/a.db", tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "old.txt").write_text("Lynx Gold Corp. appoints a director\n")
    assert "1 of 1 files would be read" in orebook("ingest", inbox, "--dry-run", db=db).output
    assert list(tmp_path.iterdir()) == [inbox]
    orebook("ingest", inbox, db=db)
    (inbox / "new.txt").write_text("Lynx Gold Corp. drills\n")
    (inbox / "copy.txt").write_bytes((inbox / "old.txt").read_bytes())
    told = orebook("ingest", inbox, "--dry-run", db=db).output.splitlines()
    assert told == [f"would read {(inbox / 'new.txt').as_uri()}", "1 of 3 files would be read; nothing was changed"]
    assert len(orebook("status", db=db).output.splitlines()) == 1


def test_since_leaves_older_files_out(tmp_path: Path) -> None:
    db = f"sqlite:///{tmp_path}/a.db"
    for name, day in (("old.txt", "2020-03-01"), ("new.txt", "2020-03-02")):
        (tmp_path / name).write_text(name)
        moment = datetime.fromisoformat(f"{day}T12:00").timestamp()
        os.utime(tmp_path / name, (moment, moment))
    told = orebook("ingest", tmp_path, "--dry-run", "--since", "2020-03-02", db=db).output
    assert "new.txt" in told
    assert "old.txt" not in told
    assert orebook("ingest", tmp_path, "--since", "March", db=db).exit_code == 2


def test_the_log_comes_as_json_lines(tmp_path: Path, fixtures: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    paths = (tmp_path / "empty.pdf", fixtures / "releases" / RELEASE)
    done = orebook("ingest", *paths, "--log-format", "json", db=f"sqlite:///{tmp_path}/a.db")
    failed, new = map(json.loads, done.stderr.splitlines())
    assert (failed["event"], failed["outcome"], failed["file"]) == ("filing", "failed", "empty.pdf")
    assert "empty" in failed["reason"]
    assert (new["outcome"], new["sound"], new["held"], new["reason"]) == ("new", 9, 1, None)
    assert new["seconds"] > 0
    summary = json.loads(done.stdout)
    assert (summary["event"], summary["new"], summary["failed"]) == ("run", 1, 1)


def test_all_that_is_told_comes_as_json_lines_where_the_log_does(tmp_path: Path, fixtures: Path) -> None:
    """What ends a run and what it leaves, too: a program reads the log line by line."""
    db, release = f"sqlite:///{tmp_path}/a.db", fixtures / "releases" / RELEASE

    def told(*words: str | Path, db: str = db) -> list[dict[str, object]]:
        done = orebook("ingest", *words, "--log-format", "json", db=db)
        return [json.loads(line) for line in (done.stdout + done.stderr).splitlines()]

    (missing,) = told(tmp_path / "gone.pdf")
    assert (missing["event"], missing["level"]) == ("message", "error")
    assert "gone.pdf: there is no such file" in str(missing["message"])
    (down,) = told(release, db="postgresql://nobody@127.0.0.1:9/none")
    assert "cannot open the database" in str(down["message"])
    would, preview = told(release, "--dry-run")
    assert (would["event"], would["source"]) == ("would read", release.as_uri())
    assert (preview["event"], preview["unread"], preview["files"]) == ("preview", 1, 1)
    summary, *pages, _ = told(release, "--report", tmp_path / "reports")
    assert summary["event"] == "run"
    assert [Path(str(page["file"])).name for page in pages] == ["run-1.html", "run-1.md"]


def test_a_run_that_is_interrupted_ends_with_the_exit_code_of_a_shell(tmp_path: Path) -> None:
    """Not with 1, which says that some filings failed."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(400):
        (inbox / f"{number}.txt").write_text(f"Lynx Gold Corp. drills hole {number}\n")
    words = ["ingest", str(inbox), "--db", f"sqlite:///{tmp_path}/a.db", "--workers", "1", "--log-format", "json"]
    # A shell lets what it starts in the background ignore the signal, and all that this starts.
    heeding = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    started = [sys.executable, "-c", f"{heeding}; from pipeline.cli import main; main()", *words]
    with Popen(started, stderr=PIPE, text=True) as run:
        assert run.stderr
        first = run.stderr.readline()
        run.send_signal(signal.SIGINT)
        told = [json.loads(line) for line in (first, *run.stderr)]
    assert run.returncode == 130
    assert told[-1]["message"] == "interrupted; what was committed stays"
    assert {line["outcome"] for line in told[:-1]} == {"new"}


def test_a_log_on_a_full_disk_does_not_end_the_run(tmp_path: Path) -> None:
    db, inbox = f"sqlite:///{tmp_path}/a.db", tmp_path / "inbox"
    inbox.mkdir()
    for number in range(3):
        (inbox / f"{number}.txt").write_text(f"Lynx Gold Corp. drills hole {number}\n")
    started = [sys.executable, "-c", "from pipeline.cli import main; main()", "ingest", str(inbox), "--db", db]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(started, stdout=subprocess.PIPE, stderr=full, text=True, check=False)
    assert (done.returncode, "3 new" in done.stdout) == (0, True)


def test_help_names_every_command() -> None:
    shown = orebook("--help").output
    assert all(command in shown for command in ("ingest", "status", "show", "migrate"))

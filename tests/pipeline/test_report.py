"""The report of a run: what it tells, on both databases, and that nothing a filing prints is taken for markup."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import Engine

from models.filing import Filing
from pipeline.cli import main
from pipeline.commit import commit_failure
from pipeline.database import open_database
from pipeline.ledger import RunFiling, finish_run, record_outcome, start_run
from pipeline.queries import Count
from pipeline.report.facts import run_report
from pipeline.report.pages import Share, change_bar, in_a_line, shares
from tests.database.samples import FILING, SUM_FAILS
from tests.database.views import all_tables
from tests.pipeline.entities.filings import NEW, OLD, commit
from tests.pipeline.test_decisions import commit as commit_sample

HOSTILE = replace(NEW, filename="a|b</title><script>x</script>.txt", zone='<img src="x" onerror="y"> | *North*')
BROKEN = Filing("broken.pdf", "file:///inbox/broken.pdf", b"?")
REASON = "broken.pdf: the PDF is <b>cut off</b> | fetch it again"


def run_of(engine: Engine, *outcomes: RunFiling) -> int:
    with engine.begin() as connection:
        run = start_run(connection, "1")
        for outcome in outcomes:
            record_outcome(connection, run, outcome)
        failed = sum(outcome.outcome == "failed" for outcome in outcomes)
        finish_run(connection, run, len(outcomes) - failed, 0, 0, failed)
    return run


def filled(url: str) -> str:
    """A first run with an old estimate; a second with a later one, a filing with held lines, and a broken file."""
    engine = open_database(url)
    commit(engine, [OLD])
    run_of(engine, RunFiling(OLD.filing.source_uri, "new"))
    commit(engine, [NEW])
    commit_sample(engine)
    with engine.begin() as connection:
        commit_failure(connection, BROKEN, REASON, "1")
    run_of(
        engine,
        RunFiling(NEW.filing.source_uri, "new"),
        RunFiling(FILING.source_uri, "re_extracted"),
        RunFiling(BROKEN.source_uri, "failed", reason=REASON),
    )
    return url


@pytest.fixture
def url(sqlite_url: str) -> str:
    return filled(sqlite_url)


def written(url: str, out: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["report", "--db", url, "--out", str(out), *options])


def page(file: Path) -> HtmlElement:
    return document_fromstring(file.read_text(encoding="utf-8"))


def words(file: Path) -> str:
    return " ".join(page(file).find("body").text_content().split())


def test_the_report_has_what_the_run_did_and_changes_nothing(database_url: str, tmp_path: Path) -> None:
    engine = open_database(filled(database_url))
    before = all_tables(engine)
    assert written(database_url, tmp_path).exit_code == 0
    assert all_tables(engine) == before
    with engine.connect() as connection:
        report = run_report(connection)
    assert report is not None
    assert [(f.filename, f.outcome) for f in report.filings] == [("release.pdf", "re_extracted"), ("new.txt", "new")]
    assert report.lines == (Count("sound", 2), Count("unproven", 2), Count("held", 2))
    assert [line.label for line in report.held] == ["Measured + Indicated", "Inferred"]  # a total comes first
    assert report.failed == (RunFiling(BROKEN.source_uri, "failed", reason=REASON),)
    (change,) = report.changes
    assert (change.previous_tonnes, change.tonnes) == (Decimal(900_000), Decimal(1_000_000))
    assert change.tonnes_change_percent == Decimal("11.11")
    assert (change.previous_as_of_date, change.as_of_date) == ("2018-12-31", "2020-12-31")
    assert change.grade_change_percent == 0


def test_both_pages_tell_what_is_new_changed_held_and_failed(url: str, tmp_path: Path) -> None:
    done = written(url, tmp_path / "reports")
    as_html, as_markdown = (tmp_path / "reports" / f"run-2.{kind}" for kind in ("html", "md"))
    assert done.stdout.splitlines() == [str(as_html), str(as_markdown)]
    for told in (words(as_html), as_markdown.read_text(encoding="utf-8")):
        assert "old.txt" not in told  # the run before read it
        for said in ("new.txt", "900,000", "1,000,000", "+11.1 %", SUM_FAILS.explanation, "broken.pdf", "cut off"):
            assert said in told


def test_an_earlier_run_is_told_by_its_number(url: str, tmp_path: Path) -> None:
    assert written(url, tmp_path, "--run", "1").exit_code == 0
    told = words(tmp_path / "run-1.html")
    assert "old.txt" in told
    assert "new.txt" not in told
    assert "Nothing failed." in told
    assert "No line is held." in told


def test_markup_in_a_filing_is_text(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_database(sqlite_url)
    commit(engine, [replace(OLD, zone=HOSTILE.zone), HOSTILE])
    run_of(engine, RunFiling(HOSTILE.filing.source_uri, "new"), RunFiling("file:///<i>x</i>|", "failed", reason=REASON))
    written(sqlite_url, tmp_path)
    found = page(tmp_path / "run-1.html")
    assert [tag for tag in ("script", "img", "i", "b") if found.findall(f".//{tag}")] == []
    for said in (HOSTILE.filename, HOSTILE.zone, REASON, "file:///<i>x</i>|"):
        assert str(said) in found.find("body").text_content()
    markdown = (tmp_path / "run-1.md").read_text(encoding="utf-8")
    assert "<" not in markdown
    assert r"a\|b&lt;/title&gt;&lt;script&gt;" in markdown
    assert r"\| \*North\*" in markdown


def test_the_page_needs_no_other_file(url: str, tmp_path: Path) -> None:
    written(url, tmp_path)
    found = page(tmp_path / "run-2.html")
    assert found.xpath("//script | //link | //@src | //@href | //@*[starts-with(name(), 'on')]") == []
    assert "url(" not in found.findtext(".//style")
    assert [bar.get("aria-label") for bar in found.xpath("//figure//svg")] == ["2 sound, 2 unproven, 2 held"]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("Tall *Pine* [x](y)", r"Tall \*Pine\* \[x\](y)"),
        ("a|b", r"a\|b"),  # would end the cell
        ("one\ntwo\r\n\n# three", r"one two \# three"),  # would end the row
        ("\\| & &lt;", r"\\\| &amp; &amp;lt;"),
        ("O'Brien `x` _y_ ~z~ $1$", r"O'Brien \`x\` \_y\_ \~z\~ \$1\$"),
        (0.5, "0.5"),
    ],
)
def test_no_value_is_markdown(printed: object, shown: str) -> None:
    assert in_a_line(printed) == shown


def test_bars_are_as_long_as_what_they_stand_for() -> None:
    assert shares([Count("sound", 3), Count("held", 1)]) == [Share("sound", 3, 0, 75), Share("held", 1, 75, 25)]
    assert shares([]) == []
    assert change_bar(Decimal(-50)) == Share("less", 0, 25, 25)
    assert change_bar(Decimal(900)) == Share("more", 0, 50, 50)  # no longer than the space


@pytest.mark.parametrize(("options", "said"), [(("--run", "9"), "there is no run 9"), ((), "there has been no run")])
def test_a_run_that_is_not_there_is_said(sqlite_url: str, tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    done = written(sqlite_url, tmp_path / "out", *options)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "out").exists()


def test_without_a_database_none_is_made(tmp_path: Path) -> None:
    done = written(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "out")
    assert done.exit_code == 3
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(url: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = written(url, tmp_path / "file" / "out")
    assert done.exit_code == 2
    assert "cannot write into" in done.stderr


def test_filings_and_lines_lead_to_the_reviewers_pages(url: str, tmp_path: Path) -> None:
    assert written(url, tmp_path, "--pages", "https://desk.example/orebook/").exit_code == 0
    with open_database(url).connect() as connection:
        report = run_report(connection)
    assert report is not None
    ways = [f"filings/{filing.filing_id}" for filing in report.filings]
    ways += [f"lines/{change.estimate_id}" for change in report.changes]
    ways += [f"lines/{line.estimate_id}" for line in report.held]
    addresses = [f"https://desk.example/orebook/{way}" for way in ways]
    assert page(tmp_path / "run-2.html").xpath("//a/@href") == addresses
    markdown = (tmp_path / "run-2.md").read_text(encoding="utf-8")
    assert [address for address in addresses if f"]({address})" not in markdown] == []


def test_what_is_no_web_address_is_refused(url: str, tmp_path: Path) -> None:
    done = written(url, tmp_path, "--pages", "javascript:alert(1)")
    assert (done.exit_code, "is no address of web pages" in done.stderr) == (2, True)


def test_an_ingest_writes_its_own_report(sqlite_url: str, tmp_path: Path, fixtures: Path) -> None:
    filing = str(fixtures / "releases" / "almonty-lossantos-2013.tab.txt")
    asked = ["ingest", filing, "--db", sqlite_url, "--workers", "1", "--report", str(tmp_path / "reports")]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-2:] == [str(tmp_path / "reports" / f"run-1.{kind}") for kind in ("html", "md")]
    assert "Total Mineral Reserves" in words(tmp_path / "reports" / "run-1.html")

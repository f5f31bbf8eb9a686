"""Each benchmark runs on a tiny input and prints all its figures, so that none rots; none is judged by its seconds."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner

from benchmarks import ingest, million_lines, pages
from benchmarks.documents import made_report, samples
from benchmarks.made_releases import Release
from benchmarks.readers import text_pass
from models.findings import Status
from pipeline.fetch import find_files
from pipeline.ingest import ingest_one
from pipeline.questions import questions
from pipeline.read import read

FIGURES = r"(?: +\d+(?:\.\d+)?)"

STAGES = ("text pass", "read", "extract", "check", "commit", "end to end")
WAYS = ("text pass", "naive pdfplumber", "one process", "ingest, 1 worker", "ingest, 2 workers", "unchanged")

# The benchmark, the lines that it prints of a sample, and how many figures each has.
PRINTED: list[tuple[click.Command, tuple[str, ...], int]] = [(pages.main, STAGES, 3), (ingest.main, WAYS, 4)]


@pytest.mark.parametrize(("benchmark", "lines", "figures"), PRINTED, ids=["pages", "ingest"])
def test_a_benchmark_prints_its_figures(
    tmp_path: Path, benchmark: click.Command, lines: tuple[str, ...], figures: int
) -> None:
    file = made_report(tmp_path / "one.pdf", 1)
    ran = CliRunner().invoke(benchmark, [str(file), "--rounds", "1"], catch_exceptions=False)
    assert ran.output.startswith("the files: 1 files, 1 pages")
    for name in lines:
        assert re.search(rf"^  {name}{FIGURES}{{{figures}}}$", ran.output, re.MULTILINE), name


def test_the_questions_are_asked_of_made_lines_and_find_some(tmp_path: Path) -> None:
    words = [f"sqlite:///{tmp_path / 'made.db'}", "--lines", "9000"]  # the filings that the questions name are below it
    ran = CliRunner().invoke(million_lines.main, words, catch_exceptions=False)
    found = re.findall(r"ms of a processor +(\d+) rows  (.+)", ran.output)
    assert [title for _, title in found] == [question.title for question in questions()]
    person = "For whom a qualified person works, and for whom the work was done"  # one of 4,000, by chance
    assert {title for rows, title in found if rows == "0"} <= {person}


def test_without_the_shared_folder_all_files_are_made(tmp_path: Path) -> None:
    releases, report = samples(tmp_path, pages=45, releases=2, shared=tmp_path / "none")
    assert (len(releases.files), text_pass(releases.files), text_pass(report.files)) == (2, 8, 45)


def test_a_made_report_has_tables_that_state_estimates(tmp_path: Path) -> None:
    report = made_report(tmp_path / "report.pdf", 22)
    with pdfium.PdfDocument(report) as pdf:
        assert len(pdf) == 22
    captions = [grid.cells[0].text for grid in read(report.read_bytes(), report.name).grids()]
    assert captions.count("Category") == 2  # the first page and the twenty-first
    assert captions.count("Hole") == 2  # and the pages after them


def test_a_made_release_states_an_estimate_of_its_own(tmp_path: Path) -> None:
    files = [Release(number).draw(tmp_path / f"{number}.pdf") for number in (0, 1, 8)]
    assert text_pass(files) == 12
    read_ones = [ingest_one(found.load()) for found in find_files(files)]
    assert [rows.count(Status.SOUND) for rows in read_ones] == [9, 9, 9]
    issuers = [rows.extraction["issuer"] for rows in read_ones]
    assert issuers == ["Lynx Ridge Gold Corp.", "Lynx Ridge Gold Corp.", "Grey Owl Ridge Gold Corp."]

"""Pages a second of each stage, beside the pypdfium2 text pass of the same files: `python -m benchmarks.pages`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from sqlalchemy import Engine

from benchmarks.documents import SHARED, Sample, samples
from benchmarks.readers import text_pass
from benchmarks.timing import interleaved
from extractors import extract, may_state_estimates
from models.disclosure import Disclosure
from models.document import Document
from models.filing import Filing
from models.findings import Assessment
from pipeline.checks import assess
from pipeline.commit import ReadFacts, commit_filing
from pipeline.database import open_database
from pipeline.read import read

Read = tuple[Filing, Document, Disclosure, Assessment]


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True, help="Figures are medians of so many.")
@click.option("--pages", type=click.IntRange(1), default=400, show_default=True, help="Pages of the made report.")
@click.option("--releases", type=click.IntRange(1), default=20, show_default=True, help="How many releases.")
@click.option("--shared", type=click.Path(path_type=Path), default=SHARED, help="The folder with the corpus.")
def main(files: tuple[Path, ...], rounds: int, pages: int, releases: int, shared: Path) -> None:
    """Print pages a second of reading, extracting, checking and committing, and the ratio of each to the text pass.

    FILES are PDFs; without them, releases and reports. Seconds are of processors: other programs falsify them least.
    """
    with TemporaryDirectory() as folder:
        chosen = [Sample("the files", files)] if files else samples(Path(folder), pages, releases, shared)
        for sample in chosen:
            for line in measured(sample, rounds, Path(folder)):
                click.echo(line)


def measured(sample: Sample, rounds: int, folder: Path) -> Iterator[str]:
    """The lines of the sample's table; the text pass and the stages take turns in every round."""
    pages = text_pass(sample.files)
    done = [_read_through(file) for file in sample.files]  # once without a clock: what is loaded stays loaded
    databases = iter([open_database(f"sqlite:///{folder}/{sample.name}-{n}.db") for n in range(rounds)])
    runs = {
        "text pass": lambda: text_pass(sample.files),
        "read": lambda: [_read(filing) for filing, *_ in done],
        "extract": lambda: [extract(document) for _, document, *_ in done],
        "check": lambda: [assess(disclosure, document) for _, document, disclosure, _ in done],
        "commit": lambda: _commit(next(databases), done),
    }
    costs = interleaved(runs, rounds)
    floor = costs["text pass"].cpu
    whole = sum(cost.cpu for name, cost in costs.items() if name != "text pass")
    laid_out = sum(1 for _, document, *_ in done for page in document.pages if page.words)
    yield f"{sample.name}: {len(sample.files)} files, {pages} pages, {laid_out} laid out; median of {rounds} rounds"
    yield f"  {'stage':18}{'seconds':>9}{'pages/s':>9}{'x text pass':>13}"
    for name, seconds in (*((name, cost.cpu) for name, cost in costs.items()), ("end to end", whole)):
        yield f"  {name:18}{seconds:9.3f}{pages / seconds if seconds else 0:9.0f}{seconds / floor:13.1f}"


def _read_through(file: Path) -> Read:
    filing = Filing(file.name, file.as_uri(), file.read_bytes())
    document = _read(filing)
    disclosure = extract(document)
    return filing, document, disclosure, assess(disclosure, document)


def _read(filing: Filing) -> Document:
    return read(filing.content, filing.filename, wanted=may_state_estimates)


def _commit(engine: Engine, done: Sequence[Read]) -> None:
    for filing, document, disclosure, assessment in done:
        with engine.begin() as connection:
            facts = ReadFacts(document.media_type, document.page_count)
            commit_filing(connection, filing, facts, disclosure, assessment, "benchmark")


if __name__ == "__main__":
    main()

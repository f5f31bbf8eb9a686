"""Milliseconds and kilobytes of the reviewer's pages over a database: `python -m benchmarks.desk --db URL`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import click
from sqlalchemy import text
from starlette.testclient import TestClient

from pipeline.commands.options import database_option
from pipeline.database import open_database
from pipeline.read_only import ReadOnly, open_read_only
from pipeline.web.access import Access
from pipeline.web.app import create_app
from pipeline.web.desk import Desk
from pipeline.web.forms import Forms
from pipeline.web.workbench import Workbench

FILINGS = "SELECT filing_id FROM v_filings ORDER BY filing_id LIMIT :most"
LINES = "SELECT DISTINCT estimate_id FROM v_held ORDER BY estimate_id LIMIT :most"
PROJECTS = "SELECT project_id FROM v_projects ORDER BY filings DESC, project_id LIMIT :most"


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as it was given: milliseconds of the clock, and kilobytes without pictures."""

    address: str
    milliseconds: float
    kilobytes: float


@click.command()
@database_option
@click.option("--most", type=click.IntRange(1), default=500, show_default=True, help="Pages of each kind.")
def main(url: str, most: int) -> None:
    """Ask for each page once, documents opened anew, and print the median and the worst of each kind."""
    reading, workbench = open_read_only(url), Workbench()
    client = TestClient(
        create_app(Desk(reading, open_database(url), workbench, Forms(b"secret"), Access(), "nobody")),
        base_url="http://localhost",
    )
    addresses = dict(_addresses(reading, most))
    for address in addresses["a filing"][:1]:
        client.get(address)  # once without a clock: programs and styles stay loaded
    click.echo(f"{'page':16}{'count':>6}{'median ms':>11}{'most ms':>9}{'median kB':>11}{'most kB':>9}")
    for kind, asked in ((kind, asked) for kind, asked in addresses.items() if asked):
        answers = [_asked(client, address) for address in asked]
        times, sizes = [a.milliseconds for a in answers], [a.kilobytes for a in answers]
        slowest = max(answers, key=lambda answer: answer.milliseconds).address
        click.echo(
            f"{kind:16}{len(answers):6}{median(times):11.0f}{max(times):9.0f}{median(sizes):11.1f}{max(sizes):9.1f}"
            f"  {slowest}"
        )
    workbench.close()


def _addresses(reading: ReadOnly, most: int) -> Iterator[tuple[str, list[str]]]:
    with reading.connect() as connection:
        filings, lines, projects = (
            [str(key) for key in connection.scalars(text(query), {"most": most})]
            for query in (FILINGS, LINES, PROJECTS)
        )
    yield "the filings", ["/filings", "/filings?q=gold", "/filings?state=held", "/filings?page=3"]
    yield "a filing", [f"/filings/{key}" for key in filings]
    yield "the queue", ["/queue"]
    yield "a line", [f"/lines/{key}" for key in lines]
    yield "a line's proof", [f"/lines/{key}/proof" for key in lines]
    yield "the projects", ["/projects"]
    yield "a project", [f"/projects/{key}" for key in projects]
    yield "the names", ["/names"]


def _asked(client: TestClient, address: str) -> Answer:
    began = time.perf_counter()
    answer = client.get(address)
    taken = 1000 * (time.perf_counter() - began)
    answer.raise_for_status()
    return Answer(address, taken, len(answer.content) / 1000)


if __name__ == "__main__":
    main()

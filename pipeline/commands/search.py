"""`orebook search`: what filings say, by words."""

from __future__ import annotations

import sys

import click

from pipeline.commands.options import SOME_FAILED, database_option, opened


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many texts to print.")
@database_option
def search(words: tuple[str, ...], limit: int, url: str) -> None:
    """Find headlines, notes, captions, statements, claims, cut-offs and people that hold all WORDS.

    Case and accents do not count; 43-101 and WO3 are words, feasib* stands for any ending. Each text is printed with
    its file and page, the latest releases first. In SQL: SELECT * FROM v_texts WHERE text_id IN (SELECT rowid FROM
    text_search('tungsten')). Ends with exit code 1 where nothing is found.
    """
    from pipeline.search import search as find

    with opened(url).connect() as connection:
        found = find(connection, words, limit)
    for hit in found:
        page = f", page {hit.page}" if hit.page else ""
        click.echo(f"{hit.filename}{page} ({hit.kind}): {hit.snippet}")
    if not found:
        click.echo(f"no text holds {' '.join(words)}", err=True)
        sys.exit(SOME_FAILED)

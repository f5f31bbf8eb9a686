"""Blocks of pages to blocks of the document: a table that goes on over a page break is one grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.document import Block, Cell, Grid


def join_over_pages(pages: Sequence[Sequence[Block]]) -> Iterator[Block]:
    """The blocks of all pages in order; cells of a joined grid keep their own page."""
    found: list[Block] = []
    for blocks in pages:
        at = 0
        if found and blocks and isinstance(found[-1], Grid) and isinstance(blocks[0], Grid):
            joined = _joined(found[-1], blocks[0])
            if joined:
                found[-1], at = joined, 1
        found += blocks[at:]
    yield from found


def _joined(first: Grid, second: Grid) -> Grid | None:
    """Both grids as one where they have the same columns; a header printed again is dropped."""
    if first.columns != second.columns:
        return None
    again = _repeated(first, second)
    shift = first.rows - again
    moved = [replace(cell, row=cell.row + shift) for cell in second.cells if cell.row >= again]
    return Grid((*first.cells, *moved), first.place, first.spans_known)


def _repeated(first: Grid, second: Grid) -> int:
    """How many rows at the second grid's start repeat those at the first one's start."""
    count = 0
    while count < min(first.rows, second.rows) and _texts(first.row(count)) == _texts(second.row(count)):
        count += 1
    return count


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in cells]

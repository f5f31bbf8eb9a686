from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.document import Word
from models.quote import Box
from pipeline.read.columns import Interval, are_beside, covered, nearest, overlap
from pipeline.read.lines import Line
from pipeline.read.parting import parted_above

SIZE = 10.0
WIDTHS = st.integers(1, 12).map(lambda tenths: tenths * 4.0)
GAPS = st.sampled_from([-2.0, 2.5, 3.0, 3.9, 4.1, 5.0, 6.1, 6.3, 9.0, 30.0])
"""A space, one that may part headings, and one between columns."""
WORDS = st.lists(st.tuples(st.sampled_from(["Gold", "22", "788", "1,93", "Ag"]), WIDTHS, GAPS), min_size=1, max_size=9)
PIECES = st.lists(st.tuples(WIDTHS, GAPS.filter(lambda gap: gap > 0)), min_size=1, max_size=7)


def line_of(words: Sequence[tuple[str, float, float]]) -> Line:
    starts = accumulate((width + gap for _, width, gap in words), initial=0.0)
    return Line(
        tuple(
            Word(text, Box(start, 0.0, start + width, SIZE), SIZE)
            for (text, width, _), start in zip(words, starts, strict=False)
        )
    )


def columns_of(pieces: Sequence[tuple[float, float]]) -> list[Interval]:
    starts = accumulate((width + gap for width, gap in pieces), initial=0.0)
    return [(start, start + width) for (width, _), start in zip(pieces, starts, strict=False)]


def parted_with_every_gap(line: Line, columns: Sequence[Interval]) -> Line:
    gaps = sorted(after.box.x0 - before.box.x1 for before, after in pairwise(line.words))
    for pieces in (len(columns), len(columns) - 1):
        if 2 < pieces <= len(gaps) and gaps[-pieces + 1] >= 1.15 * max(gaps[-pieces], 0.0):
            parted = replace(line, gap=(gaps[-pieces + 1] + max(gaps[-pieces], 0.0)) / 2 / line.size)
            beside = [chunk.extent for chunk in parted.chunks]
            if len(line.chunks) < len(beside) and are_beside(columns[len(columns) - pieces :], beside):
                return parted
    close = replace(line, gap=0.4)
    homes = [nearest(columns, chunk.extent) for chunk in close.chunks]
    spans = any(len(covered(columns, chunk.extent)) > 1 for chunk in close.chunks)
    if len(close.chunks) == len(line.chunks) or len(set(homes)) < len(homes) or (spans and len(line.chunks) == 1):
        return line
    return close


@given(WORDS, st.sets(st.integers(1, 8)))
def test_a_line_is_parted_as_if_every_gap_were_tried(
    words: Sequence[tuple[str, float, float]], begin: set[int]
) -> None:
    line = line_of(words)
    ends = pairwise(sorted({0, len(words), *(at for at in begin if at < len(words))}))
    columns = [Line(line.words[start:end]).extent for start, end in ends]
    assert parted_above([line], columns) == [parted_with_every_gap(line, columns)]


@given(PIECES, st.tuples(WIDTHS, WIDTHS))
def test_the_nearest_column_is_the_first_that_shares_most(
    pieces: Sequence[tuple[float, float]], piece: tuple[float, float]
) -> None:
    columns, extent = columns_of(pieces), (piece[0], sum(piece))
    assert nearest(columns, extent) == max(range(len(columns)), key=lambda at: overlap(columns[at], extent))

"""Glyphs to words: those printed twice once, runs on one baseline, parted at spaces, gaps and changes of size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from models.document import Word
from models.quote import Box
from pipeline.read.glyphs import fold
from pipeline.read.spacing import together

WORD_GAP = 0.13
"""A gap of more than this share of the font size parts words; a thin space is a fifth, kerning a twentieth."""
BASELINE = 0.12
"""Baselines that differ by less than this share of the font size are the same."""
_SAME_SIZE = 0.6
"""A glyph of less than this share of its neighbour's size is no part of the same word: a raised mark at a figure."""
_OVER, _CELL = 1.0, 32.0
"""Points by which a glyph printed twice is off itself, and the side of the squares in which glyphs are looked up."""


_Square = tuple[str, float, float]
"""A character, and the column and row of a square of the page."""


class Glyph(NamedTuple):
    """A printed character: its advance from ``x0`` to ``x1`` on the ``baseline``, in points from the top left.

    A page has thousands, and a named tuple is made in a quarter of a dataclass's time.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool


def find_words(glyphs: Iterable[Glyph]) -> Iterator[Word]:
    """The words of the glyphs, by baseline and from left to right, letter-spaced ones put together."""
    for run in _by_baseline(_without_doubles(glyphs)):
        yield from together(list(_words_of(run)))


def _words_of(line: Iterable[Glyph]) -> Iterator[Word]:
    """The words of one baseline's glyphs, parted at spaces and gaps."""
    word: list[Glyph] = []
    for glyph in sorted(line, key=attrgetter("x0")):
        is_space = glyph.text.isspace()
        if word and (is_space or _are_apart(word[-1], glyph)):
            yield _word(word)
            word = []
        if not is_space:
            word.append(glyph)
    if word:
        yield _word(word)


def _without_doubles(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs without those that are printed again over themselves, which is how some programs make bold."""
    printed = list(glyphs)
    if not _may_be_doubled(printed):
        return printed
    kept: list[Glyph] = []
    seen: dict[_Square, list[Glyph]] = {}
    for glyph in printed:
        column, x = divmod(glyph.x0, _CELL)
        row, y = divmod(glyph.baseline, _CELL)
        square = glyph.text, column, row
        if square in seen and any(_is_over(glyph, other) for other in seen[square]):
            continue
        kept.append(glyph)
        seen.setdefault(square, []).append(glyph)
        if not (_OVER <= x < _CELL - _OVER and _OVER <= y < _CELL - _OVER):
            for beside in _next_squares(glyph, square):
                seen.setdefault(beside, []).append(glyph)
    return kept


def _may_be_doubled(glyphs: Sequence[Glyph]) -> bool:
    """Whether a character stands nearly where the same one does: false for nearly every page, and quickly told.

    Two that are over each other stand in one of the strips that are twice as high as they may be apart, or in one of
    those half a strip lower; within it one follows the other, or one that is as near, from left to right.
    """
    characters = np.array([ord(glyph.text[0]) for glyph in glyphs])
    x0 = np.array([glyph.x0 for glyph in glyphs])
    baselines = np.array([glyph.baseline for glyph in glyphs]) / (2 * _OVER)
    for strips in (np.floor(baselines), np.floor(baselines + 0.5)):
        order = np.lexsort((x0, strips, characters))
        is_same = (np.diff(characters[order]) == 0) & (np.diff(strips[order]) == 0)
        if (is_same & (np.diff(x0[order]) < _OVER)).any():
            return True
    return False


def _next_squares(glyph: Glyph, own: _Square) -> set[_Square]:
    """The squares beside its own that hold what could be printed over the glyph."""
    columns = [(glyph.x0 + off) // _CELL for off in (-_OVER, _OVER)]
    rows = [(glyph.baseline + off) // _CELL for off in (-_OVER, _OVER)]
    return {(glyph.text, column, row) for column in columns for row in rows} - {own}


def _is_over(glyph: Glyph, other: Glyph) -> bool:
    """Whether the glyph is printed over the other one, but for a hair."""
    return abs(glyph.x0 - other.x0) < min(_OVER, 0.1 * glyph.size) and abs(glyph.baseline - other.baseline) < _OVER


def _by_baseline(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The glyphs that stand on one baseline, from the top."""
    run: list[Glyph] = []
    for glyph in sorted(glyphs, key=attrgetter("baseline")):
        if run and glyph.baseline - run[0].baseline > BASELINE * min(glyph.size, run[0].size):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _are_apart(last: Glyph, glyph: Glyph) -> bool:
    """Whether a gap parts the glyphs, or their sizes differ so much that they are no one word."""
    if glyph.x0 > last.x1 + WORD_GAP * last.size:
        return True
    return last.size < _SAME_SIZE * glyph.size or glyph.size < _SAME_SIZE * last.size


def _word(glyphs: Sequence[Glyph]) -> Word:
    """The word of the glyphs; its box goes from an ascender's height to a descender's depth."""
    size = max([glyph.size for glyph in glyphs])
    first = glyphs[0]
    right = max([glyph.x1 for glyph in glyphs])
    box = Box(first.x0, first.baseline - 0.75 * size, right, first.baseline + 0.25 * size)
    text = fold("".join([glyph.text for glyph in glyphs]))
    return Word(text, box, size, bold=all(glyph.bold for glyph in glyphs))

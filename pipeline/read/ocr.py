"""A page that is a picture to words and strokes, as a page with text would give them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np
import pypdfium2 as pdfium

from models.document import Block, Grid, Page, Stroke, Word
from models.quote import Box
from pipeline.read.engines import Engine, Piece
from pipeline.read.glyphs import fold, is_number
from pipeline.read.gutters import page_parts
from pipeline.read.mesh import find_drawing
from pipeline.read.picture import DPI, POINT, Grey, Ink, dashes, drawn_lines, ink_of, straightened

_DIGIT = 0.7
"""Height of a digit as a share of the font size."""
_DESCENT = 0.2
"""How far these letters reach below the line, as a share of the font size."""
_DESCENDING = frozenset("gjpqyçQ,;()[]{}|/$µ")
_LOW = frozenset("acemnorsuvwxz")
_LOW_HEIGHT = 0.5
"""Height of a letter without an ascender, as a share of the font size."""
_ALIKE = 0.25
"""Sizes that differ from the page's by less than this share are the page's: a box is measured to a dot or two."""
_ONE_LINE = 0.35
"""Words whose baselines differ by less than this share of the font size stand on one line."""
_SPACE = 0.1
"""Gaps between words are wider than this share of the font size."""


_GAP = 2
"""Dots without ink within a letter's height, as below the dot of an i."""


@dataclass(frozen=True, slots=True)
class _Measured:
    """A piece of text as its ink stands, in points: baseline, font size, and each word with its two ends."""

    words: tuple[tuple[str, float, float], ...]
    baseline: float
    size: float


def read_picture(page: pdfium.PdfPage, number: int, engine: Engine) -> list[Page]:
    """The parts of a page that is a picture, in reading order, each with its words and drawn lines.

    Places are those of the page turned until its lines are level: off by a few points where it lies askew.
    """
    grey = level_picture(page)
    ink = ink_of(grey)
    width, height = grey.shape[1] / POINT, grey.shape[0] / POINT
    if not ink.any():
        return [Page(number, width, height)]
    drawn = drawn_lines(ink)
    print_only = ink & ~drawn.ink
    pieces = engine.read(grey)
    words = list(_words(_in_sizes(list(_measured(pieces, print_only)))))
    words += _dashes(_unread(print_only, pieces), drawn.strokes, words)
    whole = Page(number, width, height, tuple(words), drawn.strokes)
    return [replace(part, words=_on_lines(part.words)) for part, _ in page_parts(whole)]


def read_by_ocr(block: Block) -> Block:
    """The block with every place marked as read from a picture."""
    place = replace(block.place, ocr=True)
    if isinstance(block, Grid):
        cells = tuple(replace(cell, place=replace(cell.place, ocr=True)) for cell in block.cells)
        return replace(block, cells=cells, place=place)
    return replace(block, place=place)


def level_picture(page: pdfium.PdfPage) -> Grey:
    """The page as a grey picture, turned until its lines are level."""
    bitmap = page.render(scale=DPI / 72, grayscale=True)
    try:
        return straightened(np.array(bitmap.to_numpy(), dtype=np.uint8))
    finally:
        bitmap.close()


def _measured(pieces: Iterable[Piece], ink: Ink) -> Iterator[_Measured]:
    """The pieces with the ends and the height of their ink."""
    for piece in pieces:
        text = fold("".join(token.text for token in piece.tokens))
        left, right = max(0, int(piece.box.x0)), int(piece.box.x1) + 1
        top, bottom = max(0, int(piece.box.top)), int(piece.box.bottom) + 1
        inside = ink[top:bottom, left:right]
        rows = _middle_run(np.any(inside, axis=1))
        if rows is None or not text:
            continue
        ends = _ends(piece, np.any(inside[rows[0] : rows[1]], axis=0), left)
        low, tall = _heights(text)
        size = (rows[1] - rows[0]) / (low + tall) / POINT
        words = [(fold(token.text), x0 / POINT, x1 / POINT) for token, (x0, x1) in zip(piece.tokens, ends, strict=True)]
        yield _Measured(tuple(words), (top + rows[1]) / POINT - low * size, size)


def _middle_run(marks: Ink) -> tuple[int, int] | None:
    """Start and end of the run of marks at the middle; the lines of text above and below reach in at the ends."""
    at = np.flatnonzero(marks)
    if not len(at):
        return None
    runs = np.split(at, np.flatnonzero(np.diff(at) > _GAP + 1) + 1)
    middle = len(marks) / 2
    nearest = min(runs, key=lambda run: abs((run[0] + run[-1]) / 2 - middle) - len(run) / 2)
    return int(nearest[0]), int(nearest[-1]) + 1


def _heights(text: str) -> tuple[float, float]:
    """How far the text reaches below and above its baseline, as shares of the font size."""
    low = _DESCENT if _DESCENDING & set(text) else 0.0
    return low, _LOW_HEIGHT if set(text) <= _LOW else _DIGIT


def _ends(piece: Piece, columns: Ink, left: int) -> list[tuple[float, float]]:
    """Left and right end of each word: the blank columns nearest to where the engine parts them."""
    at = np.flatnonzero(columns)
    blanks = [(int(a) + 1, int(b)) for a, b in pairwise(at) if b - a > 1]
    ends = [float(at[0])]
    for before, after in pairwise(piece.tokens):
        middle = (before.box.x1 + after.box.x0) / 2 - left
        wide = [blank for blank in blanks if blank[1] - blank[0] > _SPACE * piece.box.height]
        nearest = min(wide, key=lambda b: abs((b[0] + b[1]) / 2 - middle), default=(middle, middle))
        ends += nearest
    ends.append(float(at[-1]) + 1)
    return [(left + start, left + end) for start, end in zip(ends[::2], ends[1::2], strict=True)]


def _in_sizes(pieces: Sequence[_Measured]) -> list[_Measured]:
    """The pieces with the page's font size where they are about as large; figures tell it, for digits are alike."""
    figures = [piece.size for piece in pieces if all(is_number(text) for text, _, _ in piece.words)]
    usual = median(figures or [piece.size for piece in pieces]) if pieces else 0.0
    return [replace(piece, size=usual) if abs(piece.size - usual) < _ALIKE * usual else piece for piece in pieces]


def _unread(ink: Ink, pieces: Iterable[Piece]) -> Ink:
    """The ink outside the boxes of what was read."""
    left = ink.copy()
    for piece in pieces:
        box = piece.box
        left[max(0, int(box.top)) : int(box.bottom) + 1, max(0, int(box.x0)) : int(box.x1) + 1] = False
    return left


def _dashes(unread: Ink, strokes: Sequence[Stroke], words: Sequence[Word]) -> Iterator[Word]:
    """The dashes in drawn tables: engines pass over them, and without them a row of dashes would be a heading."""
    frames = [mesh.box for mesh in find_drawing(strokes).meshes]
    size = median(word.size for word in words) if words else 0.0
    for edges in dashes(unread):
        x0, top, x1, bottom = (edge / POINT for edge in edges)
        middle = (top + bottom) / 2
        if any(frame.x0 < x0 and x1 < frame.x1 and frame.top < middle < frame.bottom for frame in frames):
            yield Word("-", Box(x0, middle - 0.5 * size, x1, middle + 0.5 * size), size)


def _words(pieces: Iterable[_Measured]) -> Iterator[Word]:
    for piece in pieces:
        top, bottom = piece.baseline - 0.75 * piece.size, piece.baseline + 0.25 * piece.size
        for text, x0, x1 in piece.words:
            yield Word(text, Box(x0, top, x1, bottom), piece.size)


def _on_lines(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words by line and from left to right, those of one line on one baseline."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.bottom - 0.25 * w.size):
        if lines and _baseline(word) - median(map(_baseline, lines[-1])) < _ONE_LINE * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(word for line in lines for word in _level(line))


def _baseline(word: Word) -> float:
    return word.box.bottom - 0.25 * word.size


def _level(line: Sequence[Word]) -> Iterator[Word]:
    """The words of a line on its middle baseline, from left to right."""
    baseline = median(map(_baseline, line))
    for word in sorted(line, key=lambda w: w.box.x0):
        box = Box(word.box.x0, baseline - 0.75 * word.size, word.box.x1, baseline + 0.25 * word.size)
        yield replace(word, box=box)

"""Words to text lines, with raised and lowered words beside those they belong to, and lines to printed text."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from propcache.api import cached_property

from models.document import Level, Span, Word
from models.quote import Box
from pipeline.read.glyphs import merged_spans, raised_spans

COLUMN_GAP = 0.62
"""A gap of more than this share of the font size parts cells; a space is a quarter to a third, two are up to 0.6."""
_TOUCHING = 0.13
"""A mark closer than this share of the font size has no space before it."""
_NUMBER = re.compile(r"[-–(<>~$]*(?:\d{1,3}(?:[,'’]\d{3})+(?:\.\d+)?|\d+[.,]\d{1,4})[)%]*")
"""A number that may be broken over lines: in groups of three digits, or with decimals."""
_DIGITS = re.compile(r"[-–]?\d+(?:[.,'’]\d+)*%?")
_SPACED = re.compile(r"[-–]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?%?")
"""A word of a figure, and a number with spaces between its thousands."""
_TYPED_RULE = re.compile(r"[_=]{5,}|[-–—]{6,}")
_DOTS = re.compile(r"[.…]+")
_TYPED = frozenset("_=-–—.…")
"""What a typed rule, and dots that lead to figures, begin with: few lines have a word that does."""
_NEAR = 30.0
"""Points within which a mark's line stands."""
_SMALL = 0.87
"""Raised and lowered words are set in a size below this share of their line's."""
_BASE, _RAISED = Level.BASE, Level.RAISED
"""For what is asked of every word: Python 3.11 takes ten times as long for an enumeration's member as for a name."""


@dataclass(frozen=True)
class Chunk:
    """Words of one line that stand together, without a gap as wide as one between columns."""

    words: tuple[Word, ...]

    @cached_property
    def box(self) -> Box:
        """The box around the words that stand on the line."""
        return around([word.box for word in self._upright])

    @cached_property
    def text(self) -> str:
        """The words as printed."""
        return self.words[0].text if len(self.words) == 1 else printed([self.words])[0]

    @cached_property
    def size(self) -> float:
        """The largest font size."""
        return max([word.size for word in self.words])

    @cached_property
    def baseline(self) -> float:
        """Where the words stand: a quarter of the size above the box's bottom."""
        lowest = self._upright[0]
        return lowest.box.bottom - 0.25 * lowest.size

    @property
    def bold(self) -> bool:
        """Whether all words are bold."""
        return all(word.bold for word in self._upright)

    @cached_property
    def extent(self) -> tuple[float, float]:
        """Left and right end, marks included."""
        return min([word.box.x0 for word in self.words]), max([word.box.x1 for word in self.words])

    @property
    def _upright(self) -> Sequence[Word]:
        if len(self.words) == 1:
            return self.words
        return [word for word in self.words if word.level is _BASE] or self.words


@dataclass(frozen=True)
class Line(Chunk):
    """All words of one baseline, left to right, with the raised and lowered words among them.

    A wider space than ``gap`` times the font size parts cells.
    """

    gap: float = COLUMN_GAP

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """The line's words, parted at the gaps between columns, and between figures that are no one number."""
        found: list[list[Word]] = []
        right = 0.0
        for word in self.words:
            if found and word.box.x0 - right <= self.gap * self.size:
                found[-1].append(word)
                right = max(right, word.box.x1)
            else:
                found.append([word])
                right = word.box.x1
        return tuple(Chunk(tuple(words)) for run in found for words in _numbers(run))


def _numbers(words: Sequence[Word]) -> list[list[Word]]:
    """The words, or where all of them are digits each number apart: ``22 788`` ``1,93`` stand in two columns."""
    if len(words) == 1 or not all(_DIGITS.fullmatch(word.text) for word in words):
        return [list(words)]
    numbers = [[words[0]]]
    for word in words[1:]:
        if word.level is not _BASE or _SPACED.fullmatch(" ".join(w.text for w in (*numbers[-1], word))):
            numbers[-1].append(word)
        else:
            numbers.append([word])
    return numbers


def around(boxes: Sequence[Box]) -> Box:
    """The box around all boxes."""
    if len(boxes) == 1:
        return boxes[0]
    return Box(
        min([box.x0 for box in boxes]),
        min([box.top for box in boxes]),
        max([box.x1 for box in boxes]),
        max([box.bottom for box in boxes]),
    )


def text_lines(words: Sequence[Word]) -> list[Line]:
    """The lines of a page's words, from the top; small words beside a line but off its baseline are its marks."""
    runs = list(_by_baseline(words))
    are_marks = _are_marks(runs)
    bases = [run for run, is_marks in zip(runs, are_marks, strict=True) if not is_marks]
    marks = [word for run, is_marks in zip(runs, are_marks, strict=True) if is_marks for word in run]
    lines = [list(run) for run in bases]
    for mark in marks:
        home = _home(mark, bases)
        if home is None:
            lines.append([mark])
        else:
            lines[home[0]].append(replace(mark, level=home[1]))
    found = [Line(tuple(sorted(line, key=lambda word: word.box.x0))) for line in map(_without_rules, lines) if line]
    return sorted(found, key=lambda line: (line.baseline, line.box.x0))


def _without_rules(words: Sequence[Word]) -> list[Word]:
    """The words of a line without rules that are typed: ``_____``, ``=====``, and dots that lead to several figures."""
    if _TYPED.isdisjoint([word.text[:1] for word in words]):
        return list(words)
    kept = [word for word in words if not _TYPED_RULE.fullmatch(word.text)]
    dots = [at for at, word in enumerate(kept) if _DOTS.fullmatch(word.text)]
    leads = sum(len(kept[at].text) for at in dots) > 2 and sum(map(_is_figure, kept[dots[0] :])) > 1
    return [word for word in kept if not _DOTS.fullmatch(word.text)] if leads else kept


def _is_figure(word: Word) -> bool:
    return _NUMBER.fullmatch(word.text) is not None or _DIGITS.fullmatch(word.text) is not None


def _by_baseline(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Runs of words on one baseline and, but for small differences, in one size; words come sorted by baseline."""
    run: list[Word] = []
    first = 0.0
    for word in words:
        baseline = _baseline(word)
        if run and abs(baseline - first) > 0.12 * min(word.size, run[0].size):
            yield run
            run = []
        if not run:
            first = baseline
        run.append(word)
    if run:
        yield run


def _baseline(word: Word) -> float:
    return word.box.bottom - 0.25 * word.size


def _are_marks(runs: Sequence[Sequence[Word]]) -> list[bool]:
    """Whether every word of each run is a mark of a neighbouring line; runs come by their baselines."""
    found, at = [], [_baseline(run[0]) for run in runs]
    for index, run in enumerate(runs):
        first, end = bisect_right(at, at[index] - _NEAR), bisect_left(at, at[index] + _NEAR)
        others = [*runs[first:index], *runs[index + 1 : end]]
        found.append(all(_home(word, others) is not None for word in run))
    return found


def _home(mark: Word, lines: Sequence[Sequence[Word]]) -> tuple[int, Level] | None:
    """The line whose word the mark stands at, and on which side of the baseline; the closest word wins."""
    found = [
        (max(mark.box.x0 - word.box.x1, word.box.x0 - mark.box.x1), index, level)
        for index, line in enumerate(lines)
        if abs(_baseline(line[0]) - _baseline(mark)) < line[0].size
        for word in line
        if (level := _level(mark, word)) is not None
    ]
    return min(found)[1:] if found else None


def _level(mark: Word, word: Word) -> Level | None:
    """How the mark stands to the word: raised, lowered, or None where it is no mark of it."""
    gap = max(mark.box.x0 - word.box.x1, word.box.x0 - mark.box.x1)
    if mark.size > _SMALL * word.size or not -0.3 * word.size < gap < 0.5 * word.size:
        return None
    above = (_baseline(word) - _baseline(mark)) / word.size
    if 0.12 < above < 0.75:
        return Level.RAISED
    return Level.LOWERED if -0.45 < above < -0.03 else None


def printed(lines: Sequence[Sequence[Word]], room: float = math.inf) -> tuple[str, tuple[Span, ...]]:
    """The text of the lines' words with single spaces, and where it is raised.

    ``room`` is the width that a cell has for text. A raised or lowered word has a space at its side only where one is
    printed. A line that ends in a hyphen is joined to the next without a space and keeps the hyphen: ``cut-`` ``off``,
    ``43-`` ``101``. So are the lines of a number that is wider than its cell: ``0.01`` ``7``.
    """
    text, raised, last = "", [], None
    is_broken = is_broken_number(lines, room)
    for line in lines:
        for at, word in enumerate(line):
            text += "" if is_broken else _space(text, last, word, is_first=at == 0)
            if word.level is _RAISED:
                raised.append((len(text), len(text) + len(word.text)))
            text, last = text + word.text, word
    return text, merged_spans([*raised, *raised_spans(text)])


def _space(text: str, last: Word | None, word: Word, *, is_first: bool) -> str:
    """What stands between the text so far and the next word."""
    if last is None:
        return ""
    if is_first:
        return "" if text[-2:-1].isalnum() and text.endswith("-") else " "
    if last.level is word.level and last.level is _BASE:
        gap = word.box.x0 - last.box.x1
        return "" if abs(gap) < 0.02 * word.size and last.size != word.size else " "
    return "" if word.box.x0 - last.box.x1 <= _TOUCHING * max(last.size, word.size) else " "


def is_broken_number(lines: Sequence[Sequence[Word]], room: float) -> bool:
    """Whether the lines are one number, of which each but the last leaves no room for a further digit."""
    if len(lines) < 2 or any(len(line) > 1 for line in lines):
        return False
    words = [line[0] for line in lines]
    whole = "".join(word.text for word in words)
    has_point = re.search(r"\d[.,'’]", words[0].text) is not None
    full = (word.box.width * (1 + 1 / len(word.text)) > room for word in words[:-1])
    return has_point and _NUMBER.fullmatch(whole) is not None and all(full)

"""Letter-spaced words: letters set apart from each other, ``O X I D E``, put together again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from models.document import Word

_FEWEST = 4
"""Fewer letters that stand apart may be initials, or marks."""
_MOST_LETTERS = 2
"""Kerning may leave a pair of letters together: ``N O RT H``."""
_WITHIN = 0.22
"""Letters closer than this share of the font size are one word; a space that is typed is a quarter to a third."""
_WIDER = 0.15
"""Words are apart by this share of the font size more than their letters."""
_WIDEST = 0.5
"""Letters of one word are no further apart than this share of the font size."""
_COLUMN = 1.2
"""What is further apart than this multiple of the font size stands in another column."""
_SINGLE = 3
"""So many letters stand alone for each pair: chemical symbols and short words, ``Cu Eq``, are pairs."""


def together(words: Sequence[Word]) -> Iterator[Word]:
    """The words of a line, with letters that are set apart as one word each.

    A stretch of single letters is letter-spaced where its gaps are narrower than a typed space, or where some gaps
    are wider than the others, and so part words. The box of such a word goes on so far that a usual space follows it.
    """
    if sum([len(word.text) <= _MOST_LETTERS for word in words]) < _FEWEST or sum(map(_is_bit, words)) < _FEWEST:
        yield from words
        return
    for are_bits, stretch in groupby(words, key=_is_bit):
        for run in _runs(list(stretch)) if are_bits else [list(stretch)]:
            yield from _joined(run) if are_bits else run


def _is_bit(word: Word) -> bool:
    """Whether the word may be a letter or two of a letter-spaced word, or a sign beside them."""
    return len(word.text) <= _MOST_LETTERS and not any(char.isdigit() for char in word.text)


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words of one font size and one column together."""
    run: list[Word] = []
    for word in words:
        if run and (run[-1].size != word.size or word.box.x0 - run[-1].box.x1 > _COLUMN * word.size):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _joined(run: Sequence[Word]) -> Iterator[Word]:
    """The letter-spaced words of the run; the run as it is where its gaps tell of none."""
    if not _are_letters(run):
        yield from run
        return
    gaps = [after.box.x0 - before.box.x1 for before, after in pairwise(run)]
    usual, size = median(gaps), run[0].size
    most = usual + _WIDER * size
    if usual >= _WIDEST * size or (usual >= _WITHIN * size and max(gaps) <= most):
        yield from run
        return
    word = run[0]
    for gap, after in zip(gaps, run[1:], strict=True):
        if gap <= most:
            box = replace(word.box, x1=after.box.x1)
            word = replace(word, text=word.text + after.text, box=box, bold=word.bold and after.bold)
        else:
            yield replace(word, box=replace(word.box, x1=word.box.x1 + min(2 * usual, gap / 2)))
            word = after
    yield word


def _are_letters(run: Sequence[Word]) -> bool:
    """Whether the run is of letters, nearly all of which stand alone."""
    single = sum(len(word.text) == 1 and word.text.isalpha() for word in run)
    return single >= max(_FEWEST, _SINGLE * sum(len(word.text) > 1 for word in run))

"""The running text of a page that is not laid out: pdfium's lines to paragraphs, without the words' own places.

A report has hundreds of such pages, so a line is known by its first and its last glyph only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.document import Paragraph
from models.quote import Place
from pipeline.read.glyphs import fold, is_number, raised_spans, starts_item

_STRETCHED = 0.6
"""Prose takes less than this share of its height for each glyph, 0.3 to 0.5; what stands in columns takes more."""
_SINGLE = 1.3
"""Pitch of single-spaced lines as a multiple of their height, where the page does not tell its own."""
_WIDEST = 2.5
"""The same of double-spaced ones at most."""
_NARROW = 16.0
"""Text that is set narrower than this multiple of its height is an address, a signature or a cell."""
_ALIGNED = 1.0
"""Lines that begin within so many points are flush."""


class RunningLine(NamedTuple):
    """A line: where it begins and ends, and the feet of its first and last glyph, in points from the bottom left."""

    text: str
    x0: float
    x1: float
    first_foot: float
    last_foot: float
    height: float


def running_paragraphs(textpage: pdfium.PdfTextPage, text: str, number: int) -> Iterator[Paragraph]:
    """The paragraphs of the page's ``text``, which comes line by line; only their page is known.

    Lines are one paragraph where the next word had no room in the line before. Headings, list items, contents and
    what stands in columns keep a paragraph for each line.
    """
    lines = list(_lines(textpage, text))
    if len(text) != textpage.count_chars():  # glyphs cannot be counted in the text, so none of them can be placed
        blocks: Iterator[list[RunningLine]] = ([line] for line in lines)
    else:
        blocks = _blocks(lines)
    for block in blocks:
        whole = _joined([line.text for line in block])
        yield Paragraph(whole, Place(number), raised_spans(whole))


def _lines(textpage: pdfium.PdfTextPage, text: str) -> Iterator[RunningLine]:
    """The lines that say anything."""
    box, raw = pdfium_c.FS_RECTF(), textpage.raw
    for found in re.finditer(r"\S(?:[^\r\n]*\S)?", text):
        pdfium_c.FPDFText_GetLooseCharBox(raw, found.start(), box)
        x0, foot, height = box.left, box.bottom, box.top - box.bottom
        pdfium_c.FPDFText_GetLooseCharBox(raw, found.end() - 1, box)
        if folded := " ".join(fold(found.group()).split()):
            yield RunningLine(folded, x0, box.right, foot, box.bottom, height)


def _blocks(lines: Sequence[RunningLine]) -> Iterator[list[RunningLine]]:
    """The lines of each paragraph."""
    ends = _right_ends(lines)
    usual = _usual_pitch(lines, ends)
    block: list[RunningLine] = []
    for line in lines:
        if block and not _goes_on(block, line, ends, usual):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _right_ends(lines: Sequence[RunningLine]) -> dict[int, float]:
    """How far the lines that begin at each point of the page's width go to the right."""
    ends: dict[int, float] = {}
    for line in lines:
        ends[round(line.x0)] = max(line.x1, ends.get(round(line.x0), 0.0))
    return ends


def _usual_pitch(lines: Sequence[RunningLine], ends: dict[int, float]) -> float:
    """How far apart lines of running text are, as a multiple of their height: the middle pitch below full lines."""
    ratios = [
        (above.last_foot - below.first_foot) / above.height
        for above, below in pairwise(lines)
        if above.height > 0 and above.x1 > ends[round(above.x0)] - above.height
    ]
    close = [ratio for ratio in ratios if 0 < ratio < _WIDEST]
    return median(close) if len(close) > 2 else _SINGLE


def _goes_on(block: Sequence[RunningLine], line: RunningLine, ends: dict[int, float], usual: float) -> bool:
    """Whether the line belongs to the paragraph of the lines before it, ``usual`` being the page's pitch of lines."""
    last = block[-1]
    most = block[0].last_foot - block[1].first_foot if len(block) > 1 else usual * last.height
    if not 0 < last.last_foot - line.first_foot <= 1.1 * most or abs(line.height - last.height) > 0.15 * last.height:
        return False
    if not _is_flush(block, line) or _fits(last, line, max(ends[round(last.x0)], ends[round(line.x0)])):
        return False
    are_rows = _ends_in_figure(last) and _ends_in_figure(line)
    return _is_prose(last) and not are_rows and not starts_item(line.text) and not _has_leaders(line)


def _is_flush(block: Sequence[RunningLine], line: RunningLine) -> bool:
    """Whether the line begins where the paragraph's lines do, of which the first may be set off."""
    indent = line.x0 - block[-1].x0
    if abs(indent) < _ALIGNED:
        return True
    return len(block) == 1 and (indent < 0 or starts_item(block[0].text)) and line.x0 < block[0].x1


def _fits(last: RunningLine, line: RunningLine, right: float) -> bool:
    """Whether the line's first word, its share of the line's width, had room in the line before."""
    first_word = (line.text + " ").index(" ") + 1
    return last.x1 + (line.x1 - line.x0) * first_word / len(line.text) < right


def _is_prose(line: RunningLine) -> bool:
    """Whether the line is wide but not stretched, as rows of a table are, and nothing leads to a page's number."""
    width = line.x1 - line.x0
    is_set = _NARROW * line.height < width < _STRETCHED * line.height * len(line.text)
    return is_set and not _has_leaders(line)


def _has_leaders(line: RunningLine) -> bool:
    """Whether dots lead to something, as to a page's number in a list of contents."""
    return "...." in line.text or ". . . ." in line.text or "……" in line.text


def _ends_in_figure(line: RunningLine) -> bool:
    """Whether the last word is a figure."""
    return is_number(line.text[line.text.rfind(" ") + 1 :])


def _joined(lines: Sequence[str]) -> str:
    """The lines as one text; a line that ends in a hyphen is joined without a space and keeps the hyphen."""
    text = lines[0]
    for line in lines[1:]:
        text += line if text.endswith("-") and text[-2:-1].isalnum() else " " + line
    return text

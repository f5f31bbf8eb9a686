"""Text lines to paragraphs: wrapped lines joined; every heading, bullet and note for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from models.document import Level, Paragraph
from models.quote import Place
from pipeline.read.glyphs import starts_item
from pipeline.read.lines import Line, around, printed

_SINGLE, _WIDEST = 1.25, 2.2
"""Pitch of single-spaced lines, and more than that of double-spaced ones, as multiples of the font size."""


def paragraphs(lines: Sequence[Line], page: int) -> Iterator[Paragraph]:
    """The paragraphs of the lines, which come from the top."""
    right = max((line.box.x1 for line in lines), default=0.0)
    pitch = _usual_pitch(lines, right)
    block: list[Line] = []
    for line in lines:
        if block and not _goes_on(block, line, right, pitch):
            yield _paragraph(block, page)
            block = []
        block.append(line)
    if block:
        yield _paragraph(block, page)


def _usual_pitch(lines: Sequence[Line], right: float) -> float:
    """How far apart lines of running text are, as a multiple of their size: the middle pitch below full lines."""
    ratios = [
        (below.baseline - above.baseline) / above.size
        for above, below in pairwise(lines)
        if above.size == below.size and _room(above, right) < 0.12 * right
    ]
    close = [ratio for ratio in ratios if 1.0 <= ratio < _WIDEST]
    return median(close) if len(close) > 2 else _SINGLE


def _room(line: Line, right: float) -> float:
    """The room right of the line."""
    return right - line.extent[1]


def _goes_on(block: Sequence[Line], line: Line, right: float, usual: float) -> bool:
    """Whether the line belongs to the paragraph of the lines before it, ``usual`` being the page's pitch of lines."""
    last = block[-1]
    pitch = line.baseline - last.baseline
    most = (block[1].baseline - block[0].baseline) / last.size if len(block) > 1 else max(usual, _SINGLE)
    if not 0 <= pitch <= 1.1 * most * last.size or abs(line.size - last.size) > 0.15 * last.size:
        return False
    if starts_item(line.text) or line.words[0].level is Level.RAISED:
        return False
    if line.bold != last.bold and (last.bold or line.bold) and last.words[-1].bold != line.words[0].bold:
        return False
    fits = line.words[0].box.width + 0.75 * line.size < _room(last, right)
    return not fits or _is_centred(last, line)


def _is_centred(last: Line, line: Line) -> bool:
    """Whether both lines are centred over each other, as those of a heading are."""
    return abs(last.box.middle[0] - line.box.middle[0]) < 2 and abs(last.box.x0 - line.box.x0) > 5


def _paragraph(block: Sequence[Line], page: int) -> Paragraph:
    """The paragraph of the lines."""
    text, raised = printed([line.words for line in block])
    box = around([line.box for line in block])
    return Paragraph(text, Place(page, box), raised, bold=all(line.bold for line in block), size=block[0].size)

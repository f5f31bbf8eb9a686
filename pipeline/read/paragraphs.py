"""Text lines to paragraphs: wrapped lines joined; every heading, bullet and note for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.document import Level, Paragraph
from models.quote import Place
from pipeline.read.glyphs import starts_item
from pipeline.read.lines import Line, around, printed

_LEADING = 1.45
"""Lines of one paragraph follow each other by less than this multiple of the font size, or of the page's usual pitch."""


def paragraphs(lines: Sequence[Line], page: int) -> Iterator[Paragraph]:
    """The paragraphs of the lines, which come from the top."""
    right = max((line.box.x1 for line in lines), default=0.0)
    block: list[Line] = []
    for line in lines:
        if block and not _goes_on(block, line, right):
            yield _paragraph(block, page)
            block = []
        block.append(line)
    if block:
        yield _paragraph(block, page)


def _goes_on(block: Sequence[Line], line: Line, right: float) -> bool:
    """Whether the line belongs to the paragraph of the lines before it."""
    last = block[-1]
    pitch = line.baseline - last.baseline
    usual = block[1].baseline - block[0].baseline if len(block) > 1 else _LEADING * last.size
    if pitch < 0 or pitch > max(usual * 1.15, 1.3 * last.size) or abs(line.size - last.size) > 0.15 * last.size:
        return False
    if starts_item(line.text) or line.words[0].level is Level.RAISED:
        return False
    if line.bold != last.bold and (last.bold or line.bold) and last.words[-1].bold != line.words[0].bold:
        return False
    room = right - last.extent[1]
    return line.words[0].box.width + 0.25 * line.size > room - 0.5 * line.size or _is_centred(last, line)


def _is_centred(last: Line, line: Line) -> bool:
    """Whether both lines are centred over each other, as those of a heading are."""
    return abs(last.box.middle[0] - line.box.middle[0]) < 2 and abs(last.box.x0 - line.box.x0) > 5


def _paragraph(block: Sequence[Line], page: int) -> Paragraph:
    """The paragraph of the lines."""
    text, raised = printed([line.words for line in block])
    box = around([line.box for line in block])
    return Paragraph(text, Place(page, box), raised, bold=all(line.bold for line in block), size=block[0].size)

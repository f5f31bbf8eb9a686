"""Plain text to a Document: prose, and tables set with tabs, with pipes, or by aligning words with spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from propcache.api import cached_property

from models.document import Block, Document, Page, Paragraph
from models.quote import Place
from pipeline.read.columns import overlap
from pipeline.read.encoding import decode
from pipeline.read.glyphs import fold, is_number, raised_spans, starts_item
from pipeline.read.text_grids import Piece, aligned_grid, boxed_rows, field_grid

_CELLS_OF_A_ROW = 4
"""A line of so many pieces is a row of a table, although it begins like a list's item: "(M)   (g/t)   (%)"."""


class Setting(StrEnum):
    """How a line of text keeps its cells apart."""

    PROSE = "prose"
    BLANK = "blank"
    TABS = "tabs"
    PIPES = "pipes"
    SPACES = "spaces"


@dataclass(frozen=True)
class TextLine:
    """One line of the source: its characters without the line end, where it starts, and how it is set."""

    text: str
    start: int
    setting: Setting

    @cached_property
    def pieces(self) -> list[Piece]:
        """The line's cells, as its setting keeps them apart; a line of prose is one piece."""
        if self.setting is Setting.TABS:
            return _between(self, r"\t")
        if self.setting is Setting.PIPES:
            return _between_pipes(self)
        if self.setting is Setting.SPACES:
            return [piece for piece in _between(self, r" {2,}|\t") if piece.text]
        return [_piece(self, 0, len(self.text))]


_GAP = re.compile(r"(?<=\S)(?: {2,}|\t\s*)(?=\S)")
_RULE_LINE = re.compile(r"[\s|+:=_-]*[-=_]{3}[\s|+:=_-]*")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>$&^%@'\"])")
_EMPHASIS = re.compile(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_CAPTION = re.compile(r"[*#\s]*(?:table(?:au)?|figure)\s", re.IGNORECASE)
_SENTENCE = 60
"""A longer piece of text is hardly a cell."""
_HEADINGS = 3
"""So many lines of one text can follow each other among a table's rows."""
_NARROW, _NO_WRAP = 40, 200
"""A file whose longest line is shorter, or as long as this, does not break its paragraphs into lines."""


def read_text(content: bytes, filename: str) -> Document:
    """The paragraphs and grids of a plain text; places are spans of characters in the decoded text.

    Raises UnreadableFilingError where the bytes are not text.
    """
    return Document("text/plain", (Page(),), tuple(text_blocks(decode(content, filename))))


def text_blocks(source: str) -> Iterator[Block]:
    """The paragraphs and grids of a text, in order."""
    lines = _lines(source)
    width = max((len(line.text) for line in lines), default=0)
    at = 0
    while at < len(lines):
        end = _table_end(lines, at)
        if end > at:
            parts = list(_between_rules(lines[at:end]))
            rows = [row for part in parts for row in part]
            yield aligned_grid(rows) if lines[at].setting is Setting.SPACES else field_grid(boxed_rows(parts) or rows)
        else:
            end = _paragraph_end(lines, at, width)
            yield from _paragraph(lines[at:end])
        at = end


def _lines(source: str) -> list[TextLine]:
    """The lines of the source with their offsets."""
    found = []
    for match in re.finditer(r"([^\r\n\f]*)(?:\r\n|[\r\n\f]|$)", source):
        found.append(TextLine(match.group(1), match.start(), _setting(match.group(1).replace("\u00a0", " "))))
    return found


def _setting(text: str) -> Setting:
    """How one line is set, from the line alone."""
    if not text.strip():
        return Setting.BLANK
    if text.count("|") > 1 or re.search(r"\S\s+\|\s+\S", text):
        return Setting.PIPES
    if "\t" in text.rstrip() and (sum(map(bool, map(str.strip, text.split("\t")))) > 1 or not text[0].isspace()):
        return Setting.TABS
    pieces = _GAP.split(text.strip())
    is_apart = max(map(len, pieces)) <= _SENTENCE or re.search(r"\S {3,}\S", text)
    is_item = starts_item(text.strip()) and len(pieces) < _CELLS_OF_A_ROW
    if len(pieces) > 1 and is_apart and not is_item:
        return Setting.SPACES
    return Setting.PROSE


def _between(line: TextLine, separator: str) -> list[Piece]:
    """The pieces between separators, empty ones too."""
    cuts = [found.span() for found in re.finditer(separator, line.text)]
    starts = [0, *(end for _, end in cuts)]
    stops = [*(start for start, _ in cuts), len(line.text)]
    return [_piece(line, start, stop) for start, stop in zip(starts, stops, strict=True)]


def _between_pipes(line: TextLine) -> list[Piece]:
    """The pieces between pipes; a pipe that begins or ends the line frames the row and opens no cell."""
    pieces = _between(line, r"(?<!\\)\|")
    if line.text.startswith("|"):
        pieces = pieces[1:]
    return pieces[:-1] if line.text.rstrip().endswith("|") else pieces


def _piece(line: TextLine, start: int, end: int) -> Piece:
    """The text between two characters of the line, without the space around it and without markup."""
    raw = line.text[start:end]
    left = start + len(raw) - len(raw.lstrip())
    text = " ".join(fold(_plain(raw)).split())
    return Piece(text, line.start + left, line.start + left + len(raw.strip()), left)


def _plain(text: str) -> str:
    """The text without Markdown's emphasis and escapes."""
    if "*" in text:
        text = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text))
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _table_end(lines: Sequence[TextLine], start: int) -> int:
    """The line after the table that begins here, or ``start`` where none begins."""
    setting = lines[start].setting
    if setting not in (Setting.TABS, Setting.PIPES, Setting.SPACES):
        return start
    end, rows, at = start, 0, start
    while at < len(lines) and _goes_on(lines, at, setting):
        if lines[at].setting is setting:
            end, rows = at + 1, rows + (len(lines[at].pieces) > 1)
        at += 1
    return end if rows > 1 else start


def _goes_on(lines: Sequence[TextLine], at: int, setting: Setting) -> bool:
    """Whether a table set like this goes on with this line: a row, a rule, a gap or a heading before a row."""
    line = lines[at]
    if line.setting is setting or (line.setting is not Setting.BLANK and _RULE_LINE.fullmatch(line.text)):
        return True
    row = next((later for later in lines[at + 1 : at + 1 + _HEADINGS] if later.setting is not Setting.PROSE), None)
    if row is None or row.setting is not setting:
        return False
    if line.setting is Setting.BLANK:
        heads = lines[at + 1 : at + 1 + _HEADINGS]
        heads = heads[: next(index for index, later in enumerate(heads) if later is row)]
        return all(map(_may_head_rows, heads)) and any(is_number(piece.text) for piece in row.pieces[1:])
    return len(line.text.strip()) <= 2 * _SENTENCE and not starts_item(line.text.strip())


def _may_head_rows(line: TextLine) -> bool:
    """Whether a line behind a gap can head the rows below it: short, no sentence, no caption, no item of a list."""
    text = line.text.strip()
    return len(text) <= _SENTENCE and text[-1] not in ".:;" and not starts_item(text) and not _CAPTION.match(text)


def _between_rules(lines: Sequence[TextLine]) -> Iterator[list[list[Piece]]]:
    """The rows of a table, those between two typed rules together."""
    part: list[list[Piece]] = []
    for line in lines:
        if _RULE_LINE.fullmatch(line.text):
            yield [*part[:-1], *(_ruled(row, line.text) for row in part[-1:])]
            part = []
        elif line.text.strip():
            part.append(line.pieces)
    yield part


def _ruled(row: Sequence[Piece], rule: str) -> list[Piece]:
    """The pieces of a line with the rules that are typed right below one of them alone."""
    found = list(row)
    for run in re.finditer(r"[-=_]{3,}", rule):
        over = [at for at, piece in enumerate(row) if overlap(piece.extent, run.span()) > 0]
        if len(over) == 1:
            found[over[0]] = replace(row[over[0]], ruled=run.span())
    return found


def _paragraph_end(lines: Sequence[TextLine], start: int, width: int) -> int:
    """The line after the paragraph that begins here: at a blank line, an item, a table, or after a line with room."""
    at = start + 1
    while at < len(lines) and lines[start].setting is not Setting.BLANK:
        line = lines[at]
        if line.setting is Setting.BLANK or _table_end(lines, at) > at or starts_item(line.text.strip()):
            break
        is_bold = "".join(before.text for before in lines[start:at]).count("**") % 2 == 1
        if not is_bold and (not _NARROW <= width < _NO_WRAP or not _wraps(lines[at - 1], line, width)):
            break
        at += 1
    return at


def _wraps(above: TextLine, line: TextLine, width: int) -> bool:
    """Whether the line above was broken because this line's first word had no room in it."""
    return len(above.text.rstrip()) + 1 + len(line.text.split()[0]) > 0.85 * width


def _paragraph(lines: Sequence[TextLine]) -> Iterator[Paragraph]:
    """The paragraph of the lines, if they say anything."""
    raw = "\n".join(line.text for line in lines)
    text = " ".join(fold(_plain(raw)).split())
    if text and not all(_RULE_LINE.fullmatch(line.text) for line in lines if line.text.strip()):
        start = lines[0].start + len(raw) - len(raw.lstrip())
        place = Place(span=(start, lines[-1].start + len(lines[-1].text.rstrip())))
        bold = raw.strip().startswith("**") and raw.strip().endswith("**")
        yield Paragraph(text, place, raised_spans(text), bold=bold)

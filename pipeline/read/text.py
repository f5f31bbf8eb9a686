"""Plain text to a Document: prose, and tables set with tabs, with pipes, or by aligning words with spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.document import Block, Cell, Document, Grid, Page, Paragraph, Span
from models.quote import Place
from pipeline.read.columns import covered, find_columns, nearest
from pipeline.read.encoding import decode
from pipeline.read.glyphs import fold, is_number, raised_spans, starts_item


class Setting(StrEnum):
    """How a line of text keeps its cells apart."""

    PROSE = "prose"
    BLANK = "blank"
    TABS = "tabs"
    PIPES = "pipes"
    SPACES = "spaces"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text of one line: what it says, and from which to which character of the source it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the source: its characters without the line end, where it starts, and how it is set."""

    text: str
    start: int
    setting: Setting

    @property
    def pieces(self) -> list[Piece]:
        """The line's cells, as its setting keeps them apart; a line of prose is one piece."""
        if self.setting is Setting.TABS:
            return _split(self, r"\t")
        if self.setting is Setting.PIPES:
            return _split_pipes(self)
        if self.setting is Setting.SPACES:
            return _split(self, r" {2,}|\t")
        return [_trimmed(self, 0, len(self.text))]


_GAP = re.compile(r"(?<=\S)(?: {2,}|\t\s*)(?=\S)")
_RULE_LINE = re.compile(r"[\s|+:=_-]*[-=_]{3}[\s|+:=_-]*")
_UNESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>$&^%@'\"])")
_EMPHASIS = re.compile(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1")
_SENTENCE = 60
"""A piece of more characters than this is no cell of aligned text but a line of prose."""


def read_text(content: bytes, filename: str) -> Document:
    """The paragraphs and grids of a plain text; places are spans of characters in the decoded text.

    Raises UnreadableFilingError where the bytes are not text.
    """
    return Document("text/plain", (Page(),), tuple(text_blocks(decode(content, filename))))


def text_blocks(source: str) -> Iterator[Block]:
    """The paragraphs and grids of a text, in order."""
    lines = _lines(source)
    at = 0
    while at < len(lines):
        end = _table_end(lines, at)
        if end > at:
            yield _grid(lines[at:end])
        else:
            end = _paragraph_end(lines, at)
            yield from _paragraph(lines[at:end])
        at = end


def _lines(source: str) -> list[TextLine]:
    """The lines of the source with their offsets."""
    found = []
    for match in re.finditer(r"[^\r\n\f]*(?:\r\n|[\r\n\f]|$)", source):
        text = match.group().rstrip("\r\n\f")
        found.append(TextLine(text, match.start(), _setting(fold(text) if len(fold(text)) == len(text) else text)))
    return found


def _setting(text: str) -> Setting:
    """How one line is set, from the line alone."""
    if not text.strip():
        return Setting.BLANK
    if "|" in text and (len(re.findall(r"\|", text)) > 1 or re.search(r"\S\s+\|\s+\S", text)):
        return Setting.PIPES
    if "\t" in text.rstrip() and len([field for field in text.split("\t") if field.strip()]) > 1:
        return Setting.TABS
    pieces = _GAP.split(text.strip())
    if len(pieces) > 1 and max(map(len, pieces)) <= _SENTENCE and not starts_item(text.strip()):
        return Setting.SPACES
    if "\t" in text.rstrip() and not text[0].isspace():
        return Setting.TABS
    return Setting.PROSE


def _split(line: TextLine, separator: str) -> list[Piece]:
    """The pieces between separators; of spaces those that are empty are dropped, of tabs each is a cell."""
    ends = [found.span() for found in re.finditer(separator, line.text)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(line.text)]
    pieces = [_trimmed(line, start, stop) for start, stop in zip(starts, stops, strict=True)]
    return pieces if line.setting is Setting.TABS else [piece for piece in pieces if piece.text]


def _split_pipes(line: TextLine) -> list[Piece]:
    """The pieces between pipes; a pipe at the line's start or end frames the row and opens no cell."""
    bars = [found.start() for found in re.finditer(r"(?<!\\)\|", line.text)]
    framed = not line.text[: bars[0]].strip() and line.text.lstrip().startswith("|") and line.text.startswith("|")
    starts = [bar + 1 for bar in bars] if framed else [0, *(bar + 1 for bar in bars)]
    stops = [*(bars[1:] if framed else bars), len(line.text)]
    pieces = [_trimmed(line, start, stop) for start, stop in zip(starts, stops, strict=True)]
    return pieces[:-1] if not pieces[-1].text else pieces


def _trimmed(line: TextLine, start: int, end: int) -> Piece:
    """The text between two columns of the line without the space around it and without markup."""
    raw = line.text[start:end]
    start += len(raw) - len(raw.lstrip())
    text = " ".join(fold(_plain(raw)).split())
    return Piece(text, line.start + start, line.start + start + len(raw.strip()))


def _plain(text: str) -> str:
    """The text without Markdown's emphasis and escapes."""
    if "*" in text:
        text = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text))
    return _UNESCAPE.sub(r"\1", text) if "\\" in text else text


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
    """Whether a table set like this goes on with this line: a row, a row of one text, a rule, or a gap before a row."""
    line = lines[at]
    if line.setting is setting:
        return True
    following = lines[at + 1] if at + 1 < len(lines) else None
    if following is None or following.setting is not setting:
        return bool(_RULE_LINE.fullmatch(line.text)) and line.setting is not Setting.BLANK
    if line.setting is Setting.BLANK:
        return any(is_number(piece.text) for piece in following.pieces[1:])
    return len(line.text.strip()) <= 2 * _SENTENCE and not starts_item(line.text.strip())


def _grid(lines: Sequence[TextLine]) -> Grid:
    """The grid of a table's lines."""
    setting = lines[0].setting
    rows = [line.pieces for line in lines if line.text.strip() and not _RULE_LINE.fullmatch(line.text)]
    starts = {piece.start: line.start for line in lines for piece in line.pieces}
    cells = _aligned(rows, starts) if setting is Setting.SPACES else _fields(rows)
    place = Place(span=(lines[0].start, lines[-1].start + len(lines[-1].text)))
    return Grid(tuple(cells), place, spans_known=False)


def _fields(rows: Sequence[Sequence[Piece]]) -> Iterator[Cell]:
    """The cells of rows whose fields are counted; a short row is filled with empty cells."""
    width = max(map(len, rows))
    for row, pieces in enumerate(rows):
        end = pieces[-1].end if pieces else 0
        for column in range(width):
            yield _cell(pieces[column] if column < len(pieces) else Piece("", end, end), row, column)


def _aligned(rows: Sequence[Sequence[Piece]], starts: dict[int, int]) -> Iterator[Cell]:
    """The cells of rows whose words are aligned: the columns come from the rows with figures, then from the others."""
    intervals = [
        [(piece.start - starts[piece.start], piece.end - starts[piece.start]) for piece in row] for row in rows
    ]
    body = [row for row, pieces in zip(intervals, rows, strict=True) if any(is_number(p.text) for p in pieces[1:])]
    columns = find_columns(body or intervals)
    columns = sorted(columns + [p for row in intervals for p in row if len(row) > 1 and not covered(columns, p)][:0])
    for row, (pieces, places) in enumerate(zip(rows, intervals, strict=True)):
        held: dict[int, list[Piece]] = {}
        for piece, interval in zip(pieces, places, strict=True):
            over = covered(columns, interval)
            held.setdefault(over[0] if over else nearest(columns, interval), []).append(piece)
        for column in range(len(columns)):
            yield _cell(_joined(held.get(column, []), pieces), row, column)


def _joined(pieces: Sequence[Piece], row: Sequence[Piece]) -> Piece:
    """The pieces of one cell as one; without any an empty piece at the row's end."""
    if not pieces:
        return Piece("", row[-1].end, row[-1].end)
    return Piece(" ".join(piece.text for piece in pieces), pieces[0].start, pieces[-1].end)


def _cell(piece: Piece, row: int, column: int) -> Cell:
    """One cell of a piece of text."""
    return Cell(piece.text, Place(span=(piece.start, piece.end)), raised_spans(piece.text), row=row, column=column)


def _paragraph_end(lines: Sequence[TextLine], start: int) -> int:
    """The line after the paragraph that begins here: at a blank line, an item, a table, or after a short line."""
    at = start + 1
    while at < len(lines) and lines[at].setting is not Setting.BLANK and _table_end(lines, at) == at:
        if lines[start].setting is Setting.BLANK or starts_item(lines[at].text.strip()) or not _wraps(lines, at):
            break
        at += 1
    return at


def _wraps(lines: Sequence[TextLine], at: int) -> bool:
    """Whether the line before was broken because this line's first word had no room in it."""
    before, word = lines[at - 1].text.rstrip(), lines[at].text.split()[0]
    widest = (
        max(len(line.text.rstrip()) for line in lines[max(0, at - 3) : at + 3] if len(line.text) < 200)
        if any(len(line.text) < 200 for line in lines[max(0, at - 3) : at + 3])
        else 0
    )
    return len(before) < 200 and len(before) + 1 + len(word) > min(widest, 60)


def _paragraph(lines: Sequence[TextLine]) -> Iterator[Paragraph]:
    """The paragraph of the lines, if they say anything."""
    raw = "\n".join(line.text for line in lines)
    text = " ".join(fold(_plain(raw)).split())
    if text:
        spans: tuple[Span, ...] = raised_spans(text)
        bold = raw.strip().startswith("**") and raw.strip().endswith("**")
        place = Place(span=(lines[0].start, lines[-1].start + len(lines[-1].text)))
        yield Paragraph(text, place, spans, bold=bold)

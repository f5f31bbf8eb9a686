"""HTML to a Document: blocks of running text and tables with their spans, as a browser would show them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from models.document import Block, Cell, Document, Grid, Level, Page, Paragraph, Span
from models.quote import Place
from pipeline.errors import UnreadableFilingError
from pipeline.read.encoding import decode
from pipeline.read.glyphs import fold, merged_spans, raised_spans, starts_item
from pipeline.read.spacers import without_spacers
from pipeline.read.stacked import unstacked
from pipeline.read.text import text_blocks

_DROPPED = frozenset(
    {
        "script",
        "style",
        "nav",
        "noscript",
        "template",
        "head",
        "svg",
        "button",
        "select",
        "textarea",
        "iframe",
        "object",
    }
)
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd"}
    | {"label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var"}
    | {"wbr", "img", "del"}
)
"""Elements within a line of text; every other one begins and ends a block."""
_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_PROSE = 200
"""A cell of more characters holds running text."""
_MAX_SPAN = 200


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text between tags, and how it is printed; a line break is a text of its own."""

    text: str
    level: Level = Level.BASE
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A table cell as the source has it."""

    element: HtmlElement
    row: int
    column: int
    row_span: int
    column_span: int


def read_html(content: bytes, filename: str) -> Document:
    """The paragraphs and grids of a web page; places are spans in the plain text of the page, its blocks one a line.

    Raises UnreadableFilingError where the page holds no text.
    """
    root = _parse(decode(content, filename), filename)
    title = root.findtext(".//title")
    blocks = tuple(_placed(_blocks(root)))
    if not blocks:
        raise UnreadableFilingError(f"{filename}: the page holds no text; save it again from a browser that shows it")
    return Document("text/html", (Page(),), blocks, " ".join(fold(title).split()) if title else None)


def _parse(text: str, filename: str) -> HtmlElement:
    """The tree of the page; lxml repairs what a browser repairs."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return lxml.html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, AssertionError) as error:
        raise UnreadableFilingError(f"{filename}: the HTML cannot be parsed ({error}); save the page again") from error


def _placed(blocks: Iterator[Block]) -> Iterator[Block]:
    """The blocks with their spans in the page's plain text, in which every paragraph and cell is a line."""
    at = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Paragraph(block.text, Place(span=(at, at + len(block.text))), block.raised, block.bold, block.size)
            at += len(block.text) + 1
            continue
        start, cells = at, []
        for c in block.cells:
            place = Place(span=(at, at + len(c.text)))
            cells.append(Cell(c.text, place, c.raised, c.row, c.column, c.row_span, c.column_span, c.header, c.bold))
            at += len(c.text) + 1
        yield Grid(tuple(cells), Place(span=(start, at)), block.spans_known)


def _blocks(element: HtmlElement) -> Iterator[Block]:
    """The paragraphs and grids below an element, in reading order."""
    runs: list[Run] = []
    for item in _walk(element, Run("")):
        if isinstance(item, Run):
            runs.append(item)
            continue
        yield from _paragraphs(runs)
        runs = []
        if item is not None:
            yield from _special(item)
    yield from _paragraphs(runs)


def _special(element: HtmlElement) -> Iterator[Block]:
    """The blocks of a table or of preformatted text."""
    if element.tag == "table":
        yield from _table(element)
    else:
        yield from text_blocks(element.text_content())


def _walk(element: HtmlElement, style: Run) -> Iterator[Run | HtmlElement | None]:
    """Runs of text, None at each block's edge, and the elements that are read as a whole: tables and ``<pre>``."""
    if _is_hidden(element):
        return
    tag = element.tag
    if tag == "br":
        yield Run("\n")
        return
    if tag in ("table", "pre"):
        yield element
        return
    style = _styled(element, style)
    if _is_block(tag):
        yield None
    if element.text:
        yield Run(_folded(element.text), style.level, style.bold)
    for child in element:
        yield from _walk(child, style)
        if child.tail:
            yield Run(_folded(child.tail), style.level, style.bold)
    if _is_block(tag):
        yield None


def _is_block(tag: str) -> bool:
    """Whether the element begins and ends a block; tags with a prefix mark figures for machines (inline XBRL)."""
    return tag not in _INLINE and ":" not in tag


def _is_hidden(element: HtmlElement) -> bool:
    """Whether a browser shows nothing of the element."""
    if not isinstance(element.tag, str) or element.tag in _DROPPED or "hidden" in element.attrib:
        return True
    style = element.get("style", "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def _styled(element: HtmlElement, style: Run) -> Run:
    """The style of the element's text: its own over the one that it inherits."""
    css = element.get("style", "").replace(" ", "").lower()
    level, bold = style.level, style.bold
    if element.tag == "sup" or "vertical-align:super" in css or "vertical-align:text-top" in css:
        level = Level.RAISED
    elif element.tag == "sub" or "vertical-align:sub" in css:
        level = Level.LOWERED
    if element.tag in _BOLD or re.search(r"font-weight:(bold|[6-9]00)", css):
        bold = True
    elif "font-weight:normal" in css or "font-weight:400" in css:
        bold = False
    return Run("", level, bold)


def _folded(text: str) -> str:
    """The text with every run of white space as one space."""
    return re.sub(r"\s+", " ", fold(text))


def _paragraphs(runs: Sequence[Run]) -> Iterator[Paragraph]:
    """The paragraphs of a block: two line breaks, or one before a list's mark, begin another."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.text == "\n":
            lines.append([])
        else:
            lines[-1].append(run)
    joined: list[Run] = []
    for line in lines:
        text, raised = _text(line)
        if joined and (not text or starts_item(text) or (raised and raised[0][0] == 0)):
            yield from _paragraph(joined)
            joined = []
        joined += [Run(" "), *line] if joined and text else line if text else []
    yield from _paragraph(joined)


def _paragraph(runs: Sequence[Run]) -> Iterator[Paragraph]:
    """The paragraph of the runs, if they say anything."""
    text, raised = _text(runs)
    if text:
        bold = all(run.bold for run in runs if run.text.strip())
        yield Paragraph(text, raised=raised, bold=bold)


def _text(runs: Sequence[Run]) -> tuple[str, tuple[Span, ...]]:
    """The text of the runs with single spaces, and where it is raised: a superscript, or a raised character."""
    text, raised = "", []
    for run in runs:
        piece = run.text.replace("\n", " ")
        if run.level is not Level.BASE:
            piece = piece.strip() if run.level is Level.LOWERED else piece
        if not text or text.endswith(" "):
            piece = piece.lstrip()
        piece = re.sub(r" +", " ", piece)
        if run.level is Level.RAISED and piece.strip():
            start = len(text) + len(piece) - len(piece.lstrip())
            raised.append((start, start + len(piece.strip())))
        text += piece
    text = text.rstrip()
    return text, merged_spans([*raised, *raised_spans(text)])


def _table(table: HtmlElement) -> Iterator[Block]:
    """A table of data as a grid after its caption; a table that lays out the page as the blocks in its cells."""
    for caption in table.iterchildren("caption"):
        yield from _blocks(caption)
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table and not _is_hidden(row)]
    fields = list(_fields(rows))
    if not _is_layout(fields):
        yield Grid(tuple(_covered(without_spacers(unstacked([(_cell(field), _lines(field)) for field in fields])))))
        return
    for row in rows:
        cells = [cell for cell in row if cell.tag in ("td", "th") and not _is_hidden(cell)]
        yield from _layout_row(cells)


def _layout_row(cells: Sequence[HtmlElement]) -> Iterator[Block]:
    """The blocks of a layout row; a list mark in a cell of its own begins the text of the cell after it."""
    blocks = [list(_blocks(cell)) for cell in cells]
    filled = [found for found in blocks if found]
    if len(filled) == 2 and len(filled[0]) == len(filled[1]) == 1:
        mark, text = filled[0][0], filled[1][0]
        if isinstance(mark, Paragraph) and isinstance(text, Paragraph) and len(mark.text) <= 6:
            shift = len(mark.text) + 1
            raised = mark.raised + tuple((start + shift, end + shift) for start, end in text.raised)
            yield Paragraph(f"{mark.text} {text.text}", raised=raised, bold=text.bold)
            return
    for found in blocks:
        yield from found


def _fields(rows: Sequence[HtmlElement]) -> Iterator[Field]:
    """The table's cells with their rows and columns, by the table model of HTML: a cell takes the first free place."""
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(rows):
        column = 0
        for cell in element.iterchildren("td", "th"):
            if _is_hidden(cell):
                continue
            while (row, column) in taken:
                column += 1
            across = _span(cell, "colspan", _MAX_SPAN)
            down = min(_span(cell, "rowspan", len(rows)), len(rows) - row)
            taken |= {(r, c) for r in range(row, row + down) for c in range(column, column + across)}
            yield Field(cell, row, column, down, across)


def _span(cell: HtmlElement, name: str, most: int) -> int:
    """The cell's span, at least one; what is no number counts as one, and nought as all the rest (HTML, rowspan)."""
    found = re.match(r"\s*(\d+)", cell.get(name, ""))
    if not found:
        return 1
    return min(int(found.group(1)) or (most if name == "rowspan" else 1), most)


def _is_layout(fields: Sequence[Field]) -> bool:
    """Whether the table lays out the page: tables in its cells, one column only, or running text in most rows."""
    if any(next(field.element.iter("table"), None) is not None for field in fields):
        return True
    if len({field.column for field in fields}) < 2:
        return True
    rows = {field.row for field in fields}
    prose = {f.row for f in fields if len(_folded(f.element.text_content()).strip()) > _PROSE}
    return 2 * len(prose) > len(rows) or len(rows) < 2


def _cell(field: Field) -> Cell:
    """One cell of a grid."""
    runs = [item for item in _cell_runs(field.element) if item.text]
    text, raised = _text(runs)
    filled = [run for run in runs if run.text.strip()]
    heads = field.element.tag == "th" or any(a.tag == "thead" for a in field.element.iterancestors("thead"))
    return Cell(
        text,
        raised=raised,
        row=field.row,
        column=field.column,
        row_span=field.row_span,
        column_span=field.column_span,
        header=heads,
        bold=bool(filled) and all(run.bold for run in filled),
    )


def _lines(field: Field) -> list[tuple[str, tuple[Span, ...]]]:
    """The text of a cell, each of its lines apart, with what is raised in it."""
    lines: list[list[Run]] = [[]]
    for item in _cell_runs(field.element):
        if item.text == "\n":
            lines.append([])
        else:
            lines[-1].append(item)
    return [_text(line) for line in lines]


def _cell_runs(element: HtmlElement) -> Iterator[Run]:
    """The runs of a cell; a block's edge is a space."""
    for item in _walk(element, Run("")):
        if isinstance(item, Run):
            yield item
        elif item is None:
            yield Run(" ")
        else:
            yield Run(_folded(item.text_content()))


def _covered(cells: Sequence[Cell]) -> list[Cell]:
    """The cells in order, with an empty cell wherever a row is shorter than the table or cells overlap."""
    grid = Grid(tuple(cells))
    empty = [
        Cell("", row=row, column=column)
        for row in range(grid.rows)
        for column in range(grid.columns)
        if grid.at(row, column) is None
    ]
    return sorted([*cells, *empty], key=lambda cell: (cell.row, cell.column))

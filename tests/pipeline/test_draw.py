"""What `orebook show FILE --draw OUT` draws: the right boxes, in the right colours, at the right place of the page."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner, Result
from lxml import html
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from extractors import extract
from models.filing import Filing
from models.quote import Box
from pipeline.cli import main
from pipeline.draw import draw_filing
from pipeline.draw.layers import (
    ALIGNED,
    BOLD_WORD,
    CELL_STROKE,
    COLUMN,
    DRAWN,
    MERGED,
    OTHER_STROKE,
    RAISED,
    ROW,
    USES,
    Ink,
    Layer,
    Mark,
    layers,
)
from pipeline.draw.pictures import SCALE, page_picture
from pipeline.draw.uses import Use, uses
from pipeline.errors import DrawingError
from pipeline.read.pdf import read_pages
from tests.pipeline.read.drawing import HEIGHT, columns, pdf, say
from tests.pipeline.read.test_ocr import draw_frame, scan

LEFTS = (72.0, 260.0, 340.0, 420.0, 500.0)
HEAD = ("Category", "Tonnes (kt)", "Au (g/t)", "Au (koz)", "Strip ratio")
ROWS = (HEAD, ("Indicated", "1,000", "2.00", "64", "4.1"), ("Inferred", "500", "1.00", "16", "-"))


def ruled_page(canvas: Canvas) -> None:
    """A caption, and a table whose cells are 80 points wide (the first 188) and 20 high, from 100 points down."""
    canvas.setFont("Helvetica-Bold", 12)
    canvas.drawString(72, HEIGHT - 60, "Mineral Resource estimate")
    canvas.line(72, HEIGHT - 700, 300, HEIGHT - 700)
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            say(canvas, (72, 260, 340, 420, 500)[column] + 4, 114 + 20 * row, text)
    for y in (100, 120, 140, 160):
        canvas.line(72, HEIGHT - y, 580, HEIGHT - y)
    for x in (72, 260, 340, 420, 500, 580):
        canvas.line(x, HEIGHT - 100, x, HEIGHT - 160)
    mark = say(canvas, 72, 180, "Mineral resources are not mineral reserves.")
    say(canvas, mark, 176, "1", size=6)


def prose_page(canvas: Canvas) -> None:
    say(canvas, 72, 100, "The company has no other news.")


def layers_of(*pages: Callable[[Canvas], None], page: int = 1) -> dict[str, Layer]:
    read = read_pages(pdf(*pages), "drawn.pdf")
    document = read.document()
    used = tuple(uses(document, extract(document)))
    return {layer.name: layer for layer in layers(read.pages[page - 1], used)}


def boxes(layer: Layer, ink: Ink) -> list[Box]:
    return [mark.box for mark in layer.marks if mark.ink == ink]


def labelled(marks: Iterable[Mark], ink: Ink) -> list[str]:
    return [mark.label for mark in marks if mark.ink == ink]


def test_each_step_is_a_layer_with_the_readers_own_boxes() -> None:
    found = layers_of(ruled_page)
    assert len(boxes(found["words"], BOLD_WORD)) == 3  # the caption's
    # the table's lines, four lying and six standing, and the one at the page's foot, which closes nothing
    assert len(boxes(found["drawn lines"], CELL_STROKE)) == 10
    assert [box.top for box in boxes(found["drawn lines"], OTHER_STROKE)] == pytest.approx([700], abs=1)
    (raised,) = boxes(found["text lines"], RAISED)
    assert raised.bottom == pytest.approx(177.5, abs=1)
    tables = found["columns and rows"]
    assert [box.x0 for box in boxes(tables, COLUMN)] == pytest.approx([72, 260, 340, 420, 500, 580], abs=1)
    assert [box.top for box in boxes(tables, ROW)] == pytest.approx([100, 120, 140, 160], abs=1)
    assert (len(boxes(tables, DRAWN)), len(boxes(tables, ALIGNED))) == (1, 0)
    assert [mark.label for mark in found["cells"].marks][:6] == ["0,0", "0,1", "0,2", "0,3", "0,4", "1,0"]


def test_a_merged_cell_is_drawn_over_what_it_spans() -> None:
    def merged_head(canvas: Canvas) -> None:
        columns(canvas, 120, [ROWS[0][:4], ROWS[1][:4], ROWS[2][:4]], LEFTS)
        canvas.drawCentredString((LEFTS[2] + LEFTS[4]) / 2, HEIGHT - 104, "Gold in the ground")

    found = layers_of(merged_head)
    (merged,) = [mark for mark in found["cells"].marks if mark.ink == MERGED and mark.label == "0,2-3"]
    edges = [box.x0 for box in boxes(found["columns and rows"], COLUMN)]
    assert (merged.box.x0, merged.box.x1) == (edges[2], edges[4])
    assert len(boxes(found["columns and rows"], ALIGNED)) == 1


def test_each_cell_has_the_colour_of_what_the_extractor_made_of_it() -> None:
    marks = layers_of(ruled_page)["use of the cells"].marks
    found = {use: [round(m.box.x0) for m in marks if m.ink == ink] for use, ink in USES.items()}
    assert [len(found[use]) for use in (Use.HEADING, Use.LABEL, Use.TONNAGE, Use.GRADE, Use.CONTAINED)] == [
        5,
        2,
        2,
        2,
        2,
    ]
    assert found[Use.TONNAGE] == [264, 264]
    assert labelled(marks, USES[Use.IGNORED]) == ["strip ratio"]
    assert found[Use.BLANK] == [504]  # the dash
    assert not found[Use.LEFT_OVER]


def test_a_table_of_no_estimates_is_grey() -> None:
    def drilling(canvas: Canvas) -> None:
        columns(canvas, 120, [("Hole", "From", "To"), ("LX-01", "12.0", "14.5"), ("LX-02", "8.0", "9.5")], LEFTS)

    marks = layers_of(drilling)["use of the cells"].marks
    assert {mark.ink for mark in marks} == {USES[Use.NO_ESTIMATES]}
    assert len(marks) == 9


def show(*words: str | Path, db: Path) -> Result:
    return CliRunner().invoke(main, ["show", *map(str, words), "--db", f"sqlite:///{db}"], catch_exceptions=False)


def near(picture: Image.Image, x: float, top: float, colour: tuple[int, int, int]) -> bool:
    """Whether the colour stands within a pixel of this point of the page, which is the picture's lower part."""
    pixels = np.asarray(picture)[-round(HEIGHT * SCALE) :]
    column, row = round(x * SCALE), round(top * SCALE)
    return bool((pixels[row - 1 : row + 3, column - 1 : column + 3] == colour).all(axis=2).any())


def test_pictures_show_each_step_of_the_pages_with_tables(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(prose_page, ruled_page))
    drawn = show(tmp_path / "a.pdf", "--draw", tmp_path / "out", db=tmp_path / "a.db")
    steps = ("1-words", "2-drawn-lines", "3-text-lines", "4-columns-and-rows", "5-cells", "6-use-of-the-cells")
    assert drawn.output.splitlines() == [str(tmp_path / "out" / f"page-002-{step}.png") for step in steps]
    tables = Image.open(tmp_path / "out" / "page-002-4-columns-and-rows.png")
    assert all(near(tables, x, 131, COLUMN.colour) for x in (72, 260, 340, 420, 500, 580))
    assert not near(tables, 300, 131, COLUMN.colour)
    assert near(tables, 300, 140, ROW.colour)
    used = Image.open(tmp_path / "out" / "page-002-6-use-of-the-cells.png")
    assert near(used, 264, 131, USES[Use.TONNAGE].colour)
    assert near(used, 504, 131, USES[Use.IGNORED].colour)
    assert near(used, 504, 112, USES[Use.HEADING].colour)
    legend = np.asarray(used)[: -round(HEIGHT * SCALE)]
    assert all((legend == ink.colour).all(axis=2).any() for ink in USES.values())


def test_one_pdf_holds_all_steps_and_a_named_page_needs_no_table(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(prose_page, ruled_page))
    for out, page, pages in (("all.pdf", (), 6), ("all.pdf", (), 6), ("one.pdf", ("--page", "1"), 6)):
        drawn = show(tmp_path / "a.pdf", "--draw", tmp_path / out, *page, db=tmp_path / "a.db")
        assert drawn.output == f"{tmp_path / out}\n"
        assert len(pdfium.PdfDocument(tmp_path / out)) == pages


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("rotate", [0, 90])
def test_the_picture_stands_as_the_page_was_read(turn: int, rotate: int) -> None:
    def turned(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(turn)
        for row in range(5):
            canvas.drawString(20, -30 * row, "words on a page that lies on its side")
        canvas.setPageRotation(rotate)

    content = pdf(turned)
    (read,) = read_pages(content, "turned.pdf").pages
    picture = page_picture(pdfium.PdfDocument(content)[0], read)
    assert picture.size == (round(read.page.width * SCALE), round(read.page.height * SCALE))
    dark = np.asarray(picture.convert("L")) < 200
    total = int(dark.sum())
    for word in read.page.words:
        box = [round(side * SCALE) for side in (word.box.x0, word.box.top, word.box.x1, word.box.bottom)]
        dark[box[1] - 1 : box[3] + 2, box[0] - 1 : box[2] + 2] = False
    assert total > 1000
    assert not dark.any()  # all ink of the page stands in the boxes of its words


def test_a_scan_is_drawn_as_the_level_picture_that_was_read() -> None:
    content = pdf(scan(draw_frame, 1.2))
    read = read_pages(content, "scan.pdf")
    picture = page_picture(pdfium.PdfDocument(content)[0], read.pages[0])
    dark = np.asarray(picture.convert("L")) < 200
    scale = picture.width / read.pages[0].page.width
    (drawn,) = [box for layout in read.pages[0].layouts for mesh in layout.meshes for box in [mesh.box]]
    for x in (drawn.x0, drawn.x1):  # the frame is drawn where the level picture has its lines, over their whole length
        columns_of_ink = dark[round(drawn.top * scale) : round(drawn.bottom * scale), round(x * scale) - 3 :][:, :7]
        assert columns_of_ink.any(axis=1).mean() > 0.95


def test_what_has_no_pages_gives_a_web_page_of_its_tables(tmp_path: Path) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in ROWS)
    (tmp_path / "a.html").write_text(f"<html><p><b>Mineral Resource estimate</b></p><table>{rows}</table></html>")
    drawn = show(tmp_path / "a.html", "--draw", tmp_path / "out", db=tmp_path / "a.db")
    assert drawn.output == f"{tmp_path / 'out' / 'a.html'}\n"
    page = html.parse(tmp_path / "out" / "a.html")
    used = {name: page.xpath(f"//td[@class='{name}']/text()") for name in ("heading", "tonnage", "ignored", "blank")}
    assert used == {"heading": list(HEAD), "tonnage": ["1,000", "500"], "ignored": ["4.1"], "blank": ["-"]}
    assert page.xpath("//td[@class='ignored']/small/text()") == ["strip ratio"]


def test_a_pdf_too_gives_its_tables_as_a_web_page(tmp_path: Path) -> None:
    target = tmp_path / "new" / "a.html"
    assert list(draw_filing(Filing("a.pdf", "", pdf(ruled_page)), target)) == [target]
    assert len(html.parse(target).xpath("//td[@class='grade']")) == 2


def test_a_web_page_bears_characters_that_no_web_page_can_hold(tmp_path: Path) -> None:
    text = "Resource\tTonnes (kt)\tAu (g/t)\nIndi\ufffecated\t1,000\t2.00\nInferred\t500\t<b>1.00\n".encode()
    (target,) = draw_filing(Filing("bad\x02name.txt", "", text), tmp_path / "a.html")
    assert "<b>1.00" in html.parse(target).xpath("string()")


# What is asked for, and what the message says.
REFUSED: list[tuple[str, bytes, str, int | None, str]] = [
    ("no table to show", pdf(prose_page), "out", None, "no page has a table; name one with --page"),
    ("a page beyond the end", pdf(prose_page), "out", 2, "has 1 pages, there is no page 2"),
    ("pages of a text", b"Lynx Gold Corp. drills\n", "out.pdf", None, "it has no pages; name a folder"),
    ("one page of a text", b"Lynx Gold Corp. drills\n", "out", 1, "without --page"),
    ("one page as a web page", pdf(prose_page), "out.html", 1, "have no pages"),
    ("a page read for its text only", pdf(*[prose_page] * 41), "out", 3, "page 3 was read for its running text only"),
]


@pytest.mark.parametrize(
    ("content", "out", "page", "told"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_cannot_be_drawn_is_told(tmp_path: Path, content: bytes, out: str, page: int | None, told: str) -> None:
    with pytest.raises(DrawingError, match=told):
        list(draw_filing(Filing("a", "", content), tmp_path / out, page))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("out", ["taken/out", "folder.pdf"], ids=["below a file", "a folder's name"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, out: str) -> None:
    (tmp_path / "taken").touch()
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(DrawingError, match="cannot be written"):
        list(draw_filing(Filing("a.pdf", "", pdf(ruled_page)), tmp_path / out))


@pytest.mark.parametrize(("name", "content"), [("a.pdf", pdf(ruled_page)), ("a.html", b"<p>Lynx Gold Corp. drills")])
def test_a_drawing_takes_the_place_of_no_filing(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    refused = show(tmp_path / name, "--draw", tmp_path / name, db=tmp_path / "none.db")
    assert (refused.exit_code, "would take the place of the filing" in refused.output) == (2, True)
    assert (tmp_path / name).read_bytes() == content


def test_a_filing_of_the_database_is_drawn_from_where_it_was_found(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with zipfile.ZipFile(tmp_path / "bulk.zip", "w") as archive:
        archive.writestr("2020/member.pdf", pdf(ruled_page))
    run = ["ingest", str(tmp_path / "bulk.zip"), "--workers", "1", "--db", f"sqlite:///{db}"]
    assert CliRunner().invoke(main, run).exit_code == 0
    assert len(show("member.pdf", "--draw", tmp_path / "out", db=db).output.splitlines()) == 6
    (tmp_path / "bulk.zip").unlink()
    gone = show("member.pdf", "--draw", tmp_path / "out", db=db)
    assert (gone.exit_code, "still there" in gone.output) == (2, True)
    assert show("member.pdf", "--page", "1", db=db).exit_code == 2

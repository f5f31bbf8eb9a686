"""The strokes of a page: the straight sides of its paths, and where its filled areas end."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2 as pdfium
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from pipeline.read.frame import frame_of
from pipeline.read.strokes import find_strokes
from tests.pipeline.read.drawing import HEIGHT, pdf

Side = tuple[float, float, float, float]


def _strokes(draw: Callable[[Canvas], None], turn: int = 0) -> list[Side]:
    page = pdfium.PdfDocument(pdf(draw))[0]
    boxes = [stroke.box for stroke in find_strokes(page, frame_of(page, turn))]
    return [(round(b.x0, 2), round(b.top, 2), round(b.x1, 2), round(b.bottom, 2)) for b in boxes]


def _draw_pieces(canvas: Canvas) -> None:
    """Two pieces in one path, each closed: one leans on its last side, one has a curve in it."""
    canvas.translate(100, HEIGHT - 200)
    canvas.scale(2, 1)
    path = canvas.beginPath()
    path.moveTo(0, 0)
    path.lineTo(50, 0)
    path.lineTo(50, 40)
    path.close()
    path.moveTo(100, 0)
    path.lineTo(100, 40)
    path.curveTo(110, 60, 120, 60, 130, 40)
    path.lineTo(130, 0)
    path.close()
    canvas.drawPath(path)


def test_a_path_of_several_pieces_gives_the_straight_sides_of_each() -> None:
    """Guards the side that closes a piece: back to where that piece began, as the path's matrix places it."""
    assert _strokes(_draw_pieces) == [
        (100, 200, 200, 200),
        (200, 160, 200, 200),
        (300, 160, 300, 200),
        (360, 160, 360, 200),
        (300, 200, 360, 200),
    ]


def test_the_strokes_of_a_page_whose_text_lies_are_turned_with_it() -> None:
    """Guards the frame's turn: what stands on the page as stored lies on the page as read."""
    assert _strokes(lambda canvas: canvas.line(100, 300, 100, 500), turn=1) == [(300, 100, 500, 100)]


def test_many_paths_are_all_found_in_their_order() -> None:
    """Guards looking at many paths at once: a page has more than are put together, some of them unseen."""

    def draw(canvas: Canvas) -> None:
        for index in range(300):
            canvas.setStrokeColor(Color(1, 1, 1) if index % 3 == 2 else Color(0, 0, 0))
            canvas.line(100, HEIGHT - 2 * index, 200, HEIGHT - 2 * index)

    assert _strokes(draw) == [(100, 2 * index, 200, 2 * index) for index in range(300) if index % 3 != 2]


def test_areas_of_one_colour_end_where_none_goes_on() -> None:
    """Guards the sides of areas: two that touch have none between them, and one of another colour has its own."""

    def draw(canvas: Canvas) -> None:
        for x, shade in ((100, 0.5), (200, 0.5), (300, 0.7)):
            canvas.setFillColor(Color(shade, shade, shade))
            canvas.rect(x, HEIGHT - 150, 100, 50, stroke=0, fill=1)

    standing = sorted(x0 for x0, top, x1, bottom in _strokes(draw) if x0 == x1)
    assert standing == [100, 300, 300, 400]


def test_a_thin_filled_rectangle_is_a_line_without_ends() -> None:
    """Guards the many short sides that no cell has: browsers fill a rectangle for each rule."""
    assert _strokes(lambda canvas: canvas.rect(100, HEIGHT - 200, 80, 0.75, stroke=0, fill=1)) == [
        (100, 200, 180, 200),
        (100, 199.25, 180, 199.25),
    ]


def test_nothing_drawn_gives_no_strokes() -> None:
    """Guards the arrays of a page without paths, and of one whose only path is a curve."""
    assert _strokes(lambda canvas: canvas.drawString(100, 100, "Gold")) == []
    assert _strokes(lambda canvas: canvas.bezier(100, 100, 150, 200, 200, 200, 250, 100)) == []

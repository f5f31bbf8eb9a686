"""A layer's marks drawn onto the picture of its page, under a legend."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

from models.quote import Box
from pipeline.draw.layers import Layer, Mark
from pipeline.read.ocr import level_picture
from pipeline.read.page import text_turn
from pipeline.read.pdf import ReadPage

SCALE = 2.0
"""Pixels a point."""
_LONGEST = 3000
"""Pixels of the longer side at most: a map on a large sheet is drawn smaller."""
_FADED = 0.45
"""How much paler the page is, for the marks to be seen on it."""
_SHADE = 60
"""How dense a filled mark is, of 255: what is printed in it can be read."""
_TEXT, _LABEL, _EDGE, _MARGIN = 20, 13, 2, 8
"""Sizes in pixels: letters of the legend and of labels, a mark's edge, the space around the legend."""


def page_picture(page: pdfium.PdfPage, read: ReadPage) -> Image.Image:
    """The page as it was read: upright, and as the level picture that went through OCR where it did; pale."""
    if any(block.place.ocr for part in read.blocks for block in part):
        picture = Image.fromarray(level_picture(page)).convert("RGB")
    else:
        scale = min(SCALE, _LONGEST / max(page.get_size()))
        turn = (90 * text_turn(page) - page.get_rotation()) % 360
        bitmap = page.render(scale=scale, rotation=turn)
        picture = bitmap.to_pil().convert("RGB")
        bitmap.close()
    return Image.blend(picture, Image.new("RGB", picture.size, "white"), _FADED)


def drawn(picture: Image.Image, width: float, layer: Layer, title: str) -> Image.Image:
    """The picture of a page that is ``width`` points wide, with the layer's marks and its legend above the page."""
    scale = picture.width / width
    shades = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    brush = ImageDraw.Draw(shades)
    for mark in layer.marks:
        _draw_box(brush, mark, scale)
    for mark in layer.marks:
        _draw_label(brush, mark, scale)
    marked = Image.alpha_composite(picture.convert("RGBA"), shades).convert("RGB")
    legend = _legend(layer, title, picture.width)
    whole = Image.new("RGB", (picture.width, legend.height + picture.height), "white")
    whole.paste(legend, (0, 0))
    whole.paste(marked, (0, legend.height))
    return whole


def _draw_box(brush: ImageDraw.ImageDraw, mark: Mark, scale: float) -> None:
    shade = (*mark.ink.colour, _SHADE) if mark.ink.filled else None
    brush.rectangle(_pixels(mark.box, scale), fill=shade, outline=(*mark.ink.colour, 255), width=_EDGE)


def _draw_label(brush: ImageDraw.ImageDraw, mark: Mark, scale: float) -> None:
    """What is written at a mark, on white over its top edge, where it hides least of the print."""
    left, top, _, _ = _pixels(mark.box, scale)
    at = (left + _EDGE, top - _LABEL + 2 * _EDGE)
    if mark.label:
        brush.rectangle(brush.textbbox(at, mark.label, _font(_LABEL)), fill=(255, 255, 255, 220))
        brush.text(at, mark.label, (*mark.ink.colour, 255), _font(_LABEL))


def _pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    """The box in pixels; a line without a height or width is as thick as an edge."""
    left, top = round(box.x0 * scale), round(box.top * scale)
    return left, top, max(left + _EDGE - 1, round(box.x1 * scale)), max(top + _EDGE - 1, round(box.bottom * scale))


def _legend(layer: Layer, title: str, width: int) -> Image.Image:
    """The title, then each ink with its meaning and how often it was used."""
    counts = Counter(mark.ink for mark in layer.marks)
    font, step = _font(_TEXT), _TEXT + _MARGIN
    x, y, places = _MARGIN, step + _MARGIN, []
    for ink in layer.inks:
        text = f"{ink.meaning} ({counts[ink]})"
        room = round(font.getlength(text)) + _TEXT + 4 * _MARGIN
        if x > _MARGIN and x + room > width:
            x, y = _MARGIN, y + step
        places.append((x, y, ink, text))
        x += room
    legend = Image.new("RGB", (width, y + step), "white")
    brush = ImageDraw.Draw(legend)
    brush.text((_MARGIN, _MARGIN // 2), title, "black", font)
    for left, top, ink, text in places:
        brush.rectangle((left, top, left + _TEXT, top + _TEXT), ink.colour if ink.filled else None, ink.colour, _EDGE)
        brush.text((left + _TEXT + _MARGIN, top - 3), text, "black", font)
    return legend


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)

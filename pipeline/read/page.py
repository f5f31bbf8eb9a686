"""One PDF page to words and strokes: glyphs and paths from pdfium, rotation undone."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.document import Page, Word
from pipeline.read.characters import advance_boxes, text_objects
from pipeline.read.frame import Frame, frame_of
from pipeline.read.strokes import find_strokes
from pipeline.read.words import Glyph, find_words

_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})
"""pdfium gives a hyphen that ends a line as these: of a glyph and in a text."""


class _Face(NamedTuple):
    """What the glyphs of one text object share: size, direction (in quarter turns, counter-clockwise) and weight.

    ``x`` and ``y`` are where its first glyph stands; a straight one's other glyphs stand on the same line.
    """

    size: float
    turn: int
    is_straight: bool
    x: float
    y: float
    bold: bool


def read_page(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, text: str, number: int) -> Page:
    """The page's words, by baseline and from left to right, and its strokes; ``text`` is pdfium's of the whole page.

    Boxes are measured from the top left of the page as it stands when most of its text is upright.
    """
    faces = _faces(textpage)
    frame = frame_of(page, _turn(page, faces))
    glyphs = _glyphs(textpage, _characters(textpage, text), faces, frame)
    words = tuple(_on_paper(find_words(glyphs), frame))
    width, height = frame.size
    return Page(number, width, height, words, tuple(find_strokes(page, frame)))


def text_turn(page: pdfium.PdfPage) -> int:
    """The direction of most of the text in quarter turns, counter-clockwise, before the page itself is turned."""
    with closing(page.get_textpage()) as textpage:
        return _turn(page, _faces(textpage))


def _turn(page: pdfium.PdfPage, faces: Sequence[_Face]) -> int:
    """The direction of most glyphs; that of the page where it has none."""
    return Counter([face.turn for face in faces]).most_common(1)[0][0] if faces else page.get_rotation() // 90 % 4


def _faces(textpage: pdfium.PdfTextPage) -> list[_Face]:
    """The face of each character of the page."""
    objects = text_objects(textpage)
    known: dict[int, _Face] = {}
    fonts: dict[int, bool] = {}
    for index, key in enumerate(objects):
        if key not in known:
            known[key] = _face(textpage, index, fonts)
    return [known[key] for key in objects]


def _face(textpage: pdfium.PdfTextPage, index: int, fonts: dict[int, bool]) -> _Face:
    """The face of one character's text object; its size is the font's size times the scale of its matrix."""
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(textpage.raw, index, matrix)
    scale, turn, is_straight = _set(matrix.a, matrix.b, matrix.c, matrix.d)
    size = pdfium_c.FPDFText_GetFontSize(textpage.raw, index) * scale
    text_object = pdfium_c.FPDFText_GetTextObject(textpage.raw, index)
    return _Face(size, turn, is_straight, matrix.e, matrix.f, bool(text_object) and _is_bold(text_object, fonts))


@lru_cache(maxsize=256)
def _set(a: float, b: float, c: float, d: float) -> tuple[float, int, bool]:
    """How much a text's matrix enlarges it, its direction in quarter turns, and whether it does not lean."""
    turn = round(math.degrees(math.atan2(b, a)) / 90) % 4
    return math.sqrt(abs(a * d - b * c)) or 1.0, turn, (b if turn % 2 == 0 else a) == 0


def _is_bold(text_object: object, fonts: dict[int, bool]) -> bool:
    """Whether the font's name or weight says bold."""
    font = pdfium_c.FPDFTextObj_GetFont(text_object)
    key = ctypes.c_void_p.from_buffer(font).value or 0
    if key not in fonts:
        name = ctypes.create_string_buffer(128)
        pdfium_c.FPDFFont_GetBaseFontName(font, name, len(name))
        fonts[key] = any(word in name.value.lower() for word in (b"bold", b"black", b"heavy"))
    return fonts[key]


def _characters(textpage: pdfium.PdfTextPage, text: str) -> str:
    """The character of each glyph: the page's text, unless that has more or fewer of them."""
    count = textpage.count_chars()
    if len(text) != count:
        text = "".join(chr(pdfium_c.FPDFText_GetUnicode(textpage.raw, index)) for index in range(count))
    return text.translate(_HYPHENS)


def _glyphs(textpage: pdfium.PdfTextPage, characters: str, faces: Sequence[_Face], frame: Frame) -> Iterator[Glyph]:
    """The upright glyphs of the page; pdfium's own spaces and line ends are left out, for gaps tell them.

    Letters of one text object with one origin are a ligature that pdfium took apart, and are one glyph again.
    """
    raw = textpage.raw
    owner: _Face | None = None
    last: Glyph | None = None
    told = zip(characters, faces, *frame.extents(advance_boxes(textpage)), strict=True)
    for index, (character, face, x0, x1) in enumerate(told):
        if face.turn != frame.turn or face.size < 1 or not _is_printed(raw, index, character):
            continue
        baseline = last.baseline if last and face is owner and face.is_straight else _baseline(raw, index, face, frame)
        if last and face is owner and last.x0 == x0 and last.baseline == baseline:
            last = last._replace(text=last.text + character)
            continue
        if last:
            yield last
        owner, last = face, Glyph(character, x0, x1, baseline, face.size, face.bold)
    if last:
        yield last


def _is_printed(raw: object, index: int, character: str) -> bool:
    """Whether the character is more than pdfium's line end or space, or half of one that it could not put together."""
    if character <= " ":
        return character == " " and pdfium_c.FPDFText_IsGenerated(raw, index) != 1
    return not "\ud800" <= character < "\ue000"


def _baseline(raw: object, index: int, face: _Face, frame: Frame) -> float:
    """How far below the top the glyph stands."""
    if face.is_straight:
        return frame.place(face.x, face.y)[1]
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(raw, index, x, y)
    return frame.place(x.value, y.value)[1]


def _on_paper(words: Iterable[Word], frame: Frame) -> Iterator[Word]:
    """The words that begin on the paper, boxes cut at its edge: too wide a table goes on beyond it, unseen."""
    width, height = frame.size
    for word in words:
        box = word.box
        if 0 <= box.x0 < width and 0 <= box.middle[1] <= height:
            yield word if box.x1 <= width else replace(word, box=replace(box, x1=width))

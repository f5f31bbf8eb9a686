"""One PDF page to words and strokes: glyphs and paths from pdfium, words found by pdfplumber, rotation undone.

pdfplumber's finders run on pdfium's glyphs, three to four times as fast as on its own parse of the page.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pdfplumber.utils.text import WordExtractor

from models.document import Page, Word
from models.quote import Box
from pipeline.read.frame import Frame, frame_of
from pipeline.read.glyphs import fold
from pipeline.read.strokes import find_strokes

WORD_GAP = 0.13
"""A gap of more than this share of the font size parts words; a thin space is a fifth, kerning a twentieth."""
_SAME_SIZE = 0.6
"""A glyph of less than this share of its neighbour's size is no part of the same word."""
BASELINE = 0.12
"""Baselines that differ by less than this share of the font size are the same."""
_OVER, _CELL = 1.0, 4.0
"""Points by which a glyph printed twice is off itself, and the side of the squares in which glyphs are looked up."""
_SPACE, _LINE_END_HYPHEN, _HYPHEN = ord(" "), 2, ord("-")
"""pdfium gives a hyphen that ends a line as this control character."""


class Glyph(NamedTuple):
    """A printed character: its advance from ``x0`` to ``x1`` on the ``baseline``, in points from the top left.

    A page has thousands, and a named tuple is made in a quarter of a dataclass's time.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class _Face:
    """Size, direction (in quarter turns, counter-clockwise) and weight that the glyphs of one text object share."""

    size: float
    turn: int
    bold: bool


def read_page(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int) -> Page:
    """The page's words, by baseline and from left to right, and its strokes.

    Boxes are measured from the top left of the page as it stands when most of its text is upright.
    """
    faces = _faces(textpage)
    frame = frame_of(page, _turn(page, faces))
    words = tuple(_on_paper(_words(_without_doubles(_glyphs(textpage, faces, frame))), frame))
    width, height = frame.size
    return Page(number, width, height, words, tuple(find_strokes(page, frame)))


def text_turn(page: pdfium.PdfPage) -> int:
    """The direction of most of the text in quarter turns, counter-clockwise, before the page itself is turned."""
    with closing(page.get_textpage()) as textpage:
        return _turn(page, _faces(textpage))


def _turn(page: pdfium.PdfPage, faces: Sequence[_Face]) -> int:
    """The direction of most glyphs; that of the page where it has none."""
    return Counter(face.turn for face in faces).most_common(1)[0][0] if faces else page.get_rotation() // 90 % 4


def _faces(textpage: pdfium.PdfTextPage) -> list[_Face]:
    """The face of each character of the page."""
    known: dict[int, _Face] = {}
    fonts: dict[int, bool] = {}
    faces = []
    raw = textpage.raw
    for index in range(textpage.count_chars()):
        text_object = pdfium_c.FPDFText_GetTextObject(raw, index)
        key = ctypes.c_void_p.from_buffer(text_object).value or 0
        if key not in known:
            known[key] = _face(textpage, index, text_object if key else None, fonts)
        faces.append(known[key])
    return faces


def _face(textpage: pdfium.PdfTextPage, index: int, text_object: object, fonts: dict[int, bool]) -> _Face:
    """The face of one text object; its size is the font's size times the scale of its matrix."""
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(textpage, index, matrix)
    scale, turn = _scale_and_turn(matrix.a, matrix.b, matrix.c, matrix.d)
    size = pdfium_c.FPDFText_GetFontSize(textpage, index) * scale
    return _Face(size, turn, _is_bold(text_object, fonts) if text_object else False)


@lru_cache(maxsize=256)
def _scale_and_turn(a: float, b: float, c: float, d: float) -> tuple[float, int]:
    """How much a text's matrix enlarges it, and its direction in quarter turns."""
    return math.sqrt(abs(a * d - b * c)) or 1.0, round(math.degrees(math.atan2(b, a)) / 90) % 4


def _is_bold(text_object: object, fonts: dict[int, bool]) -> bool:
    """Whether the font's name or weight says bold."""
    font = pdfium_c.FPDFTextObj_GetFont(text_object)
    key = ctypes.c_void_p.from_buffer(font).value or 0
    if key not in fonts:
        name = ctypes.create_string_buffer(128)
        pdfium_c.FPDFFont_GetBaseFontName(font, name, len(name))
        fonts[key] = any(word in name.value.lower() for word in (b"bold", b"black", b"heavy"))
    return fonts[key]


def _glyphs(textpage: pdfium.PdfTextPage, faces: Sequence[_Face], frame: Frame) -> Iterator[Glyph]:
    """The upright glyphs of the page; pdfium's own spaces and line ends are left out, for gaps tell them.

    Letters of one text object with one origin are a ligature that pdfium took apart, and are one glyph again.
    """
    box, x, y = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    last: tuple[_Face, Glyph] | None = None
    raw = textpage.raw
    for index, face in enumerate(faces):
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        code = _HYPHEN if code == _LINE_END_HYPHEN else code
        if code < 32 or 0xD800 <= code < 0xE000 or face.turn % 4 != frame.turn or face.size < 1:
            continue
        if code == _SPACE and pdfium_c.FPDFText_IsGenerated(raw, index) == 1:
            continue
        pdfium_c.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium_c.FPDFText_GetCharOrigin(raw, index, x, y)
        _, baseline = frame.place(x.value, y.value)
        left, right = frame.place(box.left, box.bottom)[0], frame.place(box.right, box.top)[0]
        glyph = Glyph(chr(code), min(left, right), max(left, right), baseline, face.size, face.bold)
        if last and last[0] is face and (last[1].x0, last[1].baseline) == (glyph.x0, glyph.baseline):
            glyph = last[1]._replace(text=last[1].text + glyph.text)
        elif last:
            yield last[1]
        last = face, glyph
    if last:
        yield last[1]


def _without_doubles(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs without those that are printed again over themselves, which is how some programs make bold."""
    kept: list[Glyph] = []
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        text, x, y = glyph.text, glyph.x0, glyph.baseline
        columns = {int((x - _OVER) // _CELL), int((x + _OVER) // _CELL)}
        rows = {int((y - _OVER) // _CELL), int((y + _OVER) // _CELL)}
        near = [seen[cell] for column in columns for row in rows if (cell := (text, column, row)) in seen]
        if near and any(_is_over(glyph, other) for others in near for other in others):
            continue
        kept.append(glyph)
        seen.setdefault((text, int(x // _CELL), int(y // _CELL)), []).append(glyph)
    return kept


def _is_over(glyph: Glyph, other: Glyph) -> bool:
    """Whether the glyph is printed over the other one, but for a hair."""
    return abs(glyph.x0 - other.x0) < min(_OVER, 0.1 * glyph.size) and abs(glyph.baseline - other.baseline) < _OVER


class _WordFinder(WordExtractor):
    """pdfplumber's finder of words, which parts a raised mark from the figure that it follows by its size."""

    def char_begins_new_word(
        self,
        prev_char: dict[str, Any],
        curr_char: dict[str, Any],
        direction: Literal["ltr", "rtl", "ttb", "btt"],
        x_tolerance: float,
        y_tolerance: float,
    ) -> bool:
        """Whether a gap parts the characters, or their sizes differ so much that they are no one word."""
        one, other = prev_char["size"], curr_char["size"]
        if one < _SAME_SIZE * other or other < _SAME_SIZE * one:
            return True
        return bool(super().char_begins_new_word(prev_char, curr_char, direction, x_tolerance, y_tolerance))


_FINDER = _WordFinder(x_tolerance_ratio=WORD_GAP, y_tolerance=math.inf)


def _words(glyphs: Sequence[Glyph]) -> Iterator[Word]:
    """The words of the glyphs, by baseline and from left to right; a space or a gap ends a word."""
    for run in _by_baseline(glyphs):
        for word in _FINDER.extract_words([_character(glyph) for glyph in run], return_chars=True):
            yield _word([character["glyph"] for character in word["chars"]])


def _character(glyph: Glyph) -> dict[str, Any]:
    """The glyph as pdfplumber's finders take it; it stands on its line by its baseline."""
    return {
        "glyph": glyph,
        "text": glyph.text,
        "x0": glyph.x0,
        "x1": glyph.x1,
        "top": glyph.baseline,
        "bottom": glyph.baseline,
        "doctop": glyph.baseline,
        "upright": True,
        "size": glyph.size,
    }


def _on_paper(words: Iterable[Word], frame: Frame) -> Iterator[Word]:
    """The words that begin on the paper, boxes cut at its edge: too wide a table goes on beyond it, unseen."""
    width, height = frame.size
    for word in words:
        box = word.box
        if 0 <= box.x0 < width and 0 <= box.middle[1] <= height:
            yield word if box.x1 <= width else replace(word, box=replace(box, x1=width))


def _by_baseline(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The glyphs that stand on one baseline, from the top."""
    run: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: g.baseline):
        if run and glyph.baseline - run[0].baseline > BASELINE * min(glyph.size, run[0].size):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _word(glyphs: Sequence[Glyph]) -> Word:
    """The word of the glyphs; its box goes from an ascender's height to a descender's depth."""
    size = max(glyph.size for glyph in glyphs)
    baseline = glyphs[0].baseline
    box = Box(glyphs[0].x0, baseline - 0.75 * size, max(glyph.x1 for glyph in glyphs), baseline + 0.25 * size)
    text = fold("".join(glyph.text for glyph in glyphs))
    return Word(text, box, size, bold=all(glyph.bold for glyph in glyphs))

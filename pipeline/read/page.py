"""One PDF page to words and strokes: glyphs and paths from pdfium, rotation undone."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.document import Page, Word
from pipeline.read.characters import Characters, page_characters
from pipeline.read.frame import Floats, Frame, Indexes, Truths, frame_of
from pipeline.read.plain_calls import is_generated, reference
from pipeline.read.strokes import find_strokes
from pipeline.read.words import Glyphs, Texts, find_words

_HYPHENS = ("\x02", "\ufffe")
"""pdfium gives a hyphen that ends a line as these: of a glyph and in a text."""


def read_page(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, text: str, number: int) -> Page:
    """The page's words, by baseline and from left to right, and its strokes; ``text`` is pdfium's of the whole page.

    Boxes are measured from the top left of the page as it stands when most of its text is upright.
    """
    told = page_characters(textpage)
    frame = frame_of(page, _turn(page, told))
    glyphs = _glyphs(textpage, _letters(textpage, text), told, frame)
    words = tuple(_on_paper(find_words(glyphs), frame))
    width, height = frame.size
    return Page(number, width, height, words, tuple(find_strokes(page, frame)))


def text_turn(page: pdfium.PdfPage) -> int:
    """The direction of most of the text in quarter turns, counter-clockwise, before the page itself is turned."""
    with closing(page.get_textpage()) as textpage:
        return _turn(page, page_characters(textpage))


def _turn(page: pdfium.PdfPage, told: Characters) -> int:
    """The direction of most characters; that of the page where it has none."""
    if not len(told.turns):
        return int(page.get_rotation() // 90 % 4)
    return int(told.turns[np.bincount(told.turns)[told.turns].argmax()])


def _letters(textpage: pdfium.PdfTextPage, text: str) -> Texts:
    """The character of each glyph: the page's text, unless that has more or fewer of them."""
    count = textpage.count_chars()
    if len(text) != count:
        text = "".join(chr(pdfium_c.FPDFText_GetUnicode(textpage.raw, index)) for index in range(count))
    for hyphen in _HYPHENS:
        text = text.replace(hyphen, "-")
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<U1")


def _glyphs(textpage: pdfium.PdfTextPage, letters: Texts, told: Characters, frame: Frame) -> Glyphs:
    """The upright glyphs of the page; pdfium's own spaces and line ends are left out, for gaps tell them.

    Letters of one text object with one origin are a ligature that pdfium took apart, and are one glyph again.
    """
    is_read = (told.turns == frame.turn) & (told.sizes >= 1) & _are_printed(textpage, letters, told)
    x0, x1 = frame.extents(told.boxes)
    baselines = _baselines(textpage, told, frame)
    glyphs = Glyphs(letters, x0, x1, baselines, told.sizes, told.are_bold).at(np.flatnonzero(is_read))
    owners = told.text_objects[is_read]
    begins = np.ones(len(glyphs.texts), dtype=bool)
    begins[1:] = (np.diff(owners) != 0) | (np.diff(glyphs.x0) != 0) | (np.diff(glyphs.baselines) != 0)
    return glyphs if begins.all() else _with_ligatures(glyphs, np.flatnonzero(begins))


def _with_ligatures(glyphs: Glyphs, starts: Indexes) -> Glyphs:
    """The glyphs that begin at these places, each with the letters up to the next one."""
    ends = pairwise([*starts.tolist(), len(glyphs.texts)])
    return replace(glyphs.at(starts), texts=np.array(["".join(glyphs.texts[start:end]) for start, end in ends]))


def _are_printed(textpage: pdfium.PdfTextPage, letters: Texts, told: Characters) -> Truths:
    """Whether each is more than pdfium's line end or space, or half of one that it could not put together."""
    codes = letters.view(np.uint32)
    are_printed: Truths = (codes > ord(" ")) & ((codes < 0xD800) | (codes >= 0xE000))
    page, spaces = reference(textpage.raw), np.flatnonzero((codes == ord(" ")) & (told.text_objects != 0))
    are_printed[spaces] = [is_generated(page, index) != 1 for index in spaces.tolist()]
    return are_printed


def _baselines(textpage: pdfium.PdfTextPage, told: Characters, frame: Frame) -> Floats:
    """How far below the top each character stands."""
    x, y = told.matrices[4:].copy()
    origin = ctypes.c_double(), ctypes.c_double()
    for index in np.flatnonzero(~told.are_straight).tolist():
        pdfium_c.FPDFText_GetCharOrigin(textpage.raw, index, *origin)
        x[index], y[index] = (part.value for part in origin)
    return frame.downs(x, y)


def _on_paper(words: Iterable[Word], frame: Frame) -> Iterator[Word]:
    """The words that begin on the paper, boxes cut at its edge: too wide a table goes on beyond it, unseen."""
    width, height = frame.size
    for word in words:
        box = word.box
        if 0 <= box.x0 < width and 0 <= box.middle[1] <= height:
            yield word if box.x1 <= width else replace(word, box=replace(box, x1=width))

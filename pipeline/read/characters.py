"""What pdfium tells of the characters of a page: where each stands, its size, its direction and its weight."""

from __future__ import annotations

import ctypes
from collections import deque
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.read.frame import Floats
from pipeline.read.plain_calls import address, font_of, font_size_of, get_advance_box, get_matrix, text_object_of


@dataclass(frozen=True)
class Characters:
    """The characters of a page, each a column in every array; points of the page's space.

    ``text_objects`` are addresses, 0 where pdfium made the character. ``boxes`` are the advances: left, upper, right
    and lower side. ``matrices`` are those of the text objects, six rows: a to f, of which e and f are where the
    object's first character stands.
    """

    text_objects: npt.NDArray[np.int64]
    are_bold: npt.NDArray[np.bool_]
    boxes: Floats
    matrices: Floats
    font_sizes: Floats

    @cached_property
    def sizes(self) -> Floats:
        """The size of each: its font's times the scale of its matrix."""
        a, b, c, d = self.matrices[:4]
        scales = np.sqrt(np.abs(a * d - b * c))
        return self.font_sizes * np.where(scales, scales, 1.0)

    @cached_property
    def turns(self) -> npt.NDArray[np.int64]:
        """The direction of each in quarter turns, counter-clockwise."""
        a, b = self.matrices[:2]
        turns: npt.NDArray[np.int64] = np.rint(np.degrees(np.arctan2(b, a)) / 90).astype(np.int64) % 4
        return turns

    @cached_property
    def are_straight(self) -> npt.NDArray[np.bool_]:
        """Whether each does not lean, so that all characters of its object stand on one line with the first."""
        a, b = self.matrices[:2]
        are_straight: npt.NDArray[np.bool_] = np.where(self.turns % 2 == 0, b, a) == 0
        return are_straight


def page_characters(textpage: pdfium.PdfTextPage) -> Characters:
    """The characters of a page as pdfium orders them."""
    page, indexes = repeat(address(textpage.raw)), range(textpage.count_chars())
    objects = [each or 0 for each in map(text_object_of, page, indexes)]
    boxes, box_addresses = _records(len(indexes), 4)
    matrices, matrix_addresses = _records(len(indexes), 6)
    deque(map(get_advance_box, page, indexes, box_addresses), maxlen=0)  # only lets them be written
    deque(map(get_matrix, page, indexes, matrix_addresses), maxlen=0)
    sizes = np.array(list(map(font_size_of, page, indexes)))
    return Characters(
        np.array(objects, dtype=np.int64),
        np.array(_are_bold(objects), dtype=bool),
        boxes.T.astype(np.float64),
        matrices.T.astype(np.float64),
        sizes,
    )


def _records(count: int, parts: int) -> tuple[npt.NDArray[np.float32], range]:
    """Room for so many records of pdfium, each of so many floats, and the address of each."""
    records = np.zeros((count, parts), dtype=np.float32)
    start, step = records.ctypes.data, parts * records.itemsize
    return records, range(start, start + count * step, step)


def _are_bold(text_objects: list[int]) -> list[bool]:
    """Whether the font of each object is a bold one."""
    fonts = {each: font_of(each) if each else None for each in dict.fromkeys(text_objects)}
    are_bold = {font: font is not None and _is_bold(font) for font in dict.fromkeys(fonts.values())}
    return [are_bold[fonts[each]] for each in text_objects]


def _is_bold(font: int) -> bool:
    """Whether the font's name or weight says bold."""
    name = ctypes.create_string_buffer(128)
    pdfium_c.FPDFFont_GetBaseFontName(ctypes.cast(font, pdfium_c.FPDF_FONT), name, len(name))
    return any(word in name.value.lower() for word in (b"bold", b"black", b"heavy"))

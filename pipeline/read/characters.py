"""What pdfium tells of the characters of a page: where each stands, its size, its direction and its weight."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from propcache.api import cached_property

from pipeline.read.frame import Floats
from pipeline.read.plain_calls import (
    font_of,
    font_size_of,
    get_advance_box,
    get_matrix,
    records,
    reference,
    text_object_of,
)

_UPRIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
"""The matrix of a character that pdfium made."""


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
    """The characters of a page as pdfium orders them; all of one text object share its font, size and matrix."""
    page, count = reference(textpage.raw), textpage.count_chars()
    objects = np.fromiter(map(text_object_of, repeat(page), range(count)), np.int64, count)
    begins = (np.diff(objects, prepend=0) != 0) & (objects != 0)
    firsts = np.flatnonzero(begins).tolist()
    owners = np.where(objects, np.cumsum(begins), 0)  # 0 for what pdfium made: upright, and of size 1
    return Characters(
        objects,
        np.append(False, _are_bold(objects[begins].tolist()))[owners],
        _told(get_advance_box, page, range(count), 4).T.astype(np.float64),
        np.vstack(([_UPRIGHT], _told(get_matrix, page, firsts, 6))).T[:, owners],
        np.array([1.0, *map(font_size_of, repeat(page), firsts)])[owners],
    )


def _told(get: Callable[..., Any], page: Any, indexes: Sequence[int], parts: int) -> npt.NDArray[np.float32]:
    """What a function of pdfium's writes of the characters at these indexes, a record of so many floats for each."""
    told, places = records(len(indexes), parts)
    deque(map(get, repeat(page), indexes, places), maxlen=0)  # only lets them be written
    return told


def _are_bold(text_objects: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Whether the font of each object is a bold one."""
    fonts = np.fromiter(map(font_of, text_objects), np.int64, len(text_objects))
    return np.isin(fonts, [font for font in set(fonts.tolist()) if font and _is_bold(font)])


def _is_bold(font: int) -> bool:
    """Whether the font's name or weight says bold."""
    name = ctypes.create_string_buffer(128)
    pdfium_c.FPDFFont_GetBaseFontName(ctypes.cast(font, pdfium_c.FPDF_FONT), name, len(name))
    return any(word in name.value.lower() for word in (b"bold", b"black", b"heavy"))

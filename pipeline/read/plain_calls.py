"""pdfium's functions with plain addresses, for what is asked of every character and object of a page.

A page has thousands of them. The prototypes that pypdfium2 gives these functions check each pointer and make an
object of each answer; without that a call takes a third of the time. ctypes converts each argument of a declared type
by a call of its own, so only addresses are declared: it takes an index as C's int, and a ``byref()`` as a pointer.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

_POINTER, _INT, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_double
_ADDRESS = ctypes.c_ssize_t
"""The address of what a function gives, 0 for none."""


def reference(pointer: Any) -> Any:
    """A pointer of pypdfium2's as functions take it most quickly."""
    return ctypes.byref(pointer.contents)


def records(count: int, parts: int) -> tuple[npt.NDArray[np.float32], Iterator[Any]]:
    """Room for what a function writes of so many things, so many floats of each; and where it writes each, in order."""
    told = np.zeros((count + 1, parts), dtype=np.float32)  # one more, for ctypes takes no empty array
    room, size = ctypes.c_char.from_buffer(told.data), told.strides[0]
    return told[:count], map(ctypes.byref, repeat(room), range(0, count * size, size))


def _plain(function: Any, answer: Any, *arguments: Any) -> Callable[..., Any]:
    """The same function, taking and giving addresses as numbers; ``arguments`` are the types of the first ones."""
    return ctypes.PYFUNCTYPE(answer, *arguments)(ctypes.cast(function, _POINTER).value or 0)


text_object_of = _plain(pdfium_c.FPDFText_GetTextObject, _ADDRESS)
"""The text object of a character, by its text page's reference and its index; 0 where pdfium made the character."""
get_advance_box = _plain(pdfium_c.FPDFText_GetLooseCharBox, _INT)
"""Writes the box of a character, by its text page's reference and its index, to an FS_RECTF."""
get_matrix = _plain(pdfium_c.FPDFText_GetMatrix, _INT)
"""Writes the matrix of a character, by its text page's reference and its index, to an FS_MATRIX."""
font_size_of = _plain(pdfium_c.FPDFText_GetFontSize, _DOUBLE)
"""The font size of a character, by its text page's reference and its index, before its matrix."""
is_generated = _plain(pdfium_c.FPDFText_IsGenerated, _INT)
"""Whether pdfium made a character, by its text page's reference and its index: 1 for yes."""
font_of = _plain(pdfium_c.FPDFTextObj_GetFont, _ADDRESS, _POINTER)
"""The font of a text object, 0 for none."""
object_of_page = _plain(pdfium_c.FPDFPage_GetObject, _ADDRESS)
"""The object of a page, by the page's reference, at an index."""
object_of_form = _plain(pdfium_c.FPDFFormObj_GetObject, _ADDRESS, _POINTER, ctypes.c_ulong)
"""The object of a form at an index, which is a long."""
kind_of = _plain(pdfium_c.FPDFPageObj_GetType, _INT, _POINTER)
"""What an object of a page is: FPDF_PAGEOBJ_PATH and so on."""
count_of_form = _plain(pdfium_c.FPDFFormObj_CountObjects, _INT, _POINTER)
"""How many objects a form has."""
get_draw_mode = _plain(pdfium_c.FPDFPath_GetDrawMode, _INT, _POINTER)
"""Writes how a path is filled, 0 for not at all, and whether it is stroked to two ints."""
get_fill_colour = _plain(pdfium_c.FPDFPageObj_GetFillColor, _INT, _POINTER)
"""Writes the red, green, blue and opacity that an object is filled with to four unsigned ints; gives 0 for none."""
get_stroke_colour = _plain(pdfium_c.FPDFPageObj_GetStrokeColor, _INT, _POINTER)
"""Writes the red, green, blue and opacity of an object's lines to four unsigned ints; gives 0 for none."""
get_matrix_of_object = _plain(pdfium_c.FPDFPageObj_GetMatrix, _INT, _POINTER)
"""Writes the matrix of an object to an FS_MATRIX."""
count_of_path = _plain(pdfium_c.FPDFPath_CountSegments, _INT, _POINTER)
"""How many segments a path has."""
segment_of = _plain(pdfium_c.FPDFPath_GetPathSegment, _ADDRESS, _POINTER)
"""The segment of a path at an index."""
get_point = _plain(pdfium_c.FPDFPathSegment_GetPoint, _INT, _POINTER)
"""Writes x and y of a segment's point to two floats."""
kind_of_segment = _plain(pdfium_c.FPDFPathSegment_GetType, _INT, _POINTER)
"""What a segment is: FPDF_SEGMENT_LINETO and so on."""
closes_path = _plain(pdfium_c.FPDFPathSegment_GetClose, _INT, _POINTER)
"""Whether a segment closes its path."""

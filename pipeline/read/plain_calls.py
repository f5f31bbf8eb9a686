"""pdfium's functions with plain addresses, for what is asked of every character and object of a page.

A page has thousands of them. The prototypes that pypdfium2 gives these functions check each pointer and make an
object of each answer; without that a call takes a third of the time. ctypes converts each argument of a declared type
by a call of its own, so only addresses are declared: it takes an index as C's int, and a ``byref()`` as a pointer.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium_c

_POINTER, _INT, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_double
_ADDRESS = ctypes.c_ssize_t
"""The address of what a function gives, 0 for none."""


def address(pointer: object) -> int:
    """Where a pointer of pypdfium2's points to; 0 for none."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def reference(pointer: Any) -> Any:
    """A pointer of pypdfium2's as functions take it most quickly."""
    return ctypes.byref(pointer.contents)


def _plain(function: object, answer: Any, *arguments: Any) -> Callable[..., Any]:
    """The same function, taking and giving addresses as numbers; ``arguments`` are the types of the first ones."""
    return ctypes.PYFUNCTYPE(answer, *arguments)(address(function))


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
object_of_page = _plain(pdfium_c.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
"""The object of a page at an index."""
object_of_form = _plain(pdfium_c.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
"""The object of a form at an index."""
kind_of = _plain(pdfium_c.FPDFPageObj_GetType, _INT, _POINTER)
"""What an object of a page is: FPDF_PAGEOBJ_PATH and so on."""
segment_of = _plain(pdfium_c.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
"""The segment of a path at an index."""
get_point = _plain(pdfium_c.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)
"""Writes x and y of a segment's point to two floats."""
kind_of_segment = _plain(pdfium_c.FPDFPathSegment_GetType, _INT, _POINTER)
"""What a segment is: FPDF_SEGMENT_LINETO and so on."""
closes_path = _plain(pdfium_c.FPDFPathSegment_GetClose, _INT, _POINTER)
"""Whether a segment closes its path."""

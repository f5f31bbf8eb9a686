"""What pdfium tells of each character of a page, asked of all of them at once.

A page has thousands of characters. The prototypes that pypdfium2 gives pdfium's functions check each pointer and make
an object of each answer; plain addresses are asked for in under half of the time.
"""

from __future__ import annotations

import ctypes

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c


def _address(function: object) -> int:
    return ctypes.cast(function, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


_text_object = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    _address(pdfium_c.FPDFText_GetTextObject)
)
_loose_char_box = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    _address(pdfium_c.FPDFText_GetLooseCharBox)
)


def text_objects(textpage: pdfium.PdfTextPage) -> list[int]:
    """The address of the text object of each character; 0 where pdfium made the character."""
    page = _address(textpage.raw)
    return [_text_object(page, index) or 0 for index in range(textpage.count_chars())]


def advance_boxes(textpage: pdfium.PdfTextPage) -> npt.NDArray[np.float64]:
    """Left, upper, right and lower side of each character's advance, in points of the page's own space: four rows."""
    page, count = _address(textpage.raw), textpage.count_chars()
    boxes = np.zeros((count, 4), dtype=np.float32)  # an FS_RECTF each
    start, step = boxes.ctypes.data, boxes.strides[0]
    for index in range(count):
        _loose_char_box(page, index, start + index * step)
    return boxes.T.astype(np.float64)

"""A PDF page turned until most of its text is upright: from its own space to points from the top left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

Floats = npt.NDArray[np.float64]
Indexes = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Frame:
    """The printed page: its size in user space, and the direction of its text in quarter turns."""

    left: float
    bottom: float
    width: float
    height: float
    turn: int

    def places(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Points of user space as x and y from the top left corner of the upright page."""
        x, y = x - self.left, y - self.bottom
        match self.turn:
            case 0:
                return x, self.height - y
            case 1:
                return y, x
            case 2:
                return self.width - x, y
            case _:
                return self.height - y, self.width - x

    def extents(self, boxes: Floats) -> tuple[Floats, Floats]:
        """Where boxes of user space begin and end across the upright page.

        ``boxes`` has four rows, the left, upper, right and lower sides.
        """
        left, top, right, bottom = boxes
        match self.turn:
            case 0:
                begins, ends = left - self.left, right - self.left
            case 1:
                begins, ends = bottom - self.bottom, top - self.bottom
            case 2:
                begins, ends = self.width - (left - self.left), self.width - (right - self.left)
            case _:
                begins, ends = self.height - (bottom - self.bottom), self.height - (top - self.bottom)
        return (np.minimum(begins, ends), np.maximum(begins, ends)) if self.turn else (begins, ends)

    def downs(self, x: Floats, y: Floats) -> Floats:
        """How far below the top of the upright page points of user space are."""
        downs: Floats
        match self.turn:
            case 0:
                downs = self.height - (y - self.bottom)
            case 1:
                downs = x - self.left
            case 2:
                downs = y - self.bottom
            case _:
                downs = self.width - (x - self.left)
        return downs

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        return (self.width, self.height) if self.turn % 2 == 0 else (self.height, self.width)


def frame_of(page: pdfium.PdfPage, turn: int) -> Frame:
    """The page's frame, turned so that text of this direction is upright."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right - left, top - bottom, turn % 4)

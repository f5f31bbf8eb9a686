"""Where something was printed: every figure, name and note keeps its quote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points, measured from the page's top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """The centre point, as (x, y)."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def around(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of text stands in its source.

    ``page`` counts from 1 and is None where the source has no pages. A page gives a ``box``;
    a source without pages gives a ``span`` of characters in the decoded source text. ``ocr`` is True where the text
    was read from a picture, and may be misread.
    """

    page: int | None = None
    box: Box | None = None
    span: tuple[int, int] | None = None
    ocr: bool = False

    def around(self, other: Place) -> Place:
        """The place that holds both; a place that goes on over a page break keeps its first page."""
        if self.page != other.page:
            return self
        box = self.box.around(other.box) if self.box and other.box else self.box or other.box
        if self.span and other.span:
            span = (min(self.span[0], other.span[0]), max(self.span[1], other.span[1]))
        else:
            span = self.span or other.span  # type: ignore[assignment]
        return Place(self.page, box, span, self.ocr or other.ocr)


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact printed text, and the place where it was printed."""

    text: str
    place: Place = Place()

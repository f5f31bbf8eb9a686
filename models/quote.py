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

    def around(self, *others: Box) -> Box:
        """The smallest box that holds all."""
        every = (self, *others)
        return Box(
            min([box.x0 for box in every]),
            min([box.top for box in every]),
            max([box.x1 for box in every]),
            max([box.bottom for box in every]),
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

    def around(self, *others: Place) -> Place:
        """The place that holds all; a place that goes on over a page break keeps its first page."""
        every = [self, *(place for place in others if place.page == self.page)]
        boxes = [place.box for place in every if place.box]
        spans = [place.span for place in every if place.span]
        return Place(
            self.page,
            boxes[0].around(*boxes[1:]) if boxes else None,
            (min(start for start, _ in spans), max(end for _, end in spans)) if spans else None,
            any(place.ocr for place in every),
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact printed text, and the place where it was printed."""

    text: str
    place: Place = Place()

"""Tables without drawn cells: columns and rows found from where the words stand."""

from __future__ import annotations

from collections.abc import Sequence

from models.document import Grid, Page
from pipeline.read.lines import Line


def unruled_grids(lines: Sequence[Line], page: Page) -> list[Grid]:
    """The grids of lines whose words are aligned in columns, from the top."""
    del lines, page
    return []

from __future__ import annotations

import pytest

from extractors.beside import parted
from models.document import Grid
from tests.extractors.grids import grid
from tests.extractors.lines_of import lines, short


@pytest.mark.parametrize(
    ("table", "widths"),
    [
        (grid("Class | kt | Au g/t | Hole | From (m) | Au g/t", "Measured | 10 | 2.0 | D-1 | 12 | 3.1"), [3, 3]),
        (
            grid(
                "Class | Tonnes (kt) | Au g/t | Class | Tonnes (kt) | Au g/t",
                "Measured | 10 | 2.0 | Proven | 9 | 1.9",
                "Indicated | 20 | 2.0 | Probable | 19 | 1.9",
            ),
            [3, 3],
        ),
        # columns of words in one table: the method beside the zone, and a remark at the end
        (grid("Zone | Method | kt | Au g/t | Remark", "Fox | UG | 10 | 2.0 | open", "Hen | OP | 20 | 2.0 | shut"), [5]),
        (grid("Zone | kt | Method | Au g/t | Au koz", "Fox | 10 | UG | 2.0 | 1", "Hen | 20 | OP | 2.0 | 1"), [5]),
    ],
)
def test_a_second_table_begins_with_its_own_labels(table: Grid, widths: list[int]) -> None:
    assert [part.columns for part in parted(table)] == widths


def test_the_estimates_of_both_tables_are_read_and_drill_holes_are_not() -> None:
    table = grid(
        "Class | Tonnes (kt) | Au g/t | Hole | From (m) | Au g/t",
        "Measured | 10 | 2.0 | D-1 | 12 | 3.1",
        "Inferred | 20 | 1.0 | D-2 | 15 | 4.1",
    )
    assert [short(line) for line in lines("Mineral resources and drilling", table)] == [
        "resource measured - - 10 kt Au:2.0/-",
        "resource inferred - - 20 kt Au:1.0/-",
    ]

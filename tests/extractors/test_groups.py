"""Totals under group rows: of the group, or of more than the group, as the other groups of the table show."""

from __future__ import annotations

import pytest

from extractors.estimates import read_estimates
from extractors.tables import find_tables
from tests.extractors.grids import document, grid


def last_place(*rows: str) -> str:
    """Zone and materials of the last line of a table with these rows; "[Oxide]" is a group row."""
    body = [
        f"{row.strip('[]')} | | " if row.startswith("[") else f"{row} | {n}0 | 1.0" for n, row in enumerate(rows, 1)
    ]
    table = grid("Category | kt | Au (g/t)", *body)
    line = read_estimates(find_tables(document("Indicated mineral resources", table)))[0].lines[-1]
    return " ".join([line.zone or "-", *line.materials])


OXIDE = ("[Oxide]", "Measured", "Indicated")
SULPHIDE = ("[Sulphide]", "Measured", "Indicated")
TOTAL = "Total Measured and Indicated"
VEINS = ("Wren Vein", "Crake Vein")


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ((*SULPHIDE, TOTAL), "- sulphide"),  # the only group: nothing else can be meant
        ((*OXIDE, TOTAL, *SULPHIDE, TOTAL), "- sulphide"),  # each group has its own
        ((*OXIDE, *SULPHIDE, TOTAL), "-"),  # no other group has one
        ((*OXIDE, TOTAL, *SULPHIDE, TOTAL, TOTAL), "-"),  # a second one
        ((*OXIDE, *SULPHIDE, TOTAL, "Total Inferred"), "-"),  # nothing after it is the group's
        (("[Oxide]", "Indicated", *SULPHIDE, TOTAL), "- sulphide"),  # one row needs no total, several may
        (("[Oxide]", "Indicated", "[Sulphide]", "Indicated", "Total Indicated"), "-"),  # a total of one row is none
        (("[Wren]", *OXIDE, *SULPHIDE, TOTAL), "Wren"),  # outside the inner group alone
        (("[Wren]", *OXIDE, *SULPHIDE, TOTAL, "[Crake]", *OXIDE, *SULPHIDE, TOTAL), "Crake"),
        (("[Wren]", *OXIDE, *SULPHIDE, TOTAL, "[Crake]", *OXIDE, *SULPHIDE, TOTAL, TOTAL), "-"),
        (("[Open Pit]", *VEINS, "[Underground]", *VEINS, "Total"), "-"),  # totals that name no category
        (("[Open Pit]", *VEINS, "Total", "[Underground]", *VEINS, "Total"), "- underground"),
        (("[Open Pit]", *VEINS, "Total", "[Underground]", *VEINS, "Total", "Total"), "-"),
        (("[Oxide]", "Measured", "Inferred", *SULPHIDE, "Total Sulphide"), "- sulphide"),  # says what it adds
        (("[Underground]", "Wren Vein M&I", "Crake Vein M&I", "Total M&I"), "- underground"),  # not the second total
        (("[Underground]", "M&I", "M&I"), "- underground"),  # again at another cut-off
    ],
)
def test_a_total_belongs_to_its_group_as_the_other_groups_show(rows: tuple[str, ...], place: str) -> None:
    assert last_place(*rows) == place

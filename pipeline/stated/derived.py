"""Filings beside one that has changed: their estimates were derived before, and only where they stand may be new.

An issuer repeats an estimate in release after release: to derive all of them anew for each took time that grew with
their number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, bindparam, update

from models.records.research import StatedEstimateRecord
from pipeline.rows.row import Row
from pipeline.stated.load import FILINGS, HELD, place_columns, rows_by, stated_filing, stated_line
from pipeline.stated.standing import Place, Places, Standing, StatedFiling

_LINES = """
SELECT s.filing_id, s.estimate_id, s.position, s.table_number, s.line_number, s.estimate_type, s.zone, s.material,
    s.category, s.commodity, s.tonnes, s.grade, s.contained, s.effective_date,
    l.cutoff_value, l.cutoff_unit, l.cutoff_commodity,
    s.standing, s.superseded_by, s.later_filing_id, s.is_headline, s.alternatives, s.held_lines,
    s.previous_estimate_id, s.previous_position
FROM stated_estimates s
JOIN estimate_lines l ON l.extraction_id = s.extraction_id AND l.estimate_id = s.estimate_id
WHERE s.filing_id IN :filings
"""
_RECORD = StatedEstimateRecord
_MOVE = update(_RECORD).where(_RECORD.estimate_id == bindparam("line"), _RECORD.position == bindparam("of_line"))


@dataclass(frozen=True, slots=True)
class Derived:
    """A filing of a project, and where its estimates were found to stand when they were last derived."""

    stated: StatedFiling
    project_id: str | None
    places: Places

    def moved(self, places: Places) -> Iterator[Row]:
        """The columns of those that stand elsewhere now."""
        for (estimate_id, position), place in self.places.items():
            now = places[estimate_id, position]
            if now != place:
                yield {"line": estimate_id, "of_line": position, **place_columns(now)}


def derived(connection: Connection, filings: Collection[str]) -> Iterator[Derived]:
    """The filings, by what was derived of them."""
    if not filings:
        return
    lines, held = (rows_by("filing_id", connection, query, filings) for query in (_LINES, HELD))
    for filing_id, (facts, *_) in rows_by("filing_id", connection, FILINGS, filings).items():
        stated = [stated_line(line, line["position"]) for line in lines[filing_id]]
        places = {line.key: _place(row) for line, row in zip(stated, lines[filing_id], strict=True)}
        yield Derived(stated_filing(facts, lines[filing_id], stated, held[filing_id]), facts["project_id"], places)


def write_moved(connection: Connection, moved: Sequence[Row]) -> None:
    """Writes where estimates stand now."""
    if moved:
        connection.execute(_MOVE, moved)


def _place(row: RowMapping) -> Place:
    """The place that ``place_columns`` wrote."""
    previous = None if row["previous_estimate_id"] is None else (row["previous_estimate_id"], row["previous_position"])
    return Place(
        Standing(row["standing"]),
        row["superseded_by"],
        row["later_filing_id"],
        bool(row["is_headline"]),
        row["alternatives"],
        row["held_lines"],
        previous,
    )

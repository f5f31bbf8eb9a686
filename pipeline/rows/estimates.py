"""The rows of estimate tables: lines, their figures, the account of their cells, and the checks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from models.disclosure import Cutoff, EstimateLine, EstimateTable, Metal
from models.findings import Status, Verdict, status_of
from models.units import Quantity
from pipeline.rows.identity import LineIds, fingerprint
from pipeline.rows.reasons import reasons
from pipeline.rows.row import Row, joined, materials, quoted, tonnes


def table_row(table: EstimateTable) -> Row:
    """The row of an estimate table."""
    return {"table_number": table.number, "caption": table.caption, "block": table.block, **quoted(table.quote)}


def line_row(line: EstimateLine, estimate_id: str, verdicts: tuple[Verdict, ...]) -> Row:
    """The row of an estimate line, with its status and why it is held."""
    status = Status.HELD if line.doubts else status_of(verdicts)
    return {
        "estimate_id": estimate_id,
        "fingerprint": fingerprint(line),
        "table_number": line.table,
        "line_number": line.number,
        "grid_row": line.row,
        "grid_group": line.group,
        "heading": line.heading,
        "label": line.label,
        "estimate_type": line.type,
        "category": line.category,
        "zone": line.zone,
        "material": materials(line.materials),
        "is_total": line.is_total,
        "marks": joined(line.marks),
        **_line_cutoff(line.cutoff),
        "status": status,
        "reasons": reasons(line, verdicts) if status is Status.HELD else None,
        "assumptions": "\n".join(line.assumptions) or None,
        "read_by": "ocr" if line.quote.place.ocr else "text",
        "is_earlier": line.is_earlier,
        "as_of_date": line.as_of and line.as_of.iso,
        **quoted(line.quote),
    }


def _line_cutoff(cutoff: Cutoff | None) -> Row:
    return {
        "cutoff_value": cutoff and cutoff.value.value,
        "cutoff_printed": cutoff and cutoff.value.printed,
        "cutoff_unit": cutoff and cutoff.unit,
        "cutoff_commodity": cutoff and cutoff.commodity,
        "cutoff_operator": cutoff and cutoff.operator,
    }


def metal_rows(line: EstimateLine, estimate_id: str) -> Iterator[Row]:
    """The rows of a line's commodities."""
    for position, metal in enumerate(line.metals, 1):
        yield {"estimate_id": estimate_id, "position": position, "commodity": metal.commodity}


def figure_rows(line: EstimateLine, estimate_id: str) -> Iterator[Row]:
    """The rows of all figures that a line prints."""
    printed: list[tuple[int, str, int, Quantity | None]] = [(0, "tonnage", 1, line.tonnage)]
    for position, metal in enumerate(line.metals, 1):
        printed += [(position, role, printing, quantity) for role, printing, quantity in _printings(metal)]
    for position, role, printing, quantity in printed:
        if quantity is not None:
            yield {
                "estimate_id": estimate_id,
                "position": position,
                "role": role,
                "printing": printing,
                "printed": quantity.figure.printed,
                "value": quantity.figure.value,
                "step": quantity.figure.step,
                "approximate": quantity.figure.approximate,
                "unit": quantity.unit.symbol,
                "canonical": tonnes(quantity) if role == "tonnage" else quantity.canonical,
                **quoted(quantity.quote),
            }


def _printings(metal: Metal) -> Iterator[tuple[str, int, Quantity | None]]:
    yield "grade", 1, metal.grade
    yield "contained", 1, metal.contained
    yield from (("contained_again", n, again) for n, again in enumerate(metal.contained_again, 1))
    yield "recovered", 1, metal.recovered


def doubt_rows(line: EstimateLine, estimate_id: str) -> Iterator[Row]:
    """The rows of what was not understood in a line."""
    for number, doubt in enumerate(line.doubts, 1):
        said = {"reason": doubt.reason, "suggestion": doubt.suggestion, **quoted(doubt.quote)}
        yield {"estimate_id": estimate_id, "number": number, **said}


def account_rows(table: EstimateTable) -> Iterator[Row]:
    """The rows of what became of each cell of a table."""
    for number, account in enumerate(table.accounts, 1):
        yield {
            "table_number": table.number,
            "number": number,
            "grid_row": account.row,
            "grid_column": account.column,
            "use": account.use,
            "reason": account.reason,
            **quoted(account.quote),
        }


def check_row(number: int, verdict: Verdict, ids: LineIds) -> Row:
    """The row of one recomputation; a line that is not in the disclosure raises KeyError."""
    return {
        "number": number,
        "estimate_id": ids[verdict.line] if verdict.line else None,
        "commodity": verdict.commodity,
        "relation": verdict.relation,
        "outcome": verdict.outcome,
        "reported": verdict.value,
        "reported_low": verdict.reported and verdict.reported.low,
        "reported_high": verdict.reported and verdict.reported.high,
        "low": _end(verdict.allowed.low if verdict.allowed else None),
        "high": _end(verdict.allowed.high if verdict.allowed else None),
        "unit": verdict.unit,
        "arithmetic": verdict.arithmetic,
        "cause": verdict.cause,
        "suggestion": verdict.suggestion,
        "explanation": verdict.explanation,
    }


def _end(value: Decimal | None) -> Decimal | None:
    """The end of an interval; None where it has none on this side: "at least" has none above."""
    return value if value is not None and value.is_finite() else None

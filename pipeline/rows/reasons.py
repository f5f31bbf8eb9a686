"""Why a line is held, in a reviewer's words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from models.disclosure import EstimateLine
from models.figure import Interval
from models.findings import Cause, Outcome, Verdict
from pipeline.rows.row import words


def reasons(line: EstimateLine, verdicts: Iterable[Verdict]) -> str:
    """One reason a line of text: each relation that failed, then each doubt that no relation speaks of."""
    failed = [_reason(verdict) for verdict in verdicts if verdict.outcome is Outcome.FAILED]
    doubts = [doubt.reason for doubt in line.doubts if not any(doubt.reason in reason for reason in failed)]
    return "\n".join(failed + doubts)


def _reason(verdict: Verdict) -> str:
    parts = [f"{words(verdict.relation)}: {verdict.explanation.rstrip('.')}"]
    unit = f" {verdict.unit}" if verdict.unit else ""
    if verdict.value is not None:
        parts.append(f"reported {verdict.value:f}{unit}")
    if verdict.allowed is not None:
        parts.append(f"the other figures allow {_range(verdict.allowed)}{unit}")
    if verdict.cause not in (None, Cause.UNEXPLAINED):
        parts.append(f"likeliest cause: {words(verdict.cause)}")
    if verdict.suggestion:
        parts.append(f"it would hold with {verdict.suggestion}")
    return "; ".join(parts)


def _range(interval: Interval) -> str:
    return f"{_short(interval.low)} to {_short(interval.high)}"


def _short(value: Decimal) -> str:
    """Six significant digits, or all digits before the point: a quotient has 28."""
    digits = max(0, 5 - value.adjusted()) if value else 0
    return f"{round(value, digits).normalize():f}"

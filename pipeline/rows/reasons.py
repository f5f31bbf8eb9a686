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
    told: set[str] = set()
    failed = [_reason(verdict, told) for verdict in verdicts if verdict.outcome is Outcome.FAILED]
    doubts = [doubt.reason for doubt in line.doubts if not any(doubt.reason in reason for reason in failed)]
    return "\n".join(failed + doubts)


def _reason(verdict: Verdict, told: set[str]) -> str:
    """The check's words, then in every reason alike: reported figure, allowed interval, likeliest cause.

    A repair that several relations share is told once, with the first of them.
    """
    first, *more = verdict.explanation.split("; ")
    said = "; ".join([f"{words(verdict.relation)}: {first}", *(part for part in more if part not in told)])
    told.update(more)
    if verdict.value is not None and verdict.allowed is not None:
        said += f"; reported {verdict.value:,f}, allowed {_spoken(verdict.allowed)} {verdict.unit or ''}".rstrip()
    if verdict.cause is None or verdict.cause is Cause.UNEXPLAINED:
        return said
    return f"{said}; likeliest cause: {words(verdict.cause)}"


def _spoken(interval: Interval) -> str:
    """The interval in words; one may have no end above or below."""
    if not interval.high.is_finite():
        return f"{_short(interval.low)} or more"
    return f"{_short(interval.low)} to {_short(interval.high)}"


def _short(value: Decimal) -> str:
    """Six significant digits, or all digits before the point: a quotient has 28."""
    if not value:
        return "0"
    return f"{round(value, max(0, 5 - value.adjusted())).normalize():,f}"

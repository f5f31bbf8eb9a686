"""Why a line is held, in a reviewer's words."""

from __future__ import annotations

from collections.abc import Iterable

from models.disclosure import EstimateLine
from models.findings import Cause, Outcome, Verdict
from pipeline.rows.row import words


def reasons(line: EstimateLine, verdicts: Iterable[Verdict]) -> str:
    """One reason a line of text: each relation that failed, then each doubt that no relation speaks of.

    The check's explanation names the reported figure and the interval that the other figures allow.
    """
    failed = [_reason(verdict) for verdict in verdicts if verdict.outcome is Outcome.FAILED]
    doubts = [doubt.reason for doubt in line.doubts if not any(doubt.reason in reason for reason in failed)]
    return "\n".join(failed + doubts)


def _reason(verdict: Verdict) -> str:
    said = f"{words(verdict.relation)}: {verdict.explanation}"
    if verdict.cause is None or verdict.cause is Cause.UNEXPLAINED:
        return said
    return f"{said}; likeliest cause: {words(verdict.cause)}"

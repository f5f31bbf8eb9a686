"""What the recomputation found: one verdict for every relation tried, and findings about a filing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from models.figure import Interval
from models.quote import Quote


class Outcome(StrEnum):
    """How a recomputation ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not_run"


class Status(StrEnum):
    """State of an estimate line before a reviewer sees it."""

    SOUND = "sound"
    UNPROVEN = "unproven"
    HELD = "held"


class Cause(StrEnum):
    """The likeliest cause of a contradiction."""

    OMITTED_PART = "omitted_part"
    DOUBLED_PART = "doubled_part"
    ADDED_PART = "added_part"
    SCALE_SLIP = "scale_slip"
    UNIT_SLIP = "unit_slip"
    OXIDE_FOR_METAL = "oxide_for_metal"
    RECOVERED_METAL = "recovered_metal"
    ATTRIBUTABLE_SHARE = "attributable_share"
    ROUNDED_GRADE = "rounded_grade"
    CHANGED_DIGIT = "changed_digit"
    SWAPPED_DIGITS = "swapped_digits"
    OCR_CONFUSION = "ocr_confusion"
    COLUMN_SHIFT = "column_shift"
    MALFORMED_NUMBER = "malformed_number"
    NOT_UNDERSTOOD = "not_understood"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one relation for one estimate line.

    ``relation`` is the check's name. ``reported`` is the interval of the printed figure and ``allowed`` the interval
    that the other figures leave for it, both in ``unit`` as printed. ``line`` is None for a relation of the
    whole filing. ``arithmetic`` is True where a pass proves the line's figures; a plausible range proves nothing.
    """

    relation: str
    outcome: Outcome
    explanation: str
    line: tuple[int, int] | None = None
    commodity: str | None = None
    value: Decimal | None = None
    reported: Interval | None = None
    allowed: Interval | None = None
    unit: str | None = None
    arithmetic: bool = True
    cause: Cause | None = None
    suggestion: str | None = None


class Severity(StrEnum):
    """How much a finding matters: block, high, medium, low, information."""

    BLOCK = "B"
    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"
    INFORMATION = "I"


@dataclass(frozen=True, slots=True)
class Finding:
    """An indication that a filing breaks a rule or misprints something; never a legal judgment."""

    rule: str
    severity: Severity
    message: str
    quote: Quote


class ClaimOutcome(StrEnum):
    """What a claim's recomputation gave: agrees or disagrees with the tables, or nothing to compare it with."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """The outcome for the claim of this index in the disclosure."""

    claim: int
    outcome: ClaimOutcome
    explanation: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that the checks say of one disclosure."""

    verdicts: tuple[Verdict, ...] = ()
    claims: tuple[ClaimVerdict, ...] = ()
    findings: tuple[Finding, ...] = ()

    def of(self, line: tuple[int, int]) -> tuple[Verdict, ...]:
        """The verdicts for one line."""
        return tuple(v for v in self.verdicts if v.line == line)

    def status(self, line: tuple[int, int]) -> Status:
        """Held when a relation failed, sound when an arithmetic one passed and none failed, else unproven."""
        return status_of(self.of(line))


def status_of(verdicts: Iterable[Verdict]) -> Status:
    """The status that a line's verdicts give it."""
    seen = tuple(verdicts)
    if any(v.outcome is Outcome.FAILED for v in seen):
        return Status.HELD
    if any(v.outcome is Outcome.PASSED and v.arithmetic for v in seen):
        return Status.SOUND
    return Status.UNPROVEN

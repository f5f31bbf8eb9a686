"""Readings of malformed numbers, and notes that single out more than their line holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.disclosure import Footnote, NoteKind, SubQuantity
from models.findings import Outcome
from models.quote import Quote
from pipeline.checks import assess
from pipeline.checks.agreement import readings_of
from tests.pipeline.checks.tables import disclosure, line, metal, quantity, table

# malformed number, what it may have been
READINGS = [
    ("2,760,00", ["276,000", "2,760,000", "2,760.00"]),  # a digit lost, or a comma for a point
    ("1,19", ["119", "1,190", "1.19"]),
    ("1,2345", ["12,345"]),  # a digit too many: only the separators are in doubt
]


@pytest.mark.parametrize(("text", "readings"), READINGS)
def test_readings_of(text: str, readings: list[str]) -> None:
    assert [f"{r:,f}" for r in readings_of(text)] == readings


# tonnages that a note singles out of 1,527 kt with 3,648 t, outcomes for tonnage and metal
NOTES = [
    (("355,000 t", "177,000 t"), [Outcome.PASSED, Outcome.PASSED]),
    (("1,355,000 t", "177,000 t"), [Outcome.FAILED, Outcome.FAILED]),  # 1,532 of 1,527
    (("1,000,000 t",), [Outcome.PASSED, Outcome.FAILED]),  # at 0.40 % that would be 4,000 t of metal
]


@pytest.mark.parametrize(("tonnages", "outcomes"), NOTES)
def test_note_partition(tonnages: tuple[str, ...], outcomes: list[Outcome]) -> None:
    singled = tuple(SubQuantity(quantity(t), quantity("0.40 %"), "WO3", Quote(t)) for t in tonnages)
    note = Footnote(1, "1", "", (NoteKind.SUB_QUANTITY,), Quote(""), lines=(1,), sub_quantities=singled)
    printed = table(line("Inferred", "inferred", "1,527 kt", (metal("WO3", "0.24 %", "3,648 t"),)))
    found = assess(replace(disclosure(printed), footnotes=(note,))).verdicts
    assert [v.outcome for v in found if v.relation == "note_partition"] == outcomes

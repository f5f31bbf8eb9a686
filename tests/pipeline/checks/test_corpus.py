"""All specifications of the corpus: the lines whose printed figures contradict each other are held, and no others."""

from __future__ import annotations

from pathlib import Path

from models.findings import Cause, Outcome, Status
from pipeline.checks import assess
from tests.pipeline.checks.specs import disclosure_of, specifications

# (specification, table, line): causes of its failures, and the contradiction as it is printed
HELD = {
    ("alamos-consolidated-2016", 1, 33): {Cause.OMITTED_PART},  # grade of 0.95 divides leach pad metal by pit tonnes
    ("almonty-lossantos-2013", 1, 6): {Cause.OMITTED_PART},  # 66 + 1,932 + 1,880 is not 3,812
    ("bluemoon-nussir-2025", 1, 10): {Cause.CHANGED_DIGIT},  # CuEq of 1.17 is under every mean of its parts; 1.19 fits
    ("bluemoon-nussir-2025", 3, 3): {Cause.SCALE_SLIP},  # 11.391 for 11,391
    ("eldorado-consolide-2018-fr", 1, 25): {Cause.CHANGED_DIGIT},  # 233,313 x 1.18 is under 8,898; 1.19 fits
    ("equinox-consolidated-2021", 1, 6): {Cause.CHANGED_DIGIT},  # 257,900 x 0.51 is over 4,168; 0.50 fits
    ("equinox-consolidated-2021", 1, 16): {Cause.CHANGED_DIGIT},  # 19,079 x 1.08 is over 656; 1.07 fits
    ("equinox-consolidated-2021", 1, 29): {Cause.UNEXPLAINED},  # 2,605 x 3.90 is over 325
    ("equinox-consolidated-2021", 2, 21): {Cause.CHANGED_DIGIT},  # 40,760 x 1.54 is over 1,971; 1.50 fits
    ("josemaria-josemaria-2020", 1, 3): {Cause.ROUNDED_GRADE},  # 8.5 + 26.6 is not 33.5, which is 1,159 Mt x 0.9
    ("josemaria-josemaria-2020", 2, 1): {Cause.CHANGED_DIGIT},  # 954 for 994 would close the total as well
    ("josemaria-josemaria-2020", 2, 3): {Cause.UNEXPLAINED},  # 994 + 632 is not 1,585
    ("klondex-fire-creek-2015", 1, 1): {Cause.CHANGED_DIGIT},  # 105.1 for 105.0 fits gold, silver and equivalent
    ("qccopper-opemiska-2024", 1, 2): {Cause.UNEXPLAINED},  # 34,629 x 0.235 is over 261
}


def test_only_contradicted_lines_are_held(shared: Path) -> None:
    found = {}
    for spec in specifications(shared):
        disclosure = disclosure_of(spec)
        assessment = assess(disclosure)
        for line in disclosure.lines:
            if assessment.status(line.key) is Status.HELD:
                failed = [v for v in assessment.of(line.key) if v.outcome is Outcome.FAILED]
                found[spec["id"], *line.key] = {v.cause for v in failed}
    assert found == HELD


def test_most_lines_prove_themselves(shared: Path) -> None:
    """What stays unproven prints neither contained metal nor a total; a floor, so that no check falls silent."""
    statuses = []
    for spec in specifications(shared):
        disclosure = disclosure_of(spec)
        assessment = assess(disclosure)
        statuses += [assessment.status(line.key) for line in disclosure.lines]
    assert len(statuses) == 492
    assert statuses.count(Status.SOUND) >= 404

"""Rounding never holds a line: whatever true figures are rounded to any steps, each relation allows what is printed."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from models.disclosure import EstimateLine, EstimateTable, Metal
from models.figure import Figure
from models.findings import Outcome, Status
from models.quote import Quote
from models.units import TROY_OUNCE_KG, UNITS, Quantity
from pipeline.checks import assess
from pipeline.checks.columns import TONNAGE as TONNES
from tests.pipeline.checks.tables import disclosure, line, table

tonnages = st.decimals(min_value="50", max_value="90000", places=3)
grades = st.decimals(min_value="0.2", max_value="40", places=3)
steps = st.sampled_from(["0.1", "1", "10"])
OUNCES_A_GRAM = 1 / (TROY_OUNCE_KG * 1000)


@st.composite
def rounded_tables(draw: st.DrawFn) -> EstimateTable:
    """Measured and indicated lines of some zones with their totals, rounded from figures that agree exactly."""
    by = {"t": draw(steps), "g": draw(st.sampled_from(["0.01", "0.1"])), "k": draw(steps)}
    rounding = draw(st.sampled_from([ROUND_HALF_EVEN, ROUND_HALF_UP]))

    def quantity(true: Decimal, kind: str, unit: str) -> Quantity:
        step = Decimal(by[kind])
        value = (true / step).quantize(Decimal(1), rounding) * step
        return Quantity(Figure(str(value), value, step), UNITS[unit], Quote(str(value)))

    def printed(zone: str | None, category: str, parts: list[tuple[Decimal, Decimal]]) -> EstimateLine:
        tonnes, metal = sum(t for t, _ in parts), sum(t * g for t, g in parts)
        gold = Metal(
            "Au",
            quantity(Decimal(metal / tonnes), "g", "g/t"),
            quantity(Decimal(metal * OUNCES_A_GRAM), "k", "koz"),
        )
        made = line(
            category, category, None, (gold,), zone=zone, total=zone is None or category == "measured_indicated"
        )
        return TONNES.put(made, quantity(Decimal(tonnes), "t", "kt"))

    zones = draw(st.lists(st.tuples(tonnages, grades, tonnages, grades), min_size=1, max_size=4))
    lines: list[EstimateLine] = []
    for number, (t1, g1, t2, g2) in enumerate(zones):
        zone = f"Zone {number}"
        for category, parts in (("measured", [(t1, g1)]), ("indicated", [(t2, g2)])):
            lines.append(printed(zone, category, parts))
        lines.append(printed(zone, "measured_indicated", [(t1, g1), (t2, g2)]))
    everything = [(t1, g1) for t1, g1, _, _ in zones] + [(t2, g2) for _, _, t2, g2 in zones]
    return table(*lines, printed(None, "measured_indicated", everything))


@settings(max_examples=60, deadline=None)
@given(rounded_tables())
def test_rounded_figures_are_never_held(printed: EstimateTable) -> None:
    assessment = assess(disclosure(printed))
    assert [v.explanation for v in assessment.verdicts if v.outcome is Outcome.FAILED] == []
    assert {assessment.status(p.key) for p in printed.lines} == {Status.SOUND}

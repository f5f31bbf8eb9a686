"""Estimates over time and grade-tonnage curves: where points, lines and scales stand; a template draws them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from pipeline.web.projects import Estimate, GradeTonnage
from pipeline.web.scales import Scale, Tick, scale_around, short

WIDTH, HEIGHT = 360, 220
"""Units of a chart."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 316.0, 16.0, 186.0
_MOST_SERIES = 6
"""Lines of one chart; more could not be told apart."""
_AROUND = Decimal("0.05")
"""Share of the scale from left to right that is left free on either side."""
_HEADROOM = Decimal("1.08")


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of an estimate at a place on the scale from left to right."""

    at: Decimal
    value: Decimal
    words: str
    estimate_id: str


@dataclass(frozen=True, slots=True)
class Point:
    """A value as it is drawn; it leads to its line."""

    x: float
    y: float
    words: str
    estimate_id: str


@dataclass(frozen=True, slots=True)
class Series:
    """Values that a line joins, and their name; ``number`` gives the line its look."""

    name: str
    number: int
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The line through the points."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with a scale on its left, one below it, and maybe another on its right."""

    title: str
    series: tuple[Series, ...]
    below: tuple[Tick, ...]
    left: tuple[Tick, ...]
    right: tuple[Tick, ...] = ()
    unit: str = ""
    below_unit: str = ""
    right_unit: str = ""


@dataclass(frozen=True, slots=True)
class CommodityCharts:
    """Tonnage, grade and metal of one type and commodity over time, as far as they are stated."""

    title: str
    charts: tuple[Chart, ...]


def history_charts(history: Sequence[Estimate]) -> list[CommodityCharts]:
    """The charts of a project's estimates over time: of each type and commodity, where there are two days or more."""
    made = []
    for (kind, commodity), same in groupby(history, key=lambda e: (e.estimate_type, e.commodity)):
        dated = [estimate for estimate in same if estimate.as_of_date]
        if len({estimate.as_of_date for estimate in dated}) > 1:
            charts = (_tonnage(dated), _grade(dated), _metal(dated))
            title = " ".join(filter(None, (commodity, kind or "estimate")))
            made.append(CommodityCharts(title, tuple(chart for chart in charts if chart)))
    return made


def cutoff_chart(curve: GradeTonnage) -> Chart:
    """Tonnage and grade above each cut-off, each on a scale of its own."""
    across = _across([point.cutoff for point in curve.points])
    points = sorted(curve.points, key=lambda point: point.cutoff)
    at = f"above {{}} {curve.cutoff_unit}"
    tonnes = [
        Value(p.cutoff, p.tonnes / 1_000_000, f"{short(p.tonnes)} t {at.format(short(p.cutoff))}", p.estimate_id)
        for p in points
    ]
    grades = [
        Value(p.cutoff, p.grade, f"{short(p.grade)} {curve.grade_unit} {at.format(short(p.cutoff))}", p.estimate_id)
        for p in points
    ]
    left, right = _up(tonnes), _up(grades)
    return Chart(
        title=f"{curve.commodity} {curve.category.replace('_', ' ')}",
        series=(_series("tonnage", 0, tonnes, across, left), _series("grade", 1, grades, across, right)),
        below=across.ticks(),
        left=left.ticks(),
        right=right.ticks(),
        unit="Mt",
        below_unit=f"cut-off, {curve.cutoff_unit}",
        right_unit=curve.grade_unit,
    )


def _tonnage(estimates: list[Estimate]) -> Chart | None:
    values = [(e, e.tonnes / 1_000_000, f"{short(e.tonnes)} t") for e in estimates if e.tonnes is not None]
    return _over_time("Tonnage", "Mt", values)


def _grade(estimates: list[Estimate]) -> Chart | None:
    return _in_one_unit("Grade", [(e, e.grade, e.grade_unit) for e in estimates if e.grade is not None])


def _metal(estimates: list[Estimate]) -> Chart | None:
    metal = [(e, e.contained, e.contained_unit) for e in estimates if e.contained is not None]
    return _in_one_unit("Contained metal", metal)


def _in_one_unit(title: str, values: list[tuple[Estimate, Decimal, str | None]]) -> Chart | None:
    """The chart of values that have one unit; None of others, which stand on no common scale."""
    units = {unit for _, _, unit in values}
    if len(units) != 1:
        return None
    (unit,) = units
    return _over_time(title, unit or "", [(e, value, f"{short(value)} {unit}") for e, value, _ in values])


def _over_time(title: str, unit: str, values: list[tuple[Estimate, Decimal, str]]) -> Chart | None:
    """A line for each category and part of the project; None where nothing has two values."""
    named = [
        (_name(e), Value(_day(e.as_of_date or ""), value, f"{_name(e)} {e.as_of_date}: {words}", e.estimate_id))
        for e, value, words in values
    ]
    lines = {name: sorted((v for n, v in named if n == name), key=lambda v: v.at) for name in dict(named)}
    lines = dict(sorted(lines.items(), key=lambda line: -len(line[1]))[:_MOST_SERIES])
    shown = [value for line in lines.values() for value in line]
    if not any(len(line) > 1 for line in lines.values()):
        return None
    across, up = _across([value.at for value in shown]), _up(shown)
    series = tuple(_series(name, n, line, across, up) for n, (name, line) in enumerate(lines.items()))
    return Chart(title, series, tuple(_years(across)), up.ticks(), unit=unit)


def _name(estimate: Estimate) -> str:
    return ", ".join(filter(None, (estimate.category.replace("_", " + "), estimate.part)))


def _day(iso: str) -> Decimal:
    """A day as a number; of a month or year its first day."""
    year, month, day = (*map(int, iso.split("-")), 1, 1)[:3]
    return Decimal(date(year, month, day).toordinal())


def _across(values: Iterable[Decimal]) -> Scale:
    """The scale from left to right."""
    return scale_around(values, _LEFT, _RIGHT, free=_AROUND)


def _up(values: Iterable[Value]) -> Scale:
    """The scale from zero upwards: a quantity of ore is drawn from nothing."""
    highest = max((v.value for v in values), default=Decimal(0))
    return Scale(Decimal(0), highest * _HEADROOM or Decimal(1), _BOTTOM, _TOP)


def _series(name: str, number: int, values: Sequence[Value], across: Scale, up: Scale) -> Series:
    points = (Point(across.at(v.at), up.at(v.value), v.words, v.estimate_id) for v in values)
    return Series(name, number, tuple(points))


def _years(across: Scale) -> Iterator[Tick]:
    """The beginnings of years; of many, each fifth or tenth."""
    first, last = (date.fromordinal(int(value)).year for value in (across.low, across.high))
    step = next(step for step in (1, 2, 5, 10, 25, 1000) if (last - first) / step <= 6)
    for year in range(first, last + 1):
        day = Decimal(date(year, 1, 1).toordinal())
        if year % step == 0 and across.low <= day <= across.high:
            yield Tick(across.at(day), str(year))

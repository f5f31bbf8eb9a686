"""Releases that nobody filed: many that are alike in form, and of companies, properties and figures of their own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from reportlab.pdfgen.canvas import Canvas

from benchmarks.drawing import SIZE, Table, drilling, prose, say, table

OF_A_PROPERTY = 8
"""Releases of one property; each two of them state one estimate, as companies repeat theirs."""
FIRST = ("Lynx", "Grey Owl", "Tall Pine", "Amber", "North Fork", "Cold Lake", "Red Fox", "Heron", "Cedar", "Wolverine")
SECOND = ("Ridge", "Creek", "Valley", "Hill", "River", "Point", "Bay", "Butte", "Hollow", "Summit", "Pass", "Mesa")
THIRD = ("Gold", "Resources", "Minerals")


@dataclass(frozen=True)
class Release:
    """A release of this number: no other has its heading, and only one other its figures."""

    number: int

    @property
    def heading(self) -> tuple[str, ...]:
        """The company, the day, and what it reports."""
        place, edition = divmod(self.number, OF_A_PROPERTY)
        name = f"{FIRST[place % 10]} {SECOND[place // 10 % 12]}"
        company = f"{name} {THIRD[place // 120 % 3]} Corp."
        year = 2000 + edition // 2
        return (
            f"{company} - March {self.number % 28 + 1}, {year + edition % 2}",
            f"{company} reports a mineral resource of its {name} Project, effective December 31, {year}.",
        )

    @property
    def table(self) -> Table:
        """The head and nine lines, whose metal follows from tonnes and grade."""
        chance = Random(self.number // 2)  # noqa: S311  the same each time
        rows = [("Category", "Tonnes (kt)", "Gold (g/t)", "Gold (koz)")]
        for zone in ("North", "Main", "South"):
            for category in ("Measured", "Indicated", "Inferred"):
                tonnes, grade = chance.randint(500, 9000), chance.randint(50, 600) / 100
                ounces = f"{tonnes * grade / 31.1035:,.0f}"
                rows.append((f"{zone} - {category}", f"{tonnes:,}", f"{grade:.2f}", ounces))
        return rows

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands below the table: the cut-off, the caution, and who answers for it."""
        cutoff, price = Random(self.number // 2).choice((("0.3", "1,300"), ("0.5", "1,500"), ("0.8", "1,750")))  # noqa: S311
        person = f"{SECOND[self.number % 12]} {FIRST[self.number % 9]}son"
        return (
            f"1. Reported at a cut-off grade of {cutoff} g/t Au and a gold price of US${price} per ounce.",
            "2. Mineral resources that are not mineral reserves do not have demonstrated economic viability.",
            "3. Figures may not add up due to rounding.",
            f"{person}, P.Geo., is an independent Qualified Person under NI 43-101 and approved this release.",
        )

    def draw(self, path: Path) -> Path:
        """Four pages: what is reported, the estimate, drill results, prose."""
        canvas, random = Canvas(str(path), pagesize=SIZE), Random(self.number)  # noqa: S311
        for page in (self._reported, self._estimate, drilling, prose):
            canvas.setFont("Helvetica", 10)
            page(canvas, random)
            canvas.showPage()
        canvas.save()
        return path

    def _reported(self, canvas: Canvas, random: Random) -> None:
        for line, text in enumerate(self.heading):
            say(canvas, 72 + 18 * line, text)
        prose(canvas, random, top=126)

    def _estimate(self, canvas: Canvas, _: Random) -> None:
        table(canvas, self.table, ruled=True)
        for line, text in enumerate(self.notes):
            say(canvas, 290 + 16 * line, text)

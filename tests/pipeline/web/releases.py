"""Releases of one made-up project over the years, the last one with a table of cut-offs."""

from __future__ import annotations

from pathlib import Path

YEARS = {  # kilotonnes and grams a tonne of gold, by category
    2018: {"Measured": (2_100, "1.52"), "Indicated": (8_400, "1.31"), "Inferred": (6_000, "1.10")},
    2020: {"Measured": (3_250, "1.49"), "Indicated": (11_900, "1.27"), "Inferred": (4_100, "1.06")},
    2023: {"Measured": (4_800, "1.44"), "Indicated": (15_300, "1.21"), "Inferred": (3_400, "0.98")},
}
CUTOFFS = (("0.30", 24_900, "0.90"), ("0.40", 19_800, "1.04"), ("0.50", 15_300, "1.21"), ("0.60", 12_100, "1.38"))
TEXT = """SLATE RIDGE GOLD UPDATES THE SLATE RIDGE MINERAL RESOURCE

January 20, {next} - Slate Ridge Gold Corp. (TSX-V: SRG) reports a mineral resource for its Slate Ridge Project.

Mineral Resource Estimate of the Slate Ridge Project, effective December 31, {year}

Category\tTonnes (kt)\tAu (g/t)\tContained Au (koz)
{rows}

- The estimate is reported at a cut-off grade of 0.50 g/t Au.
- Mineral resources that are not mineral reserves do not have demonstrated economic viability.
{cutoffs}
The estimate was prepared by Jane Roe, P.Geo., an independent Qualified Person under NI 43-101.
"""
SENSITIVITY = """
Sensitivity of the Indicated Mineral Resource to the cut-off grade

Cut-off (g/t Au)\tTonnes (kt)\tAu (g/t)\tContained Au (koz)
{rows}
"""


def write_releases(folder: Path) -> list[Path]:
    """The releases as text files; their figures agree with one another."""
    written = []
    for year, rows in YEARS.items():
        table = "\n".join(_row(name, *figures) for name, figures in rows.items())
        cutoffs = SENSITIVITY.format(rows="\n".join(_row(*row) for row in CUTOFFS)) if year == max(YEARS) else ""
        path = folder / f"slate-ridge-{year}.txt"
        path.write_text(TEXT.format(year=year, next=year + 1, rows=table, cutoffs=cutoffs), encoding="utf-8")
        written.append(path)
    return written


def _row(name: str, kilotonnes: int, grade: str) -> str:
    return f"{name}\t{kilotonnes:,}\t{grade}\t{kilotonnes * float(grade) / 31.1034768:,.0f}"

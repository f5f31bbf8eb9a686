"""A small disclosure with everything that the schema has a place for, and how to commit it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from models import disclosure as d
from models.figure import Figure, Interval
from models.filing import Filing
from models.findings import (
    Assessment,
    Cause,
    ClaimOutcome,
    ClaimVerdict,
    Finding,
    Outcome,
    Severity,
    Verdict,
)
from models.quote import Box, Place, Quote
from models.units import UNITS, Quantity
from pipeline.commit import ReadFacts

FACTS = ReadFacts("application/pdf", 4)
FILING = Filing("release.pdf", "file:///inbox/release.pdf", b"%PDF-1.7 a release")


def quote(text: str, page: int = 1) -> Quote:
    return Quote(text, Place(page, Box(72.0, 100.5, 540.0, 112.0)))


def figure(printed: str) -> Figure:
    value = Decimal(printed.replace(",", ""))
    return Figure(printed, value, Decimal(1).scaleb(int(value.as_tuple().exponent)))


def quantity(printed: str, unit: str) -> Quantity:
    return Quantity(figure(printed), UNITS[unit], quote(printed))


def gold(grade: str, ounces: str) -> d.Metal:
    return d.Metal("Au", quantity(grade, "g/t"), quantity(ounces, "koz"), (quantity("2.3", "t"),))


def line(number: int, label: str, category: d.Category, tonnage: str, *metals: d.Metal) -> d.EstimateLine:
    return d.EstimateLine(
        table=1,
        number=number,
        row=number,
        group=0,
        label=label,
        type=d.EstimateType.RESOURCE,
        category=category,
        quote=quote(f"{label} {tonnage}", page=2),
        zone="Main",
        tonnage=quantity(tonnage, "kt"),
        metals=metals,
    )


PIT = d.Scope(
    (d.EstimateType.RESOURCE,), (d.Category.MEASURED, d.Category.INDICATED), (d.Material.OPEN_PIT,), ("Main",)
)
CUTOFF = d.Cutoff(figure("0.30"), "g/t", "Au", quote("a cut-off of 0.30 g/t"), figure("0.35"), scope=PIT)
MEASURED = replace(
    line(1, "Measured", d.Category.MEASURED, "357", gold("0.40", "4.6"), d.Metal("Ag", quantity("3.0", "g/t"))),
    materials=(d.Material.OXIDE, d.Material.OPEN_PIT),
    cutoff=d.Cutoff(figure("0.30"), "g/t", "Au", quote("0.30")),
    assumptions=("tonnage in kt: no unit is printed, and kt makes five of five lines hold",),
)
INDICATED = line(2, "Indicated", d.Category.INDICATED, "1,523", gold("0.38", "18.6"))
TOTAL = replace(
    line(3, "Measured + Indicated", d.Category.MEASURED_INDICATED, "1,814", gold("0.39", "23.2")), is_total=True
)
STOCKPILE = line(4, "Stockpile", d.Category.UNCLASSIFIED, "66")
STRANGE = replace(
    line(5, "Inferred", d.Category.INFERRED, "2,700"),
    doubts=(d.Doubt("2,70,0 is no grouping that is in use", quote("2,70,0"), "2,700"),),
)
LINES = (MEASURED, INDICATED, TOTAL, STOCKPILE, STRANGE)
TABLE = d.EstimateTable(
    number=1,
    caption="Mineral resources",
    lines=LINES,
    quote=quote("Mineral resources", page=2),
    accounts=(
        d.CellAccount(1, 0, d.CellUse.USED, "label", quote("Measured")),
        d.CellAccount(1, 6, d.CellUse.IGNORED, "density", quote("2.70")),
    ),
)
NOTES = (
    d.Footnote(
        1,
        "1",
        "Rounded; at a cut-off and US$1,800/oz.",
        (d.NoteKind.CUTOFF, d.NoteKind.PRICE, d.NoteKind.ROUNDING),
        quote("1. Rounded."),
        figures=(d.NoteFigure(d.Assumption.PRICE, figure("1800"), "USD/oz", "Au", quote("US$1,800/oz")),),
    ),
    d.Footnote(
        table=1,
        marker="2",
        text="Of this, 100 kt at 0.50 g/t lie outside the pit.",
        kinds=(d.NoteKind.SUB_QUANTITY,),
        quote=quote("2. Of this, 100 kt at 0.50 g/t lie outside the pit."),
        lines=(1, 2),
        sub_quantities=(
            d.SubQuantity(quantity("100", "kt"), quantity("0.50", "g/t"), "Au", quote("100 kt at 0.50 g/t")),
        ),
    ),
)
NOTED_DATE = d.EffectiveDate("2013-06-30", quote("2. As of June 30, 2013.", page=2), table=1, lines=(2,))
DISCLOSURE = d.Disclosure(
    language=d.Language.ENGLISH,
    document_type=d.DocumentType.NEWS_RELEASE,
    issuer=d.Issuer("Example Mines Ltd.", ("TSX:EXM", "OTCQB:EXMLF"), "Example", "Example doubles resources"),
    dates=d.Dates(
        effective=d.PrintedDate("2013-06-30", quote("June 30, 2013")),
        release=d.PrintedDate("2013-12", quote("December 2013")),
    ),
    tables=(TABLE,),
    footnotes=NOTES,
    cutoffs=(CUTOFF, d.Cutoff(figure("6.40"), "USD/t", None, quote("NSR of US$6.40/t"), basis="NSR")),
    persons=(
        d.Person(
            "José Núñez", quote("José Núñez, P.Geo."), ("P.Geo.", "MAusIMM"), "Example Rock Inc.", True, "resources"
        ),
        d.Person("A. Roe", quote("A. Roe")),
    ),
    claims=(
        d.Claim(
            d.ClaimKind.QUANTITY,
            "1.88 million tonnes",
            quote("1.88 million tonnes"),
            category=d.Category.MEASURED_INDICATED,
            tonnage=quantity("1.88", "Mt"),
        ),
        d.Claim(d.ClaimKind.MINE_LIFE, "nine years", quote("nine years"), years=figure("9")),
    ),
    statements=(d.Statement(d.NoteKind.INCLUSIVE, False, quote("exclusive of reserves")),),
    equivalences=(
        d.Equivalence(
            commodity="AuEq",
            formula="Au + Ag / 80",
            quote=quote("AuEq = Au + Ag / 80"),
            prices=(("Au", d.Price(Decimal(1400), "USD", "oz")), ("Ag", d.Price(Decimal("17.50"), "USD", "oz"))),
            recoveries=(("Ag", Decimal("0.85")),),
        ),
    ),
    effective_dates=(d.EffectiveDate("2013-06-30", quote("June 30, 2013")), NOTED_DATE),
)
SUM_FAILS = Verdict(
    relation="total_tonnage",
    outcome=Outcome.FAILED,
    explanation="1,814 kt is 66 kt short of its parts (1,880 kt); rounding allows 1,879 to 1,881 kt",
    line=(1, 3),
    value=Decimal(1814),
    reported=Interval(Decimal("1813.5"), Decimal("1814.5")),
    allowed=Interval(Decimal(1879), Decimal(1881)),
    unit="kt",
    cause=Cause.CHANGED_DIGIT,
    suggestion="1,880",
)
ASSESSMENT = Assessment(
    verdicts=(
        Verdict("contained_metal", Outcome.PASSED, "357 kt at 0.40 g/t hold 4.6 koz", (1, 1), "Au", Decimal("4.6")),
        Verdict("contained_metal", Outcome.PASSED, "1,523 kt at 0.38 g/t hold 18.6 koz", (1, 2), "Au"),
        SUM_FAILS,
        Verdict("contained_metal", Outcome.NOT_RUN, "no metal is printed", (1, 4)),
        Verdict("strip_ratio", Outcome.NOT_RUN, "no waste is printed"),
    ),
    claims=(ClaimVerdict(0, ClaimOutcome.DISAGREES, "the table prints 1,814 kt"),),
    findings=(Finding("3.4(e)", Severity.MEDIUM, "no sentence on economic viability", quote("Mineral resources")),),
)

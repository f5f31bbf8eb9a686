"""Which cut-off applies to a line: its own, the one whose scope covers it, the one that says most about it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.binding import _prints, bind_cutoffs
from models import disclosure as d
from models.disclosure import Category, EstimateType, Material
from models.figure import Figure
from models.quote import Place, Quote

RESOURCE, RESERVE = EstimateType.RESOURCE, EstimateType.RESERVE


def cutoff(value: str, *scope: str, zone: str | None = None, commodity: str = "Au", said: str = "") -> d.Cutoff:
    """A cut-off that applies to the named types, categories and materials."""
    return d.Cutoff(
        Figure(value, Decimal(value), Decimal("0.1")),
        "g/t",
        commodity,
        Quote(said or f"a cut-off of {value} g/t", Place()),
        scope=d.Scope(
            tuple(EstimateType(s) for s in scope if s in set(EstimateType)),
            tuple(Category(s) for s in scope if s in set(Category)),
            tuple(Material(s) for s in scope if s in set(Material)),
            (zone,) if zone else (),
        ),
    )


def line(
    category: Category = Category.INDICATED,
    *materials: Material,
    kind: EstimateType = RESOURCE,
    zone: str | None = None,
    label: str = "",
    number: int = 1,
    own: d.Cutoff | None = None,
) -> d.EstimateLine:
    quote = Quote(label, Place())
    metals = (d.Metal("Au"),)
    return d.EstimateLine(
        1, number, number, 0, label, kind, category, quote, zone=zone, materials=materials, cutoff=own, metals=metals
    )


def values(
    lines: tuple[d.EstimateLine, ...], cutoffs: tuple[d.Cutoff, ...], *notes: d.Footnote, project: str | None = None
) -> list[list[str]]:
    table = d.EstimateTable(1, "Mineral resources", lines, Quote("", Place()))
    disclosure = d.Disclosure(
        d.Language.ENGLISH,
        d.DocumentType.NEWS_RELEASE,
        d.Issuer(project=project),
        d.Dates(),
        (table,),
        footnotes=notes,
        cutoffs=cutoffs,
    )
    return [[c.value.printed for c in bound.cutoffs] for bound in bind_cutoffs(disclosure)]


PIT, BELOW = cutoff("0.3", "open_pit"), cutoff("1.8", "underground")

CASES = [
    # one for all
    ("everything", line(), (cutoff("0.5"),), ["0.5"]),
    # a line's own cut-off, as in a sensitivity table, wins over a stated one
    ("its own", line(own=cutoff("0.9")), (cutoff("0.5"),), ["0.9"]),
    # by what lies where, and in what state
    ("pit", line(Category.INDICATED, Material.OPEN_PIT), (PIT, BELOW), ["0.3"]),
    ("a pit's oxide is in the pit", line(Category.INFERRED, Material.OPEN_PIT, Material.OXIDE), (PIT, BELOW), ["0.3"]),
    ("oxide only", line(Category.INFERRED, Material.SULPHIDE), (cutoff("0.4", "oxide"),), []),
    # a total of pit and underground has no one cut-off, and that is no contradiction
    ("total of both", line(Category.INDICATED), (PIT, BELOW), []),
    # ... while a line that does not say where it lies has the only cut-off that there is
    ("the only one", line(Category.INDICATED), (PIT,), ["0.3"]),
    # sums of categories and their parts
    ("part of a sum", line(Category.MEASURED), (cutoff("0.3", "measured_indicated"),), ["0.3"]),
    ("sum of parts", line(Category.MEASURED_INDICATED), (cutoff("0.3", "measured", "indicated"),), ["0.3"]),
    ("not in the sum", line(Category.INFERRED), (cutoff("0.3", "measured_indicated"),), []),
    ("reserves", line(Category.PROBABLE, kind=RESERVE), (cutoff("0.3", "proven_probable"),), ["0.3"]),
    ("other type", line(), (cutoff("0.3", "reserve"),), []),
    # the narrower scope says more
    ("narrower", line(Category.INFERRED), (cutoff("0.3", "resource"), cutoff("0.5", "resource", "inferred")), ["0.5"]),
    # names by their words, accents and case aside; a longer name is another place
    ("zone", line(zone="ELOUARD"), (cutoff("0.3", zone="Élouard deposit"), cutoff("0.5", zone="Mishi")), ["0.3"]),
    ("other zone", line(zone="Alder"), (cutoff("0.3", zone="Alder North"), cutoff("0.5", zone="Birch")), []),
    ("zone of the label", line(label="Birch - Indicated", zone=None), (cutoff("0.3", zone="Birch"), PIT), ["0.3"]),
    # of two metals the one that the line reports, its equivalent too
    ("its metal", line(), (cutoff("0.3", commodity="AuEq"), cutoff("0.2", commodity="Cu")), ["0.3"]),
    # nothing tells two apart
    ("ambiguous", line(), (cutoff("0.3", "resource"), cutoff("0.5", "resource")), ["0.3", "0.5"]),
]


@pytest.mark.parametrize(("what", "one", "cutoffs", "expected"), CASES, ids=[case[0] for case in CASES])
def test_the_cutoff_that_says_most_about_a_line_applies(
    what: str, one: d.EstimateLine, cutoffs: tuple[d.Cutoff, ...], expected: list[str]
) -> None:
    assert values((one,), cutoffs) == [expected]


def test_a_marked_note_speaks_of_the_lines_that_it_marks() -> None:
    first, second = cutoff("0.3", said="1. At 0.3 g/t."), cutoff("0.5", said="2. At 0.5 g/t.")
    notes = [
        d.Footnote(1, str(n), c.quote.text, (d.NoteKind.CUTOFF,), c.quote, lines=(n,))
        for n, c in enumerate((first, second), 1)
    ]
    assert values((line(number=1), line(number=2), line(number=3)), (first, second), *notes) == [["0.3"], ["0.5"], []]


def test_a_note_of_the_table_wins_over_prose() -> None:
    note = d.Footnote(1, "", "Reported at 0.5 g/t.", (d.NoteKind.CUTOFF,), Quote("", Place()))
    assert values((line(),), (cutoff("0.3"), cutoff("0.5")), note) == [["0.5"]]


def test_the_project_itself_is_no_zone_of_it() -> None:
    cutoffs = (cutoff("0.3", zone="Tall Pine"),)
    assert values((line(zone="North"),), cutoffs, project="Tall Pine") == [["0.3"]]
    assert values((line(zone="North"),), (*cutoffs, cutoff("0.5", zone="North")), project="Tall Pine") == [["0.5"]]


def test_an_earlier_estimate_has_no_cutoff_of_this_one() -> None:
    assert values((line(), replace(line(number=2), is_earlier=True)), (cutoff("0.5"),)) == [["0.5"], []]


def test_a_document_without_cutoffs_binds_none() -> None:
    assert values((line(),), ()) == [[]]


@given(st.text("0.5, $"), st.sampled_from(["0.5", "5", "$5", "5.0"]))
def test_a_number_is_printed_where_it_is_no_part_of_a_longer_one(text: str, number: str) -> None:
    pattern = rf"(?<![\d.,]){re.escape(number)}(?![\d]|[.,]\d)"
    assert _prints(text, number) == bool(re.search(pattern, text))

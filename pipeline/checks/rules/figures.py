"""Figures: inferred resources kept apart, metal with its tonnes and grade, rounding, numbers that can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from extractors.lexicon import lexicon
from models.disclosure import Category, ClaimKind, EstimateLine, EstimateType, Material
from models.figure import Figure, Interval
from models.units import Quantity
from pipeline.checks.addends import TELLING_STEPS, find_addends
from pipeline.checks.columns import additive_columns
from pipeline.checks.constants import elements_of
from pipeline.checks.plausibility import is_misprint
from pipeline.checks.rules.filed import Filed, Indication
from pipeline.checks.shares import as_percent, owned_tables
from pipeline.checks.wording import amount, name, one_of

SURE = (Category.MEASURED, Category.INDICATED, Category.MEASURED_INDICATED)
MOST_DIGITS = {"tonnage": 4, "contained": 4, "grade": 3}
EXAMPLES = 3

WITHOUT_GRADE = frozenset({"coal"})
"""What is sold as it is mined: its quality is no grade."""


def inferred_kept_apart(filed: Filed) -> Iterator[Indication]:
    """Inferred resources are not added to measured or indicated ones."""
    for table in filed.disclosure.tables:
        added = {a.total.key for _, a in find_addends(table) if a and _mixes(p.category for p in a.parts)}
        mixed = [p for p in table.lines if p.key in added or p.category is Category.TOTAL_RESOURCES]
        if mixed:
            verb = "adds" if len(mixed) == 1 else "add"
            said = f"{_some(map(name, mixed))} {verb} inferred resources to measured or indicated ones"
            yield Indication(said, mixed[0].quote)


def _mixes(categories: Iterator[Category]) -> bool:
    stated = set(categories)
    return Category.INFERRED in stated and bool(stated.intersection(SURE))


def inferred_added_in_prose(filed: Filed) -> Iterator[Indication]:
    """No figure of the prose is the sum of inferred resources and others."""
    figures = [(q, claim.quote) for claim in filed.disclosure.claims for q in (claim.tonnage, claim.contained)]
    telling = [(q, quote) for q, quote in figures if q and _is_telling(q)]
    sums = list(_forbidden_sums(filed)) if telling else []
    own = _own_figures(filed) if sums else []
    for figure, quote in telling:
        claimed = figure.interval
        added = next((lines for interval, lines in sums if claimed.meets(interval)), None)
        if added and not any(claimed.meets(interval) for interval in own):
            yield Indication(f"{amount(figure)} adds {name(added[0])} and {name(added[1])}", quote)


def _is_telling(quantity: Quantity) -> bool:
    """Whether a figure has three digits and a unit that converts."""
    return quantity.unit.factor is not None and quantity.figure.value >= TELLING_STEPS * quantity.figure.step


def _own_figures(filed: Filed) -> list[Interval]:
    """Every tonnage and metal of the tables."""
    return [q.interval for line in filed.own_lines for c in additive_columns(line) if (q := c.of(line))]


def _forbidden_sums(filed: Filed) -> Iterator[tuple[Interval, tuple[EstimateLine, EstimateLine]]]:
    """The sums of an inferred line and a measured and indicated one of the same place, column by column."""
    lines = filed.of_type(EstimateType.RESOURCE)
    sure = [p for p in lines if p.category in SURE]
    for one, other in product(sure, (p for p in lines if p.category is Category.INFERRED)):
        if (one.zone, one.materials, one.table) == (other.zone, other.materials, other.table):
            for column in additive_columns(one):
                a, b = column.of(one), column.of(other)
                if a and b and b.unit.factor is not None:
                    yield a.interval + b.interval, (one, other)


def metal_with_tonnes_and_grade(filed: Filed) -> Iterator[Indication]:
    """Contained metal stands with the tonnes and the grade that hold it."""
    complete = [_scope(p) for p in filed.own_lines if p.tonnage and any(m.grade for m in p.metals)]
    lines = [p for p in filed.own_lines if any(m.contained and not (p.tonnage and m.grade) for m in p.metals)]
    bare = [p for p in lines if _scope(p) not in complete]
    if bare:
        yield Indication(f"contained metal without tonnes and grade: {_some(map(name, bare))}", bare[0].quote)


def _scope(line: EstimateLine) -> tuple[object, ...]:
    """What a line speaks of: another table may give the tonnes and the grade of the same."""
    return line.type, line.category, line.zone, frozenset(line.materials)


def quantity_and_grade(filed: Filed) -> Iterator[Indication]:
    """Each line of a category gives its quantity and its grade."""
    plain = [p for p in filed.own_lines if not p.is_total and p.metals]
    lines = [p for p in plain if not any(m.contained for m in p.metals)]
    graded = [p for p in lines if not all(m.commodity in WITHOUT_GRADE for m in p.metals)]
    weighing = [p for p in graded if p.tonnage is None or p.tonnage.figure.value]
    bare = [p for p in weighing if p.tonnage is None or not any(m.grade for m in p.metals)]
    if bare:
        yield Indication(f"without tonnage or without grade: {_some(map(name, bare))}", bare[0].quote)


def metal_in_context(filed: Filed) -> Iterator[Indication]:
    """Contained metal in headline and prose stands beside the tonnes and the grade that hold it."""
    complete = {c.quote.place for c in filed.disclosure.claims if c.tonnage and c.grade}
    bare = [
        claim
        for claim in filed.disclosure.claims
        if claim.kind is ClaimKind.QUANTITY and claim.contained and claim.quote.place not in complete
    ]
    if bare:
        places = len({claim.quote for claim in bare})
        where = "a paragraph gives" if places == 1 else f"{places} paragraphs give"
        metal = _some(amount(c.contained) for c in bare if c.contained)
        yield Indication(
            f"{where} contained metal without the tonnes and the grade that hold it: {metal}", bare[0].quote
        )


def share_stated(filed: Filed) -> Iterator[Indication]:
    """A table of the owner's share says how large the share is."""
    for owned in owned_tables(filed.disclosure.tables):
        if owned.stated is None and (implied := owned.implied):
            said = (
                f"table {owned.table.number} gives {as_percent(implied)} of table {owned.whole.number} throughout, as "
                "the owner's share would be, and its caption prints no share"
            )
            yield Indication(said, owned.table.quote)


def rounded_figures(filed: Filed) -> Iterator[Indication]:
    """Estimates are rounded to what they are worth: four digits of a tonnage or a metal, three of a grade, at most."""
    exact = [
        f"{amount(q)} of {name(line)}"
        for line in filed.own_lines
        for kind, q in _figures(line)
        if _digits(q.figure) > MOST_DIGITS[kind]
    ]
    if exact:
        yield Indication(f"more digits than an estimate has: {_some(exact)}", filed.headline)


def _some(texts: Iterable[str]) -> str:
    """The first few, and how many more there are."""
    every = list(dict.fromkeys(texts))
    more = f" and {len(every) - EXAMPLES} more" if len(every) > EXAMPLES else ""
    return "; ".join(every[:EXAMPLES]) + more


def _figures(line: EstimateLine) -> Iterator[tuple[str, Quantity]]:
    if line.tonnage:
        yield "tonnage", line.tonnage
    for metal in line.metals:
        yield from ((kind, q) for kind, q in (("grade", metal.grade), ("contained", metal.contained)) if q)


def _digits(figure: Figure) -> int:
    """How many digits a figure shows, down to the step that it was rounded to."""
    return len(str(int(figure.value / figure.step)))


def well_formed_numbers(filed: Filed) -> Iterator[Indication]:
    """Every number can be read in one way."""
    for claim in filed.disclosure.claims:
        if claim.malformed is not None:
            yield Indication(f'the number "{claim.malformed}" is malformed', claim.quote)
    for line in filed.own_lines:
        doubts = (doubt for doubt in line.doubts if is_misprint(doubt))
        yield from (Indication(f'the number "{d.quote.text}" of {name(line)} is malformed', d.quote) for d in doubts)


def compound_or_metal(filed: Filed) -> Iterator[Indication]:
    """Headline and table name the same substance: a compound is not called by its metal."""
    stated = {m.commodity for line in filed.own_lines for m in line.metals}
    compounds = {element: c for c in sorted(stated) for element in elements_of(c) if element not in stated}
    told = dict.fromkeys(c.commodity for c in filed.disclosure.claims if c.commodity in compounds)
    for element in filter(None, told):
        claim = next(c for c in filed.disclosure.claims if c.commodity == element)
        yield Indication(f"{element} is named where the table states {compounds[element]}", claim.quote)


def one_name_a_material(filed: Filed) -> Iterator[Indication]:
    """A term of the prose stands for one line of the table, and not for two: "tailings stockpile" beside both."""
    lines = {p.materials[0]: p for p in filed.own_lines if len(p.materials) == 1}
    words, told = lexicon("materials"), set[str]()
    for paragraph in filed.body_with("materials"):
        for hit in words.find(paragraph.base):
            term = paragraph.base[hit.start : hit.end]
            meant = {m: lines[Material(m)] for word in term.split() for m in words.means(word) if Material(m) in lines}
            if len(meant) > 1 and term.casefold() not in told:
                told.add(term.casefold())
                yield Indication(
                    f'"{term}" may be {one_of(tuple(meant.values()))}: the table has a line for each', paragraph.quote
                )

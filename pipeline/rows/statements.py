"""The rows of what stands around the tables: dates, cut-offs, people, notes, claims, findings and statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractors.binding import Bound
from extractors.date_binding import Dated
from models.disclosure import (
    Claim,
    Cutoff,
    Dates,
    Disclosure,
    EffectiveDate,
    Equivalence,
    Footnote,
    NoteKind,
    Person,
    PrintedDate,
    Scope,
    Statement,
)
from models.findings import Assessment, ClaimOutcome, ClaimVerdict, Finding
from pipeline.rows.identity import LineIds, person_id
from pipeline.rows.row import Row, joined, materials, quoted, tonnes


def date_rows(dates: Dates) -> Iterator[Row]:
    """The rows of the dates that the document states."""
    stated: list[tuple[str, PrintedDate | None]] = [
        ("release", dates.release),
        ("effective", dates.effective),
        ("report", dates.report),
    ]
    return ({"kind": kind, "iso": date.iso, **quoted(date.quote)} for kind, date in stated if date)


def estimate_date_row(number: int, date: EffectiveDate) -> Row:
    """The row of a stated effective date."""
    return {"number": number, "iso": date.iso, "table_number": date.table, **_scope(date.scope), **quoted(date.quote)}


def line_date_rows(dates: tuple[EffectiveDate, ...], lines: Iterable[Dated], ids: LineIds) -> Iterator[Row]:
    """The rows of the lines that do not have the date of the whole document."""
    for dated in lines:
        number = dates.index(dated.date) + 1 if dated.date else None
        yield {"estimate_id": ids[dated.line.key], "date_number": number}


def cutoff_row(number: int, cutoff: Cutoff) -> Row:
    """The row of a stated cut-off."""
    return {
        "number": number,
        "value": cutoff.value.value,
        "printed": cutoff.value.printed,
        "value_max": cutoff.value_max and cutoff.value_max.value,
        "unit": cutoff.unit,
        "commodity": cutoff.commodity,
        "operator": cutoff.operator,
        "basis": cutoff.basis,
        **_scope(cutoff.scope),
        **quoted(cutoff.quote),
    }


def _scope(scope: Scope) -> Row:
    """The columns of what a statement applies to."""
    return {
        "estimate_types": joined(scope.types),
        "categories": joined(scope.categories),
        "materials": joined(scope.materials),
        "zones": joined(scope.zones),
    }


def line_cutoff_rows(cutoffs: tuple[Cutoff, ...], lines: Iterable[Bound], ids: LineIds) -> Iterator[Row]:
    """The rows of the cut-offs that apply to lines; a line's own cut-off stands in the line's row."""
    for bound in lines:
        for cutoff in bound.cutoffs if bound.line.cutoff is None else ():
            yield {"estimate_id": ids[bound.line.key], "cutoff_number": cutoffs.index(cutoff) + 1}


def person_row(number: int, person: Person) -> Row:
    """The row of a qualified person."""
    return {
        "number": number,
        "person_id": person_id(person.name),
        "name": person.name,
        "credentials": joined(person.credentials) or None,
        "affiliation": person.affiliation,
        "independent": person.independent,
        "role": person.role,
        **quoted(person.quote),
    }


def footnote_row(number: int, note: Footnote) -> Row:
    """The row of a table note; its first kind is its main subject."""
    kinds = note.kinds or (NoteKind.OTHER,)
    return {
        "number": number,
        "table_number": note.table,
        "marker": note.marker,
        "text": note.text,
        "kind": kinds[0],
        "kinds": joined(kinds),
        **quoted(note.quote),
    }


def footnote_line_rows(number: int, note: Footnote) -> Iterator[Row]:
    """The rows of the lines that a note marks."""
    return ({"note_number": number, "line_number": line} for line in dict.fromkeys(note.lines))


def sub_quantity_rows(number: int, note: Footnote) -> Iterator[Row]:
    """The rows of the tonnages that a note singles out."""
    for n, part in enumerate(note.sub_quantities, 1):
        grade = part.grade
        yield {
            "note_number": number,
            "number": n,
            "commodity": part.commodity,
            "tonnage": part.tonnage.figure.value,
            "tonnage_printed": part.tonnage.figure.printed,
            "tonnage_unit": part.tonnage.unit.symbol,
            "tonnes": tonnes(part.tonnage),
            "grade": grade and grade.figure.value,
            "grade_printed": grade and grade.figure.printed,
            "grade_unit": grade and grade.unit.symbol,
            "grade_ppm": grade and grade.canonical,
            **quoted(part.quote),
        }


def note_figure_rows(number: int, note: Footnote) -> Iterator[Row]:
    """The rows of the figures that a note states."""
    for n, stated in enumerate(note.figures, 1):
        yield {
            "note_number": number,
            "number": n,
            "about": stated.about,
            "value": stated.figure.value,
            "value_max": stated.figure_max and stated.figure_max.value,
            "printed": stated.figure.printed,
            "unit": stated.unit,
            "commodity": stated.commodity,
            **quoted(stated.quote),
        }


def claim_rows(disclosure: Disclosure, assessment: Assessment) -> Iterator[Row]:
    """The rows of what headline and prose claim, each with what its recomputation gave."""
    verdicts = {verdict.claim: verdict for verdict in assessment.claims}
    for n, claim in enumerate(disclosure.claims):
        verdict = verdicts.get(n, ClaimVerdict(n, ClaimOutcome.UNMATCHED, "not compared"))
        yield {"number": n + 1, **_claim(claim), "outcome": verdict.outcome, "explanation": verdict.explanation}


def _claim(claim: Claim) -> Row:
    tonnage, grade, contained = claim.tonnage, claim.grade, claim.contained
    return {
        "kind": claim.kind,
        "text": claim.text,
        "estimate_type": claim.type,
        "category": claim.category,
        "material": materials(claim.materials),
        "commodity": claim.commodity,
        "tonnage": tonnage and tonnage.figure.value,
        "tonnage_unit": tonnage and tonnage.unit.symbol,
        "tonnes": tonnes(tonnage),
        "grade": grade and grade.figure.value,
        "grade_unit": grade and grade.unit.symbol,
        "contained": contained and contained.figure.value,
        "contained_unit": contained and contained.unit.symbol,
        "percent": claim.percent and claim.percent.value,
        "years": claim.years and claim.years.value,
        "malformed": claim.malformed,
        **quoted(claim.quote),
    }


def finding_row(number: int, finding: Finding) -> Row:
    """The row of a rule that the filing appears not to meet."""
    said = {"rule": finding.rule, "severity": finding.severity, "message": finding.message}
    return {"number": number, **said, **quoted(finding.quote)}


def statement_row(number: int, statement: Statement) -> Row:
    """The row of a standard sentence."""
    return {"number": number, "about": statement.about, "value": statement.value, **quoted(statement.quote)}


def equivalence_row(number: int, equivalence: Equivalence) -> Row:
    """The row of a metal equivalent."""
    said = {"commodity": equivalence.commodity, "formula": equivalence.formula}
    return {"number": number, **said, **quoted(equivalence.quote)}


def equivalence_term_rows(number: int, equivalence: Equivalence) -> Iterator[Row]:
    """The rows of the commodities with a stated price or recovery."""
    prices, recoveries = dict(equivalence.prices), dict(equivalence.recoveries)
    for commodity in dict.fromkeys([*prices, *recoveries]):
        price = prices.get(commodity)
        yield {
            "equivalence_number": number,
            "commodity": commodity,
            "price": price and price.value,
            "price_currency": price and price.currency,
            "price_unit": price and price.per,
            "recovery": recoveries.get(commodity),
        }

"""Sentences that a disclosure has to print, known by their elements and not by one wording."""

from __future__ import annotations

from collections.abc import Iterator

from models.disclosure import EstimateType, NoteKind
from models.findings import Severity
from pipeline.checks.rules.filed import THIRD_VERSION, Filed, Indication
from pipeline.checks.wording import listed


def historical_estimates(filed: Filed) -> Iterator[Indication]:
    """A historical estimate comes with both cautions: no qualified person has classified it, and it is not current."""
    lines = filed.of_type(EstimateType.HISTORICAL)
    if not lines or filed.date < THIRD_VERSION[: len(filed.date)]:
        return
    for meaning, what in (
        ("not_classified", "that a qualified person has not done sufficient work to classify it"),
        ("not_current", "that it is not treated as current"),
    ):
        if not filed.says("cautions", meaning):
            yield Indication(f"no sentence says of the historical estimate {what}; {filed.searched}", lines[0].quote)


def economic_viability(filed: Filed) -> Iterator[Indication]:
    """Resources come with the sentence that they do not have demonstrated economic viability.

    Beside the results of an economic analysis it is required, else it is good practice.
    """
    stated = any(s.about is NoteKind.ECONOMIC_VIABILITY for s in filed.disclosure.statements)
    if filed.of_type(EstimateType.RESOURCE) and not stated:
        severity = Severity.HIGH if filed.says("economics", "result") else Severity.INFORMATION
        message = f"no sentence says that resources do not have demonstrated economic viability; {filed.searched}"
        yield Indication(message, filed.headline, severity)


def specific_risks(filed: Filed) -> Iterator[Indication]:
    """The disclosure names risks that may affect this estimate; the general text at its end does not count."""
    if not filed.says_before_legal_text("cautions", "risk"):
        message = (
            "no sentence names legal, political, environmental or other risks to the estimate; "
            f"searched: {len(filed.body)} paragraphs and cells before the legal text"
        )
        yield Indication(message, filed.headline)


def compliance_of_reports_only(filed: Filed) -> Iterator[Indication]:
    """An estimate is not called compliant with NI 43-101, which is an instrument about disclosure."""
    for quote in filed.saying("unfit_terms", "compliant"):
        yield Indication(
            "an estimate is called compliant with NI 43-101, as if it were a standard of estimation", quote
        )


OF_RESULTS = {
    "true_width": "the true width of the intervals, or that it is not known",
    "laboratory": "the laboratory",
}
OF_EXPLORATION = {
    "results": "its results",
    "interpretation": "what they mean",
    "quality_control": "how the samples were controlled",
}


def drill_results(filed: Filed) -> Iterator[Indication]:
    """Results of drilling come with true widths and the laboratory."""
    place = next(filed.saying("drilling", "drill_results"), None)
    lacking = [what for meaning, what in OF_RESULTS.items() if not filed.says("drilling", meaning)]
    if place is not None and lacking:
        yield Indication(f"results of drilling without {', '.join(lacking)}; {filed.searched}", place)


def exploration_information(filed: Filed) -> Iterator[Indication]:
    """Exploration is disclosed with a summary of its results, of their interpretation, and of the quality control.

    A programme that is only mentioned says little that would need them.
    """
    results = next(filed.saying("drilling", "drill_results"), None)
    place = results or next(filed.saying("drilling", "exploration"), None)
    lacking = [
        what for meaning, what in OF_EXPLORATION.items() if not filed.says_before_legal_text("drilling", meaning)
    ]
    if results is not None:
        lacking = [what for what in lacking if what != OF_EXPLORATION["results"]]
    if place is not None and lacking:
        told = f"exploration is disclosed without {listed(lacking)}; {filed.searched}"
        yield Indication(told, place, Severity.MEDIUM if results is not None else Severity.INFORMATION)

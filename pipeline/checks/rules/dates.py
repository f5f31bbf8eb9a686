"""Dates and reports: effective dates, their order, and the technical report that supports a release."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from models.disclosure import EffectiveDate, PrintedDate
from pipeline.checks.rules.filed import Filed, Indication

DAYS_TO_FILE = timedelta(days=45)


def effective_date(filed: Filed) -> Iterator[Indication]:
    """An estimate comes with its effective date."""
    if filed.disclosure.dates.effective is None and not filed.disclosure.effective_dates:
        yield Indication(f"no effective date of the estimate is stated; {filed.searched}", filed.headline)


def dates_in_order(filed: Filed) -> Iterator[Indication]:
    """An estimate is effective before its report is dated, and both before the release."""
    dates = filed.disclosure.dates
    latest = max(filed.effective, key=lambda date: date.iso, default=None)
    named = (("effective date", latest), ("report date", dates.report), ("release date", dates.release))
    for (earlier, first), (later, second) in combinations(named, 2):
        if first and second and _after(first, second):
            yield Indication(f"the {earlier} {first.iso} is after the {later} {second.iso}", first.quote)


def _after(first: PrintedDate | EffectiveDate, second: PrintedDate | EffectiveDate) -> bool:
    """Whether one date is later than another, as far as both are printed."""
    length = min(len(first.iso), len(second.iso))
    return first.iso[:length] > second.iso[:length]


def title_and_date(filed: Filed) -> Iterator[Indication]:
    """A release that relies on a filed report names its title and its date."""
    report = filed.disclosure.dates.report
    if report is not None and not filed.cites_report:
        yield Indication(f"a report of {report.iso} is named without its title", report.quote)


def report_due(filed: Filed) -> Iterator[Indication]:
    """A technical report supports a first or materially changed estimate within 45 days of its release."""
    release = filed.disclosure.dates.release
    if release is None or len(release.iso) < len("2013-12-12") or filed.says("cautions", "technical_report"):
        return
    due = date.fromisoformat(release.iso) + DAYS_TO_FILE
    message = (
        f"no technical report is named; one of a first or materially changed estimate is due by {due}; {filed.searched}"
    )
    yield Indication(message, release.quote)

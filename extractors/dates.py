"""The dates of a disclosure: when its estimate holds, when it was released, when its report was written."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.date_mentions import Mention, Role, mentions_of
from extractors.datelines import release_date
from models.disclosure import Dates, PrintedDate
from models.document import Document


def read_dates(document: Document) -> Dates:
    """The effective, release and report date; an effective date only where all that are stated agree."""
    mentions = mentions_of(document)
    return Dates(
        effective=_effective(mentions),
        release=release_date(document),
        report=_last([m for m in mentions if m.role is Role.REPORT]),
    )


def _effective(every: Sequence[Mention]) -> PrintedDate | None:
    """The date of the document's estimates, that of its reports where no estimate has one; None where several differ.

    A month agrees with a day of it.
    """
    mentions = [m for m in every if m.role in (Role.ESTIMATE, Role.EFFECTIVE)]
    strongest = max((m.strength for m in mentions), default=0)
    dates = [m.date for m in mentions if m.strength == strongest]
    finest = max(dates, key=lambda date: len(date.iso), default=None)
    return finest if finest and all(finest.iso.startswith(date.iso) for date in dates) else None


def _last(mentions: list[Mention]) -> PrintedDate | None:
    """The strongest date of a report; of amended versions the last."""
    if not mentions:
        return None
    best = max(m.strength for m in mentions)
    return max((m.date for m in mentions if m.strength == best), key=lambda d: d.iso)

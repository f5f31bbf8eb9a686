"""Small filings of two issuers over three years, and how to commit them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from models import disclosure as d
from models.filing import Filing
from models.findings import Assessment
from pipeline.commit import commit_filing
from tests.database.samples import FACTS, gold, line, quote

UNPROVEN = Assessment((), (), ())


@dataclass(frozen=True)
class Release:
    """A release that states one gold resource of a project, or none where it has no tonnage."""

    filename: str
    issuer: str | None
    project: str | None
    effective: str | None
    tonnage: str
    person: str = "Jane Doe"
    tickers: tuple[str, ...] = ()
    zone: str | None = None
    version: str = "1"

    @property
    def filing(self) -> Filing:
        return Filing(self.filename, f"file:///inbox/{self.filename}", self.filename.encode())

    @property
    def disclosure(self) -> d.Disclosure:
        if not self.tonnage:
            return replace(self._stating("1"), tables=())
        return self._stating(self.tonnage)

    def _stating(self, tonnage: str) -> d.Disclosure:
        inferred = replace(line(1, "Inferred", d.Category.INFERRED, tonnage, gold("1.00", "32")), zone=self.zone)
        table = d.EstimateTable(number=1, caption="Resources", lines=(inferred,), quote=quote("Resources"), accounts=())
        effective = d.PrintedDate(self.effective, quote(self.effective)) if self.effective else None
        return d.Disclosure(
            language=d.Language.ENGLISH,
            document_type=d.DocumentType.NEWS_RELEASE,
            issuer=d.Issuer(self.issuer, self.tickers, self.project),
            dates=d.Dates(effective=effective),
            tables=(table,),
            persons=(d.Person(self.person, quote(self.person)),),
        )


OLD = Release("old.txt", "Tall Pine Mines Ltd.", "Tall Pine Mine", "2018-12-31", "900")
NEW = Release("new.txt", "TALL PINE MINES LIMITED", "Tall Pine Project", "2020-12-31", "1,000", person="J. Doe")
RENAMED = Release("renamed.txt", "Grey Owl Gold Inc.", "Tall Pine", "2021-06-30", "1,100", tickers=("TSX:GOG",))
OTHER = Release("other.txt", "Tall Pine Mining Corp.", "Short Fir", "2019-01-31", "500", person="John Doe")
ALL = (OLD, NEW, RENAMED, OTHER)


def commit(engine: Engine, releases: Iterable[Release]) -> None:
    for release in releases:
        with engine.begin() as connection:
            commit_filing(connection, release.filing, FACTS, release.disclosure, UNPROVEN, release.version)

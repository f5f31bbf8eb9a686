"""Which estimate of a project is the current one: what a later filing supersedes, and what it leaves as it is.

A later estimate takes the place of an earlier one of its type, resource or reserve, as a whole: a category that it does
not print any more is gone with it. It does so for the zones and materials that it speaks of; a line for the whole
project speaks of all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property


class Standing(StrEnum):
    """What became of a stated estimate."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    RESTATED = "restated"
    UNDATED = "undated"
    HISTORICAL = "historical"


@dataclass(frozen=True, slots=True)
class Scope:
    """What of a project a line speaks of: a zone and a material, each None where it speaks of all."""

    estimate_type: str | None
    zone: str | None
    material: str | None

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole project."""
        return self.zone is None and self.material is None

    @property
    def covered_by(self) -> frozenset[Scope]:
        """The scopes of a later estimate that takes the place of this one."""
        return frozenset(
            Scope(self.estimate_type, zone, material)
            for zone in (None, self.zone)
            for material in (None, self.material)
        )


@dataclass(frozen=True, slots=True)
class Stated:
    """A commodity of a committed estimate line: where it is printed, its own cut-off, tonnes, grade and metal."""

    estimate_id: str
    position: int
    place: tuple[int, int]
    scope: Scope
    category: str
    commodity: str | None
    cutoff: str | None
    figures: tuple[Decimal | None, Decimal | None, Decimal | None]

    @property
    def key(self) -> tuple[str, int]:
        """The line and its commodity."""
        return self.estimate_id, self.position

    @property
    def subject(self) -> tuple[str | None, str, str | None]:
        """What it is an estimate of, within its project."""
        return self.scope.estimate_type, self.category, self.commodity

    @property
    def estimate(self) -> Hashable:
        """What two lines have in common that state the same estimate at two times."""
        return self.subject, self.scope, self.cutoff


@dataclass(frozen=True)
class StatedFiling:
    """What a filing states of a project. ``as_of`` is the day of its estimate, ``filed`` of its publication; ISO.

    ``held`` are the scopes of its held lines: a held estimate takes the place of an earlier one as well, though what it
    says is not yet known.
    """

    filing_id: str
    as_of: str | None
    filed: str
    lines: tuple[Stated, ...]
    held: tuple[Scope, ...]

    @property
    def rank(self) -> tuple[str, str, str]:
        """Its place in time; of filings of one estimate the last published stands, of one day any one."""
        return self.as_of or "", self.filed, self.filing_id

    @cached_property
    def scopes(self) -> frozenset[Scope]:
        """All that it states something about, held lines among it."""
        return frozenset([*(line.scope for line in self.lines), *self.held])


@dataclass(frozen=True, slots=True)
class Place:
    """What became of a line; ``later`` is a later estimate of the type that does not speak of its scope."""

    standing: Standing
    superseded_by: str | None = None
    later: str | None = None
    is_headline: bool = False
    alternatives: int = 1
    held: int = 0
    previous: tuple[str, int] | None = None


Places = dict[tuple[str, int], Place]
"""What became of each line and commodity, by estimate_id and position."""

Headlines = dict[tuple[str, int], int]
"""The lines that answer for their type, category and commodity, each with how many there are of its scope."""

Groups = dict[Hashable, list[Stated]]
"""Lines by what they have in common."""


def places(filings: Sequence[StatedFiling]) -> Places:
    """What became of each line that the filings of one project state."""
    ordered = sorted(filings, key=lambda filing: filing.rank, reverse=True)
    headlines = {filing.filing_id: _headlines(filing.lines) for filing in ordered}
    alike = {
        f.filing_id: _grouped((o for o in f.lines if o.key in headlines[f.filing_id]), lambda line: line.estimate)
        for f in ordered
    }
    found: Places = {}
    for n, filing in enumerate(ordered):
        after = [later for later in ordered[:n] if later.as_of]
        alone = not any(other.lines for other in ordered if other is not filing)
        by_scope = {scope: _placed(scope, filing, after, alone=alone) for scope in filing.scopes}
        for line in filing.lines:
            alternatives = headlines[filing.filing_id].get(line.key, 0)
            found[line.key] = replace(
                by_scope[line.scope],
                is_headline=alternatives > 0,
                alternatives=max(1, alternatives),
                previous=_previous(line, ordered[n:], alike) if alternatives else None,
            )
    return found


def _placed(scope: Scope, filing: StatedFiling, after: Sequence[StatedFiling], *, alone: bool) -> Place:
    """What became of a scope of a filing; ``after`` are the dated filings of the project after it, the latest first."""
    held = sum(other.estimate_type == scope.estimate_type for other in filing.held)
    if scope.estimate_type == "historical":
        return Place(Standing.HISTORICAL, held=held)
    covering = [later for later in after if later.scopes & scope.covered_by]
    if covering and filing.as_of:
        again = all(later.as_of == filing.as_of for later in covering)
        return Place(Standing.RESTATED if again else Standing.SUPERSEDED, covering[0].filing_id, held=held)
    later = next((f for f in after if any(other.estimate_type == scope.estimate_type for other in f.scopes)), None)
    standing = Standing.CURRENT if filing.as_of or alone else Standing.UNDATED
    return Place(standing, later=later.filing_id if later else None, held=held)


def _headlines(lines: Iterable[Stated]) -> Headlines:
    """The lines that answer for type, category and commodity, each with how many there are of its zone and material.

    Those for the whole project, or all parts where it prints none: nothing is summed here. Of lines that print the same
    figures twice the first counts; a line of a table of cut-offs counts where no other line is.
    """
    found: Headlines = {}
    for stated in _grouped(lines, lambda line: line.subject).values():
        whole = [line for line in stated if line.scope.is_whole]
        for same in _grouped(whole or stated, lambda line: line.scope).values():
            plain = [line for line in same if line.cutoff is None]
            distinct = _distinct(plain or same)
            found |= {line.key: len(distinct) for line in distinct}
    return found


def _grouped(lines: Iterable[Stated], key: Callable[[Stated], Hashable]) -> Groups:
    groups: Groups = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return groups


def _distinct(lines: Sequence[Stated]) -> list[Stated]:
    """The lines without those that repeat another's figures at its cut-off, in printed order."""
    first: dict[Hashable, Stated] = {}
    for line in sorted(lines, key=lambda line: (line.place, line.position)):
        first.setdefault((line.cutoff, line.figures), line)
    return list(first.values())


def _previous(line: Stated, filings: Sequence[StatedFiling], alike: Mapping[str, Groups]) -> tuple[str, int] | None:
    """The same estimate in the filing before; None where either filing prints several such lines, or no date.

    ``filings`` are the line's own and those before it, the latest first; ``alike`` their headlines by estimate.
    """
    as_of = filings[0].as_of
    for filing in (f for f in filings if f.as_of and as_of):
        same = alike[filing.filing_id].get(line.estimate, ())
        if len(same) > 1:
            return None
        if same and filing.as_of != as_of:
            return same[0].key
    return None

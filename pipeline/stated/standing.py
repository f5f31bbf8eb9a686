"""Which estimate of a project is the current one: what a later filing supersedes, and what it leaves as it is.

A later estimate takes the place of an earlier one of its type, resource or reserve, as a whole: a category that it does
not print any more is gone with it. It does so for the zones and materials that it speaks of; a line for the whole
project speaks of all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from propcache.api import cached_property


class Standing(StrEnum):
    """What became of a stated estimate."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    RESTATED = "restated"
    UNDATED = "undated"
    HISTORICAL = "historical"


class Scope(NamedTuple):
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
    figures: tuple[Hashable, ...]

    @property
    def key(self) -> Key:
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
    says is not yet known. ``effective`` are the scopes that are known to be estimated as of a day, with that day.
    """

    filing_id: str
    as_of: str | None
    filed: str
    lines: tuple[Stated, ...]
    held: tuple[Scope, ...]
    effective: Mapping[Scope, str] = field(default_factory=dict)

    def day(self, scope: Scope) -> str | None:
        """The day of its estimate of a scope."""
        return self.effective.get(scope, self.as_of)

    @property
    def parts(self) -> Iterator[Part]:
        """What it states, day by day: most filings state one day."""
        for day in {self.day(scope) for scope in self.scopes}:
            yield Part(self, day, frozenset(scope for scope in self.scopes if self.day(scope) == day))

    @cached_property
    def scopes(self) -> frozenset[Scope]:
        """All that it states something about, held lines among it."""
        return frozenset([*(line.scope for line in self.lines), *self.held])

    @cached_property
    def headlines(self) -> Headlines:
        """Its lines that answer for their type, category and commodity."""
        return _headlines(self.lines)

    @cached_property
    def estimates(self) -> Groups:
        """These lines by what each is an estimate of."""
        return _grouped((line for line in self.lines if line.key in self.headlines), lambda line: line.estimate)


@dataclass(frozen=True, slots=True)
class Part:
    """What a filing states as of one day, ISO: all that it states of some scopes."""

    filing: StatedFiling
    as_of: str | None
    scopes: frozenset[Scope]

    @property
    def rank(self) -> tuple[str, str, str]:
        """Its place in time; of filings of one estimate the last published stands, of one day any one."""
        return self.as_of or "", self.filing.filed, self.filing.filing_id


@dataclass(frozen=True, slots=True)
class Place:
    """What became of a line; ``later`` is a later estimate of the type that does not speak of its scope."""

    standing: Standing
    superseded_by: str | None = None
    later: str | None = None
    is_headline: bool = False
    alternatives: int = 1
    held: int = 0
    previous: Key | None = None


Key = tuple[str, int]
"""A line and its commodity: estimate_id and position."""

Places = dict[Key, Place]
"""What became of each line and commodity."""

Headlines = dict[Key, int]
"""The lines that answer for their type, category and commodity, each with how many there are of its scope."""

Groups = dict[Hashable, list[Stated]]
"""Lines by what they have in common."""


def places(filings: Sequence[StatedFiling]) -> Places:
    """What became of each line that the filings of one project state."""
    ordered = sorted((part for filing in filings for part in filing.parts), key=lambda part: part.rank)
    previous = _previous(ordered)
    stating = sum(bool(filing.lines) for filing in filings)
    later, found = _Later(), Places()
    for part in reversed(ordered):
        filing = part.filing
        alone = stating == bool(filing.lines)
        by_scope = {scope: later.place(scope, part, alone=alone) for scope in part.scopes}
        for line in (line for line in filing.lines if line.scope in part.scopes):
            of_scope, alternatives = by_scope[line.scope], filing.headlines.get(line.key, 0)
            found[line.key] = Place(
                of_scope.standing,
                of_scope.superseded_by,
                of_scope.later,
                alternatives > 0,
                max(1, alternatives),
                of_scope.held,
                previous.get(line.key),
            )
        later.add(part)
    return found


class _Later:
    """What the dated filings after one state: a release may repeat an estimate that a hundred others state.

    No filing takes the place of what it states itself: of each scope and type the latest of two filings are known.
    """

    def __init__(self) -> None:
        self._latest: dict[Scope, list[Part]] = defaultdict(list)
        self._days: dict[Scope, Counter[str]] = defaultdict(Counter)
        self._of_type: dict[str | None, list[Part]] = defaultdict(list)

    def add(self, part: Part) -> None:
        """One more part of a filing; they come the latest first."""
        if part.as_of is None:
            return
        for scope in part.scopes:
            self._days[scope][part.as_of] += 1
            for latest in (self._latest[scope], self._of_type[scope.estimate_type]):
                if len(latest) < 2 and all(other.filing is not part.filing for other in latest):
                    latest.append(part)

    def place(self, scope: Scope, part: Part, *, alone: bool) -> Place:
        """What became of a scope of an earlier part, of the only filing of its project that states a line or not."""
        filing = part.filing
        held = sum(other.estimate_type == scope.estimate_type for other in filing.held)
        if scope.estimate_type == "historical":
            return Place(Standing.HISTORICAL, held=held)
        covering = {other: latest for other in scope.covered_by if (latest := _other(self._latest[other], part))}
        if covering and part.as_of:
            latest = max(covering.values(), key=lambda other: other.rank)
            again = all(self._states_again(other, part) for other in covering)
            return Place(Standing.RESTATED if again else Standing.SUPERSEDED, latest.filing.filing_id, held=held)
        later = _other(self._of_type[scope.estimate_type], part)
        standing = Standing.CURRENT if part.as_of or alone else Standing.UNDATED
        return Place(standing, later=later.filing.filing_id if later else None, held=held)

    def _states_again(self, scope: Scope, part: Part) -> bool:
        """True where the other filings that state a scope later all do so as of the day of the part."""
        days, own = self._days[scope], part.filing.day(scope) if scope in part.filing.scopes else None
        mine = own if own and own > (part.as_of or "") else None
        return all(day == part.as_of or (day == mine and number == 1) for day, number in days.items())


def _other(latest: Sequence[Part], part: Part) -> Part | None:
    """The latest part of another filing."""
    return next((other for other in latest if other.filing is not part.filing), None)


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


def _previous(parts: Sequence[Part]) -> dict[Key, Key | None]:
    """The same estimate in the filing before; None where either filing prints several such lines.

    ``parts`` come the earliest first. Those of one day state one estimate, of which none is an earlier one.
    """
    found: dict[Key, Key | None] = {}
    before: dict[Hashable, Key | None] = {}
    for _, of_day in groupby((part for part in parts if part.as_of), key=lambda part: part.as_of):
        today: dict[Hashable, Key | None] = {}
        several: set[Hashable] = set()
        for part in of_day:
            stated = part.filing.estimates.items()
            for estimate, lines in (one for one in stated if one[1][0].scope in part.scopes):
                today[estimate] = lines[0].key if len(lines) == 1 else None
                several |= {estimate} if len(lines) > 1 else set()
                earlier = None if estimate in several else before.get(estimate)
                found |= {line.key: earlier for line in lines}
        before |= today
    return found

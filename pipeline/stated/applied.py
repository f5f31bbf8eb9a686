"""What applies to a line, in words: its cut-offs, and the qualified persons who answer for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class AppliedCutoff:
    """A cut-off that applies to a line; ``subject`` is its commodity, or what it is measured on, where stated."""

    value: Decimal
    value_max: Decimal | None
    unit: str
    subject: str | None

    def __str__(self) -> str:
        """The cut-off as a reader writes it: "0.05 % WO3", "0.3 to 0.35 g/t Au"."""
        upto = f" to {_plain(self.value_max)}" if self.value_max is not None else ""
        return " ".join(filter(None, (_plain(self.value) + upto, self.unit, self.subject)))


@dataclass(frozen=True, slots=True)
class Answering:
    """A qualified person of a filing, and what for, as printed."""

    name: str
    role: str | None


def told_cutoffs(cutoffs: Iterable[AppliedCutoff]) -> str | None:
    """The cut-offs of a line; several are alternatives: the document leaves it open which applies."""
    return " or ".join(dict.fromkeys(map(str, cutoffs))) or None


def told_people(people: Sequence[Answering], estimate_type: str | None) -> str | None:
    """Those whose printed role names the estimate's type, resource or reserve; where none does, all of the filing."""
    of_type = [p for p in people if p.role and estimate_type in lexicon("types").means(p.role)]
    return ", ".join(dict.fromkeys(person.name for person in of_type or people)) or None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"

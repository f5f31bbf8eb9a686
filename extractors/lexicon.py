"""The words of filings and what they mean, read from ``vocabulary/*.toml``.

A new spelling is a line of TOML with an example, never an ``if``. An entry reads::

    [[entry]]
    means = "measured_indicated"
    match = ["measured (?:and|&) indicated", "M ?& ?I"]
    examples = ["Measured & Indicated", "M&I"]

``match`` are regular expressions in which a space stands for any white space; letter case does not count unless
the entry says ``case = true``, and a match neither begins nor ends inside a word. ``never`` lists texts that must not
match.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from propcache.api import cached_property

from extractors import limited_regex as regex
from extractors.cores import EDGE, CoreIndex, Cores, cores_of, line_of, plain, shortest, together
from extractors.folding import fold as fold  # noqa: PLC0414  those who ask for words fold their texts

REMEMBERED = 4096
"""How many texts each vocabulary, and each reader of cells, remembers: several extractors ask about the same."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning with the patterns that print it, texts that show it and texts that must not match."""

    means: str
    match: tuple[str, ...]
    examples: tuple[str, ...]
    never: tuple[str, ...] = ()
    case: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A vocabulary word found in a text: what it means and where it stands."""

    means: str
    start: int
    end: int
    text: str


class Lexicon:
    """Finds the words of one vocabulary in a text; the longest word wins where two begin at one place."""

    def __init__(self, name: str, entries: tuple[Entry, ...]) -> None:
        self.name = name
        self.entries = entries
        self._patterns = [(entry.means, compile_words(entry)) for entry in entries]
        self._openings: dict[int, regex.Pattern] = {}
        self._held_in: Callable[[str], Iterable[str]] = self._held_alone
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._find)
        self._remembered_means = lru_cache(maxsize=REMEMBERED)(self._means)

    def load(self) -> Iterable[str]:
        """Make now what is else made for the first text that asks for it; gives the cores of all entries."""
        _ = self.cores, self._printed_cores
        return self._entries_by_core

    def share(self, held_in: Callable[[str], Iterable[str]]) -> None:
        """Take the cores that a text holds from what is asked of it for several vocabularies at once."""
        self._held_in = held_in

    def _held_alone(self, text: str) -> Iterable[str]:
        return self._index.held_by(line_of(text))

    def find(self, text: str) -> list[Hit]:
        """All words in the text, left to right, none inside another."""
        return list(self._remembered(text))

    def _find(self, text: str) -> tuple[Hit, ...]:
        folded = fold(text)
        patterns = self._may_match(folded)
        if not patterns:
            return ()
        found = [
            Hit(means, m.start(), m.end(), text[m.start() : m.end()])
            for means, pattern in patterns
            for m in pattern.finditer(folded)
        ]
        found.sort(key=lambda hit: (hit.start, -hit.end))
        kept: list[Hit] = []
        for hit in found:
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
        return tuple(kept)

    def may_stand_in(self, text: str) -> bool:
        """Whether words of the vocabulary can stand in the text, or in a part of it: inside another word, too."""
        return bool(self._without_core or self._index_of_parts.held_by(line_of(text)))

    def _may_match(self, text: str) -> list[tuple[str, regex.Pattern]]:
        """The patterns of the entries whose words can stand in a text, in their order."""
        cores = [core for core in self._held_in(text) if core in self._entries_by_core]
        if not cores and not self._without_core:  # as in most texts
            return []
        numbers = self._without_core.union(*(self._entries_by_core[core] for core in cores))
        return [self._patterns[number] for number in sorted(numbers) if self._may_print(number, text)]

    def _may_print(self, number: int, text: str) -> bool:
        """Whether a text prints a core of an entry in its own case: "co" stands in many words, "Co" in few."""
        cores = self._printed_cores.get(number)
        return cores is None or any(core in text for core in cores)

    @cached_property
    def _printed_cores(self) -> dict[int, Cores]:
        """The cores, with their case, of the entries whose case counts throughout, where none holds a blank."""
        cased = [n for n, entry in enumerate(self.entries) if entry.case and "(?i" not in str(entry.match)]
        cores = {n: self._cores_as_printed[n] for n in cased}
        spelt = {n: frozenset(core.strip(EDGE) for core in found) for n, found in cores.items() if found}
        return {n: found for n, found in spelt.items() if " " not in "".join(found)}

    @cached_property
    def _cores_of_entries(self) -> list[Cores | None]:
        return [None if cores is None else shortest(map(plain, cores)) for cores in self._cores_as_printed]

    @cached_property
    def _cores_as_printed(self) -> list[Cores | None]:
        return [
            together(cores_of(pattern_of(words), str, bounded=True) for words in entry.match) for entry in self.entries
        ]

    @cached_property
    def _without_core(self) -> frozenset[int]:
        """The numbers of the entries without cores."""
        return frozenset(number for number, cores in enumerate(self._cores_of_entries) if cores is None)

    @cached_property
    def _entries_by_core(self) -> dict[str, set[int]]:
        """For each core the numbers of the entries that it is a core of."""
        by_core: dict[str, set[int]] = {}
        for number, cores in enumerate(self._cores_of_entries):
            for core in cores or ():
                by_core.setdefault(core, set()).add(number)
        return by_core

    @cached_property
    def _index(self) -> CoreIndex:
        return CoreIndex(self._entries_by_core)

    @cached_property
    def _index_of_parts(self) -> CoreIndex:
        """The cores, those that are words as well where they stand inside another word."""
        return CoreIndex({core.strip(EDGE) for core in self._entries_by_core})

    @cached_property
    def _any(self) -> regex.Pattern:
        """Any word. Few vocabularies are asked for it, and it takes as long to compile as all the single ones."""
        return regex.compile(_bounded("|".join(map(_scoped, self.entries))))

    @cached_property
    def cores(self) -> Cores | None:
        """Pieces of plain text one of which stands in every text with a word; None where a word has none."""
        return together(self._cores_of_entries)

    def longest_at(self, text: str, at: int) -> Hit | None:
        """The longest word of the vocabulary that begins just there, or None."""
        if not self._any.match(text, at):
            return None
        patterns = self._may_match(text)
        found = ((means, match) for means, pattern in patterns if (match := pattern.match(text, at)))
        means, match = max(found, key=lambda pair: pair[1].end())
        return Hit(means, at, match.end(), match.group())

    def opens(self, text: str, within: int) -> bool:
        """Whether a word begins within so many characters of the text's start."""
        return self._opening(within).match(fold(text)) is not None

    def _opening(self, within: int) -> regex.Pattern:
        if within not in self._openings:
            self._openings[within] = regex.compile(rf"(?s:.{{0,{within}}}?){self._any.pattern}")
        return self._openings[within]

    def first(self, text: str) -> str | None:
        """The meaning of the first word in the text, or None."""
        hits = self._remembered(text)
        return hits[0].means if hits else None

    def means(self, text: str) -> tuple[str, ...]:
        """The distinct meanings in the text, in order."""
        return self._remembered_means(text)

    def _means(self, text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(hit.means for hit in self._remembered(text)))

    def whole(self, text: str) -> str | None:
        """The meaning of the text where it is nothing but one word of the vocabulary, or None."""
        stripped = text.strip()
        return next((h.means for h in self._remembered(stripped) if h.start == 0 and h.end == len(stripped)), None)

    def without(self, text: str) -> str:
        """What the text says beside the vocabulary's words, white space folded."""
        kept, at = [], 0
        for hit in self._remembered(text):
            kept.append(text[at : hit.start])
            at = hit.end
        kept.append(text[at:])
        return " ".join(" ".join(kept).split())


def compile_words(entry: Entry) -> regex.Pattern:
    """The one pattern of an entry, bounded so that it never matches inside a word."""
    return regex.compile(_bounded(_scoped(entry)))


def _scoped(entry: Entry) -> str:
    """The entry's words as alternatives; case counts only where the entry says so."""
    alternatives = "|".join(f"(?:{pattern_of(words)})" for words in entry.match)
    return f"(?:{alternatives})" if entry.case else f"(?i:{alternatives})"


def pattern_of(words: str) -> str:
    """The regular expression of an entry's words, in which a space stands for any white space."""
    return words.replace(" ?", r"\s*").replace(" ", r"\s+")


_EDGE = r"(?!(?<=\p{L})\p{L})"
"""No letter on both sides: one look ahead is twice as fast as a choice of two."""


def _bounded(alternatives: str) -> str:
    return f"{_EDGE}(?:{alternatives}){_EDGE}"


@cache
def lexicon(name: str) -> Lexicon:
    """The lexicon of ``vocabulary/NAME.toml``; raises KeyError or TOMLDecodeError where the file is not of its form."""
    source = files("extractors").joinpath("vocabulary", f"{name}.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(source)["entry"]
    return Lexicon(
        name,
        tuple(
            Entry(
                entry["means"],
                tuple(entry["match"]),
                tuple(entry["examples"]),
                tuple(entry.get("never", ())),
                entry.get("case", False),
            )
            for entry in entries
        ),
    )


def vocabularies() -> list[str]:
    """The names of all vocabularies."""
    folder = files("extractors").joinpath("vocabulary")
    return sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml"))


@cache
def core_index() -> CoreIndex:
    """The cores of all vocabularies."""
    return CoreIndex({core for name in vocabularies() for core in lexicon(name).load()})


@cache
def load_vocabularies() -> None:
    """Make every vocabulary ready: the copies of a process have what it has loaded.

    From then on a text is gone through once for all of them, and not once for each.
    """
    index = core_index()
    held_in = lru_cache(maxsize=REMEMBERED)(lambda text: index.held_by(line_of(text)))
    for name in vocabularies():
        lexicon(name).share(held_in)

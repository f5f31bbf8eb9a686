"""Pieces of text one of which stands in everything that a pattern matches, found in the pattern itself.

To look for a plain piece of text in a whole report takes a fraction of a millisecond, for a pattern a hundred times
that. A text with none of a pattern's cores cannot match; one with a core may. So search engines look for patterns
(Russ Cox, "Regular Expression Matching with a Trigram Index").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from ahocorasick import Automaton

from extractors import limited_regex as regex
from extractors.folding import fold

Cores = frozenset[str]
Node = tuple[Any, Any]
"""What a parsed pattern is made of: what it is, and of what."""

MANY = 64
"""More alternatives than this are not spelt out: "was estimated" and its like tell more than "was", and are many."""

EDGE = "\b"
"""Stands at both ends of a core that is a whole word, so that no "or" is found in "ore"; it is printed nowhere."""

_CLASS = regex.compile(r"\\[pP]\{[^}]*\}")
"""Classes that the library `re` does not know: what a class matches is never part of a core."""
_LETTERS = regex.compile(r"\p{L}+")


def plain(text: str) -> str:
    """The text as cores are looked for in it: folded, without case, each white space a single blank."""
    return fold(text).casefold().replace("i̇", "i")  # Python writes the Turkish capital as two characters


def cores_of(pattern: str, form: Callable[[str], str] = plain, *, bounded: bool = False) -> Cores | None:
    """The pattern's cores, or None where it has none: then every text may match.

    They are for texts of that form. A bounded pattern matches nothing that has a letter right before or behind it:
    where all that it matches is spelt out, those of letters alone are whole words.
    """
    try:
        parsed = parser.parse(_CLASS.sub(r"\\w", pattern))
    except re.error:
        return None
    required = _required(parsed)
    found = _best(required)
    if found is None:
        return None
    whole = bounded and required == [found]
    return shortest(f"{EDGE}{form(core)}{EDGE}" if whole and core.isalpha() else form(core) for core in found)


def together(parts: Iterable[Cores | None]) -> Cores | None:
    """The cores of several patterns, one of which is to match; None where one has none."""
    found = list(parts)
    return None if None in found else shortest(core for cores in found for core in cores or ())


@dataclass(frozen=True, slots=True)
class Line:
    """A plain text in which cores are looked for, with its words, which are of letters alone."""

    text: str
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Line:
        """The line of a plain text."""
        return cls(text, frozenset(chain.from_iterable(map(_words_in, set(text.split())))))


@lru_cache(maxsize=65536)  # of a report's runs of characters nine in ten have stood in it before
def _words_in(run: str) -> Sequence[str]:
    return (run,) if run.isalpha() else tuple(_LETTERS.findall(run))


@lru_cache(maxsize=512)  # vocabularies that have an index each are asked of a text one soon after the other
def line_of(text: str) -> Line:
    """The text as a line, with a blank at both ends."""
    return Line.of(f" {' '.join(plain(text).split())} ")


class CoreIndex:
    """Many cores, of which those that a text holds are found in one pass through it, as Aho and Corasick do.

    Those that are words are looked up among its words. Those of one or two characters, which begin everywhere, are
    looked for one by one.
    """

    def __init__(self, cores: Iterable[str]) -> None:
        self.cores = frozenset(cores)
        self._words = {core.strip(EDGE) for core in self.cores if core.startswith(EDGE)}
        others = [core for core in self.cores if not core.startswith(EDGE)]
        self._short = [core for core in others if len(core) < 3]
        self._long = Automaton()
        for core in others:
            if len(core) > 2:
                self._long.add_word(core, core)
        self._long.make_automaton()

    def held_by(self, line: Line) -> frozenset[str]:
        """The cores that stand in a line."""
        words = (f"{EDGE}{word}{EDGE}" for word in self._words & line.words)
        short = (core for core in self._short if core in line.text)
        long = (core for _, core in self._long.iter(line.text)) if self._long else ()
        return frozenset(chain(words, short, long))


def shortest(cores: Iterable[str]) -> Cores:
    """The cores without those that hold another one."""
    kept: list[str] = []
    for core in sorted(set(cores), key=lambda c: (len(c), c)):
        if not any(k in core for k in kept):
            kept.append(core)
    return frozenset(kept)


def _required(nodes: Sequence[Node]) -> list[Cores]:
    """Sets of texts, one of each of which stands in every match of the nodes in turn."""
    required: list[Cores] = []
    run: Cores = frozenset([""])
    for node in nodes:
        spelt = _spelt(node)
        if spelt is not None and len(run) * len(spelt) <= MANY:
            run = frozenset(a + b for a, b in product(run, spelt))
            continue
        required += [run, *_inside(node)]
        run = frozenset([""]) if spelt is None else spelt
    return [*required, run]


def _best(required: Iterable[Cores]) -> Cores | None:
    """Of sets of which each is required, the one that the fewest texts will hold: its shortest text is the longest."""
    usable = [cores for cores in required if "" not in cores]
    return max(usable, key=lambda cores: (min(map(len, cores)), -len(cores)), default=None)


def _spelt(node: Node) -> Cores | None:
    """All texts that a node can match, or None where they are too many to spell out."""
    kind, what = node
    if kind is op.LITERAL:
        return frozenset([chr(what)])
    if kind is op.IN:
        return _spelt_class(what)
    if kind is op.SUBPATTERN:
        return _spelt_run(what[-1])
    if kind is op.BRANCH:
        return _united([_spelt_run(branch) for branch in what[1]])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _spelt_repeat(*what)
    return frozenset([""]) if kind in (op.AT, op.ASSERT, op.ASSERT_NOT) else None


def _spelt_class(members: Sequence[Node]) -> Cores | None:
    if members == [(op.CATEGORY, op.CATEGORY_SPACE)]:
        return frozenset([" "])
    if len(members) <= MANY and all(kind is op.LITERAL for kind, _ in members):
        return frozenset(chr(code) for _, code in members)
    return None


def _spelt_repeat(least: int, most: int, nodes: Sequence[Node]) -> Cores | None:
    once = _spelt_run(nodes)
    if once is None or (most > 1 and once != {" "}):  # white space of any length is one blank
        return None
    return once | {""} if least == 0 else once


def _spelt_run(nodes: Sequence[Node]) -> Cores | None:
    spelt: Cores = frozenset([""])
    for node in nodes:
        own = _spelt(node)
        if own is None or len(spelt) * len(own) > MANY:
            return None
        spelt = frozenset(a + b for a, b in product(spelt, own))
    return spelt


def _united(parts: Sequence[Cores | None]) -> Cores | None:
    """All texts of all parts; None where one part's are not known."""
    if any(part is None for part in parts):
        return None
    united = frozenset(text for part in parts for text in part or ())
    return united if len(united) <= MANY else None


def _inside(node: Node) -> list[Cores]:
    """What is required by a node that cannot be spelt out."""
    kind, what = node
    if kind is op.SUBPATTERN:
        return _required(what[-1])
    if kind is op.BRANCH:
        best = [_best(_required(branch)) for branch in what[1]]
        return [] if None in best else [frozenset(core for cores in best for core in cores or ())]
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and what[0] > 0:
        return _required(what[-1])
    return []

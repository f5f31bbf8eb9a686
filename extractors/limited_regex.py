"""Regular expressions with a time limit, under the names of the library `regex`.

A pattern that runs away on a text raises TimeoutError: its filing fails with that reason, and nothing is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from sys import maxsize
from typing import Any

import regex
from regex import DOTALL, IGNORECASE, MULTILINE, V1, Match, escape

__all__ = (
    "DOTALL",
    "IGNORECASE",
    "MULTILINE",
    "V1",
    "Match",
    "Pattern",
    "compile",
    "escape",
    "findall",
    "finditer",
    "fullmatch",
    "match",
    "search",
    "split",
    "sub",
)

TIME_LIMIT = 10.0
"""Seconds of the processor that one search may take; a whole report takes one or two with all its searches."""

SHORT = 20
"""Characters of a text in which every pattern ends at once, however often it goes back: no clock is read for those.

To read it takes longer than the search, and half of all searches are in cells and words. Nor is it read for a pattern
that repeats nothing: such a one goes through a text once.
"""

_REPEATS = regex.compile(r"[*+]|\{\d*,")
_CLASS = regex.compile(r"\\[pP]\{[^}]*\}")


class Pattern:
    """A compiled pattern whose searches all end."""

    __slots__ = ("_compiled", "_short")

    def __init__(self, compiled: regex.Pattern[str]) -> None:
        self._compiled = compiled
        self._short = SHORT if _REPEATS.search(_CLASS.sub("", compiled.pattern)) else maxsize

    @property
    def pattern(self) -> str:
        """The pattern as it was written."""
        return self._compiled.pattern

    def search(self, text: str, pos: int | None = None, endpos: int | None = None) -> Match[str] | None:
        """The first match."""
        return self._compiled.search(text, pos, endpos, timeout=TIME_LIMIT if len(text) > self._short else None)

    def match(self, text: str, pos: int | None = None, endpos: int | None = None) -> Match[str] | None:
        """The match at the start."""
        return self._compiled.match(text, pos, endpos, timeout=TIME_LIMIT if len(text) > self._short else None)

    def fullmatch(self, text: str, pos: int | None = None, endpos: int | None = None) -> Match[str] | None:
        """The match of the whole."""
        return self._compiled.fullmatch(text, pos, endpos, timeout=TIME_LIMIT if len(text) > self._short else None)

    def finditer(self, text: str, pos: int | None = None, endpos: int | None = None) -> Iterator[Match[str]]:
        """All matches, found before the first is given: the limit is not for what the caller does between them."""
        return iter(
            list(self._compiled.finditer(text, pos, endpos, timeout=TIME_LIMIT if len(text) > self._short else None))
        )

    def findall(self, text: str, pos: int | None = None, endpos: int | None = None) -> list[str | Any]:
        """The texts of all matches."""
        return self._compiled.findall(text, pos, endpos, timeout=TIME_LIMIT if len(text) > self._short else None)

    def sub(self, repl: str | Callable[[Match[str]], str], text: str, count: int = 0) -> str:
        """The text with its matches replaced."""
        replaced: str = self._compiled.sub(repl, text, count, timeout=TIME_LIMIT if len(text) > self._short else None)
        return replaced

    def split(self, text: str, maxsplit: int = 0) -> list[str | Any]:
        """The text between the matches."""
        pieces: list[str | Any] = self._compiled.split(
            text, maxsplit, timeout=TIME_LIMIT if len(text) > self._short else None
        )
        return pieces


@lru_cache(maxsize=2048)  # the library remembers too, but takes ten times as long to look it up
def compile(pattern: str, flags: int = 0) -> Pattern:  # noqa: A001  the library's name
    """The pattern, ready for use."""
    return Pattern(regex.compile(pattern, flags))


def search(pattern: str, text: str, flags: int = 0) -> Match[str] | None:
    """The first match of the pattern."""
    return compile(pattern, flags).search(text)


def match(pattern: str, text: str, flags: int = 0) -> Match[str] | None:
    """The match of the pattern at the start."""
    return compile(pattern, flags).match(text)


def fullmatch(pattern: str, text: str, flags: int = 0) -> Match[str] | None:
    """The match of the pattern with the whole."""
    return compile(pattern, flags).fullmatch(text)


def finditer(pattern: str, text: str, flags: int = 0) -> Iterator[Match[str]]:
    """All matches of the pattern."""
    return compile(pattern, flags).finditer(text)


def findall(pattern: str, text: str, flags: int = 0) -> list[str | Any]:
    """The texts of all matches of the pattern."""
    return compile(pattern, flags).findall(text)


def sub(pattern: str, repl: str | Callable[[Match[str]], str], text: str, flags: int = 0) -> str:
    """The text with the pattern's matches replaced."""
    return compile(pattern, flags).sub(repl, text)


def split(pattern: str, text: str, flags: int = 0) -> list[str | Any]:
    """The text between the pattern's matches."""
    return compile(pattern, flags).split(text)

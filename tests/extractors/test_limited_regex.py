"""Every regular expression has a time limit."""

from __future__ import annotations

import ast
import time
from pathlib import Path

import pytest

from extractors import limited_regex
from extractors.limited_regex import compile as compiled

PACKAGES = ("extractors", "pipeline/checks")
RUNAWAY, TEXT = "(a|aa)+$", "a" * 60 + "b"


def imported(path: Path) -> set[str]:
    """The names of the modules that a file imports."""
    tree = list(ast.walk(ast.parse(path.read_text())))
    plain = {name.name for node in tree if isinstance(node, ast.Import) for name in node.names}
    return plain | {node.module or "" for node in tree if isinstance(node, ast.ImportFrom)}


def test_extractors_and_checks_have_no_other_way_to_a_pattern() -> None:
    root = Path(limited_regex.__file__).parent.parent
    sources = [path for package in PACKAGES for path in (root / package).rglob("*.py")]
    assert len(sources) > 50
    assert [path.name for path in sources if "regex" in imported(path)] == ["limited_regex.py"]


@pytest.mark.parametrize("search", ["search", "match", "fullmatch", "finditer", "findall", "split"])
def test_a_pattern_that_runs_away_is_stopped(search: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_regex, "TIME_LIMIT", 0.05)
    with pytest.raises(TimeoutError):
        getattr(compiled(RUNAWAY), search)(TEXT)
    with pytest.raises(TimeoutError):
        getattr(limited_regex, search)(RUNAWAY, TEXT)


def test_a_replacement_that_runs_away_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_regex, "TIME_LIMIT", 0.05)
    with pytest.raises(TimeoutError):
        limited_regex.sub(RUNAWAY, "", TEXT)


@pytest.mark.parametrize("runaway", [RUNAWAY, "(a+)+$", "(a|a)*$", "(a*)*b"])
def test_a_pattern_that_runs_away_ends_by_itself_in_a_short_text(runaway: str) -> None:
    began = time.process_time()
    compiled(runaway).search("a" * (limited_regex.SHORT - 1) + "-")
    assert time.process_time() - began < limited_regex.TIME_LIMIT / 5


@pytest.mark.parametrize("repeating", ["a*b", r"\d{2,}", r"\d{,3}x", "a+", r"a\*", r"\p{L}+", "(?:a|aa)*?$"])
def test_the_time_of_a_pattern_that_repeats_anything_is_limited(repeating: str) -> None:
    assert compiled(repeating)._short == limited_regex.SHORT


@pytest.mark.parametrize("plain", [r"\d", r"\p{L}{3}", r"\b(?:the|an?)\b(?! (?:cut|end))", r"\p{Lu}\."])
def test_the_time_of_one_that_repeats_nothing_is_not(plain: str) -> None:
    assert compiled(plain)._short > 1_000_000


def test_the_limit_is_not_for_the_time_between_matches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_regex, "TIME_LIMIT", 0.2)
    assert [sum(range(3_000_000)) and m[0] for m in compiled("[ab]").finditer("a-b-a-b")] == ["a", "b", "a", "b"]


def test_names_mean_what_they_mean_in_the_library() -> None:
    assert limited_regex.sub("a(.)", lambda m: m[1], "abac") == "bc"
    assert limited_regex.split(",", "1,2") == ["1", "2"]
    assert limited_regex.findall(r"\d", "1,2") == ["1", "2"]
    assert compiled("B", limited_regex.IGNORECASE).search("abb", 2, 3) is not None
    assert compiled("b").match("abb", 1) is not None
    assert compiled("b").fullmatch("abb") is None
    assert compiled("b").pattern == "b"

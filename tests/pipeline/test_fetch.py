"""Which files of a folder are taken as filings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline import sources
from pipeline.errors import SourceNotFoundError, UnreadableSourceError
from pipeline.fetch import find_files, named_paths


def test_a_folder_gives_its_filings_and_those_of_its_folders_once_each(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    for name in ("b.PDF", "a.html", "notes.json", "deep/er/c.txt", ".DS_Store"):
        (tmp_path / name).write_text("x")
    found = [f.filename for f in find_files([tmp_path, tmp_path / "a.html"])]
    assert found == ["a.html", "b.PDF", "c.txt"]


def test_a_file_named_outright_is_taken_whatever_its_name(tmp_path: Path) -> None:
    odd = tmp_path / "filing.dat"
    odd.write_bytes(b"12345")
    (found,) = find_files([odd])
    assert (found.byte_size, found.source_uri) == (5, odd.resolve().as_uri())
    assert found.load().sha256 == "5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5"


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match=r"gone\.pdf"):
        list(find_files([tmp_path / "gone.pdf"]))


def test_a_pattern_gives_what_fits_it_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("a.txt", "deep/b.txt", "deep/c.pdf"):
        (tmp_path / name).write_text("x")
    assert [f.filename for f in find_files([f"{tmp_path}/**/*.txt"])] == ["a.txt", "b.txt"]
    with pytest.raises(SourceNotFoundError, match=r"\*\.html"):
        list(find_files([f"{tmp_path}/*.html"]))


def test_a_name_that_holds_pattern_signs_is_itself_first(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("x")
    assert [f.filename for f in find_files([tmp_path / "a[1].txt"])] == ["a[1].txt"]


def test_a_dash_stands_for_the_paths_on_standard_input() -> None:
    lines = ["one.pdf\n", "\n", " two words.pdf\r\n", "three.pdf"]
    assert list(named_paths(["zero", "-", "last"], lines)) == [
        "zero", "one.pdf", " two words.pdf", "three.pdf", "last",
    ]  # fmt: skip


def test_a_name_of_no_encoding_is_shown_with_marks_and_read(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"r\xe9serves.txt")).write_bytes(b"x")
    (found,) = find_files([tmp_path])
    assert found.filename == "r�serves.txt"
    assert found.load().content == b"x"


def test_a_file_that_goes_away_is_unreadable_and_a_file_beyond_the_limit_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(b"12345")
    (found,) = find_files([tmp_path])
    (tmp_path / "a.txt").unlink()
    with pytest.raises(UnreadableSourceError, match="No such file"):
        found.load()
    (tmp_path / "a.txt").write_bytes(b"12345")
    monkeypatch.setattr(sources, "LARGEST", 4)
    with pytest.raises(UnreadableSourceError, match="5 bytes, more than 4"):
        found.load()

"""Which files of a folder are taken as filings."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SourceNotFoundError
from pipeline.fetch import find_files


def test_a_folder_gives_its_filings_and_those_of_its_folders_once_each(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    for name in ("b.PDF", "a.html", "notes.json", "deep/er/c.txt", ".DS_Store"):
        (tmp_path / name).write_text("x")
    found = [f.path.name for f in find_files([tmp_path, tmp_path / "a.html"])]
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

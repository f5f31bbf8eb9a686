"""Which files of a folder are taken as filings."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from subprocess import run

import pytest

from pipeline import sources
from pipeline.errors import SourceNotFoundError, UnreadableSourceError
from pipeline.fetch import Found, find_files


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


def reason(found: Found) -> str:
    with pytest.raises(UnreadableSourceError) as refused:
        found.load()
    return str(refused.value)


def test_a_dash_stands_for_the_paths_on_standard_input(tmp_path: Path) -> None:
    for name in ("zero.pdf", "one.pdf", " two words.pdf", "last.pdf"):
        (tmp_path / name).write_text("x")
    lines = [f"{tmp_path}/one.pdf\n", "\n", f"{tmp_path}/ two words.pdf\r\n", f"{tmp_path}/zero.pdf"]
    found = find_files([tmp_path / "zero.pdf", "-", tmp_path / "last.pdf"], lines)
    assert [file.filename for file in found] == ["zero.pdf", "one.pdf", " two words.pdf", "last.pdf"]


def test_a_line_of_standard_input_that_leads_nowhere_costs_its_neighbours_nothing(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("x")
    lines = [f"{tmp_path}/gone.pdf\n", "a" * 300, "nosuch://bucket/a.pdf", f"{tmp_path}/*.htm", f"{tmp_path}/good.txt"]
    *bad, good = find_files(["-"], lines)
    assert good.load().content == b"x"
    assert [(file.source_uri, reason(file).partition(": ")[2]) for file in bad] == [
        ("-#line=1", "there is no such file or folder"),
        ("-#line=2", "cannot be looked at: File name too long"),
        ("-#line=3", "cannot be opened here: Protocol not known: nosuch"),
        ("-#line=4", "there is no such file or folder"),
    ]


def test_a_link_to_a_folder_is_followed_once_and_loops_end(tmp_path: Path) -> None:
    inbox, year = tmp_path / "inbox", tmp_path / "2020"
    inbox.mkdir()
    year.mkdir()
    (year / "a.txt").write_text("x")
    for link, to in (("2020", year), ("again", year), ("loop", inbox), ("b.txt", year / "a.txt")):
        (inbox / link).symlink_to(to)
    (year / "back").symlink_to(inbox)
    assert [file.source_uri for file in find_files([inbox])] == [
        (year / "a.txt").as_uri(),
        (inbox / "b.txt").as_uri(),
    ]


def test_what_is_no_file_is_one_unreadable_file(tmp_path: Path) -> None:
    """A pipe is not opened: reading it would wait for ever."""
    (tmp_path / "good.txt").write_text("x")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "nowhere.pdf").symlink_to(tmp_path / "gone")
    (tmp_path / "itself.zip").symlink_to(tmp_path / "itself.zip")
    reasons = [reason(file) for file in find_files([tmp_path]) if file.filename != "good.txt"]
    assert [told.partition(": ")[2] for told in reasons] == [
        "the disk does not give it: Too many levels of symbolic links",
        "is a link that leads nowhere",
        "is a pipe, a socket or a device, and no file",
    ]
    assert "and no file" in reason(next(find_files([tmp_path / "pipe.txt"])))
    assert "and no file" in reason(next(find_files(["/dev/zero"])))
    assert [reason(file) for file in find_files([tmp_path / "[in]*"])] == reasons[:2]
    with pytest.raises(SourceNotFoundError, match=r"nowhere\.pdf: there is no such file"):
        list(find_files([tmp_path / "nowhere.pdf"]))


@pytest.mark.parametrize(("mode", "said"), [(0o000, "cannot be listed"), (0o600, "does not give it")])
def test_a_folder_that_may_not_be_entered_is_told_and_its_neighbours_are_read(
    tmp_path: Path, mode: int, said: str
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "a.txt").write_text("x")
    (tmp_path / "good.txt").write_text("x")
    closed.chmod(mode)
    program = "import sys; from pipeline.fetch import find_files; from pipeline.errors import OrebookError\n"
    program += "for file in find_files(sys.argv[1:]):\n try: file.load(); print(file.filename)\n"
    program += " except OrebookError as error: print(error)"
    drop = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []  # root enters any folder
    told = run([*drop, sys.executable, "-c", program, tmp_path], check=True, capture_output=True, text=True).stdout
    closed.chmod(0o700)
    failed, good = told.splitlines()
    assert good == "good.txt"
    assert "Permission denied" in failed
    assert said in failed
    assert "closed" in failed


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
    odd = tmp_path / os.fsdecode(b"r\xe9serves.txt")
    odd.write_bytes(b"x")
    (gone,) = find_files([odd])
    odd.unlink()
    assert reason(gone).isprintable()  # no database takes a half of a character
    (tmp_path / "a.txt").write_bytes(b"12345")
    monkeypatch.setattr(sources, "LARGEST", 4)
    with pytest.raises(UnreadableSourceError, match="5 bytes, more than 4"):
        found.load()

"""Zip archives as sources: what is found in them under which address, and what no archive may do."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from pipeline import archives
from pipeline.errors import UnreadableSourceError
from pipeline.fetch import Found, find_files

RELEASE = b"Lynx Gold Corp. appoints a director\n\nJune 3, 2020 - Lynx Gold Corp. has appointed Ada Roe.\n"


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def listed(path: Path, content: bytes) -> list[Found]:
    path.write_bytes(content)
    return list(find_files([path]))


def refusal(found: Found) -> str:
    with pytest.raises(UnreadableSourceError) as refused:
        found.load()
    return str(refused.value)


def test_members_of_nested_folders_and_archives_are_found_with_their_address(tmp_path: Path) -> None:
    inner = packed({"deep/b c.html": b"<p>b</p>"})
    outer = packed({"a.txt": RELEASE, "2020/more.ZIP": inner, "2020/": b"", "notes.json": b"{}"})
    outer_path = tmp_path / "bulk.zip"
    found = listed(outer_path, outer)
    root = outer_path.as_uri().replace("file:", "zip:")
    assert [(f.source_uri, f.filename) for f in found] == [
        (f"{root}!/a.txt", "a.txt"),
        (f"{root}!/2020/more.ZIP!/deep/b%20c.html", "b c.html"),
    ]
    assert [f.load().content for f in found] == [RELEASE, b"<p>b</p>"]
    assert {f.modified_ns for f in found} == {outer_path.stat().st_mtime_ns}
    assert list(tmp_path.iterdir()) == [outer_path]  # nothing is unpacked beside the source


@pytest.mark.parametrize(
    ("printed", "flagged", "name"),
    [
        ("réserves.txt".encode(), True, "réserves.txt"),
        ("réserves.txt".encode(), False, "réserves.txt"),  # macOS writes UTF-8 and does not say so
        ("réserves à Val-d'Or.txt".encode("cp850"), False, "réserves à Val-d'Or.txt"),  # Windows' own archives
        ("Réserves prouvées.txt".encode("cp1252"), False, "Réserves prouvées.txt"),  # older Java and Windows programs
        (b"2020\\q2\\release.txt", False, "release.txt"),  # folders by backslash
        (b"../../etc/release.txt", False, "release.txt"),  # a path out of the archive is only a name
        (b"a\x1b[31m.txt", False, "a�[31m.txt"),  # a log or a terminal must not take it for an order
    ],
)
def test_names_are_read_in_the_encoding_that_their_bytes_tell(
    tmp_path: Path, printed: bytes, flagged: bool, name: str
) -> None:
    placeholder = "x" * len(printed)
    content = packed({placeholder: RELEASE}).replace(placeholder.encode(), printed)
    if flagged:  # bit 11 of the flags in the local and in the central header
        content = content.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x00\x08")
        content = content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x08")
    (found,) = listed(tmp_path / "a.zip", content)
    assert found.filename == name
    assert found.load().content == RELEASE
    assert found.source_uri.isascii()


def test_two_members_of_one_name_are_two_files(tmp_path: Path) -> None:
    one, two = listed(tmp_path / "a.zip", packed({"a.txt": b"one", "b.txt": b"two"}).replace(b"b.txt", b"a.txt"))
    assert [one.load().content, two.load().content] == [b"one", b"two"]
    assert two.source_uri == f"{one.source_uri}#2"


def test_what_macos_notes_beside_a_file_is_no_filing(tmp_path: Path) -> None:
    found = listed(tmp_path / "a.zip", packed({"a.txt": RELEASE, "__MACOSX/._a.txt": b"\0\5\x16\7"}))
    assert [f.filename for f in found] == ["a.txt"]


def test_a_member_without_a_name_costs_its_neighbours_nothing(tmp_path: Path) -> None:
    (found,) = listed(tmp_path / "a.zip", packed({"q.txt": b"x", "good.txt": RELEASE}).replace(b"q.txt", b"\0.txt"))
    assert found.load().content == RELEASE


def test_an_archive_that_is_replaced_in_mid_run_gives_no_bytes_under_another_name(tmp_path: Path) -> None:
    """A run lists all its archives first, and opens most of them again to read them."""
    old = listed(tmp_path / "a.zip", packed({"a.txt": b"a", "b.txt": b"b", "c.txt": b"c"}))
    others = [listed(tmp_path / f"{number}.zip", packed({"n.txt": b"n"})) for number in range(archives.DEEPEST)]
    (tmp_path / "a.zip").write_bytes(packed({"new.txt": b"n", "b.txt": b"b"}))
    assert [found.load().content for (found,) in others] == [b"n"] * archives.DEEPEST
    first, same, gone = old
    assert "a.zip!/a.txt: the archive was replaced while the run was at work" in refusal(first)
    assert same.load().content == b"b"
    assert "a.zip!/c.txt: the archive was replaced" in refusal(gone)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    blanks = packed({"bomb.txt": b" " * (64 << 20)})
    tracemalloc.start()
    (found,) = listed(tmp_path / "bomb.zip", blanks)
    assert "looks like a bomb" in refusal(found)
    assert "bomb.zip" in refusal(found)
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


def test_one_member_that_is_a_bomb_costs_its_neighbours_nothing(tmp_path: Path) -> None:
    noise = os.urandom(1 << 20)  # makes the archive long enough to hold the rest by its ratio
    bomb, good = listed(tmp_path / "a.zip", packed({"bomb.txt": b" " * (64 << 20), "good.pdf": noise}))
    assert "looks like a bomb" in refusal(bomb)
    assert good.load().content == noise


def test_members_that_share_their_bytes_are_refused_by_their_sum(tmp_path: Path) -> None:
    content = packed({"kernel.txt": b" " * (3 << 20)})
    start, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    entry, times = content[start:end], 500
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, times, times, len(entry) * times, start, 0)
    (found,) = listed(tmp_path / "overlap.zip", content[:start] + entry * times + tail)
    assert "looks like a bomb" in refusal(found)


def test_a_header_that_lies_about_its_size_gives_no_more_than_it_promised(tmp_path: Path) -> None:
    content = packed({"liar.txt": b" " * (8 << 20)})
    (found,) = listed(tmp_path / "a.zip", content.replace(struct.pack("<L", 8 << 20), struct.pack("<L", 1000)))
    assert "does not give it" in refusal(found)  # its first 1,000 bytes are not those of its checksum


def test_archives_within_archives_have_a_depth(tmp_path: Path) -> None:
    content = packed({"a.txt": RELEASE})
    for _ in range(archives.DEEPEST - 1):
        content = packed({"next.zip": content, "beside.txt": RELEASE})
    *besides, deepest = sorted(listed(tmp_path / "a.zip", content), key=lambda f: f.filename != "beside.txt")
    assert deepest.load().content == RELEASE
    assert len(besides) == archives.DEEPEST - 1
    last = listed(tmp_path / "b.zip", packed({"next.zip": content}))
    assert [f for f in last if f.filename == "a.txt"] == []
    assert any("deep in one another" in refusal(f) for f in last if f.filename == "next.zip")


@pytest.mark.parametrize(
    ("limit", "value", "reason"),
    [("MOST_MEMBERS", 2, "has 3 members"), ("LARGEST_DIRECTORY", 60, "list of members is longer than 60 bytes")],
)
def test_an_archive_of_too_many_members_is_refused_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, reason: str
) -> None:
    monkeypatch.setattr(archives, limit, value)
    (found,) = listed(tmp_path / "a.zip", packed({f"{n}.txt": RELEASE for n in range(3)}))
    assert reason in refusal(found)


def test_a_member_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST", 50)
    (found,) = listed(tmp_path / "a.zip", packed({"a.txt": RELEASE}))
    assert f"unpacks to {len(RELEASE)} bytes, more than 50" in refusal(found)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no whole zip archive"),
        (b"%PDF-1.7", "no whole zip archive"),
        (packed({"a.txt": RELEASE})[:-30], "no whole zip archive"),  # a download that broke off
        (packed({"a.txt": RELEASE}, zipfile.ZIP_BZIP2), "packed by method 12"),
        (packed({"a.txt": RELEASE}).replace(b"\x14\x00\x00\x00\x08", b"\x14\x00\x01\x00\x08"), "is encrypted"),
        (packed({"a.txt": RELEASE}, zipfile.ZIP_STORED).replace(b"Lynx", b"Lion"), "Bad CRC-32"),
        (packed({"inner.zip": b"PK\x03\x04"}), "inner.zip: is no whole zip archive"),
    ],
)
def test_a_broken_archive_or_member_is_one_file_with_its_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    (found,) = listed(tmp_path / "a.zip", content)
    assert reason in refusal(found)

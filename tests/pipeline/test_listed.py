"""The files that a manifest names: where they are looked for, and what becomes of a line that leads nowhere."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.errors import ManifestError, UnreadableSourceError
from pipeline.fetch import Found, find_files
from pipeline.listed import find_listed, load_manifest, with_facts


def listed(manifest: Path, lines: str) -> list[Found]:
    manifest.write_text(f"path,issuer\n{lines}", encoding="utf-8")
    return list(find_listed(load_manifest(str(manifest)), str(manifest)))


def issuers(found: list[Found]) -> list[tuple[str, str | None]]:
    return [(file.filename, file.stated.issuer if file.stated else None) for file in found]


def refusal(found: Found) -> str:
    with pytest.raises(UnreadableSourceError) as refused:
        found.load()
    return str(refused.value)


def test_addresses_start_in_the_manifests_folder_or_are_whole(tmp_path: Path) -> None:
    (tmp_path / "2020").mkdir()
    for name in ("2020/a[1].txt", "b.dat"):
        (tmp_path / name).write_text(name)
    found = listed(tmp_path / "list.csv", f"2020/a[1].txt,A\n{tmp_path}/b.dat,B\n")
    assert issuers(found) == [("a[1].txt", "A"), ("b.dat", "B")]
    assert [file.load().content for file in found] == [b"2020/a[1].txt", b"b.dat"]
    assert found[0].load().stated == found[0].stated


def test_an_archives_line_speaks_of_its_members_and_a_members_line_wins(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "inner.zip", "w") as archive:
        archive.writestr("é.txt", "deep")
    with ZipFile(tmp_path / "bulk.zip", "w") as archive:
        archive.writestr("2020/a.txt", "a")
        archive.writestr("b.txt", "b")
        archive.write(tmp_path / "inner.zip", "inner.zip")
    lines = "bulk.zip!/2020/a.txt,A\nbulk.zip,Bulk\nbulk.zip!/inner.zip!/é.txt,Deep\n"
    found = listed(tmp_path / "list.csv", lines)
    assert sorted(issuers(found)) == [("a.txt", "A"), ("b.txt", "Bulk"), ("é.txt", "Deep")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("gone.pdf,A\n", "list.csv line 3 names gone.pdf: there is no such file"),
        ("folder,A\n", "list.csv line 3 names folder: there is no such file"),
        ("*.txt,A\n", "list.csv line 3 names *.txt: there is no such file"),  # a line speaks of one file
        ("good.txt!/a.pdf,A\n", "names good.txt!/a.pdf: the archive has no such member"),
        (",A\n", "list.csv, line 3, column 'address': is empty"),
    ],
)
def test_a_line_that_leads_nowhere_is_a_failed_file_and_the_others_go_on(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "good.txt").write_text("good")
    good, failed = listed(tmp_path / "list.csv", f"good.txt,G\n{line}")
    assert good.load().content == b"good"
    assert said in refusal(failed)
    assert failed.source_uri == f"{(tmp_path / 'list.csv').as_uri()}#line=3"


def test_lines_that_name_one_file_by_other_words_may_not_disagree(tmp_path: Path) -> None:
    (tmp_path / "2020").mkdir()
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    lines = f"a.txt,A\n./a.txt,B\n2020/../a.txt,A\n{tmp_path}/a.txt,C\nlink.txt,D\n"
    good, *refused = listed(tmp_path / "list.csv", lines)
    assert issuers([good]) == [("a.txt", "A")]
    assert [refusal(found) for found in refused] == [
        "list.csv line 3 names ./a.txt: line 2 states other facts of this file",
        f"list.csv line 5 names {tmp_path}/a.txt: line 2 states other facts of this file",
        "list.csv line 6 names link.txt: line 2 states other facts of this file",
    ]


def test_files_beside_the_manifests_come_after_them_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    found = with_facts(listed(tmp_path / "list.csv", "b.txt,B\n"), find_files([tmp_path]))
    assert issuers(found) == [("b.txt", "B"), ("a.txt", None)]


def test_a_manifest_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"gone\.csv: the manifest cannot be read: .* no such file"):
        load_manifest(f"{tmp_path}/gone.csv")
    with pytest.raises(ManifestError, match=r"0 files lie there; a manifest is one CSV or JSON Lines file"):
        load_manifest(str(tmp_path))
    read, write = os.pipe()
    with pytest.raises(ManifestError, match=r"/dev/fd/\d+: is a pipe"):  # list.csv made by a shell: <(cat ...)
        load_manifest(f"/dev/fd/{read}")
    os.close(read)
    os.close(write)

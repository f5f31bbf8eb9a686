"""Filings at addresses: a real web server, and fsspec's memory, which lists as object stores do."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from zipfile import ZipFile

import fsspec
import pytest

from pipeline import sources
from pipeline.database import open_database
from pipeline.errors import SourceNotFoundError, UnreadableSourceError
from pipeline.fetch import Found, find_files
from pipeline.ingest import ingest
from pipeline.listed import find_listed, load_manifest

RELEASE = b"Lynx Gold Corp. appoints a director\n"


class WebServer(ThreadingHTTPServer):
    """Serves a folder, and remembers what was asked."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[tuple[str, str]] = []
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=str(folder)))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(SimpleHTTPRequestHandler):
    def parse_request(self) -> bool:
        whole = super().parse_request()
        if whole and isinstance(self.server, WebServer):
            self.server.asked.append((self.command, self.path))
        if whole and self.path.startswith("/forbidden"):
            self.send_error(HTTPStatus.FORBIDDEN)
            return False
        return whole

    def send_header(self, keyword: str, value: str) -> None:
        """No length of a file whose name says so, as a server that makes its pages when they are asked for."""
        if not (keyword == "Content-Length" and "lengthless" in self.path):
            super().send_header(keyword, value)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name that http.server gives it
        """Nothing: the test's output is its own."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that is served: two filings, one with accents in its name, and a file that is none."""
    served = tmp_path / "served"
    (served / "2020").mkdir(parents=True)
    (served / "2020" / "réserves à jour.txt").write_bytes(RELEASE)
    (served / "b.html").write_bytes(b"<p>b</p>")
    (served / "notes.json").write_bytes(b"{}")
    return served


@pytest.fixture
def web(folder: Path) -> Iterator[WebServer]:
    server = WebServer(folder)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    """The memory, empty: all users of this process share it."""
    filesystem = fsspec.filesystem("memory")
    filesystem.store.clear()
    yield filesystem
    filesystem.store.clear()


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def contents(found: list[Found]) -> dict[str, bytes]:
    return {file.filename: file.load().content for file in found}


def test_a_folder_of_a_web_server_is_listed_without_reading_a_filing(web: WebServer) -> None:
    found = list(find_files([f"{web.address}/"]))
    assert [file.filename for file in found] == ["réserves à jour.txt", "b.html"]
    assert ("GET", "/b.html") not in web.asked
    assert all(file.modified_ns and file.byte_size > 0 for file in found)  # by which the next run knows them unread
    assert contents(found) == {"réserves à jour.txt": RELEASE, "b.html": b"<p>b</p>"}


def test_a_link_that_its_server_does_not_follow_costs_its_neighbours_nothing(web: WebServer, folder: Path) -> None:
    links = "".join(f'<a href="{name}">x</a>' for name in ("b.html", "dead.pdf", "forbidden.pdf", "odd[1].pdf"))
    (folder / "index.html").write_text(links)
    good, *missing = find_files([f"{web.address}/"])
    assert good.load().content == b"<p>b</p>"
    assert [file.filename for file in missing] == ["dead.pdf", "forbidden.pdf", "odd[1].pdf"]
    for file, said in zip(missing, ("404", "403", "there is no such file"), strict=True):
        with pytest.raises(UnreadableSourceError, match=said):
            file.load()


def test_what_a_web_server_says_of_a_file_changes_with_the_file(web: WebServer, folder: Path) -> None:
    stats = []
    for content in (b"one", b"one", b"other"):
        (folder / "b.html").write_bytes(content)
        (found,) = find_files([f"{web.address}/b.html"])
        stats.append((found.byte_size, found.etag))
    assert stats[0] == stats[1] != stats[2]


def test_an_archive_of_a_web_server_is_read_member_by_member(web: WebServer, folder: Path) -> None:
    (folder / "bulk.zip").write_bytes(zipped({"2020/a.txt": RELEASE, "../b.txt": b"b"}))
    found = list(find_files([f"{web.address}/bulk.zip"]))
    assert [file.source_uri for file in found] == [
        f"zip:{web.address}/bulk.zip!/2020/a.txt",
        f"zip:{web.address}/bulk.zip!/../b.txt",  # a name, and no way out
    ]
    assert contents(found) == {"a.txt": RELEASE, "b.txt": b"b"}


def test_a_file_of_a_server_that_tells_no_length_is_read_to_its_end(web: WebServer, folder: Path) -> None:
    """Such a server sends a file piece by piece: the first piece alone passed for the whole."""
    long, archive = RELEASE * 30_000, zipped({"a.txt": RELEASE, "scan.bin": bytes(5 << 20)})
    (folder / "lengthless.txt").write_bytes(long)
    (folder / "lengthless.zip").write_bytes(archive)
    assert contents(list(find_files([f"{web.address}/lengthless.txt"]))) == {"lengthless.txt": long}
    assert contents(list(find_files([f"{web.address}/lengthless.zip"]))) == {"a.txt": RELEASE}


def test_a_file_that_grew_since_it_was_listed_is_read_to_its_end(memory: fsspec.AbstractFileSystem) -> None:
    memory.pipe("/inbox/a.txt", RELEASE)
    (found,) = find_files(["memory://inbox/a.txt"])
    memory.pipe("/inbox/a.txt", RELEASE * 2)
    assert found.load().content == RELEASE * 2


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("memory://inbox", ["a.txt", "b.txt"]),
        ("memory://inbox/*.txt", ["a.txt"]),
        ("memory://inbox/**/b.*", ["b.txt"]),
        ("memory://inbox/deep/c.dat", ["c.dat"]),  # a file that is named outright
        ("memory://inbox/odd[1].txt", ["odd[1].txt"]),  # a name that holds the signs of a pattern
    ],
)
def test_folders_patterns_and_files_are_found_as_on_a_disk(
    memory: fsspec.AbstractFileSystem, pattern: str, names: list[str]
) -> None:
    for name in ("a.txt", "deep/b.txt", "deep/c.dat", *(["odd[1].txt"] if "odd" in pattern else [])):
        memory.pipe(f"/inbox/{name}", name.encode())
    found = list(find_files([pattern]))
    assert [file.filename for file in found] == names
    assert all(file.source_uri.startswith("memory:///inbox/") and file.modified_ns for file in found)


def test_an_archive_in_an_object_store_is_read_in_parts(memory: fsspec.AbstractFileSystem) -> None:
    memory.pipe("/bulk.zip", zipped({"a.txt": RELEASE, "inner.zip": zipped({"b.txt": b"b"})}))
    found = list(find_files(["memory://bulk.zip"]))
    assert contents(found) == {"a.txt": RELEASE, "b.txt": b"b"}
    assert found[1].source_uri == "zip:memory:///bulk.zip!/inner.zip!/b.txt"
    memory.pipe("/bulk.zip", b"PK\x03\x04")
    (broken,) = find_files(["memory://bulk.zip"])
    with pytest.raises(UnreadableSourceError, match=r"memory:///bulk\.zip: is no whole zip archive"):
        broken.load()


def test_a_manifest_beside_its_files_in_an_object_store(memory: fsspec.AbstractFileSystem) -> None:
    memory.pipe("/inbox/a.txt", RELEASE)
    memory.pipe("/inbox/list.csv", b"path,issuer\na.txt,Lynx Gold Corp.\ngone.txt,Nobody\n")
    address = "memory://inbox/list.csv"
    good, gone = find_listed(load_manifest(address), address)
    assert good.load().content == RELEASE
    assert good.stated
    assert good.stated.issuer == "Lynx Gold Corp."
    with pytest.raises(UnreadableSourceError, match=r"list\.csv line 3 names gone\.txt: .* no such file"):
        gone.load()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("memory://nothing", "there is no such file or folder"),
        ("memory://*.pdf", "there is no such file or folder"),
        ("nosuch://bucket/a.pdf", "cannot be opened here: Protocol not known: nosuch"),
        ("zip://a.pdf::memory://bulk.zip", "chained addresses are not read"),
        ("ftp://user:secret@host/a.pdf", "an address holds a password"),
        ("http://127.0.0.1:9/a.pdf", "cannot be reached: "),
    ],
)
def test_an_address_that_leads_nowhere_says_why(address: str, said: str) -> None:
    with pytest.raises(SourceNotFoundError) as refused:
        list(find_files([address]))
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_protocol_whose_package_is_missing_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "s3fs", None)  # as where it is not installed
    with pytest.raises(SourceNotFoundError, match=r"s3://bucket/a\.pdf: cannot be opened here: .*s3fs"):
        list(find_files(["s3://bucket/a.pdf"]))


def test_a_file_that_its_server_refuses_or_that_is_too_large_is_one_unreadable_file(
    web: WebServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (found,) = find_files([f"{web.address}/b.html"])
    (folder / "b.html").unlink()
    with pytest.raises(UnreadableSourceError, match="its source does not give it"):
        found.load()
    with pytest.raises(SourceNotFoundError, match="403"):
        list(find_files([f"{web.address}/forbidden/a.pdf"]))
    (folder / "b.html").write_bytes(b"12345")
    monkeypatch.setattr(sources, "LARGEST", 4)
    with pytest.raises(UnreadableSourceError, match="5 bytes, more than 4"):
        next(find_files([f"{web.address}/b.html"])).load()


def test_a_run_fetches_each_file_once(web: WebServer, folder: Path, sqlite_url: str) -> None:
    (folder / "again.html").write_bytes((folder / "b.html").read_bytes())  # one filing in two places
    files = list(find_files([f"{web.address}/"]))
    web.asked.clear()
    ingest(open_database(sqlite_url), files, workers=1)
    fetched = [path for method, path in web.asked if method == "GET"]
    assert len(fetched) == len(set(fetched)) == len(files) == 3


def test_a_second_run_over_a_web_server_asks_for_no_filing(web: WebServer, folder: Path, sqlite_url: str) -> None:
    (folder / "bulk.zip").write_bytes(zipped({"c.txt": RELEASE + b"\n"}))
    engine = open_database(sqlite_url)
    first = ingest(engine, list(find_files([f"{web.address}/"])), workers=1)
    assert (first.new, first.failed) == (3, 0)
    web.asked.clear()
    second = ingest(engine, list(find_files([f"{web.address}/"])), workers=1)
    assert (second.unchanged, second.failed) == (3, 0)
    assert web.asked  # for the listings, and what each file's head says
    assert [path for method, path in web.asked if method == "GET" and path.endswith((".txt", ".html"))] == []
    (folder / "b.html").write_bytes(b"<p>changed</p>")
    assert ingest(engine, list(find_files([f"{web.address}/"])), workers=1).new == 1

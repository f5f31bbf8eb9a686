"""What the pages show: filings, sheets with their marks, and the proof of each line."""

from __future__ import annotations

import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text
from starlette.testclient import TestClient

from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from pipeline.web.workbench import Workbench
from tests.pipeline.web.conftest import ask, desk_at, filing_of, held_line, visitor

PDF, TEXT, HTML = (f"almonty-lossantos-2013.{name}" for name in ("ruled.pdf", "tab.txt", "wire.html"))
FIGURES = ("3,812 kt", "0.28 %", "10,678 t")


def shown(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", 4),
        ("q=almonty", 3),  # the issuer
        ("q=LOS+santos", 3),  # two words, other case
        ("q=quantum+tungsten", 0),
        ("q=6%2530", 0),  # a per cent sign is no wildcard: the headlines say 6.30
        ("q=tab_txt", 0),
        ("q=tab.txt", 1),  # the file's name
        ("state=held", 3),
        ("state=sound", 1),
        ("state=failed", 0),
        ("state=nonsense", 4),
        ("type=news_release&q=quantum", 1),
        ("type=technical_report", 0),
        ("page=99", 4),  # beyond the last page is the last page
    ],
)
def test_filings_are_found_by_words_state_and_type(client: TestClient, asked: str, found: int) -> None:
    page = shown(client, f"/filings?{asked}")
    assert f'<p class="quiet">{found} filing{"" if found == 1 else "s"}</p>' in page


def test_the_words_are_found_in_what_filings_print_too(client: TestClient, url: str) -> None:
    page = shown(client, "/filings?q=wheeler")
    assert '<p class="quiet">0 filings</p>' in page  # no filing is named so
    assert f'<a href="/filings/{filing_of(url, PDF)}?page=1">{PDF}, page 1</a>' in page
    assert "Adam <mark>Wheeler</mark>" in page
    assert "In their texts" not in shown(client, "/filings?q=%2B")


def test_a_filing_shows_its_page_with_a_box_around_every_figure_and_name(client: TestClient, url: str) -> None:
    filing = filing_of(url, PDF)
    page = shown(client, f"/filings/{filing}")
    assert f"/filings/{filing}/pages/1.jpg" in page
    boxes = re.findall(r'<rect id="m(\d+)" data-k="\1" class="(\w+)', page)
    kinds = [kind for _, kind in boxes]
    assert kinds.count("figure") == 30  # ten lines of three figures
    assert kinds.count("line") == 10
    assert kinds.count("name") == 1
    for figure in FIGURES:  # each figure of a row leads to its box
        ((key,),) = [re.findall(rf'<a href="#m(\d+)" data-k="\1">{re.escape(figure)}</a>', page)]
        assert (key, "figure") in boxes


@pytest.mark.parametrize("name", [TEXT, HTML])
def test_a_filing_without_pages_shows_its_passages_with_their_marks(client: TestClient, url: str, name: str) -> None:
    page = shown(client, f"/filings/{filing_of(url, name)}")
    for figure in FIGURES:
        ((key,),) = [re.findall(rf'<a href="#m(\d+)" data-k="\1">{re.escape(figure)}</a>', page)]
        digits = figure.split()[0]
        assert re.search(
            rf'<span id="m{key}" class="mark figure" data-k="[\d ]*\b{key}">{re.escape(digits)}</span>', page
        )


def test_the_picture_of_a_page_is_upright_and_kept(client: TestClient, url: str) -> None:
    answer = client.get(f"/filings/{filing_of(url, PDF)}/pages/1.jpg")
    assert answer.headers["content-type"] == "image/jpeg"
    assert "immutable" in answer.headers["cache-control"]
    picture = Image.open(BytesIO(answer.content))
    assert picture.height > picture.width > 1000


def test_a_line_shows_where_it_is_printed_and_how_it_was_recomputed(client: TestClient, url: str) -> None:
    page = shown(client, f"/lines/{held_line(url, PDF)}")
    assert "is 66 kt short of its parts (3,878 kt)" in page
    assert "The printed figure stands for 3,811.5 to 3,812.5 kt; the other figures allow" in page
    assert page.count("lit") >= 4  # the line and its three figures on the picture
    assert "Likeliest cause: <strong>omitted part</strong>; 3,878 kt would repair it." in page


def test_a_lines_proof_alone_can_stand_beside_its_sheet(client: TestClient, url: str) -> None:
    proof = shown(client, f"/lines/{held_line(url, PDF)}/proof")
    assert "<html" not in proof
    assert "does not hold" in proof


def test_the_queue_leads_to_every_held_line(client: TestClient, url: str) -> None:
    page = shown(client, "/queue")
    assert "3 held lines wait for a decision" in page
    for (estimate_id,) in ask(url, "SELECT DISTINCT estimate_id FROM v_held"):
        assert f'href="/lines/{estimate_id}"' in page


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/filings/0000",
        "/lines/0000",
        "/lines/0000/proof",
        "/filings/0000/pages/1.jpg",
        "/filings/0/original",
    ],
)
def test_what_is_not_there_is_said_in_words(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert 'role="alert"' in answer.text


def test_no_page_weighs_more_than_100_kilobytes(client: TestClient, url: str) -> None:
    filings = [f"/filings/{key}" for (key,) in ask(url, "SELECT filing_id FROM v_filings")]
    lines = [f"/lines/{key}" for (key,) in ask(url, "SELECT DISTINCT estimate_id FROM v_held")]
    sizes = {address: len(client.get(address).content) for address in ("/filings", "/queue", *filings, *lines)}
    assert max(sizes.values()) < 60_000
    static = ("desk.css", "desk.js", "htmx-4.0.1.min.js")
    assert sum(len(client.get(f"/static/{name}").content) for name in static) < 60_000


def test_a_filing_in_an_archive_is_shown_as_any_other(tmp_path: Path, fixtures: Path, workbench: Workbench) -> None:
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.write(fixtures / "releases" / PDF, "2013/release é.pdf")
    with zipfile.ZipFile(tmp_path / "bulk.zip", "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    url = f"sqlite:///{tmp_path}/orebook.db"
    ingest(open_database(url), list(find_files([tmp_path / "bulk.zip"])), workers=1)
    client = visitor(desk_at(url, workbench))
    filing = filing_of(url, "release é.pdf")
    assert client.get(f"/filings/{filing}/pages/1.jpg").content[:3] == b"\xff\xd8\xff"
    original = client.get(f"/filings/{filing}/original")
    assert original.content == (fixtures / "releases" / PDF).read_bytes()
    assert original.headers["content-disposition"] == "attachment; filename*=UTF-8''release%20%C3%A9.pdf"


def test_a_file_that_moved_is_shown_from_where_it_is_now(tmp_path: Path, fixtures: Path, workbench: Workbench) -> None:
    url = f"sqlite:///{tmp_path}/orebook.db"
    first, second = tmp_path / "inbox", tmp_path / "archive"
    for folder in (first, second):
        folder.mkdir()
        shutil.copy(fixtures / "releases" / PDF, folder)
        ingest(open_database(url), list(find_files([folder])), workers=1)
    (second / PDF).unlink()
    filing = filing_of(url, PDF)
    assert visitor(desk_at(url, workbench)).get(f"/filings/{filing}/pages/1.jpg").status_code == 200


def test_a_file_that_changed_is_not_shown_and_what_was_read_is(
    tmp_path: Path, fixtures: Path, workbench: Workbench
) -> None:
    url = f"sqlite:///{tmp_path}/orebook.db"
    changed = bytearray((fixtures / "releases" / PDF).read_bytes())
    changed += b"\n%other bytes"
    copy = tmp_path / PDF
    copy.write_bytes(changed)
    ingest(open_database(url), list(find_files([copy])), workers=1)
    copy.write_bytes(b"%PDF-1.7 something else")
    client, filing = visitor(desk_at(url, workbench)), filing_of(url, PDF)
    assert client.get(f"/filings/{filing}/pages/1.jpg").status_code == 404
    page = shown(client, f"/filings/{filing}")
    assert "has changed since it was read" in page
    assert "3,812 kt" in page


def test_a_filing_that_could_not_be_read_shows_its_pages_and_why(tmp_path: Path, workbench: Workbench) -> None:
    picture = tmp_path / "scan.pdf"
    Image.new("1", (600, 800), 1).save(picture)
    url = f"sqlite:///{tmp_path}/orebook.db"
    ingest(open_database(url), list(find_files([picture])), workers=1)
    page = shown(visitor(desk_at(url, workbench)), f"/filings/{filing_of(url, 'scan.pdf')}")
    assert "/pages/1.jpg" in page
    assert 'role="alert">scan.pdf: ' in page


def test_marks_of_another_version_are_said_to_be_so(client: TestClient, url: str) -> None:
    filing = filing_of(url, HTML)
    assert "Read by another version" not in shown(client, f"/filings/{filing}")
    with open_database(url).begin() as connection:
        connection.execute(text("UPDATE extractions SET extractor_version = 'older'"))
    assert "Read by another version" in shown(client, f"/filings/{filing}")

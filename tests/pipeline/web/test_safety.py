"""What strangers try: markup in names, hostile words, paths that lead elsewhere, forms of other sites."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from models.filing import Filing
from models.quote import Quote
from pipeline.commit import commit_filing
from pipeline.database import open_database
from pipeline.errors import UnsafeServerError
from pipeline.read_only import open_read_only
from pipeline.web.access import Access, access_for
from pipeline.web.desk import Desk
from pipeline.web.workbench import Workbench
from tests.database.samples import ASSESSMENT, DISCLOSURE, FACTS, LINES, TABLE
from tests.pipeline.web.conftest import HOSTILE, ask, desk_at, filing_of, held_line, visitor
from tests.pipeline.web.test_deciding import form

TOKEN = "0123456789abcdef0123456789abcdef"  # noqa: S105
HELD = "almonty-lossantos-2013.tab.txt"


@pytest.fixture
def hostile(sqlite_url: str) -> str:
    """A database in which every text that a filing may print is markup."""
    lines = tuple(replace(line, label=HOSTILE, zone=HOSTILE, quote=Quote(HOSTILE, line.quote.place)) for line in LINES)
    said = replace(
        DISCLOSURE,
        issuer=replace(DISCLOSURE.issuer, name=HOSTILE, project=HOSTILE, title=HOSTILE, tickers=(HOSTILE,)),
        tables=(replace(TABLE, lines=lines, caption=HOSTILE),),
        footnotes=tuple(replace(note, text=HOSTILE) for note in DISCLOSURE.footnotes),
        persons=tuple(replace(person, name=HOSTILE, role=HOSTILE) for person in DISCLOSURE.persons),
        claims=tuple(replace(claim, text=HOSTILE) for claim in DISCLOSURE.claims),
    )
    verdicts = tuple(replace(v, explanation=HOSTILE, suggestion=HOSTILE) for v in ASSESSMENT.verdicts)
    filing = Filing(HOSTILE, "file:///etc/passwd", b"%PDF-1.7 a hostile release")
    with open_database(sqlite_url).begin() as connection:
        commit_filing(connection, filing, FACTS, said, replace(ASSESSMENT, verdicts=verdicts), "1")
    return sqlite_url


def test_markup_in_a_filing_is_text_on_every_page(hostile: str, workbench: Workbench) -> None:
    client = visitor(desk_at(hostile, workbench))
    ((filing,),) = ask(hostile, "SELECT filing_id FROM v_filings")
    lines = {str(key) for (key,) in ask(hostile, "SELECT estimate_id FROM v_held")}
    addresses = ["/filings", "/queue", f"/filings/{filing}?page=1", f"/filings/{filing}?page=2"]
    addresses += [f"/lines/{key}{part}" for key in lines for part in ("", "/proof")]
    for address in addresses:
        page = client.get(address)
        assert page.status_code == 200
        assert "&lt;script&gt;alert(2)" in page.text
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text


@pytest.mark.parametrize(
    "words",
    [
        "' OR 1=1 --",
        "'; DROP TABLE filings; --",
        "%' UNION SELECT sql FROM sqlite_master --",
        "\\",
        "!",
        "%00",
        "é" * 300,
    ],
)
def test_hostile_words_find_nothing_and_change_nothing(client: TestClient, url: str, words: str) -> None:
    typed = words if words == "%00" else quote(words)
    for name in ("q", "state", "type", "page"):
        assert client.get(f"/filings?{name}={typed}").status_code == 200
    assert client.get(f"/lines/{typed}").status_code == 404
    assert client.get(f"/queue?done={typed}").status_code == 200
    assert "0 filings" in client.get(f"/filings?q=xyzzy{typed}").text
    assert ask(url, "SELECT count(*) FROM filings") == [(4,)]


@pytest.mark.parametrize(
    "path",
    [
        "/filings/../../etc/passwd/original",
        "/filings/%2e%2e%2f%2e%2e%2fetc%2fpasswd/original",
        "/filings/..%5c..%5corebook.db/original",
        "/static/../desk.py",
        "/static/%2e%2e/desk.py",
        "/static/..%2f..%2f..%2fpyproject.toml",
        "/static//etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_store(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_a_file_that_the_database_names_is_given_only_with_the_bytes_that_were_read(
    hostile: str, workbench: Workbench
) -> None:
    client = visitor(desk_at(hostile, workbench))  # its filing's address is /etc/passwd
    filing = filing_of(hostile, HOSTILE)
    for part in ("original", "pages/1.jpg"):
        answer = client.get(f"/filings/{filing}/{part}")
        assert answer.status_code == 404
        assert "root:" not in answer.text


def test_a_form_of_another_site_decides_nothing(client: TestClient, url: str) -> None:
    held = held_line(url, HELD)
    said = form(client, held, action="accept")
    address = f"/lines/{held}/decision"
    without = {"action": "accept", "why": "x"}
    tries = [
        client.post(address, data=without),
        client.post(address, data={**said, "token": "0" * 64}),
        client.post(address, data=said, headers={"Sec-Fetch-Site": "cross-site"}),
        client.post(address, data=said, headers={"Sec-Fetch-Site": "same-site"}),
        client.post(address, data={**said, "why": "x" * 40_000}),
        client.post(address, content=b"\xff\xfe=\x00&" * 3),
        client.get(address),
    ]
    assert [answer.status_code for answer in tries] == [403, 403, 403, 403, 403, 403, 405]
    stranger = client.__class__(client.app, base_url="http://localhost")
    assert stranger.post(address, data=said).status_code == 403  # the token is another visitor's
    assert ask(url, "SELECT count(*) FROM v_decisions") == [(0,)]


def test_every_answer_forbids_scripts_frames_and_guesses(client: TestClient, url: str) -> None:
    addresses = ("/filings", "/queue", "/nothing", "/static/desk.js", f"/filings/{filing_of(url, HELD)}/original")
    for address in addresses:
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
    page = client.get("/filings").text
    assert not re.search(r"<style|<script(?! src=)|\son\w+=|style=", page)


def test_no_page_looks_for_longer_than_it_may(url: str, workbench: Workbench) -> None:
    with open_database(url).begin() as connection:
        connection.execute(text("DROP VIEW v_held"))
        endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        endless += " SELECT i AS filing_id, i AS estimate_id FROM n WHERE i < 0"
        connection.execute(text(f"CREATE VIEW v_held AS {endless}"))
    slow = replace(desk_at(url, workbench), reading=open_read_only(url, seconds=0.3))
    client = visitor(slow)
    began = time.monotonic()
    answer = client.get("/filings", params={"state": "held"})
    assert answer.status_code == 503
    assert "did not answer within 0.3 seconds" in answer.text
    assert time.monotonic() - began < 30  # it would never end


@pytest.mark.parametrize("host", ["evil.example", "evil.example:4310", "10.0.0.7", "localhost.evil.example", ""])
def test_on_loopback_a_page_of_another_name_reads_nothing(client: TestClient, host: str) -> None:
    answer = client.get("/filings", headers={"Host": host})
    assert answer.status_code == 421
    assert "almonty" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:4310", "127.0.0.1:4310", "[::1]:4310"])
def test_on_loopback_the_machines_own_names_are_let_in(client: TestClient, host: str) -> None:
    assert client.get("/filings", headers={"Host": host}).status_code == 200


@pytest.fixture
def guarded(desk: Desk) -> Desk:
    return replace(desk, access=Access(token=TOKEN))


def test_elsewhere_a_visitor_shows_the_token_once(guarded: Desk) -> None:
    client = visitor(guarded)
    asked = client.get("/filings", headers={"Host": "desk.example"})
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in")
    (token,) = re.findall(r'name="token" value="(\w+)"', client.get("/sign-in").text)
    assert client.post("/sign-in", data={"token": token, "access": "wrong"}).status_code == 403
    assert client.get("/filings").status_code == 303
    signed = client.post("/sign-in", data={"token": token, "access": TOKEN})
    cookie = signed.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert TOKEN not in cookie
    assert client.get("/filings").status_code == 200


def test_elsewhere_nothing_is_given_without_the_token(guarded: Desk, url: str) -> None:
    client, filing = visitor(guarded), filing_of(url, HELD)
    for address in (f"/filings/{filing}", f"/filings/{filing}/original", "/queue", "/sign-in/../queue"):
        assert client.get(address).status_code == 303
    assert client.post("/lines/x/decision").status_code == 403
    assert client.get("/queue", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client.get("/queue", headers={"Authorization": f"Bearer {TOKEN}x"}).status_code == 303


@pytest.mark.parametrize(
    ("address", "user", "status"),
    [
        ("10.0.0.5", "Ann Roe", 200),
        ("10.0.0.5", "", 403),  # the proxy signed nobody in
        ("10.0.0.6", "Ann Roe", 403),  # anybody can write a header
    ],
)
def test_behind_a_proxy_only_the_proxy_is_let_in(desk: Desk, address: str, user: str, status: int) -> None:
    client = visitor(replace(desk, access=Access(proxy="10.0.0.5")), client=(address, 50_000))
    answer = client.get("/queue", headers={"X-Forwarded-User": user})
    assert answer.status_code == status
    assert ('<span class="who">Ann Roe</span>' in answer.text) == (status == 200)


def test_behind_a_proxy_the_form_cannot_name_another_reviewer(desk: Desk, url: str) -> None:
    client = visitor(replace(desk, access=Access(proxy="10.0.0.5")), client=("10.0.0.5", 50_000))
    client.headers["X-Forwarded-User"] = "Ann Roe"
    held = held_line(url, HELD)
    client.post(f"/lines/{held}/decision", data=form(client, held, action="accept", who="Somebody Else"))
    assert ask(url, "SELECT decided_by FROM v_decisions") == [("Ann Roe",)]


@pytest.mark.parametrize(
    ("host", "token", "proxy", "said"),
    [
        ("0.0.0.0", None, None, "set OREBOOK_TOKEN"),  # noqa: S104
        ("192.168.1.4", None, None, "name the reverse proxy"),
        ("desk.example", None, None, "set OREBOOK_TOKEN"),
        ("0.0.0.0", "secret", None, "shorter than 24"),  # noqa: S104
        ("127.0.0.1", TOKEN, "10.0.0.5", "not both"),
        ("0.0.0.0", None, "nginx", "no address"),  # noqa: S104
    ],
)
def test_a_server_that_anybody_could_reach_does_not_start(
    host: str, token: str | None, proxy: str | None, said: str
) -> None:
    with pytest.raises(UnsafeServerError, match=said):
        access_for(host, token, proxy)


def test_the_command_refuses_to_listen_to_everybody(url: str) -> None:
    program = "import sys; from pipeline.cli import main; sys.argv[0] = 'orebook'; main()"
    words = ["serve", "--db", url, "--host", "0.0.0.0"]  # noqa: S104
    ended = subprocess.run(
        [sys.executable, "-c", program, *words], cwd=Path.cwd(), capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 2
    assert "set OREBOOK_TOKEN" in ended.stderr


def test_pages_are_drawn_after_their_process_was_lost(url: str, workbench: Workbench, client: TestClient) -> None:
    picture = f"/filings/{filing_of(url, 'almonty-lossantos-2013.ruled.pdf')}/pages/1.jpg"
    for process in active_children():
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
    workbench.forget()
    assert client.get(picture).status_code == 200

"""`orebook serve` as it is typed: it comes up, says where it is, and decides with an address of its own."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from benchmarks import desk
from pipeline.cli import main
from tests.conftest import ROOT

PROGRAM = "from pipeline.cli import main; main()"


@pytest.fixture
def port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def address(url: str, port: int) -> Iterator[str]:
    words = [sys.executable, "-c", PROGRAM, "serve", "--db", url, "--port", str(port)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        yield re.findall(r"http://\S+", said)[0]
        server.terminate()


def test_one_command_serves_the_pages(address: str) -> None:
    page = ""
    for _ in range(100):
        try:
            page = urlopen(f"{address}filings").read().decode()  # noqa: S310
            break
        except URLError:  # not yet
            time.sleep(0.1)
    assert "almonty-lossantos-2013.ruled.pdf" in page
    (filing,) = re.findall(r'href="(/filings/\w+)">.*?<small>almonty-lossantos-2013.ruled.pdf', page)
    picture = urlopen(f"{address}{filing[1:]}/pages/1.jpg")  # noqa: S310  drawn by a process of its own
    assert picture.read(3) == b"\xff\xd8\xff"


def test_there_is_nothing_to_serve_without_a_database(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('none')}/gone.db"
    words = [sys.executable, "-c", PROGRAM, "serve", "--db", url]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 3
    assert "there is no such database" in ended.stderr


def test_an_address_that_is_taken_is_told(url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = CliRunner().invoke(main, ["serve", "--db", url, "--port", str(taken.getsockname()[1])])
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "Address already in use; choose another --port" in refused.stderr


def test_the_benchmark_measures_each_kind_of_page(url: str) -> None:
    ran = CliRunner().invoke(desk.main, ["--db", url, "--most", "1"], catch_exceptions=False)
    for kind in ("the filings", "a filing", "the queue", "a line", "a line's proof", "the projects", "a project"):
        assert re.search(rf"^{kind} +\d+( +[\d.]+){{4}}  /", ran.output, re.MULTILINE), kind

"""The pages in a real Chromium: a reviewer's morning by mouse, by keys and without scripts, and what axe says of it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from pipeline.web.workbench import Workbench
from tests.pipeline.entities.filings import NEW, OLD, commit
from tests.pipeline.web.browser import chromium, listening, served
from tests.pipeline.web.conftest import ask, desk_at, filing_of, held_line

PDF, TEXT, HTML = (f"almonty-lossantos-2013.{name}" for name in ("ruled.pdf", "tab.txt", "wire.html"))
LAPTOP, TABLET = (1280, 800), (834, 1112)
PATIENCE = 30_000
"""Milliseconds: the suite runs on every core at once."""
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with chromium() as started:
        yield started


@pytest.fixture
def address(url: str, workbench: Workbench) -> Iterator[str]:
    with served(desk_at(url, workbench)) as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": LAPTOP[0], "height": LAPTOP[1]})
    made = context.new_page()
    said = listening(made)
    yield made
    context.close()
    assert said == []


def test_a_reviewer_accepts_the_held_total_and_the_decision_outlives_a_new_reading(
    page: Page, url: str, ingested: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.goto("/filings")
    page.get_by_label("Words").fill("almonty ruled")
    expect(page.get_by_text("1 filing", exact=True)).to_be_visible()  # found as it is typed
    page.get_by_role("link", name="Almonty files an updated").click()

    row = page.get_by_role("row", name="Total Mineral Reserves")
    expect(row.get_by_text("held")).to_be_visible()
    _box_stands_on_the_picture(page, row.get_by_role("link", name="3,812 kt").get_attribute("data-k"))

    row.get_by_role("link", name="Total Mineral Reserves").click()
    proof = page.locator("#proof")
    expect(proof.get_by_text("is 66 kt short of its parts (3,878 kt)").first).to_be_visible()
    expect(proof.get_by_role("img", name="The printed figure stands for 3,811.5 to 3,812.5 kt")).to_be_visible()
    proof.get_by_role("link", name="Open the line and decide").click()

    page.get_by_label("Reason").fill("the report prints the same total on page 106")
    page.get_by_role("heading", level=1).click()  # out of the text, where A is a letter
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("Total Mineral Reserves is decided")
    held = "label = 'Total Mineral Reserves' AND filename LIKE '%ruled.pdf'"
    assert ask(url, f"SELECT status, tonnes FROM v_estimates WHERE {held}") == [("accepted", 3_812_000)]

    monkeypatch.setattr("pipeline.ingest.extractor_version", lambda: "a newer version")
    summary = ingest(open_database(url), list(find_files([ingested / PDF])), workers=1)
    assert summary.re_extracted == 1
    assert ask(url, f"SELECT status FROM v_estimates WHERE {held}") == [("accepted",)]
    page.goto(f"/filings/{filing_of(url, PDF)}")
    row.get_by_role("link", name="Total Mineral Reserves").click()
    proof.get_by_role("link", name="Open the line").click()
    expect(page.get_by_text("accepted by")).to_contain_text("the report prints the same total on page 106")
    assert page.get_by_text("read by version").count() == 2


def _box_stands_on_the_picture(page: Page, key: str | None) -> None:
    """The figure's box lies on the page's picture, is lit with its row, and leads back to it."""
    box, picture = page.locator(f"rect[data-k='{key}']"), page.locator(".paper img")
    expect(picture).to_have_js_property("complete", value=True)
    inner, outer = box.bounding_box(), picture.bounding_box()
    assert inner is not None
    assert outer is not None
    assert outer["x"] < inner["x"] < inner["x"] + inner["width"] < outer["x"] + outer["width"]
    assert outer["y"] < inner["y"] < inner["y"] + inner["height"] < outer["y"] + outer["height"]
    figure = page.locator(f".read a[data-k='{key}']")
    figure.hover()
    expect(box).to_have_class("figure glow")
    page.mouse.move(0, 0)
    box.click(force=True)
    expect(figure).to_be_focused()


def test_the_queue_is_worked_by_keys_alone(page: Page, url: str) -> None:
    page.goto("/queue")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 of 3 in the")).to_be_visible()
    page.keyboard.press("r")
    expect(page.get_by_role("status")).to_contain_text("This is the next one")
    assert ask(url, "SELECT action, why FROM v_decisions") == [
        ("reject", "Read against the source: these figures do not stand.")
    ]
    page.get_by_role("button", name="Switch keys off").click()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")
    assert ask(url, "SELECT count(*) FROM v_decisions") == [(1,)]


def test_everything_works_without_scripts(browser: Browser, address: str, url: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/filings")
    page.get_by_label("State").select_option("lines held")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Almonty files an updated").first.click()
    page.get_by_role("link", name="Total Mineral Reserves", exact=True).click()
    page.locator("summary", has_text="Correct").click()
    page.get_by_label("Tonnage").fill("3,878 kt")
    page.get_by_role("button", name="Correct").click()
    expect(page.get_by_role("status")).to_contain_text("is decided: corrected")
    assert ask(url, "SELECT tonnes FROM v_estimates WHERE status = 'corrected'") == [(3_878_000,)]
    context.close()


def test_every_page_is_whole_and_readable_by_a_machine_on_laptop_and_tablet(page: Page, url: str) -> None:
    pdf, plain, html = (filing_of(url, name) for name in (PDF, TEXT, HTML))
    ((project,),) = ask(url, "SELECT project_id FROM v_projects WHERE project = 'Elk Creek'")
    commit(open_database(url), [OLD, NEW])  # two people who may be one
    addresses = [
        "/filings",
        "/projects",
        f"/projects/{project}",
        "/queue",
        "/names",
        f"/lines/{held_line(url, PDF)}",
        f"/lines/{held_line(url, HTML)}",
    ]
    addresses += [f"/filings/{pdf}?line={held_line(url, PDF)}", f"/filings/{plain}", f"/filings/{html}"]
    for address in addresses:
        page.goto(address)
        for width, height in (LAPTOP, TABLET):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} goes past {width}"
            assert _serious(page) == [], address


def test_the_page_of_a_problem_is_readable_too(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)  # its console tells of the 404, as it should
    page = context.new_page()
    page.goto("/lines/0000000000000000")
    expect(page.get_by_role("alert")).to_have_text("There is no such estimate line.")
    assert _serious(page) == []
    context.close()


def _serious(page: Page) -> list[str]:
    """What axe finds on the page that keeps people out."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{broken['id']}: {broken['nodes'][0]['html'][:200]}"
        for broken in found["violations"]
        if broken["impact"] in ("serious", "critical")
    ]

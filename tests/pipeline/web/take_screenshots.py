"""Takes the screenshots beside the pages' README anew: `python -m tests.pipeline.web.take_screenshots`."""

from __future__ import annotations

from io import BytesIO
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser

from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from pipeline.web.workbench import Workbench
from tests.conftest import ROOT
from tests.pipeline.web.browser import chromium, served
from tests.pipeline.web.conftest import ask, desk_at, filing_of
from tests.pipeline.web.releases import write_releases

FOLDER = ROOT / "pipeline" / "web" / "screenshots"
LAPTOP, TABLET = (1200, 800), (834, 1112)
COLOURS = 192
HELD = "almonty-lossantos-2013.ruled.pdf"


def main() -> None:
    """Ingest the project's own releases, and look at each page."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/orebook.db"
        own = (sorted((ROOT / "fixtures" / name).glob("*.*[!n]")) for name in ("releases", "questions"))
        releases = [*chain(*own), *write_releases(Path(folder))]
        ingest(open_database(url), list(find_files(releases)))
        workbench = Workbench()
        with served(desk_at(url, workbench)) as address, chromium() as browser:
            for name, page, size in _pages(url):
                _shoot(browser, f"{address}{page}", size, FOLDER / f"{name}.png")
        workbench.close()


def _pages(url: str) -> list[tuple[str, str, tuple[int, int]]]:
    """What is looked at: a name, an address, and a size."""
    ((held,),) = ask(url, f"SELECT estimate_id FROM v_held WHERE filename = '{HELD}'")
    ((project,),) = ask(url, "SELECT project_id FROM v_projects WHERE project = 'Slate Ridge'")
    html = filing_of(url, "almonty-lossantos-2013.wire.html")
    filing = f"/filings/{filing_of(url, HELD)}?line={held}"
    return [
        ("filings", "/filings", LAPTOP),
        ("filing", filing, LAPTOP),
        ("filing-html", f"/filings/{html}", LAPTOP),
        ("queue", "/queue", LAPTOP),
        ("line", f"/lines/{held}", LAPTOP),
        ("names", "/names", LAPTOP),
        ("project", f"/projects/{project}", LAPTOP),
        ("filing-tablet", filing, TABLET),
        ("line-tablet", f"/lines/{held}", TABLET),
    ]


def _shoot(browser: Browser, address: str, size: tuple[int, int], path: Path) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    path.parent.mkdir(exist_ok=True)
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    page.close()


if __name__ == "__main__":
    main()

"""`orebook export --format minmod`: what critical-minerals tools are given, and what is left out and told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from extractors.lexicon import lexicon
from models.disclosure import Category
from models.units import UNITS
from pipeline.cli import main
from pipeline.database import migrate, open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from pipeline.minmod import entities

RELEASES = ("almonty-lossantos-2013.ruled.pdf", "tallpine-2022.txt")
ENTITY = "https://minmod.isi.edu/resource/"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, fixtures: Path) -> str:
    """Two releases, read once for all tests."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path_factory.mktemp('minmod') / 'orebook.db'}"
        migrate(address)
    else:
        address = request.getfixturevalue("new_postgres")(request.getfixturevalue("migrated_postgres"))
    files = [path for name in RELEASES for path in fixtures.rglob(name)]
    ingest(open_database(address), list(find_files(files)), workers=1)
    return address


def export(url: str, folder: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["export", "--format", "minmod", "--out", str(folder), "--db", url, *more])


def sites(url: str, folder: Path) -> dict[str, Any]:
    done = export(url, folder)
    assert done.exit_code == 0, done.output
    read = json.loads((folder / "mineral_sites.json").read_text(encoding="utf-8"))
    return {site["name"]: site for site in read}


def uri(entity: Any) -> str:
    return str(entity["normalized_uri"]).removeprefix(ENTITY)


def test_a_line_has_commodity_form_category_figures_and_date(url: str, tmp_path: Path) -> None:
    found = sites(url, tmp_path)["Los Santos"]["mineral_inventory"]
    (inferred,) = (one for one in found if [uri(c) for c in one["category"]] == ["Inferred"])
    # 1,527 kt at 0.24 % WO3, 3,648 t of it, above 0.05 % WO3, at 30 June 2013
    assert (uri(inferred["commodity"]), uri(inferred["material_form"])) == ("Q615", "Q1304")
    assert (inferred["ore"]["value"], uri(inferred["ore"]["unit"])) == (1_527_000, "Q200")
    assert (inferred["grade"]["value"], uri(inferred["grade"]["unit"])) == (0.24, "Q201")
    assert (inferred["cutoff_grade"]["value"], uri(inferred["cutoff_grade"]["unit"])) == (0.05, "Q201")
    assert (inferred["contained_metal"], inferred["date"]) == (3648, "2013-06-30")
    assert "3648 t contained" in inferred["reference"]["comment"]


def test_two_categories_of_one_line_are_two_entities(url: str, tmp_path: Path) -> None:
    found = sites(url, tmp_path)["Grey Owl"]["mineral_inventory"]
    assert ["Measured", "Indicated"] in [[uri(c) for c in one["category"]] for one in found]


def test_a_line_leads_to_its_place_on_the_page(url: str, tmp_path: Path) -> None:
    with open_database(url).connect() as connection:
        asked = text("SELECT page, x0, bottom FROM v_places WHERE what = 'line' AND reading LIKE 'Inferred Mineral%'")
        page, left, bottom = connection.execute(asked).one()
    found = sites(url, tmp_path)["Los Santos"]["mineral_inventory"]
    (place,) = next(one for one in found if uri(one["category"][0]) == "Inferred")["reference"]["page_info"]
    assert (place["page"], place["bounding_box"]["x_min"], place["bounding_box"]["y_max"]) == (page, left, bottom)


def test_every_site_has_what_its_reader_asks_for(url: str, tmp_path: Path) -> None:
    """The keys without a default in minmodkg 2.7, models/kg; its reader takes no null."""
    for site in sites(url, tmp_path).values():
        assert {"source_id", "record_id", "created_by", "modified_at", "reference"} <= site.keys()
        for one in site["mineral_inventory"]:
            assert {"commodity", "category", "reference"} <= one.keys()
            assert {"source", "confidence"} <= one["commodity"].keys()
            assert one["reference"]["document"]["uri"].startswith("urn:sha256:")  # no path of this machine
            assert None not in [*one.values(), *one["reference"].values()]


def test_held_lines_stay_out_and_what_is_left_out_is_told(url: str, tmp_path: Path) -> None:
    done = export(url, tmp_path)
    comments = [
        one["reference"]["comment"] for site in sites(url, tmp_path).values() for one in site["mineral_inventory"]
    ]
    assert not any("Total Mineral Reserves" in comment for comment in comments)  # 3,812 kt: held
    assert "2 lines left out that have none of its categories" in done.stderr  # tailings and stockpiles
    assert "held lines, superseded estimates, checks and notes are not in it" in done.stderr


def test_names_of_views_are_refused(sqlite_url: str, tmp_path: Path) -> None:
    done = export(sqlite_url, tmp_path, "v_filings")
    assert (done.exit_code, "takes no names of views" in done.stderr) == (2, True)


def test_the_table_of_entities_names_things_as_the_program_does() -> None:
    """A misspelt symbol would leave its lines without an entity, and nobody would see it."""
    known = entities()
    means = {entry.means for entry in lexicon("commodities").entries}
    assert {*known["commodities"], *known["forms"]} <= means
    assert set(known["units"]) <= set(UNITS)
    assert set(known["categories"]) <= set(Category)

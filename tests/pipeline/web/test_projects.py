"""A project's pages: what is current, how it changed, and how it depends on the cut-off."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from pipeline.web.curves import HEIGHT, WIDTH, cutoff_chart, history_charts
from pipeline.web.projects import AtCutoff, Estimate, GradeTonnage
from pipeline.web.workbench import Workbench
from tests.pipeline.web.conftest import ask, desk_at, visitor
from tests.pipeline.web.releases import write_releases

FIRST = Estimate(
    estimate_type="resource",
    category="indicated",
    commodity="Au",
    zone=None,
    material=None,
    is_total=False,
    tonnes=Decimal(8_400_000),
    grade=Decimal("1.31"),
    grade_unit="g/t",
    contained=Decimal(354),
    contained_unit="koz",
    cutoff="0.5 g/t Au",
    as_of_date="2018-12-31",
    status="sound",
    estimate_id="a",
    filename="a.txt",
    label="Indicated",
    held_lines=0,
    change=None,
    previous_date=None,
)
LATER = replace(FIRST, as_of_date="2021-06", tonnes=Decimal(11_900_000), estimate_id="b")


@pytest.fixture(scope="module")
def project_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("projects")
    engine = open_database(f"sqlite:///{folder}/orebook.db")
    ingest(engine, list(find_files(write_releases(folder))), workers=1)
    engine.dispose()
    return f"sqlite:///{folder}/orebook.db"


@pytest.fixture
def client(project_url: str, workbench: Workbench) -> TestClient:
    return visitor(desk_at(project_url, workbench))


def test_a_project_shows_its_estimates_over_time_and_by_cutoff(client: TestClient, project_url: str) -> None:
    (address,) = re.findall(r'href="(/projects/\w{16})"', client.get("/projects?q=slate").text)
    page = client.get(address).text
    assert page.count('<figure class="chart">') == 4  # tonnage, grade, metal; and the curve
    assert "+41.67 %" in page  # indicated from 8,400 to 11,900 kt
    assert "above 0.3 g/t Au" in page
    known = {str(key) for (key,) in ask(project_url, "SELECT estimate_id FROM v_estimates")}
    led_to = re.findall(r'href="/lines/(\w+)"', page)
    assert len(led_to) > 30
    assert set(led_to) <= known  # each figure leads to its line


def test_projects_are_found_by_name_and_issuer(client: TestClient) -> None:
    for words, found in (("slate ridge", 1), ("GOLD CORP", 1), ("%", 0), ("los santos", 0), ("", 1)):
        page = client.get("/projects", params={"q": words}).text
        assert page.count('href="/projects/') == found
    assert client.get("/projects/0000000000000000").status_code == 404


def test_a_line_over_time_runs_from_the_first_day_to_the_last() -> None:
    (commodity,) = history_charts([LATER, FIRST])
    assert commodity.title == "Au resource"
    (tonnage, grade, metal) = commodity.charts
    assert [chart.unit for chart in (tonnage, grade, metal)] == ["Mt", "g/t", "koz"]
    (series,) = tonnage.series
    (first, last) = series.points
    assert first.x < last.x
    assert first.y > last.y  # more is higher
    assert first.words == "indicated 2018-12-31: 8,400,000 t"
    assert [tick.label for tick in tonnage.below] == ["2019", "2020", "2021"]


def test_one_day_is_no_history_and_two_units_are_no_scale() -> None:
    assert history_charts([FIRST, replace(FIRST, category="inferred", estimate_id="b")]) == []
    assert history_charts([FIRST, replace(LATER, as_of_date=None)]) == []
    (commodity,) = history_charts([FIRST, replace(LATER, grade_unit="oz/t", contained_unit="Moz")])
    assert [chart.title for chart in commodity.charts] == ["Tonnage"]


def _hundredths(most: int) -> st.SearchStrategy[Decimal]:
    return st.integers(0, most).map(lambda number: Decimal(number) / 100)


points = st.builds(AtCutoff, _hundredths(10**4), _hundredths(10**13), _hundredths(10**7), st.just("a"))


@settings(deadline=None)
@given(st.lists(points, min_size=3, max_size=12))
def test_a_curve_stays_in_its_frame_and_goes_up_with_its_figures(drawn: list[AtCutoff]) -> None:
    curve = GradeTonnage("a.txt", None, "indicated", "Au", "", "g/t", "g/t", tuple(drawn))
    chart = cutoff_chart(curve)
    ordered = sorted(drawn, key=lambda point: point.cutoff)
    for series, figures in zip(chart.series, ([p.tonnes for p in ordered], [p.grade for p in ordered]), strict=True):
        assert all(0 < p.x < WIDTH and 0 < p.y < HEIGHT for p in series.points)
        highest = max(range(len(figures)), key=lambda n: figures[n])
        assert series.points[highest].y == min(p.y for p in series.points)

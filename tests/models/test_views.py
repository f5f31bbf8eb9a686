"""The public views: their names and columns are a promise, and the dictionary is made from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.dictionary import dictionary
from models.view import View
from models.views import VIEWS

# What staff's queries rest on: columns may be added at the end, none may go, move or change its name.
PROMISED = {
    "v_filings": "filing_id filename sha256 source_uri document_type language issuer tickers project title "
    "release_date effective_date report_date page_count status error estimate_rows held_rows ingested_at "
    "extractor_version",
    "v_estimates": "filing_id filename issuer project release_date effective_date estimate_id table_number line_number "
    "page label estimate_type category zone material is_total cutoff_value cutoff_unit cutoff_commodity tonnage "
    "tonnage_unit tonnes commodity grade grade_unit contained contained_unit grade_ppm contained_kg status source_text",
    "v_held": "filing_id filename issuer project release_date effective_date estimate_id table_number line_number "
    "page label estimate_type category zone material is_total cutoff_value cutoff_unit cutoff_commodity tonnage "
    "tonnage_unit tonnes commodity grade grade_unit contained contained_unit grade_ppm contained_kg status source_text "
    "reasons",
    "v_checks": "filing_id filename estimate_id commodity relation reported low high unit outcome explanation",
    "v_cutoffs": "filing_id filename issuer project value value_max unit commodity operator estimate_types categories "
    "materials zones basis page source_text",
    "v_qualified_persons": "filing_id filename issuer project person_id name credentials affiliation independent role "
    "page source_text",
    "v_footnotes": "filing_id filename table_number marker text kind line_number page",
    "v_claims": "filing_id filename kind text estimate_type category commodity tonnes grade grade_unit contained "
    "contained_unit percent outcome explanation page",
    "v_findings": "filing_id filename rule severity finding page source_text",
}


@pytest.mark.parametrize("name", PROMISED)
def test_a_view_keeps_its_columns_in_order(name: str) -> None:
    promised = PROMISED[name].split()
    columns = next([column.name for column in view.columns] for view in VIEWS if view.name == name)
    assert columns[: len(promised)] == promised


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: str(view.name))
def test_a_view_and_each_of_its_columns_say_what_they_mean(view: View) -> None:
    names = [column.name for column in view.columns]
    assert len(set(names)) == len(names)
    assert all(said.endswith(".") for said in (view.description, *(column.description for column in view.columns)))


def test_the_data_dictionary_is_what_the_code_gives() -> None:
    written = Path(__file__).resolve().parents[2] / "models" / "data_dictionary.md"
    assert written.read_text(encoding="utf-8") == dictionary(), (
        "run: python -m models.dictionary > models/data_dictionary.md"
    )

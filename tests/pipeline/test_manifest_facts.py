"""What manifests state of filings: it stands in the views before what was read, and disagreements are findings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from models.filing import StatedFacts
from pipeline.commit import commit_filing
from pipeline.database import open_database
from pipeline.manifest_facts import compare_facts, record_facts, record_known_facts
from tests.database.samples import ASSESSMENT, DISCLOSURE, FACTS, FILING
from tests.database.views import Rows, view

STATED = StatedFacts(
    stated_by="list.csv line 2",
    issuer="Example Royalty Corp.",  # the document prints Example Mines Ltd.
    sedar_profile="000012345",
    filing_type="Technical report(s) (NI 43-101)",
    document_type="technical_report",
    language="en",
    filed_date="2013-12-20",
    release_date="2013-12-19",  # the document prints December 2013
    effective_date="2013-06-03",
)


@pytest.fixture
def engine(database_url: str) -> Engine:
    opened = open_database(database_url)
    with opened.begin() as connection:
        commit_filing(connection, FILING, FACTS, DISCLOSURE, ASSESSMENT, "1", modified_ns=7)
    return opened


def state(engine: Engine, stated: StatedFacts, uri: str = FILING.source_uri) -> None:
    with engine.begin() as connection:
        record_known_facts(connection, {uri: stated})
        compare_facts(connection)


def disagreements(engine: Engine) -> Rows:
    return [row for row in view(engine, "v_findings") if row["rule"] == "manifest"]


def test_what_a_manifest_states_counts_before_what_was_read(engine: Engine) -> None:
    state(engine, STATED)
    (filing,) = view(engine, "v_filings")
    expected = {
        "issuer": "Example Royalty Corp.",
        "document_type": "technical_report",
        "release_date": "2013-12-19",
        "effective_date": "2013-06-03",
        "report_date": None,  # neither states it
        "project": "Example",  # read
        "sedar_profile": "000012345",
        "filing_type": "Technical report(s) (NI 43-101)",
        "filed_date": "2013-12-20",
        "stated_by": "list.csv line 2",
    }
    assert {name: filing[name] for name in expected} == expected
    for name in ("v_estimates", "v_held"):
        lines = {(row["issuer"], row["release_date"], row["effective_date"]) for row in view(engine, name)}
        assert lines == {("Example Royalty Corp.", "2013-12-19", "2013-06-03")}, name
    for name in ("v_cutoffs", "v_qualified_persons"):
        assert {row["issuer"] for row in view(engine, name)} == {"Example Royalty Corp."}, name


def test_what_hangs_on_the_issuer_follows_a_manifest(engine: Engine) -> None:
    for stated in (STATED, StatedFacts("list.csv line 2", sedar_profile="000012345")):
        state(engine, stated)
        with engine.connect() as connection:
            known = connection.scalars(text("SELECT name FROM entities WHERE kind = 'issuer'")).all()
        assert known == [stated.issuer or "Example Mines Ltd."]


def test_a_disagreement_is_a_finding_with_both_values_and_the_place_in_the_document(engine: Engine) -> None:
    state(engine, STATED)
    found = {str(row["finding"]): (row["source_text"], row["page"], row["severity"]) for row in disagreements(engine)}
    assert found == {
        "list.csv line 2 states the issuer Example Royalty Corp., the document reads Example Mines Ltd.": (
            "Example Mines Ltd.", None, "I",
        ),
        "list.csv line 2 states the document type technical_report, the document reads news_release": (
            "news_release", None, "I",
        ),
        "list.csv line 2 states the effective date 2013-06-03, the document reads 2013-06-30": (
            "June 30, 2013", 1, "I",
        ),
    }  # fmt: skip


@pytest.mark.parametrize(
    "agreeing",
    [
        StatedFacts("a"),  # nothing stated
        StatedFacts("a", issuer="EXAMPLE MINES LIMITED"),  # the same company
        StatedFacts("a", release_date="2013-12-19"),  # the document prints no day
        StatedFacts("a", report_date="2014-01-02"),  # the document prints none
        StatedFacts("a", language="en", document_type="news_release", effective_date="2013-06-30"),
    ],
)
def test_what_agrees_is_no_finding(engine: Engine, agreeing: StatedFacts) -> None:
    state(engine, agreeing)
    assert disagreements(engine) == []


def test_a_corrected_manifest_takes_the_place_of_the_one_before(engine: Engine) -> None:
    state(engine, STATED)
    state(engine, StatedFacts("list.csv line 3", issuer="Example Mines Ltd."))
    (filing,) = view(engine, "v_filings")
    assert (filing["issuer"], filing["sedar_profile"]) == ("Example Mines Ltd.", None)
    assert filing["effective_date"] == "2013-06-30"  # as read: the new manifest states none
    assert disagreements(engine) == []


def test_facts_outlive_a_new_reading_and_are_compared_with_it(engine: Engine) -> None:
    state(engine, STATED)
    issuer = replace(DISCLOSURE.issuer, name="Example Royalty Corporation")
    with engine.begin() as connection:
        commit_filing(connection, FILING, FACTS, replace(DISCLOSURE, issuer=issuer), ASSESSMENT, "2")
        compare_facts(connection)
    assert view(engine, "v_filings")[0]["issuer"] == "Example Royalty Corp."
    assert sum("issuer" in str(row["finding"]) for row in disagreements(engine)) == 0
    assert len(disagreements(engine)) == 2


def test_addresses_that_are_not_known_are_left_and_many_are_taken(engine: Engine) -> None:
    with engine.begin() as connection:
        many = {f"file:///inbox/{n}.pdf": STATED for n in range(33_000)}  # more than SQLite takes parameters
        record_known_facts(connection, {**many, FILING.source_uri: STATED})
        record_facts(connection, {})
    assert [row["stated_by"] for row in view(engine, "v_filings")] == ["list.csv line 2"]

"""What a manifest's lines are read as, and what is said of a broken one."""

from __future__ import annotations

import json
import re
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.filing import StatedFacts
from pipeline.errors import ManifestError
from pipeline.manifest import Entry, read_manifest
from tests.conftest import ROOT

HEADING = "path,issuer,sedar_profile,filing_type,language,filed_date\n"


def entries(text: str) -> tuple[Entry, ...]:
    return read_manifest("list.csv", text.encode()).entries


def test_a_csv_and_json_lines_say_the_same() -> None:
    stated = StatedFacts(
        stated_by="list.csv line 2",
        issuer="Mines d'Or Québec inc.",
        sedar_profile="000012345",
        filing_type="News releases - French",
        document_type="news_release",
        language="fr",
        filed_date="2020-06-03",
        effective_date="2020-05",
    )
    as_csv = (
        "Path,Company Name,Profile Number,Filing Type,Language,Date Filed,Effective Date\n"
        "a.pdf,Mines d'Or Québec inc.,000012345,News releases - French,Français,2020-06-03 17:05,2020-05\n"
    )
    values = {"issuer": "Mines d'Or Québec inc.", "sedar_profile": "000012345", "filing_type": "News releases - French"}
    more = {"address": "a.pdf", "language": "fr", "filed_date": "2020-06-03T17:05:00Z", "effective_date": "2020-05"}
    as_json = "\n" + json.dumps({**values, **more, "report_date": None}) + "\n"
    assert entries(as_csv) == entries(as_json) == (Entry(2, "a.pdf", stated),)
    assert entries("\ufeff" + as_csv.replace(",", ";")) == entries(as_csv)  # as Excel writes it in Canada
    assert entries(as_csv.replace("\n", "\r\n").replace(",", "\t")) == entries(as_csv)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a.pdf,A,1,,en,03/06/2020", "line 2, column 'filed_date': '03/06/2020' is no date"),  # of March or of June
        ("a.pdf,A,1,,en,2020-13-01", "line 2, column 'filed_date': '2020-13-01' is no date"),
        ("a.pdf,A,1,,en,2020-06-03 to 2020-06-09", "'2020-06-03 to 2020-06-09' is no date"),  # of two, which?
        ("a.pdf,A,1,,en,2020-06-03 09:00 2020-06-09", "'2020-06-03 09:00 2020-06-09' is no date"),
        ("a.pdf,A,1,,en,2020-02-30", "line 2, column 'filed_date': '2020-02-30' is no date"),
        ("a.pdf,A,1,,de,", "line 2, column 'language': 'de' is no language"),
        ("a.pdf,A,12a,,en,", "line 2, column 'sedar_profile': '12a' is no profile number"),
        (",A,1,,en,", "line 2, column 'address': is empty"),
        ("a.pdf,A\x1b[31m,1,,en,", "line 2, column 'issuer': holds a control character"),
        ("a.pdf,A,1,,en", "line 2, column 5: 5 cells, not 6"),  # a download that broke off
        ("a.pdf,Gold, Inc.,1,,en,", "line 2, column 6: 7 cells, not 6"),  # a comma without quotes
        ('a.pdf,"A,1,,en,', "line 2, column 'path' or later: is no CSV"),  # a quote that never ends
        ('{"path": "a.pdf",}', "line 1, column 18: is no JSON"),
        ('{"path": ["a.pdf"]}', "line 1, column 'path': is neither a text nor a whole number"),
        ('{"path": "a.pdf", "file": "b.pdf"}', "line 1, column 'file': another column says the same"),
        ('{"path": "a.pdf", "issuer": "A", "issuer": "B"}', "line 1, column 'issuer': stands there twice"),
        ('{"path": "a.pdf", "sedar_profile": ' + "9" * 5000 + ".5}", "column 'sedar_profile': is neither a text nor"),
        ('{"a": ' * 100_000, "line 1, column"),
    ],
)
def test_a_broken_line_names_line_and_column_and_costs_no_other(line: str, said: str) -> None:
    good = '{"path": "b.pdf"}' if line.startswith("{") else "b.pdf,B,,,,"
    text = f"{line}\n{good}\n" if line.startswith("{") else f"{HEADING}{line}\n{good}\n"
    broken, *others = entries(text)
    assert said in str(broken.error)
    assert str(broken.error).startswith("list.csv, ")
    if "never ends" not in said and "is no CSV" not in said:  # an open quote takes the rest of the file
        assert [entry.address for entry in others] == ["b.pdf"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "list.csv, line 1: has no column of addresses"),
        (b"issuer,language\nA,en\n", "has no column of addresses"),
        (b"path,issuer,company\na.pdf,A,B\n", "line 1, column 'issuer': stands there twice"),
        ("path,issuer\na.pdf,A\nb.pdf,Qu\xe9bec\n".encode("latin-1"), "list.csv, line 3: is not UTF-8"),
        (b"\xff\xfep\x00", "line 1: is not UTF-8"),
    ],
)
def test_what_is_no_manifest_is_refused_as_a_whole(content: bytes, said: str) -> None:
    with pytest.raises(ManifestError, match=said):
        read_manifest("list.csv", content)


def test_a_number_of_any_length_is_kept_as_it_is_written() -> None:
    (entry,) = entries('{"path": "a.pdf", "sedar_profile": ' + "9" * 5000 + "}")
    assert entry.stated.sedar_profile == "9" * 5000


@pytest.mark.parametrize("time", ["", " 17:05", "T17:05:00Z", "T17:05:00.123-05:00", " 9:05 EST", " 5:05 PM"])
def test_a_day_may_have_its_time(time: str) -> None:
    (entry,) = entries(f"path,date filed\na.pdf,2020-06-03{time}\n")
    assert (entry.stated.filed_date, entry.error) == ("2020-06-03", None)


def test_a_file_that_two_lines_name_is_taken_once_unless_they_disagree() -> None:
    first, other = entries(HEADING + "a.pdf,A,,,,\na.pdf,A,,,,\na.pdf,B,,,,\n")
    assert (first.line, first.error) == (2, None)
    assert other.error == "list.csv, line 4, column 'address': line 2 states other facts of this file"


def test_a_quoted_cell_may_run_over_lines_and_the_next_line_keeps_its_number() -> None:
    good, broken = entries('path,size\n"a.pdf","1\n2"\nb.pdf\n')
    assert (good.address, good.line) == ("a.pdf", 2)
    assert "line 4" in str(broken.error)


def test_columns_that_are_not_known_are_told() -> None:
    assert read_manifest("list.csv", b"path,size,isuer\na.pdf,3,A\n").unused == ("size", "isuer")
    assert read_manifest("list.jsonl", b'{"path": "a.pdf", "isuer": "A"}').unused == ("isuer",)


@pytest.mark.parametrize(
    ("printed", "means"),
    [
        ("News releases - English", "news_release"),
        ("Technical report(s) (NI 43-101) - English", "technical_report"),
        ("TECHNICAL REPORT (NI 43-101)", "technical_report"),
        ("Rapports techniques", "technical_report"),
        ("Management's discussion and analysis", "other"),
        ("Prospectus", None),  # a type that the vocabulary does not know leaves it to the reading
    ],
)
def test_a_type_of_sedar_says_which_kind_of_document_it_is(printed: str, means: str | None) -> None:
    (entry,) = entries(f"path,filing_type\na.pdf,{printed}\n")
    assert (entry.stated.filing_type, entry.stated.document_type) == (printed, means)


@given(st.text(alphabet=st.sampled_from('path,issuer"\n\r\x00{}[]:;\té2020-0'), max_size=120))
def test_any_text_gives_lines_or_an_error_of_ours(text: str) -> None:
    try:
        found = read_manifest("list.csv", text.encode())
    except ManifestError as error:
        assert "list.csv, line" in str(error)  # noqa: PT017  a text may also be a manifest
    else:
        assert all(bool(entry.address) is not bool(entry.error) for entry in found.entries)


def test_the_manifests_of_the_manual_are_read_as_it_says() -> None:
    manual = (ROOT / "pipeline" / "OPERATE.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^  ```\n(.*?)^  ```", manual, re.MULTILINE | re.DOTALL)
    shown = [read_manifest("shown", dedent(block).encode()) for block in blocks]
    assert [(len(manifest.entries), manifest.unused) for manifest in shown] == [(2, ()), (1, ())]
    assert [entry.error for manifest in shown for entry in manifest.entries] == [None] * 3
    assert shown[0].entries[1].stated.document_type == "technical_report"

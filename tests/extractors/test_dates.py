"""Dates: which is the estimate's, which the release's, which the report's, and which is none of them."""

from __future__ import annotations

import pytest

from extractors.dates import read_dates
from extractors.printed_dates import dates_in
from models.disclosure import PrintedDate
from tests.extractors.documents import document, grid, of_blocks

PRINTED = [
    # every way to print one day
    ("June 30, 2013", ["2013-06-30"]),
    ("20th January, 2025", ["2025-01-20"]),
    ("30 June 2013", ["2013-06-30"]),
    ("September 30,2022", ["2022-09-30"]),
    ("le 31 décembre 2022", ["2022-12-31"]),
    ("1er mars 2020", ["2020-03-01"]),
    ("02/24/12", ["2012-02-24"]),
    ("25.02.2012", ["2012-02-25"]),
    # a month alone is a partial date, never the first of the month
    ("July 2019", ["2019-07"]),
    # a table's number is no day
    ("Table 1 - December 2014", ["2014-12"]),
    # impossible dates and years give nothing
    ("February 22, 1010", []),
    ("31 September 2019", []),
]


@pytest.mark.parametrize(("printed", "expected"), PRINTED)
def test_a_printed_date_becomes_iso(printed: str, expected: list[str]) -> None:
    assert [iso for _, _, iso in dates_in(printed)] == expected


ROLES = [
    # effective date of the estimate beside those of standards and of data
    (
        "The estimate has an effective date of May 1, 2023 and follows the CIM standards (May 10, 2014).",
        "2023-05-01",
        None,
    ),
    ("The data cut-off date is June 30, 2023; the estimate is effective September 30, 2023.", "2023-09-30", None),
    ("Reserves were estimated as at December 31, 2021.", "2021-12-31", None),
    # the report's own date beside its effective date; amended versions count last
    (
        "See the technical report dated March 17, 2023, with an effective date of February 28, 2023.",
        "2023-02-28",
        "2023-03-17",
    ),
    ("The technical report dated May 4, 2010, as amended June 8, 2010", None, "2010-06-08"),
    ("See the March 31, 2021 Technical Report.", None, "2021-03-31"),
    # a superseded estimate is not this one's
    ("Resources are effective December 31, 2024; prior estimates effective December 31, 2023.", "2024-12-31", None),
    # what is replaced, updated or compared with, before and behind its date, in either sentence
    (
        "The estimate has an effective date of May 1, 2025. It replaces the one with an effective date of May 1, 2022.",
        "2025-05-01",
        None,
    ),
    ("The resource estimate, effective May 1, 2025, updates the estimate effective May 1, 2022.", "2025-05-01", None),
    (
        "Resources effective May 1, 2025 grew 5% in a change from the estimate effective May 1, 2022.",
        "2025-05-01",
        None,
    ),
    ("Resources are effective May 1, 2025. Those effective May 1, 2022 were replaced in March.", "2025-05-01", None),
    ("Reserves as of May 1, 2025 replace the reserves as of May 1, 2024.", "2025-05-01", None),
    (
        "L'estimation est en vigueur le 1er mai 2025, en remplacement de celle en vigueur le 1er mai 2022.",
        "2025-05-01",
        None,
    ),
    ("Comparativement aux ressources en vigueur le 1er mai 2022, celles de Fox augmentent.", None, None),
    (
        "Les ressources sont en vigueur le 1er mai 2025. L'estimation en vigueur le 1er mai 2022 n'est plus valide.",
        "2025-05-01",
        None,
    ),
    (
        "The estimate is effective May 1, 2025; it updates the estimate effective May 1, 2022.",
        "2025-05-01",
        None,
    ),
    (
        "Les ressources en vigueur le 1er mai 2025 sont plus élevées que celles en vigueur le 1er mai 2022.",
        "2025-05-01",
        None,
    ),
    # a new clause behind what is replaced, and an owner who updates, have the date in force
    ("This estimate updates the previous estimate and is effective May 1, 2025.", "2025-05-01", None),
    ("Compared with the prior estimate, the resource with an effective date of May 1, 2025 is up.", "2025-05-01", None),
    ("Tall Pine updates the Mineral Resource Estimate of Fox, effective May 1, 2025.", "2025-05-01", None),
    ("L'estimation est supérieure de 20 % à la précédente et est en vigueur le 1er mai 2025.", "2025-05-01", None),
    ("L'estimation, qui remplace celle de 2022, a une date d'effet du 1er mai 2025.", "2025-05-01", None),
    # a filing date is no report date
    ("The technical report was filed on SEDAR on August 22, 2011.", None, None),
    ("Les réserves ont une date effective du 31 décembre 2021.", "2021-12-31", None),
    ("La date d'entrée en vigueur de l'estimation est le 15 mai 2023.", "2023-05-15", None),
    # dates in turn: the second has the role of the first; names of places part a role from its date
    ("The effective date of the Mineral Resource is May 1, 2021 for Bannock and June 2, 2020 for Cutler.", None, None),
    ("Effective dates: Fox deposit - 12 June 2019; Owl deposit - 12 June 2019.", "2019-06-12", None),
    ("Reserves are stated as of year-end 2021 (December 31, 2021).", "2021-12-31", None),
]


@pytest.mark.parametrize(("text", "effective", "report"), ROLES)
def test_the_words_before_a_date_give_its_role(text: str, effective: str | None, report: str | None) -> None:
    dates = read_dates(document("Some Mines Ltd. speaks of its estimate and the rest of it", text))
    assert (_iso(dates.effective), _iso(dates.report)) == (effective, report)


DATELINES = [
    ("TORONTO, March 30, 2020 (GLOBE NEWSWIRE) -- Some Mines Ltd. announces", "2020-03-30"),
    ("Vancouver, British Columbia--(Newsfile Corp. - June 14, 2023) - Some Mines Ltd.", "2023-06-14"),
    ("December 12, 2013 – Some Mines Ltd. announces", "2013-12-12"),
    ("Montréal (Québec) – le 8 janvier 2024 – Mines Quelconques annonce", "2024-01-08"),
    ("May 26, 2022", "2022-05-26"),
    ("St. John's, Newfoundland and Labrador, September 10, 2019. Some Mines Ltd. reports", "2019-09-10"),
    # a heading of many capitals is left at once: it can be parted into places in more ways than can be tried
    ("SOME MINES' DISCUSSION AND ANALYSIS for the three and six months ended June 30, 2023. Dated today", None),
    # a release's number beside its date
    ("NEWS RELEASE 22-07 MAY 9, 2022", "2022-05-09"),
    # a date inside a sentence is no dateline, nor is a date with another role
    ("Some Mines Ltd. acquired the project on May 26, 2022.", None),
    ("Effective Date: March 1, 2012", None),
]


@pytest.mark.parametrize(("text", "expected"), DATELINES)
def test_the_dateline_gives_the_release_date(text: str, expected: str | None) -> None:
    assert _iso(read_dates(document("Some Mines reports", text)).release) == expected


def test_two_estimates_with_two_dates_leave_the_effective_date_open() -> None:
    both = document(
        "The resources of the leach pad have an effective date of June 29, 2017.",
        "The resources of the open pit have an effective date of November 30, 2017.",
    )
    assert read_dates(both).effective is None


def test_prose_wins_over_the_prior_year_in_a_tables_rows() -> None:
    rows = grid(("Reserves as of September 30, 2022", "12"), ("Reserves as of September 30, 2023", "11"))
    mixed = of_blocks(*document("Reserves were 11 Moz as of September 30, 2023.").blocks, rows)
    assert _iso(read_dates(mixed).effective) == "2023-09-30"


def _iso(date: PrintedDate | None) -> str | None:
    return date.iso if date else None

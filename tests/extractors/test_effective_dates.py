"""Effective dates by what they are of: each passage with the date of every line of its tables."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors import extract
from extractors.date_binding import bind_dates
from models.disclosure import Disclosure, EffectiveDate
from tests.extractors.grids import document, grid

HEAD = "Category | Tonnes (kt) | Au (g/t) | Gold (koz)"
RESOURCES = ("Mineral Resource Estimate", (HEAD, "Indicated | 2,000 | 1.50 | 96", "Inferred | 500 | 1.00 | 16"))
RESERVES = ("Mineral Reserve Estimate", (HEAD, "Probable | 1,500 | 1.40 | 68"))
BOTH = (*RESOURCES, *RESERVES)
DEPOSITS = (
    "Mineral Resources of the Company",
    (
        "Deposit | Category | Tonnes (kt) | Au (g/t) | Gold (koz)",
        "Alder | Inferred | 1,000 | 2.00 | 64",
        "Birch | Inferred | 2,000 | 1.50 | 96",
        "Total | Inferred | 3,000 | 1.67 | 160",
    ),
)
DATED = "Project | Category | Tonnes (kt) | Au (g/t) | Gold (koz) | Effective Date"
TETE = "Catégorie | Tonnes (kt) | Au (g/t) | Or (koz)"
RESSOURCES = ("Ressources minérales", (TETE, "Indiquées | 2 000 | 1,50 | 96", "Présumées | 500 | 1,00 | 16"))
RESERVES_FR = ("Réserves minérales", (TETE, "Probables | 1 500 | 1,40 | 68"))
LES_DEUX = (*RESSOURCES, *RESERVES_FR)
JUNE, DECEMBER = "2023-06-30", "2023-12-31"
STATED = "Mineral Resources are effective June 30, 2023. Mineral Reserves are effective December 31, 2023."
APART = [JUNE, JUNE, DECEMBER]

Blocks = tuple[str | tuple[str, ...], ...]

PASSAGES: list[tuple[Blocks, Sequence[str | None]]] = [
    # ---- by type ----
    (
        (
            "The Mineral Resource estimate has an effective date of June 30, 2023; Mineral Reserves are as of "
            "December 31, "
            "2023.",
            *BOTH,
        ),
        APART,
    ),
    (
        (
            "The Mineral Resources and Mineral Reserves have effective dates of June 30, 2023 and December 31, 2023, "
            "respectively.",
            *BOTH,
        ),
        APART,
    ),
    (
        (
            "The effective date is June 30, 2023 for the Mineral Resources and December 31, 2023 for the Mineral "
            "Reserves.",
            *BOTH,
        ),
        APART,
    ),
    (
        (
            "The effective dates of the estimates are as follows:",
            "- Mineral Resources: June 30, 2023",
            "- Mineral Reserves: December 31, 2023",
            *BOTH,
        ),
        APART,
    ),
    # a report's own effective date is no estimate's where these have theirs
    (
        (
            "The technical report titled Alder Feasibility Study has an effective date of March 15, 2024. The Mineral "
            "Resource estimate therein is effective June 30, 2023, and the Mineral Reserve estimate is effective "
            "December 31, 2023.",
            *BOTH,
        ),
        APART,
    ),
    # the cells of a title page
    (
        (
            (
                "Effective Date of Mineral Resources | June 30, 2023",
                "Effective Date of Mineral Reserves | December 31, 2023",
                "Report Date | February 10, 2024",
            ),
            *BOTH,
        ),
        APART,
    ),
    # ---- by property, mining method ----
    (
        (
            "The effective dates of the estimates are June 30, 2023 for Alder and December 31, 2023 for Birch.",
            *DEPOSITS,
        ),
        [JUNE, DECEMBER, None],
    ),
    (
        (
            "Mineral Resources are stated as of June 30, 2023, except for the Birch deposit, which is effective "
            "December 31, "
            "2023.",
            *DEPOSITS,
        ),
        [JUNE, DECEMBER, JUNE],
    ),
    (
        (
            "Open pit Mineral Resources are effective as of June 30, 2023.",
            "Underground Mineral Resources are effective as of December 31, 2023.",
            "Mineral Resources",
            (
                HEAD,
                "Open Pit | | |",
                "Indicated | 1,000 | 2.00 | 64",
                "Underground | | |",
                "Inferred | 500 | 1.00 | 16",
            ),
        ),
        [JUNE, DECEMBER],
    ),
    # ---- by the table that prints them ----
    (
        (
            *RESOURCES,
            "1. The effective date of the estimate is June 30, 2023.",
            *RESERVES,
            "1. The effective date of the estimate is December 31, 2023.",
        ),
        APART,
    ),
    (
        (
            "Mineral Resources, exclusive of Mineral Reserves, as at June 30, 2023",
            RESOURCES[1],
            "Mineral Reserves as of December 31, 2023",
            RESERVES[1],
        ),
        APART,
    ),
    (
        (
            "Table 1: Mineral Resource Statement, Alder Project, Ontario, June 30, 2023",
            RESOURCES[1],
            "Table 2: Mineral Reserve Statement, Alder Project, Ontario, December 31, 2023",
            RESERVES[1],
        ),
        APART,
    ),
    (
        (
            *DEPOSITS,
            "Notes: 1. CIM definitions were followed. 2. The effective date for the Alder MRE is June 30, "
            "2023. The effective date for the Birch MRE is December 31, 2023.",
        ),
        [JUNE, DECEMBER, None],
    ),
    (
        (
            "Mineral Resources",
            (DEPOSITS[1][0], "Alder (1) | Inferred | 1,000 | 2.00 | 64", "Birch (2) | Inferred | 2,000 | 1.50 | 96"),
            "(1) Effective date of June 30, 2023.",
            "(2) Effective date of December 31, 2023.",
        ),
        [JUNE, DECEMBER],
    ),
    (
        (
            "Mineral Resources",
            (
                DATED,
                "Alder | Inferred | 1,000 | 2.00 | 64 | June 30, 2023",
                "Birch | Inferred | 2,000 | 1.50 | 96 | December 31, 2023",
            ),
        ),
        [JUNE, DECEMBER],
    ),
    (
        (
            "Mineral Resources and Mineral Reserves",
            (
                HEAD,
                "Mineral Resources (as of June 30, 2023) | | |",
                "Indicated | 2,000 | 1.50 | 96",
                "Mineral Reserves (as of December 31, 2023) | | |",
                "Probable | 1,500 | 1.40 | 68",
            ),
        ),
        [JUNE, DECEMBER],
    ),
    # the table's own counts before what is said of all
    (
        (
            "The Mineral Resources of the Company are as of December 31, 2023.",
            *RESOURCES,
            "1. The effective date of the estimate is June 30, 2023.",
        ),
        [JUNE, JUNE],
    ),
    # ---- French ----
    (
        (
            "Les ressources minérales sont en date du 30 juin 2023; les réserves minérales sont en vigueur au 31 "
            "décembre "
            "2023.",
            *LES_DEUX,
        ),
        APART,
    ),
    (
        (
            "Les ressources minérales et les réserves minérales ont des dates d'effet du 30 juin 2023 et du 31 "
            "décembre "
            "2023, respectivement.",
            *LES_DEUX,
        ),
        APART,
    ),
    (
        (
            *RESSOURCES,
            "1. La date d'effet de l'estimation est le 30 juin 2023.",
            "2. Les prix des métaux sont ceux en date du 1er mai 2023.",
            *RESERVES_FR,
            "1. La date d'effet de l'estimation est le 31 décembre 2023.",
        ),
        APART,
    ),
    # ---- dates of something else ----
    (
        (
            "The drill hole database was closed on March 1, 2023. Metal prices are as of May 31, 2023. The Mineral "
            "Resource "
            "estimate is effective June 30, 2023.",
            "A technical report dated August 14, 2023 was filed on August 15, 2023. "
            "See the news release dated July 4, 2023.",
            "Mineral Reserves are reported as at December 31, 2023, using topography as of November 30, 2023.",
            *BOTH,
        ),
        APART,
    ),
    (
        (
            "The Mineral Resource estimate is effective June 30, 2023 and replaces the estimate with an effective "
            "date of "
            "May 1, 2022. The Mineral Reserve estimate, effective December 31, 2023, is unchanged.",
            *BOTH,
        ),
        APART,
    ),
    (
        (
            "Effective May 17, 2016, Greenstone Resources Ltd. acquired the lease. Mineral Resources are "
            "effective June 30, 2023.",
            ("Selected information | Cash | Debt", "Year ended May 31, 2024 | 1,000 | 20"),
            *RESOURCES,
        ),
        [JUNE, JUNE],
    ),
    # another subject of a sentence that names resources, or a standard's date
    (
        (
            "As of March 31, 2024, the Company had cash of $5 million and Mineral Reserves for ten years of mining.",
            STATED,
            *BOTH,
        ),
        APART,
    ),
    (("The claims that host the Mineral Resource are in good standing as of February 1, 2024.", STATED, *BOTH), APART),
    (("For the year ended March 31, 2024, the Company reports Mineral Reserves.", STATED, *BOTH), APART),
    (("The Mineral Resource is depleted to the mined surface as of May 31, 2023.", STATED, *BOTH), APART),
    (
        ("The CIM Definition Standards for Mineral Resources (effective May 10, 2014) were followed.", STATED, *BOTH),
        APART,
    ),
    (("Mineral Resources are disclosed under NI 43-101, as amended effective June 30, 2011.", STATED, *BOTH), APART),
    # ---- no guess ----
    # a date that is stated for reserves alone is none of resources, in prose or in the notes of their table
    (("Year-end Mineral Reserves are reported as of December 31, 2023.", *BOTH), [None, None, DECEMBER]),
    ((*RESERVES, "1. The effective date is December 31, 2023.", *RESOURCES), [DECEMBER, None, None]),
    # ... nor is that of one deposit that of another, or of a total of both
    (("The Alder Mineral Resource estimate has an effective date of June 30, 2023.", *DEPOSITS), [JUNE, None, None]),
    (
        (
            "Tall Pine Mines Ltd. reports on its Fir Project",
            "The Mineral Resources of the Alder deposit are effective June 30, 2023.",
            *("Mineral Resources of Alder", RESOURCES[1], "Mineral Resources of Birch", RESOURCES[1]),
        ),
        [JUNE, JUNE, None, None],
    ),
    # the notes of a table leave its total open: what is said of another property is none of it
    (
        (
            "The Mineral Resource estimate at Fir is effective May 1, 2020.",
            *DEPOSITS,
            "1. The effective date of the Alder estimate is June 30, 2023, and of the Birch estimate December 31, "
            "2023.",
        ),
        [JUNE, DECEMBER, None],
    ),
    # the date of one row leaves the other rows that of the document
    (
        (
            "Mineral Resources are effective June 30, 2023. Mineral Reserves are effective December 31, 2023.",
            *(
                "Mineral Reserves",
                (HEAD, "Probable | 1,500 | 1.40 | 68", "Stockpile as of May 31, 2023 | 100 | 1.00 | 3"),
            ),
        ),
        [DECEMBER, "2023-05-31"],
    ),
    # a caption's day without a word on what it is has to agree with what is said
    (
        (
            "Mineral Resources are effective May 1, 2020. Mineral Reserves are effective May 31, 2020.",
            *("Table 1: Mineral Resource Statement, Fir Project, June 30, 2023", RESOURCES[1]),
        ),
        [None, None],
    ),
    # ... while a name that no line has may be that of all
    (("The Tall Pine Mineral Resource estimate has an effective date of June 30, 2023.", *DEPOSITS), [JUNE] * 3),
    # ... and a date that is stated for estimates is that of both types
    (("The estimates are effective December 31, 2023.", *BOTH), [DECEMBER] * 3),
    (("All Mineral Resources are as at June 30, 2023 other than Birch (December 31, 2023).", *DEPOSITS), [None] * 3),
    (
        (
            "The Mineral Resource estimate has an effective date of June 30, 2023.",
            "The effective date of the Mineral Resource estimate is July 31, 2023.",
            "Mineral Reserves are as of December 31, 2023.",
            *BOTH,
        ),
        [None, None, DECEMBER],
    ),
    (("The estimates are effective June 30, 2023 and December 31, 2023.", *BOTH), [None, None, None]),
    # a caption's month, or day of release, may be that of publication
    (
        (
            "Toronto, June 30, 2023 - Tall Pine Mines Ltd. reports",
            "May 2023 Mineral Resource Estimate",
            RESOURCES[1],
            "Mineral Reserve Estimate, June 30, 2023",
            RESERVES[1],
        ),
        [None, None, None],
    ),
    # a month agrees with a day of it
    (
        (
            "Mineral Resources are as of June 2023. The effective date of the Mineral Resource estimate is June 30, "
            "2023.",
            *RESOURCES,
        ),
        [JUNE, JUNE],
    ),
]


def read(blocks: Blocks) -> Disclosure:
    return extract(document(*(grid(*block) if isinstance(block, tuple) else block for block in blocks)))


@pytest.mark.parametrize(("blocks", "expected"), PASSAGES)
def test_each_line_has_the_date_of_its_estimate(blocks: Blocks, expected: Sequence[str | None]) -> None:
    read_as = read(blocks)
    own = {dated.line.key: dated.date and dated.date.iso for dated in bind_dates(read_as)}
    whole = read_as.dates.effective
    assert [own.get(line.key, whole and whole.iso) for line in read_as.lines] == list(expected)


def test_a_date_has_the_sentence_that_states_it_and_what_it_is_of() -> None:
    said = (
        "The Mineral Resource estimate has an effective date of June 30, 2023; Mineral Reserves are as of May 31, 2023."
    )
    stated = read((said, *BOTH)).effective_dates
    assert [(date.iso, date.scope.types, date.quote.text) for date in stated] == [
        (JUNE, ("resource",), said),
        ("2023-05-31", ("reserve",), said),
    ]


def test_a_line_keeps_the_cell_that_prints_its_date() -> None:
    dated = bind_dates(read(("Mineral Resources", (DATED, "Alder | Inferred | 1,000 | 2.00 | 64 | June 30, 2023"))))
    assert [(d.date and (d.date.quote.text, d.date.quote.place.span)) for d in dated] == [("June 30, 2023", (105, 106))]


def test_an_earlier_estimate_takes_no_date_of_this_one() -> None:
    compared = (
        "Category | Tonnes (kt) | | Au (g/t) | | Au (koz) |",
        " | 2024 | 2022 | 2024 | 2022 | 2024 | 2022",
        "Indicated | 1,000 | 800 | 5.0 | 5.0 | 161 | 129",
    )
    read_as = read(("Resources as of May 1, 2024. Reserves as of May 2, 2024.", "Mineral resources compared", compared))
    earlier = [line.key for line in read_as.lines if line.is_earlier]
    assert earlier
    assert not {dated.line.key for dated in bind_dates(read_as)} & set(earlier)


def test_dates_of_one_estimate_need_no_binding() -> None:
    read_as = read(("The Mineral Resources are effective June 30, 2023.", *RESOURCES))
    assert bind_dates(read_as) == ()
    assert isinstance(read_as.effective_dates[0], EffectiveDate)

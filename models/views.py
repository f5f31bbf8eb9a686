"""The public views that research staff query: each column with its expression and its meaning, in one place.

One text serves both databases but for the type of numbers. Only the current extraction of a filing is seen. A view
keeps its name, its columns and their meaning, and gains columns only at its end.
"""

from __future__ import annotations

from models.estimate_views import CHECKS, ESTIMATES, HELD
from models.place_views import CORRECTIONS, LINE_VERSIONS, LOCATIONS, PLACES
from models.research_views import RESEARCH_VIEWS
from models.text_views import TEXTS
from models.view import FILING, ISSUER, PAGE, SOURCE_TEXT, STATED, Column, View, current, number

FILINGS = View(
    "v_filings",
    "One row per filed document.",
    (
        Column(
            "filing_id", "f.filing_id", "The filing, known by its bytes: the same file anywhere is the same filing."
        ),
        FILING[1],
        Column("sha256", "f.sha256", "SHA-256 of the document's bytes."),
        Column("source_uri", "f.source_uri", "Where the document was last found anew."),
        Column(
            "document_type", "COALESCE(s.document_type, x.document_type)", "news_release, technical_report or other."
        ),
        Column("language", "COALESCE(s.language, x.language)", "en or fr."),
        ISSUER[0],
        Column("tickers", "x.tickers", "Ticker symbols as printed, comma-separated."),
        ISSUER[1],
        Column("title", "x.title", "Title or headline."),
        Column(
            "release_date",
            "COALESCE(s.release_date, released.iso)",
            "Date of the release, ISO; without a day where none is printed.",
        ),
        Column("effective_date", "COALESCE(s.effective_date, effective.iso)", "Effective date of the estimate, ISO."),
        Column("report_date", "COALESCE(s.report_date, reported.iso)", "Date of the technical report, ISO."),
        Column("page_count", "x.page_count", "Number of pages; NULL where the source has none."),
        Column("status", "x.status", "extracted, no_estimates (it was read and states none) or failed."),
        Column("error", "x.error", "Why a failed filing could not be read."),
        Column(
            "estimate_rows",
            "(SELECT COUNT(*) FROM v_estimates e WHERE e.filing_id = f.filing_id)",
            "Its rows in v_estimates.",
        ),
        Column("held_rows", "(SELECT COUNT(*) FROM v_held h WHERE h.filing_id = f.filing_id)", "Its rows in v_held."),
        Column("ingested_at", "x.extracted_at", "When it was read, UTC."),
        Column("extractor_version", "x.extractor_version", "Version of the program that read it."),
        Column("sedar_profile", "s.sedar_profile", "Profile number on SEDAR+, as a manifest states it."),
        Column("filing_type", "s.filing_type", "Type of the filing, as a manifest states it."),
        Column("filed_date", "s.filed_date", "When it was filed, ISO, as a manifest states it."),
        Column(
            "stated_by",
            "s.stated_by",
            "The manifest and its line; what it states stands here and in the other views before what the document was "
            "read as, and v_findings tells where the two disagree. NULL where no manifest names the filing.",
        ),
    ),
    """
FROM filings f
JOIN extractions x ON x.filing_id = f.filing_id AND x.superseded_at IS NULL
LEFT JOIN manifest_facts s ON s.filing_id = f.filing_id
LEFT JOIN dates released ON released.extraction_id = x.extraction_id AND released.kind = 'release'
LEFT JOIN dates effective ON effective.extraction_id = x.extraction_id AND effective.kind = 'effective'
LEFT JOIN dates reported ON reported.extraction_id = x.extraction_id AND reported.kind = 'report'
""",
)

CUTOFFS = View(
    "v_cutoffs",
    "One row per stated cut-off.",
    (
        *FILING,
        *ISSUER,
        Column("value", number("r.value"), "The cut-off as printed, in unit; of a range its lower end."),
        Column("value_max", number("r.value_max"), "Upper end of a range, else NULL."),
        Column("unit", "r.unit", "As printed: a grade unit, CAD/t, USD/t and the like for a value per tonne, or mm."),
        Column("commodity", "r.commodity", "NULL for a value per tonne, such as a net smelter return."),
        Column("operator", "r.operator", "How a block compares with the cut-off: >= or >."),
        Column("estimate_types", "r.estimate_types", "Estimate types it applies to, comma-separated; empty: all."),
        Column("categories", "r.categories", "Categories it applies to, comma-separated; empty: all."),
        Column("materials", "r.materials", "Materials it applies to, comma-separated; empty: all."),
        Column("zones", "r.zones", "Zones it applies to, as printed, comma-separated; empty: all."),
        Column("basis", "r.basis", "What is cut off: NSR, COG and the like, or NULL."),
        PAGE,
        SOURCE_TEXT,
    ),
    current("cutoffs", then=STATED),
)

EFFECTIVE_DATES = View(
    "v_effective_dates",
    "One row per stated effective date of estimates, with what it is of. v_estimates has the date of each line.",
    (
        *FILING,
        *ISSUER,
        Column("effective_date", "r.iso", "The date, ISO; without a day where none is printed."),
        Column("table_number", "r.table_number", "The estimate table that prints it, in its caption, frame or notes."),
        Column("estimate_types", "r.estimate_types", "Estimate types it is of, comma-separated; empty: all."),
        Column("categories", "r.categories", "Categories it is of, comma-separated; empty: all."),
        Column("materials", "r.materials", "Materials it is of, comma-separated; empty: all."),
        Column("zones", "r.zones", "Zones or properties it is of, as printed, comma-separated; empty: all."),
        PAGE,
        SOURCE_TEXT,
    ),
    current("estimate_dates", then=STATED),
)

# A line's own cut-off has no row in line_cutoffs: it stands in the line.
_APPLIED = """
LEFT JOIN line_cutoffs k ON k.extraction_id = r.extraction_id AND k.estimate_id = r.estimate_id
LEFT JOIN cutoffs c ON c.extraction_id = k.extraction_id AND c.number = k.cutoff_number
WHERE k.cutoff_number IS NOT NULL OR r.cutoff_value IS NOT NULL
"""

ESTIMATE_CUTOFFS = View(
    "v_estimate_cutoffs",
    "One row per estimate line, committed or held, and cut-off that applies to it. A line to which the document "
    "applies no cut-off has none.",
    (
        *FILING,
        Column("estimate_id", "r.estimate_id", "The estimate line."),
        Column(
            "value",
            number("COALESCE(c.value, r.cutoff_value)"),
            "The line's own cut-off, as in a sensitivity table, else the stated one whose scope covers it; in unit.",
        ),
        Column("value_max", number("c.value_max"), "Upper end of a range, else NULL."),
        Column("unit", "COALESCE(c.unit, r.cutoff_unit)", "As in v_cutoffs."),
        Column(
            "commodity",
            "CASE WHEN c.number IS NULL THEN r.cutoff_commodity ELSE c.commodity END",
            "NULL for a value per tonne, such as a net smelter return.",
        ),
        Column("operator", "COALESCE(c.operator, r.cutoff_operator)", "How a block compares with it: >= or >."),
        Column("basis", "c.basis", "As in v_cutoffs; NULL for a line's own cut-off."),
        Column(
            "ambiguous",
            "(SELECT COUNT(*) FROM line_cutoffs o\n"
            "        WHERE o.extraction_id = r.extraction_id AND o.estimate_id = r.estimate_id) > 1",
            "True where different cut-offs apply to the line alike, each in a row of its own.",
        ),
        Column("page", "COALESCE(c.page, r.page)", "Where the cut-off is printed; NULL where the source has no pages."),
        Column("source_text", "COALESCE(c.source_text, r.source_text)", "The printed text that states it."),
    ),
    current("estimate_lines", then=_APPLIED),
)

QUALIFIED_PERSONS = View(
    "v_qualified_persons",
    "One row per qualified person and filing.",
    (
        *FILING,
        *ISSUER,
        Column("person_id", "r.person_id", "The same in every filing that prints the same name."),
        Column("name", "r.name", "Name as printed, without title and credentials."),
        Column("credentials", "r.credentials", "Credentials as printed, comma-separated; NULL where none is."),
        Column("affiliation", "r.affiliation", "Employer or firm, as printed."),
        Column("independent", "r.independent", "True or false where the document says it, else NULL."),
        Column("role", "r.role", "What the person is responsible for."),
        PAGE,
        SOURCE_TEXT,
    ),
    current("persons", then=STATED),
)

_LINE_NUMBER = Column("line_number", "marked.line_number", "The line it marks; NULL: it speaks of the whole table.")
_MARKED = "LEFT JOIN footnote_lines marked ON marked.extraction_id = n.extraction_id AND marked.note_number = n.number"
_NOTE = (
    Column("table_number", "n.table_number", "The estimate table that the note stands under."),
    Column("marker", "n.marker", "The note's mark as printed, without brackets; empty where it has none."),
)

FOOTNOTES = View(
    "v_footnotes",
    "One row per table footnote and the line it marks.",
    (
        *FILING,
        *_NOTE,
        Column("text", "n.text", "The note's text."),
        Column(
            "kind",
            "n.kind",
            "Its main subject: cutoff, price, recovery, effective_date, qualified_person, inclusive, "
            "economic_viability, rounding, sub_quantity, density or other.",
        ),
        _LINE_NUMBER,
        Column("page", "n.page", PAGE.description),
        Column("kinds", "n.kinds", "All its subjects, comma-separated, the main one first."),
    ),
    current("footnotes", "n", _MARKED),
)

SUB_QUANTITIES = View(
    "v_sub_quantities",
    "One row per tonnage that a note singles out, and the line that the note marks. A part of that line: do not sum.",
    (
        *FILING,
        *_NOTE,
        _LINE_NUMBER,
        Column("tonnes", number("r.tonnes"), "Tonnage in metric tonnes."),
        Column("tonnage", number("r.tonnage"), "Tonnage as printed, in tonnage_unit."),
        Column("tonnage_unit", "r.tonnage_unit", "As printed."),
        Column("grade", number("r.grade"), "Grade as printed, in grade_unit."),
        Column("grade_unit", "r.grade_unit", "As printed."),
        Column("commodity", "r.commodity", "The commodity of the grade."),
        PAGE,
        SOURCE_TEXT,
        Column("grade_ppm", number("r.grade_ppm"), "Grade in parts per million by mass."),
    ),
    current(
        "sub_quantities",
        then="JOIN footnotes n ON n.extraction_id = r.extraction_id AND n.number = r.note_number\n" + _MARKED,
    ),
)

NOTE_FIGURES = View(
    "v_note_figures",
    "One row per figure of a table note: a price, recovery, density, dilution, exchange rate or minimum width.",
    (
        *FILING,
        *_NOTE,
        Column("about", "r.about", "price, recovery, density, dilution, exchange_rate or minimum_width."),
        Column("value", number("r.value"), "The figure, in unit; the lower end of a range."),
        Column("value_max", number("r.value_max"), "The upper end of a range; else NULL."),
        Column(
            "unit", "r.unit", "USD/oz and the like for a price, %, t/m3, g/cm3, m or ft; rate for an exchange rate."
        ),
        Column("commodity", "r.commodity", "The metal of a price or a recovery; NULL where none is named."),
        PAGE,
        SOURCE_TEXT,
    ),
    current("note_figures", then="JOIN footnotes n ON n.extraction_id = r.extraction_id AND n.number = r.note_number"),
)

CLAIMS = View(
    "v_claims",
    "One row per figure that the headline or the prose states.",
    (
        *FILING,
        Column("kind", "r.kind", "quantity, change_percent or mine_life."),
        Column("text", "r.text", "The claim as printed."),
        Column("estimate_type", "r.estimate_type", "As in v_estimates."),
        Column("category", "r.category", "As in v_estimates."),
        Column("commodity", "r.commodity", "As in v_estimates."),
        Column("tonnes", number("r.tonnes"), "Claimed tonnage in metric tonnes."),
        Column("grade", number("r.grade"), "Claimed grade as printed, in grade_unit."),
        Column("grade_unit", "r.grade_unit", "As printed."),
        Column("contained", number("r.contained"), "Claimed metal as printed, in contained_unit."),
        Column("contained_unit", "r.contained_unit", "As printed."),
        Column("percent", number("r.percent"), "Claimed change in percent; negative for a decrease."),
        Column(
            "outcome",
            "COALESCE(k.outcome, r.outcome)",
            "agrees or disagrees with the tables or the previous estimate; unmatched: nothing to compare it with.",
        ),
        Column("explanation", "COALESCE(k.explanation, r.explanation)", "What was compared."),
        PAGE,
        SOURCE_TEXT,
        Column("material", "r.material", "As in v_estimates."),
        Column("years", number("r.years"), "Claimed mine life in years."),
        Column("malformed", "r.malformed", "A printed number that cannot be read; it is given no value."),
        Column(
            "compared_with",
            "k.filing_id",
            "The filing whose estimate a change is computed from; NULL where the claim stands beside its own tables.",
        ),
    ),
    current(
        "claims",
        then="LEFT JOIN reconciliations k ON k.extraction_id = r.extraction_id AND k.number = r.number",
    ),
)

_FINDINGS = """(
    SELECT extraction_id, rule, severity, message, page, source_text FROM findings
    UNION ALL
    SELECT extraction_id, 'manifest', 'I', message, page, source_text FROM disagreements
    UNION ALL
    SELECT extraction_id, 'R-SAME', 'M', message, page, source_text FROM differences
)"""

FINDINGS = View(
    "v_findings",
    "One row per disclosure rule of NI 43-101 that a filing appears not to meet, per fact that a manifest states and "
    "the document says otherwise, per figure that another document of the same estimate prints otherwise, and per "
    "filing with pages that could not be read. No legal judgment.",
    (
        *FILING,
        Column(
            "rule",
            "r.rule",
            "Section of the rule; manifest where a manifest and the document disagree; reading where pages are "
            "pictures that were not read.",
        ),
        Column("severity", "r.severity", "B block, H high, M medium, L low, I information."),
        Column("finding", "r.message", "What was found."),
        PAGE,
        SOURCE_TEXT,
    ),
    current(_FINDINGS),
)

STATEMENTS = View(
    "v_statements",
    "One row per standard sentence of a document.",
    (
        *FILING,
        Column("about", "r.about", "inclusive, economic_viability, rounding and so on: the kinds of v_footnotes."),
        Column(
            "value",
            "r.value",
            "Of inclusive: true where resources include reserves, false where they exclude them; else true: the "
            "sentence stands there.",
        ),
        PAGE,
        SOURCE_TEXT,
    ),
    current("statements"),
)

_TERMS = """
LEFT JOIN equivalence_terms term ON term.extraction_id = r.extraction_id AND term.equivalence_number = r.number
"""

EQUIVALENCES = View(
    "v_equivalences",
    "One row per metal equivalent and commodity that goes into it.",
    (
        *FILING,
        Column("equivalent", "r.commodity", "The equivalent: AuEq, CuEq and so on."),
        Column("formula", "r.formula", "The formula as printed."),
        Column("commodity", "term.commodity", "A commodity with a stated price or recovery; NULL where none is."),
        Column("price", number("term.price"), "Its price as printed."),
        Column("price_currency", "term.price_currency", "USD, CAD and so on; $ where the dollar is not named."),
        Column("price_unit", "term.price_unit", "What the price is for: oz, lb, t."),
        Column("recovery", number("term.recovery"), "Its recovery as a fraction of 1."),
        PAGE,
        SOURCE_TEXT,
    ),
    current("equivalences", then=_TERMS),
)

CELLS = View(
    "v_cells",
    "One row per cell of an estimate table: what became of it. No cell is left unexplained.",
    (
        *FILING,
        Column("table_number", "r.table_number", "The estimate table."),
        Column("grid_row", "r.grid_row", "Row of the printed table, counted from 0 with its headings."),
        Column("grid_column", "r.grid_column", "Column of the printed table, counted from 0."),
        Column("use", "r.use", "used, ignored or left_over."),
        Column("reason", "r.reason", "What it was used for, or why it was ignored."),
        PAGE,
        SOURCE_TEXT,
    ),
    current("cell_accounts"),
)

DECISIONS = View(
    "v_decisions",
    "One row per decision of a reviewer.",
    (
        *FILING,
        Column("decision_id", "r.decision_id", "Counts decisions; of several about a line the last one counts."),
        Column("estimate_id", "r.estimate_id", "The estimate line that was decided about."),
        Column("action", "r.action", "accept, correct or reject."),
        Column("decided_by", "r.decided_by", "Who decided."),
        Column("decided_at", "r.decided_at", "When, UTC."),
        Column("why", "r.why", "The reviewer's reason."),
        Column("reopened", "l.estimate_id IS NULL", "True where the line's figures have changed since, or it is gone."),
    ),
    """
FROM decisions r
JOIN filings f ON f.filing_id = r.filing_id
LEFT JOIN extractions x ON x.filing_id = f.filing_id AND x.superseded_at IS NULL
LEFT JOIN estimate_lines l ON l.extraction_id = x.extraction_id AND l.estimate_id = r.estimate_id
    AND l.fingerprint = r.fingerprint""",
)

VIEWS = (
    ESTIMATES,
    HELD,
    CHECKS,
    FILINGS,
    CUTOFFS,
    ESTIMATE_CUTOFFS,
    EFFECTIVE_DATES,
    QUALIFIED_PERSONS,
    FOOTNOTES,
    SUB_QUANTITIES,
    NOTE_FIGURES,
    CLAIMS,
    FINDINGS,
    STATEMENTS,
    EQUIVALENCES,
    CELLS,
    DECISIONS,
    PLACES,
    LOCATIONS,
    LINE_VERSIONS,
    CORRECTIONS,
    *RESEARCH_VIEWS,
    TEXTS,
)
"""All public views, in the order in which they are created: v_filings counts the rows of two others."""

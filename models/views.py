"""The public views that research staff query: each column with its expression and its meaning, in one place.

One text serves both databases but for the type of numbers. Only the current extraction of a filing is seen. A view
keeps its name, its columns and their meaning, and gains columns only at its end.
"""

from __future__ import annotations

from models.context_views import (
    CUTOFFS,
    EFFECTIVE_DATES,
    EQUIVALENCES,
    ESTIMATE_CUTOFFS,
    FOOTNOTES,
    NOTE_FIGURES,
    QUALIFIED_PERSONS,
    STATEMENTS,
    SUB_QUANTITIES,
)
from models.estimate_views import CHECKS, ESTIMATES, HELD
from models.place_views import CORRECTIONS, LINE_VERSIONS, LOCATIONS, PLACES
from models.research_views import RESEARCH_VIEWS
from models.text_views import TEXTS
from models.view import FILING, ISSUER, PAGE, SOURCE_TEXT, Column, View, current, number

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

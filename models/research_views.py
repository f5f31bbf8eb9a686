"""The public views that answer questions across filings: what is current, what changed, and what is missing."""

from __future__ import annotations

from models.entity_views import ENTITY_VIEWS
from models.view import PAGE, Column, View, number

# A filing is always there: its join is a LEFT one so that a question which names no file does without it. The kind of
# an entity is known: saying it lets PostgreSQL read the names of 5,000 projects and not those of 50,000 deposits too.
_SOURCE = """
FROM stated_estimates s
LEFT JOIN filings f ON f.filing_id = s.filing_id
LEFT JOIN entities i ON i.entity_id = s.issuer_id AND i.kind = 'issuer'
LEFT JOIN entities p ON p.entity_id = s.project_id AND p.kind = 'project'
"""
_NAMED = (
    Column("issuer_id", "s.issuer_id", "The issuer; see v_issuers. NULL where the filing names none."),
    Column("issuer", "i.name", "The issuer's name in its latest filing, or the name that a reviewer gave it."),
    Column("project_id", "s.project_id", "The mine or project; see v_projects. NULL where the filing names none."),
    Column("project", "p.name", "The project's name in its latest filing, or the name that a reviewer gave it."),
)
_SUBJECT = (
    Column("estimate_type", "s.estimate_type", "resource, reserve or historical; NULL where not stated."),
    Column("category", "s.category", "As in v_estimates."),
    Column("commodity", "s.commodity", "Au, Cu, WO3, AuEq and so on; NULL for a line that states tonnage only."),
    Column("zone", "s.zone", "The zone, pit or deposit, as printed; NULL: the whole project."),
    Column("material", "s.material", "As in v_estimates; NULL: all materials."),
    Column("is_total", "s.is_total", "True for a printed total or subtotal. Contains its parts: do not sum."),
)
_FIGURES = (
    Column(
        "tonnes",
        number("s.tonnes"),
        "Ore tonnage in metric tonnes. It stands in each row of a line with several commodities: do not sum over "
        "commodities.",
    ),
    Column("grade", number("s.grade"), "Grade as printed, in grade_unit."),
    Column("grade_unit", "s.grade_unit", "As printed."),
    Column("grade_ppm", number("s.grade_ppm"), "Grade in parts per million by mass, which is grams a tonne."),
    Column("contained", number("s.contained"), "Contained metal as printed, in contained_unit."),
    Column("contained_unit", "s.contained_unit", "As printed."),
    Column("contained_kg", number("s.contained_kg"), "Contained metal in kilograms."),
)
_APPLIED = (
    Column("cutoff", "s.cutoff", "The cut-off that applies, in words; with 'or' where the document leaves it open."),
    Column("effective_date", "s.effective_date", "Effective date of the estimate, ISO; NULL where not stated."),
    Column(
        "qualified_persons",
        "s.qualified_persons",
        "Who answers for it, as printed: those of the filing whose role names resources or reserves as the line does, "
        "all of the filing where no role does.",
    ),
)
_TIME = (
    Column("as_of_date", "s.as_of_date", "The day that estimates are put in order by, ISO; see dated_by."),
    Column(
        "dated_by",
        "s.dated_by",
        "Which date as_of_date is: effective, else that of the release, else that of the report; NULL: none is stated.",
    ),
    Column(
        "standing",
        "s.standing",
        "current; superseded: a later filing states it anew; restated: another filing of the same date stands for it; "
        "undated: it has no date, and there are other filings of the project; historical: it never was a current one.",
    ),
)
_FILED = (
    Column("filing_id", "s.filing_id", "The filing; see v_filings."),
    Column("filename", "f.filename", "Name of the filed document."),
    Column("page", "s.page", PAGE.description),
    Column("estimate_id", "s.estimate_id", "The estimate line; the same in v_estimates."),
    Column("label", "s.label", "The row's label as printed."),
    Column("status", "s.status", "sound, unproven, accepted or corrected, as in v_estimates."),
)
_HELD_LINES = Column(
    "held_lines",
    "s.held_lines",
    "How many lines of the type the filing holds back in v_held: what they state is missing here.",
)
_ALTERNATIVES = Column(
    "alternatives",
    "s.alternatives",
    "How many lines of the filing state this, at other cut-offs as a rule: more than 1, take one of them.",
)
_LATER = Column(
    "later_filing_id",
    "s.later_filing_id",
    "A later estimate of the project and type that does not speak of this zone or material; NULL where there is none.",
)
_SUPERSEDED_BY = Column("superseded_by", "s.superseded_by", "The filing that takes its place; NULL where none does.")

CURRENT_ESTIMATES = View(
    "v_current_estimates",
    "The current estimate of each project by type, category and commodity, as printed: one row for the whole project, "
    "or one for each zone and material where no line for the whole is committed. A later effective date takes the "
    "place of an earlier one. Nothing is summed. Contains totals: do not sum; measured_indicated contains measured and "
    "indicated, proven_probable contains proven and probable, and a resource may include the reserve. Inferred "
    "resources may not be added to others.",
    (*_NAMED, *_SUBJECT, *_FIGURES, *_APPLIED, *_TIME, _ALTERNATIVES, _HELD_LINES, _LATER, *_FILED),
    _SOURCE + "WHERE s.is_headline AND s.standing IN ('current', 'undated')",
)

_NOTES = """(SELECT {list}(told.note, ' ') FROM (
        SELECT CASE n.marker WHEN '' THEN n.text ELSE n.marker || ': ' || n.text END AS note FROM footnotes n
        LEFT JOIN footnote_lines m ON m.extraction_id = n.extraction_id AND m.note_number = n.number
        WHERE n.extraction_id = s.extraction_id AND n.table_number = s.table_number
            AND (m.line_number IS NULL OR m.line_number = s.line_number)
        ORDER BY n.number) told)"""

ESTIMATE_LINES = View(
    "v_estimate_lines",
    "One row per committed estimate line and commodity with all that applies to it, and what became of it since. "
    "Contains totals: do not sum without is_total.",
    (
        *_NAMED,
        *_SUBJECT,
        *_FIGURES,
        *_APPLIED,
        Column("notes", _NOTES, "The notes that mark the line or speak of its whole table, as printed."),
        *_TIME,
        Column("is_headline", "s.is_headline", "True where the line stands in v_current_estimates when it is current."),
        _ALTERNATIVES,
        _HELD_LINES,
        _LATER,
        _SUPERSEDED_BY,
        *_FILED,
        Column("release_date", "s.release_date", "Date of the release, ISO."),
        Column("table_number", "s.table_number", "Which estimate table of the document, counted from 1."),
        Column("line_number", "s.line_number", "Which line of that table, counted from 1."),
        Column("deposit_id", "s.deposit_id", "The zone as a deposit of the project; see v_deposits."),
        Column("source_text", "l.source_text", "The printed text that the row was read from."),
    ),
    _SOURCE + "JOIN estimate_lines l ON l.extraction_id = s.extraction_id AND l.estimate_id = s.estimate_id",
)


def _change(name: str, of: str, meaning: str) -> Column:
    """A difference; rounded, because SQLite's binary 0.3 - 0.2 is not 0.1."""
    change = f"ROUND({number(f's.{of}')} - {number(f'b.{of}')}, 6)"
    return Column(name, change, f"Change in {meaning} since the previous one.")


def _change_percent(name: str, of: str, meaning: str) -> Column:
    now, before = number(f"s.{of}"), number(f"b.{of}")
    change = f"ROUND(100 * ({now} - {before})\n        / NULLIF({before}, 0), 2)"
    return Column(name, change, f"Change in {meaning} in percent of the previous one, rounded to hundredths.")


ESTIMATE_HISTORY = View(
    "v_estimate_history",
    "One row per estimate that answers for a project's type, category and commodity in its filing, the superseded ones "
    "with the current, each beside the one of the next earlier date. Contains totals: do not sum.",
    (
        *_NAMED,
        *_SUBJECT,
        *_TIME,
        *_FIGURES,
        Column("cutoff", "s.cutoff", "The cut-off that applies, in words: a change of it changes the estimate."),
        Column("previous_as_of_date", "b.as_of_date", "The day of the previous estimate; NULL where there is none."),
        Column("previous_tonnes", number("b.tonnes"), "Tonnage of the previous estimate in metric tonnes."),
        Column("previous_grade_ppm", number("b.grade_ppm"), "Grade of the previous estimate in parts per million."),
        Column("previous_contained_kg", number("b.contained_kg"), "Metal of the previous estimate in kilograms."),
        Column("previous_cutoff", "b.cutoff", "The cut-off of the previous estimate, in words."),
        _change("tonnes_change", "tonnes", "metric tonnes"),
        _change("grade_ppm_change", "grade_ppm", "grade in parts per million"),
        _change("contained_kg_change", "contained_kg", "metal in kilograms"),
        _change_percent("tonnes_change_percent", "tonnes", "tonnage"),
        _change_percent("contained_change_percent", "contained_kg", "metal"),
        _ALTERNATIVES,
        _SUPERSEDED_BY,
        Column("previous_filing_id", "b.filing_id", "The filing of the previous estimate."),
        *_FILED,
    ),
    _SOURCE
    + "LEFT JOIN stated_estimates b ON b.estimate_id = s.previous_estimate_id AND b.position = s.previous_position\n"
    "WHERE s.is_headline",
)

MISSING_DISCLOSURE = View(
    "v_missing_disclosure",
    "One row per filing and thing that NI 43-101 asks for and that was looked for in vain. No legal judgment: it may "
    "stand in a part that was not read, or in words that are not known.",
    (
        Column("filing_id", "f.filing_id", "The filing; see v_filings."),
        Column("filename", "f.filename", "Name of the filed document."),
        Column("issuer_id", "w.issuer_id", "The issuer; see v_issuers."),
        Column("issuer", "i.name", "The issuer's name."),
        Column("release_date", "d.iso", "Date of the release as printed, ISO."),
        Column("rule", "r.rule", "Section of the rule."),
        Column("severity", "r.severity", "As in v_findings."),
        Column("missing", "r.message", "What was not found, and what was searched for it."),
    ),
    """
FROM findings r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
JOIN filing_subjects w ON w.extraction_id = r.extraction_id
LEFT JOIN dates d ON d.extraction_id = r.extraction_id AND d.kind = 'release'
LEFT JOIN entities i ON i.entity_id = w.issuer_id
WHERE r.message LIKE '%; searched: %'
""",
)

QUEUE = View(
    "v_queue",
    "One row per held line that nobody has decided about; v_held says what it states, and why it is held.",
    (
        Column("filing_id", "r.filing_id", "The filing; see v_filings."),
        Column("filename", "f.filename", "Name of the filed document."),
        Column("estimate_id", "r.estimate_id", "The estimate line."),
        Column("table_number", "r.table_number", "Which estimate table of the document, counted from 1."),
        Column("line_number", "r.line_number", "Which line of that table, counted from 1."),
        Column("is_total", "r.is_total", "True for a printed total or subtotal: these are decided about first."),
        Column("tonnes", number("r.tonnes"), "Ore tonnage in metric tonnes, then the largest."),
        Column("contained_kg", number("r.contained_kg"), "Contained metal in kilograms, of several metals the most."),
    ),
    "FROM waiting_lines r\nJOIN filings f ON f.filing_id = r.filing_id",
)

RESEARCH_VIEWS = (CURRENT_ESTIMATES, ESTIMATE_LINES, ESTIMATE_HISTORY, MISSING_DISCLOSURE, *ENTITY_VIEWS, QUEUE)

"""The public views that lead from what was read to the place where it is printed, and through its history."""

from __future__ import annotations

from dataclasses import dataclass

from models.view import FIGURES, FILING, Column, View, current


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of thing that is read: its table, and the SQL that says which thing it is and what it was read as."""

    what: str
    table: str
    reading: str
    estimate_id: str = "CAST(NULL AS TEXT)"
    table_number: str = "CAST(NULL AS INTEGER)"
    commodity: str = "CAST(NULL AS TEXT)"
    then: str = ""

    @property
    def select(self) -> str:
        """The rows of this kind, of the current extractions."""
        said = (
            f"    f.filing_id, f.filename, {self.what} AS what, {self.reading} AS reading,",
            f"    {self.estimate_id} AS estimate_id, {self.table_number} AS table_number,",
            f"    {self.commodity} AS commodity,",
            "    r.source_text, r.page, r.x0, r.top, r.x1, r.bottom, r.span_start, r.span_end",
        )
        return "\n".join(("SELECT", *said, current(self.table, then=self.then).strip()))


_METAL = """
LEFT JOIN line_metals m ON m.extraction_id = r.extraction_id AND m.estimate_id = r.estimate_id
    AND m.position = r.position"""
_KINDS = (
    _Kind("'line'", "estimate_lines", "r.label", "r.estimate_id", "r.table_number"),
    _Kind(
        "r.role", "line_figures", "r.printed || ' ' || r.unit", "r.estimate_id", commodity="m.commodity", then=_METAL
    ),
    _Kind("'doubt'", "doubts", "r.reason", "r.estimate_id"),
    _Kind("'table'", "estimate_tables", "r.caption", table_number="r.table_number"),
    _Kind("'footnote'", "footnotes", "r.text", table_number="r.table_number"),
    _Kind(
        "'sub_quantity'",
        "sub_quantities",
        "r.tonnage_printed || ' ' || r.tonnage_unit",
        table_number="n.table_number",
        commodity="r.commodity",
        then="JOIN footnotes n ON n.extraction_id = r.extraction_id AND n.number = r.note_number",
    ),
    _Kind("'cutoff'", "cutoffs", "r.operator || ' ' || r.printed || ' ' || r.unit", commodity="r.commodity"),
    _Kind("'person'", "persons", "r.name"),
    _Kind("r.kind || '_date'", "dates", "r.iso"),
    _Kind("'estimate_date'", "estimate_dates", "r.iso", table_number="r.table_number"),
    _Kind("'claim'", "claims", "r.text", commodity="r.commodity"),
    _Kind("'finding'", "findings", "r.rule || ': ' || r.message"),
    _Kind("'statement'", "statements", "r.about"),
    _Kind("'equivalence'", "equivalences", "r.commodity", commodity="r.commodity"),
)
_UNION = "\nUNION ALL\n".join(kind.select for kind in _KINDS)

PLACES = View(
    "v_places",
    "One row per figure, line, note, name and sentence that was read, and where it is printed.",
    (
        Column("filing_id", "p.filing_id", "The filing; see v_filings."),
        Column("filename", "p.filename", "Name of the filed document."),
        Column(
            "what",
            "p.what",
            "line, tonnage, grade, contained, contained_again, recovered, doubt, table, footnote, sub_quantity, "
            "cutoff, person, release_date, effective_date (the filing's only one), report_date, estimate_date (as in "
            "v_effective_dates), claim, finding, statement or equivalence.",
        ),
        Column("reading", "p.reading", "What it was read as: a figure with its unit, a name, a note's text."),
        Column(
            "estimate_id", "p.estimate_id", "The estimate line that it belongs to; NULL for what is no part of one."
        ),
        Column("table_number", "p.table_number", "The estimate table of a line, a note or a table; else NULL."),
        Column("commodity", "p.commodity", "The commodity that it is about, if one."),
        Column("source_text", "p.source_text", "The printed text that it was read from."),
        Column("page", "p.page", "Page, counted from 1; NULL where the source has no pages."),
        Column(
            "x0",
            "p.x0",
            "Left edge in points (1/72 inch) from the left of the page, as it stands when most of its text is upright; "
            "NULL where only the page is known.",
        ),
        Column("top", "p.top", "Upper edge in points from the top of the page."),
        Column("x1", "p.x1", "Right edge in points from the left of the page."),
        Column("bottom", "p.bottom", "Lower edge in points from the top of the page."),
        Column(
            "span_start",
            "p.span_start",
            "First character in the decoded text, counted from 0, of a source without pages; of an HTML page in its "
            "plain text, in which each paragraph and each table cell is a line.",
        ),
        Column("span_end", "p.span_end", "The character after the last one."),
    ),
    f"FROM (\n{_UNION}\n) p",
)

LOCATIONS = View(
    "v_locations",
    "One row per place where a document was found.",
    (
        *FILING,
        Column("source_uri", "l.source_uri", "Address: file:///..., or zip:///archive.zip!/member of an archive."),
        Column("byte_size", "l.byte_size", "Size in bytes when it was last looked at."),
    ),
    "FROM locations l\nJOIN filings f ON f.filing_id = l.filing_id",
)

_EVERY_VERSION = (
    """
FROM estimate_lines r
JOIN extractions x ON x.extraction_id = r.extraction_id
JOIN filings f ON f.filing_id = x.filing_id
"""
    + FIGURES
)

LINE_VERSIONS = View(
    "v_line_versions",
    "One row per estimate line, commodity and version of the program that read it: what it read, the current reading "
    "and the superseded ones. For the history of one line: do not sum.",
    (
        *FILING,
        Column("estimate_id", "r.estimate_id", "The estimate line; the same in every version."),
        Column("extractor_version", "x.extractor_version", "Version of the program that read it."),
        Column("extracted_at", "x.extracted_at", "When it was read, UTC."),
        Column("superseded_at", "x.superseded_at", "When a newer version's reading took its place; NULL: it stands."),
        Column("label", "r.label", "The row's label as printed."),
        Column("estimate_type", "r.estimate_type", "As in v_estimates, before any correction."),
        Column("category", "r.category", "As in v_estimates, before any correction."),
        Column("tonnage_printed", "t.printed", "The tonnage's digits as printed."),
        Column("tonnage_unit", "t.unit", "Its unit."),
        Column("commodity", "m.commodity", "Au, Cu, WO3, AuEq and so on."),
        Column("grade_printed", "g.printed", "The grade's digits as printed."),
        Column("grade_unit", "g.unit", "Its unit."),
        Column("contained_printed", "c.printed", "The contained metal's digits as printed."),
        Column("contained_unit", "c.unit", "Its unit."),
        Column("status", "r.status", "sound, unproven or held, before any decision."),
        Column("reasons", "r.reasons", "Why it was held, one reason a line."),
        Column(
            "figures_id",
            "r.fingerprint",
            "Names the line's type, category, cut-off and figures: a decision holds while this stays the same.",
        ),
    ),
    _EVERY_VERSION,
)

CORRECTIONS = View(
    "v_corrections",
    "One row per field that a reviewer's decision corrects.",
    (
        *FILING,
        Column("decision_id", "k.decision_id", "The decision; see v_decisions."),
        Column("estimate_id", "d.estimate_id", "The estimate line that was decided about."),
        Column("field", "k.field", "tonnage, grade, contained, category, estimate_type, zone or material."),
        Column(
            "commodity", "k.commodity", "Whose grade or metal it is; empty where the field belongs to the whole line."
        ),
        Column("value", "k.value", "What it should say, as the reviewer wrote it."),
        Column("unit", "k.unit", "Unit of a figure, else NULL."),
    ),
    "FROM corrections k\nJOIN decisions d ON d.decision_id = k.decision_id\n"
    "JOIN filings f ON f.filing_id = d.filing_id",
)

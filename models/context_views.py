"""The public views of what stands around the estimate tables: cut-offs, dates, people, notes, standard statements."""

from __future__ import annotations

from models.view import FILING, ISSUER, PAGE, SOURCE_TEXT, STATED, Column, View, current, number

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

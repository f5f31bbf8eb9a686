"""The public views of estimate lines: committed lines, held lines, and the recomputations behind both."""

from __future__ import annotations

from models.view import FIGURES, FILING, ISSUER, PAGE, SOURCE_TEXT, STATED, Column, View, current, number

# A decision counts while the line has the figures that it was about; the last one counts.
_JOINS = (
    STATED
    + """
LEFT JOIN dates released ON released.extraction_id = x.extraction_id AND released.kind = 'release'
LEFT JOIN dates effective ON effective.extraction_id = x.extraction_id AND effective.kind = 'effective'
LEFT JOIN line_dates ld ON ld.extraction_id = r.extraction_id AND ld.estimate_id = r.estimate_id
LEFT JOIN estimate_dates own ON own.extraction_id = ld.extraction_id AND own.number = ld.date_number
LEFT JOIN decisions d ON d.decision_id = (
    SELECT MAX(e.decision_id) FROM decisions e
    WHERE e.estimate_id = r.estimate_id AND e.fingerprint = r.fingerprint)
""".lstrip()
    + FIGURES
    + """
LEFT JOIN corrections kt ON kt.decision_id = d.decision_id AND kt.field = 'tonnage'
LEFT JOIN corrections kg ON kg.decision_id = d.decision_id AND kg.field = 'grade' AND kg.commodity = m.commodity
LEFT JOIN corrections kc ON kc.decision_id = d.decision_id AND kc.field = 'contained' AND kc.commodity = m.commodity
""".lstrip()
)


def _corrected(field: str) -> str:
    """A word of the line, or the word that a reviewer put in its place."""
    return f"""COALESCE((SELECT k.value FROM corrections k
        WHERE k.decision_id = d.decision_id AND k.field = '{field}'), r.{field})"""  # noqa: S608 - constants only


def _estimate_columns(status: Column) -> tuple[Column, ...]:
    return (
        *FILING,
        *ISSUER,
        Column(
            "release_date",
            "COALESCE(s.release_date, released.iso)",
            "Date of the release, ISO; without a day where none is printed.",
        ),
        Column(
            "effective_date",
            "CASE WHEN r.is_earlier THEN r.as_of_date ELSE "
            "COALESCE(own.iso, s.effective_date, CASE WHEN ld.estimate_id IS NULL THEN effective.iso END) END",
            "Effective date of the estimate, ISO: the line's own where the filing states several, else the filing's; "
            "NULL where none is known to be the line's: of two that apply alike, or for reserves where the filing "
            "states that of its resources alone. Of an earlier estimate the date over its columns.",
        ),
        Column("estimate_id", "r.estimate_id", "The estimate line; the same in every run and on every database."),
        Column("table_number", "r.table_number", "Which estimate table of the document, counted from 1."),
        Column("line_number", "r.line_number", "Which line of that table, counted from 1."),
        PAGE,
        Column("label", "r.label", "The row's label as printed."),
        Column("estimate_type", _corrected("estimate_type"), "resource, reserve or historical; NULL where not stated."),
        Column(
            "category",
            _corrected("category"),
            "proven, probable, proven_probable, measured, indicated, measured_indicated, inferred, total_reserves, "
            "total_resources or unclassified.",
        ),
        Column("zone", _corrected("zone"), "The zone, pit or deposit, as printed; NULL where none is."),
        Column(
            "material",
            _corrected("material"),
            "open_pit, underground, stockpile, tailings, leach_pad, oxide, sulphide, transition, fresh; several are "
            "joined by + in alphabetical order.",
        ),
        Column("is_total", "r.is_total", "True for a printed total or subtotal. Contains its parts: do not sum."),
        Column("cutoff_value", number("r.cutoff_value"), "The cut-off that the line itself states, else NULL."),
        Column("cutoff_unit", "r.cutoff_unit", "Unit of the line's cut-off, as printed."),
        Column(
            "cutoff_commodity", "r.cutoff_commodity", "Commodity of the line's cut-off; NULL for a value per tonne."
        ),
        Column("tonnage", number("COALESCE(kt.number, t.value)"), "Ore tonnage as printed, in tonnage_unit."),
        Column("tonnage_unit", "COALESCE(kt.unit, t.unit)", "t, kt, Mt; st, kst, Mst for short tons."),
        Column(
            "tonnes",
            number("COALESCE(kt.canonical, t.canonical)"),
            "Ore tonnage in metric tonnes. It stands in each row of a line with several commodities: do not sum over "
            "commodities.",
        ),
        Column("commodity", "m.commodity", "Au, Cu, WO3, AuEq and so on; NULL for a line that states tonnage only."),
        Column("grade", number("COALESCE(kg.number, g.value)"), "Grade as printed, in grade_unit."),
        Column(
            "grade_unit",
            "COALESCE(kg.unit, g.unit)",
            "g/t, %, ppm, ppb, oz/t, opt, lb/t, kg/t, ct/t, cpht, mg/L, g/m3.",
        ),
        Column("contained", number("COALESCE(kc.number, c.value)"), "Contained metal as printed, in contained_unit."),
        Column(
            "contained_unit",
            "COALESCE(kc.unit, c.unit)",
            "oz, koz, Moz, t, kt, Mt, lb, klb, Mlb, Glb, kg, g, ct, kct, Mct, mtu.",
        ),
        Column(
            "grade_ppm",
            number("COALESCE(kg.canonical, g.canonical)"),
            "Grade in parts per million by mass, which is grams a tonne; NULL for a unit of volume (mg/L).",
        ),
        Column("contained_kg", number("COALESCE(kc.canonical, c.canonical)"), "Contained metal in kilograms."),
        status,
        SOURCE_TEXT,
    )


def _date_printed(name: str, field: str, description: str) -> Column:
    """Where the line's effective date was read, which is in its own statement or in the document's only one."""
    document = f"WHEN COALESCE(s.effective_date, ld.estimate_id) IS NULL THEN effective.{field}"
    expression = f"CASE WHEN r.is_earlier THEN NULL WHEN own.iso IS NOT NULL THEN own.{field} {document} END"
    return Column(name, expression, f"{description}; NULL where a manifest states it, and for an earlier estimate.")


_ADDED = (
    Column("tonnage_printed", "t.printed", "The tonnage's digits as printed, also where a reviewer corrected it."),
    Column("grade_printed", "g.printed", "The grade's digits as printed."),
    Column("contained_printed", "c.printed", "The contained metal's digits as printed."),
    Column(
        "assumptions",
        "r.assumptions",
        "What the table does not state and was taken from recomputation, one sentence a line; NULL where nothing was.",
    ),
    Column("read_by", "r.read_by", "text, or ocr where the line was read from a picture and may be misread."),
    Column(
        "is_earlier",
        "r.is_earlier",
        "True for an estimate of an earlier date that the table prints beside the filing's own. Do not sum the two.",
    ),
    _date_printed("effective_date_text", "source_text", "The printed text that effective_date was read from; NULL for"),
    _date_printed(
        "effective_date_page", "page", "Page of that text, counted from 1; NULL where there is none, and for"
    ),
)

ESTIMATES = View(
    "v_estimates",
    "One row per committed estimate line and commodity. Contains totals: do not sum without is_total.",
    (
        *_estimate_columns(
            Column(
                "status",
                "CASE d.action WHEN 'accept' THEN 'accepted' WHEN 'correct' THEN 'corrected' ELSE r.status END",
                "sound: at least one arithmetic relation was recomputed and none is contradicted; unproven: there is "
                "nothing to recompute it from; accepted or corrected: a reviewer released it.",
            )
        ),
        *_ADDED,
    ),
    current(
        "estimate_lines",
        then=_JOINS + "WHERE COALESCE(d.action, r.status) IN ('sound', 'unproven', 'accept', 'correct')",
    ),
)

HELD = View(
    "v_held",
    "One row per held estimate line and commodity: a recomputation contradicts the line, or a reviewer rejected it. "
    "It is in no other view of estimates until a reviewer releases it. Contains totals: do not sum.",
    (
        *_estimate_columns(Column("status", "'held'", "Always held.")),
        Column(
            "reasons",
            "CASE d.action WHEN 'reject'\n"
            "        THEN COALESCE(r.reasons || '\n', '') || 'Rejected by ' || d.decided_by || ': ' || d.why\n"
            "        ELSE r.reasons END",
            "Why the line is held, one reason a line: the failing relation with the reported value, the interval that "
            "the other figures allow, and the likeliest cause.",
        ),
        *_ADDED,
    ),
    current("estimate_lines", then=_JOINS + "WHERE COALESCE(d.action, r.status) IN ('held', 'reject')"),
)

CHECKS = View(
    "v_checks",
    "One row per recomputation that was tried.",
    (
        *FILING,
        Column("estimate_id", "r.estimate_id", "The estimate line; NULL for a relation of the whole filing."),
        Column("commodity", "r.commodity", "The commodity that the relation is about, if one."),
        Column("relation", "r.relation", "Name of the relation."),
        Column("reported", number("r.reported"), "The figure as printed, in unit."),
        Column("low", number("r.low"), "Lowest value that the other figures allow, in unit."),
        Column("high", number("r.high"), "Highest value that the other figures allow, in unit."),
        Column("unit", "r.unit", "Unit of reported, low and high."),
        Column("outcome", "r.outcome", "passed, failed or not_run."),
        Column("explanation", "r.explanation", "What was compared, or why it could not be."),
        Column("cause", "r.cause", "The likeliest cause of a contradiction."),
        Column("suggestion", "r.suggestion", "A figure that would repair it. Never applied by the program."),
        Column(
            "reported_low", number("r.reported_low"), "Lowest value that the printed figure may stand for, in unit."
        ),
        Column(
            "reported_high", number("r.reported_high"), "Highest value that the printed figure may stand for, in unit."
        ),
    ),
    current("checks"),
)

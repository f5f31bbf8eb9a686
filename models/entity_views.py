"""The public views of who is who: issuers, projects, deposits and people, names as printed, and decisions."""

from __future__ import annotations

from models.view import PAGE, Column, View


def _entity_columns(kind: str, what: str) -> tuple[Column, ...]:
    return (
        Column(f"{kind}_id", "e.entity_id", f"The {what}; the same in every run and on every database."),
        Column(kind, "e.name", "The name in its latest filing, or the one that a reviewer gave."),
    )


_SEEN = (
    Column(
        "printed_names",
        """(SELECT {list}(named.printed, '; ') FROM (
        SELECT DISTINCT n.printed FROM entity_keys k JOIN printed_names n ON n.key_id = k.key_id
        JOIN extractions x ON x.extraction_id = n.extraction_id AND x.superseded_at IS NULL
        WHERE k.entity_id = e.entity_id ORDER BY n.printed) named)""",
        "All its names as filings print them, separated by semicolons; see v_names.",
    ),
    Column("filings", "e.filings", "How many filings name it."),
    Column("first_date", "e.first_date", "Earliest date of those filings, ISO: effective, else of release or report."),
    Column("last_date", "e.last_date", "Latest date of those filings, ISO."),
)


def _of(kind: str) -> str:
    """The entities of a kind ``e``, their owners ``o``, and the owners of those ``oo``."""
    return f"""
FROM entities e
LEFT JOIN entities o ON o.entity_id = e.owner_id
LEFT JOIN entities oo ON oo.entity_id = o.owner_id
WHERE e.kind = '{kind}'
"""


ISSUERS = View(
    "v_issuers",
    "One row per issuer, whatever name it bore: names are one where they differ only in case, accents and legal form, "
    "or where a reviewer merged them.",
    (
        *_entity_columns("issuer", "issuer"),
        Column("tickers", "e.tickers", "All tickers that its filings print, comma-separated."),
        *_SEEN,
    ),
    _of("issuer"),
)

PROJECTS = View(
    "v_projects",
    "One row per mine or project of an issuer.",
    (
        *_entity_columns("project", "mine or project"),
        Column("issuer_id", "o.entity_id", "Its issuer; NULL where no filing that names it names one."),
        Column("issuer", "o.name", "Its issuer's name."),
        *_SEEN,
    ),
    _of("project"),
)

DEPOSITS = View(
    "v_deposits",
    "One row per deposit, pit or zone that estimate lines of a project name.",
    (
        *_entity_columns("deposit", "deposit"),
        Column("project_id", "o.entity_id", "Its project."),
        Column("project", "o.name", "Its project's name."),
        Column("issuer_id", "oo.entity_id", "The project's issuer."),
        Column("issuer", "oo.name", "The issuer's name."),
        *_SEEN,
    ),
    _of("deposit"),
)

PEOPLE = View(
    "v_people",
    "One row per qualified person: one full name, or several that a reviewer merged.",
    (*_entity_columns("person", "person"), *_SEEN),
    _of("person"),
)

PEOPLE_WORK = View(
    "v_people_work",
    "One row per qualified person and filing: for whom the person works, and for whom the work was done.",
    (
        Column("person_id", "k.entity_id", "The person; see v_people."),
        Column("person", "e.name", "The name in the latest filing, or the one that a reviewer gave."),
        Column("printed_name", "r.name", "The name as this filing prints it."),
        Column("affiliation", "r.affiliation", "Employer or firm as printed; NULL where not stated."),
        Column("credentials", "r.credentials", "Credentials as printed, comma-separated."),
        Column("independent", "r.independent", "True or false where the document says it, else NULL."),
        Column("role", "r.role", "What the person is responsible for."),
        Column("issuer_id", "w.issuer_id", "The issuer of the filing."),
        Column("issuer", "i.name", "The issuer's name."),
        Column("project_id", "w.project_id", "The project of the filing."),
        Column("project", "p.name", "The project's name."),
        Column("filing_id", "f.filing_id", "The filing; see v_filings."),
        Column("filename", "f.filename", "Name of the filed document."),
        PAGE,
    ),
    """
FROM persons r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
JOIN entity_keys k ON k.key_id = r.person_id
JOIN entities e ON e.entity_id = k.entity_id
JOIN filing_subjects w ON w.extraction_id = r.extraction_id
LEFT JOIN entities i ON i.entity_id = w.issuer_id
LEFT JOIN entities p ON p.entity_id = w.project_id
""",
)

NAMES = View(
    "v_names",
    "One row per name of an issuer, project, deposit or person as a filing prints it, and whom it stands for.",
    (
        Column("kind", "n.kind", "issuer, project, deposit or person."),
        Column("printed_name", "n.printed", "The name as printed."),
        Column("entity_id", "k.entity_id", "Whom it stands for: issuer_id, project_id and so on of the other views."),
        Column("name", "e.name", "The name in the latest filing, or the one that a reviewer gave."),
        Column("key_id", "k.key_id", "The name as it is matched; decisions are about keys."),
        Column("filing_id", "f.filing_id", "The filing; see v_filings."),
        Column("filename", "f.filename", "Name of the filed document."),
    ),
    """
FROM printed_names n
JOIN entity_keys k ON k.key_id = n.key_id
JOIN entities e ON e.entity_id = k.entity_id
JOIN extractions x ON x.extraction_id = n.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
""",
)

ENTITY_DECISIONS = View(
    "v_entity_decisions",
    "One row per decision of a reviewer about names; the last one about a pair counts.",
    (
        Column("decision_id", "d.decision_id", "Counts decisions."),
        Column("kind", "d.kind", "issuer, project, deposit or person."),
        Column(
            "action", "d.action", "merge: entity_id is one with other_id, and goes by its name; keep_apart; rename."
        ),
        Column("entity_id", "d.entity_id", "The name that was decided about; key_id in v_names."),
        Column("other_id", "d.other_id", "The name that it was compared with; NULL for rename."),
        Column("name", "d.name", "The name that was given; NULL but for rename."),
        Column("decided_by", "d.decided_by", "Who decided."),
        Column("decided_at", "d.decided_at", "When, UTC."),
        Column("why", "d.why", "The reviewer's reason."),
    ),
    "FROM entity_decisions d",
)

ENTITY_VIEWS = (ISSUERS, PROJECTS, DEPOSITS, PEOPLE, PEOPLE_WORK, NAMES, ENTITY_DECISIONS)

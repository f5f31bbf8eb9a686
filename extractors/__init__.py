"""What a disclosure says: pure functions of a Document, which know mining and no format, no SQL, no network."""

from __future__ import annotations

from extractors.candidates import may_state_estimates
from extractors.claims import read_claims
from extractors.cutoffs import read_cutoffs
from extractors.dates import read_dates
from extractors.effective_dates import read_effective_dates
from extractors.equivalence import read_equivalences
from extractors.estimates import read_estimates
from extractors.footnotes import read_footnotes
from extractors.issuer import document_type_of, read_issuer
from extractors.language import language_of
from extractors.lexicon import load_vocabularies
from extractors.persons import read_persons
from extractors.statements import read_statements
from extractors.tables import find_tables
from models.disclosure import Disclosure
from models.document import Document


def extract(document: Document) -> Disclosure:
    """Read everything that a document discloses: estimates, notes, cut-offs, people, dates, claims, statements."""
    load_vocabularies()
    issuer = read_issuer(document)
    printed = find_tables(document)
    tables = read_estimates(printed, issuer.title or "", issuer.name)
    blocks = {table.block: table for table in printed}
    paired = tuple((blocks[table.block], table) for table in tables)
    notes = read_footnotes(paired)
    return Disclosure(
        language=language_of(document),
        document_type=document_type_of(document),
        issuer=issuer,
        dates=read_dates(document),
        tables=tables,
        footnotes=notes,
        cutoffs=read_cutoffs(document, paired),
        persons=read_persons(document, issuer),
        claims=read_claims(document, paired),
        statements=read_statements(document),
        equivalences=read_equivalences(document),
        effective_dates=read_effective_dates(document, paired, notes),
    )


__all__ = ["extract", "may_state_estimates"]

"""The public view of printed texts, and how it is searched."""

from __future__ import annotations

from models.view import FILING, PAGE, Column, View, current

TEXTS = View(
    "v_texts",
    "One row per printed text that can be searched: headlines, notes, captions, statements, claims, cut-offs and "
    "people. WHERE text_id IN (SELECT rowid FROM text_search('tungsten \"43-101\" feasib*')) finds those with "
    "all these words: without case and accents, a word with signs in it (43-101, g/t) in double quotes, * for any "
    "ending.",
    (
        *FILING,
        Column("text_id", "r.text_id", "The text; what text_search gives as rowid."),
        Column(
            "kind",
            "r.kind",
            "filing (name, issuer, project, headline), note, caption, statement, claim, cutoff or person.",
        ),
        Column("text", "r.printed", "The text as printed."),
        PAGE,
        Column("words", "r.words", "Its words as they are searched."),
    ),
    current("texts"),
)

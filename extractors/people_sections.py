"""The section of a document that a sentence stands in, as far as it says who those named there are."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors import limited_regex as regex
from extractors.independence import stated
from extractors.lexicon import Hit
from extractors.names import find_names
from extractors.prose import Sentence

HEADING_LENGTH = 90
"""A paragraph this short without a verb's full stop can head a list of people."""

LIST_LENGTH = 12
"""How many paragraphs below a heading its list of people can have."""


@dataclass(slots=True)
class Section:
    """What the heading above says: people listed here answer, are independent, or are to be contacted."""

    lists: bool = False
    independent: bool = False
    contact: bool = False
    left: int = field(default=0)


def section_at(sentence: Sentence, words: list[Hit], section: Section) -> Section:
    """The section that the sentence opens or stays in."""
    means = {w.means for w in words}
    short = len(sentence.text) <= HEADING_LENGTH and sentence.start == 0
    if short and "contact" in means:
        return Section(contact=True, left=LIST_LENGTH)
    if _heads_a_list(sentence, means, short) and not find_names(sentence.text):
        independent = stated(sentence.text) is True
        return Section(lists=True, independent=independent, left=LIST_LENGTH)
    if sentence.start == 0:
        left = section.left - 1
        ends = left <= 0 or (short and _is_heading(sentence))
        return Section() if ends else Section(section.lists, section.independent, section.contact, left)
    return section


def _heads_a_list(sentence: Sentence, means: set[str], short: bool) -> bool:
    """A heading of people who answer, or a sentence that ends in a colon before a list of them."""
    if short and _HEADS.match(sentence.folded):
        return True
    ends = sentence.folded.rstrip().endswith(":")
    return ends and ("qualified" in means or bool(_BY.search(sentence.folded)))


_BY = regex.compile(r"\b(?:prepared|authored|written|compiled|préparé|rédigé) (?:by|par)\s*:\s*$", regex.IGNORECASE)

_HEADS = regex.compile(
    r"[\W\d]*(?:(?:independent |the |following )*(?:NI 43-101 )?qualified persons?|QPs?"
    r"|(?:co-?)?author(?:s|ed)|prepared by|report (?:prepared )?by"
    r"|\(?signed|personnes? qualifiées?|auteurs?|préparé par|rédigé par|certificate of (?:qualif|qualified|author))",
    regex.IGNORECASE,
)


def _is_heading(sentence: Sentence) -> bool:
    text = sentence.text.strip()
    return not regex.search(r"[,;.&]|\d", text) and len(text) > 3 and not find_names(text) and text not in ("AND", "ET")

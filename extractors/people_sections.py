"""The section of a document that a sentence stands in, as far as it says who those named there are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extractors import limited_regex as regex
from extractors.independence import stated
from extractors.lexicon import Hit, lexicon
from extractors.names import find_names
from extractors.prose import Sentence

HEADING_LENGTH = 90
"""A paragraph this short without a verb's full stop can head a list of people."""

LIST_LENGTH = 12
"""How many paragraphs below a heading its list of people can have."""


@dataclass(slots=True)
class Section:
    """What the heading above says: people listed here answer, are independent, or are to be contacted.

    ``said`` is what it says of each of them: "an employee of X".
    """

    lists: bool = False
    independent: bool | None = None
    contact: bool = False
    said: str = ""
    left: int = field(default=0)


def section_at(sentence: Sentence, words: list[Hit], section: Section) -> Section:
    """The section that the sentence opens or stays in."""
    means = {w.means for w in words}
    short = len(sentence.text) <= HEADING_LENGTH and sentence.start == 0
    if short and "contact" in means:
        return Section(contact=True, left=LIST_LENGTH)
    head = _up_to_list(sentence.folded)
    if _heads_a_list(head, means, short) and not find_names(head):
        return Section(lists=True, independent=stated(head), said=said_of_each(head), left=LIST_LENGTH)
    if sentence.start == 0:
        left = section.left - 1
        ends = left <= 0 or (short and _is_heading(sentence))
        return Section() if ends else replace(section, left=left)
    return section


def said_of_each(head: str) -> str:
    """What the words before a list say of all whom it names: "each of whom is an employee of X, have approved: ..."."""
    said, firm = _EACH.search(head), _PERSONS_OF.search(head)
    return (f", {said['said']}" if said else "") + (f", employee of {firm['firm']}" if firm else "")


_EACH = regex.compile(
    r"\b(?:each|all|both) of whom (?:is|are) (?P<said>[^:]*?)(?=,? (?:has|have)\b|:|$)",
    regex.IGNORECASE,
)


_PERSONS_OF = regex.compile(
    r"\b(?:persons?|people|individuals|QPs?|personnes|employees) (?:of|from|with|at|de|chez) "
    r"(?P<firm>\p{Lu}[^,:;]*?(?:, (?:Inc|Ltd|Limited|LLC)\b\.?)?)(?=[,:;]| (?:has|have|are|is)\b)"
)
"""Whose people a list names: "the following persons of Slate Metals Limited, each of whom"."""


def _up_to_list(text: str) -> str:
    """The text up to the colon that the first item of its list follows: "...: Anna Roe, P.Geo. - Rock Ltd."."""
    colon = regex.search(r":\s+(?=\S)", text)
    if colon is None:
        return text
    names = find_names(text[colon.end() :])
    item = bool(names) and bool(names[0].credentials) and regex.fullmatch(r"\W*", text[colon.end() :][: names[0].start])
    return text[: colon.end()] if item else text


def _heads_a_list(head: str, means: set[str], short: bool) -> bool:
    """A heading of people who answer, or a sentence that ends in a colon before a list of them."""
    words = lexicon("people_headings").find(head)
    if short and words and not regex.search(r"\p{L}", head[: words[0].start]):
        return True
    if short and words and "qualified" in means and not regex.search(r"\w|\.\s*$", head[words[-1].end :]):
        return True
    ends = head.rstrip().endswith(":")
    closed = bool(words) and not regex.search(r"\w", head[words[-1].end :])
    return ends and ("qualified" in means or closed)


def _is_heading(sentence: Sentence) -> bool:
    text = sentence.text.strip()
    return not regex.search(r"[,;.&]|\d", text) and len(text) > 3 and not find_names(text) and text not in ("AND", "ET")

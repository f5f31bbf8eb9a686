"""Whether a sentence makes a person answer for technical matter, or only lets him speak, help or be called."""

from __future__ import annotations

from extractors import limited_regex as regex
from extractors.lexicon import Hit, lexicon
from extractors.names import Name, find_names
from extractors.people_sections import Section
from extractors.prose import Sentence


def answers_here(sentence: Sentence, words: list[Hit], name: Name, section: Section) -> bool:
    """True where the sentence or the section makes this person answer for technical matter."""
    means = {w.means for w in words}
    if name.title == "lawyer" or ("competent" in means and "qualified" not in means):
        return False
    if _only_speaks(sentence, words, name) or _only_helps(words, name) or _is_denied(sentence, words, name):
        return False
    if "qualified" in means and _calls_qualified(sentence, words, name):
        return True
    if section.contact or _is_of_the_past(sentence, words, name):
        return False
    if name.title == "author" or _certifies(sentence, name):
        return True
    if (section.lists and _is_listed(sentence, name)) or _lists_itself(sentence, name):
        return True
    return _answers(sentence, words, name) or _is_signature(sentence, name, section)


def _only_speaks(sentence: Sentence, words: list[Hit], name: Name) -> bool:
    """Quoted, or listed to be called: a verb of speech or a contact word, and nothing technical in the clause."""
    spoken = [w for w in words if w.means == "speaks" and (_near(w, name, 160))]
    called = [w for w in words if w.means == "contact" and w.start < name.start and name.start - w.end < 200]
    quoted = any(q in sentence.text for q in '"“”«»')
    if called and not any(w.means in ("qualified", "answers") and w.start > called[-1].end for w in words):
        return True
    return (
        bool(spoken) and quoted and not any(w.means in ("qualified", "answers") and _near(w, name, 60) for w in words)
    )


def _is_of_the_past(sentence: Sentence, words: list[Hit], name: Name) -> bool:
    """Who made a historical estimate does not answer for this disclosure: "calculated in 1974 by R. Roe"."""
    verbs = [w for w in words if w.means in ("answers", "reviews") and w.end <= name.start]
    head = sentence.folded[: verbs[-1].start if verbs else 0]
    return bool(_HISTORICAL.search(head[-160:])) and not regex.search(r"[;.]\s", head[-40:])


_HISTORICAL = regex.compile(r"\b(?:historic(?:al)?|historiques?)\b", regex.IGNORECASE)


def _near(word: Hit, name: Name, reach: int) -> bool:
    return word.start - name.after < reach and name.start - word.end < reach


def _only_helps(words: list[Hit], name: Name) -> bool:
    """Named behind "with assistance from": it holds for every name after it up to the next answering verb.

    Who is called qualified behind that is no helper: "estimated under the supervision of X, a Qualified Person".
    """
    helps = [w for w in words if w.means == "helps" and w.start < name.start]
    if not helps or any(w.means == "qualified" and w.start > name.after for w in words):
        return False
    return not any(w.means in ("answers", "qualified") and helps[-1].end < w.start < name.start for w in words)


def _calls_qualified(sentence: Sentence, words: list[Hit], name: Name) -> bool:
    """True for a name in a sentence that calls people qualified, but for one who has it only in a clause before."""
    text = sentence.folded
    qualified = [w for w in words if w.means == "qualified"]
    if name.credentials or name.title:
        between = [w for w in qualified if not _denied(text, w)]
        return any(_same_statement(text, name, w) for w in between)
    said = any(w.end <= name.start or _same_statement(text, name, w) for w in qualified)
    return said and (_apposed(text, name) or _is_subject(text, name, qualified))


def _is_subject(text: str, name: Name, qualified: list[Hit]) -> bool:
    """True for a bare name that opens a sentence whose verb calls it qualified: "X, manager at Y, is the QP who"."""
    if regex.search(r"\p{L}", text[: name.start]):
        return False
    return any(
        _IS_THE.search(text[name.end : word.start]) and not find_names(text[name.end : word.start])
        for word in qualified
        if word.start > name.end
    )


_IS_THE = regex.compile(
    r"^,[^;.]*,\s*(?:is|was|acts as|has acted as|serves as|est|agit comme)\s+(?:also\s+)?(?:an?|the|la|une|its|their)?"
    r"\s*(?:company's |independent |non-independent )*[\"']?$",
    regex.IGNORECASE,
)


def _denied(text: str, word: Hit) -> bool:
    return bool(_DENIES.search(text[: word.start]))


def _is_denied(sentence: Sentence, words: list[Hit], name: Name) -> bool:
    """Said of this very name: "Sten Rud, who is not a Qualified Person"."""
    behind = [w for w in words if w.means == "qualified" and w.start >= name.after]
    if not behind or not _denied(sentence.folded, behind[0]):
        return False
    return not regex.search(r"[;.]\s|\b(?:and|et)\b", sentence.folded[name.after : behind[0].start])


_DENIES = regex.compile(
    r"\b(?:(?:not|never|n'est pas|no) (?:an? |une )?|(?:former|ancien(?:ne)?)\b[^,;.]{0,40})$", regex.IGNORECASE
)


def _same_statement(text: str, name: Name, word: Hit) -> bool:
    """True where no other sentence part comes between: a semicolon before a new subject ends the statement."""
    between = text[min(name.after, word.end) : max(name.start, word.start)]
    return not regex.search(r";\s+(?!(?:and|et|both|each|all|neither|tous|toutes|chacune?)\b)", between) or bool(
        regex.search(r":", text[word.end : max(word.end + 30, min(name.start, word.end + 90))])
    )


_SLOT = regex.compile(
    r"(?:\bby|\bqualified persons?|\bQPs?|\bare|\bis|\bwith|:|\band|\bet|;|\bof|\bpar|\best|\bsont|\bde|&|^"
    r"|^\W*[\d\W]{0,4})\s*(?:the )?$",
    regex.IGNORECASE,
)


def _apposed(text: str, name: Name) -> bool:
    """True for a bare name that stands where a sentence names a person: "by X, who", "are X, general manager"."""
    if not _SLOT.search(text[: name.start]):
        return False
    return _holds_office(text, name) or bool(_GOES_ON.match(text, name.end))


def _holds_office(text: str, name: Name) -> bool:
    """True where an office stands right behind the name: "Pieter Doll, Vice President"."""
    comma = regex.match(r"\s*,\s*", text[name.end :])
    offices = lexicon("offices").find(text[name.end + comma.end() :]) if comma else []
    return bool(offices) and offices[0].start == 0


_GOES_ON = regex.compile(
    r"\s*(?:,\s*(?:a|an|the|who|which|each|both|all|of|from|une?|qui)\b|,?\s*\((?!\d)|who\b|and\b|et\b|is\b|are\b|was\b|est\b|sont\b|has\b"
    r"|have\b|qui\b|[.;]?\s*$|;)",
    regex.IGNORECASE,
)


def _certifies(sentence: Sentence, name: Name) -> bool:
    return bool(_SIGNS.search(sentence.text[: name.start]))


_SIGNS = regex.compile(
    r"^\W*(?:I|Je),?\s*(?:the undersigned|(?:le |la )?soussignée?)?,?\s*$|\b[Ss]igned(?: (?:and|&) [Ss]ealed)?[\W]*$"
)


def _is_listed(sentence: Sentence, name: Name) -> bool:
    """An item of a list of people: the name begins the paragraph or the item, or stands behind what it answers for."""
    lead = sentence.text[: name.start]
    begins = sentence.start == 0 or bool(_ITEM_MARK.match(lead))
    starts = begins and (not regex.search(r"[\p{L}]{3}", lead) or _is_bare_list(lead))
    return (starts or bool(LABEL.search(lead))) and bool(name.credentials or name.title)


_ITEM_MARK = regex.compile(r"\s*[-–—•▪·●*⎯]\s")


def _lists_itself(sentence: Sentence, name: Name) -> bool:
    """A list behind its own heading: "Authors: A. Roe, P.Geo. (Rock Ltd.)", "Reserves: I. Vale, P.Eng."."""
    label = LABEL.search(sentence.text[: name.start])
    if name.credentials and label and {"matter", "disclosed"} & set(lexicon("people").means(label["label"])):
        return True
    head = _OWN_HEAD.match(sentence.folded)
    return (
        head is not None and bool(name.credentials) and bool(_ITEM.search(sentence.text[head.end() - 1 : name.start]))
    )


_OWN_HEAD = regex.compile(
    r"\W*[^:;.]{0,60}?\b(?:auteure?s?|authors?|qualified persons?|QPs?|personnes? qualifiées?)\b[^:;.]{0,90}:",
    regex.IGNORECASE,
)
_ITEM = regex.compile(r"[:;]\s*(?:and|et)?\s*$")


def _is_bare_list(lead: str) -> bool:
    """True where only people stand before, with letters and offices and no verb: lines that run on in one paragraph."""
    people = find_names(lead)
    listed = bool(people) and bool(people[0].credentials) and not regex.search(r"\p{L}{3}", lead[: people[0].start])
    return listed and not regex.search(
        r"\b(?:is|are|was|were|has|have|who|by|est|sont|qui|par|(?:and|et)(?! \d))\b", lead
    )


LABEL = regex.compile(r"(?:^\W*|[.;]\s+)(?P<label>\p{Lu}[\p{L}\d ,&/'’-]{2,60}?)\s*(?::|\s[-–—])\s*$")
"""What stands before a name in a list: "Mineral Reserves: J. Roe, P.Eng."."""


def _is_signature(sentence: Sentence, name: Name, section: Section) -> bool:
    """A paragraph that is nothing but a name with its licence, as on a title or signature page."""
    return not section.contact and bool(name.credentials) and is_line_of_its_own(sentence, name)


def ends_its_paragraph(sentence: Sentence, name: Name) -> bool:
    """A line of a name with its letters, with nothing before it but who signed, where, and when."""
    lead = sentence.text[: name.start].strip(" \t-•*“\"'")
    return bool(not lead or _SIGNED.match(lead)) and bool(_ENDS.fullmatch(sentence.text[name.after :]))


_SIGNED = regex.compile(r".{0,60}\b(?:signed|dated|signé|daté)\b", regex.IGNORECASE)


def is_line_of_its_own(sentence: Sentence, name: Name) -> bool:
    """A paragraph that is nothing but a name with the letters behind it."""
    lead = sentence.text[: name.start].strip(" \t-•*“\"'")
    return sentence.start == 0 and not lead and bool(_ENDS.fullmatch(sentence.text[name.after :]))


_ENDS = regex.compile(
    r"[\s.,;&]*(?:and|et)?[\s.,;&]*(?:(?:effective|dated)\b.*|\p{Lu}\p{Ll}+ \d{1,2}, \d{4})?", regex.IGNORECASE
)

_BY = regex.compile(r"\b(?:by|par)\s*$", regex.IGNORECASE)


def _answers(sentence: Sentence, words: list[Hit], name: Name) -> bool:
    """True where the person is the agent of a verb of answering whose object is technical matter.

    To have reviewed what is disclosed makes those answer who have letters; to have reviewed a report does not.
    """
    means = {w.means for w in words}
    may_review = bool(name.credentials) and "disclosed" in means
    verbs = [w for w in words if w.means == "answers" or (w.means == "reviews" and may_review)]
    if not verbs or not means & {"matter", "disclosed"}:
        return False
    text = sentence.folded
    if regex.match(r"'s\b", text[name.after :]) or _SPEAKS_FOR_HIMSELF.match(text):
        return False
    if not (name.credentials or name.title or _holds_office(text, name) or _BY.search(text[: name.start])):
        return False
    return any(_is_agent(text, verb, name) for verb in verbs)


_SPEAKS_FOR_HIMSELF = regex.compile(r"[\W\d]*(?:I|Je) \p{Ll}")
"""In a certificate, who signs answers, whoever did the work: "I am responsible for the model by I. Vale"."""


def _is_agent(text: str, verb: Hit, name: Name) -> bool:
    """Reads "Verb by NAME", "NAME ... verb", or "responsibility rests with NAME"."""
    if verb.end <= name.start:
        between = text[verb.end : name.start]
        return bool(_LEADS_TO.search(between)) and not _PASSED_ON.search(between)
    between = text[name.after : verb.start]
    passive = regex.search(r"\b(?:is|was|were|are|been) $", text[: verb.start][-6:]) and "ed" in verb.text[-3:]
    return len(between) < 220 and not _NEW_SUBJECT.search(between) and not passive


_LEADS_TO = regex.compile(r"\b(?:by|par|with|is|are|est|sont|de|of|under)\b|:")
_NEW_SUBJECT = regex.compile(
    r"\b(?:par|which)\b|;\s|:\s|\b(?:by|from|that)\b(?! (?:reason|virtue|profession))", regex.IGNORECASE
)


_PASSED_ON = regex.compile(r"\b(?:sous la direction|assistance|reviewed by|helped)\b", regex.IGNORECASE)

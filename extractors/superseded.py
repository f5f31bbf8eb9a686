"""Whether the date of an estimate is that of one no longer in force: what another replaces, or is compared with."""

from __future__ import annotations

from extractors import limited_regex as regex
from extractors.lexicon import Hit, lexicon


def is_of_superseded(text: str, since: int, start: int, end: int) -> bool:
    """True for a date at ``start`` that belongs to an estimate which the sentence calls former or replaced.

    ``since`` is where the date before ends: what stands before it speaks of that one.
    """
    clause = _of_its_own(text[:since], text[since:start])
    return (
        any(w.means == "former" for w in lexicon("superseded").find(clause))
        or _is_object(text, since, start)
        or _is_replaced(text[end:])
    )


def _is_object(text: str, since: int, start: int) -> bool:
    """True where the date's estimate is what another replaces: "replaces the one effective May 1, 2020"."""
    between = text[since:start]
    verb = _last_verb(text[:since], between)
    return verb is not None and not _NEXT_CLAUSE.search(between, verb.end)


def _of_its_own(said: str, between: str) -> str:
    """What is said of the date's own estimate: "updates the prior one, and is effective ..." from "and" on."""
    verb = _last_verb(said, between)
    after = _NEXT_CLAUSE.search(between, verb.end) if verb else None
    return between[after.end() :] if after else between


def _last_verb(said: str, between: str) -> Hit | None:
    """The last word of replacing or comparing; only an estimate, not its owner, replaces one by an update."""
    verbs = [
        w
        for w in lexicon("superseded").find(between)
        if w.means == "replaces" or (w.means == "updates" and _ESTIMATE.search(said + between[: w.start]))
    ]
    return verbs[-1] if verbs else None


_ESTIMATE = regex.compile(
    r"estimat|resource|reserve|ressource|réserve|\bM(?:RM)?RE\b|\bERM\b"
    r"|(?:^\W*|[;,] (?:and |et )?)(?:It|This|Elle|Celle-ci|Il)\b",
    regex.IGNORECASE,
)

_NEXT_CLAUSE = regex.compile(
    r"(?:,|\b(?:and|et)) (?:it |elle )?(?:has|have|is|are|a|est|sont|ont)\b"
    r"|,(?: (?:the|this|its|les?|la|cette|ces)| l['’])\b(?! (?:effective|date))",
    regex.IGNORECASE,
)
"""Where a sentence turns from what is replaced to what replaces it: "..., and is effective", "..., the resource"."""


def _is_replaced(after: str) -> bool:
    """True where the words behind the date say that its estimate is replaced, before another is spoken of."""
    own = _NEXT_SUBJECT.split(after, maxsplit=1)[0]
    return any(w.means == "replaced" for w in lexicon("superseded").find(own))


_NEXT_SUBJECT = regex.compile(
    r";|\b(?:19|20)\d\d\b|,? (?:and|while|et|tandis que) (?:the|any|all|its|les?|la|l['’]|toute)", regex.IGNORECASE
)

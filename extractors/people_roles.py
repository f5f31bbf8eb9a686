"""What a person answers for, from the words of the sentence that names him."""

from __future__ import annotations

from extractors import limited_regex as regex

_DONE = r"(?:prepared|carried out|estimated|completed|done|supervised|préparée?s?|réalisée?s?|established|undertaken)"
_ROLES = (
    (
        "after",
        r"\b(?:responsible|responsables?) (?:for|de|des|du) (?:the |l'|la |les |this |cette )?(?P<role>[^.;,()]{3,90})",
    ),
    (
        "after",
        r"^\W*[^.;]{0,80}?(?:prepared|took responsibility for|wrote|authored|a préparé|a rédigé) (?:the |l'"
        r"|la |le )?(?P<role>[^.;,]{3,80})",
    ),
    ("after", r"(?:[-–]|:)\s*(?P<role>sections? [\d, &toandet-]+)"),
    ("after", r"^\s*\((?P<role>[^()]*(?:reserves?|resources?|sections?)[^()]*)\)"),
    (
        "before",
        r"(?:qualified persons?|QPs?|personnes? qualifiées?)[^.;,]{0,20}? (?:for|of|de) (?:the |l'"
        r"|cette )?(?P<role>[^.;,]{3,80}?) (?:is|are|est|sont)\b",
    ),
    ("before", r"(?:^\W*|[.;]\s+)(?P<role>\p{Lu}[\p{L}\d ,&/'’-]{2,60}?)\s*(?::|\s[-–—])\s*$"),
    ("before", r"\bresponsibility for (?:the )?(?P<role>[^.;,]{3,90}?) (?:rests|lies|belongs)"),
    (
        "before",
        rf"^\W*(?:[\d.)]+\s*)?(?:the |l'|la |le |un |une )?(?P<role>[^.;:]{{3,120}}?)(?: (?:that|which"
        rf"|qui) [^.;:]{{3,60}}?)? (?:was|were|is|has been|have been|a été|ont été) {_DONE}",
    ),
)
_ROLE_PATTERNS = tuple((side, regex.compile(pattern, regex.IGNORECASE)) for side, pattern in _ROLES)


def role_of(sentence: str, start: int, after: int) -> str | None:
    """The part of the disclosure that the person answers for, as printed, or None."""
    for side, pattern in _ROLE_PATTERNS:
        if match := pattern.search(sentence[after:] if side == "after" else sentence[:start]):
            return match["role"].strip()
    return None

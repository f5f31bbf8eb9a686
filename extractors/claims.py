"""Figures that the headline and the prose state: quantities of an estimate, changes in per cent, mine life.

A figure counts where its sentence speaks of resources or reserves; cut-offs, production, drill results, exploration
targets and money do not. A number that cannot be read is claimed as malformed, without a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors import limited_regex as regex
from extractors.claim_subjects import ABBREVIATED, Subject, clause_of, subject_of, subject_of_change, subject_of_group
from extractors.cutoff_figures import cutoff_figures
from extractors.cutoff_passages import PairedTables
from extractors.figures import Measure, find_measures
from extractors.language import language_of
from extractors.lexicon import Hit, fold, lexicon
from extractors.mine_life import mine_lives
from extractors.prose import Sentence, sentences_of
from extractors.quantities import Group, groups_in, is_rock
from extractors.topics import Topic
from models.disclosure import Category, Claim, ClaimKind, Language
from models.document import Document
from models.figure import Figure


def read_claims(document: Document, tables: PairedTables) -> tuple[Claim, ...]:
    """The claims of headline and prose, in reading order; captions and notes of tables make none."""
    language = language_of(document)
    skip = _blocks_of_tables(document, tables)
    claims: list[Claim] = []
    before = above = Subject()
    for sentence in sentences_of(document, skip, _may_claim, _CLAIMED):
        item = _ITEM.match(sentence.folded) is not None and sentence.start > 0
        found, said = _claims_in(sentence, language, above if item else before if sentence.start else Subject(), item)
        heads = sentence.folded.rstrip().endswith(":")
        above = said if heads else above if item else Subject()
        before = said
        claims += found
    return tuple(claims)


_ITEM = regex.compile(r"\s*[-•*▪●⎯]\s")
"""An item of a list is about what the sentence above the list is about, where it says nothing else."""


_CLAIMED = Topic("types", "categories", "claim_words/life", ABBREVIATED)


def _may_claim(text: str) -> bool:
    """True for a paragraph with a figure and a word of estimates or of mine life."""
    if not _DIGIT.search(text):
        return bool(lexicon("number_words").find(text)) and _speaks_of_life(text)
    named = lexicon("types").find(text) or lexicon("categories").find(text) or ABBREVIATED.search(text)
    return bool(named) or _speaks_of_life(text)


_DIGIT = regex.compile(r"\d")


def _speaks_of_life(text: str) -> bool:
    return "life" in lexicon("claim_words").means(text)


def _blocks_of_tables(document: Document, tables: PairedTables) -> frozenset[int]:
    """The captions and notes of estimate tables; what they say is read with the table."""
    own = {id(p) for printed, _ in tables for p in (*printed.caption, *printed.notes)}
    return frozenset(i for i, block in enumerate(document.blocks) if id(block) in own)


def _claims_in(sentence: Sentence, language: Language, before: Subject, is_item: bool) -> tuple[list[Claim], Subject]:
    """The claims of one sentence, and its subject, which the next sentence, or the list below, may go on about."""
    words = lexicon("claim_words").find(sentence.text)
    if not regex.search(r"\d", sentence.text):
        return _mine_lives(sentence, (), words), Subject()
    measures = find_measures(sentence.text, language)
    subject = subject_of(sentence.text)
    claims = _mine_lives(sentence, measures, words)
    if subject.type is None and subject.category is None:
        if before.type is None or not (is_item or _goes_on(sentence)):
            return claims, subject
        category = before.category if is_item else None
        subject = replace(before, category=category, commodity=subject.commodity or before.commodity)
    usable = _usable(sentence, measures, words, language)
    claims += _changes(sentence, usable, words, subject)
    stated = [m for m in usable if not _is_change(sentence, m, words)]
    claims += _quantities(sentence, stated, subject, subject.category if is_item else None)
    return claims, subject


def _goes_on(sentence: Sentence) -> bool:
    return bool(regex.match(r"\W*(?:The total|This|That|It|A further|Another|Ce|Cela|Compared)\b", sentence.folded))


# ---- which figures can be claims ----


def _usable(sentence: Sentence, measures: Sequence[Measure], words: Sequence[Hit], language: Language) -> list[Measure]:
    """The figures with a unit that are no cut-off, no money, and not in a clause about something else."""
    cutoffs = cutoff_figures(sentence.text, language)
    return [
        m
        for m in measures
        if (m.unit or (m.value is not None and m.value >= 1000) or _SCALED.match(sentence.folded, m.end))
        and not m.is_money
        and not _is_share(sentence.folded, m, words)
        and not _is_difference(sentence.folded, m)
        and (m.start, m.end) not in cutoffs
        and not _is_elsewhere(sentence.folded, m, words)
    ]


_SCALED = regex.compile(r"\s?[mb]illion\b", regex.IGNORECASE)


def _is_share(text: str, measure: Measure, words: Sequence[Hit]) -> bool:
    """A share of the whole: "87% Measured and Indicated", "91% of the resource"; not "a rise of 28% of the tonnage"."""
    if measure.unit != "%" or measure.commodity:
        return False
    moves = [w for w in words if w.means in ("up", "down") and w.end <= measure.start]
    if moves and regex.fullmatch(r" (?:of|by|de)\s*", text[moves[-1].end : measure.start]):
        return False
    if _GRADES.search(text, 0, measure.start):
        return False
    behind = text[measure.end : measure.end + 24]
    of = regex.match(r"\s*(?:of|des?|du|are|is)\b(?! n)", behind)
    return bool(of) or bool(
        not regex.match(r"\s*[,;.:]", behind)
        and lexicon("categories").find(behind)
        and not regex.match(r"[\s-]*(?:increase|decrease|more|gain|\p{L}*er\b|rise|hausse)", behind)
    )


_GRADES = regex.compile(r"(?:\b(?:at|grad(?:es|ing)|averag(?:es|ing)|à|titrant)|@)\s*$")
"""What stands before a grade: "at 0.11% are contained"."""


def _is_difference(text: str, measure: Measure) -> bool:
    """An amount by which something differs is no estimate: "242 kt more than a year ago", "grew by 12.4 Mt"."""
    if measure.unit == "%":
        return False
    if regex.match(r"\s*(?:more|less|fewer|higher|lower|de plus|de moins)\b", text[measure.end :]):
        return True
    head = text[: measure.start]
    return bool(
        regex.search(
            r"\b(?:grew|increased?|rose|decreased?|fell|augment\w+|diminu\w+)\b[^,;\d]{0,60}\b(?:by|of|de)\s*$", head
        )
    )


def _is_elsewhere(text: str, measure: Measure, words: Sequence[Hit]) -> bool:
    """True in a clause about production, drilling, money or rates."""
    clauses = [0, *(m.end() for m in _CLAUSES.finditer(text)), len(text)]
    start = max(c for c in clauses if c <= measure.start)
    end = min(c for c in clauses if c > measure.start)
    return any(w.means == "not_estimate" and start <= w.start < end for w in words) or any(
        w.means == "rate" and measure.start <= w.start <= measure.end + 1 for w in words
    )


_CLAUSES = regex.compile(
    r"[;:]\s|, (?:an?|as|which|and|mostly|mainly|primarily|largely|partly)\s|\.\s"
    r"|\b(?:after|and|because|due to|owing to|reflecting|driven by|en raison d|principalement)\b"
)


def _mine_lives(sentence: Sentence, measures: Sequence[Measure], words: Sequence[Hit]) -> list[Claim]:
    lives = mine_lives(sentence, measures, words)
    return [_claim(sentence, ClaimKind.MINE_LIFE, Subject(), years=years) for years in lives]


# ---- changes ----


def _is_change(sentence: Sentence, measure: Measure, words: Sequence[Hit]) -> bool:
    return _direction(sentence.folded, measure, words) is not None


def _direction(text: str, measure: Measure, words: Sequence[Hit]) -> int | None:
    """+1 or -1 where a word of growth or loss stands beside a percentage that has no metal, else None."""
    if measure.unit != "%" or measure.commodity not in (None,) or measure.value is None:
        return None
    moves = [w for w in words if w.means in ("up", "down")]
    behind = [
        w for w in moves if 0 <= w.start - measure.end <= 12 and not regex.search(r"[,;]", text[measure.end : w.start])
    ]
    before = [w for w in moves if w.end <= measure.start and _reaches(text[w.end : measure.start])]
    chosen = behind[:1] or before[-1:]
    return None if not chosen else 1 if chosen[0].means == "up" else -1


def _reaches(between: str) -> bool:
    """A word of growth reaches over "by 12.4 million tonnes or" and over what has grown, not over a new clause."""
    return len(between) < 70 and not regex.search(r"[;:]|\.\s|\b(?:grading|averag|at an?)\b", between)


_OF_SOMETHING_ELSE = regex.compile(
    r"\b(?:production|revenues?|NPV|IRR|costs?|recover\w*|ratio|throughput|capacity|cash|share|ownership"
    r"|dilution|interest)\b",
    regex.IGNORECASE,
)


def _changes(sentence: Sentence, measures: Sequence[Measure], words: Sequence[Hit], subject: Subject) -> list[Claim]:
    claims = []
    for measure in measures:
        sign = _direction(sentence.folded, measure, words)
        figure = measure.figure
        if sign is None or figure is None or _OF_SOMETHING_ELSE.search(clause_of(sentence.folded, measure)):
            continue
        about = subject_of_change(sentence.text, measure, subject)
        percent = Figure(figure.printed, figure.value * sign, figure.step, figure.approximate)
        claims.append(_claim(sentence, ClaimKind.CHANGE_PERCENT, about, percent=percent))
    return claims


# ---- quantities ----


def _quantities(
    sentence: Sentence, measures: Sequence[Measure], subject: Subject, above: Category | None
) -> list[Claim]:
    """The quantities of a sentence: its figures in groups, each with the category that stands nearest.

    ``above`` is the category of the list that the sentence is an item of.
    """
    groups = groups_in(sentence.text, measures)
    claims: list[Claim] = []
    last = replace(subject, category=above)
    for index, group in enumerate(groups):
        last = subject_of_group(sentence.text, groups, index, last, subject)
        claims += _of_group(sentence, group, last)
    return claims


def _of_group(sentence: Sentence, group: Group, subject: Subject) -> list[Claim]:
    """One claim a metal of the group, the tonnage repeated; one of the tonnage alone where no metal is stated."""
    rock = group.rock
    metals = [m for m in group.measures if m is not rock]
    by_metal: dict[str | None, list[Measure]] = {}
    for measure in metals:
        by_metal.setdefault(_metal_of(sentence.text, measure, subject, group), []).append(measure)
    if None in by_metal and len(by_metal) > 1:
        others = [k for k in by_metal if k is not None]
        by_metal[others[0]] += by_metal.pop(None)
    if rock is None and not by_metal:
        return []
    return [_quantity(sentence, subject, rock, metal, parts) for metal, parts in (by_metal or {None: []}).items()]


def _metal_of(text: str, measure: Measure, subject: Subject, group: Group) -> str | None:
    """The metal of a figure: printed with it, right before it, or the one metal of the group or the sentence."""
    if measure.commodity:
        return measure.commodity
    before = fold(text[max(0, measure.start - 45) : measure.start])
    if near := regex.search(r"(?:grade|grading|averag\w+|teneur)[^,;]{0,25}$", before):
        metals = lexicon("commodities").find(text[max(0, measure.start - 45) : measure.start])
        if metals and metals[-1].end <= near.end():
            return metals[-1].means
    named = {m.commodity for m in group.measures if m.commodity and not is_rock(m)}
    if len(named) == 1:
        return named.pop()
    if subject.commodity:
        return subject.commodity
    inside = set(lexicon("commodities").means(text))
    return inside.pop() if len(inside) == 1 else None


def _quantity(
    sentence: Sentence, subject: Subject, rock: Measure | None, metal: str | None, parts: Sequence[Measure]
) -> Claim:
    grade = next((m for m in parts if m.is_grade), None)
    contained = next((m for m in parts if m.is_mass), None)
    bad = next((m.digits for m in (rock, grade, contained) if m and m.value is None), None)
    claim = _claim(sentence, ClaimKind.QUANTITY, replace(subject, commodity=metal))
    return replace(
        claim,
        tonnage=rock.quantity(sentence.place) if rock else None,
        grade=grade.quantity(sentence.place) if grade else None,
        contained=contained.quantity(sentence.place) if contained else None,
        malformed=bad,
    )


def _claim(
    sentence: Sentence, kind: ClaimKind, about: Subject, percent: Figure | None = None, years: Figure | None = None
) -> Claim:
    return Claim(
        kind=kind,
        text=sentence.text,
        quote=sentence.quote,
        type=about.type,
        category=about.category,
        commodity=about.commodity,
        materials=about.materials,
        percent=percent,
        years=years,
    )

"""Economics beside estimates: inferred resources in plans, value in the ground, metal equivalents."""

from __future__ import annotations

from collections.abc import Iterator

from extractors import limited_regex as regex
from extractors.lexicon import fold, lexicon
from models.disclosure import EstimateLine
from pipeline.checks.equivalents import is_equivalent
from pipeline.checks.rules.filed import Filed, Indication
from pipeline.checks.wording import name

CAUTIONS = {
    "preliminary": "that the assessment is preliminary in nature",
    "speculative": "that inferred resources are too speculative to be called reserves",
    "no_certainty": "that there is no certainty that the assessment will be realized",
}

_LEAVES_OUT = regex.compile(r"\bexclu|\bnot includ|\bwithout\b|\bn'inclu|\bne compren", regex.IGNORECASE)
"""How a sentence says that a plan leaves inferred resources out."""


def inferred_beside_economics(filed: Filed) -> Iterator[Indication]:
    """Inferred resources are not described by economics or a mine plan but in a preliminary economic assessment."""
    if filed.says("economics", "preliminary_assessment"):
        return
    for word in ("inferred", "présumé", "inféré"):
        for quote in filed.sentences(word):
            means = lexicon("economics").means(_clause_with(word, quote.text))
            caution = "required_caution" in lexicon("economics").means(quote.text)
            if "of_a_plan" in means and not caution and not _LEAVES_OUT.search(quote.text):
                yield Indication("inferred resources stand beside words of economics or of a mine plan", quote)


def _clause_with(word: str, sentence: str) -> str:
    """The parts of a sentence that contain a word: a semicolon parts what is said of one thing from another."""
    return "; ".join(clause for clause in sentence.split(";") if word in fold(clause).casefold())


def no_gross_value(filed: Filed) -> Iterator[Indication]:
    """The metal in the ground is given no gross value."""
    for quote in filed.saying("unfit_terms", "gross_value"):
        yield Indication("metal in the ground is given a gross value", quote)


def assessment_cautions(filed: Filed) -> Iterator[Indication]:
    """Results of a preliminary economic assessment come with its three cautions."""
    if not filed.says("economics", "preliminary_assessment", "result"):
        return
    about = next(filed.saying("economics", "preliminary_assessment"))
    for element, what in CAUTIONS.items():
        if not filed.says("cautions", element):
            yield Indication(f"no sentence says {what}; {filed.searched}", about)


def components_of_equivalents(filed: Filed) -> Iterator[Indication]:
    """A metal equivalent comes with the grade of each metal that goes into it."""
    lines = [line for line in filed.own_lines if any(is_equivalent(m.commodity) for m in line.metals)]
    bare = [line for line in lines if not _components(line) and not _alike_with_components(line, filed)]
    if bare:
        yield Indication(f"{name(bare[0])} gives an equivalent and the grade of no metal in it", bare[0].quote)


def _components(line: EstimateLine) -> list[str]:
    return [m.commodity for m in line.metals if not is_equivalent(m.commodity) and m.grade is not None]


def _alike_with_components(line: EstimateLine, filed: Filed) -> bool:
    """Another line of the filing states the grades of the same estimate."""
    what = (line.type, line.category, line.zone, set(line.materials))
    return any(what == (p.type, p.category, p.zone, set(p.materials)) and _components(p) for p in filed.own_lines)


def terms_of_equivalents(filed: Filed) -> Iterator[Indication]:
    """A metal equivalent comes with the prices and recoveries that it was computed with."""
    printed = {m.commodity for line in filed.own_lines for m in line.metals if is_equivalent(m.commodity)}
    for commodity in sorted(printed):
        terms = next((e for e in filed.disclosure.equivalences if e.commodity == commodity), None)
        stated = {"prices": terms and terms.prices, "recoveries": terms and terms.recoveries}
        lacking = " and ".join(what for what, values in stated.items() if not values)
        if lacking:
            message = f"{commodity} is printed without the {lacking} that it was computed with; {filed.searched}"
            yield Indication(message, filed.headline)

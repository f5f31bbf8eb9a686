"""A filing as the disclosure rules see it: what was extracted, and the text that a rule on wording searches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from propcache.api import cached_property

from extractors import limited_regex as regex
from extractors.lexicon import lexicon
from extractors.plans import PlanFigure, read_plan
from extractors.prose import opens_boilerplate, split_paragraph
from extractors.topics import Topic, WholeText
from models.disclosure import Disclosure, EffectiveDate, EstimateLine, EstimateType, PrintedDate
from models.document import Document, Grid, Printed
from models.findings import Severity
from models.quote import Quote

FIRST_VERSION = "2001-02-01"
SECOND_VERSION = "2005-12-30"
THIRD_VERSION = "2011-06-30"
"""When the versions of NI 43-101 came into force, ISO."""

_YEAR = regex.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Indication:
    """A place where a rule appears not to be met. ``severity`` is the rule's own unless it is given."""

    message: str
    quote: Quote
    severity: Severity | None = None


@dataclass(frozen=True)
class Filed:
    """A disclosure with the document that it was read from."""

    disclosure: Disclosure
    document: Document | None = None
    _spoken: dict[str, dict[str, list[int]]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def own_lines(self) -> tuple[EstimateLine, ...]:
        """The estimate lines of this disclosure's date."""
        return self.disclosure.own_lines

    @cached_property
    def date(self) -> str:
        """The day of disclosure, ISO: that of the release, else the latest date that is printed; "" for none."""
        dates = self.disclosure.dates
        if dates.release:
            return dates.release.iso
        return max((d.iso for d in (dates.report, *self.effective) if d), default="")

    @property
    def effective(self) -> tuple[PrintedDate | EffectiveDate, ...]:
        """The effective date that all estimates share, or those that the estimates' own tables print."""
        shared = self.disclosure.dates.effective
        if shared:
            return (shared,)
        return tuple(date for date in self.disclosure.effective_dates if date.table is not None and not date.bare)

    @cached_property
    def printed(self) -> tuple[Printed, ...]:
        """Everything that is printed: paragraphs, and cells as paragraphs of their own."""
        blocks = self.document.blocks if self.document else ()
        return tuple(p for block in blocks for p in (block.cells if isinstance(block, Grid) else (block,)))

    @cached_property
    def body(self) -> tuple[Printed, ...]:
        """What is printed before the forward-looking and legal text at the end."""
        openings = (i for i in self._holding("boilerplate") if opens_boilerplate(self.printed[i]))
        return self.printed[: next(openings, len(self.printed))]

    @cached_property
    def searched(self) -> str:
        """What an absence was searched in, for the reader of a finding."""
        blocks = self.document.blocks if self.document else ()
        tables = sum(isinstance(block, Grid) for block in blocks)
        told = "1 table" if tables == 1 else f"{tables} tables"
        return f"searched: {len(blocks) - tables} paragraphs, the legal text among them, and {told}"

    @cached_property
    def plan(self) -> tuple[PlanFigure, ...]:
        """What the document says of its mine plan."""
        return read_plan(self.document) if self.document else ()

    @cached_property
    def cites_report(self) -> bool:
        """Whether a technical report is named by its title and its date."""
        spoken = self._by_meaning("cautions")
        both = set(spoken.get("technical_report", ())).intersection(spoken.get("titled", ()))
        return any(_YEAR.search(self.printed[i].base) for i in both)

    @cached_property
    def by_royalty_holder(self) -> bool:
        """Whether the issuer's name says that it holds royalties or streams."""
        return bool(lexicon("royalties").find(self.disclosure.issuer.name or ""))

    @property
    def headline(self) -> Quote:
        """The place of a finding about something that is not there: the caption of the first estimate table."""
        table = self.disclosure.tables[0]
        return Quote(table.caption or self.disclosure.issuer.title or "", table.quote.place)

    def of_type(self, kind: EstimateType) -> tuple[EstimateLine, ...]:
        """The estimate lines of one type."""
        return tuple(line for line in self.own_lines if line.type is kind)

    def saying(self, vocabulary: str, meaning: str) -> Iterator[Quote]:
        """The paragraphs in which a word of this meaning stands."""
        return (self.printed[i].quote for i in self._by_meaning(vocabulary).get(meaning, ()))

    def _by_meaning(self, vocabulary: str) -> dict[str, list[int]]:
        """The numbers of the paragraphs by the meanings of a vocabulary: many rules ask for one after the other."""
        if vocabulary not in self._spoken:
            found: dict[str, list[int]] = {}
            for i in self._holding(vocabulary):
                for meaning in lexicon(vocabulary).means(self.printed[i].base):
                    found.setdefault(meaning, []).append(i)
            self._spoken[vocabulary] = found
        return self._spoken[vocabulary]

    def _holding(self, vocabulary: str) -> list[int]:
        """The numbers of the paragraphs in which words of a vocabulary can stand: of most, in none."""
        return self._whole.holding(lexicon(vocabulary).cores)

    @cached_property
    def _whole(self) -> WholeText:
        return WholeText([paragraph.base for paragraph in self.printed])

    def printed_about(self, topic: Topic) -> Iterator[Printed]:
        """Of what is printed, all paragraphs that speak of a topic, and some more."""
        return (self.printed[i] for i in self._whole.holding(topic.cores))

    def body_with(self, vocabulary: str) -> Iterator[Printed]:
        """Of what is printed before the legal text, all paragraphs in which words of a vocabulary stand, and more."""
        return (self.body[i] for i in self._holding(vocabulary) if i < len(self.body))

    def says(self, vocabulary: str, *meanings: str) -> bool:
        """Whether each of the meanings is printed somewhere."""
        return all(next(self.saying(vocabulary, meaning), None) for meaning in meanings)

    def says_before_legal_text(self, vocabulary: str, meaning: str) -> bool:
        """Whether the meaning is printed before the forward-looking and legal text."""
        return any(i < len(self.body) for i in self._by_meaning(vocabulary).get(meaning, ()))

    def sentences(self, word: str) -> Iterator[Quote]:
        """The sentences before the legal text that contain this word, in any case."""
        for number in self._whole.holding(frozenset([word])):
            sentences = split_paragraph(self.printed[number], number) if number < len(self.body) else ()
            yield from (sentence.quote for sentence in sentences if word in sentence.folded.casefold())


Test = Callable[[Filed], Iterator[Indication]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its section, how much it matters, the test whose docstring states it, and when it came into force.

    ``by_reference``: met by the title and date of a filed document that meets it (section 3.5).
    ``of_operators``: not asked of a holder of a royalty or a stream (section 9.2).
    """

    section: str
    severity: Severity
    test: Test
    since: str = FIRST_VERSION
    by_reference: bool = False
    of_operators: bool = False

"""What is said of an estimate line: by its own labels, the group rows above it, its column group and its caption."""

from __future__ import annotations

from dataclasses import dataclass

from propcache.api import cached_property

from extractors import limited_regex as regex
from extractors.labels import MINED, RESERVES, Label, join_materials, join_zones, materials_in, with_issuer
from extractors.lexicon import lexicon
from extractors.numbers import Style
from extractors.rows import Row
from extractors.tables import is_historical_caution
from models.disclosure import Category, EstimateType, Material

_OUTRIGHT = regex.compile("open|under|ciel|souterrain", regex.IGNORECASE)
"""A note that speaks of "the pit" speaks of a design; only "open pit" and "underground" name the way of mining."""


@dataclass(frozen=True)
class Surroundings:
    """What is said around a row: the table's caption, notes and labels, the document's headline, and who filed it."""

    caption: str
    notes: str
    labels: str = ""
    headline: str = ""
    issuer: str | None = None
    style: Style | None = None
    """How the document's tables print their numbers."""

    @cached_property
    def is_historical(self) -> bool:
        """Whether a note says that the historical estimate has not been classified as a current one."""
        return any(is_historical_caution(note) for note in self.notes.splitlines())

    @cached_property
    def materials(self) -> tuple[Material, ...]:
        """The materials that the caption names."""
        return materials_in(self.caption)

    def mining_of(self, kind: EstimateType | None) -> tuple[Material, ...]:
        """How the notes say that resources or reserves would be mined, where they name one way and no row does."""
        if any(m in MINED for m in lexicon("materials").means(self.labels)):
            return ()
        named = {way for types, ways in self._mined if not types or kind is None or kind in types for way in ways}
        return tuple(named) if len(named) == 1 else ()

    @cached_property
    def _mined(self) -> tuple[tuple[tuple[str, ...], tuple[Material, ...]], ...]:
        """For each note on the way of mining, the types of estimates that it names, and the ways."""
        found = []
        for note in self.notes.splitlines():
            hits = (h for h in lexicon("materials").find(note) if h.means in MINED and _OUTRIGHT.search(h.text))
            if ways := tuple(Material(h.means) for h in hits):
                found.append((lexicon("types").means(note), ways))
        return tuple(found)


@dataclass(frozen=True)
class Said:
    """What is said of a line: by its row's labels, its group rows from the inside out, its column group, its caption.

    ``column`` is what the heading over its columns says where several estimates stand side by side.
    """

    row: Row
    column: Label
    around: Surroundings

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """The row's labels, a total of the issuer's without a zone."""
        return tuple(with_issuer(label, self.around.issuer) for label in self.row.labels)

    @property
    def spoken(self) -> tuple[Label, ...]:
        """All that speaks for the line, the nearest first."""
        return (*self.labels, *reversed(self.row.headings), self.column)

    @property
    def category(self) -> Category | None:
        """The category of labels, then carried down its column, then of group rows; of a total, carried down last."""
        own = next((label.category for label in self.labels if label.category), None)
        heading = next((h.category for h in reversed(self.row.headings) if h.category), None)
        carried = self.row.carried
        return own or (heading or carried if self.total else carried or heading) or self.column.category

    @property
    def total(self) -> bool:
        """True where a label, the nearest group row or the column says total, or where no label stands at all."""
        nearest = (*self.labels, *self.row.headings[-1:], self.column)
        return self.row.unlabelled or any(label.total for label in nearest)

    @property
    def marks(self) -> tuple[str, ...]:
        """The note marks of the labels."""
        return tuple(dict.fromkeys(mark for label in self.labels for mark in label.marks))

    def type_of(self, category: Category | None) -> EstimateType | None:
        """Reserve or resource by category, else by the nearest word; historical where caption or group row says so.

        So does the caution that no one has classified the historical estimate as current, under a caption of no type.
        """
        named = [label.type for label in self.spoken if label.type]
        caption = lexicon("types").means(self.around.caption)
        if EstimateType.HISTORICAL in named or "historical" in caption:
            return EstimateType.HISTORICAL
        if not caption and self.around.is_historical:
            return EstimateType.HISTORICAL
        if category and category is not Category.UNCLASSIFIED:
            return EstimateType.RESERVE if category in RESERVES else EstimateType.RESOURCE
        return named[0] if named else EstimateType(caption[0]) if len(caption) == 1 else None

    def zone(self, shared: frozenset[str]) -> str | None:
        """The zones of group rows, row labels and column group, from the outside in.

        A name keeps its word for the material ("San Carlos Underground") unless the name without it is shared by
        other rows of the table ("Mishi Open Pit" beside "Mishi Underground").
        """
        zone: str | None = None
        for label in (*self.row.headings, *self.labels, self.column):
            zone = join_zones(zone, label.zone if label.zone in shared else label.zone and label.name)
        return zone

    def materials(self, kind: EstimateType | None) -> tuple[Material, ...]:
        """The nearest word on where the ore lies and on its state; the notes speak last."""
        spoken = [label.materials for label in self.spoken]
        return join_materials([*spoken, self.around.materials, self.around.mining_of(kind)])

"""Table notes: their markers, what they speak of, and which lines they mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors import limited_regex as regex
from extractors.cutoff_passages import PairedTables
from extractors.figures import find_measures
from extractors.lexicon import fold, lexicon
from extractors.prose import Sentence
from extractors.statements import statements_in
from extractors.tables import PrintedTable
from models.disclosure import EstimateLine, EstimateTable, Footnote, Language, NoteKind, SubQuantity
from models.document import Paragraph
from models.quote import Place, Quote

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARKER = regex.compile(
    r"\s*(?:(?P<bullet>[-•●▪·–⎯o](?=\s))|(?P<sign>[*†‡§]+)|\(?(?P<mark>\d{1,2}|\p{L}"
    r"|[ivx]{1,5})[).:]+(?=\s|\p{Lu}|$)|\((?P<inner>\d{1,2}|\p{L}|[ivx]{1,5})\)"
    r"|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<glued>\d{1,2})(?=\s?\p{Lu}))\s*"
)


@dataclass(frozen=True, slots=True)
class Note:
    """A note as printed: its marker, its text behind the marker, and the head line above it where it is an item."""

    marker: str
    text: str
    place: Place
    head: str = ""


def read_footnotes(tables: PairedTables) -> tuple[Footnote, ...]:
    """The notes of all estimate tables, each with its kinds and the lines that carry its marker.

    Notes that stand below a later table belong to an earlier one where its lines carry their markers.
    """
    return tuple(note for printed, estimate in tables for note in _of_table(printed, estimate))


def _of_table(printed: PrintedTable, table: EstimateTable) -> Iterator[Footnote]:
    notes = list(_notes(printed.notes or printed.shared))
    markers = frozenset(n.marker for n in notes if n.marker)
    for note in notes:
        if not printed.notes and not _marked_lines(note.marker, printed, table, markers):
            continue
        yield Footnote(
            table=table.number,
            marker=note.marker,
            text=note.text,
            kinds=kinds_of(note),
            quote=Quote(note.text, note.place),
            lines=_marked_lines(note.marker, printed, table, markers),
            sub_quantities=sub_quantities_in(note),
        )


# ---- notes and their markers ----


def _notes(paragraphs: Sequence[Paragraph]) -> Iterator[Note]:
    """The paragraphs as notes; items below a head line know it, and the head line with items is a note of its own."""
    head = ""
    for paragraph in paragraphs:
        marker, text = split_marker(paragraph)
        is_item = marker == "" and bool(head)
        yield Note(marker, text, paragraph.place, head if is_item and not _is_own_statement(text) else "")
        if text.rstrip().endswith(":"):
            head = text
        elif _is_own_statement(text) or marker:
            head = ""


def _is_own_statement(text: str) -> bool:
    """An item that is a statement of its own and no value under a head line."""
    return "=" in text or bool(lexicon("cutoff_words").find(text)) or bool(lexicon("statements").find(text))


def split_marker(paragraph: Paragraph) -> tuple[str, str]:
    """A note's marker without brackets ("" for bullets and none), and its text."""
    if paragraph.raised and paragraph.text[: paragraph.raised[0][0]].strip() == "":
        start, end = paragraph.raised[0]
        return paragraph.text[start:end].strip("() .").translate(_RAISED), paragraph.text[end:].strip()
    marker, text = "", paragraph.text
    while match := _MARKER.match(text):
        found = match["sign"] or match["mark"] or match["inner"] or match["raised"] or match["glued"] or ""
        if marker and found != marker:
            break
        marker, text = found or marker, text[match.end() :]
        if not found:
            break
    return marker.translate(_RAISED), text.strip()


# ---- which lines a marker marks ----


def _marked_lines(marker: str, printed: PrintedTable, table: EstimateTable, markers: frozenset[str]) -> tuple[int, ...]:
    """The numbers of the lines that carry the marker; none where the caption or the header carries it."""
    if not marker:
        return ()
    return tuple(line.number for line in table.lines if marker in marks_of(line, printed, markers))


def marks_of(line: EstimateLine, printed: PrintedTable, markers: frozenset[str]) -> frozenset[str]:
    """The note markers of a line: raised in its row's cells, or digits glued to its label where such a note exists."""
    marks = {m for mark in line.marks for m in split_marks(mark)}
    for cell in printed.grid.row(line.row):
        marks |= {m for mark in cell.marks for m in split_marks(mark)}
        marks |= _glued(cell.text) & markers
    return frozenset(marks)


def split_marks(mark: str) -> list[str]:
    """The markers of a list or range: "1,2,5", "(10, 14)", "(1-9)"."""
    plain = fold(mark.translate(_RAISED)).strip("()[] ")
    marks: list[str] = []
    for part in regex.split(r"[,;\s]+", plain):
        ends = regex.fullmatch(r"(\d{1,2})-(\d{1,2})", part)
        marks += [str(n) for n in range(int(ends[1]), int(ends[2]) + 1)] if ends else [part] if part else []
    return marks


_GLUED = regex.compile(
    r"(?:(?<=\p{L}{2}|[).%])\s?(?:\((?P<bracket>[\d,; ivx*†-]{1,8}|\p{Ll})\)|(?P<sign>[*†‡§]+)|(?P<up>[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
    r"|(?<=\p{Ll}|[)%])(?P<digits>\d{1,2}(?:,\d{1,2})*))$"  # "Block 4" and "KIMB3" are names
)


def _glued(text: str) -> set[str]:
    """Markers that stand right behind a label's last word: "Greenstone1", "Inferred (2)", "Total*"."""
    match = _GLUED.search(text.strip())
    if not match or not regex.search(r"\p{L}{3}", text):
        return set()
    return set(split_marks(match["bracket"] or match["digits"] or match["sign"] or match["up"] or ""))


# ---- what a note speaks of ----


def kinds_of(note: Note) -> tuple[NoteKind, ...]:
    """Everything that the note speaks of, in the order of NoteKind; an item under a cut-off head line is a cut-off."""
    text = fold(note.text)
    found = {NoteKind(m) for m in lexicon("note_kinds").means(text)}
    found |= {s.about for s in statements_in(Sentence(note.text, 0, 0))}
    if "cutoff" in lexicon("cutoff_words").means(text) or (
        note.head and "cutoff" in lexicon("cutoff_words").means(note.head)
    ):
        found.add(NoteKind.CUTOFF)
    if sub_quantities_in(note):
        found.add(NoteKind.SUB_QUANTITY)
    return tuple(k for k in NoteKind if k in found) or (NoteKind.OTHER,)


def sub_quantities_in(note: Note) -> tuple[SubQuantity, ...]:
    """Tonnages with the grade that follows each, as a note singles them out of the line that it marks."""
    language = _language(note.text)
    measures = [m for m in find_measures(note.text, language) if m.unit]
    found = []
    for index, rock in enumerate(measures):
        tonnage = rock.quantity(note.place)
        if rock.unit not in ("t", "kt", "Mt", "st", "kst", "Mst") or rock.commodity or tonnage is None:
            continue
        grade = next((m for m in measures[index + 1 :] if m.is_grade or m.is_mass), None)
        if grade is None or not grade.is_grade or not _may_hold(note.text[rock.start : grade.start]):
            continue
        commodity = grade.commodity or _metal_before(note.text[rock.end : grade.start])
        found.append(SubQuantity(tonnage, grade.quantity(note.place), commodity, Quote(note.text, note.place)))
    return tuple(found)


def _may_hold(between: str) -> bool:
    return not regex.search(r"cut-?\s?off|coupure|per day|recovery|dilution", fold(between), regex.IGNORECASE)


def _metal_before(text: str) -> str | None:
    metals = lexicon("commodities").find(text)
    return metals[-1].means if metals else None


def _language(text: str) -> Language:
    return (
        Language.FRENCH
        if regex.search(r"\b(?:les?|des?|du|la|et)\b", text) and not regex.search(r"\b(?:the|of|and)\b", text)
        else Language.ENGLISH
    )

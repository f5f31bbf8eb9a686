"""Table notes: their markers, what they speak of, and which lines they mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors import limited_regex as regex
from extractors.cutoff_passages import PairedTables
from extractors.figures import find_measures
from extractors.lexicon import fold, lexicon
from extractors.note_figures import figures_in
from extractors.prose import Sentence
from extractors.statements import statements_in
from extractors.tables import PrintedTable
from models.disclosure import EstimateLine, EstimateTable, Footnote, Language, NoteKind, SubQuantity
from models.document import Grid, Paragraph
from models.quote import Place, Quote

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARKER = regex.compile(
    r"\s*(?:(?P<bullet>[-•●▪·–⎯o](?=\s))|(?P<sign>[*†‡§]+)|\(?(?P<mark>\d{1,2}(?=[).:]+(?:\s|\p{Lu}|$))"
    r"|(?:\p{L}|[ivx]{1,5})(?=[).:]+(?:\s|$)))[).:]+|\((?P<inner>\d{1,2}|\p{L}|[ivx]{1,5})\)"
    r"|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<glued>\d{1,2})(?=\s?\p{Lu}))\s*"
)


@dataclass(frozen=True, slots=True)
class Note:
    """A note as printed: its marker, its text behind the marker, and the head line above it where it is an item."""

    marker: str
    text: str
    place: Place
    head: str = ""
    bullet: bool = False


def read_footnotes(tables: PairedTables) -> tuple[Footnote, ...]:
    """The notes of all estimate tables, each with its kinds and the lines that carry its marker.

    Notes that stand below a later table belong to an earlier one where its lines carry their markers.
    """
    return tuple(note for printed, estimate in tables for note in _of_table(printed, estimate))


def _of_table(printed: PrintedTable, table: EstimateTable) -> Iterator[Footnote]:
    framed = _in_frame(printed.grid)
    notes = list(_notes((*framed, *(printed.notes or (() if framed else printed.shared)))))
    marked = _marked_lines(printed, table, frozenset(n.marker for n in notes if n.marker))
    for note in notes:
        lines = marked.get(note.marker, ())
        if not framed and not printed.notes and not lines:
            continue
        yield Footnote(
            table=table.number,
            marker=note.marker,
            text=note.text,
            kinds=kinds_of(note),
            quote=Quote(note.text, note.place),
            lines=lines,
            sub_quantities=sub_quantities_in(note),
            figures=figures_in(note.text, note.place, _language(note.text)),
        )


def _in_frame(grid: Grid) -> list[Paragraph]:
    """The notes that stand inside the frame: the last rows of the grid, each one text behind a marker or a sentence."""
    notes: list[Paragraph] = []
    for row in range(grid.rows - 1, 0, -1):
        cells = [cell for cell in grid.row(row) if cell.row == row and cell.text.strip()]
        text = cells[0].text if len(cells) == 1 else ""
        if len(text) < SHORTEST_IN_FRAME or not (_MARKER.match(text) or _CLOSED.search(text)):
            break
        notes.insert(0, Paragraph(text, cells[0].place, raised=cells[0].raised))
    return notes


SHORTEST_IN_FRAME = 12
"""Characters of a note inside the frame; a shorter single cell is a group row."""


# ---- notes and their markers ----


def _notes(paragraphs: Sequence[Paragraph]) -> Iterator[Note]:
    """The paragraphs as notes; items below a head line know it, and the head line with items is a note of its own."""
    head = ""
    for note in _joined(_printed(paragraphs)):
        is_item = note.marker == "" and bool(head)
        yield replace(note, head=head if is_item and not _is_own_statement(note.text) else "")
        if note.text.rstrip().endswith(":"):
            head = note.text
        elif _is_own_statement(note.text) or note.marker:
            head = ""


def _printed(paragraphs: Sequence[Paragraph]) -> Iterator[Note]:
    """Each note of the paragraphs, up to the next section's heading; notes that run on in one paragraph are parted."""
    for paragraph in paragraphs:
        if _SECTION.match(paragraph.text):
            return
        marker, text = split_marker(paragraph)
        starts = _run_on(marker, text)
        if starts and not marker and _HEAD_WORD.fullmatch(text[: starts[0].start()]):
            yield Note("", text[: starts[0].start()].strip(), paragraph.place)
        elif not starts or starts[0].start() > 0:
            bullet = _BULLET.match(paragraph.text) is not None
            yield Note(marker, text[: starts[0].start() if starts else None].strip(), paragraph.place, bullet=bullet)
        ends = [*(after.start() for after in starts[1:]), len(text)]
        for start, end in zip(starts, ends if starts else (), strict=True):
            yield Note(start["number"], text[start.end() : end].strip(), paragraph.place)


_SECTION = regex.compile(r"\s*\d{1,2}(?:\.\d{1,2})+\.? +\p{Lu}(?!.*[.;:]\s*$)|\s*\d{1,2}\.? +\p{Lu}{2,}[\p{Lu} ]+$")
"""The heading of the next section: "14.15 Lithium Mineral Resources", "7 GEOLOGICAL SETTING"."""

_BULLET = regex.compile(r"\s*[-•●▪·–⎯o*]\s")
_HEAD_WORD = regex.compile(r"\s*(?:foot)?notes?\b[^.;]{0,60}:?\s*|\s*remarques?\s*:?\s*", regex.IGNORECASE)


def _run_on(marker: str, text: str) -> list[regex.Match[str]]:
    """The numbers that begin further notes within a paragraph: they count on from its own marker, or from one."""
    wanted = int(marker) + 1 if marker.isdecimal() else 1
    found = []
    for match in _NUMBERED.finditer(text):
        if int(match["number"]) == wanted and (wanted > 1 or _HEAD_WORD.fullmatch(text[: match.start()])):
            found.append(match)
            wanted += 1
    return found


_NUMBERED = regex.compile(r"(?:(?<=[.;:)])|^)\s+\(?(?P<number>\d{1,2})[.)]\s+(?=\p{Lu})")


def _joined(notes: Iterator[Note]) -> Iterator[Note]:
    """The notes, each with what goes on behind its line's end: an unmarked line where no full stop closes it."""
    last: Note | None = None
    for note in notes:
        if last and last.marker and not note.marker and not _CLOSED.search(last.text) and not note.bullet:
            last = replace(last, text=f"{last.text} {note.text}")
            continue
        if last:
            yield last
        last = note
    if last:
        yield last


_CLOSED = regex.compile(r"[.;:!?][)\"'”»]*\s*$")


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


def _marked_lines(printed: PrintedTable, table: EstimateTable, markers: frozenset[str]) -> dict[str, tuple[int, ...]]:
    """For each marker the numbers of the lines that carry it; none where the caption or the header carries it."""
    marks = {line.number: marks_of(line, printed, markers) for line in table.lines} if markers else {}
    return {marker: tuple(number for number, of_line in marks.items() if marker in of_line) for marker in markers}


def marks_of(line: EstimateLine, printed: PrintedTable, markers: frozenset[str]) -> frozenset[str]:
    """The note markers of a line: raised in its row's cells, or digits glued to its label where such a note exists."""
    marks = {m for mark in line.marks for m in split_marks(mark)}
    for cell in printed.grid.row(line.row):
        if cell.raised:
            marks |= {m for mark in cell.marks for m in split_marks(mark)}
        if _WORD.search(cell.text):  # of most cells, which print figures, there is none
            marks |= _glued(cell.text.strip()) & markers
    return frozenset(marks)


def split_marks(mark: str) -> list[str]:
    """The markers of a list or range: "1,2,5", "(10, 14)", "(1-9)"."""
    plain = fold(mark.translate(_RAISED)).strip("()[] ")
    marks: list[str] = []
    for part in regex.split(r"[,;\s]+", plain):
        ends = regex.fullmatch(r"(\d{1,2})-(\d{1,2})", part)
        marks += [str(n) for n in range(int(ends[1]), int(ends[2]) + 1)] if ends else [part] if part else []
    return marks


_WORD = regex.compile(r"\p{L}{3}")
_GLUED = regex.compile(
    r"(?:(?<=\p{L}{2}|[).%])\s?(?:\((?P<bracket>[\d,; ivx*†-]{1,8}|\p{Ll})\)|(?P<sign>[*†‡§]+)|(?P<up>[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
    r"|(?<=\p{Ll}|[)%])(?P<digits>\d{1,2}(?:,\d{1,2})*))$"  # "Block 4" and "KIMB3" are names
)


def _glued(text: str) -> set[str]:
    """Markers that stand right behind a label's last word: "Greenstone1", "Inferred (2)", "Total*"."""
    marks: set[str] = set()
    while match := _GLUED.search(text):
        marks |= set(split_marks(match["bracket"] or match["digits"] or match["sign"] or match["up"] or ""))
        text = text[: match.start()].rstrip()
    return marks


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

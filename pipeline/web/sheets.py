"""A sheet of a filing as it was printed: the picture of a page, a stretch of a text, or the blocks of a web page.

These functions open what strangers wrote. They run in a process of their own (``workbench``), with limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import accumulate, groupby
from typing import TypeVar

from models.document import Block, Grid
from pipeline.errors import UnreadableSourceError
from pipeline.web.sources import Source, load

DPI = 144
"""Dots an inch of a page's picture: small print is sharp on a tablet's screen, and a picture has about 200 kB."""
LARGEST_PICTURE = 12_000_000
"""Dots of a picture; a map of a square metre is drawn coarser."""
QUALITY = 82
"""Of the JPEG: no rings are seen around print."""
STRETCH = 10_000
"""Characters of a text that are shown at once, or somewhat more, to the next line's or block's end."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's picture as a JPEG, and the page's size in points, upright as its text is."""

    jpeg: bytes
    width: float
    height: float
    count: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a plain text: its characters from ``start`` on. ``starts`` are those of all parts."""

    text: str
    start: int
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Blocks:
    """A part of a web page: its paragraphs and grids, with spans in the page's plain text."""

    blocks: tuple[Block, ...]
    start: int
    starts: tuple[int, ...]


Sheet = Picture | Stretch | Blocks
Piece = TypeVar("Piece")


def open_sheet(source: Source, number: int) -> Sheet:
    """The sheet of this number, counted from 1; a number beyond the last gives the last.

    Raises UnreadableSourceError where the file is gone, has changed, or cannot be shown.
    """
    from pipeline.read.sniff import Format, sniff

    content = _held(source)
    match sniff(content):
        case Format.PDF:
            return _picture(content, source.filename, number)
        case Format.HTML:
            return _blocks(source, number)
        case Format.TEXT:
            return _stretch(source, number)
        case other:
            raise UnreadableSourceError(f"{source.filename}: is {other}, which has no pages to show")


@lru_cache(maxsize=2)
def _held(source: Source) -> bytes:
    """The bytes, kept while a reviewer turns the pages of one filing."""
    return load(source)


def _picture(content: bytes, filename: str, number: int) -> Picture:
    import pypdfium2 as pdfium

    from pipeline.read.page import text_turn

    try:
        with pdfium.PdfDocument(content) as pdf:
            page = pdf[min(max(number, 1), len(pdf)) - 1]
            added = (text_turn(page) - page.get_rotation() // 90) % 4
            width, height = page.get_size() if added % 2 == 0 else page.get_size()[::-1]
            scale = min(DPI / 72, (LARGEST_PICTURE / max(width * height, 1)) ** 0.5)
            jpeg = BytesIO()
            page.render(scale=scale, rotation=added * 90).to_pil().convert("RGB").save(jpeg, "JPEG", quality=QUALITY)
            return Picture(jpeg.getvalue(), width, height, len(pdf))
    except pdfium.PdfiumError as error:
        raise UnreadableSourceError(f"{filename}: the page cannot be drawn ({error})") from None


def _stretch(source: Source, number: int) -> Stretch:
    parts = _text_parts(source)
    starts = tuple(accumulate((len(part) for part in parts[:-1]), initial=0))
    index = min(max(number, 1), len(parts)) - 1
    return Stretch(parts[index], starts[index], starts)


@lru_cache(maxsize=2)
def _text_parts(source: Source) -> tuple[str, ...]:
    from pipeline.read.encoding import decode

    lines = decode(_held(source), source.filename).splitlines(keepends=True)
    return tuple("".join(part) for part in _parted(lines, [len(line) for line in lines])) or ("",)


def _blocks(source: Source, number: int) -> Blocks:
    parts = _block_parts(source)
    starts = tuple(_start(part[0]) for part in parts)
    index = min(max(number, 1), len(parts)) - 1
    return Blocks(tuple(parts[index]), starts[index], starts)


@lru_cache(maxsize=2)
def _block_parts(source: Source) -> tuple[list[Block], ...]:
    from pipeline.read.html import read_html

    blocks = read_html(_held(source), source.filename).blocks
    return tuple(_parted(blocks, [_length(block) for block in blocks]))


def _start(block: Block) -> int:
    return block.place.span[0] if block.place.span else 0


def _length(block: Block) -> int:
    return sum(len(cell.text) + 1 for cell in block.cells) if isinstance(block, Grid) else len(block.text) + 1


def _parted(pieces: Sequence[Piece], lengths: Sequence[int]) -> Iterator[list[Piece]]:
    """The pieces in parts of about a stretch's length, none of them broken."""
    ends = list(accumulate(lengths))
    numbered = zip(pieces, ends, lengths, strict=True)
    for _, part in groupby(numbered, key=lambda piece: (piece[1] - piece[2]) // STRETCH):
        yield [piece for piece, _, _ in part]

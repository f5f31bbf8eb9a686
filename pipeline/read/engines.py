"""The OCR programs that may be installed: a page's picture to pieces of text with their boxes."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO, StringIO
from itertools import groupby
from typing import Any, Protocol

from PIL import Image

from models.quote import Box
from pipeline.read.picture import DPI, Grey
from pipeline.settings import ocr_program

INSTALL = "install orebook[ocr] (pip install 'orebook[ocr]') or tesseract"
"""What to do where there is no engine."""
_TESSERACT_DPI = 300
"""Tesseract reads 10 of 12 table rows right at 300 dots an inch and 6 at 200."""


_Corners = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a piece, with its box in dots of the picture."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that an engine read together, left to right: a line of text or a part of one. Boxes are rough."""

    tokens: tuple[Token, ...]
    box: Box


class Engine(Protocol):
    """An OCR program."""

    name: str

    def read(self, grey: Grey) -> list[Piece]:
        """The pieces of text in an upright picture."""
        ...


@cache
def installed_engine() -> Engine | None:
    """The engine that is installed, loaded once a process; None where there is none."""
    match ocr_program():
        case "rapidocr":
            return Rapid()
        case "tesseract":
            return Tesseract()
        case _:
            return None


class Rapid:
    """RapidOCR with the models that its wheel brings; it needs no network."""

    name = "rapidocr"

    def __init__(self) -> None:
        """Load the models."""
        from rapidocr import RapidOCR

        # At 1600 dots a side the small print of headings is found, at 1280 some of it is missed.
        # One thread: more make a page slower, and each worker is a process. Pages are upright: no angle classifier.
        self._ocr: Callable[..., Any] = RapidOCR(
            params={
                "Global.use_cls": False,
                "Global.max_side_len": 4000,
                "Global.log_level": "error",
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.limit_side_len": 1600,
                "Det.limit_type": "max",
            }
        )

    def read(self, grey: Grey) -> list[Piece]:
        """The pieces of text in an upright picture."""
        found = self._ocr(grey, return_word_box=True)
        if found.boxes is None:
            return []
        pieces = zip(found.boxes, found.word_results, strict=True)
        return [Piece(tuple(_tokens(words)), _around(corners)) for corners, words in pieces if words]


def _tokens(words: Iterable[tuple[str, float, _Corners]]) -> Iterator[Token]:
    for text, _, corners in words:
        yield Token(text, _around(corners))


def _around(corners: _Corners) -> Box:
    """The upright box around four corners."""
    xs, ys = zip(*corners, strict=True)
    return Box(float(min(xs)), float(min(ys)), float(max(xs)), float(max(ys)))


class Tesseract:
    """The tesseract program: faster, but it drops figures that stand close to drawn lines."""

    name = "tesseract"

    def read(self, grey: Grey) -> list[Piece]:
        """The pieces of text in an upright picture."""
        scale = _TESSERACT_DPI / DPI
        picture = Image.fromarray(grey)
        buffer = BytesIO()
        picture.resize((round(picture.width * scale), round(picture.height * scale))).save(buffer, "PNG")
        command = ["tesseract", "stdin", "stdout", "--psm", "4", "--dpi", str(_TESSERACT_DPI), "tsv"]
        done = subprocess.run(command, input=buffer.getvalue(), capture_output=True, check=True)  # noqa: S603
        return list(pieces_of_table(done.stdout.decode(), scale))


def pieces_of_table(table: str, scale: float) -> Iterator[Piece]:
    """The lines of tesseract's table of words."""
    rows = csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = (row for row in rows if row["level"] == "5" and row["text"].strip())
    for _, line in groupby(words, key=lambda row: [row[name] for name in ("block_num", "par_num", "line_num")]):
        tokens = [Token(row["text"], _box(row, scale)) for row in line]
        box = tokens[0].box
        for token in tokens:
            box = box.around(token.box)
        yield Piece(tuple(tokens), box)


def _box(row: dict[str, str], scale: float) -> Box:
    left, top, width, height = (int(row[name]) / scale for name in ("left", "top", "width", "height"))
    return Box(left, top, left + width, top + height)

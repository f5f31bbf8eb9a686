"""The pages of a run report: self-contained HTML without scripts, and Markdown. What a filing prints is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.queries import Count
from pipeline.report.facts import SHOWN, RunReport

_PUNCTUATION = re.compile(r"([\\`*_\[\]|~$#])")
"""What begins a mark of Markdown within a line; a backslash before it takes its meaning (CommonMark 0.31, 2.4)."""
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Share:
    """A state's part of a bar, in percent from the left."""

    status: str
    number: int
    x: float
    width: float


def write_report(report: RunReport, folder: Path, address: str | None = None) -> tuple[Path, Path]:
    """Writes run-N.html and run-N.md into the folder, which is made where it is missing; raises OSError.

    Filings and lines lead to the reviewer's pages at this address; without one they lead nowhere.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages = folder / f"run-{report.run.run_id}.html", folder / f"run-{report.run.run_id}.md"
    for page, told in zip(pages, (as_html(report, address), as_markdown(report, address)), strict=True):
        page.write_text(told, encoding="utf-8")
    return pages


def as_html(report: RunReport, address: str | None = None) -> str:
    """The report as a page that needs no other file; it has the style of the reviewer's pages."""
    made = _environment()
    style = files("pipeline.web").joinpath("static", "desk.css").read_text(encoding="utf-8")
    made.globals |= {"shares": shares, "bar": change_bar, "style": Markup(style)}  # noqa: S704 - a file of ours
    return made.get_template("run.html").render(report=report, run=report.run, shown=SHOWN, address=address)


def as_markdown(report: RunReport, address: str | None = None) -> str:
    """The report as Markdown with tables, for mail and chat."""
    made = _environment(in_a_line)
    return made.get_template("run.md").render(report=report, run=report.run, shown=SHOWN, address=address)


def in_a_line(value: object) -> Markup:
    """A value as Markdown shows it: no mark, no tag and no line break of it means anything."""
    if isinstance(value, Markup):
        return value
    plain = html.escape(_BLANKS.sub(" ", str(value)), quote=False)
    return Markup(_PUNCTUATION.sub(r"\\\1", plain))  # noqa: S704 - it is escaped


def shares(counts: Sequence[Count]) -> list[Share]:
    """The parts of a bar of lines by state, from left to right."""
    total = sum(count.number for count in counts)
    ends = [sum(count.number for count in counts[:place]) for place in range(len(counts))]
    return [
        Share(count.status, count.number, round(100 * end / total, 2), round(100 * count.number / total, 2))
        for count, end in zip(counts, ends, strict=True)
    ]


def change_bar(percent: Decimal) -> Share:
    """A change as a bar from the middle: to the left less, to the right more; it ends where tonnage doubles."""
    length = round(min(abs(float(percent)), 100) / 2, 2)
    return Share("less" if percent < 0 else "more", 0, 50 - length if percent < 0 else 50, length)


def _environment(escape_more: Callable[[object], Markup] | None = None) -> Environment:
    """The templates; each value is escaped for HTML, and before that as told."""
    made = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=True,
        finalize=escape_more,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters |= {"words": _words, "percent": _percent}
    return made


def _words(name: str | None) -> str:
    """A name of ours as words: measured_indicated is "measured indicated"."""
    return (name or "").replace("_", " ")


def _percent(change: Decimal | None) -> str:
    return "" if change is None else f"{change:+,.1f} %"

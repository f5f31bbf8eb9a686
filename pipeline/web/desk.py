"""What the pages work with: the database to look at and the one to decide in, the workbench, and who is let in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pipeline.read_only import ReadOnly
from pipeline.web.access import Access
from pipeline.web.forms import Forms, remember_visitor, visitor_of
from pipeline.web.lines import words
from pipeline.web.plots import interval_plot
from pipeline.web.scales import short
from pipeline.web.workbench import Workbench

REVIEWER = "orebook_reviewer"
"""The cookie that keeps the name under which a visitor decides."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The reviewer's desk: ``reviewer`` is who decides where a visitor gives no name."""

    reading: ReadOnly
    deciding: Engine
    workbench: Workbench
    forms: Forms
    access: Access
    reviewer: str


def desk_of(request: Request) -> Desk:
    """The desk of the server that got this request."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)  # noqa: S101 - tells the type; create_app puts it there
    return desk


def reviewer_of(request: Request) -> str:
    """Who decides: whom the proxy names, or whom the visitor named last, or who started the server."""
    desk = desk_of(request)
    return desk.access.user(request) or request.cookies.get(REVIEWER) or desk.reviewer


def page(request: Request, template: str, status: int = 200, **shown: object) -> HTMLResponse:
    """A page from its template; everything that it shows is escaped."""
    desk = desk_of(request)
    html = (
        _templates()
        .get_template(template)
        .render(
            token=desk.forms.token(visitor_of(request)),
            reviewer=reviewer_of(request),
            is_named=desk.access.user(request) is not None,
            path=request.url.path,
            **shown,
        )
    )
    response = HTMLResponse(html, status)
    remember_visitor(request, response)
    return response


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("pipeline.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters |= {"words": _words, "short": short, "day": _day, "points": _points, "hits": _hits}
    made.globals |= {"interval_plot": interval_plot, "version": _assets_version()}
    return made


def _words(name: str | None) -> str:
    return next(words([name]), "")


def _day(moment: object) -> str:
    """A moment to the minute, in UTC."""
    return str(moment)[:16].replace("T", " ")


def _hits(snippet: str) -> list[tuple[str, bool]]:
    """A snippet of a search in pieces, each with whether it is one of the words."""
    parts = re.split(r"\[([^][]*)\]", snippet)
    return [(part, bool(place % 2)) for place, part in enumerate(parts)]


def _points(length: float) -> str:
    """A length on a page to a tenth of a point, without a zero behind the point."""
    return f"{length:.1f}".removesuffix(".0")


@cache
def _assets_version() -> str:
    """Changes with the style and script files, so that a browser may keep each version for ever."""
    folder = Path(__file__).parent / "static"
    return f"{max(int(file.stat().st_mtime) for file in folder.iterdir()):x}"

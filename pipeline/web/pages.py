"""The pages to look at: the list of filings, a filing with its sheets, and what was read from it."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.errors import UnreadableSourceError
from pipeline.search import search
from pipeline.settings import extractor_version
from pipeline.web.curves import cutoff_chart, history_charts
from pipeline.web.desk import desk_of, page
from pipeline.web.filings import STATES, TYPES, Asked, find_filing, list_filings
from pipeline.web.projects import current_estimates, estimate_history, find_project, grade_tonnage, list_projects
from pipeline.web.sheets import Picture
from pipeline.web.sources import Source, load, named_source
from pipeline.web.views import sheet_view

KEPT = "private, max-age=86400, immutable"
"""A filing is known by its bytes: the picture of its page never changes."""


MOST_ROWS, MOST_CHARTS, MOST_CURVES = 40, 8, 8
"""Of a project's page: the views have all."""

MOST_TEXTS = 20
"""Texts that are shown below the filings; `orebook search` finds more."""


def home(_: Request) -> Response:
    """The first page is the list of filings."""
    return RedirectResponse("/filings", 302)


def filings(request: Request) -> Response:
    """The filings, found by words, state and type."""
    said = request.query_params
    words = said.get("q", "").replace("\0", "")[:200]  # no database takes a zero character
    asked = Asked(words, said.get("state", ""), said.get("type", ""), number(said.get("page")) or 1)
    with desk_of(request).reading.connect() as connection:
        listed = list_filings(connection, asked)
        texts = search(connection, [words], MOST_TEXTS) if any(map(str.isalnum, words)) else []
    return page(request, "filings.html", listed=listed, asked=asked, states=STATES, types=TYPES, texts=texts)


def filing(request: Request) -> Response:
    """A filing: one of its sheets with its marks, and beside it what they were read as."""
    desk, filing_id = desk_of(request), request.path_params["filing_id"]
    with desk.reading.connect() as connection:
        found, source = find_filing(connection, filing_id), named_source(connection, filing_id)
        if found is None or source is None:
            raise HTTPException(404, "There is no such filing.")
        wanted = number(request.query_params.get("page"))
        sheet = sheet_view(connection, desk.workbench, found, source, wanted)
    moved = bool(sheet.passages) and found.extractor_version != extractor_version()
    lit = request.query_params.get("line", "")
    return page(request, "filing.html", filing=found, sheet=sheet, lit=lit, moved=moved)


def projects(request: Request) -> Response:
    """The projects, found by their name or their issuer's."""
    words = request.query_params.get("q", "").replace("\0", "")[:200]
    with desk_of(request).reading.connect() as connection:
        found = list_projects(connection, words)
    return page(request, "projects.html", projects=found, words=words)


def project(request: Request) -> Response:
    """A project: its current estimates, how they changed, and how they depend on the cut-off."""
    project_id = request.path_params["project_id"]
    with desk_of(request).reading.connect() as connection:
        found = find_project(connection, project_id)
        if found is None:
            raise HTTPException(404, "There is no such project.")
        current, history = current_estimates(connection, project_id), estimate_history(connection, project_id)
        curves = [(curve, cutoff_chart(curve)) for curve in grade_tonnage(connection, project_id)[:MOST_CURVES]]
    charts = history_charts(history)[:MOST_CHARTS]
    return page(
        request,
        "project.html",
        project=found,
        current=current,
        history=history,
        charts=charts,
        curves=curves,
        rows=MOST_ROWS,
    )


def picture(request: Request) -> Response:
    """The picture of a page."""
    desk, source = desk_of(request), _source(request)
    try:
        sheet = desk.workbench.sheet(source, request.path_params["number"])
    except UnreadableSourceError as error:
        raise HTTPException(404, str(error)) from None
    if not isinstance(sheet, Picture):
        raise HTTPException(404, "This filing has no pages.")
    return Response(sheet.jpeg, media_type="image/jpeg", headers={"Cache-Control": KEPT})


def original(request: Request) -> Response:
    """The document as it was filed, to be kept, not opened here: it may hold scripts."""
    source = _source(request)
    try:
        content = load(source)
    except UnreadableSourceError as error:
        raise HTTPException(404, str(error)) from None
    kept = f"attachment; filename*=UTF-8''{quote(source.filename, safe='')}"
    return Response(content, media_type="application/octet-stream", headers={"Content-Disposition": kept})


def number(said: str | None) -> int | None:
    """A whole number that a visitor typed; None where it is none."""
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 7 else None


def _source(request: Request) -> Source:
    with desk_of(request).reading.connect() as connection:
        source = named_source(connection, request.path_params["filing_id"])
    if source is None:
        raise HTTPException(404, "There is no such filing.")
    return source

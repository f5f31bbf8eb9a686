"""The pages to decide on: the queue, a line with its proof, and the decision itself."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from models.disclosure import Category, EstimateType
from pipeline.decisions import Action, Correction, Field, decide, read_correction
from pipeline.errors import DecisionError
from pipeline.lines import StatedLine
from pipeline.queue import Waiting, held_lines, waiting_lines
from pipeline.web.desk import REVIEWER, desk_of, page, reviewer_of
from pipeline.web.forms import set_cookie
from pipeline.web.lines import checks_of, decisions_of, find_line, versions_of
from pipeline.web.pages import number
from pipeline.web.sources import named_source
from pipeline.web.views import line_view

ON_A_PAGE = 25
REASONS = {
    Action.ACCEPT: "Read against the source: the filing prints these figures.",
    Action.REJECT: "Read against the source: these figures do not stand.",
    Action.CORRECT: "Read against the source: the figures are as corrected.",
}
"""What stands as the reason where a reviewer types none; each button shows its own."""
LONGEST_REASON = 2_000
_YEAR = 365


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A held line's place in the queue, and the lines before and behind it."""

    place: int
    count: int
    before: str | None
    behind: str | None


def queue(request: Request) -> Response:
    """The lines that wait for a decision, the most consequential first."""
    said = request.query_params
    with desk_of(request).reading.connect() as connection:
        waiting = waiting_lines(connection)
        pages = max(1, -(-len(waiting) // ON_A_PAGE))
        shown = min(max(number(said.get("page")) or 1, 1), pages)
        first = (shown - 1) * ON_A_PAGE
        part = list(enumerate(held_lines(connection, waiting[first : first + ON_A_PAGE]), first + 1))
        done = _decided(connection, said.get("done", ""))
    return page(request, "queue.html", waiting=part, count=len(waiting), shown=shown, pages=pages, done=done)


def line(request: Request) -> Response:
    """A line: where it is printed, how it was recomputed, what was decided about it, and how it came to be."""
    return _line_page(request, request.path_params["estimate_id"])


def proof(request: Request) -> Response:
    """The recomputations of a line, for a place beside its sheet."""
    with desk_of(request).reading.connect() as connection:
        shown = _found(connection, request.path_params["estimate_id"])
        checks = checks_of(connection, shown)
    return page(request, "proof.html", line=shown, checks=checks)


async def decision(request: Request) -> Response:
    """Records a decision, and goes on to the next line that waits."""
    from starlette.concurrency import run_in_threadpool

    said = await desk_of(request).forms.fields(request)
    return await run_in_threadpool(_decide, request, said)


def _decide(request: Request, said: dict[str, str]) -> Response:
    desk, estimate_id = desk_of(request), request.path_params["estimate_id"]
    who = desk.access.user(request) or said.get("who", "").strip() or reviewer_of(request)
    with desk.reading.connect() as connection:
        following = _neighbours(waiting_lines(connection), estimate_id)
    try:
        action = _action(said.get("action", ""))
        why = said.get("why", "").strip()[:LONGEST_REASON] or REASONS[action]
        corrections = _corrections(said) if action is Action.CORRECT else []
        with desk.deciding.begin() as connection:
            decide(connection, estimate_id, action, who, why, corrections)
    except DecisionError as error:
        return _line_page(request, estimate_id, problem=str(error), status=422)
    onward = following.behind if following else None
    address = f"/lines/{onward}?done={estimate_id}" if onward else f"/queue?done={estimate_id}"
    response = RedirectResponse(address, 303)
    if not desk.access.user(request):
        set_cookie(request, response, REVIEWER, who, days=_YEAR)
    return response


def _line_page(request: Request, estimate_id: str, problem: str | None = None, status: int = 200) -> Response:
    desk = desk_of(request)
    with desk.reading.connect() as connection:
        shown = _found(connection, estimate_id)
        source = named_source(connection, shown.filing_id)
        if source is None:
            raise HTTPException(404, "There is no such filing.")
        facts = {
            "view": line_view(connection, desk.workbench, source, shown),
            "checks": checks_of(connection, shown),
            "versions": versions_of(connection, shown),
            "decisions": decisions_of(connection, shown),
            "neighbours": _neighbours(waiting_lines(connection), estimate_id),
            "done": _decided(connection, request.query_params.get("done", "")),
        }
    choices = {"reasons": REASONS, "categories": list(Category), "types": list(EstimateType)}
    return page(request, "line.html", status, line=shown, problem=problem, **facts, **choices)


def _decided(connection: Connection, estimate_id: str) -> StatedLine | None:
    """The line that was decided about on the page before, if the address names one."""
    return find_line(connection, estimate_id) if estimate_id.isalnum() else None


def _found(connection: Connection, estimate_id: str) -> StatedLine:
    shown = find_line(connection, estimate_id)
    if shown is None:
        raise HTTPException(404, "There is no such estimate line.")
    return shown


def _neighbours(waiting: list[Waiting], estimate_id: str) -> Neighbours | None:
    """The line's place in the queue; None where it does not wait for a decision."""
    order = [held.estimate_id for held in waiting]
    if estimate_id not in order:
        return None
    place = order.index(estimate_id)
    around = [None, *order, None]
    return Neighbours(place + 1, len(order), around[place], around[place + 2])


def _action(said: str) -> Action:
    try:
        return Action(said)
    except ValueError:
        raise DecisionError(f"{said!r} is no decision: take accept, correct or reject") from None


def _corrections(said: dict[str, str]) -> list[Correction]:
    """The fields of the form that a reviewer filled in; their names are those of ``orebook decide --set``."""
    names = (name for name in said if name.partition(":")[0] in set(Field))
    return [read_correction(f"{name}={said[name].strip()}") for name in names if said[name].strip()]

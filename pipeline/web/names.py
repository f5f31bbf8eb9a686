"""The page of names that may be one: each pair with what speaks for it, and the decision about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Text, bindparam, text
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.entities.deciding import keep_apart, merge
from pipeline.entities.proposals import Known, Proposal, proposals
from pipeline.entities.resolve import EntityAction
from pipeline.errors import DecisionError
from pipeline.web.desk import REVIEWER, desk_of, page, reviewer_of
from pipeline.web.forms import set_cookie
from pipeline.web.pages import number

ON_A_PAGE = 20
REASONS = {
    EntityAction.MERGE: "Read in the filings of both: they are one.",
    EntityAction.KEEP_APART: "Read in the filings of both: they are two.",
}
"""What stands as the reason where a reviewer types none."""
LONGEST_REASON = 2_000
_MOST_MENTIONS = 5
_YEAR = 365
_DECISIONS = {EntityAction.MERGE: merge, EntityAction.KEEP_APART: keep_apart}
_MENTIONS = text("""
SELECT DISTINCT entity_id, printed_name, filing_id, filename FROM v_names WHERE entity_id IN :wanted
ORDER BY entity_id, filename, filing_id, printed_name
""").bindparams(bindparam("wanted", expanding=True, type_=Text()))


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as a filing prints it."""

    printed_name: str
    filing_id: str
    filename: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that may be one, with some of the filings that name it."""

    entity: Known
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that may be one, what speaks for it, and where each is named."""

    why: str
    sides: tuple[Side, Side]


def names(request: Request) -> Response:
    """The names that may be one and that nobody has decided about."""
    return _names_page(request)


async def names_decision(request: Request) -> Response:
    """Records that two names are one, or that they are two."""
    from starlette.concurrency import run_in_threadpool

    said = await desk_of(request).forms.fields(request)
    return await run_in_threadpool(_decide, request, said)


def _names_page(request: Request, problem: str | None = None, status: int = 200) -> Response:
    with desk_of(request).reading.connect() as connection:
        found = proposals(connection)
        pages = max(1, -(-len(found) // ON_A_PAGE))
        shown = min(max(number(request.query_params.get("page")) or 1, 1), pages)
        pairs = _pairs(connection, found[(shown - 1) * ON_A_PAGE : shown * ON_A_PAGE])
    return page(
        request,
        "names.html",
        status,
        pairs=pairs,
        count=len(found),
        shown=shown,
        pages=pages,
        problem=problem,
        reasons=REASONS,
    )


def _pairs(connection: Connection, found: Iterable[Proposal]) -> list[Pair]:
    wanted = list(found)
    entities = {entity.entity_id for proposal in wanted for entity in (proposal.one, proposal.other)}
    mentions: dict[str, list[Mention]] = {}
    for row in connection.execute(_MENTIONS, {"wanted": sorted(entities)}).mappings():
        mention = Mention(row["printed_name"], row["filing_id"], row["filename"])
        mentions.setdefault(row["entity_id"], []).append(mention)

    def side(entity: Known) -> Side:
        return Side(entity, tuple(mentions.get(entity.entity_id, ())[:_MOST_MENTIONS]))

    return [Pair(proposal.why, (side(proposal.one), side(proposal.other))) for proposal in wanted]


def _decide(request: Request, said: dict[str, str]) -> Response:
    desk, one, other = desk_of(request), request.path_params["one"], request.path_params["other"]
    who = desk.access.user(request) or said.get("who", "").strip() or reviewer_of(request)
    try:
        action = _action(said.get("action", ""))
        why = said.get("why", "").strip()[:LONGEST_REASON] or REASONS[action]
        with desk.deciding.begin() as connection:
            _DECISIONS[action](connection, one, other, who, why)
    except DecisionError as error:
        return _names_page(request, str(error), 422)
    response = RedirectResponse("/names", 303)
    if not desk.access.user(request):
        set_cookie(request, response, REVIEWER, who, days=_YEAR)
    return response


def _action(said: str) -> EntityAction:
    for action in _DECISIONS:
        if action == said:
            return action
    raise DecisionError("names are one, or are kept apart: choose a button")

"""Where a server asks for its token: once a browser."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.web.access import COOKIE
from pipeline.web.desk import desk_of, page
from pipeline.web.forms import set_cookie

_PAUSE = 1.0
"""Seconds that a wrong token costs."""
_DAYS = 30


def sign_in(request: Request) -> Response:
    """The page that asks for the token."""
    if not desk_of(request).access.sign_in:
        return RedirectResponse("/filings", 303)
    return page(request, "sign_in.html", problem=None)


async def signed_in(request: Request) -> Response:
    """Lets in who knows the token."""
    desk = desk_of(request)
    said = await desk.forms.fields(request)
    if not desk.access.is_token(said.get("access", "").strip()):
        await asyncio.sleep(_PAUSE)
        return page(request, "sign_in.html", 403, problem="This is not the token of this server.")
    response = RedirectResponse("/filings", 303)
    set_cookie(request, response, COOKIE, desk.access.cookie(), days=_DAYS)
    return response

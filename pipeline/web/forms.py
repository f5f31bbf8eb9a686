"""Forms: what they may hold, and the token that tells our own from those of other sites."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response

from pipeline.errors import OrebookError

VISITOR = "orebook_visitor"
"""The cookie by which a browser is told from others; it says nothing else."""
LARGEST = 32_768
"""Bytes of a form."""
MOST_FIELDS = 60


class RefusedFormError(OrebookError):
    """A form is not one of ours, or too large; nothing was done."""


@dataclass(frozen=True, slots=True)
class Forms:
    """Makes and checks the tokens of forms, by a secret that ends with the server."""

    secret: bytes

    def token(self, visitor: str) -> str:
        """The token that a form for this visitor carries."""
        return hmac.new(self.secret, visitor.encode(), sha256).hexdigest()

    async def fields(self, request: Request) -> dict[str, str]:
        """What a form says; raises RefusedFormError where another site, or none, made it."""
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise RefusedFormError("another site sent this form: nothing was done")
        said = await _fields(request)
        visitor = request.cookies.get(VISITOR, "")
        if not visitor or not hmac.compare_digest(said.get("token", ""), self.token(visitor)):
            raise RefusedFormError("the form is out of date: nothing was done; load the page again, and decide there")
        return said


def visitor_of(request: Request) -> str:
    """The visitor's own word: the one that its browser kept, or a new one."""
    if not hasattr(request.state, "visitor"):
        request.state.visitor = request.cookies.get(VISITOR) or token_urlsafe(24)
    return str(request.state.visitor)


def remember_visitor(request: Request, response: Response) -> None:
    """Let the browser keep a new visitor's word."""
    if hasattr(request.state, "visitor") and request.cookies.get(VISITOR) != request.state.visitor:
        set_cookie(request, response, VISITOR, request.state.visitor)


def set_cookie(request: Request, response: Response, name: str, value: str, days: int = 0) -> None:
    """A cookie that no script reads and no other site makes the browser send; without days it ends with the browser."""
    secure = request.url.scheme == "https"
    response.set_cookie(
        name, value, max_age=days * 86_400 or None, httponly=True, samesite="lax", secure=secure, path="/"
    )


async def _fields(request: Request) -> dict[str, str]:
    """The fields of a form as browsers send plain ones; the first of each name."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise RefusedFormError("the form is too large: nothing was done")
    try:
        said = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise RefusedFormError("the form cannot be read: nothing was done") from None
    return {name: values[0] for name, values in said.items()}

"""Who may see the pages: those on this machine, those who know the token, or those whom a named proxy lets through."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from pipeline.errors import UnsafeServerError

COOKIE = "orebook_access"
SIGN_IN = "/sign-in"
SHORTEST_TOKEN = 24
"""Characters: a token is made by a program, such as `openssl rand -hex 16`, not thought up."""
_OPEN_PATHS = (SIGN_IN, "/static/")


@dataclass(frozen=True, slots=True)
class Access:
    """How visitors are let in: by ``token``, through the ``proxy`` of this address, or, with neither, on loopback."""

    token: str | None = None
    proxy: str | None = None
    user_header: str = "X-Forwarded-User"

    @property
    def sign_in(self) -> bool:
        """Whether visitors show the token themselves."""
        return self.token is not None

    def cookie(self) -> str:
        """What a browser that showed the token shows from then on; it does not tell the token."""
        return hmac.new((self.token or "").encode(), b"orebook access", sha256).hexdigest()

    def is_token(self, said: str) -> bool:
        """Whether this is the token; takes as long for a near miss as for any other."""
        return self.token is not None and hmac.compare_digest(said.encode(), self.token.encode())

    def user(self, request: Request) -> str | None:
        """The name that the proxy vouches for; None without a proxy."""
        return request.headers.get(self.user_header, "").strip() or None if self.proxy else None

    def refusal(self, request: Request) -> Response | None:
        """Why this visitor is not let in; None where it is."""
        if self.proxy:
            return self._from_proxy(request)
        if self.token:
            return self._with_token(request)
        return None if _is_loopback_name(request.headers.get("host", "")) else _refuse(421, _FOREIGN_NAME)

    def _from_proxy(self, request: Request) -> Response | None:
        if request.client is None or not _same_address(request.client.host, self.proxy or ""):
            return _refuse(403, "These pages are reached through their proxy only.")
        return None if self.user(request) else _refuse(403, f"The proxy names no user ({self.user_header}).")

    def _with_token(self, request: Request) -> Response | None:
        scheme, _, said = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.is_token(said):
            return None
        if hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self.cookie().encode()):
            return None
        if request.url.path.startswith(_OPEN_PATHS):
            return None
        return RedirectResponse(SIGN_IN, 303) if request.method == "GET" else _refuse(403, "Sign in first.")


_FOREIGN_NAME = "These pages answer to localhost only; a page of another name may not read them."


def access_for(host: str, token: str | None, proxy: str | None) -> Access:
    """How visitors of a server that listens at ``host`` are let in.

    Raises UnsafeServerError where others than this machine could come in with nothing asked of them.
    """
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise UnsafeServerError(f"the token is shorter than {SHORTEST_TOKEN} characters: take `openssl rand -hex 16`")
    if token and proxy:
        raise UnsafeServerError("give a token or a proxy, not both: behind a proxy it is the proxy that asks who comes")
    if proxy:
        _checked_address(proxy)
    elif not token and not is_loopback(host):
        raise UnsafeServerError(
            f"to listen at {host} others must be asked who they are: set OREBOOK_TOKEN to `openssl rand -hex 16`, "
            "or name the reverse proxy that signs them in with --proxy ADDRESS"
        )
    return Access(token, proxy)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server that listens there."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _checked_address(address: str) -> None:
    try:
        ip_address(address)
    except ValueError:
        raise UnsafeServerError(f"{address!r} is no address of a proxy: write it as 10.0.0.5") from None


def _is_loopback_name(host: str) -> bool:
    """Whether a browser asked for this machine by its own name.

    A page elsewhere can give its own name this machine's address (DNS rebinding), and would then read these pages.
    """
    name = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
    return is_loopback(name.strip("[]"))


def _same_address(seen: str, named: str) -> bool:
    try:
        return ip_address(seen) == ip_address(named)
    except ValueError:
        return False


def _refuse(status: int, words: str) -> Response:
    return PlainTextResponse(words + "\n", status)


HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""What every answer says: no script or style within a page, nothing from elsewhere, no frame around it."""

Next = Callable[[Request], Awaitable[Response]]


async def guarded(access: Access, request: Request, answer: Next) -> Response:
    """The answer for a visitor who is let in, with the headers that every answer has."""
    response = access.refusal(request) or await answer(request)
    kept = Headers(raw=response.raw_headers)
    for name, value in HEADERS.items():
        if name.lower() not in kept:
            response.headers[name] = value
    return response

"""The application: its addresses, and what it says where something goes wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.errors import DatabaseError, OrebookError, QueryTimeoutError
from pipeline.web.access import guarded
from pipeline.web.desk import Desk, page
from pipeline.web.forms import RefusedFormError
from pipeline.web.names import names, names_decision
from pipeline.web.pages import filing, filings, home, original, picture, project, projects
from pipeline.web.review import decision, line, proof, queue
from pipeline.web.signing_in import sign_in, signed_in


class Identity(Convertor[str]):
    """A filing_id, estimate_id, project_id and so on: sixteen hexadecimal digits."""

    regex = "[0-9a-f]{16}"

    def convert(self, value: str) -> str:
        """The identity as it stands in the address."""
        return value

    def to_string(self, value: str) -> str:
        """The identity as an address holds it."""
        return value


register_url_convertor("identity", Identity())

ROUTES = (
    Route("/", home),
    Route("/filings", filings),
    Route("/filings/{filing_id:identity}", filing),
    Route("/filings/{filing_id:identity}/pages/{number:int}.jpg", picture),
    Route("/filings/{filing_id:identity}/original", original),
    Route("/projects", projects),
    Route("/projects/{project_id:identity}", project),
    Route("/queue", queue),
    Route("/lines/{estimate_id:identity}", line),
    Route("/lines/{estimate_id:identity}/proof", proof),
    Route("/lines/{estimate_id:identity}/decision", decision, methods=["POST"]),
    Route("/names", names),
    Route("/names/{one:identity}/{other:identity}", names_decision, methods=["POST"]),
    Route("/sign-in", sign_in, methods=["GET"]),
    Route("/sign-in", signed_in, methods=["POST"]),
)
STATUS = {RefusedFormError: 403, QueryTimeoutError: 503, DatabaseError: 503}
"""The status of each error; of another one of ours, 400."""


class Assets(StaticFiles):
    """Style and script; each version has an address of its own, which a browser may keep."""

    def file_response(self, *args: object, **named: object) -> Response:
        """The file, to be kept."""
        response = super().file_response(*args, **named)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def create_app(desk: Desk) -> Starlette:
    """The pages of this desk."""

    async def guard(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        return await guarded(desk.access, request, answer)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        yield
        desk.workbench.close()

    static = Mount("/static", Assets(directory=Path(__file__).parent / "static"))
    app = Starlette(
        routes=[*ROUTES, static],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=guard)],
        exception_handlers={HTTPException: _refused, OrebookError: _failed},
        lifespan=life,
    )
    app.state.desk = desk
    return app


def _refused(request: Request, error: Exception) -> Response:
    status, words = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
    return page(request, "problem.html", status, words=words)


def _failed(request: Request, error: Exception) -> Response:
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 400)
    return page(request, "problem.html", status, words=str(error))

"""Runs the pages: opens the databases, says where they are, and serves until it is ended."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_bytes

import uvicorn

from pipeline.database import open_database
from pipeline.errors import CannotListenError
from pipeline.read_only import open_read_only
from pipeline.web.access import access_for
from pipeline.web.app import create_app
from pipeline.web.desk import Desk
from pipeline.web.forms import Forms
from pipeline.web.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Serving:
    """What a server is told: the database to look at and the one to decide in, where to listen, who is let in."""

    url: str
    deciding_url: str
    host: str
    port: int
    token: str | None
    proxy: str | None
    reviewer: str


def serve(told: Serving, tell: Callable[[str], None]) -> None:
    """Serve the pages until the process is ended; ``tell`` is given their address once they can be asked for.

    Raises UnsafeServerError where others could come in with nothing asked of them, CannotListenError where the address
    is taken, and what ``open_database`` raises.
    """
    access = access_for(told.host, told.token, told.proxy)
    reading, deciding = open_read_only(told.url), open_database(told.deciding_url)
    desk = Desk(reading, deciding, Workbench(), Forms(token_bytes(32)), access, told.reviewer)
    config = uvicorn.Config(
        create_app(desk),
        log_level="warning",
        server_header=False,
        proxy_headers=False,  # who asks is who is connected: a header would name whomever it likes
    )
    with _listening(told.host, told.port) as listening:
        tell(f"http://{f'[{told.host}]' if ':' in told.host else told.host}:{told.port}/")
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = str(error.strerror or error).partition(" (")[0]  # Python adds the address to the system's words
        raise CannotListenError(
            f"cannot listen at {host}, port {port}: {reason}; choose another --port or --host"
        ) from None

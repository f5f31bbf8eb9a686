"""Runs the pages: opens the databases, says where they are, and serves until it is ended."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_bytes

import uvicorn

from pipeline.database import open_database
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


def serve(told: Serving) -> None:
    """Serve the pages until the process is ended.

    Raises UnsafeServerError where others could come in with nothing asked of them, and what ``open_database`` raises.
    """
    access = access_for(told.host, told.token, told.proxy)
    reading, deciding = open_read_only(told.url), open_database(told.deciding_url)
    desk = Desk(reading, deciding, Workbench(), Forms(token_bytes(32)), access, told.reviewer)
    uvicorn.run(
        create_app(desk),
        host=told.host,
        port=told.port,
        log_level="warning",
        server_header=False,
        proxy_headers=False,  # who asks is who is connected: a header would name whomever it likes
    )

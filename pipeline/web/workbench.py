"""The process that opens documents for the pages: what a file does to it, the server does not feel."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import TimeoutError as TimedOutError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from threading import Lock

from pebble import ProcessExpired, ProcessPool

from pipeline.errors import OrebookError, UnreadableSourceError
from pipeline.web.sheets import Sheet, open_sheet
from pipeline.web.sources import Source
from pipeline.workers import confine

SECONDS = 20
"""How long a sheet may take; most take a twentieth of a second."""
MEMORY = 2 << 30
"""Bytes that the process may hold."""
KEPT = 48
"""Sheets that are kept ready, of about 200 kB each."""


class Workbench:
    """Opens sheets of filings, one at a time, and keeps the last ones."""

    def __init__(self) -> None:
        self._pool = _started_pool()
        self._kept: OrderedDict[tuple[Source, int], Sheet] = OrderedDict()
        self._lock = Lock()

    def sheet(self, source: Source, number: int) -> Sheet:
        """The sheet of this number; raises UnreadableSourceError where there is none to show."""
        key = source, number
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        sheet = self._opened(source, number)
        with self._lock:
            self._kept[key] = sheet
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return sheet

    def forget(self) -> None:
        """Open each sheet anew from now on."""
        with self._lock:
            self._kept.clear()

    def close(self) -> None:
        """End the process."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def _opened(self, source: Source, number: int) -> Sheet:
        """Opened in the process; again in a new one where the process was lost before it began."""
        for _ in range(2):
            try:
                sheet = self._ready().schedule(_safely, args=[open_sheet, source, number], timeout=SECONDS).result()
            except TimedOutError:
                raise UnreadableSourceError(f"{source.filename}: takes more than {SECONDS} seconds to draw") from None
            except (ProcessExpired, BrokenProcessPool):
                continue
            if isinstance(sheet, OrebookError):
                raise UnreadableSourceError(str(sheet))
            return sheet
        raise UnreadableSourceError(f"{source.filename}: ended the process that drew it; it is damaged")

    def _ready(self) -> ProcessPool:
        """The pool; a new one where the last one broke down."""
        with self._lock:
            if not self._pool.active:
                self._pool = _started_pool()
            return self._pool


def _started_pool() -> ProcessPool:
    """A pool of one process, which starts at once: the first page need not wait for it."""
    pool = ProcessPool(
        max_workers=1,
        max_tasks=2_000,
        initializer=confine,
        initargs=[os.getpid(), MEMORY],
        context=get_context("spawn"),  # a server has threads: a fork would copy their locks as they stand
    )
    pool.schedule(os.getpid)
    return pool


def _safely(function: Callable[[Source, int], Sheet], source: Source, number: int) -> Sheet | OrebookError:
    try:
        return function(source, number)
    except OrebookError as error:
        return error
    except MemoryError:
        return UnreadableSourceError(f"{source.filename}: takes more memory to draw than a page may take")

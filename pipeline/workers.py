"""Runs one function over many inputs in processes of their own, each with a time limit and a memory limit.

An input that hangs, takes too much memory or ends its process gives an error for itself alone; a lost process is
replaced, and the neighbours go on. What a lost process read is read again: it may have been ended for no fault of its
input, by an operator, or by a kernel without memory, which ends the largest process. Where it was ended at a moment
that breaks the whole pool, while it held the pipe to it or while no process was reading, the pool is replaced.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import resource
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures import TimeoutError as TimedOutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Generic, TypeVar

from pebble import CONSTS, ProcessExpired, ProcessFuture, ProcessPool

from pipeline.errors import FilingTimeoutError, MemoryLimitError, OrebookError, WorkerLostError
from pipeline.settings import MEMORY_LIMIT

Item = TypeVar("Item")
Input = TypeVar("Input")
Output = TypeVar("Output")

_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2), Linux

Outcome = tuple[Output | OrebookError, float | None]
"""An output and the seconds that it took; None where its process ended before it could tell."""

_YOUNG = 50_000
"""New objects after which the collector looks through them; Python's own count is 700."""

# Seconds after which the pool looks whether a worker ended or took too long, and whether it is done itself: with its
# usual tenth of a second, a run over one new filing waited longer for the pool to end than it read.
CONSTS.sleep_unit = 0.02

TRIES = 3
"""How often an input is asked for whose process is lost; Dask gives a task to as many workers."""

GRACE = 60.0
"""Seconds that a pool may take beside those of its inputs, to start a process on a busy machine."""

_LOOK = 1.0
"""Seconds after which a broken pool is noticed that tells nobody."""

AHEAD = 4
"""Inputs that wait for each worker: enough to keep it busy, few enough to keep memory flat."""


def run_each(
    function: Callable[[Input], Output | OrebookError],
    items: Iterable[tuple[Item, Input]],
    workers: int,
    seconds: float,
    memory: int = MEMORY_LIMIT,
) -> Generator[tuple[Item, Outcome[Output]], None, None]:
    """The function's output for each item's input, or the reason why there is none, as each is done."""
    again: deque[_Asked[Item, Input]] = deque()
    rest = iter(items)
    with _calm_collector():
        while True:
            with confined_pool(workers, memory) as pool:
                try:
                    yield from _as_done(pool, function, again, rest, workers * AHEAD, seconds)
                except BaseException:  # the caller gave up: it must not wait for what is being read
                    pool.stop()  # type: ignore[no-untyped-call]
                    raise
                if not again:
                    return
                pool.stop()  # type: ignore[no-untyped-call]


@contextmanager
def _calm_collector() -> Iterator[None]:
    """Lets this process look seldom for garbage in cycles, as long as it takes what the workers have read."""
    usual = gc.get_threshold()
    _collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _collect_seldom() -> None:
    """A filing becomes a hundred thousand small objects, which the collector looked through again and again.

    That took a sixth of an ingest's time, and found nothing: they live until their commit.
    """
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])


@dataclass(frozen=True, slots=True)
class _Asked(Generic[Item, Input]):
    """What a process is asked to do, and how many were lost with it before."""

    item: Item
    given: Input
    lost: int = 0


def _as_done(
    pool: ProcessPool,
    function: Callable[[Input], Output | OrebookError],
    again: deque[_Asked[Item, Input]],
    rest: Iterator[tuple[Item, Input]],
    ahead: int,
    seconds: float,
) -> Iterator[tuple[Item, Outcome[Output]]]:
    """Not in the order of the items: a long one would keep its neighbours waiting, and then the workers.

    Ends where all is done, or the pool broke; ``again`` then holds what is to be asked of another one.
    """
    waiting: dict[ProcessFuture[Outcome[Output]], _Asked[Item, Input]] = {}
    while True:
        for asked in islice(_to_ask(again, rest), ahead - len(waiting)):
            try:
                waiting[start(pool, function, asked.given, seconds)] = asked
            except RuntimeError:  # Pebble's word for a broken pool
                again.append(asked)
                break
        if not waiting:
            return
        if not _one_is_done(pool, waiting, seconds):
            again.extend(waiting.values())
            return
        for future in [future for future in waiting if future.done()]:
            asked, outcome = waiting.pop(future), outcome_of(future, seconds)
            if isinstance(outcome[0], WorkerLostError) and asked.lost + 1 < TRIES:
                again.append(replace(asked, lost=asked.lost + 1))
            else:
                yield asked.item, outcome


def _one_is_done(pool: ProcessPool, waiting: Iterable[ProcessFuture[Outcome[Output]]], seconds: float) -> bool:
    """Waits; False where the pool broke, or a process was ended between taking an input and saying so.

    Pebble waits for such an input for ever. It shows by nothing done in a time in which each input has come to its end.
    """
    deadline = time.monotonic() + seconds + GRACE
    while pool.active and time.monotonic() < deadline:
        if wait(waiting, _LOOK, FIRST_COMPLETED).done:
            return True
    return False


def _to_ask(again: deque[_Asked[Item, Input]], rest: Iterator[tuple[Item, Input]]) -> Iterator[_Asked[Item, Input]]:
    while again:
        yield again.popleft()
    for item, given in rest:
        yield _Asked(item, given)


def confined_pool(workers: int, memory: int, how: str | None = None) -> ProcessPool:
    """Processes with a memory limit, which end with this one; ``how`` is one of multiprocessing's methods."""
    return ProcessPool(
        workers, initializer=confine, initargs=[os.getpid(), memory], context=multiprocessing.get_context(how)
    )


def start(
    pool: ProcessPool, function: Callable[[Input], Output | OrebookError], given: Input, seconds: float
) -> ProcessFuture[Outcome[Output]]:
    """Begins the function in a process of the pool; ``outcome_of`` waits for what it gives."""
    return pool.schedule(_timed, args=[function, given], timeout=seconds)


def confine(parent: int, memory: int) -> None:
    """Limits this process's memory, in bytes, and lets it end when its parent, the process ``parent``, is killed.

    Else it would wait forever, and keep the parent's database lock.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))  # not the address space: libraries map far more
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it was killed before this was set
        os._exit(1)
    gc.freeze()  # what was loaded before the fork stays shared: the collector would write to each page of it
    _collect_seldom()


def _timed(function: Callable[[Input], Output | OrebookError], given: Input) -> Outcome[Output]:
    began = time.monotonic()
    output: Output | OrebookError
    try:
        output = function(given)
    except MemoryError:
        output = MemoryLimitError(
            "reading took more memory than a filing may take; look at the file, it may be damaged"
        )
    return output, time.monotonic() - began


def outcome_of(future: ProcessFuture[Outcome[Output]], seconds: float) -> Outcome[Output]:
    """What the function gave within the time limit, or the reason why there is nothing."""
    try:
        return future.result()
    except TimedOutError:
        reason = f"reading took more than {seconds:g} seconds; look at the file, it may be damaged"
        return FilingTimeoutError(reason), seconds
    except BrokenProcessPool:
        return WorkerLostError("the processes that read it and its neighbours ended together"), None
    except ProcessExpired as ended:
        reason = f"each process that read it ended (the last with exit code {ended.exitcode}); the file may be damaged"
        return WorkerLostError(reason), None

"""Reads filings on the machines of a Dask cluster: the same limits, and the same outcomes, as in processes of this one.

The bytes of a filing travel with its task, so that workers need neither the files nor the database, and the scheduler
can give a task to another worker when one is lost. A Dask worker does not read by itself: it has a process that does,
within the limits, so that a hostile file ends that process and not the worker.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pebble import ProcessPool

from pipeline.errors import ClusterError, OrebookError, WorkerLostError
from pipeline.settings import MEMORY_LIMIT, extractor_version
from pipeline.workers import AHEAD, TRIES, Outcome, confined_pool, outcome_of, start

if TYPE_CHECKING:
    from distributed import Client, Future

Item = TypeVar("Item")
Input = TypeVar("Input")
Output = TypeVar("Output")

ANSWER_SECONDS = 30
"""How long a scheduler may take to answer, and to have its first worker."""

EMPTY_SECONDS = 300
"""How long a cluster may be without any worker in mid-run: machines that are replaced take minutes."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Dask scheduler, ``tcp://host:8786``, whose workers have this version of orebook installed."""

    address: str

    def run_each(
        self,
        function: Callable[[Input], Output | OrebookError],
        items: Iterable[tuple[Item, Input]],
        seconds: float,
        memory: int = MEMORY_LIMIT,
    ) -> Generator[tuple[Item, Outcome[Output]], None, None]:
        """The function's output for each item's input, or the reason why there is none, as each is done.

        Raises ClusterError where the scheduler does not answer, or goes away, or has no workers, or one of its workers
        has another version of orebook.
        """
        task = _Task(function, extractor_version(), seconds, memory)
        with _connected(self.address) as client:
            waiting: dict[Future[Outcome[Output]], Item] = {}
            rest = iter(items)
            while True:
                ahead = AHEAD * max(1, sum(client.nthreads().values()))  # workers come and go
                for item, given in islice(rest, max(0, ahead - len(waiting))):
                    waiting[client.submit(task, given, pure=False)] = item
                if not waiting:
                    return
                _wait_for_one(client, waiting, self.address)
                for future in [future for future in waiting if future.done()]:
                    yield waiting.pop(future), _outcome(future)


@dataclass(frozen=True, slots=True)
class _Task(Generic[Input, Output]):
    """What a Dask worker is asked to do with an input."""

    function: Callable[[Input], Output | OrebookError]
    version: str
    seconds: float
    memory: int

    def __call__(self, given: Input) -> Outcome[Output]:
        from distributed import get_worker

        worker, version = get_worker(), extractor_version()
        if version != self.version:
            raise ClusterError(
                f"worker {worker.address} has orebook {version}, this one is {self.version}: install the same on both, "
                "and restart the worker"
            )
        for _ in range(TRIES):
            pool = _whole_pool(worker.state.nthreads, self.memory)
            outcome = outcome_of(start(pool, self.function, given, self.seconds), self.seconds)
            if not isinstance(outcome[0], WorkerLostError):
                break
        return outcome


def _whole_pool(workers: int, memory: int) -> ProcessPool:
    """The pool of this Dask worker, made anew where a process that was ended at a bad moment has broken it."""
    if not _pool(workers, memory).active:
        _pool.cache_clear()
    return _pool(workers, memory)


@cache
def _pool(workers: int, memory: int) -> ProcessPool:
    """The processes of this Dask worker that read; they end with it."""
    multiprocessing.current_process().daemon = False  # as a nanny starts it, it could have no processes of its own
    return confined_pool(workers, memory, "spawn")  # a Dask worker has threads: no fork


def _wait_for_one(client: Client, waiting: Iterable[Future[Any]], address: str) -> None:
    """Waits until one is done; raises ClusterError where there is no worker for too long."""
    from distributed import wait

    last_seen = time.monotonic()
    while True:
        try:
            wait(list(waiting), timeout=ANSWER_SECONDS, return_when="FIRST_COMPLETED")
        except TimeoutError:
            if client.nthreads():
                last_seen = time.monotonic()
            elif time.monotonic() - last_seen > EMPTY_SECONDS:
                raise ClusterError(f"the cluster at {address} has no workers any more; {_REST}") from None
        else:
            return


def _outcome(future: Future[Outcome[Output]]) -> Outcome[Output]:
    from distributed import KilledWorker

    try:
        outcome: Outcome[Output] = future.result()
    except KilledWorker as lost:
        return WorkerLostError(f"the machines that read it were lost one after the other: {lost}"), None
    return outcome


_REST = "what was committed stays, the next run does the rest"


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        import dask
        from distributed import Client
    except ImportError:
        raise ClusterError("a cluster needs Dask: pip install 'orebook[cluster]'") from None
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}):  # filings travel with their tasks
        try:
            client = Client(address, timeout=ANSWER_SECONDS)
        except (OSError, ValueError, TimeoutError) as error:
            raise ClusterError(f"no Dask scheduler answers at {address}: {error}") from None
        try:
            _need_workers(client, address)
            yield client
        except (OSError, CancelledError) as error:
            raise ClusterError(f"the Dask scheduler at {address} went away: {error}; {_REST}") from None
        finally:
            client.close(timeout=ANSWER_SECONDS)


def _need_workers(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=ANSWER_SECONDS)
    except TimeoutError:
        raise ClusterError(f"the Dask scheduler at {address} has no workers: start some") from None

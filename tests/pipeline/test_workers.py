"""Processes that read: one that hangs or dies costs its own filing and no other."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import workers
from pipeline.errors import FilingTimeoutError, MemoryLimitError, OrebookError, UnreadableFilingError, WorkerLostError
from pipeline.workers import run_each


def behave(order: str) -> str | OrebookError:
    if order == "hang":
        time.sleep(60)
    if order == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "refuse":
        return UnreadableFilingError("refused")
    return order.upper()


def test_neighbours_of_a_hanging_and_a_dying_input_go_on() -> None:
    orders = ["a", "hang", "b", "die", "c", "refuse", "d"]
    given = ((i, order) for i, order in enumerate(orders))
    told = dict(run_each(behave, given, workers=2, seconds=2))
    outcomes = {i: outcome for i, (outcome, _) in told.items()}
    assert sorted(outcomes) == list(range(7))
    assert list(outcomes).index(1) > list(outcomes).index(4)  # nobody waits for the one that hangs
    assert [outcomes[i] for i in (0, 2, 4, 6)] == ["A", "B", "C", "D"]
    assert isinstance(outcomes[1], FilingTimeoutError)
    assert isinstance(outcomes[3], WorkerLostError)
    assert isinstance(outcomes[5], UnreadableFilingError)
    assert (told[1][1], told[3][1]) == (2, None)  # the time that the hanging one had; nobody knows the dead one's
    assert told[0][1] is not None


def end_once(marker: Path) -> str:
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "read"


def test_an_input_whose_process_something_else_ended_is_read_again(tmp_path: Path) -> None:
    """As a kernel without memory does, or an operator."""
    given = [(name, tmp_path / name) for name in ("one", "two", "three")]
    told = dict(run_each(end_once, given, workers=2, seconds=60))
    assert {name: outcome for name, (outcome, _) in told.items()} == dict.fromkeys(("one", "two", "three"), "read")


def test_all_is_read_where_processes_are_ended_while_none_is_reading() -> None:
    """That breaks the pool, which is replaced; nothing that waited in it is lost."""

    def given() -> Iterator[tuple[int, str]]:
        for number in range(40):
            if number in (8, 20):  # the first were told: their processes wait for more
                for process in multiprocessing.active_children():
                    process.kill()
                    process.join()
                time.sleep(0.1)  # the pool looks every 0.02 s
            yield number, str(number)

    told = dict(run_each(behave, given(), workers=1, seconds=60))
    assert {number: outcome for number, (outcome, _) in told.items()} == {n: str(n) for n in range(40)}


def test_a_process_that_takes_nothing_more_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "GRACE", 1)

    def given() -> Iterator[tuple[str, str]]:
        yield from (("a", "a"), ("b", "b"), ("c", "c"), ("d", "d"))
        for process in multiprocessing.active_children():
            os.kill(process.pid or 0, signal.SIGSTOP)
        yield "e", "e"

    told = dict(run_each(behave, given(), workers=1, seconds=1))
    assert [told[order][0] for order in "abcde"] == ["A", "B", "C", "D", "E"]


def fill(mebibytes: int) -> int:
    return len(bytearray(mebibytes << 20))


def held() -> int:
    """Bytes of data that this process has, and that its workers begin with: it may have run a thousand tests before."""
    pages = int(Path("/proc/self/statm").read_text().split()[5])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_an_input_that_takes_too_much_memory_fails_and_its_worker_goes_on() -> None:
    given = ((n, n) for n in (1, 3000, 2))
    told = dict(run_each(fill, given, workers=1, seconds=60, memory=held() + (1 << 30)))
    assert isinstance(told[3000][0], MemoryLimitError)
    assert (told[1][0], told[2][0]) == (1 << 20, 2 << 20)


def test_a_caller_that_gives_up_does_not_wait_for_what_is_being_read() -> None:
    outcomes = run_each(behave, ((order, order) for order in ("a", "hang", "hang")), workers=1, seconds=60)
    assert next(outcomes)[0] == "a"
    began = time.monotonic()
    outcomes.close()
    assert time.monotonic() - began < 30  # "hang" takes 60


def test_inputs_are_taken_as_they_are_needed_and_not_all_at_once() -> None:
    taken: list[int] = []

    def given() -> Iterator[tuple[int, str]]:
        for i in range(100):
            taken.append(i)
            yield i, str(i)

    outcomes = run_each(behave, given(), workers=1, seconds=10)
    number, (output, _) = next(outcomes)
    assert (number, output) == (0, "0")
    assert len(taken) < 20

"""Measures runs beside one another, so that a machine that is shared or drifts slows all of them alike."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds that a run took: of the clock, and of processors, this process's and its children's together."""

    wall: float
    cpu: float


def interleaved(runs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Cost]:
    """The median cost of each run; every round takes each run once, in turn."""
    costs: dict[str, list[Cost]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            costs[name].append(_cost(run))
    return {name: Cost(median(c.wall for c in taken), median(c.cpu for c in taken)) for name, taken in costs.items()}


def _cost(run: Callable[[], object]) -> Cost:
    gc.collect()
    wall, cpu = time.perf_counter(), _processor_seconds()
    run()
    return Cost(time.perf_counter() - wall, _processor_seconds() - cpu)


def _processor_seconds() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)

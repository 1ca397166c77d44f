"""What a sweep costs beside its runs: for each task, and for a table of many rows."""

import functools
import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from specml.sweeping import cluster, gather, told
from specml.sweeping.gather import Gather
from specml.sweeping.table import part

SWEEP = {
    "run": {"around": ["wind"]},
    "sweep": {
        "design": "random",
        "points": 1 << 20,
        "seconds": 1,
        "measures": ["level"],
        "over": {"mu": {"factor": [0.5, 2]}, "nu": {"factor": [0.5, 2]}},
    },
}
ROWS, ROUNDS = 300, 5
QUICK_ROWS, QUICK_ROUNDS = 80, 2
TASKS, QUICK_TASKS = 1000, 100
SIMULATED, QUICK_SIMULATED = (10_000, 100_000, 1_000_000), (10_000,)
GOAL = 0.02


class Cost(NamedTuple):
    """Seconds by the clock, and of all processors together; in how many tasks."""

    clock: float
    processors: float
    tasks: int = 0


@dataclass
class Costs:
    """What the same rows cost, by who runs them, in each round; and what tasks cost."""

    rows: int
    rounds: dict[str, list[Cost]] = field(default_factory=dict)
    empty: Cost | None = None  # a task that does nothing
    simulated: list[dict[str, float]] = field(default_factory=list)

    def row(self, name: str, of: str) -> float:
        """Seconds of a row: of the clock, or of the processors."""
        return statistics.median(getattr(cost, of) for cost in self.rounds[name]) / self.rows

    def ratio(self, name: str, to: str, of: str) -> float:
        pairs = zip(self.rounds[name], self.rounds[to], strict=True)
        return statistics.median(getattr(a, of) / getattr(b, of) for a, b in pairs)


def nothing(begin: int, end: int) -> bytes:
    """The work of an empty task."""
    return b""


def _gathered(client, work, rows: int) -> Cost:
    """What these rows cost on a cluster: client, scheduler and workers."""
    tasks = []
    before, started = _processors(client), time.perf_counter()
    Gather(client, work, lambda *given: tasks.append(given)).run([(0, rows)])
    clock = time.perf_counter() - started
    return Cost(clock, _processors(client) - before, len(tasks))


def _processors(client) -> float:
    return time.process_time() + sum(client.run(time.process_time).values())


def _looped(work, rows: int) -> Cost:
    """What they cost in a plain loop."""
    before, started = time.process_time(), time.perf_counter()
    work(0, rows)
    return Cost(time.perf_counter() - started, time.process_time() - before, 1)


def measure(quick: bool) -> Costs:
    """In each round all take turns: a plain loop, one worker, two."""
    costs = Costs(QUICK_ROWS if quick else ROWS)
    pinned = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if pinned:
        os.sched_setaffinity(0, range(os.cpu_count() or 1))  # two workers want two
    try:
        with cluster.local(1) as one, cluster.local(2) as two:
            _take_turns(costs, one, two, QUICK_ROUNDS if quick else ROUNDS)
            with mock.patch.object(gather, "MOST", 1):
                tasks = QUICK_TASKS if quick else TASKS
                empty = _gathered(one, nothing, tasks)
                costs.empty = Cost(empty.clock / tasks, empty.processors / tasks)
    finally:
        if pinned:
            os.sched_setaffinity(0, pinned)
    costs.simulated = [_simulated(rows) for rows in (QUICK_SIMULATED if quick else SIMULATED)]
    return costs


def _take_turns(costs: Costs, one, two, rounds: int) -> None:
    work = functools.partial(part, told.from_dict(SWEEP, Path()))
    programs = {
        "loop": functools.partial(_looped, work),
        "one worker": functools.partial(_gathered, one, work),
        "two workers": functools.partial(_gathered, two, work),
    }
    for program in programs.values():
        program(8)
    for _ in range(rounds):
        for name, program in programs.items():
            costs.rounds.setdefault(name, []).append(program(costs.rows))


def _simulated(rows: int) -> dict[str, float]:
    """A sweep of so many rows that are not run, in a process of its own."""
    command = [sys.executable, "-m", "bench.simulated", str(rows)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(said)

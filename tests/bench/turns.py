"""Programs that take turns, so that whatever the machine does meanwhile falls on all of them."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

ROUNDS = 7
MOST = 12000  # samples in one call: arrays so short that no page of memory is fetched anew
LEAST = 8


@dataclass
class Program:
    """What runs for so many samples, and what brings it back to where it began, if it has to."""

    run: Callable[[int], np.ndarray | None]
    restart: Callable[[], None] = lambda: None

    def __call__(self, n: int) -> np.ndarray | None:
        return self.run(n)


@dataclass
class Timings:
    """Nanoseconds per sample of each program, one for each round."""

    rounds: dict[str, list[float]]

    def ns(self, name: str) -> float | None:
        """Median nanoseconds, None if there is no such program."""
        return statistics.median(self.rounds[name]) if name in self.rounds else None

    def ratio(self, name: str, to: str = "core") -> float | None:
        """Median of the ratios of each round, None if there is no such program."""
        if name not in self.rounds:
            return None
        pairs = zip(self.rounds[name], self.rounds[to], strict=True)
        return statistics.median(one / other for one, other in pairs)


def _spent(program: Program, n: int) -> float:
    program.restart()
    begin = time.perf_counter_ns()
    program.run(n)
    return time.perf_counter_ns() - begin


def _plan(program: Program, budget: float, unit: int) -> tuple[int, int]:
    """How many samples a call, and how many calls, fill the budget; warms up meanwhile."""
    n = LEAST * unit
    _spent(program, n)
    most = MOST // unit * unit
    while (took := _spent(program, n)) < 0.1e9 * budget and n < most:
        n = min(4 * n, most)
    wanted = int(n * 1e9 * budget / took)
    n = int(np.clip(wanted, LEAST, most)) // unit * unit or unit
    return n, max(1, wanted // n)


def take_turns(programs: dict[str, Program], budget: float, unit: int = 1) -> Timings:
    """Time each program for about `budget` seconds in each round, by whole units of samples."""
    plans = {name: _plan(program, budget, unit) for name, program in programs.items()}
    timings: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, program in programs.items():
            n, calls = plans[name]
            spent = sum(_spent(program, n) for _ in range(calls))
            timings[name].append(spent / (n * calls))
    return Timings(timings)

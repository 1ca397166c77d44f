"""How the cost of a sample grows with the number of parameters or synapses."""

from dataclasses import dataclass

import numpy as np

from bench.cases import Case, runner
from bench.turns import take_turns


@dataclass
class Growth:
    """Nanoseconds per sample by size, and the slope of a line through their logarithms."""

    model: str
    cells: list[int]
    rounds: dict[str, list[float]]
    ns: list[float]

    @property
    def exponent(self) -> float:
        """By least squares over all sizes."""
        return float(np.polyfit(np.log(self.cells), np.log(self.ns), 1)[0])

    @property
    def local(self) -> list[float]:
        """From each size to the next."""
        return (np.diff(np.log(self.ns)) / np.diff(np.log(self.cells))).tolist()


def measure(budget: float, quick: bool) -> list[Growth]:
    """Time square networks of growing size, all taking turns."""
    sides = {"AutoRegNN": (8, 16, 32, 64, 128, 256), "Unlearn": (8, 16, 32, 64, 128)}
    results = []
    for model, numbers in sides.items():
        last = (1,) if model == "AutoRegNN" else ()
        shapes = [Case(model, (k, k, *last)) for k in (numbers[:-1] if quick else numbers)]
        programs = {case.name: runner(case, case.make()) for case in shapes}
        timings = take_turns(programs, budget)
        ns = [timings.ns(case.name) for case in shapes]
        results.append(Growth(model, [case.cells for case in shapes], timings.rounds, ns))
    return results

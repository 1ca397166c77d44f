"""Run both engines side by side and compare everything as bits."""

from typing import NamedTuple

import numpy as np

from .examples import Example, Run


class Difference(NamedTuple):
    """The first value that differs: where it stands, and what it is on either engine."""

    field: str
    index: int
    core: float
    numpy: float

    def __str__(self) -> str:
        """Return the difference with both values in hex."""
        return f"{self.field}[{self.index}]: core {self.core.hex()}, numpy {self.numpy.hex()}"


class Verdict(NamedTuple):
    """What was compared, and the first difference, if there is one."""

    samples: int
    values: int
    difference: Difference | None


def compare(field: str, core: np.ndarray, reference: np.ndarray) -> Difference | None:
    """Return the first difference in bits of two arrays of 64-bit numbers."""
    core, reference = (np.ascontiguousarray(part).ravel() for part in (core, reference))
    differs = np.flatnonzero(core.view(np.uint64) != reference.view(np.uint64))
    if not differs.size:
        return None
    first = int(differs[0])
    return Difference(field, first, float(core[first]), float(reference[first]))


def verify(example: Example, samples: int, seed: int = 1) -> Verdict:
    """Render an example on both engines and compare samples and state, block by block."""
    core, reference = (example.start(Run(samples, seed, engine)) for engine in ("core", "numpy"))
    values = done = 0
    for mine, other in zip(core.blocks, reference.blocks, strict=True):
        done += mine.shape[1]
        pairs = {"output": (mine, other)}
        for k, models in enumerate(zip(core.models, reference.models, strict=True)):
            states = [model.state() for model in models]
            pairs |= {f"model {k} {name}": (states[0][name], states[1][name]) for name in states[0]}
        for field, (a, b) in pairs.items():
            difference = compare(field, a, b)
            if difference:
                return Verdict(done, values, difference)
            values += a.size if field != "output" else 0
    return Verdict(done, values, None)

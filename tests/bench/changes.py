"""What a change takes of the audio thread: a swap, or a clear; not what is prepared before."""

import statistics
from dataclasses import dataclass

import numpy as np

from object.library import Host, inlets

DEFAULT = {
    "autoregnn": ("seed 2", "reset", "clear", "size 20", "width 16", "layers 2"),
    "autoregnn2": ("seed 2", "reset", "clear", "size 20", "width 16", "layers 2"),
    "unlearn": ("seed 2", "reset", "clear", "neurons 20", "maxdelay 4800", "preset clicks",
                "activation tanh"),
}  # fmt: skip
LARGEST = {
    "autoregnn": "-size 1024 -width 1024 -layers 8",
    "autoregnn2": "-size 1024 -width 1024 -layers 8",
    "unlearn": "-neurons 1024 -inputs 1024 -maxdelay 48000",
}
ROWS = {"autoregnn": 2, "autoregnn2": 3, "unlearn": 2}
GOAL = 50.0  # microseconds


@dataclass
class Change:
    """Microseconds of each round."""

    name: str
    rounds: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)


def _measure(model: str, box: str, message: str, rounds: int) -> Change:
    """One object after the other, that has sounded for a block."""
    took = []
    for _ in range(rounds):
        host = Host(model, box)
        host.process(np.zeros(64), *[0.0] * (inlets(model) - 1), rows=ROWS[model])
        host.send(*message.split())
        took.append(1e6 * host.swapped)
        host.close()
    return Change(f"[{model}~{' ' * bool(box)}{box}], {message}", took)


def measure(quick: bool) -> list[Change]:
    found = [
        _measure(model, "", message, 3 if quick else 15)
        for model, messages in DEFAULT.items()
        for message in messages
    ]
    for model, box in ({} if quick else LARGEST).items():
        found += [_measure(model, box, message, 3) for message in ("clear", "reset")]
    return found

"""An example whose networks are a host's: what is promised of it, held to what the host says."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from unittest import mock

import numpy as np

import takes
from specml import verify
from specml.examples import EXAMPLES, Run
from specml.examples.presets import OUTS
from takes import Take

SHORT = 2000  # samples, before any drawing
Play = Callable[[Take], np.ndarray]  # what a box says in a take, ``(outlets, samples)``, in doubles


def check(name: str, play: Play, samples: int = SHORT) -> None:
    """Compare both SHA-256 of a rendering with those that are promised."""
    promises = [p for p in verify.promised(name) if p.samples == samples]
    assert promises, f"nothing is promised of {samples} samples of {name}"
    for promise in promises:
        found = rendered(name, promise.seed, samples, play)
        assert found == promise, f"{name} is not what is promised"


def rendered(name: str, seed: int, samples: int, play: Play) -> verify.Promise:
    """Run an example with what the host's networks say in place of its own."""
    networks = [replace(take, outs=OUTS) for take in takes.of_example(name, samples, seed, False)]
    said = iter([np.float64(play(take)) for take in networks])
    digest = verify.Digest()
    with ExitStack() as stack:
        for model in takes.NAMES:
            process = _saying(model, said)
            stack.enter_context(mock.patch.object(model, "process", process))
        for block in EXAMPLES[name].start(Run(samples, seed)).blocks:
            digest.add(block)
    return digest.promise(seed)


def _saying(model: type, said) -> Callable:
    """Networks are first asked in the order in which they were noted."""
    mine: dict[object, list] = {}

    def process(self, *heard, **controls):
        if self not in mine:
            mine[self] = [next(said), 0]
        y, begin = mine[self]
        n = controls["samples"] if "samples" in controls else len(next(_arrays(heard, controls)))
        mine[self][1] += n
        part = y[:, begin : begin + n]
        assert part.shape[1] == n, f"it said {y.shape[1]} samples"
        return part if model is takes.Unlearn else tuple(part)

    return process


def _arrays(heard, controls):
    return (x for x in (*heard, *controls.values()) if isinstance(x, np.ndarray))


def assert_core() -> None:
    """Hold the core here to all that is promised of it in short."""
    for name, example in EXAMPLES.items():
        for promise in verify.promised(name):
            if promise.samples == SHORT:
                assert verify.rendered(example, promise).found is None, name

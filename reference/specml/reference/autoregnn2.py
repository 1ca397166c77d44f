"""AutoRegNN2, the reference: read it beside ``externals/core/autoregnn2.c``, step by step.

Steps and equations are those of docs/models.md.
"""

from collections.abc import Mapping

import numpy as np

from . import finite
from .arrays import Array, Signals
from .controls import Control, Controlled, Controls
from .interrupts import unbroken
from .network import Network
from .past import Past, blend
from .random import SplitMix64

CONTROLS = {
    "mix": Control(0.0, 1.0, 0.5),
    "lr": Control(0.0, 10.0, 0.5),
    "ridge": Control(0.0, 1.0, 1e-3),
    "autoreg": Control(0.0, 1.0, 1.0),
    "teacher": Control(0.0, 1.0, 0.0),
}


class AutoRegNN2Reference(Controlled):
    """Two networks, each learning its own input; what speaks is a mixture of their parameters."""

    def __init__(self, size: int, width: int, layers: int, seed: int, scale: float) -> None:
        self.controls = Controls(CONTROLS)
        self.size, self.width, self.layers = size, width, layers
        self.nets = (Network(size, width, layers), Network(size, width, layers))
        self.mixed = Network(size, width, layers)
        self.past_ins = (Past(size), Past(size))
        self.past_out = Past(size)
        self.scale, self.samples = 1.0, 0
        self.set_scale(scale)
        self.reset(seed)

    def keep(self, old: "AutoRegNN2Reference") -> None:
        """Take over controls, age, and the parameters of the same layer, unit and input."""
        self.keep_controls(old)
        for net, before in zip(self.nets, old.nets, strict=True):
            net.keep(before)
        self.samples = old.samples

    def reset(self, seed: int) -> None:
        """Draw new weights, the second network's after the first's; forget sound."""
        random = SplitMix64(seed)
        for net in self.nets:
            net.draw(self.scale, random)
        self.samples = 0
        self.clear()

    def clear(self) -> None:
        """Forget sound and what was repaired, keep weights."""
        for past in (*self.past_ins, self.past_out):
            past.clear()
        self.clipped = 0

    def set_scale(self, scale: float) -> None:
        """Clamp to 0..100; what is not finite is ignored."""
        self.scale = finite.control(scale, self.scale, 0.0, 100.0)

    def set_clipped(self, clipped: int) -> None:
        """Let so many samples have been repaired."""
        self.clipped = clipped

    def set_samples(self, samples: int) -> None:
        """Let so many samples have been processed."""
        self.samples = samples

    def process(self, x1: Array, x2: Array, signals: Signals) -> tuple[Array, Array, Array]:
        """Return out, error1 and error2, ``(n,)`` each, for inputs `x1` and `x2`, ``(n,)``."""
        out, errors = np.empty(len(x1)), np.empty((2, len(x1)))
        for i in unbroken(range(len(x1))):
            self.controls.follow(signals, i)
            heard1, clipped1 = finite.input(float(x1[i]))
            heard2, clipped2 = finite.input(float(x2[i]))
            self.clipped += clipped1 + clipped2
            out[i], errors[:, i] = self.step((heard1, heard2))
            self.samples += 1
        return out, errors[0], errors[1]

    def step(self, samples: tuple[float, float]) -> tuple[float, list[float]]:
        """Take one sample of each input; return out and both errors."""
        c = self.controls
        errors = []
        for net, past_in, sample in zip(self.nets, self.past_ins, samples, strict=True):
            # 1. what this network would speak from, and what it learns from
            spoken = blend(self.past_out.row, past_in.row, c["autoreg"])
            taught = blend(past_in.row, spoken, c["teacher"])
            # 2. learn
            errors.append(net.learn(taught, sample, c["lr"], c["ridge"]))
        # the past that the mixture speaks from
        heard = blend(self.past_ins[1].row, self.past_ins[0].row, c["mix"])
        spoken = blend(self.past_out.row, heard, c["autoreg"])
        # 3. remember
        for past_in, sample in zip(self.past_ins, samples, strict=True):
            past_in.push(sample)
        # 4. speak
        self.mixed.mix(*self.nets, c["mix"])
        out = float(finite.output(self.mixed.forward(spoken)))
        for net in self.nets:
            net.settle()
        self.past_out.push(out)
        return out, errors

    @property
    def parameters(self) -> Array:
        """Parameters ``(2, count)`` in canonical order."""
        return np.stack([net.parameters for net in self.nets])

    @parameters.setter
    def parameters(self, values: Array) -> None:
        for net, row in zip(self.nets, values, strict=True):
            net.parameters = row

    def past(self) -> dict[str, Array]:
        """Return the last samples of each signal, ``(size,)`` newest first."""
        rows = {"in1": self.past_ins[0], "in2": self.past_ins[1], "out": self.past_out}
        return {name: past.row[::-1] for name, past in rows.items()}

    def set_past(self, past: Mapping[str, Array]) -> None:
        """Write what `past` returned."""
        for k, past_in in enumerate(self.past_ins):
            past_in.row = finite.output(past[f"in{k + 1}"][::-1])
        self.past_out.row = finite.output(past["out"][::-1])

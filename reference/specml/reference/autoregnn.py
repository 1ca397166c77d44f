"""AutoRegNN, the reference: read it beside ``externals/core/autoregnn.c``, step by step.

Steps and equations are those of docs/models.md.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from . import finite
from .arrays import Array, Signals
from .controls import Control, Controlled, Controls
from .interrupts import unbroken
from .network import Network
from .past import Past, blend
from .random import SplitMix64

CONTROLS = {
    "autoreg": Control(0.0, 1.0, 1.0),
    "lr": Control(0.0, 10.0, 0.1),
    "ridge": Control(0.0, 1.0, 1e-4),
    "teacher": Control(0.0, 1.0, 0.0),
}


class AutoRegNNReference(Controlled):
    """A network that predicts the next sample and learns from each miss, one step a sample."""

    def __init__(self, size: int, width: int, layers: int, seed: int, scale: float) -> None:
        self.controls = Controls(CONTROLS)
        self.size, self.width, self.layers = size, width, layers
        self.net = Network(size, width, layers)
        self.past_in, self.past_out = Past(size), Past(size)
        self.scale, self.samples = 1.0, 0
        self.set_scale(scale)
        self.reset(seed)

    def keep(self, old: "AutoRegNNReference") -> None:
        """Take over controls, age, and the parameters of the same layer, unit and input."""
        self.keep_controls(old)
        self.net.keep(old.net)
        self.samples = old.samples

    def reset(self, seed: int) -> None:
        """Draw new weights, forget sound."""
        self.net.draw(self.scale, SplitMix64(seed))
        self.samples = 0
        self.clear()

    def clear(self) -> None:
        """Forget sound and what was repaired, keep weights."""
        self.past_in.clear()
        self.past_out.clear()
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

    def process(self, x: Array, signals: Signals) -> tuple[Array, Array]:
        """Return out and error, ``(n,)`` each, for input `x` ``(n,)``."""
        out, error = np.empty(len(x)), np.empty(len(x))
        for i in unbroken(range(len(x))):
            self.controls.follow(signals, i)
            heard, clipped = finite.input(float(x[i]))
            self.clipped += clipped
            out[i], error[i] = self.step(heard)
            self.samples += 1
        return out, error

    @staticmethod
    def process_many(
        nets: Sequence["AutoRegNNReference"], x: Array, signals: Signals
    ) -> tuple[Array, Array]:
        """Return out and error, ``(nets, n)`` each; `x` and `signals` are ``(nets, n)`` too."""
        out, error = np.empty(x.shape), np.empty(x.shape)
        for i in unbroken(range(x.shape[1])):
            now = slice(i, i + 1)
            for k, net in enumerate(nets):
                given = {name: signal[k, now] for name, signal in signals.items()}
                out[k, now], error[k, now] = net.process(x[k, now], given)
        return out, error

    def step(self, sample: float) -> tuple[float, float]:
        """Take one sample; return out and error."""
        c = self.controls
        # 1. what it speaks from, and what it learns from
        spoken = blend(self.past_out.row, self.past_in.row, c["autoreg"])
        taught = blend(self.past_in.row, spoken, c["teacher"])
        # 2. learn
        error = self.net.learn(taught, sample, c["lr"], c["ridge"])
        # 3. remember
        self.past_in.push(sample)
        # 4. speak
        out = float(finite.output(self.net.forward(spoken)))
        self.net.settle()
        self.past_out.push(out)
        return out, error

    @property
    def parameters(self) -> Array:
        """Parameters ``(count,)`` in canonical order."""
        return self.net.parameters

    @parameters.setter
    def parameters(self, values: Array) -> None:
        self.net.parameters = values

    def past(self) -> dict[str, Array]:
        """Return the last samples of each signal, ``(size,)`` newest first."""
        return {"in": self.past_in.row[::-1], "out": self.past_out.row[::-1]}

    def set_past(self, past: Mapping[str, Array]) -> None:
        """Write what `past` returned."""
        self.past_in.row = finite.output(past["in"][::-1])
        self.past_out.row = finite.output(past["out"][::-1])

"""Unlearn, the reference: read it beside ``externals/core/unlearn_process.c``, step by step.

Steps and equations are those of docs/models.md.
"""

from collections.abc import Mapping

import numpy as np

from . import elementary, finite, lanes
from .arrays import Array, Integers, Signals
from .controls import Control, Controlled, Controls
from .interrupts import unbroken
from .random import SplitMix64

CONTROLS = {  # they begin as the preset wind has them
    "lambda": Control(-20000.0, 20000.0, 10.0),
    "mu": Control(-1e6, 1e6, 235.0),
    "nu": Control(-1e6, 1e6, 900.0),
    "strength": Control(0.0, 1e6, 0.1),
    "radius": Control(0.0, 1e3, 0.02),
    "friction": Control(0.0, 1e6, 0.5),
    "centre": Control(0.0, 1.0, 0.0),
    "pivot": Control(0.0, 1.0, 0.0),
}
FUNCTIONS = ("tanh", "cosine", "cosine-rad", "dip", "dip-rad")
INTEGRATORS = ("symplectic", "euler")
ACTIVATION, ENERGY, INTEGRATOR = "cosine-rad", "dip-rad", "symplectic"  # at first
STATE_MAX = 1e6  # weights, velocities, traces and outputs stay within this


class UnlearnReference(Controlled):
    """Neurons in a delay network whose weights are the positions of small oscillators."""

    def __init__(
        self, neurons: int, inputs: int, maxdelay: int, external: int, samplerate: float,
        seed: int, scale: float, excite: float,
    ) -> None:  # fmt: skip
        self.neurons, self.inputs, self.maxdelay = neurons, inputs, maxdelay
        self.external = external
        self.rows = inputs + -(-external // neurons)
        self.lanes = lanes.padded(neurons)
        self.samplerate, self.scale, self.excite = samplerate, 2.0, 0.1
        self.set_samplerate(samplerate)
        self.set_scale(scale)
        self.set_excite(excite)
        self.activation, self.energy, self.integrator = ACTIVATION, ENERGY, INTEGRATOR
        self.controls = Controls(CONTROLS)
        self.reset(seed)

    def keep(self, old: "UnlearnReference") -> None:
        """Take over controls; the synapses of another shape are another draw."""
        self.keep_controls(old)

    def reset(self, seed: int) -> None:
        """Draw new synapses, forget sound."""
        self._random = SplitMix64(seed)
        self.samples = 0
        self.w, self.v = (np.zeros((self.rows, self.lanes)) for _ in range(2))
        self.sources, self.delays = (
            np.zeros((self.neurons, self.inputs), np.int64) for _ in range(2)
        )
        for i in range(self.neurons):
            self.sources[i] = self._draw_sources()
            self.delays[i] = [
                1 + int(self._random.uniform() * self.maxdelay) for _ in range(self.inputs)
            ]
            for row in range(self.rows):
                if self.feeds(i, row):
                    self.w[row, i] = finite.state(self._random.bipolar() * self.scale)
        self.u = self.w.copy()
        self.clear()
        self.bang()

    def _draw_sources(self) -> list[int]:
        """Draw K distinct sources by a partial shuffle, or take all neurons in order."""
        order = list(range(self.neurons))
        if self.inputs < self.neurons:
            for k in range(self.inputs):
                pick = k + int(self._random.uniform() * (self.neurons - k))
                order[k], order[pick] = order[pick], order[k]
        return order[: self.inputs]

    def feeds(self, neuron: int, row: int) -> bool:
        """Tell whether a synapse stands in this row of this neuron."""
        return row < self.inputs or (row - self.inputs) * self.neurons + neuron < self.external

    def clear(self) -> None:
        """Forget sound and what was repaired, keep synapses."""
        self.past_x = np.zeros((self.neurons, self.maxdelay))  # rings
        self.place = 0
        self.energy_sum = 0.0
        self.clipped = 0

    def bang(self) -> None:
        """Push the newest output of each neuron."""
        for i in range(self.neurons):
            pushed = self.past_x[i, self.place - 1] + self._random.bipolar() * self.excite
            self.past_x[i, self.place - 1] = finite.clamp(
                finite.output(pushed), -STATE_MAX, STATE_MAX
            )

    def set_samplerate(self, samplerate: float) -> None:
        """Clamp to 1..1e6 Hz; what is not finite is ignored."""
        self.samplerate = finite.control(samplerate, self.samplerate, 1.0, 1e6)
        self.period = 1.0 / self.samplerate

    def set_scale(self, scale: float) -> None:
        """Clamp to 0..100; what is not finite is ignored."""
        self.scale = finite.control(scale, self.scale, 0.0, 100.0)

    def set_excite(self, excite: float) -> None:
        """Clamp to 0..1; what is not finite is ignored."""
        self.excite = finite.control(excite, self.excite, 0.0, 1.0)

    def set_clipped(self, clipped: int) -> None:
        """Let so many samples have been repaired."""
        self.clipped = clipped

    def set_samples(self, samples: int) -> None:
        """Let so many samples have been processed."""
        self.samples = samples

    def process(self, external: Array | None, n: int, signals: Signals, outs: int) -> Array:
        """Return the outputs ``(outs, n)``; `external` is ``(external, n)`` or None for silence."""
        y = np.empty((outs, n))
        for at in unbroken(range(n)):
            self.controls.follow(signals, at)
            heard = np.zeros(self.external)
            if external is not None:
                for j in range(self.external):
                    heard[j], clipped = finite.input(float(external[j, at]))
                    self.clipped += clipped
            x = self.step(heard)
            y[:, at] = [mean(x[j : self.neurons : outs]) for j in range(outs)]
            self.samples += 1
        return y

    def step(self, external: Array) -> Array:
        """Take one sample of each external signal; return the outputs ``(lanes,)``."""
        c = self.controls
        # 1. read the delayed inputs
        heard = self._listen(external)
        # 2. the outputs, and S
        z = np.zeros(self.lanes)
        for row in range(self.rows):
            z = z + self.w[row] * heard[row]
        x, slope = function(self.activation, z)
        x[self.neurons :] = 0.0  # cosine(0) = 1
        self.energy_sum = lanes.total(x)
        # 3. the slope of the energy: F = dE/dz times x, dE/dz = f'(z) (nu g'(S) - mu)
        energy_slope = float(function(self.energy, np.array([self.energy_sum]))[1][0])
        force = slope * (c["nu"] * energy_slope - c["mu"]) * heard
        # 4. every synapse one step
        w, v, u = (self._symplectic if self.integrator == "symplectic" else self._euler)(force)
        self.w, self.v, self.u = w, v, u
        # 5. remember
        self.past_x[:, self.place] = x[: self.neurons]
        self.place = (self.place + 1) % self.maxdelay
        return x

    def _listen(self, external: Array) -> Array:
        """Return what each synapse hears now, ``(rows, lanes)``."""
        heard = np.zeros((self.rows, self.lanes))
        then = (self.place - self.delays) % self.maxdelay
        heard[: self.inputs, : self.neurons] = self.past_x[self.sources, then].T
        for j, sample in enumerate(external):
            heard[self.inputs + j // self.neurons, j % self.neurons] = sample
        return heard

    def _symplectic(self, force: Array) -> tuple[Array, Array, Array]:
        """Take one step by structure-preserving splitting, after the integrator of henri."""
        c, h = self.controls, self.period
        q = 0.5 * c["lambda"] * h
        sine = 2.0 * q / (1.0 + q * q)
        cosine, damp = 1.0 - q * sine, 1.0 / (1.0 + c["friction"] * h)
        u = self.u
        around = c["pivot"] * u
        d = self.w - around
        w = around + (cosine * d + sine * self.v)
        v = cosine * self.v - sine * d
        v = (v + h * force) * damp
        away = w - u
        z = h * c["strength"] * (c["radius"] - np.sqrt(away * away + v * v))
        m, middle = 1.0 / (1.0 - z + 0.5 * (z * z)), c["centre"] * u
        w = settled(middle + (w - middle) * m)
        v = settled(v * m)
        return w, v, settled(u + h / (1.0 + h) * (w - u))

    def _euler(self, force: Array) -> tuple[Array, Array, Array]:
        """Take one step by the plain explicit Euler method."""
        c, h, w, v, u = self.controls, self.period, self.w, self.v, self.u
        away = w - u
        pull = c["strength"] * (c["radius"] - np.sqrt(away * away + v * v))
        d = w - c["pivot"] * u
        return (
            settled(w + h * (c["lambda"] * v + pull * (w - c["centre"] * u))),
            settled(v + h * (force - c["lambda"] * d + pull * v - c["friction"] * v)),
            settled(u + h * away),
        )

    def synapses(self) -> tuple[Array, Array, Array]:
        """Return weights, velocities and traces, ``(neurons, rows)`` each."""
        w, v, u = (part[:, : self.neurons].T.copy() for part in (self.w, self.v, self.u))
        return w, v, u

    def set_weight(self, index: int, value: float) -> None:
        """Write one weight, by its index neuron x rows + row."""
        neuron, row = divmod(index, self.rows)
        self.w[row, neuron] = finite.state(value)

    def set_synapses(self, weights: Array, velocities: Array, traces: Array) -> None:
        """Write what `synapses` returned."""
        for part, values in zip((self.w, self.v, self.u), (weights, velocities, traces),
                                strict=True):  # fmt: skip
            part[:, : self.neurons] = finite.state(values.T)

    def set_wiring(self, sources: Integers, delays: Integers) -> None:
        """Write `sources` and `delays`."""
        self.sources, self.delays = (np.array(p, np.int64) for p in (sources, delays))

    def set_energy_sum(self, energy_sum: float) -> None:
        """Write S."""
        self.energy_sum = energy_sum

    @property
    def random(self) -> int:
        """The state of the generator that the next bang draws from."""
        return self._random.state

    def set_random(self, random: int) -> None:
        """Write the state of the generator."""
        self._random.state = random

    def past(self) -> dict[str, Array]:
        """Return the last outputs ``(neurons, maxdelay)``, newest first."""
        return {"out": np.roll(self.past_x, -self.place, axis=1)[:, ::-1]}

    def set_past(self, past: Mapping[str, Array]) -> None:
        """Write what `past` returned."""
        self.past_x, self.place = finite.output(past["out"][:, ::-1]), 0


def function(name: str, z: Array) -> tuple[Array, Array]:
    """Return a function of the neurons and its slope, elementwise."""
    if name == "tanh":
        x = finite.output(elementary.tanh(z))
        return x, 1.0 - x * x
    f = name.replace("-", "_")
    slope = getattr(elementary, f"{f}_derivative")(z)
    return finite.output(getattr(elementary, f)(z)), slope


def settled(x: Array) -> Array:
    """Return a state variable after a step: no subnormals, and within 1e6; elementwise."""
    return finite.clamp(finite.state(x), -STATE_MAX, STATE_MAX)


def mean(x: Array) -> float:
    """Return the mean of outputs, added in order."""
    total = 0.0
    for value in x.tolist():
        total += value
    return float(finite.output(total / len(x)))

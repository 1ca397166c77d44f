"""The networks that are timed, what they hear and are told, and what a sample of each must cost."""

from dataclasses import dataclass

import numpy as np

import specml
from bench.turns import Program
from specml import binding

RATE = 48000
MAXDELAY = 2400
SINE = np.sin(2 * np.pi * 200 / RATE * np.arange(RATE))
SQUARE = np.sign(SINE)
LR, RIDGE, MIX = 0.1, 1e-4, 0.5
TANH = {"activation": "tanh", "energy": "tanh", "integrator": "symplectic"}
UNLEARN = {"lambda_": 60.0, "mu": 0.4, "nu": 0.4, "strength": 0.1, "radius": 0.01, "friction": 0.0}
DOUBLE = 8  # bytes


@dataclass(frozen=True)
class Case:
    """One network: ``(size, width, layers)`` or ``(neurons, inputs)``."""

    model: str
    shape: tuple[int, ...]

    @property
    def name(self) -> str:
        if self.model == "Unlearn":
            return f"Unlearn {self.shape[0]}x{self.shape[1]}"
        size, width, layers = self.shape
        return f"{self.model} {size}/{width}" + (f", {layers} layers" if layers > 1 else "")

    @property
    def is_large(self) -> bool:
        return self.cells > 10000

    @property
    def cells(self) -> int:
        """Parameters of the network or networks that learn, or synapses."""
        if self.model == "Unlearn":
            return self.shape[0] * self.shape[1]
        size, width, layers = self.shape
        count = width * (size + 1) + (layers - 1) * width * (width + 1) + width + 1
        return count * (2 if self.model == "AutoRegNN2" else 1)

    def make(self, engine: str = "core"):
        """The public model."""
        if self.model == "Unlearn":
            return specml.Unlearn(*self.shape, MAXDELAY, external=0, **TANH, engine=engine)
        return getattr(specml, self.model)(*self.shape, engine=engine)

    def multiply_adds(self) -> int:
        """In one sample, what the equations ask for without tanh, sqrt and division.

        A multiplication counts one, with the addition that follows it or without.
        """
        if self.model == "Unlearn":  # z, rotation, kick, distance, pull, m, and the new w, v, u
            return self.cells * (1 + 4 + 3 + 2 + 1 + 2 + 4)
        _, width, layers = self.shape
        deep = (layers - 1) * width * (width + 1)
        if self.model == "AutoRegNN":  # forward, step of two, forward; back through deep layers
            return 4 * self.cells + deep
        return 3 * self.cells + 2 * deep + 3 * self.cells // 2  # .. mixture of two, one forward

    def bytes_moved(self) -> int:
        """In one sample, weights and state of synapses alone, each sweep anew."""
        if self.model == "Unlearn":  # read w, heard; read w, v, u, heard, write w, v, u
            return DOUBLE * 9 * self.cells
        _, width, layers = self.shape
        deep = (layers - 1) * width * (width + 1) * (2 if self.model == "AutoRegNN2" else 1)
        return DOUBLE * (3 * self.cells + deep)  # read to learn; read, write in the step


CASES = (
    Case("AutoRegNN", (12, 8, 1)),
    Case("AutoRegNN", (12, 10, 1)),
    Case("AutoRegNN", (32, 32, 1)),
    Case("AutoRegNN", (64, 64, 1)),
    Case("AutoRegNN", (64, 64, 2)),
    Case("AutoRegNN", (128, 128, 1)),
    Case("AutoRegNN2", (12, 8, 1)),
    Case("Unlearn", (16, 3)),
    Case("Unlearn", (16, 16)),
    Case("Unlearn", (64, 8)),
    Case("Unlearn", (64, 64)),
    Case("Unlearn", (128, 128)),
)


def runner(case: Case, net) -> Program:
    """The model as a program: the core as a host in C calls it, the reference by its public name.

    Unlearn begins anew with each call: with these controls its weights shrink, and after some
    seconds it is silent.
    """
    if net.engine == "core":
        return _native(case, net)
    if case.model == "AutoRegNN":
        return Program(lambda n: net.process(SINE[:n], lr=LR, ridge=RIDGE)[0])
    if case.model == "AutoRegNN2":
        rates = {"mix": MIX, "lr": LR, "ridge": RIDGE}
        return Program(lambda n: net.process(SINE[:n], SQUARE[:n], **rates)[0])
    return Program(lambda n: net.process(n, outs=1, **UNLEARN)[0], net.reset)


def _native(case: Case, net) -> Program:
    """One call of the core: controls hold, and errors are not asked for."""
    rates = {"mix": MIX} if case.model == "AutoRegNN2" else {}
    held = UNLEARN if case.model == "Unlearn" else rates | {"lr": LR, "ridge": RIDGE}
    for name, value in held.items():
        net._engine.set(name.rstrip("_"), value)
    heard = {"AutoRegNN": [SINE], "AutoRegNN2": [SINE, SQUARE], "Unlearn": []}[case.model]
    inputs = [binding.doubles(x) for x in heard] or [None]

    def run(n: int) -> np.ndarray:
        out = np.empty(n)
        if case.model == "Unlearn":
            outputs = (binding.rows(out[np.newaxis]), 1)
        else:
            outputs = (binding.doubles(out), *[None] * len(heard))
        net._engine._call("process", n, *inputs, None, *outputs)
        return out

    return Program(run, net.reset) if case.model == "Unlearn" else Program(run)


def abreast(case: Case) -> Program:
    """Four of them at once in one program: n samples are n / 4 of each."""
    nets, x = [case.make() for _ in range(4)], np.tile(SINE, (4, 1))
    return Program(lambda n: specml.process_many(nets, x[:, : n // 4], lr=LR, ridge=RIDGE)[0])

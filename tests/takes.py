"""What the networks of an example hear, are told and say: recorded, to be played to objects.

Nothing of the examples is copied: they run, and every call of their models is noted.
"""

import contextlib
import functools
import inspect
import itertools
from dataclasses import dataclass, field
from unittest import mock

import numpy as np

from bits import atom
from specml import AutoRegNN, AutoRegNN2, Unlearn, core
from specml.examples import EXAMPLES, Run
from specml.examples import networks as autoregnn_examples
from specml.examples import presets as unlearn_examples
from specml.reference import unlearn

RATE = 48000.0
PERIOD = 1920  # samples between two looks of an object at its array: 40 ms
OUTS = 3  # outputs of [unlearn~]: each is a mean of five or six of 16 neurons
NAMES = {AutoRegNN: "autoregnn~", AutoRegNN2: "autoregnn2~", Unlearn: "unlearn~"}
INLETS = {
    AutoRegNN: ("x", "autoreg", "lr", "ridge", "teacher"),
    AutoRegNN2: ("x1", "x2", "mix", "lr", "ridge"),
    Unlearn: ("x", *unlearn.CONTROLS),
}
OUTLETS = {AutoRegNN: 2, AutoRegNN2: 3}


@dataclass
class Take:
    """One network: how it was made, and all that it heard."""

    model: type
    settings: dict
    samples: int = 0
    preset: str | None = None
    signals: dict[str, np.ndarray] = field(default_factory=dict)  # (samples,) by inlet
    held: dict[str, float] = field(default_factory=dict)
    drawings: list[tuple[int, int, np.ndarray]] = field(default_factory=list)  # when, index, values
    outs: int = OUTS  # for unlearn~

    @property
    def name(self) -> str:
        return NAMES[self.model]

    @property
    def outlets(self) -> int:
        return OUTLETS.get(self.model, self.outs)

    @property
    def connected(self) -> list[tuple[int, np.ndarray]]:
        """The inlets that hear a signal, and the signal."""
        inlets = INLETS[self.model]
        return sorted((inlets.index(name), x) for name, x in self.signals.items())

    def box(self, table: str, mark: str = "-") -> str:
        """What the box says; `table` names the array for drawings, if there are any.

        `mark`: what a setting begins with.
        """
        flags = {**self.settings, **self.held}
        if self.preset:
            flags = {"preset": self.preset, "seed": self.settings["seed"], "outs": self.outs}
        flags |= {"table": table} if self.drawings else {}
        said = (f"{mark}{key} {atom(value)}" for key, value in flags.items())
        return " ".join([self.name, *said])

    def starts(self, block: int, phase: int) -> dict[int, tuple[int, np.ndarray]]:
        """From which sample on each drawing counts; a block is computed `phase` samples late."""
        return {
            max(0, -(-(when - phase) // block)) * block: (k, values)
            for when, k, values in self.drawings
        }

    def replay(self, precision=np.float32, block: int = 64, phase: int = 0) -> np.ndarray:
        """What the core makes of it, ``(outlets, samples)``, from samples of this precision."""
        net = self.model(**self.settings)
        rounded = {name: np.float64(precision(x)) for name, x in self.signals.items()}
        held = {name: float(precision(x)) for name, x in self.held.items()}
        drawn = self.starts(block, phase)
        cuts = sorted({0, self.samples, *drawn})
        said = []
        for begin, end in itertools.pairwise(cuts):
            if begin in drawn:
                k, values = drawn[begin]
                parameters = net.parameters.copy()
                parameters[k : k + len(values)] = precision(values)
                net.parameters = parameters
            heard = held | {name: x[begin:end] for name, x in rounded.items()}
            said.append(np.atleast_2d(_process(net, heard, end - begin, self.outs)))
        return np.concatenate(said, axis=1).astype(precision)


def _process(net, heard: dict, n: int, outs: int):
    if not isinstance(net, Unlearn):
        return net.process(**heard)
    renamed = {"lambda_" if name == "lambda" else name: value for name, value in heard.items()}
    length = {} if "x" in heard else {"samples": n}
    return net.process(**length, outs=outs, **renamed)


@functools.cache
def of_example(name: str, samples: int, seed: int = 1, early: bool = True) -> tuple[Take, ...]:
    """Run an example and return a take of each of its networks.

    early: the hand of multislider draws, and sine-adapt switches, early enough to be heard, and in
    time with an object's looks at its array.
    """
    takes: dict[object, Take] = {}
    with contextlib.ExitStack() as stack:
        for model in NAMES:
            stack.enter_context(mock.patch.object(model, "__init__", _noting_make(model, takes)))
            stack.enter_context(mock.patch.object(model, "process", _noting_call(model, takes)))
        moved = (
            (autoregnn_examples, "DRAWING_PERIOD", PERIOD / RATE),
            (unlearn_examples, "SWITCH", 0.6 * samples / RATE),
        )
        for module, attribute, value in moved if early else ():
            stack.enter_context(mock.patch.object(module, attribute, value))
        for _ in EXAMPLES[name].start(Run(samples, seed)).blocks:
            pass
    for take in takes.values():
        take.preset = name if take.model is Unlearn else None
        for key in [key for key, x in take.signals.items() if np.all(x == x[0]) and key in _FLAGS]:
            take.held[key] = float(take.signals.pop(key)[0])
    return tuple(takes.values())


def of_preset(preset: str, samples: int, seed: int, outs: int) -> Take:
    """A take of the core's own numbers for a preset, without input."""
    settings = dict(core.presets()[preset])
    held = {name: settings.pop(name) for name in unlearn.CONTROLS}
    return Take(Unlearn, settings | {"seed": seed}, samples, preset, held=held, outs=outs)


_FLAGS = {name for inlets in INLETS.values() for name in inlets} - {"x", "x1", "x2"}


def _arguments(function, *given, **named) -> dict:
    bound = inspect.signature(function).bind(*given, **named)
    bound.apply_defaults()
    return dict(list(bound.arguments.items())[1:])


def _noting_make(model: type, takes: dict):
    original = model.__init__

    def make(self, *given, **named) -> None:
        original(self, *given, **named)
        settings = _arguments(original, self, *given, **named)
        assert settings.pop("engine") == "core"
        assert settings.pop("samplerate", RATE) == RATE
        takes[self] = Take(model, settings)
        self._noted = _parameters(self)

    return make


def _noting_call(model: type, takes: dict):
    original = model.process

    def process(self, *given, **named):
        take, arguments = takes[self], _arguments(original, self, *given, **named)
        arguments.pop("outs", None)
        drawn = np.flatnonzero(_parameters(self) != self._noted)
        if drawn.size:
            stroke = slice(drawn[0], drawn[-1] + 1)
            take.drawings.append((take.samples, int(drawn[0]), _parameters(self)[stroke]))
        result = original(self, *given, **named)
        n = np.shape(result)[-1]
        for key, value in arguments.items():
            _note(take, key.rstrip("_"), value, n)
        take.samples += n
        self._noted = _parameters(self)
        return result

    return process


def _note(take: Take, key: str, value, n: int) -> None:
    if key == "samples" or value is None:
        return  # no input
    if key not in INLETS[take.model]:
        assert value == take.held.setdefault(key, value), f"{key} moves, but has no inlet"
        return
    before = take.signals.get(key, np.zeros(0))
    take.signals[key] = np.concatenate([before, np.broadcast_to(np.float64(value), (n,))])


def _parameters(net) -> np.ndarray:
    return np.zeros(0) if isinstance(net, Unlearn) else net.parameters.ravel()


EXAMPLE_NAMES = tuple(EXAMPLES)
PRESETS = tuple(core.presets())

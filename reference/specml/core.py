"""The C core: the same methods as the references, the same bits, fast.

``binding.py`` tells how its functions are called.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from . import binding
from .binding import LIBRARY, Library
from .reference import autoregnn, autoregnn2, unlearn
from .reference.arrays import Array, Integers, Signals

# Ctrl-C is noticed between two calls of the core: each takes about a hundredth of a second, by what
# a sample costs at worst where the core is at its slowest.
CALL, SAMPLE, CELL = 10e6, 100.0, 2.5  # ns


def blocks(samples: int, cells: int) -> Iterator[slice]:
    """Yield the stretches of a signal that one call of the core takes.

    Parameters
    ----------
    samples : int
        Length of the signal.
    cells : int
        Parameters or synapses of all networks of the call, by which a sample costs.
    """
    size = max(1, int(CALL / (SAMPLE + CELL * cells)))
    for begin in range(0, samples, size):
        yield slice(begin, min(begin + size, samples))


def isa() -> str:
    """Return the instruction set that runs: ``baseline``, ``avx2`` or ``avx512``."""
    return str(LIBRARY.isa_name().decode())


def presets() -> dict[str, dict[str, Any]]:
    """Return the core's table of Unlearn examples: every setting by name, for each."""
    table: dict[str, dict[str, Any]] = {}
    while found := LIBRARY.unlearn_preset_at(len(table)):
        row = found.contents
        settings = {name: getattr(row.shape, name) for name in binding.SHAPE}
        settings |= {"scale": row.scale, "excite": row.excite}
        settings |= {key: unlearn.FUNCTIONS[getattr(row, key)] for key in ("activation", "energy")}
        settings["integrator"] = unlearn.INTEGRATORS[row.integrator]
        table[row.name.decode()] = settings | dict(zip(unlearn.CONTROLS, row.controls, strict=True))
    return table


def elementwise(name: str, x: Array, library: Library = LIBRARY) -> Array:
    """Return ``tanh``, ``cosine`` or ``cosine_derivative`` of each element of `x`."""
    x, y = np.ascontiguousarray(x, np.float64), np.empty(np.shape(x))
    getattr(library, f"elementary_{name}_array")(x.size, binding.doubles(x), binding.doubles(y))
    return y


_T = TypeVar("_T", bound="Core")


class Core:
    """One model in memory of our own; `prefix` names its functions, `controls` its table."""

    prefix: str
    controls: tuple[str, ...]

    def __init__(
        self, library: Library, sizes: tuple[object, ...], settings: tuple[object, ...]
    ) -> None:
        self._library = library
        size = getattr(library, f"{self.prefix}_bytes")(*sizes)
        self._memory = np.empty(size, np.uint8)
        if not size or self._call("init", *sizes, *settings):
            raise ValueError(f"{self.prefix}: sizes out of range")

    def _call(self, name: str, *arguments: object) -> Any:
        function = getattr(self._library, f"{self.prefix}_{name}")
        return function(self._memory.ctypes.data, *arguments)

    def _signals(self, signals: Signals, part: slice) -> object:
        given = [signals.get(name) for name in self.controls]
        return binding.signals([None if signal is None else signal[part] for signal in given])

    def _write(self, name: str, *arguments: object) -> None:
        if self._call(name, *arguments):
            raise ValueError(f"{self.prefix}_{name}: out of range")

    def copy(self: _T) -> _T:
        """Return a second one, in memory of its own."""
        twin = copy.copy(self)
        twin._memory = np.empty_like(self._memory)
        twin._call("copy", self._memory.ctypes.data)
        return twin

    def keep(self, old: "Core") -> None:
        """Take over what this shape has in common with an older one's; see the core's header."""
        self._call("keep", old._memory.ctypes.data)

    def reset(self, seed: int) -> None:
        """Draw new weights, forget sound."""
        self._call("reset", seed)

    def clear(self) -> None:
        """Forget sound and what was repaired, keep weights."""
        self._call("clear")

    def set(self, name: str, value: float) -> None:
        """Set what a control holds; a value that is not finite is ignored."""
        self._call("set", self.controls.index(name), value)

    def held(self) -> dict[str, float]:
        """Return what each control holds."""
        return {name: self._call("held", k) for k, name in enumerate(self.controls)}

    def now(self) -> dict[str, float]:
        """Return what each control is now: what it holds, or what a signal said last."""
        return {name: self._call("now", k) for k, name in enumerate(self.controls)}

    def set_now(self, name: str, value: float) -> None:
        """Set what a control is now."""
        self._call("set_now", self.controls.index(name), value)

    @property
    def scale(self) -> float:
        """Of the next initial weights."""
        return float(self._call("scale"))

    def set_scale(self, scale: float) -> None:
        """Clamp to 0..100; what is not finite is ignored."""
        self._call("set_scale", scale)

    @property
    def clipped(self) -> int:
        """Input samples repaired so far."""
        return int(self._call("clipped"))

    def set_clipped(self, clipped: int) -> None:
        """Let so many samples have been repaired."""
        self._call("set_clipped", clipped)

    @property
    def samples(self) -> int:
        """Samples processed since the weights were drawn."""
        return int(self._call("samples"))

    def set_samples(self, samples: int) -> None:
        """Let so many samples have been processed."""
        self._call("set_samples", samples)


class _NetworkCore(Core):
    """What both AutoRegNNs share; `past_rows` names the signals that they remember."""

    networks = 1
    past_rows: tuple[str, ...]

    def __init__(
        self, size: int, width: int, layers: int, seed: int, scale: float,
        library: Library = LIBRARY,
    ) -> None:  # fmt: skip
        self.size, self.width, self.layers = size, width, layers
        super().__init__(library, (size, width, layers), (seed, scale))

    def _process(self, inputs: tuple[Array, ...], signals: Signals) -> tuple[Array, ...]:
        n = len(inputs[0])
        outputs = tuple(np.empty(n) for _ in range(1 + self.networks))
        for part in blocks(n, self._call("count")):
            heard = [binding.doubles(x[part]) for x in inputs]
            said = [binding.doubles(y[part]) for y in outputs]
            given = self._signals(signals, part)
            self._call("process", part.stop - part.start, *heard, given, *said)
        return outputs

    @property
    def parameters(self) -> Array:
        """Parameters in canonical order, ``(count,)`` or ``(2, count)``."""
        values = np.empty((self.networks, self._call("count") // self.networks))
        self._call("get_parameters", binding.doubles(values))
        return values if self.networks > 1 else values[0]

    @parameters.setter
    def parameters(self, values: Array) -> None:
        self._write("set_parameters", binding.doubles(np.ascontiguousarray(values, np.float64)))

    def past(self) -> dict[str, Array]:
        """Return the last samples of each signal, ``(size,)`` newest first."""
        past = {name: np.empty(self.size) for name in self.past_rows}
        self._call("get_past", *map(binding.doubles, past.values()))
        return past

    def set_past(self, past: Mapping[str, Array]) -> None:
        """Write what `past` returned."""
        arrays = [np.ascontiguousarray(past[name], np.float64) for name in self.past_rows]
        self._write("set_past", *map(binding.doubles, arrays))


class AutoRegNNCore(_NetworkCore):
    """AutoRegNN, as `specml.reference.autoregnn.AutoRegNNReference`."""

    prefix = "autoregnn"
    controls = tuple(autoregnn.CONTROLS)
    past_rows = ("in", "out")

    def process(self, x: Array, signals: Signals) -> tuple[Array, Array]:
        """Return out and error, ``(n,)`` each."""
        out, error = self._process((x,), signals)
        return out, error

    @staticmethod
    def process_many(
        nets: Sequence["AutoRegNNCore"], x: Array, signals: Signals
    ) -> tuple[Array, Array]:
        """Return out and error, ``(nets, n)`` each; `x` and `signals` are ``(nets, n)`` too."""
        out, error = np.empty(x.shape), np.empty(x.shape)
        given = np.zeros((len(nets), len(AutoRegNNCore.controls)), np.uintp)  # NULL: it holds
        for name, signal in signals.items():
            given[:, AutoRegNNCore.controls.index(name)] = binding.addresses(signal)
        memory = np.array([net._memory.ctypes.data for net in nets], np.uintp)
        # autoregnn_stream, one a row
        streams = np.stack([memory, *map(binding.addresses, (x, given, out, error))], axis=1)
        for part in blocks(x.shape[1], sum(net._call("count") for net in nets)):
            n = part.stop - part.start
            nets[0]._library.autoregnn_process_many(streams.ctypes.data, len(nets), n)
            streams[:, (1, 3, 4)] += np.uintp(8 * n)
            given[given != 0] += np.uintp(8 * n)
        return out, error


class AutoRegNN2Core(_NetworkCore):
    """AutoRegNN2, as `specml.reference.autoregnn2.AutoRegNN2Reference`."""

    prefix = "autoregnn2"
    controls = tuple(autoregnn2.CONTROLS)
    networks = 2
    past_rows = ("in1", "in2", "out")

    def process(self, x1: Array, x2: Array, signals: Signals) -> tuple[Array, Array, Array]:
        """Return out, error1 and error2, ``(n,)`` each."""
        out, error1, error2 = self._process((x1, x2), signals)
        return out, error1, error2


def _choice(setting: str, names: tuple[str, ...]) -> property:
    """Return a property that is one of `names`."""

    def get(self: "UnlearnCore") -> str:
        return names[int(self._call(f"get_{setting}"))]

    def put(self: "UnlearnCore", name: str) -> None:
        self._call(f"set_{setting}", names.index(name))

    return property(get, put, doc=f"One of {', '.join(names)}.")


class UnlearnCore(Core):
    """Unlearn, as `specml.reference.unlearn.UnlearnReference`."""

    prefix = "unlearn"
    controls = tuple(unlearn.CONTROLS)

    def __init__(
        self, neurons: int, inputs: int, maxdelay: int, external: int, samplerate: float,
        seed: int, scale: float, excite: float, library: Library = LIBRARY,
    ) -> None:  # fmt: skip
        self.neurons, self.inputs, self.maxdelay = neurons, inputs, maxdelay
        self.external = external
        shape = binding.Shape(neurons, inputs, maxdelay, external)
        super().__init__(library, (shape,), (samplerate, seed, scale, excite))

    activation = _choice("activation", unlearn.FUNCTIONS)
    energy = _choice("energy", unlearn.FUNCTIONS)
    integrator = _choice("integrator", unlearn.INTEGRATORS)

    @property
    def excite(self) -> float:
        """Of the next first outputs and bangs."""
        return float(self._call("excite"))

    def set_excite(self, excite: float) -> None:
        """Clamp to 0..1; what is not finite is ignored."""
        self._call("set_excite", excite)

    @property
    def samplerate(self) -> float:
        """In Hz."""
        return float(self._call("samplerate"))

    def set_samplerate(self, samplerate: float) -> None:
        """Clamp to 1..1e6 Hz; what is not finite is ignored."""
        self._call("set_samplerate", samplerate)

    def bang(self) -> None:
        """Push the newest output of each neuron."""
        self._call("bang")

    def process(self, external: Array | None, n: int, signals: Signals, outs: int) -> Array:
        """Return the outputs ``(outs, n)``; `external` is ``(external, n)`` or None for silence."""
        y = np.empty((outs, n))
        for part in blocks(n, self._call("count")):
            heard, said = (None if x is None else binding.rows(x[:, part]) for x in (external, y))
            given = self._signals(signals, part)
            self._call("process", part.stop - part.start, heard, given, said, outs)
        return y

    def synapses(self) -> tuple[Array, Array, Array]:
        """Return weights, velocities and traces, ``(neurons, rows)`` each."""
        parts = [np.empty((self.neurons, self._call("count") // self.neurons)) for _ in range(3)]
        self._call("get_synapses", *map(binding.doubles, parts))
        weights, velocities, traces = parts
        return weights, velocities, traces

    def set_weight(self, index: int, value: float) -> None:
        """Write one weight, by its index neuron x rows + row."""
        self._write("set_weight", index, value)

    def set_synapses(self, weights: Array, velocities: Array, traces: Array) -> None:
        """Write what `synapses` returned."""
        parts = [np.ascontiguousarray(p, np.float64) for p in (weights, velocities, traces)]
        self._write("set_synapses", *map(binding.doubles, parts))

    def _wiring(self) -> list[Integers]:
        parts = [np.empty((self.neurons, self.inputs), np.int64) for _ in range(2)]
        self._call("get_wiring", *map(binding.integers, parts))
        return parts

    def set_wiring(self, sources: Integers, delays: Integers) -> None:
        """Write `sources` and `delays`."""
        parts = [np.ascontiguousarray(p, np.int64) for p in (sources, delays)]
        self._write("set_wiring", *map(binding.integers, parts))

    @property
    def sources(self) -> Integers:
        """The neuron that each synapse hears, ``(neurons, inputs)``."""
        return self._wiring()[0]

    @property
    def delays(self) -> Integers:
        """Delays in samples, ``(neurons, inputs)``."""
        return self._wiring()[1]

    @property
    def energy_sum(self) -> float:
        """S, the sum of the last outputs."""
        return float(self._call("energy_sum"))

    def set_energy_sum(self, energy_sum: float) -> None:
        """Write S."""
        self._write("set_energy_sum", energy_sum)

    @property
    def random(self) -> int:
        """The state of the generator that the next bang draws from."""
        return int(self._call("random"))

    def set_random(self, random: int) -> None:
        """Write the state of the generator."""
        self._call("set_random", random)

    def past(self) -> dict[str, Array]:
        """Return the last outputs ``(neurons, maxdelay)``, newest first."""
        past = {"out": np.empty((self.neurons, self.maxdelay))}
        self._call("get_past", binding.doubles(past["out"]))
        return past

    def set_past(self, past: Mapping[str, Array]) -> None:
        """Write what `past` returned."""
        self._write("set_past", binding.doubles(np.ascontiguousarray(past["out"], np.float64)))

"""The C core through ctypes: the same methods as the references, the same bits, fast.

This is the only file that knows ctypes.
"""

import copy
import ctypes as ct
import importlib.resources
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from .reference import autoregnn, autoregnn2, unlearn

SUFFIX = {"win32": "dll", "darwin": "dylib"}.get(sys.platform, "so")

_Size, _Doubles = ct.c_size_t, ct.POINTER(ct.c_double)
_Signals, _Integers = ct.POINTER(_Doubles), ct.POINTER(ct.c_int32)

# Ctrl-C is noticed between two calls of the core: each takes about a hundredth of a second, by what
# a sample costs at worst where the core is at its slowest.
CALL, SAMPLE, CELL = 10e6, 100.0, 2.5  # ns


class _Shape(ct.Structure):
    _fields_ = tuple((name, ct.c_int) for name in ("neurons", "inputs", "maxdelay", "external"))


class _Preset(ct.Structure):
    _fields_ = (
        ("name", ct.c_char_p),
        ("shape", _Shape),
        ("scale", ct.c_double),
        ("excite", ct.c_double),
        ("activation", ct.c_int),
        ("energy", ct.c_int),
        ("integrator", ct.c_int),
        ("controls", ct.c_double * len(unlearn.CONTROLS)),
    )


def load(path: str) -> ct.CDLL:
    """Load a build of the core from `path` and declare its functions.

    Raises
    ------
    OSError
        If there is no such library.
    ImportError
        If it refuses to run, with its reason.
    """
    library = ct.CDLL(path)
    pointer, integer, double, seed = ct.c_void_p, ct.c_int, ct.c_double, ct.c_uint64
    shape = ct.POINTER(_Shape)
    declare = {
        "isa_name": (ct.c_char_p,),
        "isa_select": (integer, ct.c_char_p),
        "isa_refusal": (ct.c_char_p,),
        "elementary_tanh_array": (None, _Size, _Doubles, _Doubles),
        "elementary_cosine_array": (None, _Size, _Doubles, _Doubles),
        "elementary_cosine_derivative_array": (None, _Size, _Doubles, _Doubles),
        "autoregnn_process": (None, pointer, _Size, _Doubles, _Signals, _Doubles, _Doubles),
        "autoregnn_process_many": (None, pointer, _Size, _Size),
        "autoregnn_get_past": (None, pointer, _Doubles, _Doubles),
        "autoregnn_set_past": (integer, pointer, _Doubles, _Doubles),
        "autoregnn2_process": (
            None, pointer, _Size, _Doubles, _Doubles, _Signals, _Doubles, _Doubles, _Doubles,
        ),
        "autoregnn2_get_past": (None, pointer, _Doubles, _Doubles, _Doubles),
        "autoregnn2_set_past": (integer, pointer, _Doubles, _Doubles, _Doubles),
        "unlearn_bytes": (_Size, shape),
        "unlearn_init": (integer, pointer, shape, double, seed, double, double),
        "unlearn_bang": (None, pointer),
        "unlearn_excite": (double, pointer),
        "unlearn_samplerate": (double, pointer),
        "unlearn_set_excite": (integer, pointer, double),
        "unlearn_set_samplerate": (integer, pointer, double),
        "unlearn_process": (None, pointer, _Size, _Signals, _Signals, _Signals, integer),
        "unlearn_get_synapses": (None, pointer, _Doubles, _Doubles, _Doubles),
        "unlearn_set_weight": (integer, pointer, _Size, double),
        "unlearn_set_synapses": (integer, pointer, _Doubles, _Doubles, _Doubles),
        "unlearn_get_wiring": (None, pointer, _Integers, _Integers),
        "unlearn_set_wiring": (integer, pointer, _Integers, _Integers),
        "unlearn_get_past": (None, pointer, _Doubles),
        "unlearn_preset_at": (ct.POINTER(_Preset), integer),
        "unlearn_set_past": (integer, pointer, _Doubles),
        "unlearn_energy_sum": (double, pointer),
        "unlearn_set_energy_sum": (integer, pointer, double),
        "unlearn_random": (seed, pointer),
        "unlearn_set_random": (None, pointer, seed),
    }  # fmt: skip
    for choice in ("activation", "energy", "integrator"):
        declare |= {
            f"unlearn_get_{choice}": (integer, pointer),
            f"unlearn_set_{choice}": (integer, pointer, integer),
        }
    for model in ("autoregnn", "autoregnn2", "unlearn"):
        declare |= {
            f"{model}_reset": (None, pointer, seed),
            f"{model}_clear": (None, pointer),
            f"{model}_copy": (None, pointer, pointer),
            f"{model}_keep": (None, pointer, pointer),
            f"{model}_set": (integer, pointer, integer, double),
            f"{model}_held": (double, pointer, integer),
            f"{model}_now": (double, pointer, integer),
            f"{model}_set_now": (integer, pointer, integer, double),
            f"{model}_scale": (double, pointer),
            f"{model}_set_scale": (integer, pointer, double),
            f"{model}_count": (_Size, pointer),
            f"{model}_clipped": (seed, pointer),
            f"{model}_set_clipped": (None, pointer, seed),
        }
    for model in ("autoregnn", "autoregnn2"):
        declare |= {
            f"{model}_bytes": (_Size, integer, integer, integer),
            f"{model}_init": (integer, pointer, integer, integer, integer, seed, double),
            f"{model}_get_parameters": (None, pointer, _Doubles),
            f"{model}_set_parameters": (integer, pointer, _Doubles),
        }
    for name, (result, *arguments) in declare.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    if refusal := library.isa_refusal():
        raise ImportError(f"specml's core refuses to run: {refusal.decode(errors='replace')}")
    return library


def default_library() -> ct.CDLL:
    """Load the core that was installed with this package."""
    resource = importlib.resources.files("specml") / f"specml-core.{SUFFIX}"
    with importlib.resources.as_file(resource) as path:
        return load(str(path))


LIBRARY = default_library()


def doubles(array: np.ndarray):
    """Return a pointer to a contiguous float64 array."""
    return array.ctypes.data_as(_Doubles)


def rows(arrays):
    """Return pointers to several contiguous float64 arrays, NULL for None."""
    pointers = (_Doubles * len(arrays))(*(None if a is None else doubles(a) for a in arrays))
    pointers.arrays = arrays  # a pointer alone keeps nothing alive
    return pointers


def addresses(array: np.ndarray) -> np.ndarray:
    """Return the address of each row of a 2-D array, as the core's tables of pointers hold it."""
    return array.ctypes.data + array.strides[0] * np.arange(len(array)).astype(np.uintp)


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
    return LIBRARY.isa_name().decode()


def presets() -> dict[str, dict[str, object]]:
    """Return the core's table of Unlearn examples: every setting by name, for each."""
    table: dict[str, dict[str, object]] = {}
    while found := LIBRARY.unlearn_preset_at(len(table)):
        row = found.contents
        settings = {name: getattr(row.shape, name) for name, _ in _Shape._fields_}
        settings |= {"scale": row.scale, "excite": row.excite}
        settings |= {key: unlearn.FUNCTIONS[getattr(row, key)] for key in ("activation", "energy")}
        settings["integrator"] = unlearn.INTEGRATORS[row.integrator]
        table[row.name.decode()] = settings | dict(zip(unlearn.CONTROLS, row.controls, strict=True))
    return table


def elementwise(name: str, x: np.ndarray, library: ct.CDLL = LIBRARY) -> np.ndarray:
    """Return ``tanh``, ``cosine`` or ``cosine_derivative`` of each element of `x`."""
    x, y = np.ascontiguousarray(x, np.float64), np.empty(np.shape(x))
    getattr(library, f"elementary_{name}_array")(x.size, doubles(x), doubles(y))
    return y


_T = TypeVar("_T", bound="Core")


class Core:
    """One model in memory of our own; `prefix` names its functions, `controls` its table."""

    prefix: str
    controls: tuple[str, ...]

    def __init__(self, library: ct.CDLL, sizes: tuple, settings: tuple) -> None:
        self._library = library
        size = getattr(library, f"{self.prefix}_bytes")(*sizes)
        self._memory = np.empty(size, np.uint8)
        if not size or self._call("init", *sizes, *settings):
            raise ValueError(f"{self.prefix}: sizes out of range")

    def _call(self, name: str, *arguments: Any) -> Any:
        function = getattr(self._library, f"{self.prefix}_{name}")
        return function(self._memory.ctypes.data, *arguments)

    def _signals(self, signals: Mapping[str, np.ndarray], part: slice):
        given = [signals.get(name) for name in self.controls]
        return rows([None if signal is None else signal[part] for signal in given])

    def _write(self, name: str, *arguments: Any) -> None:
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
        return self._call("clipped")

    def set_clipped(self, clipped: int) -> None:
        """Let so many samples have been repaired."""
        self._call("set_clipped", clipped)


class _NetworkCore(Core):
    """What both AutoRegNNs share; `past_rows` names the signals that they remember."""

    networks = 1
    past_rows: tuple[str, ...]

    def __init__(
        self, size: int, width: int, layers: int, seed: int, scale: float,
        library: ct.CDLL = LIBRARY,
    ) -> None:  # fmt: skip
        self.size, self.width, self.layers = size, width, layers
        super().__init__(library, (size, width, layers), (seed, scale))

    def _process(self, inputs: tuple[np.ndarray, ...], signals: Mapping[str, np.ndarray]):
        n = len(inputs[0])
        outputs = tuple(np.empty(n) for _ in range(1 + self.networks))
        for part in blocks(n, self._call("count")):
            heard, said = ([doubles(x[part]) for x in arrays] for arrays in (inputs, outputs))
            given = self._signals(signals, part)
            self._call("process", part.stop - part.start, *heard, given, *said)
        return outputs

    @property
    def parameters(self) -> np.ndarray:
        """Parameters in canonical order, ``(count,)`` or ``(2, count)``."""
        values = np.empty((self.networks, self._call("count") // self.networks))
        self._call("get_parameters", doubles(values))
        return values if self.networks > 1 else values[0]

    @parameters.setter
    def parameters(self, values: np.ndarray) -> None:
        self._write("set_parameters", doubles(np.ascontiguousarray(values, np.float64)))

    def past(self) -> dict[str, np.ndarray]:
        """Return the last samples of each signal, ``(size,)`` newest first."""
        past = {name: np.empty(self.size) for name in self.past_rows}
        self._call("get_past", *map(doubles, past.values()))
        return past

    def set_past(self, past: Mapping[str, np.ndarray]) -> None:
        """Write what `past` returned."""
        arrays = [np.ascontiguousarray(past[name], np.float64) for name in self.past_rows]
        self._write("set_past", *map(doubles, arrays))


class AutoRegNNCore(_NetworkCore):
    """AutoRegNN, as `specml.reference.autoregnn.AutoRegNNReference`."""

    prefix = "autoregnn"
    controls = tuple(autoregnn.CONTROLS)
    past_rows = ("in", "out")

    def process(self, x: np.ndarray, signals: Mapping[str, np.ndarray]):
        """Return out and error, ``(n,)`` each."""
        return self._process((x,), signals)

    @staticmethod
    def process_many(
        nets: Sequence["AutoRegNNCore"], x: np.ndarray, signals: Mapping[str, np.ndarray]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return out and error, ``(nets, n)`` each; `x` and `signals` are ``(nets, n)`` too."""
        out, error = np.empty(x.shape), np.empty(x.shape)
        given = np.zeros((len(nets), len(AutoRegNNCore.controls)), np.uintp)  # NULL: it holds
        for name, signal in signals.items():
            given[:, AutoRegNNCore.controls.index(name)] = addresses(signal)
        memory = np.array([net._memory.ctypes.data for net in nets], np.uintp)
        # autoregnn_stream, one a row
        streams = np.stack([memory, *map(addresses, (x, given, out, error))], axis=1)
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

    def process(self, x1: np.ndarray, x2: np.ndarray, signals: Mapping[str, np.ndarray]):
        """Return out, error1 and error2, ``(n,)`` each."""
        return self._process((x1, x2), signals)


def _choice(setting: str, names: tuple[str, ...]) -> property:
    """Return a property that is one of `names`."""

    def get(self: "UnlearnCore") -> str:
        return names[self._call(f"get_{setting}")]

    def put(self: "UnlearnCore", name: str) -> None:
        self._call(f"set_{setting}", names.index(name))

    return property(get, put, doc=f"One of {', '.join(names)}.")


class UnlearnCore(Core):
    """Unlearn, as `specml.reference.unlearn.UnlearnReference`."""

    prefix = "unlearn"
    controls = tuple(unlearn.CONTROLS)

    def __init__(
        self, neurons: int, inputs: int, maxdelay: int, external: int, samplerate: float,
        seed: int, scale: float, excite: float, library: ct.CDLL = LIBRARY,
    ) -> None:  # fmt: skip
        self.neurons, self.inputs, self.maxdelay = neurons, inputs, maxdelay
        self.external = external
        shape = ct.byref(_Shape(neurons, inputs, maxdelay, external))
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

    def process(
        self, external: np.ndarray | None, n: int, signals: Mapping[str, np.ndarray], outs: int
    ) -> np.ndarray:
        """Return the outputs ``(outs, n)``; `external` is ``(external, n)`` or None for silence."""
        y = np.empty((outs, n))
        for part in blocks(n, self._call("count")):
            heard, said = (None if x is None else self._rows(x, part) for x in (external, y))
            given = self._signals(signals, part)
            self._call("process", part.stop - part.start, heard, given, said, outs)
        return y

    @staticmethod
    def _rows(array: np.ndarray, part: slice):
        return addresses(array[:, part]).ctypes.data_as(_Signals)

    def synapses(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return weights, velocities and traces, ``(neurons, rows)`` each."""
        parts = [np.empty((self.neurons, self._call("count") // self.neurons)) for _ in range(3)]
        self._call("get_synapses", *map(doubles, parts))
        return tuple(parts)

    def set_weight(self, index: int, value: float) -> None:
        """Write one weight, by its index neuron x rows + row."""
        self._write("set_weight", index, value)

    def set_synapses(self, weights: np.ndarray, velocities: np.ndarray, traces: np.ndarray) -> None:
        """Write what `synapses` returned."""
        parts = [np.ascontiguousarray(p, np.float64) for p in (weights, velocities, traces)]
        self._write("set_synapses", *map(doubles, parts))

    def _wiring(self) -> list[np.ndarray]:
        parts = [np.empty((self.neurons, self.inputs), np.int32) for _ in range(2)]
        self._call("get_wiring", *(p.ctypes.data_as(_Integers) for p in parts))
        return parts

    def set_wiring(self, sources: np.ndarray, delays: np.ndarray) -> None:
        """Write `sources` and `delays`."""
        parts = [np.ascontiguousarray(p, np.int32) for p in (sources, delays)]
        self._write("set_wiring", *(p.ctypes.data_as(_Integers) for p in parts))

    @property
    def sources(self) -> np.ndarray:
        """The neuron that each synapse hears, ``(neurons, inputs)``."""
        return self._wiring()[0]

    @property
    def delays(self) -> np.ndarray:
        """Delays in samples, ``(neurons, inputs)``."""
        return self._wiring()[1]

    @property
    def energy_sum(self) -> float:
        """S, the sum of the last outputs."""
        return self._call("energy_sum")

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

    def past(self) -> dict[str, np.ndarray]:
        """Return the last outputs ``(neurons, maxdelay)``, newest first."""
        past = {"out": np.empty((self.neurons, self.maxdelay))}
        self._call("get_past", doubles(past["out"]))
        return past

    def set_past(self, past: Mapping[str, np.ndarray]) -> None:
        """Write what `past` returned."""
        self._write("set_past", doubles(np.ascontiguousarray(past["out"], np.float64)))

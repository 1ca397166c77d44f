"""The C core through ctypes: the same methods as the references, the same bits, fast.

This is the only file that knows ctypes.
"""

import ctypes as ct
import importlib.resources
import sys
from collections.abc import Mapping

import numpy as np

from .reference import autoregnn, autoregnn2, unlearn

SUFFIX = {"win32": "dll", "darwin": "dylib"}.get(sys.platform, "so")

_Size, _Doubles = ct.c_size_t, ct.POINTER(ct.c_double)
_Signals = ct.POINTER(_Doubles)


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
    """
    library = ct.CDLL(path)
    pointer, integer, double, seed = ct.c_void_p, ct.c_int, ct.c_double, ct.c_uint64
    shape = ct.POINTER(_Shape)
    declare = {
        "isa_name": (ct.c_char_p,),
        "isa_select": (integer, ct.c_char_p),
        "elementary_tanh_array": (None, _Size, _Doubles, _Doubles),
        "elementary_cosine_array": (None, _Size, _Doubles, _Doubles),
        "elementary_cosine_derivative_array": (None, _Size, _Doubles, _Doubles),
        "autoregnn_process": (None, pointer, _Size, _Doubles, _Signals, _Doubles, _Doubles),
        "autoregnn_get_past": (None, pointer, _Doubles, _Doubles),
        "autoregnn2_process": (
            None, pointer, _Size, _Doubles, _Doubles, _Signals, _Doubles, _Doubles, _Doubles,
        ),
        "autoregnn2_get_past": (None, pointer, _Doubles, _Doubles, _Doubles),
        "unlearn_bytes": (_Size, shape),
        "unlearn_init": (integer, pointer, shape, double, seed, double, double),
        "unlearn_bang": (None, pointer),
        "unlearn_set_excite": (None, pointer, double),
        "unlearn_set_activation": (None, pointer, integer),
        "unlearn_set_energy": (None, pointer, integer),
        "unlearn_set_integrator": (None, pointer, integer),
        "unlearn_process": (None, pointer, _Size, _Signals, _Signals, _Signals, integer),
        "unlearn_get_synapses": (None, pointer, _Doubles, _Doubles, _Doubles),
        "unlearn_set_weight": (integer, pointer, _Size, double),
        "unlearn_get_wiring": (None, pointer, ct.POINTER(ct.c_int32), ct.POINTER(ct.c_int32)),
        "unlearn_get_past": (None, pointer, _Doubles),
        "unlearn_energy": (double, pointer),
        "unlearn_preset_at": (ct.POINTER(_Preset), integer),
    }  # fmt: skip
    for model in ("autoregnn", "autoregnn2", "unlearn"):
        declare |= {
            f"{model}_reset": (None, pointer, seed),
            f"{model}_clear": (None, pointer),
            f"{model}_set": (None, pointer, integer, double),
            f"{model}_set_scale": (None, pointer, double),
            f"{model}_count": (_Size, pointer),
            f"{model}_clipped": (seed, pointer),
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


class _Core:
    """One model in memory of our own; `prefix` names its functions, `controls` its table."""

    prefix: str
    controls: tuple[str, ...]

    def __init__(self, library: ct.CDLL, sizes: tuple, settings: tuple) -> None:
        self._library = library
        size = getattr(library, f"{self.prefix}_bytes")(*sizes)
        self._memory = np.empty(size, np.uint8)
        if not size or self._call("init", *sizes, *settings):
            raise ValueError(f"{self.prefix}: sizes out of range")

    def _call(self, name: str, *arguments):
        function = getattr(self._library, f"{self.prefix}_{name}")
        return function(self._memory.ctypes.data, *arguments)

    def _signals(self, signals: Mapping[str, np.ndarray]):
        return rows([signals.get(name) for name in self.controls])

    def reset(self, seed: int) -> None:
        """Draw new weights, forget sound."""
        self._call("reset", seed)

    def clear(self) -> None:
        """Forget sound, keep weights."""
        self._call("clear")

    def set(self, name: str, value: float) -> None:
        """Set a control."""
        self._call("set", self.controls.index(name), value)

    @property
    def clipped(self) -> int:
        """Input samples repaired so far."""
        return self._call("clipped")


class _NetworkCore(_Core):
    """What both AutoRegNNs share; `past_rows` names the signals that they remember."""

    networks = 1
    past_rows: tuple[str, ...]

    def __init__(
        self, size: int, width: int, layers: int, seed: int, scale: float,
        library: ct.CDLL = LIBRARY,
    ) -> None:  # fmt: skip
        self.size = size
        super().__init__(library, (size, width, layers), (seed, scale))

    def _process(self, inputs: tuple[np.ndarray, ...], signals: Mapping[str, np.ndarray]):
        n = len(inputs[0])
        outputs = tuple(np.empty(n) for _ in range(1 + self.networks))
        pointers = (*map(doubles, inputs), self._signals(signals), *map(doubles, outputs))
        self._call("process", n, *pointers)
        return outputs

    @property
    def parameters(self) -> np.ndarray:
        """Parameters in canonical order, ``(count,)`` or ``(2, count)``."""
        values = np.empty((self.networks, self._call("count") // self.networks))
        self._call("get_parameters", doubles(values))
        return values if self.networks > 1 else values[0]

    @parameters.setter
    def parameters(self, values: np.ndarray) -> None:
        if self._call("set_parameters", doubles(np.ascontiguousarray(values, np.float64))):
            raise ValueError("parameters must be finite and within +-2^500")

    def past(self) -> dict[str, np.ndarray]:
        """Return the last samples of each signal, ``(size,)`` newest first."""
        past = {name: np.empty(self.size) for name in self.past_rows}
        self._call("get_past", *map(doubles, past.values()))
        return past


class AutoRegNNCore(_NetworkCore):
    """AutoRegNN, as `specml.reference.autoregnn.AutoRegNNReference`."""

    prefix = "autoregnn"
    controls = tuple(autoregnn.CONTROLS)
    past_rows = ("in", "out")

    def process(self, x: np.ndarray, signals: Mapping[str, np.ndarray]):
        """Return out and error, ``(n,)`` each."""
        return self._process((x,), signals)


class AutoRegNN2Core(_NetworkCore):
    """AutoRegNN2, as `specml.reference.autoregnn2.AutoRegNN2Reference`."""

    prefix = "autoregnn2"
    controls = tuple(autoregnn2.CONTROLS)
    networks = 2
    past_rows = ("in1", "in2", "out")

    def process(self, x1: np.ndarray, x2: np.ndarray, signals: Mapping[str, np.ndarray]):
        """Return out, error1 and error2, ``(n,)`` each."""
        return self._process((x1, x2), signals)


def _choice(setting: str, names: tuple[str, ...], first: str) -> property:
    """Return a property that is one of `names`."""

    def get(self) -> str:
        return self.__dict__.get(f"_{setting}", first)

    def put(self, name: str) -> None:
        self._call(f"set_{setting}", names.index(name))
        self.__dict__[f"_{setting}"] = name

    return property(get, put, doc=f"One of {', '.join(names)}.")


class UnlearnCore(_Core):
    """Unlearn, as `specml.reference.unlearn.UnlearnReference`."""

    prefix = "unlearn"
    controls = tuple(unlearn.CONTROLS)

    def __init__(
        self, neurons: int, inputs: int, maxdelay: int, external: int, samplerate: float,
        seed: int, scale: float, excite: float, library: ct.CDLL = LIBRARY,
    ) -> None:  # fmt: skip
        self.neurons, self.inputs, self.maxdelay = neurons, inputs, maxdelay
        shape = ct.byref(_Shape(neurons, inputs, maxdelay, external))
        super().__init__(library, (shape,), (samplerate, seed, scale, excite))

    activation = _choice("activation", unlearn.FUNCTIONS, unlearn.ACTIVATION)
    energy = _choice("energy", unlearn.FUNCTIONS, unlearn.ENERGY)
    integrator = _choice("integrator", unlearn.INTEGRATORS, unlearn.INTEGRATOR)

    def bang(self) -> None:
        """Push the newest output of each neuron."""
        self._call("bang")

    def process(
        self, external: np.ndarray | None, n: int, signals: Mapping[str, np.ndarray], outs: int
    ) -> np.ndarray:
        """Return the outputs ``(outs, n)``; `external` is ``(external, n)`` or None for silence."""
        y = np.empty((outs, n))
        heard = None if external is None else rows(list(external))
        self._call("process", n, heard, self._signals(signals), rows(list(y)), outs)
        return y

    def synapses(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return weights, velocities and traces, ``(neurons, rows)`` each."""
        parts = [np.empty((self.neurons, self._call("count") // self.neurons)) for _ in range(3)]
        self._call("get_synapses", *map(doubles, parts))
        return tuple(parts)

    def set_weight(self, index: int, value: float) -> None:
        """Write one weight, by its index neuron x rows + row."""
        if self._call("set_weight", index, value):
            raise ValueError(f"no weight {index}, or {value!r} is not within +-1e6")

    def _wiring(self) -> list[np.ndarray]:
        parts = [np.empty((self.neurons, self.inputs), np.int32) for _ in range(2)]
        self._call("get_wiring", *(p.ctypes.data_as(ct.POINTER(ct.c_int32)) for p in parts))
        return parts

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
        return self._call("energy")

    def past(self) -> dict[str, np.ndarray]:
        """Return the last outputs ``(neurons, maxdelay)``, newest first."""
        past = {"out": np.empty((self.neurons, self.maxdelay))}
        self._call("get_past", doubles(past["out"]))
        return past

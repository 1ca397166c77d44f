"""What a state file has of each kind of model, as docs/state.md lists it: settings and tensors."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from . import checks
from .reference import autoregnn, autoregnn2, finite, unlearn
from .reference.arrays import State
from .reference.controls import Control

Settings: TypeAlias = dict[str, Any]  # whole numbers, reals and names, by name
Range: TypeAlias = tuple[float, float]
_Limit: TypeAlias = float | NDArray[Any]
ANY = (0, 2**64 - 1)


class Tensor(NamedTuple):
    """A tensor that a file must have, and what its numbers are within."""

    dtype: str
    shape: tuple[int, ...]
    low: _Limit
    high: _Limit


Tensors: TypeAlias = dict[str, Tensor]


class Layout(NamedTuple):
    """Settings and tensors of one kind of model, in the order of the file."""

    controls: Mapping[str, Control]
    wholes: Mapping[str, tuple[int, int]]  # its shape
    choices: Mapping[str, tuple[str, ...]]
    draws: Mapping[str, Range]  # between seed and learn
    others: Mapping[str, Range]  # after learn
    learnt: Callable[[Settings], Tensors]
    heard: Callable[[Settings], Tensors]
    parts: Mapping[str, str]  # of what is learnt, by tensor, where each is one in the state


def _count(dtype: str = "U64", limits: tuple[_Limit, _Limit] = ANY) -> Tensor:
    return Tensor(dtype, (1,), *limits)


def _reals(shape: tuple[int, ...], most: _Limit) -> Tensor:
    return Tensor("F64", shape, -most, most)


def _now(controls: Mapping[str, Control]) -> Tensor:
    low, high, _ = np.array([*controls.values()]).T
    return Tensor("F64", (len(controls),), low, high)


def _network(settings: Settings, prefix: str = "") -> Tensors:
    """Weights and biases of a network, in the order of its parameters."""
    size, width, layers = (settings[name] for name in checks.NETWORK)
    tensors = {}
    for k in range(layers + 1):
        name = f"{prefix}layer{k + 1}" if k < layers else f"{prefix}output"
        units = width if k < layers else 1
        tensors[f"{name}.weight"] = _reals((units, width if k else size), finite.WEIGHT_MAX)
        tensors[f"{name}.bias"] = _reals((units,), finite.WEIGHT_MAX)
    return tensors


def _networks(settings: Settings) -> Tensors:
    return _network(settings, "network1.") | _network(settings, "network2.")


def _heard_by(controls: Mapping[str, Control], *ins: str) -> Callable[[Settings], Tensors]:
    """Return what says what a network of such inputs has heard and said."""

    def heard(settings: Settings) -> Tensors:
        row = (settings["size"],)
        return {
            **dict.fromkeys(ins, _reals(row, finite.SAMPLE_MAX)),
            "past_out": _reals(row, 1.0),
            "now": _now(controls),
            "clipped": _count(),
            "samples": _count(),
        }

    return heard


def _synapses(settings: Settings) -> Tensors:
    neurons, inputs, maxdelay, external = (settings[name] for name in checks.UNLEARN)
    rows = inputs + -(-external // neurons)
    fed = (np.arange(rows) - inputs) * neurons + np.arange(neurons)[:, np.newaxis] < external
    most = np.where(fed, unlearn.STATE_MAX, 0.0)
    return {
        **dict.fromkeys("wvu", _reals((neurons, rows), most)),
        "source": Tensor("I64", (neurons, inputs), 0, neurons - 1),
        "delay": Tensor("I64", (neurons, inputs), 1, maxdelay),
    }


def _heard_by_unlearn(settings: Settings) -> Tensors:
    neurons = settings["neurons"]
    return {
        "past_out": _reals((neurons, settings["maxdelay"]), unlearn.STATE_MAX),
        "energy_sum": _reals((1,), float(neurons)),
        "now": _now(unlearn.CONTROLS),
        "random": _count(),
        "clipped": _count(),
        "samples": _count(),
    }


_CHOICES = {"activation": unlearn.FUNCTIONS, "energy": unlearn.FUNCTIONS,
            "integrator": unlearn.INTEGRATORS}  # fmt: skip
_PARTS = {"w": "weights", "v": "velocities", "u": "traces", "source": "sources", "delay": "delays"}
_SCALE = {"scale": (0.0, 100.0)}
LAYOUTS = {
    "autoregnn": Layout(
        autoregnn.CONTROLS, checks.NETWORK, {}, _SCALE, {}, _network,
        _heard_by(autoregnn.CONTROLS, "past_in"), {},
    ),
    "autoregnn2": Layout(
        autoregnn2.CONTROLS, checks.NETWORK, {}, _SCALE, {}, _networks,
        _heard_by(autoregnn2.CONTROLS, "past_in1", "past_in2"), {},
    ),
    "unlearn": Layout(
        unlearn.CONTROLS, checks.UNLEARN, _CHOICES, _SCALE | {"excite": (0.0, 1.0)},
        {"samplerate": (1.0, 1e6)}, _synapses, _heard_by_unlearn, _PARTS,
    ),
}  # fmt: skip


def tensors_of(layout: Layout, settings: Settings, learnt: State) -> State:
    """Return parts of a state as tensors, which are views of them."""
    if layout.parts:
        return {name: learnt[part] for name, part in layout.parts.items()}
    rest = learnt["parameters"].reshape(-1)
    tensors = {}
    for name, tensor in layout.learnt(settings).items():
        size = int(np.prod(tensor.shape))
        tensors[name], rest = rest[:size].reshape(tensor.shape), rest[size:]
    return tensors


def learnt_of(layout: Layout, tensors: State) -> State:
    """Return tensors, in their order, as parts of a state."""
    if layout.parts:
        return {part: tensors[name] for name, part in layout.parts.items()}
    parameters = np.concatenate([tensor.reshape(-1) for tensor in tensors.values()])
    both = any(name.startswith("network2.") for name in tensors)
    return {"parameters": parameters.reshape(2, -1) if both else parameters}

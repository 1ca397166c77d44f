"""A network linearised around its present past: a linear predictor, its poles and its response.

Numbers in parentheses are equations of docs/models.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..reference.arrays import Array
from ..reference.elementary import tanh
from ..reference.past import blend


@dataclass(frozen=True)
class Layers:
    """Weights ``(outputs, inputs)`` and biases ``(outputs,)``, layer by layer, the output's last.

    In layer 1 the newest sample comes first.
    """

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]

    @classmethod
    def among(cls, tensors: Mapping[str, NDArray[Any]], prefix: str = "") -> "Layers":
        """Return the network whose tensors' names begin with `prefix`."""
        names = [name.removeprefix(prefix) for name in tensors if name.startswith(prefix)]
        hidden = sum(name.startswith("layer") and name.endswith(".weight") for name in names)
        stems = [f"{prefix}layer{k + 1}" for k in range(hidden)] + [f"{prefix}output"]
        return cls(
            tuple(tensors[f"{stem}.weight"] for stem in stems),
            tuple(tensors[f"{stem}.bias"] for stem in stems),
        )

    def mixed(self, other: "Layers", mix: float) -> "Layers":
        """Return (1 - mix) of this and mix of another (9)."""
        return Layers(
            tuple(blend(b, a, mix) for a, b in zip(self.weights, other.weights, strict=True)),
            tuple(blend(b, a, mix) for a, b in zip(self.biases, other.biases, strict=True)),
        )

    def predict(self, past: Array) -> float:
        """Return what is predicted (4) from `past` ``(size,)``, newest first."""
        return float(self._passes(past)[-1][0])

    def gradient(self, past: Array) -> Array:
        """Return the slope of the prediction by each sample of `past`, ``(size,)``."""
        passes = self._passes(past)
        slope = np.ones(1)
        for weights, said in zip(self.weights[::-1], passes[::-1], strict=True):
            slope = (slope * (1.0 - said * said)) @ weights
        return slope

    def _passes(self, past: Array) -> list[Array]:
        """Return what each layer says (3), and the output."""
        passes = []
        for weights, bias in zip(self.weights, self.biases, strict=True):
            past = tanh(weights @ past + bias)
            passes.append(past)
        return passes


@dataclass(frozen=True)
class Predictor:
    """The prediction a_1 x_1 + a_2 x_2 + .. of a sample from those before it.

    Attributes
    ----------
    name : str
        Of the network.
    coefficients : ndarray, (size,)
        a, newest sample first.
    """

    name: str
    coefficients: Array

    @cached_property
    def poles(self) -> NDArray[np.complex128]:
        """The poles of 1 / (1 - a_1 z^-1 - a_2 z^-2 ..), ``(size,)``, largest first."""
        roots = np.roots(np.concatenate([[1.0], -self.coefficients])).astype(np.complex128)
        return roots[np.argsort(-np.abs(roots), kind="stable")]

    def response(self, frequencies: Array) -> Array:
        """Return the magnitude of the same at `frequencies`, in cycles a sample."""
        delays = np.arange(1, len(self.coefficients) + 1)
        turns = np.exp(-2j * np.pi * np.outer(frequencies, delays))
        with np.errstate(divide="ignore"):  # a pole on the circle
            return np.asarray(1.0 / np.abs(1.0 - turns @ self.coefficients))


def predictors(
    model: str, tensors: Mapping[str, NDArray[Any]], now: Mapping[str, float]
) -> list[Predictor]:
    """Return the network of one channel, or both and their mixture, linearised.

    Parameters
    ----------
    model : {"autoregnn", "autoregnn2"}
        Which of them.
    tensors : mapping of str to ndarray
        Of one channel, without its prefix, as docs/state.md names them. What was heard and said
        may be missing; the past is silence then.
    now : mapping of str to float
        What each control is now: the past is (1), by `autoreg` from what was said and heard.
    """
    said = tensors.get("past_out")
    if model == "autoregnn":
        net = Layers.among(tensors)
        return [_around(net, "network", said, tensors.get("past_in"), now["autoreg"])]
    nets = [Layers.among(tensors, f"network{k}.") for k in (1, 2)]
    heard = [tensors.get(f"past_in{k}") for k in (1, 2)]
    first, second = heard
    mix = now["mix"]
    between = None if first is None or second is None else blend(second, first, mix)  # (10)
    parts = zip(("network 1", "network 2", "mixture"), [*nets, nets[0].mixed(nets[1], mix)],
                [*heard, between], strict=True)  # fmt: skip
    return [_around(net, name, said, past, now["autoreg"]) for name, net, past in parts]


def _around(
    net: Layers, name: str, said: Array | None, heard: Array | None, autoreg: float
) -> Predictor:
    silence = np.zeros(net.weights[0].shape[1])
    past = silence if said is None or heard is None else blend(said, heard, autoreg)
    return Predictor(name, net.gradient(past))

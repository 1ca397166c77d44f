"""A feed-forward network with tanh units and one output, that learns by one gradient step.

Numbers in parentheses are equations of docs/models.md.
"""

from collections.abc import Iterator

import numpy as np

from . import finite, lanes
from .elementary import tanh
from .random import SplitMix64

DELTA_MAX = 1e12  # keeps the growth of weights linear, so that they can never overflow


class Network:
    """Weights and the two passes over them.

    Weights are kept input by input, units as lanes: layer 1 ``(size + 1, lanes)``, rows oldest
    sample first, biases in the last row; layers 2..L ``(width + 1, lanes)`` alike, rows in unit
    order; the output's weights ``(lanes,)`` and its bias. Padding is zero.

    Parameters
    ----------
    size, width, layers : int
        P past samples, H units in each of L hidden layers.
    """

    def __init__(self, size: int, width: int, layers: int) -> None:
        self.size, self.width, self.lanes = size, width, lanes.padded(width)
        rows = [size] + [width] * (layers - 1)
        self.layers = [np.zeros((count + 1, self.lanes)) for count in rows]
        self.wo = np.zeros(self.lanes)
        self.bo = 0.0

    def draw(self, scale: float, random: SplitMix64) -> None:
        """Draw initial weights U(-1, 1) scale / sqrt(inputs), in canonical order."""
        first = self.width * (self.size + 1)
        draws = [
            random.bipolar() * (scale / np.sqrt(float(self.size if k < first else self.width)))
            for k in range(self.count)
        ]
        self.parameters = np.array(draws)

    @property
    def count(self) -> int:
        """Number of parameters."""
        hidden = sum(len(layer) for layer in self.layers) * self.width
        return hidden + self.width + 1

    @property
    def parameters(self) -> np.ndarray:
        """Parameters ``(count,)`` in canonical order.

        For each layer, for each unit its weights in input order (layer 1: newest sample first),
        then that layer's biases; then the output's weights, then its bias.
        """
        return np.concatenate([part.ravel() for part in self._canonical()] + [[self.bo]])

    @parameters.setter
    def parameters(self, values: np.ndarray) -> None:
        values = finite.state(values)
        for part in self._canonical():
            part[...] = values[: part.size].reshape(part.shape)
            values = values[part.size :]
        self.bo = float(values[0])

    def _canonical(self) -> Iterator[np.ndarray]:
        """Yield views of the weights in canonical order, all but the output's bias."""
        for k, layer in enumerate(self.layers):
            weights = layer[:-1, : self.width]
            yield (weights[::-1] if k == 0 else weights).T
            yield layer[-1, : self.width]
        yield self.wo[: self.width]

    def forward(self, x: np.ndarray) -> float:
        """Return the prediction (4) in (-1, 1) from `x`, ``(size,)`` oldest sample first."""
        self.activations = []
        for layer in self.layers:
            x = layer_forward(layer, x)
            self.activations.append(x)
        return float(tanh(self.bo + lanes.dot(self.wo, x)))

    def learn(self, x: np.ndarray, target: float, lr: float, ridge: float) -> float:
        """Take one gradient step (7) on e^2 / 2 with e = prediction - target (5); return e."""
        y = self.forward(x)
        error = float(finite.output(y - target))
        decayed = 1.0 - lr * ridge
        keep = decayed if decayed > 0.0 else 0.0
        delta_out = float(delta_of(error, y))
        deltas = self._backward(delta_out)

        for layer, delta, a in zip(self.layers, deltas, self.activations, strict=True):
            layer_step(layer, x, keep, lr * delta)
            x = a
        step = lr * delta_out
        self.wo = finite.state(keep * self.wo - step * x)
        self.bo = float(finite.state(self.bo - step))
        return error

    def _backward(self, delta_out: float) -> list[np.ndarray]:
        """Return each layer's deltas ``(lanes,)``, through the weights before the step."""
        deltas = [delta_of(self.wo * delta_out, self.activations[-1])]
        for layer, a in zip(self.layers[:0:-1], self.activations[-2::-1], strict=True):
            reached = np.zeros(self.lanes)
            reached[: self.width] = [lanes.dot(row, deltas[0]) for row in layer[:-1]]
            deltas.insert(0, delta_of(reached, a))
        return deltas

    def mix(self, first: "Network", second: "Network", mix: float) -> None:
        """Become (1 - mix) first + mix second, parameter by parameter (9)."""
        rest = 1.0 - mix
        for mine, one, two in zip(self.layers, first.layers, second.layers, strict=True):
            mine[...] = rest * one + mix * two
        self.wo = rest * first.wo + mix * second.wo
        self.bo = rest * first.bo + mix * second.bo


def layer_forward(layer: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return tanh(b + sum of rows times inputs), first row first (3)."""
    z = layer[-1]
    for row, value in zip(layer, x[: len(layer) - 1], strict=False):
        z = z + row * value
    return finite.state(tanh(z))


def layer_step(layer: np.ndarray, x: np.ndarray, keep: float, step: np.ndarray) -> None:
    """Let w = keep w - step x, biases without decay; `step` ``(lanes,)`` is lr delta."""
    rows = len(layer) - 1
    layer[:-1] = finite.state(keep * layer[:-1] - step * x[:rows, np.newaxis])
    layer[-1] = finite.state(layer[-1] - step)


def delta_of(reached, activation):
    """Return the error that reaches a unit times tanh' (6), kept finite; elementwise."""
    delta = reached * (1.0 - activation * activation)
    return finite.clamp(finite.state(delta), -DELTA_MAX, DELTA_MAX)

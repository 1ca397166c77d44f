"""A feed-forward network with tanh units and one output, that learns by one gradient step.

Numbers in parentheses are equations of docs/models.md.
"""

from collections.abc import Iterator

import numpy as np

from . import finite, lanes
from .arrays import Array
from .elementary import tanh
from .random import SplitMix64

# These keep the growth of weights linear, so that they can never overflow.
SLOPE_MAX = 5e5
DELTA_MAX = 1e12


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

    def keep(self, old: "Network") -> None:
        """Take over the parameters of the same layer, unit and input; the output's too."""
        units = min(self.width, old.width)
        for k, (mine, before) in enumerate(zip(self.layers, old.layers, strict=False)):
            rows = min(len(mine), len(before)) - 1
            turn = -1 if k == 0 else 1  # the first has its newest input in its last row
            mine[:-1][::turn][:rows, :units] = before[:-1][::turn][:rows, :units]
            mine[-1, :units] = before[-1, :units]
        self.wo[:units] = old.wo[:units]
        self.bo = old.bo

    @property
    def count(self) -> int:
        """Number of parameters."""
        hidden = sum(len(layer) for layer in self.layers) * self.width
        return hidden + self.width + 1

    @property
    def parameters(self) -> Array:
        """Parameters ``(count,)`` in canonical order.

        For each layer, for each unit its weights in input order (layer 1: newest sample first),
        then that layer's biases; then the output's weights, then its bias.
        """
        return np.concatenate([part.ravel() for part in self._canonical()] + [[self.bo]])

    @parameters.setter
    def parameters(self, values: Array) -> None:
        values = finite.state(values)
        for part in self._canonical():
            part[...] = values[: part.size].reshape(part.shape)
            values = values[part.size :]
        self.bo = float(values[0])

    def _canonical(self) -> Iterator[Array]:
        """Yield views of the weights in canonical order, all but the output's bias."""
        for k, layer in enumerate(self.layers):
            weights = layer[:-1, : self.width]
            yield (weights[::-1] if k == 0 else weights).T
            yield layer[-1, : self.width]
        yield self.wo[: self.width]

    def forward(self, x: Array) -> float:
        """Return the prediction (4) in (-1, 1) from `x`, ``(size,)`` oldest sample first."""
        self.activations = []
        for layer in self.layers:
            x = layer_forward(layer, x)
            self.activations.append(x)
        return float(tanh(self.bo + lanes.dot(self.wo, x)))

    def learn(self, x: Array, target: float, lr: float, ridge: float) -> float:
        """Take one gradient step (7) on e^2 / 2 with e = prediction - target (5); return e.

        The new weights may speak at once; then they `settle`.
        """
        y = self.forward(x)
        error = float(finite.output(y - target))
        delta_out = error * (1.0 - y * y)
        decayed = 1.0 - lr * ridge
        keep = decayed if decayed > 0.0 else 0.0
        steps = self._backward(delta_out, lr)

        for layer, step, a in zip(self.layers, steps, self.activations, strict=True):
            layer_step(layer, x, keep, step)
            x = a
        step_out = lr * delta_out
        self.wo = keep * self.wo - step_out * x
        self.bo = self.bo - step_out
        return error

    def settle(self) -> None:
        """Let go of weights that are too small to be kept, once they have spoken."""
        self.layers = [finite.state(layer) for layer in self.layers]
        self.wo = finite.state(self.wo)
        self.bo = float(finite.state(self.bo))

    def _backward(self, delta_out: float, lr: float) -> list[Array]:
        """Return each layer's steps ``(lanes,)``, through the weights before them."""
        a = self.activations[-1]
        slope = finite.clamp(self.wo * (1.0 - a * a), -SLOPE_MAX, SLOPE_MAX)
        steps, delta = [delta_out * (lr * slope)], delta_out * slope
        for layer, a in zip(self.layers[:0:-1], self.activations[-2::-1], strict=True):
            reached = np.zeros(self.lanes)
            reached[: self.width] = [lanes.dot(row, delta) for row in layer[:-1]]
            delta = delta_of(reached, a)
            steps.insert(0, lr * delta)
        return steps

    def mix(self, first: "Network", second: "Network", mix: float) -> None:
        """Become (1 - mix) first + mix second, parameter by parameter (9)."""
        rest = 1.0 - mix
        for mine, one, two in zip(self.layers, first.layers, second.layers, strict=True):
            mine[...] = rest * one + mix * two
        self.wo = rest * first.wo + mix * second.wo
        self.bo = rest * first.bo + mix * second.bo


def layer_forward(layer: Array, x: Array) -> Array:
    """Return tanh(b + sum of rows times inputs), first row first (3)."""
    z = layer[-1]
    for row, value in zip(layer, x[: len(layer) - 1], strict=False):
        z = z + row * value
    return finite.state(tanh(z))


def layer_step(layer: Array, x: Array, keep: float, step: Array) -> None:
    """Let w = keep w - step x, biases without decay; `step` ``(lanes,)``."""
    rows = len(layer) - 1
    layer[:-1] = keep * layer[:-1] - step * x[:rows, np.newaxis]
    layer[-1] = layer[-1] - step


def delta_of(reached: Array, activation: Array) -> Array:
    """Return the error that reaches a unit of a lower layer times tanh' (6), kept finite."""
    delta = reached * (1.0 - activation * activation)
    return finite.clamp(finite.state(delta), -DELTA_MAX, DELTA_MAX)

"""A network that predicts another signal than the one that it hears, as adaptive filters do."""

from collections.abc import Mapping

import numpy as np

from .. import checks
from ..autoregnn import AutoRegNN
from ..reference import finite
from ..reference.arrays import Array
from ..snapshots import cut, glided


def predict(
    net: AutoRegNN, x: Array, target: Array, controls: Mapping[str, float | Array]
) -> tuple[Array, Array]:
    """Let an AutoRegNN predict `target` from the past of `x`.

    In the equations (1) and (2) of docs/models.md in_j are past samples of `x`, in (5) in is the
    target, and step 3 remembers `x`. With `x` as the target it is what `AutoRegNN.process` does.

    Parameters
    ----------
    net : AutoRegNN
        The network.
    x, target : ndarray, (n,)
        What it hears, and what it is to predict.
    controls : mapping
        As for `AutoRegNN.process`, numbers or signals ``(n,)``.

    Returns
    -------
    out, error : ndarray, (n,)
        What it says, and its prediction minus the target, before each step of learning.

    Notes
    -----
    The core remembers what it predicts. So it is told each sample by itself what it has heard,
    which costs some 20 µs.

    Examples
    --------
    >>> x = np.sin(np.arange(5.0))
    >>> out, error = predict(AutoRegNN(size=3), x, x, {})
    >>> bool(np.all(error == AutoRegNN(size=3).process(x)[1]))
    True
    """
    engine, size, n = net._engine, net.size, len(x)
    wanted, signals = checks.signal("target", target), net._set(controls, n)
    past = engine.past()
    # newest first, as the past is: each sample's is a stretch of them
    heard = np.concatenate([repaired(x)[::-1], past["in"]])
    said = np.concatenate([np.empty(n), past["out"]])
    out, error = said[:n][::-1], np.empty(n)

    def remember(i: int) -> None:
        there = slice(n - i, n - i + size)
        engine.set_past({"in": heard[there], "out": said[there]})

    def process(piece: slice) -> tuple[Array, Array]:
        return engine.process(wanted[now], cut(signals, now))

    for i in range(n):
        now = slice(i, i + 1)
        remember(i)
        out[now], error[now] = glided([net], 1, process)
    remember(n)
    engine.set_clipped(engine.clipped + int(np.sum(~(np.abs(x) <= finite.SAMPLE_MAX))))
    return out.copy(), error


def repaired(x: Array) -> Array:
    """Return samples as they enter a model: rule 8 of docs/models.md.

    Examples
    --------
    >>> repaired(np.array([0.5, np.nan, 2e6, 1e-40])).tolist()
    [0.5, 0.0, 1000000.0, 0.0]
    """
    largest = np.where(np.isnan(x) | np.isinf(x), 0.0, x)
    return finite.output(finite.clamp(largest, -finite.SAMPLE_MAX, finite.SAMPLE_MAX))

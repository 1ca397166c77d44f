"""The largest Lyapunov exponent, by a twin that is kept close.

Source: G. Benettin, L. Galgani, A. Giorgilli, J.-M. Strelcyn, "Lyapunov characteristic exponents
for smooth dynamical systems and for Hamiltonian systems", Meccanica 15, 1980.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..exact import log, mean, total
from ..model import Model
from ..reference.arrays import Array
from ..reference.random import white_noise

DISTANCE = 1e-8  # between the twins
MOST = 12.0  # by e to what it may change in a stretch; beyond, shorter ones are taken
SETTLING = 4  # the first of so many parts of a run does not count

_Parts = dict[str, Array]


def divergence(
    make: Callable[[], Any],
    process: Callable[[Any, int, int], Any],
    samples: int,
    every: int,
    distance: float = DISTANCE,
    seed: int = 1,
) -> Array:
    """Return how fast a twin goes away from a model that hears and is told the same.

    The twin begins at a small distance in a random direction of all that moves: of the weights, the
    past and whatever else the model remembers as numbers. After each stretch the distance is
    measured, and the twin drawn back along the way that it took.

    Parameters
    ----------
    make : callable
        Returns the model as it is before the first sample: one of specml's, or anything with
        ``state()``, arrays by name, and ``restore(state)``. Its arrays of float64 are what moves.
    process : callable
        ``process(model, begin, n)`` lets it go over the samples begin..begin + n of the run.
    samples : int
        Length of the run.
    every : int
        Length of a stretch in samples, 1..samples. What is left over is left out.
    distance : float
        Between the twins, above 0.
    seed : int
        Of the direction in which the twin begins.

    Returns
    -------
    ndarray, (stretches,)
        The logarithm of how often the distance multiplied, for each stretch; -inf where the
        two became equal, from where on they stay so.

    Raises
    ------
    ValueError
        If a number is out of range, or nothing moves.

    Examples
    --------
    A leaky integrator forgets a third of what it knows at each step:

    >>> import numpy as np
    >>> class Leaky:
    ...     def state(self): return {"y": np.array([self.y])}
    ...     def restore(self, state): self.y = float(state["y"][0])
    ...     def __init__(self): self.y = 1.0
    >>> def step(model, begin, n):
    ...     for _ in range(n): model.y *= 2 / 3
    >>> divergence(Leaky, step, 6, 2).round(6).tolist()
    [-0.81093, -0.81093, -0.81093]
    """
    if not 1 <= every <= samples:
        raise ValueError(f"every must be 1..{samples} samples, not {every}")
    if not distance > 0.0:
        raise ValueError(f"distance must be above 0, not {distance}")
    model, twin = make(), make()
    here = _moving(model)
    noise = white_noise(sum(part.size for part in here.values()), seed)
    if not noise.size:
        raise ValueError("nothing moves in a model without numbers")
    _place(twin, here, _cut(noise, here), distance / _length(noise))
    grown = []
    for begin in range(0, samples - every + 1, every):
        process(model, begin, every)
        process(twin, begin, every)
        here, there = _moving(model), _moving(twin)
        way = {name: there[name] - part for name, part in here.items()}
        length = _length(np.concatenate([part.ravel() for part in way.values()]))
        grown.append(length / distance)
        if length == 0.0:
            break
        _place(twin, here, way, distance / length)
    missing = (samples // every) - len(grown)
    return np.concatenate([log(grown), np.full(missing, -np.inf)])


def exponent(
    make: Callable[[], Any],
    process: Callable[[Any, int, int], Any],
    samples: int,
    samplerate: float,
) -> float:
    """Return the largest Lyapunov exponent: the rate at which small differences grow.

    Parameters
    ----------
    make, process, samples
        As for `divergence`.
    samplerate : float
        In Hz.

    Returns
    -------
    float
        In 1/s, over the last three quarters of the run: above 0 differences grow by e in its
        inverse, and the sound cannot be foretold; below 0 they shrink, and the sound forgets how
        it began. -inf if the twins became equal, nan of a run of less than 4 samples. Weights that
        do not learn stay as far away as they are: then it is not below 0.

    Notes
    -----
    Distances are taken each tenth of a second; where they change too much for the twins to stay
    neighbours, ten times as often, and the run begins anew.

    Examples
    --------
    >>> from specml import Unlearn
    >>> round(exponent(Unlearn, lambda net, begin, n: net.process(n), 24000, 48000.0), 1)
    14.0
    """
    if samples < SETTLING:
        return float("nan")
    every = max(1, min(round(samplerate / 10), samples // SETTLING))
    while True:
        grown = divergence(make, process, samples, every)
        if every == 1 or np.all(np.abs(grown) < MOST):
            counted = grown[len(grown) // SETTLING :]
            return float(mean(counted)) * samplerate / every
        every = max(1, every // 10)


def _moving(model: Any) -> _Parts:
    """Return the numbers of a model that move, by name."""
    if isinstance(model, Model):
        parts: Mapping[str, Any] = model._engine.past() | dict(model._learnt())
    else:
        parts = model.state()
    return {name: part for name, part in parts.items() if part.dtype == np.float64}


def _place(model: Any, near: _Parts, way: _Parts, far: float) -> None:
    """Put a model so many times `way` away from what is near, within what it can hold."""
    there = {name: part + way[name] * far for name, part in near.items()}
    if not isinstance(model, Model):
        model.restore({**model.state(), **there})
        return
    ranges = model._ranges()
    past, learnt = model._engine.past(), model._learnt()
    for name, part in there.items():
        held = past if name in past else learnt
        held[name] = np.clip(part, *ranges[f"past_{name}" if name in past else name])
    model._engine.set_past(past)
    model._learn(learnt)


def _cut(row: Array, like: _Parts) -> _Parts:
    """Return a row as parts of the shapes of others."""
    ends = np.cumsum([part.size for part in like.values()])
    pieces = np.split(row, ends[:-1])
    return {name: piece.reshape(part.shape)
            for (name, part), piece in zip(like.items(), pieces, strict=True)}  # fmt: skip


def _length(x: Array) -> float:
    return float(np.sqrt(total(x * x)))

"""Orbits of Unlearn's weights, and Poincaré sections through them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from ..reference.arrays import Array
from ..trace import Trace
from .traces import traced

COORDINATES = ("w", "v", "u")


@dataclass(frozen=True, eq=False)
class Section:
    """Where an orbit goes through a plane.

    Attributes
    ----------
    times : ndarray, (crossings,)
        In steps of the path.
    points : ndarray, (crossings, coordinates)
        Where.

    Examples
    --------
    >>> section([[-1.0, 0.0], [1.0, 4.0]]).points.tolist()
    [[0.0, 2.0]]
    """

    times: Array
    points: Array

    @property
    def periods(self) -> Array:
        """From each crossing to the next, ``(crossings - 1,)``, in steps.

        Examples
        --------
        >>> section([[-1.0], [1.0], [-1.0], [1.0]]).periods.tolist()
        [2.0]
        """
        return np.diff(self.times)


def orbit(
    trace: Trace | str | Path, neuron: int = 0, synapse: int = 0, channel: int = 1
) -> tuple[Array, Array]:
    """Return the way of one synapse of Unlearn, from a trace.

    Parameters
    ----------
    trace : Trace, str or path
        Best of every sample.
    neuron, synapse : int
        Which, from 0; the last synapses are those of external signals.
    channel : int
        Which model of the trace, 1..

    Returns
    -------
    samples : ndarray, (times,)
        When.
    path : ndarray, (times, 3)
        w, v and u there.

    Raises
    ------
    ValueError
        If it is no trace of Unlearn, or there is no such synapse.
    OSError
        If the file cannot be read.

    Examples
    --------
    >>> from specml import Unlearn
    >>> net = Unlearn()
    >>> trace = Trace([net], 100, 1)
    >>> _ = net.process(100)
    >>> orbit(trace, 3)[1].shape
    (101, 3)
    """
    seen = traced(trace, channel)
    if seen.model != "unlearn":
        raise ValueError(f"orbits are of unlearn, not of {seen.model}")
    fed = seen.fed()
    if not (0 <= neuron < len(fed) and 0 <= synapse < fed.shape[1] and fed[neuron, synapse]):
        raise ValueError(f"neuron {neuron} has no synapse {synapse}")
    path = np.stack([seen.tensors[name][:, neuron, synapse] for name in COORDINATES], axis=1)
    return seen.tensors["sample"], path


def section(path: ArrayLike, across: int = 0, value: float = 0.0) -> Section:
    """Return where a path crosses a plane upwards.

    Parameters
    ----------
    path : array_like, (times, coordinates)
        Such as (w, v, u) at each sample.
    across : int
        The coordinate that goes through a value.
    value : float
        Which.

    Returns
    -------
    Section
        Between two samples of which the first is below the value and the second is not, by linear
        interpolation.

    Raises
    ------
    ValueError
        If a path has no such shape or coordinate.

    Notes
    -----
    Source: H. Poincaré, Les méthodes nouvelles de la mécanique céleste 3, 1899, chapter 27. A limit
    cycle is one point, a torus a closed curve, chaos neither.

    Examples
    --------
    A circle goes through its right end once in a turn, here of 8 steps:

    >>> import numpy as np
    >>> turns = np.arange(32) / 8 + 0.05
    >>> circle = np.stack([np.cos(2 * np.pi * turns), np.sin(2 * np.pi * turns)], axis=1)
    >>> section(circle, 1).periods.round(6).tolist()
    [8.0, 8.0]
    """
    points = np.asarray(path, np.float64)
    if points.ndim != 2:
        raise ValueError(f"path must have shape (times, coordinates), not {points.shape}")
    if not 0 <= across < points.shape[1]:
        raise ValueError(f"across must be 0..{points.shape[1] - 1}, not {across}")
    height = points[:, across] - value
    at = np.flatnonzero((height[:-1] < 0.0) & (height[1:] >= 0.0))
    part = height[at] / (height[at] - height[at + 1])
    found = points[at] + (points[at + 1] - points[at]) * part[:, np.newaxis]
    found[:, across] = value
    return Section(at + part, found)

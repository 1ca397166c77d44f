"""The places of a design, each known before anything is run: by their numbers alone."""

import math
import warnings
from collections.abc import Sequence

import numpy as np

from ..reference.arrays import Array
from ..reference.random import white_noise

DESIGNS = ("grid", "random", "sobol")
BITS = 32  # of a coordinate of Sobol's sequence


def grid(steps: Sequence[int], begin: int, end: int) -> Array:
    """Return points of a grid, the last axis running fastest, ``(end - begin, axes)``.

    Parameters
    ----------
    steps : sequence of int
        Values of each axis.
    begin, end : int
        Numbers of the first point, and of the one after the last.

    Examples
    --------
    >>> grid([2, 3], 0, 6).tolist()
    [[0.0, 0.0], [0.0, 0.5], [0.0, 1.0], [1.0, 0.0], [1.0, 0.5], [1.0, 1.0]]
    """
    number = np.arange(begin, end, dtype=np.int64)
    places = np.zeros((end - begin, len(steps)))
    for k in reversed(range(len(steps))):
        number, step = np.divmod(number, steps[k])
        places[:, k] = step / max(steps[k] - 1, 1)
    return places


def random(axes: int, seed: int, begin: int, end: int) -> Array:
    """Return random points in 0..1, ``(end - begin, axes)``, of the models' own SplitMix64.

    Examples
    --------
    >>> bool((random(2, 1, 3, 5) == random(2, 1, 0, 5)[3:]).all())
    True
    """
    noise = white_noise((end - begin) * axes, seed, begin * axes)
    return (0.5 * (noise + 1.0)).reshape(end - begin, axes)


def sobol(axes: int, seed: int, begin: int, end: int) -> Array:
    """Return points of Sobol's sequence in 0..1, ``(end - begin, axes)``.

    Each axis is shifted by the bits of a random number (a digital shift), which keeps what makes
    the sequence even: the first 2^k points fill 2^k equal boxes, one each.

    Notes
    -----
    Source: S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional
    projections", SIAM J. Sci. Comput. 30, 2008, by `scipy.stats.qmc.Sobol`. Its own scrambling is
    not used: what it draws may be other numbers in another version of NumPy.

    Examples
    --------
    >>> sorted((4 * sobol(1, 1, 0, 4)).astype(int).ravel().tolist())
    [0, 1, 2, 3]
    """
    from scipy.stats import qmc  # here, because it takes half a second to import

    sequence = qmc.Sobol(axes, scramble=False, bits=BITS)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The balance properties")  # of any other number than 2^k
        points = sequence.fast_forward(begin).random(end - begin) if begin else sequence.random(end)
    whole = np.ldexp(points, BITS).astype(np.uint64)
    shift = np.floor(np.ldexp(0.5 * (white_noise(axes, seed) + 1.0), BITS)).astype(np.uint64)
    shifted: Array = np.ldexp((whole ^ shift).astype(np.float64), -BITS)
    return shifted


def count(steps: Sequence[int]) -> int:
    """Return the points of a grid.

    Examples
    --------
    >>> count([2, 3]), count([])
    (6, 1)
    """
    return math.prod(steps)

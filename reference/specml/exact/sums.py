"""Sums whose order is fixed."""

import numpy as np
from numpy.typing import ArrayLike

from ..reference.arrays import Array


def total(x: ArrayLike, axis: int = -1) -> Array:
    """Return the sum along an axis: the second half is added to the first until one is left.

    Parameters
    ----------
    x : array_like
        Of n terms along `axis`.
    axis : int
        Which.

    Returns
    -------
    ndarray
        Without `axis`. Of no terms it is 0. Its error is at most log2(n) roundings of the sum of
        the magnitudes.

    Examples
    --------
    >>> float(total([1.0, 2.0, 3.0]))
    6.0
    >>> total([[1.0, 2.0], [3.0, 4.0]], axis=0).tolist()
    [4.0, 6.0]
    """
    terms = np.moveaxis(np.asarray(x, np.float64), axis, 0)
    if not len(terms):
        return np.zeros(terms.shape[1:])
    while len(terms) > 1:
        half = (len(terms) + 1) // 2
        added = terms[:half].copy()
        added[: len(terms) - half] += terms[half:]
        terms = added
    return np.array(terms[0])


def mean(x: ArrayLike, axis: int = -1) -> Array:
    """Return the mean along an axis, its sum as in `total`.

    Parameters
    ----------
    x : array_like
        Of n terms along `axis`.
    axis : int
        Which.

    Returns
    -------
    ndarray
        Without `axis`. Of no terms it is nan.

    Examples
    --------
    >>> float(mean([1.0, 2.0, 6.0]))
    3.0
    """
    terms = np.asarray(x, np.float64)
    count = terms.shape[axis]
    return total(terms, axis) / count if count else np.full_like(total(terms, axis), np.nan)

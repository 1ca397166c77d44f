"""Levels, of a whole recording and over its time."""

import numpy as np
from numpy.typing import ArrayLike

from ..exact import log10, mean
from ..reference.arrays import Array


def decibels(power: ArrayLike) -> Array:
    """Return 10 log10 of a power; of 0 it is -inf.

    Parameters
    ----------
    power : array_like
        At least 0.

    Returns
    -------
    ndarray
        Of its shape, in dB.

    Examples
    --------
    >>> decibels([1.0, 0.01, 0.0]).tolist()
    [0.0, -20.0, -inf]
    """
    return 10.0 * log10(power)


def deviations(samples: ArrayLike) -> Array:
    """Return what deviates from the mean along the last axis.

    Parameters
    ----------
    samples : array_like, (..., n)
        A sound.

    Returns
    -------
    ndarray, (..., n)
        The same without its constant part.

    Examples
    --------
    >>> deviations([1.0, 2.0, 3.0]).tolist()
    [-1.0, 0.0, 1.0]
    """
    x = np.asarray(samples, np.float64)
    return x - mean(x)[..., np.newaxis]


def mean_squares(samples: ArrayLike, samplerate: float, seconds: float) -> Array:
    """Return the power of successive stretches: the mean square of what deviates from the mean.

    Parameters
    ----------
    samples : array_like, (channels, n) or (n,)
        A sound.
    samplerate : float
        In Hz.
    seconds : float
        Length of a stretch, rounded to samples, 2 at least. What is left over is left out.

    Returns
    -------
    ndarray, (stretches,)
        The mean over the channels.

    Examples
    --------
    >>> mean_squares([1.0, -1.0, 2.0, -2.0, 5.0, 5.0], 2.0, 1.0).tolist()
    [1.0, 4.0, 0.0]
    """
    x = np.atleast_2d(np.asarray(samples, np.float64))
    size = max(2, round(seconds * samplerate))
    count = x.shape[-1] // size
    pieces = deviations(x[:, : count * size].reshape(len(x), count, size))
    return mean(mean(pieces * pieces), axis=0)


def levels(samples: ArrayLike, samplerate: float, seconds: float) -> Array:
    """Return the level of successive stretches.

    Parameters
    ----------
    samples : array_like, (channels, n) or (n,)
        A sound.
    samplerate : float
        In Hz.
    seconds : float
        As for `mean_squares`.

    Returns
    -------
    ndarray, (stretches,)
        In dB of 1, -inf of silence.

    Examples
    --------
    >>> levels([1.0, -1.0, 0.1, -0.1], 2.0, 1.0).round(6).tolist()
    [0.0, -20.0]
    """
    return decibels(mean_squares(samples, samplerate, seconds))

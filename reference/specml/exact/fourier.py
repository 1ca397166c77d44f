"""Spectra of real frames."""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from ..reference.arrays import Array
from ..reference.elementary import cosine, cosine_derivative, dip

_TWO_OVER_PI = float.fromhex("0x1.45f306dc9c883p-1")


def hann(n: int) -> Array:
    """Return a periodic Hann window, sin^2(pi k / n).

    Parameters
    ----------
    n : int
        How many samples.

    Returns
    -------
    ndarray, (n,)
        0..1. Shifted copies at distances of n / 2 add up to 1.

    Examples
    --------
    >>> hann(4).tolist()
    [0.0, 0.5, 1.0, 0.5]
    """
    return dip(np.arange(n) * 2.0 / n)


def fft(frames: ArrayLike) -> tuple[Array, Array]:
    """Return the discrete Fourier transform of real frames, up to half the sample rate.

    Parameters
    ----------
    frames : array_like, (..., n)
        n is a power of 2, at least 2.

    Returns
    -------
    re, im : ndarray, (..., n / 2 + 1)
        What `scipy.fft.rfft` returns as complex numbers.

    Raises
    ------
    ValueError
        If n is no such power.

    Notes
    -----
    Even and odd samples are transformed as one complex sequence, by radix 2 in the order of
    Stockham, and taken apart. Source: C. Van Loan, Computational Frameworks for the Fast Fourier
    Transform, 1992, 1.7 and 4.3.

    Examples
    --------
    >>> re, im = fft([1.0, 0.0, -1.0, 0.0])
    >>> re.tolist(), im.tolist()
    ([0.0, 2.0, 0.0], [0.0, 0.0, 0.0])
    """
    x = np.asarray(frames, np.float64)
    n = x.shape[-1] if x.ndim else 0
    if n < 2 or n & (n - 1):
        raise ValueError(f"frames must have a power of 2 samples, 2.., not {n}")
    rows = x.reshape(-1, n).T  # (n, frames): what runs fastest is long
    re, im = _taken_apart(*_complex(rows[0::2], rows[1::2]))
    shape = (*x.shape[:-1], n // 2 + 1)
    return re.T.reshape(shape), im.T.reshape(shape)


def _complex(re: Array, im: Array) -> tuple[Array, Array]:
    """Return the transform of complex columns, (n, frames)."""
    n, frames = re.shape
    re, im = (np.ascontiguousarray(part)[:, np.newaxis, :] for part in (re, im))
    while len(re) > 1:
        half = len(re) // 2
        turn = _turns(2 * half)
        c, s = (part[:half, np.newaxis, np.newaxis] for part in turn)
        both = (half, 2, *re.shape[1:])
        next_re, next_im = np.empty(both), np.empty(both)
        next_re[:, 0], next_im[:, 0] = re[:half] + re[half:], im[:half] + im[half:]
        a, b = re[:half] - re[half:], im[:half] - im[half:]
        next_re[:, 1], next_im[:, 1] = a * c + b * s, b * c - a * s
        re, im = (part.reshape(half, -1, frames) for part in (next_re, next_im))
    return re.reshape(n, frames), im.reshape(n, frames)


def _taken_apart(re: Array, im: Array) -> tuple[Array, Array]:
    """Return the spectrum of real columns from that of their even samples + i their odd ones."""
    n = len(re)
    there, back = np.arange(n + 1) % n, -np.arange(n + 1) % n
    even_re, even_im = 0.5 * (re[there] + re[back]), 0.5 * (im[there] - im[back])
    odd_re, odd_im = 0.5 * (im[there] + im[back]), 0.5 * (re[back] - re[there])
    c, s = (part[: n + 1, np.newaxis] for part in _turns(2 * n))
    return even_re + (odd_re * c + odd_im * s), even_im + (odd_im * c - odd_re * s)


@cache
def _turns(n: int) -> tuple[Array, Array]:
    """Return the cosine and the sine of 2 pi k / n for k = 0..n / 2."""
    halves = np.arange(n // 2 + 1) * 2.0 / n  # half turns
    c, s = 2.0 * cosine(halves) - 1.0, cosine_derivative(halves) * -_TWO_OVER_PI
    for part in (c, s):
        part.flags.writeable = False
    return c, s

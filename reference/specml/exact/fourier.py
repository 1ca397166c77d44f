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


def ifft(re: ArrayLike, im: ArrayLike) -> Array:
    """Return the real frames of which `fft` returns `re` and `im`.

    Parameters
    ----------
    re, im : array_like, (..., n / 2 + 1)
        n is a power of 2, at least 2. The first and the last of `im` are taken for 0.

    Returns
    -------
    ndarray, (..., n)
        What `scipy.fft.irfft` returns.

    Raises
    ------
    ValueError
        If n is no such power, or the shapes differ.

    Examples
    --------
    >>> ifft([0.0, 2.0, 0.0], [0.0, 0.0, 0.0]).tolist()
    [1.0, 0.0, -1.0, 0.0]
    """
    re, im = np.asarray(re, np.float64), np.asarray(im, np.float64)
    half = re.shape[-1] - 1 if re.ndim else 0
    if re.shape != im.shape or half < 1 or half & (half - 1):
        raise ValueError(
            f"re and im must have 2^k + 1 bins each, 2.., not {re.shape} and {im.shape}"
        )
    rows_re, rows_im = (part.reshape(-1, half + 1).T.copy() for part in (re, im))
    rows_im[[0, -1]] = 0.0
    odd, even = _complex(*_put_together(rows_re, rows_im))
    frames = np.stack([even, odd], axis=1).reshape(2 * half, -1) / half
    return frames.T.reshape(*re.shape[:-1], 2 * half)


def _put_together(re: Array, im: Array) -> tuple[Array, Array]:
    """Return what `_taken_apart` was given, the imaginary part first: so it goes back."""
    n = len(re) - 1
    re, im, back_re, back_im = re[:n], im[:n], re[:0:-1], im[:0:-1]
    even_re, even_im = 0.5 * (re + back_re), 0.5 * (im - back_im)
    a, b = 0.5 * (re - back_re), 0.5 * (im + back_im)
    c, s = (part[:n, np.newaxis] for part in _turns(2 * n))
    odd_re, odd_im = a * c - b * s, b * c + a * s
    return even_im + odd_re, even_re - odd_im


def _complex(re: Array, im: Array) -> tuple[Array, Array]:
    """Return the transform of complex columns, (n, frames)."""
    n, frames = re.shape
    now, after = np.empty((2, 2, n, frames))
    now[0], now[1] = re, im
    a, b, product = np.empty((3, n // 2 * frames))  # once: memory costs more than arithmetic
    left = n
    while left > 1:
        half = left // 2
        (re0, re1), (im0, im1) = now.reshape(2, 2, half, -1)
        sums, turned = after.reshape(2, half, 2, -1).transpose(2, 0, 1, 3)
        np.add(re0, re1, out=sums[0])
        np.add(im0, im1, out=sums[1])
        c, s = (part[:half, np.newaxis] for part in _turns(left))
        a, b, product = (part.reshape(re0.shape) for part in (a, b, product))
        np.subtract(re0, re1, out=a)
        np.subtract(im0, im1, out=b)
        np.multiply(a, c, out=turned[0])
        turned[0] += np.multiply(b, s, out=product)
        np.multiply(b, c, out=turned[1])
        turned[1] -= np.multiply(a, s, out=product)
        now, after, left = after, now, half
    return now[0].reshape(n, frames), now[1].reshape(n, frames)


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

"""Power spectra over time.

Source: P. D. Welch, "The use of fast Fourier transform for the estimation of power spectra", IEEE
Trans. Audio Electroacoustics 15, 1967.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from ..exact import fft, hann, mean, total
from ..reference.arrays import Array

TOGETHER = 2**18  # samples whose spectra are computed at a time: what fits into a cache


@dataclass(frozen=True, eq=False)
class Spectra:
    """Power over time and frequency.

    Attributes
    ----------
    frequencies : ndarray, (bins,)
        In Hz.
    power : ndarray, (frames, bins)
        Of a frame the sum is its mean square, seen through the window.
    hop : float
        Seconds from one frame to the next.

    Examples
    --------
    >>> import numpy as np
    >>> found = spectra(np.zeros(8192), 48000.0, 0.04)
    >>> found.power.shape, round(found.hop, 3)
    ((7, 1025), 0.021)
    """

    frequencies: Array
    power: Array
    hop: float


def spectra(samples: ArrayLike, samplerate: float, seconds: float) -> Spectra:
    """Return the power spectra of frames that overlap by half.

    Parameters
    ----------
    samples : array_like, (channels, n) or (n,)
        A sound.
    samplerate : float
        In Hz.
    seconds : float
        Length of a frame, which is the nearest power of 2 samples, 16 at least; of a shorter sound
        the largest power that there is.

    Returns
    -------
    Spectra
        Of Hann windows; the mean over the channels. Of less than 16 samples there is no frame.

    Examples
    --------
    >>> import numpy as np
    >>> tone = spectra(np.tile([0.0, 1.0, 0.0, -1.0], 64), 1000.0, 0.256)
    >>> float(tone.frequencies[tone.power[0].argmax()]), tone.power.sum(axis=1).round(6).tolist()
    (250.0, [0.5])
    """
    x = np.atleast_2d(np.asarray(samples, np.float64))
    size = max(16, nearest_power_of_2(seconds * samplerate))
    while size > max(16, x.shape[-1]):
        size //= 2
    frequencies: Array = np.arange(size // 2 + 1) * np.float64(samplerate / size)
    hop = size // 2 / samplerate
    if x.shape[-1] < size:
        return Spectra(frequencies, np.empty((0, len(frequencies))), hop)
    frames = sliding_window_view(x, size, axis=-1)[:, :: size // 2]
    window = hann(size)
    weight = np.full(len(frequencies), 2.0)  # of what stands for itself and its conjugate
    weight[[0, -1]] = 1.0
    weight = weight / (size * total(window * window))
    at_once = max(1, TOGETHER // size)
    found = []
    for begin in range(0, frames.shape[1], at_once):
        re, im = fft(frames[:, begin : begin + at_once] * window)
        found.append(mean((re * re + im * im) * weight, axis=0))
    return Spectra(frequencies, np.concatenate(found), hop)


def nearest_power_of_2(x: float) -> int:
    """Return the power of 2 that is nearest to x >= 1 on a scale of octaves.

    Parameters
    ----------
    x : float
        A number.

    Returns
    -------
    int
        1, 2, 4 ..

    Examples
    --------
    >>> nearest_power_of_2(1920.0), nearest_power_of_2(1400.0)
    (2048, 1024)
    """
    mantissa, exponent = math.frexp(max(1.0, x))
    return 1 << (exponent - (mantissa * mantissa < 0.5))

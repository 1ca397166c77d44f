"""The signals that the examples listen to, and the filters that their recordings pass through.

Oscillators and noise are made of the project's own arithmetic, so their bits are the same on every
machine. The filters are scipy's.
"""

import numpy as np
from scipy.signal import butter, lfilter

from .reference.elementary import cosine
from .reference.random import white_noise


def times(start: int, n: int) -> np.ndarray:
    """Return sample numbers ``start .. start + n - 1`` as floats."""
    return np.arange(start, start + n, dtype=np.float64)


def sine(phase: np.ndarray) -> np.ndarray:
    """Return sin(2 pi phase); `phase` in cycles."""
    return 2.0 * cosine(2.0 * phase - 0.5) - 1.0


def saw(phase: np.ndarray) -> np.ndarray:
    """Return a sawtooth that rises from -1 to 1 and passes 0 at phase 0, not band-limited."""
    return 2.0 * (phase + 0.5 - np.floor(phase + 0.5)) - 1.0


def pulse(phase: np.ndarray, frequency: float, samplerate: float) -> np.ndarray:
    """Return a square wave of the harmonics below half the sample rate, within about ±1.1."""
    harmonics = range(1, int(np.ceil(samplerate / 2.0 / frequency)), 2)
    wave = np.zeros_like(phase)
    for k in harmonics:
        wave = wave + sine(k * phase) / k
    return wave * (4.0 / np.pi)


def modulated_phase(
    t: np.ndarray, low: float, high: float, rate: float, samplerate: float
) -> np.ndarray:
    """Return the phase of an oscillator that a sine at `rate` Hz moves over low..high Hz.

    In cycles; the integral of the frequency, so that any stretch of time can be asked for.
    """
    middle, depth = 0.5 * (low + high), 0.5 * (high - low)
    turned = 0.5 - (cosine(2.0 * rate / samplerate * t) - 0.5)  # (1 - cos(2 pi rate t)) / 2
    return middle / samplerate * t + depth / (np.pi * rate) * turned


def midi(note: float) -> float:
    """Return the frequency of a MIDI note, in Hz."""
    return 440.0 * 2.0 ** ((note - 69.0) / 12.0)


def decay(n: int, rate: float, samplerate: float) -> np.ndarray:
    """Return `n` samples of a decay from 1 by `rate` nepers a second."""
    return np.cumprod(np.full(n, 1.0 - rate / samplerate))


def strikes(n: int, seed: int, samplerate: float) -> np.ndarray:
    """Return `n` samples of drums, two or three a second: decaying modes, a noisy attack."""
    sound = np.zeros(n)
    start, strike = int(0.1 * samplerate), 0
    while start < n:
        gap, pitch, level, damping = 0.5 * (white_noise(4, seed + strike) + 1.0)
        length = min(int(0.6 * samplerate), n - start)
        t = times(0, length) / samplerate
        base, damping = 70.0 + 500.0 * pitch * pitch, 6.0 + 24.0 * damping
        body = np.zeros(length)
        for mode, ratio in enumerate((1.0, 1.59, 2.14, 2.65), start=1):  # of a round membrane
            body += sine(base * ratio * t) * decay(length, damping * mode, samplerate) / mode
        attack = white_noise(length, seed + 1000 + strike) * decay(length, 300.0, samplerate)
        sound[start : start + length] += (0.3 + 0.5 * level) * (0.6 * body + 0.4 * attack)
        start, strike = start + int((0.15 + 0.5 * gap) * samplerate), strike + 1
    return sound


class Filter:
    """A filter that goes on where the last block ended.

    Parameters
    ----------
    numerator, denominator : array_like
        Of the transfer function in z^-1.
    """

    def __init__(self, numerator, denominator) -> None:
        self._coefficients = np.asarray(numerator), np.asarray(denominator)
        self._state = np.zeros(len(denominator) - 1)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """Return the filtered block ``(n,)``."""
        y, self._state = lfilter(*self._coefficients, x, zi=self._state)
        return y


def highpass(frequency: float, samplerate: float) -> Filter:
    """Return a second-order Butterworth high-pass."""
    return Filter(*butter(2, frequency, "highpass", fs=samplerate))


def lowpass(frequency: float, samplerate: float) -> Filter:
    """Return a second-order Butterworth low-pass."""
    return Filter(*butter(2, frequency, "lowpass", fs=samplerate))


def leak_dc() -> Filter:
    """Return the DC blocker y = x - x1 + 0.995 y1."""
    return Filter((1.0, -1.0), (1.0, -0.995))

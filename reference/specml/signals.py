"""The signals that the examples listen to, and the filters that their recordings pass through.

All are made of the project's own arithmetic, so that their bits are the same on every machine: only
``+ - * /``, square roots, comparisons, the elementary functions, each in one order. A library's
sines, powers, sums and filters have other bits on another processor or in another version.
"""

import math
from collections.abc import Iterator
from itertools import accumulate, count

import numpy as np

from .reference.arrays import Array
from .reference.elementary import cosine, cosine_derivative
from .reference.finite import STATE_MIN, state
from .reference.random import white_noise

_SEMITONES = tuple(
    float.fromhex(ratio)
    for ratio in (
        "0x1.0000000000000p+0",
        "0x1.0f38f92d97963p+0",
        "0x1.1f59ac3c7d6c0p+0",
        "0x1.306fe0a31b715p+0",
        "0x1.428a2f98d728bp+0",
        "0x1.55b8108f0ec5ep+0",
        "0x1.6a09e667f3bcdp+0",
        "0x1.7f910d768cfb0p+0",
        "0x1.965fea53d6e3dp+0",
        "0x1.ae89f995ad3adp+0",
        "0x1.c823e074ec129p+0",
        "0x1.e3437e7101344p+0",
    )
)  # 2^(k/12), rounded once


def times(start: int, n: int) -> Array:
    """Return sample numbers ``start .. start + n - 1`` as floats."""
    return np.arange(start, start + n, dtype=np.float64)


def sine(phase: Array) -> Array:
    """Return sin(2 pi phase); `phase` in cycles."""
    return 2.0 * cosine(2.0 * phase - 0.5) - 1.0


def saw(phase: Array) -> Array:
    """Return a sawtooth that rises from -1 to 1 and passes 0 at phase 0, not band-limited."""
    return 2.0 * (phase + 0.5 - np.floor(phase + 0.5)) - 1.0


def pulse(phase: Array, frequency: float, samplerate: float) -> Array:
    """Return a square wave of the harmonics below half the sample rate, within about ±1.1."""
    harmonics = range(1, int(np.ceil(samplerate / 2.0 / frequency)), 2)
    wave = np.zeros_like(phase)
    for k in harmonics:
        wave = wave + sine(k * phase) / k
    return wave * (4.0 / np.pi)


def modulated_phase(t: Array, low: float, high: float, rate: float, samplerate: float) -> Array:
    """Return the phase of an oscillator that a sine at `rate` Hz moves over low..high Hz.

    In cycles; the integral of the frequency, so that any stretch of time can be asked for.
    """
    middle, depth = 0.5 * (low + high), 0.5 * (high - low)
    turned = 0.5 - (cosine(2.0 * rate / samplerate * t) - 0.5)  # (1 - cos(2 pi rate t)) / 2
    return middle / samplerate * t + depth / (np.pi * rate) * turned


def midi(note: int) -> float:
    """Return the frequency of a MIDI note, in Hz."""
    octave, step = divmod(note - 69, 12)
    return math.ldexp(440.0 * _SEMITONES[step], octave)


def decay(n: int, rate: float, samplerate: float) -> Array:
    """Return `n` samples of a decay from 1 by `rate` nepers a second."""
    return np.multiply.accumulate(np.full(n, 1.0 - rate / samplerate))  # in order, by definition


class Stream:
    """A signal that comes in stretches of any length, heard in stretches of others."""

    def __init__(self, stretches: Iterator[Array]) -> None:
        self._stretches = stretches
        self._left = np.zeros(0)

    def __call__(self, n: int) -> Array:
        """Return the next `n` samples."""
        parts = [self._left]
        missing = n - len(self._left)
        while missing > 0:
            parts.append(next(self._stretches))
            missing -= len(parts[-1])
        samples = np.concatenate(parts)
        self._left = samples[n:]
        return samples[:n]


def strikes(n: int, seed: int, samplerate: float) -> Array:
    """Return `n` samples of drums."""
    return Stream(drums(seed, samplerate))(n)


def drums(seed: int, samplerate: float) -> Iterator[Array]:
    """Yield drums for ever, two or three strikes a second: decaying modes, a noisy attack."""
    yield np.zeros(int(0.1 * samplerate))
    length = int(0.6 * samplerate)
    t = times(0, length) / samplerate
    sound = np.zeros(int(0.65 * samplerate) + 1)  # what still sounds, beyond the longest gap
    for strike in count():
        gap, pitch, level, damping = 0.5 * (white_noise(4, seed + strike) + 1.0)
        base, damping = 70.0 + 500.0 * pitch * pitch, 6.0 + 24.0 * damping
        body = np.zeros(length)
        for mode, ratio in enumerate((1.0, 1.59, 2.14, 2.65), start=1):  # of a round membrane
            body += sine(base * ratio * t) * decay(length, damping * mode, samplerate) / mode
        attack = white_noise(length, seed + 1000 + strike) * decay(length, 300.0, samplerate)
        sound[:length] += (0.3 + 0.5 * level) * (0.6 * body + 0.4 * attack)
        until = int((0.15 + 0.5 * gap) * samplerate)
        yield sound[:until]
        sound = np.concatenate([sound[until:], np.zeros(until)])


class SecondOrder:
    """A second-order filter that goes on where the last block ended.

    In direct form II transposed; its order of operations is what is written.

    Parameters
    ----------
    b : tuple of float
        Numerator in z^-1, three coefficients.
    a : tuple of float
        Denominator in z^-1, without its first, which is 1.
    """

    def __init__(self, b: tuple[float, float, float], a: tuple[float, float]) -> None:
        self._b, self._a = b, a
        self._s1 = self._s2 = 0.0

    def __call__(self, x: Array) -> Array:
        """Return the filtered block ``(n,)``; what is smaller than 2^-500 is 0."""
        x, (a1, a2), s1, s2 = state(x), self._a, self._s1, self._s2
        filtered = []
        # numbers of Python: each operation of theirs rounds once, and they take the fewest ns
        for x0, x1, x2 in zip(*((b * x).tolist() for b in self._b), strict=True):
            y = x0 + s1
            if -STATE_MIN < y < STATE_MIN:
                y = 0.0
            s1 = (x1 - a1 * y) + s2
            s2 = x2 - a2 * y
            filtered.append(y)
        self._s1, self._s2 = s1, s2
        return np.array(filtered, np.float64)


class FirstOrder:
    """The filter y = (x - x1) + 0.995 y1, which goes on where the last block ended."""

    def __init__(self) -> None:
        self._x1 = self._y1 = 0.0

    def __call__(self, x: Array) -> Array:
        """Return the filtered block ``(n,)``; what is smaller than 2^-500 is 0."""
        x = np.concatenate([[self._x1], state(x)])
        y = list(accumulate((x[1:] - x[:-1]).tolist(), _leak, initial=self._y1))
        self._x1, self._y1 = float(x[-1]), y[-1]
        return np.array(y[1:], np.float64)


def _leak(y1: float, step: float) -> float:
    y = step + 0.995 * y1
    return 0.0 if -STATE_MIN < y < STATE_MIN else y


def leak_dc() -> FirstOrder:
    """Return a DC blocker."""
    return FirstOrder()


def highpass(frequency: float, samplerate: float) -> SecondOrder:
    """Return a second-order Butterworth high-pass."""
    _, scale, a = _butterworth(frequency, samplerate)
    return SecondOrder((scale, -2.0 * scale, scale), a)


def lowpass(frequency: float, samplerate: float) -> SecondOrder:
    """Return a second-order Butterworth low-pass."""
    square, scale, a = _butterworth(frequency, samplerate)
    b = square * scale
    return SecondOrder((b, 2.0 * b, b), a)


def _butterworth(frequency: float, samplerate: float) -> tuple[float, float, tuple[float, float]]:
    """Return K^2, 1 / (1 + sqrt(2) K + K^2) and the denominator, where K = tan(pi f / fs)."""
    x = frequency / samplerate
    k = float(cosine_derivative(x) / cosine_derivative(x + 0.5))  # a sine over a cosine
    square, root = k * k, math.sqrt(2.0) * k
    scale = 1.0 / ((1.0 + root) + square)
    return square, scale, ((2.0 * (square - 1.0)) * scale, ((1.0 - root) + square) * scale)

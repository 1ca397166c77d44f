"""Measures of sound that stand for words. y: one channel ``(n,)`` at 48 kHz; levels in dB."""

from itertools import pairwise

import numpy as np
from scipy.signal import butter, lfilter, stft

RATE = 48000
THIRD_OCTAVES = 200.0 * 2.0 ** (np.arange(17) / 3.0)  # 200 Hz..8 kHz


def level(y):
    """RMS."""
    return 20 * np.log10(np.sqrt(np.mean(np.square(y, dtype=float))) + 1e-12)


def levels(y, seconds):
    """RMS of successive stretches."""
    n = int(seconds * RATE)
    pieces = y[: len(y) // n * n].reshape(-1, n).astype(float)
    return 20 * np.log10(np.sqrt(np.mean(pieces**2, axis=1)) + 1e-12)


def spectra(y, seconds):
    """Power spectra of successive Hann frames without overlap: frequencies, (frames, bins)."""
    n = int(seconds * RATE)
    pieces = y[: len(y) // n * n].reshape(-1, n) * np.hanning(n)
    return np.fft.rfftfreq(n, 1 / RATE), np.abs(np.fft.rfft(pieces)) ** 2 + 1e-30


def centroid(y, seconds):
    """Centre of the spectrum of successive stretches, in Hz."""
    f, power = spectra(y, seconds)
    return (power * f).sum(axis=1) / power.sum(axis=1)


def flatness(y):
    """Spectral flatness of half seconds, over 100 bands 100 Hz..20 kHz; white noise about -0.2."""
    f, power = spectra(y, 0.5)
    edges = np.linspace(100, 20000, 101)
    bands = np.stack([power[:, (f >= a) & (f < b)].mean(axis=1) for a, b in pairwise(edges)], 1)
    return 10 * (np.log10(bands).mean(axis=1) - np.log10(bands.mean(axis=1)))


def line_share(y, lines=5, width=30.0, seconds=0.5):
    """Share of power within ±width Hz of the strongest peaks, per stretch; white noise: 0.02."""
    f, power = spectra(y, seconds)
    half = round(width / f[1])
    share = np.zeros(len(power))
    for i, frame in enumerate(power):
        rest = frame.copy()
        for _ in range(lines):
            peak = int(rest.argmax())
            near = slice(max(0, peak - half), peak + half + 1)
            share[i] += rest[near].sum() / frame.sum()
            rest[near] = 0.0
    return share


def dominant(y, seconds):
    """Frequency of the strongest peak, per stretch."""
    f, power = spectra(y, seconds)
    return f[power.argmax(axis=1)]


def overlaps(y, seconds=5.0, band=60.0):
    """How alike spectra are, 1 if equal: of neighbouring stretches, and of first and last."""
    f, power = spectra(y, 0.5)
    frames, bins = round(seconds / 0.5), round(band / f[1])
    power = power[: len(power) // frames * frames].reshape(-1, frames, len(f)).mean(axis=1)
    bands = power[:, : len(f) // bins * bins].reshape(len(power), -1, bins).sum(axis=2)
    bands /= bands.sum(axis=1, keepdims=True)
    near = np.array([np.minimum(a, b).sum() for a, b in pairwise(bands)])
    return near, np.minimum(bands[0], bands[-1]).sum()


def band_levels(y, hop=0.04):
    """Levels of third octaves 200 Hz..8 kHz, (bands, frames)."""
    n = int(hop * RATE)
    f, _, frames = stft(y, RATE, nperseg=2 * n, noverlap=n, boundary=None, padded=False)
    power = np.abs(frames) ** 2
    bands = [power[(f >= a) & (f < b)].sum(axis=0) for a, b in pairwise(THIRD_OCTAVES)]
    return 10 * np.log10(np.stack(bands) + 1e-14)


def movement(bands):
    """How much each band's level moves in 80 ms."""
    return np.sqrt(np.mean(np.diff(bands[:, ::2], axis=1) ** 2, axis=1))


WHITE_MOVEMENT = movement(band_levels(np.random.default_rng(0).standard_normal(10 * RATE)))


def restless(y, seconds=5.0):
    """How much the five most moving third octaves move, per stretch; white noise 1, tones 0."""
    n = int(seconds * RATE)
    moved = []
    for piece in y[: len(y) // n * n].reshape(-1, n):
        bands = band_levels(piece)
        relative = movement(bands) / WHITE_MOVEMENT
        mean = bands.mean(axis=1)
        moved.append(np.sort(relative[mean > mean.max() - 40])[-5:].mean())
    return np.array(moved)


def prominence(x, frequency, near=40.0, seconds=4.0):
    """dB of a line above the median of its surroundings, for each neuron of x (neurons, n)."""
    lines = []
    for row in x:
        f, power = spectra(row.astype(float) - row.mean(dtype=float), seconds)
        power, away = power.mean(axis=0), np.abs(f - frequency)
        around = np.median(power[(away < near) & (away > 3)])
        lines.append(10 * np.log10(power[away < 0.8].max() / around))
    return np.array(lines)


def clearing(y):
    """Seconds until the strongest line stands out of the spectrum as it does at the end, for good.

    To within 10 dB of what it reaches over the last ten seconds.
    """
    _, power = spectra(y, 1.0)
    stands = 10 * np.log10(power.max(axis=1) / np.median(power, axis=1))
    short = np.flatnonzero(stands < np.median(stands[-10:]) - 10)
    return float(short[-1] + 1) if len(short) else 0.0


def high_levels(y):
    """Levels above 1 kHz in frames of 20 ms, a little smoothed, none below -90."""
    high = lfilter(*butter(3, 1000, "high", fs=RATE), y.astype(float))
    return np.convolve(np.maximum(levels(high, 0.02), -90.0), np.ones(3) / 3, "valid")


def spread(y):
    """How far these levels are spread: bubbles stand out of noise, or out of silence."""
    return high_levels(y).std()


def bubbles(y, step=6.0):
    """Swells of these levels a second: rises by `step` dB, each after a fall by as much."""
    count, rising, extreme = 0, True, np.inf
    for value in high_levels(y):
        extreme = min(extreme, value) if rising else max(extreme, value)
        if abs(value - extreme) > step:
            count += rising
            rising, extreme = not rising, value
    return count / (len(y) / RATE)


def click_levels(y):
    """Levels above 1 kHz in frames of 5 ms."""
    high = lfilter(*butter(3, 1000, "high", fs=RATE), y.astype(float) - float(y[0]))
    return levels(high, 0.005)


def onsets(frames, floor=-50.0, rise=10.0):
    """Times, in s, of frames of `click_levels` above floor that exceed the four before by rise."""
    padded = np.concatenate([np.full(4, -240.0), frames])
    before = np.max([padded[i : i + len(frames)] for i in range(4)], axis=0)
    return np.flatnonzero((frames > floor) & (frames > before + rise)) * 0.005


def kurtosis(y):
    """Fourth moment over the square of the second; 3 for white noise."""
    y = y - y.mean()
    return np.mean(y**4) / (np.mean(y**2) ** 2 + 1e-60)

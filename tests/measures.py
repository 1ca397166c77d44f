"""Measures of sound that stand for words. y: one channel ``(n,)`` at 48 kHz; levels in dB.

What specml.analysis measures is measured there.
"""

from itertools import pairwise

import numpy as np
from scipy.signal import butter, lfilter, stft

from specml import analysis
from specml.analysis import Recording, figures

RATE = 48000
FRAME, HOP = 0.35, 8192 / RATE  # of spectra, in seconds
THIRD_OCTAVES = 200.0 * 2.0 ** (np.arange(17) / 3.0)  # 200 Hz..8 kHz


def level(y):
    """RMS, without the constant part."""
    return analysis.level(Recording(y, RATE))


def levels(y, seconds):
    """RMS of successive stretches."""
    return analysis.levels(y, RATE, seconds)


def spectra(y, seconds):
    """Power spectra of successive Hann frames without overlap: frequencies, (frames, bins)."""
    n = int(seconds * RATE)
    pieces = y[: len(y) // n * n].reshape(-1, n) * np.hanning(n)
    return np.fft.rfftfreq(n, 1 / RATE), np.abs(np.fft.rfft(pieces)) ** 2 + 1e-30


def centroid(y, seconds):
    """Centre of the spectrum, frame by frame, in Hz."""
    power, moment = figures.centroids(analysis.spectra(y, RATE, seconds))
    return moment / power


def flatness(y):
    """Spectral flatness, frame by frame; white noise about -0.1."""
    arithmetic, geometric = figures.flatnesses(analysis.spectra(y, RATE, FRAME))
    return 10 * np.log10(geometric / arithmetic)


def line_share(y, lines=5, width=30.0, seconds=FRAME):
    """Share of power within ±width Hz of the strongest peaks, frame by frame; white noise: 0.02."""
    power, strongest = figures.line_powers(analysis.spectra(y, RATE, seconds), lines, width)
    return strongest / power


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
    """Levels above 1 kHz in frames of 43 ms, a little smoothed, none below -90."""
    return figures.high_levels(analysis.spectra(y, RATE, 0.04))


def spread(y):
    """How far these levels are spread: bubbles stand out of noise, or out of silence."""
    return high_levels(y).std()


def bubbles(y):
    """Swells of these levels a second."""
    return analysis.bubbles(Recording(y, RATE))


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
    return analysis.kurtosis(Recording(y, RATE))

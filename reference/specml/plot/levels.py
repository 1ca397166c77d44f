"""How loud a sound is, when, and at which frequency."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.signal import ShortTimeFFT, welch
from scipy.signal.windows import hann

from ..reference.arrays import Array

FINEST = 800, 400  # cells of a spectrogram, in time and in frequency
AT_A_TIME = 1024  # spectra, so that hours of sound need no more memory than seconds
SILENCE = 1e-15  # an amplitude that is no sound


class Levels(NamedTuple):
    """Levels in dB ``(bands, columns)``, and the edges of their cells in s and Hz."""

    times: Array
    frequencies: Array
    level: Array


def levels(
    row: NDArray[Any], samplerate: float, at: slice, window: int | None,
    frequency: tuple[float, float], log: bool,
) -> Levels:  # fmt: skip
    """Return a spectrogram of a stretch of one channel ``(n,)``: a sine of amplitude 1 has 0 dB.

    It hears what is before and after the stretch. A cell shows the loudest that is in it, so
    neither a line nor a click is lost between two.
    """
    first, last = at.start, at.stop
    window = fitting(last - first) if window is None else window
    if len(row) < window:
        row = np.pad(row, (0, window - len(row)))
    hop = max(1, min(window // 4, (last - first) // FINEST[0]))
    transform = ShortTimeFFT(
        hann(window, sym=False), hop, samplerate, fft_mode="onesided2X", scale_to="magnitude"
    )
    bands = _bands(window // 2 + 1, samplerate / window, frequency, log)
    begin, end = first // hop, -(-last // hop)
    together = -(-(end - begin) // FINEST[0])  # spectra in a column
    step = together * max(1, AT_A_TIME // together)
    parts = [_loudest(transform.stft(row, p, min(end, p + step)), bands, together)
             for p in range(begin, end, step)]  # fmt: skip
    level = 20.0 * np.log10(np.maximum(np.concatenate(parts, axis=1), SILENCE))
    edges = (begin + together * np.arange(level.shape[1] + 1) - 0.5) * hop
    edges[-1] = last
    times = np.clip(edges, first, last) / samplerate
    frequencies = (bands.astype(np.float64) - 0.5) * (samplerate / window)
    return Levels(times, frequencies, level)


def fitting(samples: int) -> int:
    """Return a window for so many samples: 4096, for fewer than four of these a shorter one."""
    return max(16, min(4096, 1 << max(0, (samples // 4).bit_length() - 1)))


def _loudest(spectra: NDArray[Any], bands: NDArray[np.intp], together: int) -> Array:
    """Return the greatest magnitude in each band of so many neighbours."""
    inside = np.abs(spectra[bands[0] : bands[-1]])
    magnitude = np.maximum.reduceat(inside, bands[:-1] - bands[0], axis=0)
    starts = np.arange(0, magnitude.shape[1], together)
    return np.asarray(np.maximum.reduceat(magnitude, starts, axis=1))


def _bands(bins: int, width: float, frequency: tuple[float, float], log: bool) -> NDArray[np.intp]:
    """Return the first bin of each band, and the end of the last, evenly spaced as the axis is."""
    low = int(np.clip(np.floor(frequency[0] / width), 1 if log else 0, bins - 2))
    high = int(np.clip(np.ceil(frequency[1] / width) + 1, low + 1, bins))
    spaced = np.geomspace if log else np.linspace
    return np.unique(spaced(low, high, FINEST[1] + 1).round().astype(np.intp))


def density(row: NDArray[Any], samplerate: float, window: int) -> tuple[Array, Array]:
    """Return frequencies above 0 Hz and the power density at each, in dB of 1/Hz; silence: -300."""
    frequencies, power = welch(row, samplerate, nperseg=min(window, len(row)), detrend=False)
    level = 10.0 * np.log10(np.maximum(power, SILENCE**2))
    return np.asarray(frequencies[1:], np.float64), level[1:]


def rms(row: NDArray[Any], samplerate: float, window: float) -> tuple[Array, Array]:
    """Return times in s and the RMS of the samples around each, in dB, NaN for silence."""
    n = max(1, min(len(row), round(window * samplerate)))
    pieces = row[: len(row) // n * n].reshape(-1, n).astype(np.float64)
    root = np.sqrt(np.mean(pieces * pieces, axis=1))
    times = np.arange(0.5, len(pieces)) * (n / samplerate)
    return times, np.asarray(20.0 * np.log10(np.where(root > SILENCE, root, np.nan)), np.float64)

"""What is read from spectra, frame by frame.

Source: G. Peeters, A large set of audio features for sound description, IRCAM, 2004.
"""

from itertools import pairwise

import numpy as np

from ..exact import exp, log, mean, total
from ..reference.arrays import Array
from .powers import decibels
from .spectrum import Spectra

LOWEST, HIGHEST = 100.0, 20000.0  # Hz, between which bands are compared
BANDS = 100
AUDIBLE = 20.0  # Hz: what is below is not heard, such as the drift of an Unlearn
SWELL = 6.0  # dB


def centroids(of: Spectra) -> tuple[Array, Array]:
    """Return each frame's power from 20 Hz on, and that times its centre in Hz.

    Parameters
    ----------
    of : Spectra
        Of a sound.

    Returns
    -------
    power, moment : ndarray, (frames,)
        The centre is their ratio.

    Examples
    --------
    >>> import numpy as np
    >>> from specml.analysis import spectra
    >>> power, moment = centroids(spectra(np.tile([0.0, 1.0, 0.0, -1.0], 64), 1000.0, 0.256))
    >>> (moment / power).round(3).tolist()
    [250.0]
    """
    first = int(np.searchsorted(of.frequencies, AUDIBLE))
    power = of.power[:, first:]
    return total(power), total(power * of.frequencies[first:])


def flatnesses(of: Spectra) -> tuple[Array, Array]:
    """Return the arithmetic and the geometric mean of each frame's power in equal bands.

    Parameters
    ----------
    of : Spectra
        Of a sound.

    Returns
    -------
    arithmetic, geometric : ndarray, (frames,)
        Of 100 bands from 100 Hz to 20 kHz, or to 0.45 times the sample rate if that is less. Their
        ratio is 1 if all bands are alike.

    Examples
    --------
    >>> import numpy as np
    >>> from specml.analysis import spectra
    >>> click = np.zeros(4096)
    >>> click[2048] = 1.0
    >>> arithmetic, geometric = flatnesses(spectra(click, 48000.0, 0.1))
    >>> (geometric / arithmetic).round(3).tolist()
    [1.0]
    """
    top = min(HIGHEST, 0.9 * float(of.frequencies[-1]))
    edges = LOWEST + np.arange(BANDS + 1) * ((top - LOWEST) / BANDS)
    cuts = np.searchsorted(of.frequencies, edges)
    bands = [mean(of.power[:, a:b]) for a, b in pairwise(cuts) if a < b]
    if not bands:
        return np.full(len(of.power), np.nan), np.full(len(of.power), np.nan)
    levels = np.stack(bands, axis=-1)
    return mean(levels), exp(mean(log(levels)))


def line_powers(of: Spectra, lines: int = 5, width: float = 30.0) -> tuple[Array, Array]:
    """Return each frame's power from 20 Hz on, and that within ± `width` of its strongest lines.

    Parameters
    ----------
    of : Spectra
        Of a sound.
    lines : int
        How many. Each is the highest bin of what the ones before have left.
    width : float
        In Hz.

    Returns
    -------
    power, lines : ndarray, (frames,)
        The share is their ratio.

    Examples
    --------
    >>> import numpy as np
    >>> from specml.analysis import spectra
    >>> tone = spectra(np.tile([0.0, 1.0, 0.0, -1.0], 64), 1000.0, 0.256)
    >>> power, line = line_powers(tone, 1)
    >>> (line / power).round(6).tolist()
    [1.0]
    """
    rows = np.arange(len(of.power))[:, np.newaxis]
    rest = np.where(of.frequencies < AUDIBLE, 0.0, of.power)
    whole = total(rest)
    half = round(width / float(of.frequencies[1]))
    near = np.arange(-half, half + 1)
    bins = rest.shape[1]
    found = np.zeros(len(rest))
    for _ in range(lines):
        at = rest.argmax(axis=1)[:, np.newaxis] + near
        inside = (at >= 0) & (at < bins)
        at = np.clip(at, 0, bins - 1)
        found = found + total(np.where(inside, rest[rows, at], 0.0))
        rest[rows, at] = 0.0
    return whole, found


def high_levels(of: Spectra, above: float = 1000.0, floor: float = -90.0) -> Array:
    """Return the level of each frame above a frequency.

    Parameters
    ----------
    of : Spectra
        Of a sound.
    above : float
        In Hz.
    floor : float
        In dB: what is softer counts as this.

    Returns
    -------
    ndarray, (frames - 2,)
        In dB, each the mean of three neighbours.

    Examples
    --------
    >>> import numpy as np
    >>> from specml.analysis import spectra
    >>> low = spectra(np.sin(2 * np.pi * 100 / 48000 * np.arange(48000)), 48000.0, 0.04)
    >>> bool(high_levels(low).max() < -80)
    True
    """
    power = total(of.power[:, of.frequencies >= above])
    frames = np.maximum(decibels(power), floor)
    return (frames[:-2] + frames[1:-1] + frames[2:]) / 3.0


def swells(frames: Array, step: float = SWELL) -> int:
    """Return how often a series rises by `step`, each time after a fall by as much.

    Parameters
    ----------
    frames : ndarray, (n,)
        A series, such as levels.
    step : float
        In its units.

    Returns
    -------
    int
        0 of a series that only falls.

    Examples
    --------
    >>> import numpy as np
    >>> swells(np.array([0.0, 9.0, 5.0, 8.0, 1.0, 9.0]), 6.0)
    2
    """
    count, rising, extreme = 0, True, float("inf")
    for value in frames.tolist():
        extreme = min(extreme, value) if rising else max(extreme, value)
        if abs(value - extreme) > step:
            count += rising
            rising, extreme = not rising, value
    return count

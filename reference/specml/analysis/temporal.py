"""Measures of how loud a sound is, and when. Their equations stand in docs/analysis.md."""

import numpy as np

from ..exact import mean
from ..reference.arrays import Array
from .powers import decibels, levels, mean_squares
from .recording import Recording

NAN = float("nan")
PAUSE, PAUSE_FLOOR = 1e-4, 1e-9  # power of a pause: -40 dB of the whole, or -90 dB
PAUSE_FRAME, DEATH_FRAME = 0.01, 0.05  # seconds
DEATH = -60.0  # dB


def level(recording: Recording) -> float:
    """Return the level in dB: the root of the mean square of what deviates from the mean.

    Parameters
    ----------
    recording : Recording
        A sound.

    Returns
    -------
    float
        In dB of 1, over all channels; -inf of silence, nan of no sample.

    Examples
    --------
    >>> level(Recording([0.1, -0.1, 0.1, -0.1], 48000))
    -20.0
    """
    return float(decibels(_power(recording)))


def kurtosis(recording: Recording) -> float:
    """Return the fourth moment over the square of the second.

    Parameters
    ----------
    recording : Recording
        A sound.

    Returns
    -------
    float
        Around each channel's mean: of a sine 1.5, of Gaussian noise 3, of clicks more. nan of
        silence.

    Examples
    --------
    >>> kurtosis(Recording([1.0, -1.0, 1.0, -1.0], 48000))
    1.0
    """
    squares = recording.deviations * recording.deviations
    second = float(mean(mean(squares), 0))
    return float(mean(mean(squares * squares), 0)) / (second * second) if second else NAN


def pauses(recording: Recording) -> float:
    """Return the share of time in which it pauses.

    Parameters
    ----------
    recording : Recording
        A sound.

    Returns
    -------
    float
        0..1: the share of stretches of 10 ms whose power is 40 dB below that of the whole, or below
        -90 dB. nan of less than one stretch.

    Examples
    --------
    >>> import numpy as np
    >>> half = np.concatenate([np.tile([0.5, -0.5], 12000), np.zeros(24000)])
    >>> pauses(Recording(half, 48000))
    0.5
    """
    power = mean_squares(recording.samples, recording.samplerate, PAUSE_FRAME)
    quiet = power < max(PAUSE * float(_power(recording)), PAUSE_FLOOR)
    return int(np.count_nonzero(quiet)) / len(quiet) if len(quiet) else NAN


def death(recording: Recording) -> float:
    """Return when it died: from when on it stays below -60 dB, until the end.

    Parameters
    ----------
    recording : Recording
        A sound.

    Returns
    -------
    float
        In s, a multiple of 50 ms: the end of the last stretch of 50 ms that is not below. 0 if none
        is; nan if it lives, or is shorter than that.

    Examples
    --------
    >>> import numpy as np
    >>> half = np.concatenate([np.tile([0.5, -0.5], 12000), np.zeros(24000)])
    >>> death(Recording(half, 48000))
    0.5
    """
    alive = levels(recording.samples, recording.samplerate, DEATH_FRAME) >= DEATH
    if not len(alive) or alive[-1]:
        return NAN
    last = np.flatnonzero(alive)
    size = max(2, round(DEATH_FRAME * recording.samplerate))
    return (int(last[-1]) + 1) * size / recording.samplerate if len(last) else 0.0


def _power(recording: Recording) -> Array:
    """Return the mean square of what deviates from the mean."""
    return mean(mean(recording.deviations * recording.deviations), 0)

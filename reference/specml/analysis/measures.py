"""All measures by their names, and those that need more than the sound."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import numpy as np

from . import twins
from .lags import correlations
from .recording import Recording
from .spectral import bubbles, centroid, flatness, lines
from .temporal import death, kurtosis, level, pauses

NAN = float("nan")
LAGS = 0.05  # seconds


def correlation(recording: Recording) -> float:
    """Return how much of what was heard is in the sound: the largest cross-correlation.

    Parameters
    ----------
    recording : Recording
        A sound, and what was heard.

    Returns
    -------
    float
        0..1: the largest magnitude of `correlations` within 50 ms, before or after, of any channel.
        nan without an input, or if it or the sound is silent.

    Examples
    --------
    >>> import numpy as np
    >>> heard = np.random.default_rng(1).standard_normal(4800)
    >>> late = np.concatenate([np.zeros(100), -0.3 * heard[:-100]])
    >>> round(correlation(Recording(late, 48000, heard)), 6)
    1.0
    """
    n = recording.samples.shape[1]
    if recording.input is None or n < 2 or not np.ptp(recording.input):
        return NAN
    lags = min(round(LAGS * recording.samplerate), n // 2)
    found = [correlations(recording.input, channel, lags) for channel in recording.samples
             if np.ptp(channel)]  # fmt: skip
    return float(np.max(np.abs(found))) if found else NAN


def lyapunov(recording: Recording) -> float:
    """Return the largest Lyapunov exponent of the model that sounds, as `exponent` does.

    Parameters
    ----------
    recording : Recording
        A sound, with a twin.

    Returns
    -------
    float
        In 1/s. nan without a twin.

    Examples
    --------
    >>> import numpy as np
    >>> lyapunov(Recording(np.zeros(100), 48000))
    nan
    """
    if recording.twin is None:
        return NAN
    n, samplerate = recording.samples.shape[1], recording.samplerate
    return twins.exponent(recording.twin.make, recording.twin.process, n, samplerate)


Measure = Callable[[Recording], float]
MEASURES: Mapping[str, Measure] = MappingProxyType({
    "level": level, "centroid": centroid, "flatness": flatness, "lines": lines,
    "kurtosis": kurtosis, "pauses": pauses, "bubbles": bubbles, "correlation": correlation,
    "lyapunov": lyapunov, "death": death,
})  # fmt: skip


def measured(recording: Recording, names: Iterable[str] = tuple(MEASURES)) -> dict[str, float]:
    """Return measures by their names.

    Parameters
    ----------
    recording : Recording
        A sound.
    names : iterable of str
        Which of `MEASURES`; without it all.

    Returns
    -------
    dict of str to float
        nan where a measure has no answer.

    Raises
    ------
    ValueError
        If there is no such measure.

    Examples
    --------
    >>> measured(Recording([1.0, -1.0], 48000), ["level", "kurtosis"])
    {'level': 0.0, 'kurtosis': 1.0}
    """
    names = list(names)
    for name in names:
        if name not in MEASURES:
            raise ValueError(f"there is no measure {name!r}, only {', '.join(MEASURES)}")
    return {name: MEASURES[name](recording) for name in names}

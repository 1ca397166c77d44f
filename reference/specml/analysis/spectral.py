"""Measures of the spectrum. Their equations stand in docs/analysis.md."""

from ..exact import total
from ..reference.arrays import Array
from .figures import centroids, flatnesses, high_levels, line_powers, swells
from .powers import decibels
from .recording import Recording

NAN = float("nan")


def centroid(recording: Recording) -> float:
    """Return the centre of the power spectrum.

    Parameters
    ----------
    recording : Recording
        A sound.

    Returns
    -------
    float
        In Hz; of white noise a quarter of the sample rate. Frames count by their power. nan of
        silence.

    Examples
    --------
    >>> import numpy as np
    >>> tone = np.tile([0.0, 0.5, 0.0, -0.5], 12000)
    >>> round(centroid(Recording(tone, 48000)), 3)
    12000.0
    """
    power, moment = centroids(recording.long_spectra)
    return _share(moment, power)


def flatness(recording: Recording) -> float:
    """Return the spectral flatness: the geometric mean of power in bands over the arithmetic one.

    Parameters
    ----------
    recording : Recording
        A sound.

    Returns
    -------
    float
        In dB: of white noise about -0.1, the lower the fewer bands have the power (-0.5 at 8 kHz,
        where bands are narrow). They are those of `flatnesses`; frames count by their power. nan of
        silence.

    Examples
    --------
    >>> import numpy as np
    >>> click = np.zeros(48000)
    >>> click[24000] = 1.0
    >>> abs(flatness(Recording(click, 48000))) < 1e-3
    True
    """
    arithmetic, geometric = flatnesses(recording.long_spectra)
    return float(decibels(_share(geometric, arithmetic)))


def lines(recording: Recording) -> float:
    """Return the share of power within ±30 Hz of the five strongest lines of each frame.

    Parameters
    ----------
    recording : Recording
        A sound.

    Returns
    -------
    float
        0..1: of a few sines 1, of white noise about 0.02. Frames count by their power. nan of
        silence.

    Examples
    --------
    >>> import numpy as np
    >>> tone = np.tile([0.0, 0.5, 0.0, -0.5], 12000)
    >>> round(lines(Recording(tone, 48000)), 6)
    1.0
    """
    power, strongest = line_powers(recording.long_spectra)
    return _share(strongest, power)


def bubbles(recording: Recording) -> float:
    """Return how often in a second the sound above 1 kHz swells.

    Parameters
    ----------
    recording : Recording
        A sound.

    Returns
    -------
    float
        In 1/s: rises of its level (`high_levels`) by 6 dB, each after a fall by as much; what is
        softer than -90 dB counts as that. nan of less than three frames.

    Examples
    --------
    >>> import numpy as np
    >>> t = np.arange(96000) / 48000
    >>> four_a_second = np.sin(2 * np.pi * 5000 * t) * np.sin(2 * np.pi * 2 * t)
    >>> bubbles(Recording(four_a_second, 48000)) in (3.5, 4.0)
    True
    """
    frames = high_levels(recording.short_spectra)
    return (
        swells(frames) / (recording.samples.shape[1] / recording.samplerate) if len(frames) else NAN
    )


def _share(part: Array, whole: Array) -> float:
    """Return the sum of a part over that of the whole, nan if there is none."""
    total_of_all = float(total(whole))
    return float(total(part)) / total_of_all if total_of_all > 0.0 else NAN

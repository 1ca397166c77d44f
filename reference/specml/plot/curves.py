"""Curves of sounds on axes: the samples themselves, and how an error falls."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from . import axes as shared
from .axes import WHOLE, Look, Span
from .levels import rms

FEW = 4000  # samples, which are drawn as they are; of more their envelope
COLUMNS = 1000  # of an envelope


def waveform(
    samples: ArrayLike | Sequence[ArrayLike],
    samplerate: float,
    ax: Axes | None = None,
    *,
    time: Span = WHOLE,
    names: Sequence[str] = (),
    legend: Axes | bool = True,
) -> Axes:
    """Draw the samples of each channel over time; of more than 4000 their envelope.

    Parameters
    ----------
    samples, samplerate, time
        As in `spectrogram`.
    ax : Axes, optional
        Without it those of a new figure.
    names : sequence of str
        Of the channels, for the legend beside the curves.
    legend : bool or Axes
        Whether there is one, or where.

    Returns
    -------
    Axes
        What was drawn on.

    Raises
    ------
    ValueError
        If there is no sample.

    Examples
    --------
    >>> import numpy as np
    >>> from specml import plot
    >>> axes = plot.waveform(np.zeros((2, 480)), 48000, names=("in", "out"))
    >>> [line.get_label() for line in axes.lines], axes.get_xlabel()
    (['in', 'out'], 'time [ms]')
    """
    rows, axis = shared.channels(samples), shared.single(ax)
    spans = [shared.stretch(len(row), samplerate, time) for row in rows]
    factor = shared.time_axis(axis, spans, samplerate)
    few = max(at.stop - at.start for at in spans) <= FEW
    for k, (row, at, name) in enumerate(
        zip(rows, spans, shared.named(names, len(rows)), strict=True)
    ):
        look = shared.look_of(k, len(rows)) | {"label": name}
        if few:
            t = np.arange(at.start, at.stop) / samplerate
            axis.plot(factor * t, row[at], **look)
        else:
            _envelope(axis, row, at, factor / samplerate, look)
    axis.set(ylabel="amplitude")
    shared.legend(axis, legend)
    return axis


def _envelope(axis: Axes, row: NDArray[Any], at: slice, factor: float, look: Look) -> None:
    """Draw the lowest and the highest of each so many samples."""
    starts = np.arange(0, at.stop - at.start, -(-(at.stop - at.start) // COLUMNS))
    low, high = (reduce.reduceat(row[at], starts) for reduce in (np.minimum, np.maximum))
    t = factor * np.append(at.start + starts, at.stop)
    axis.fill_between(t, np.append(low, low[-1]), np.append(high, high[-1]), step="post",
                      linewidth=0.2, color=look["color"], label=look["label"])  # fmt: skip


def error_curve(
    error: ArrayLike | Sequence[ArrayLike],
    samplerate: float,
    ax: Axes | None = None,
    *,
    window: float | None = None,
    time: Span = WHOLE,
    names: Sequence[str] = (),
    legend: Axes | bool = True,
) -> Axes:
    """Draw the RMS of an error over time, in dB: 0 dB is an RMS of 1.

    Parameters
    ----------
    error : array_like (channels, n) or (n,)
        What `process` returns beside the sound, or a difference of two sounds.
    window : float, optional
        Of which stretches the RMS is taken, in s; without it 0.02, of less than a second 50 of
        them. There is no point where it is 0.
    samplerate, ax, time, names, legend
        As in `waveform`.

    Returns
    -------
    Axes
        What was drawn on.

    Raises
    ------
    ValueError
        If there is no sample.

    Examples
    --------
    >>> import numpy as np
    >>> from specml import plot
    >>> axes = plot.error_curve(np.full(4800, 0.1), 48000, window=0.05)
    >>> axes.lines[0].get_ydata().round(6).tolist()
    [-20.0, -20.0]
    """
    rows, axis = shared.channels(error), shared.single(ax)
    spans = [shared.stretch(len(row), samplerate, time) for row in rows]
    factor = shared.time_axis(axis, spans, samplerate)
    if window is None:
        window = min(0.02, max(at.stop - at.start for at in spans) / (50.0 * samplerate))
    for k, (row, at, name) in enumerate(
        zip(rows, spans, shared.named(names, len(rows)), strict=True)
    ):
        times, level = rms(row[at], samplerate, window)
        shown = factor * (at.start / samplerate + times)
        axis.plot(shown, level, **shared.look_of(k, len(rows)), label=name)
    axis.set(ylabel="RMS error [dB]")
    shared.legend(axis, legend)
    return axis

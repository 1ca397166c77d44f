"""Sounds on axes: spectrogram, waveform, spectrum, and how an error falls."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullFormatter, StrMethodFormatter
from numpy.typing import ArrayLike, NDArray

from . import styles
from .levels import density, levels, rms

RANGE = 90.0  # dB shown
LOWEST = 20.0  # Hz
SHORT = 0.25  # seconds, which are counted in ms
FEW = 4000  # samples, which are drawn as they are; of more their envelope
COLUMNS = 1000  # of an envelope
DEEPEST = 120.0  # dB of a spectrum below its top
COLORMAP = "magma"  # perceptually uniform; in grey it rises from black to white

Span: TypeAlias = tuple[float | None, float | None]
Look: TypeAlias = dict[str, Any]
WHOLE: Span = (None, None)


def spectrogram(
    samples: ArrayLike | Sequence[ArrayLike],
    samplerate: float,
    ax: Axes | Sequence[Axes] | None = None,
    *,
    window: int | None = None,
    time: Span = WHOLE,
    frequency: tuple[float, float] | None = None,
    log: bool = True,
    loudest: float | None = None,
    span: float = RANGE,
    names: Sequence[str] = (),
    colorbar: Axes | bool = True,
    colormap: str = COLORMAP,
) -> list[Axes]:
    """Draw a spectrogram of each channel; all have one scale of levels.

    0 dB is a sine of amplitude 1, up to 1.4 dB less between two bins of the spectrum. A cell shows
    the loudest that is in it: noise reads a few dB higher where a cell holds several bins.

    Parameters
    ----------
    samples : array_like (channels, n) or (n,)
        Its sound, or a sequence of channels, which may differ in length.
    samplerate : float
        In Hz.
    ax : Axes or sequence of Axes, optional
        One for each channel; without it a figure of their own, one below the other.
    window : int, optional
        Samples of a Hann window; without it 4096, or fewer of a sound that is shorter than four of
        these.
    time : (float or None, float or None)
        From when to when, in s; None is the beginning, or the end.
    frequency : (float, float), optional
        From where to where, in Hz; without it from 20 Hz to half the sample rate.
    log : bool
        Whether the frequency axis is logarithmic.
    loudest : float, optional
        The upper end of the levels, in dB; without it the loudest that is shown.
    span : float
        How many dB there are below it.
    names : sequence of str
        Of the channels, which are said in a corner.
    colorbar : bool or Axes
        Whether there is one, or where.
    colormap : str
        One of Matplotlib's.

    Returns
    -------
    list of Axes
        One for each channel.

    Raises
    ------
    ValueError
        If there is no sample at these times, or the axes are not as many as the channels.

    Examples
    --------
    >>> import numpy as np
    >>> from specml import plot
    >>> t = np.arange(4800) / 48000
    >>> (axes,) = plot.spectrogram(0.5 * np.sin(2 * np.pi * 937.5 * t), 48000)
    >>> axes.get_ylabel(), round(axes.collections[0].get_clim()[1], 1)
    ('frequency [Hz]', -6.0)
    """
    rows = channels(samples)
    low, high = frequency or (LOWEST, samplerate / 2.0)
    spans = [stretch(len(row), samplerate, time) for row in rows]
    found = [levels(row, samplerate, at, window, (low, high), log)
             for row, at in zip(rows, spans, strict=True)]  # fmt: skip
    top = max(each.level.max() for each in found) if loudest is None else loudest
    axes = _axes(ax, len(rows))
    for axis, (times, frequencies, level) in zip(axes, found, strict=True):
        factor = time_axis(axis, spans, samplerate)
        picture = axis.pcolormesh(
            factor * times, frequencies, level, cmap=colormap, vmin=top - span, vmax=top,
            rasterized=True,
        )  # fmt: skip
        axis.set(ylabel="frequency [Hz]", yscale="log" if log else "linear")
        axis.set_ylim(max(low, frequencies[0]), high)
        if log:
            plain_frequencies(axis.yaxis, low, high)
    tag(axes, names)
    styles.bar(picture, axes, colorbar, "level [dB]")
    return axes


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
    rows, axis = channels(samples), styles.single(ax)
    spans = [stretch(len(row), samplerate, time) for row in rows]
    factor = time_axis(axis, spans, samplerate)
    few = max(at.stop - at.start for at in spans) <= FEW
    for k, (row, at, name) in enumerate(zip(rows, spans, named(names, len(rows)), strict=True)):
        look = look_of(k, len(rows)) | {"label": name}
        if few:
            t = np.arange(at.start, at.stop) / samplerate
            axis.plot(factor * t, row[at], **look)
        else:
            _envelope(axis, row, at, factor / samplerate, look)
    axis.set(ylabel="amplitude")
    say(axis, legend)
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
    rows, axis = channels(error), styles.single(ax)
    spans = [stretch(len(row), samplerate, time) for row in rows]
    factor = time_axis(axis, spans, samplerate)
    if window is None:
        window = min(0.02, max(at.stop - at.start for at in spans) / (50.0 * samplerate))
    for k, (row, at, name) in enumerate(zip(rows, spans, named(names, len(rows)), strict=True)):
        times, level = rms(row[at], samplerate, window)
        shown = factor * (at.start / samplerate + times)
        axis.plot(shown, level, **look_of(k, len(rows)), label=name)
    axis.set(ylabel="RMS error [dB]")
    say(axis, legend)
    return axis


def spectrum(
    samples: ArrayLike | Sequence[ArrayLike],
    samplerate: float,
    ax: Axes | None = None,
    *,
    window: int = 8192,
    time: Span = WHOLE,
    frequency: tuple[float, float] | None = None,
    names: Sequence[str] = (),
    legend: Axes | bool = True,
) -> Axes:
    """Draw the power density of each channel, by Welch's method: before and after, say.

    Parameters
    ----------
    samples, samplerate, time, frequency
        As in `spectrogram`.
    window : int
        Samples of a Hann window; neighbours overlap by half.
    ax, names, legend
        As in `waveform`.

    Returns
    -------
    Axes
        What was drawn on; 0 dB is a power of 1 in each Hz.

    Raises
    ------
    ValueError
        If there is no sample.

    Notes
    -----
    P. D. Welch, "The use of fast Fourier transform for the estimation of power spectra", IEEE
    Trans. Audio Electroacoust. 15, 1967.

    Examples
    --------
    >>> import numpy as np
    >>> from specml import plot
    >>> noise = np.random.default_rng(1).normal(size=48000)
    >>> axes = plot.spectrum([noise, 0.1 * noise], 48000, names=("before", "after"))
    >>> [line.get_ydata()[1:].mean().round().item() for line in axes.lines]
    [-44.0, -64.0]
    """
    rows, axis = channels(samples), styles.single(ax)
    low, high = frequency or (LOWEST, samplerate / 2.0)
    top = -np.inf
    for k, (row, name) in enumerate(zip(rows, named(names, len(rows)), strict=True)):
        at = stretch(len(row), samplerate, time)
        frequencies, level = density(row[at], samplerate, window)
        inside = (frequencies >= 0.9 * low) & (frequencies <= 1.1 * high) & (frequencies > 0.0)
        look = look_of(k, len(rows)) | {"linewidth": 0.6, "label": name}
        axis.plot(frequencies[inside], level[inside], **look)
        top = max(top, level[inside].max(initial=-np.inf))
    axis.set(xlabel="frequency [Hz]", ylabel="power density [dB/Hz]", xscale="log")
    axis.set_xlim(low, high)
    if axis.get_ylim()[0] < top - DEEPEST:
        axis.set_ylim(bottom=top - DEEPEST)
    plain_frequencies(axis.xaxis, low, high)
    say(axis, legend)
    return axis


def channels(samples: Any) -> list[NDArray[Any]]:
    """Return each channel ``(n,)``.

    Raises
    ------
    ValueError
        If there is none, or one of another shape, or without a sample.
    """
    rows = [np.asarray(row) for row in samples] if np.ndim(samples[0]) else [np.asarray(samples)]
    for row in rows:
        if row.ndim != 1 or not len(row):
            raise ValueError(f"a channel must have shape (n,), n >= 1, not {row.shape}")
    return rows


def _axes(ax: Axes | Sequence[Axes] | None, count: int) -> list[Axes]:
    """Return the axes of so many channels."""
    if ax is None:
        figure = styles.page(height=1.0 + 4.0 * count)
        return list(figure.subplots(count, 1, sharex=True, squeeze=False)[:, 0])
    axes = [ax] if isinstance(ax, Axes) else list(ax)
    if len(axes) != count:
        raise ValueError(f"there must be {count} axes, one for each channel, not {len(axes)}")
    return axes


def look_of(k: int, count: int) -> Look:
    """Return colour and line of curve k of so many; one alone is a dark line without gaps."""
    if count == 1:
        return {"color": styles.COLOURS[1], "linestyle": "-"}
    at = k % len(styles.COLOURS)
    return {"color": styles.COLOURS[at], "linestyle": styles.LINES[at]}


def named(names: Sequence[str], count: int) -> Sequence[str]:
    """Return a label for each of so many curves; what has none is in no legend."""
    return names or [f"_{k}" for k in range(count)]


def say(axis: Axes, legend: Axes | bool) -> None:
    """Draw a legend, if it is wanted."""
    if legend:
        styles.legend(axis, legend if isinstance(legend, Axes) else None)


def tag(axes: Sequence[Axes], names: Sequence[str]) -> None:
    """Say in a corner of each of several axes which it is."""
    for axis, name in zip(axes, names, strict=bool(names)) if len(axes) > 1 and names else ():
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        axis.annotate(name, (0.0, 1.0), xycoords="axes fraction", xytext=(3, -3),
                      textcoords="offset points", ha="left", va="top", bbox=box)  # fmt: skip


def stretch(samples: int, samplerate: float, time: Span) -> slice:
    """Return which samples are at these times.

    Raises
    ------
    ValueError
        If there are none.
    """
    begin, end = time
    first = 0 if begin is None else max(0, round(begin * samplerate))
    last = samples if end is None else min(samples, round(end * samplerate))
    if first >= last:
        raise ValueError(f"there is no sample within {said(time)} of {samples / samplerate:g} s")
    return slice(first, last)


def said(time: Span) -> str:
    """Return a span as it is typed."""
    return ":".join("" if part is None else f"{part:g}" for part in time)


def time_axis(axis: Axes, spans: Sequence[slice], samplerate: float) -> float:
    """Let an axis show all these samples; return in which part of a second it counts."""
    begin = min(at.start for at in spans) / samplerate
    end = max(at.stop for at in spans) / samplerate
    unit, factor = time_unit(end - begin)
    axis.set(xlabel=f"time [{unit}]", xlim=(factor * begin, factor * end))
    return factor


def time_unit(seconds: float) -> tuple[str, float]:
    """Return the unit of a time axis, and how many of them are a second."""
    return ("ms", 1000.0) if seconds <= SHORT else ("s", 1.0)


def plain_frequencies(axis: Any, low: float, high: float) -> None:
    """Write 100 and 1000 beside ticks, not powers; of a narrow range more of them."""
    wide = high > 30.0 * low
    axis.set_major_locator(LogLocator(10.0, (1.0,) if wide else (1.0, 2.0, 5.0)))
    axis.set_major_formatter(StrMethodFormatter("{x:g}"))
    axis.set_minor_formatter(NullFormatter())

"""Spectra of sounds on axes: over time, and before and after."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from . import axes as shared
from .axes import WHOLE, Frequencies, Span
from .levels import density, levels
from .styles import page

RANGE = 90.0  # dB shown
DEEPEST = 120.0  # dB of a spectrum below its top
COLORMAP = "magma"  # perceptually uniform; in grey it rises from black to white


def spectrogram(
    samples: ArrayLike | Sequence[ArrayLike],
    samplerate: float,
    ax: Axes | Sequence[Axes] | None = None,
    *,
    window: int | None = None,
    time: Span = WHOLE,
    frequency: Frequencies | None = None,
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
        If there is no sample at these times, the frequencies do not rise, or the axes are not as
        many as the channels.

    Examples
    --------
    >>> import numpy as np
    >>> from specml import plot
    >>> t = np.arange(4800) / 48000
    >>> (axes,) = plot.spectrogram(0.5 * np.sin(2 * np.pi * 937.5 * t), 48000)
    >>> axes.get_ylabel(), round(axes.collections[0].get_clim()[1], 1)
    ('frequency [Hz]', -6.0)
    """
    rows = shared.channels(samples)
    low, high = shared.limits(frequency, samplerate)
    spans = [shared.stretch(len(row), samplerate, time) for row in rows]
    found = [levels(row, samplerate, at, window, (low, high), log)
             for row, at in zip(rows, spans, strict=True)]  # fmt: skip
    top = max(each.level.max() for each in found) if loudest is None else loudest
    axes = _axes(ax, len(rows))
    for axis, (times, frequencies, level) in zip(axes, found, strict=True):
        factor = shared.time_axis(axis, spans, samplerate)
        picture = axis.pcolormesh(
            factor * times, frequencies, level, cmap=colormap, vmin=top - span, vmax=top,
            rasterized=True,
        )  # fmt: skip
        axis.set(ylabel="frequency [Hz]", yscale="log" if log else "linear")
        axis.set_ylim(max(low, frequencies[0]), high)
        if log:
            shared.plain_frequencies(axis.yaxis, low, high)
    shared.tag(axes, names)
    shared.bar(picture, axes, colorbar, "level [dB]")
    return axes


def _axes(ax: Axes | Sequence[Axes] | None, count: int) -> list[Axes]:
    """Return the axes of so many channels."""
    if ax is None:
        figure = page(height=1.0 + 4.0 * count)
        return list(figure.subplots(count, 1, sharex=True, squeeze=False)[:, 0])
    axes = [ax] if isinstance(ax, Axes) else list(ax)
    if len(axes) != count:
        raise ValueError(f"there must be {count} axes, one for each channel, not {len(axes)}")
    return axes


def spectrum(
    samples: ArrayLike | Sequence[ArrayLike],
    samplerate: float,
    ax: Axes | None = None,
    *,
    window: int = 8192,
    time: Span = WHOLE,
    frequency: Frequencies | None = None,
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
    rows, axis = shared.channels(samples), shared.single(ax)
    low, high = shared.limits(frequency, samplerate)
    top = -np.inf
    for k, (row, name) in enumerate(zip(rows, shared.named(names, len(rows)), strict=True)):
        at = shared.stretch(len(row), samplerate, time)
        frequencies, level = density(row[at], samplerate, window)
        inside = (frequencies >= 0.9 * low) & (frequencies <= 1.1 * high)
        look = shared.look_of(k, len(rows)) | {"linewidth": 0.6, "label": name}
        axis.plot(frequencies[inside], level[inside], **look)
        top = max(top, level[inside].max(initial=-np.inf))
    axis.set(xlabel="frequency [Hz]", ylabel="power density [dB/Hz]", xscale="log")
    axis.set_xlim(low or samplerate / window, high)
    if axis.get_ylim()[0] < top - DEEPEST:
        axis.set_ylim(bottom=top - DEEPEST)
    shared.plain_frequencies(axis.xaxis, low, high)
    shared.legend(axis, legend)
    return axis

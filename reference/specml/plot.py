"""Pictures of renderings: the waveform, and how its spectrum moves."""

from pathlib import Path
from typing import Any, TypeAlias

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure, SubFigure
from numpy.typing import NDArray
from scipy.signal import ShortTimeFFT
from scipy.signal.windows import hann

from .examples import Example

Sound: TypeAlias = NDArray[np.floating[Any]]  # of 32 or 64 bits

COLOURS = ("#999999", "#4c72b0", "#c44e52")
RANGE = 90.0  # dB shown
# what a picture may be, and what keeps the time of day out of it
FORMATS = {".png": {}, ".pdf": {"CreationDate": None}, ".svg": {"Date": None}}


def draw(path: Path | str, example: Example, samples: Sound, samplerate: float) -> None:
    """Write a picture of a rendering.

    Parameters
    ----------
    path : Path or str
        Its ending says what is written: ``.png``, ``.pdf`` or ``.svg``.
    example : Example
        What was rendered.
    samples : ndarray, (channels, n)
        Its sound, n >= 1.
    samplerate : float
        In Hz.

    Raises
    ------
    ValueError
        If `path` ends otherwise.
    """
    ending(path)
    inputs = [k for k, name in enumerate(example.channels) if name.startswith("in")]
    figure = Figure(figsize=(10, 6), layout="constrained")
    figure.suptitle(f"{example.name}: {example.about}")
    top, bottom = figure.subfigures(2, 1, squeeze=False, height_ratios=(2, 3))[:, 0]
    if inputs:
        _closeups(top, example, samples, samplerate)
    else:
        _overview(top, example, samples, samplerate)
    shown = [*inputs, samples.shape[0] - 1] if inputs else range(samples.shape[0])
    axes = bottom.subplots(1, len(shown), sharey=True, squeeze=False)[0]
    for axis, channel in zip(axes, shown, strict=True):
        picture = spectrogram(axis, samples[channel], samplerate)
        axis.set_title(example.channels[channel], fontsize="medium")
    axes[0].set_ylabel("frequency [Hz]")
    bottom.colorbar(picture, ax=axes, label="level [dB]")
    write(figure, path)


def ending(path: Path | str) -> str:
    """Return what a picture ends in, in small letters, if it can be written.

    Raises
    ------
    ValueError
        If it ends otherwise.
    """
    found = Path(path).suffix.lower()
    if found not in FORMATS:
        raise ValueError(f"{path} must end in {', '.join(FORMATS)}, by what it is to be")
    return found


def write(figure: Figure, path: Path | str) -> None:
    """Write a figure without the time of day; the ending says what as."""
    kind = ending(path)
    with matplotlib.rc_context({"svg.hashsalt": "specml"}):
        figure.savefig(path, format=kind[1:], dpi=100, metadata=FORMATS[kind])


def _closeups(figure: SubFigure, example: Example, samples: Sound, samplerate: float) -> None:
    """Draw input and output together: how it begins, and how it ends."""
    n = min(samples.shape[1], int(0.025 * samplerate))
    axes = figure.subplots(1, 2, sharey=True)
    for axis, begin, title in zip(
        axes, (0, samples.shape[1] - n), ("the first 25 ms", "the last 25 ms"), strict=True
    ):
        t = 1000.0 * np.arange(begin, begin + n) / samplerate
        for name, row, colour in zip(
            example.channels, samples, COLOURS[-len(samples) :], strict=True
        ):
            axis.plot(t, row[begin : begin + n], label=name, color=colour, linewidth=1.2)
        axis.set(xlabel="time [ms]", title=title)
    axes[0].legend(loc="upper right")


def _overview(figure: SubFigure, example: Example, samples: Sound, samplerate: float) -> None:
    """Draw each channel's whole envelope."""
    axes = figure.subplots(1, samples.shape[0], sharey=True, squeeze=False)[0]
    for axis, name, row in zip(axes, example.channels, samples, strict=True):
        step = max(1, len(row) // 2000)
        pieces = row[: len(row) // step * step].reshape(-1, step)
        t = np.arange(len(pieces)) * step / samplerate
        axis.fill_between(
            t, pieces.min(axis=1), pieces.max(axis=1), color=COLOURS[1], linewidth=0.4
        )
        axis.set(xlabel="time [s]", title=name, xlim=(0.0, max(t[-1], 1e-3)))


def spectrogram(axis: Axes, row: Sound, samplerate: float) -> QuadMesh:
    """Draw one channel's spectrogram, at most 800 columns; level 0 dB is its loudest."""
    row = np.pad(row, (0, max(0, 16 - len(row))))  # a spectrum of something
    window = min(4096, len(row))
    hop = max(1, window // 4, len(row) // 800)
    transform = ShortTimeFFT(hann(window, sym=False), hop, samplerate, scale_to="magnitude")
    edges = _logarithmic(len(transform.f))
    magnitude = np.maximum.reduceat(np.abs(transform.stft(row)), edges[:-1], axis=0)
    level = 20.0 * np.log10(magnitude + 1e-12)
    bounds = np.append(transform.t(len(row)), len(row) / samplerate + hop / samplerate)
    picture = axis.pcolormesh(
        bounds,
        samplerate / window * edges,
        level - level.max(),
        cmap="magma",
        vmin=-RANGE,
        vmax=0.0,
        rasterized=True,
    )
    axis.set(xlabel="time [s]", yscale="log", xlim=(0.0, len(row) / samplerate))
    axis.set_ylim(max(20.0, samplerate / window), samplerate / 2.0)
    return picture


def _logarithmic(bins: int) -> NDArray[np.intp]:
    """Return the bounds of about 300 bands over the bins of a spectrum, evenly spaced in pitch."""
    return np.unique(np.geomspace(1, bins, 301).round().astype(int))

"""The picture of a rendering: its waveform above, how its spectrum moves below."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec
from numpy.typing import NDArray

from ..examples import Example
from . import curves, spectra, styles
from .axes import tag
from .writing import ending, write

Sound: TypeAlias = NDArray[np.floating[Any]]  # of 32 or 64 bits
CLOSE = 0.025  # seconds of a close-up
SCREEN = 25.4, 15.24  # cm
PRINT = 17.5, 11.0  # cm


def draw(
    path: Path | str, example: Example, samples: Sound, samplerate: float, *, paper: bool = False
) -> None:
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
    paper : bool
        Whether it is to be printed: two columns of a journal wide, without a title, with 300
        pixels to the inch.

    Raises
    ------
    ValueError
        If `path` ends otherwise.
    OSError
        If the system cannot write it.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from specml import plot
    >>> from specml.examples import EXAMPLES, Run
    >>> from specml.render import render
    >>> samples = render(EXAMPLES["sine"], Run(4800))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     plot.draw(Path(folder) / "sine.png", EXAMPLES["sine"], samples, 48000)
    ...     print((Path(folder) / "sine.png").read_bytes()[1:4])
    b'PNG'
    """
    ending(path)
    look: AbstractContextManager[None] = styles.style() if paper else nullcontext()
    with look:
        width, height = PRINT if paper else SCREEN
        figure = styles.page(width=width, height=height)
        if not paper:
            styles.spaced(figure, 0.06)
            figure.suptitle(f"{example.name}: {example.about}")
        picture(figure, example, samples, samplerate, titles=not paper)
        write(figure, path, styles.DPI if paper else styles.SCREEN)


def picture(
    figure: Figure, example: Example, samples: Sound, samplerate: float, titles: bool
) -> None:
    """Draw on a figure, whose upper and lower axes are aligned."""
    inputs = [k for k, name in enumerate(example.channels) if name.startswith("in")]
    shown = [*inputs, samples.shape[0] - 1] if inputs else list(range(samples.shape[0]))
    grid = GridSpec(2, 7, figure, width_ratios=[1.0] * 6 + [0.1], height_ratios=(2.0, 3.0))
    upper = _abreast(figure, grid, 0, 2)
    lower = _abreast(figure, grid, 1, len(shown))
    if inputs:
        beside = figure.add_subplot(grid[0, 6])
        beside.axis("off")
        _closeups(upper, beside, example, samples, samplerate)
        if titles:
            name(upper, ("the first 25 ms", "the last 25 ms"), titles)
    else:
        _overview(upper, samples, samplerate)
    spectra.spectrogram(
        [samples[k] for k in shown], samplerate, lower, colorbar=figure.add_subplot(grid[1, 6])
    )
    name(lower, [example.channels[k] for k in shown], titles)
    if not inputs:
        name(upper, example.channels, titles)
    figure.align_ylabels([*upper, *lower])


def _abreast(figure: Figure, grid: GridSpec, row: int, count: int) -> list[Axes]:
    """Return so many axes, side by side over six columns."""
    span = 6 // count
    return [figure.add_subplot(grid[row, k * span : (k + 1) * span]) for k in range(count)]


def name(axes: Sequence[Axes], names: Sequence[str], titles: bool) -> None:
    """Say which channel each of several is: above it, or in its corner."""
    if not titles:
        tag(axes, names)
    for axis, text in zip(axes, names, strict=True) if titles else ():
        axis.set_title(text, fontsize="medium")


def _closeups(
    axes: Sequence[Axes], beside: Axes, example: Example, samples: Sound, samplerate: float
) -> None:
    """Draw input and output together: how it begins, and how it ends."""
    seconds = samples.shape[1] / samplerate
    last = max(0.0, seconds - CLOSE)
    curves.waveform(samples, samplerate, axes[0], time=(0.0, max(CLOSE, 1.0 / samplerate)),
                    names=example.channels, legend=False)  # fmt: skip
    curves.waveform(samples, samplerate, axes[1], time=(last, None), names=example.channels,
                    legend=beside)  # fmt: skip
    axes[1].sharey(axes[0])


def _overview(axes: Sequence[Axes], samples: Sound, samplerate: float) -> None:
    """Draw each channel's whole envelope."""
    for axis, row in zip(axes, samples, strict=True):
        curves.waveform(row, samplerate, axis, legend=False)
        axis.sharey(axes[0])

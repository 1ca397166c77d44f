"""The picture of two files around the place where they first differ."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from ..plot import COLOURS
from ..reference.arrays import Array
from .contents import Part
from .difference import Difference, steps

BEFORE, AFTER = 60, 180  # numbers shown
FEW = 50  # steps


def draw(names: tuple[str, str], one: Part, other: Part, differs: Difference) -> Figure:
    """Return a picture: both, what lies between them, and in how many steps, if these are counted.

    Of a sound it shows the channel that differs first.
    """
    if names[0] == names[1]:
        names = f"first {names[0]}", f"second {names[1]}"
    at, rows, where = _row(one, other, differs)
    begin, end = max(0, at - BEFORE), min(len(rows[0]), at + AFTER)
    place = np.arange(begin, end)
    shown = [row[begin:end] for row in rows]
    figure = Figure(figsize=(11, 7.2 if one.step else 5.2), layout="constrained")
    figure.suptitle(f"{' and '.join(names)}, around {one.place(differs.first)}")
    axes = figure.subplots(3 if one.step else 2, 1, sharex=True)
    styles = ({"marker": "o", "markersize": 5}, {"marker": ".", "markersize": 4})
    for name, row, colour, style in zip(names, shown, COLOURS[1:3], styles, strict=True):
        axes[0].plot(place, row, color=colour, label=name, linewidth=1.0, **style)
    axes[0].set(ylabel="value")
    axes[0].margins(y=0.25)  # room for the legend
    axes[0].legend(fontsize="small", loc="upper right")
    with np.errstate(invalid="ignore", over="ignore"):
        away = shown[1].astype(np.float64) - shown[0].astype(np.float64)
    axes[1].vlines(place, 0.0, away, color=COLOURS[2], linewidth=1.6)
    axes[1].set(ylabel="second − first")
    if one.step:
        _counts(axes[2], place, steps(shown[0], shown[1]).astype(np.float64), one.step)
    for axis in axes:
        axis.axvline(at, color="#999999", linewidth=0.8, linestyle="--", zorder=0)
    axes[-1].set(xlabel=where, xlim=(begin - 1, end))
    figure.align_ylabels(axes)
    return figure


def _counts(axis: Axes, place: NDArray[np.int64], apart: Array, step: str) -> None:
    """Draw how many steps lie between the two; many, and they are drawn by their logarithm."""
    axis.vlines(place, 0.0, apart, color="black", linewidth=1.6)
    if apart.max() > FEW:
        axis.set(yscale="symlog", ylim=(0.0, 2.0 * apart.max()))
    else:
        axis.set(ylim=(0.0, 1.1 * apart.max()))
        axis.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axis.set(ylabel=step)


def _row(one: Part, other: Part, differs: Difference) -> tuple[int, list[NDArray[Any]], str]:
    """Return the place of the first difference, the rows it is in, and what counts the places."""
    if one.samplerate:
        sample, channel = np.unravel_index(differs.first, one.numbers.shape)
        rows = [np.ascontiguousarray(part.numbers[:, channel]) for part in (one, other)]
        return int(sample), rows, f"sample of channel {channel + 1}"
    return differs.first, [part.numbers.ravel() for part in (one, other)], f"index in {one.name}"

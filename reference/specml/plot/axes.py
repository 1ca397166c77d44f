"""What the functions share that draw on axes: channels, stretches of time, labels, legends."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter, StrMethodFormatter
from numpy.typing import NDArray

from .styles import COLOURS, LINES, page

SHORT = 0.25  # seconds, which are counted in ms
LOWEST = 20.0  # Hz

Span: TypeAlias = tuple[float | None, float | None]  # from when to when; None: as there is
Frequencies: TypeAlias = tuple[float, float]
Look: TypeAlias = dict[str, Any]
WHOLE: Span = (None, None)


def single(ax: Axes | None) -> Axes:
    """Return the axes that were given, or those of a figure of their own."""
    return page().subplots() if ax is None else ax


def channels(samples: Any) -> list[NDArray[Any]]:
    """Return each channel ``(n,)``.

    Raises
    ------
    ValueError
        If there is none, or one of another shape, or without a sample.
    """
    several = len(samples) and np.ndim(samples[0])
    rows = [np.asarray(row) for row in samples] if several else [np.asarray(samples)]
    for row in rows:
        if row.ndim != 1 or not len(row):
            raise ValueError(f"a channel must have shape (n,), n >= 1, not {row.shape}")
    return rows


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


def limits(frequency: Frequencies | None, samplerate: float) -> Frequencies:
    """Return from where to where frequencies are shown.

    Raises
    ------
    ValueError
        If they do not rise.
    """
    low, high = frequency or (LOWEST, samplerate / 2.0)
    if not 0.0 <= low < high:
        raise ValueError(f"frequency must rise from 0 Hz on, not be {low:g}:{high:g}")
    return low, high


def plain_frequencies(axis: Any, low: float, high: float) -> None:
    """Write 100 and 1000 beside ticks, not powers; of a narrow range more of them."""
    wide = high > 30.0 * low
    axis.set_major_locator(LogLocator(10.0, (1.0,) if wide else (1.0, 2.0, 5.0)))
    axis.set_major_formatter(StrMethodFormatter("{x:g}"))
    axis.set_minor_formatter(NullFormatter())


def look_of(k: int, count: int) -> Look:
    """Return colour and line of curve k of so many; one alone is a dark line without gaps."""
    if count == 1:
        return {"color": COLOURS[1], "linestyle": "-"}
    at = k % len(COLOURS)
    return {"color": COLOURS[at], "linestyle": LINES[at]}


def named(names: Sequence[str], count: int) -> Sequence[str]:
    """Return a label for each of so many curves; what has none is in no legend."""
    return names or [f"_{k}" for k in range(count)]


def tag(axes: Sequence[Axes], names: Sequence[str]) -> None:
    """Say in a corner of each of several axes which it is."""
    for axis, name in zip(axes, names, strict=bool(names)) if len(axes) > 1 and names else ():
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        axis.annotate(name, (0.0, 1.0), xycoords="axes fraction", xytext=(3, -3),
                      textcoords="offset points", ha="left", va="top", bbox=box)  # fmt: skip


def legend(axis: Axes, where: Axes | bool) -> None:
    """Say beside the curves which is which, if it is wanted and there are several."""
    handles, labels = axis.get_legend_handles_labels()
    if where and len(labels) > 1:
        at: dict[str, Any] = {"loc": "upper left", "borderaxespad": 0.0, "frameon": False}
        if isinstance(where, Axes):
            where.legend(handles, labels, bbox_to_anchor=(0.0, 1.0), borderpad=0.0, **at)
        else:
            axis.legend(handles, labels, bbox_to_anchor=(1.02, 1.0), **at)


def bar(
    picture: QuadMesh, axes: Sequence[Axes], where: Axes | bool, label: str, extend: str = "neither"
) -> None:
    """Draw a colour bar, if it is wanted: in axes of its own, or beside those of the picture."""
    if where:
        place: dict[str, Any] = {"ax": axes, "pad": 0.01}
        if isinstance(where, Axes):
            place = {"cax": where}
        drawn = axes[0].figure.colorbar(picture, extend=extend, **place)
        drawn.set_label(label, labelpad=4.0)
        drawn.locator = MaxNLocator(6)

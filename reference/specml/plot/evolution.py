"""What was learnt, over time, on axes."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from ..reference.arrays import Array
from .axes import Span, bar, said, single, time_unit
from .styles import COLOURS

FINEST = 1000  # cells of a map in each direction; beyond, every second, third .. is drawn
COLOURED = 0.995  # of the numbers are within the colours
COLORMAP = "cividis"  # perceptually uniform, made for colour-blind eyes; in grey 0 is the middle


def weights(
    values: ArrayLike,
    times: ArrayLike,
    ax: Axes | None = None,
    *,
    lines: bool = False,
    largest: float | None = None,
    colorbar: Axes | bool = True,
    colormap: str = COLORMAP,
) -> Axes:
    """Draw weights over time: as a map, the first on top, or each as a line.

    Parameters
    ----------
    values : array_like (times, weights)
        What `traced` reads from a trace, or what you kept of ``net.parameters``.
    times : array_like (times,)
        In s, evenly spaced, rising.
    ax : Axes, optional
        Without it those of a new figure.
    lines : bool
        Whether each is a line.
    largest : float, optional
        The end of the colours on either side of 0; without it 99.5 % of the numbers are within.
    colorbar : bool or Axes
        Whether there is one, or where.
    colormap : str
        One of Matplotlib's.

    Returns
    -------
    Axes
        What was drawn on.

    Raises
    ------
    ValueError
        If the shapes do not fit.

    Examples
    --------
    >>> import numpy as np
    >>> from specml import AutoRegNN, plot
    >>> net, kept = AutoRegNN(), []
    >>> for second in range(4):
    ...     kept.append(net.parameters)
    ...     _ = net.process(np.sin(np.arange(100)))
    >>> axes = plot.weights(kept, np.arange(4) * 100 / 48000)
    >>> axes.get_ylabel(), axes.collections[0].get_array().size
    ('weight index', 452)
    """
    shown, t = np.asarray(values), np.asarray(times)
    if shown.ndim != 2 or shown.size == 0 or t.shape != shown.shape[:1]:
        raise ValueError(
            f"values must have shape (times, weights), not {shown.shape}, and times one for each "
            f"of them, not {t.shape}"
        )
    axis = single(ax)
    every = float(t[1] - t[0]) if len(t) > 1 else 1e-3
    unit, factor = time_unit(float(t[-1] - t[0]))
    if lines:
        axis.plot(factor * t, shown, color=COLOURS[1], linewidth=0.4, linestyle="-")
        axis.set(ylabel="weight")
    else:
        _map(axis, shown, factor * np.append(t, t[-1] + every), largest, colorbar, colormap)
    axis.set(xlabel=f"time [{unit}]", xlim=(factor * t[0], factor * max(t[-1], t[0] + every)))
    return axis


def within(
    times: Array, parts: Mapping[str, Array], time: Span
) -> tuple[Array, Mapping[str, Array]]:
    """Return what was learnt from one time to another.

    Raises
    ------
    ValueError
        If nothing was.
    """
    begin, end = time
    at = (times >= (begin or 0.0)) & (times <= (times[-1] if end is None else end))
    if not at.any():
        raise ValueError(f"nothing was traced within {said(time)} of {times[-1]:g} s")
    return times[at], {name: part[at] for name, part in parts.items()}


def reach(values: ArrayLike) -> float:
    """Return what nearly all of the numbers are within, so that a few leave the others colours."""
    return float(np.quantile(np.abs(values), COLOURED)) or 1.0


def _map(
    axis: Axes, values: Array, edges: Array, largest: float | None, colorbar: Axes | bool,
    colormap: str,
) -> None:  # fmt: skip
    steps = [-(-length // FINEST) for length in values.shape]
    cells = values[:: steps[0], :: steps[1]].T
    times = np.append(edges[:-1][:: steps[0]], edges[-1])
    rows = np.minimum(np.arange(len(cells) + 1) * steps[1], values.shape[1]) - 0.5
    most = reach(values) if largest is None else largest
    picture = axis.pcolormesh(times, rows, cells, cmap=colormap, vmin=-most, vmax=most,
                              rasterized=True)  # fmt: skip
    axis.set(ylabel="weight index", ylim=(values.shape[1] - 0.5, -0.5))
    axis.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    bar(picture, [axis], colorbar, "weight", extend="both")

"""Maps for print: two columns against what was measured, many small ones on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .table import Column, Table, Values

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STATISTICS = ("mean", "median", "std", "min", "max", "count")
FEW = 40  # values of a column that are places of a grid, and get a cell each
PER_CELL = 4.0  # points in a cell, where they lie evenly
CELLS = (5, 80)  # the fewest and the most on a side
GREYABLE = "cividis"  # its lightness only rises
MOST_ACROSS = 3  # maps


@dataclass(frozen=True)
class Panel:
    """One map of several: which columns, of which rows, and what stands above it."""

    x: Column
    y: Column
    rows: NDArray[np.bool_]
    title: str


def edges(values: Values, log: bool, cells: int) -> Values:
    """Return the bounds of cells over values: one around each of few, or all of one width.

    Parameters
    ----------
    values : ndarray (n,)
        Finite; positive if `log`.
    log : bool
        Equal ratios instead of equal widths.
    cells : int
        How many, where there are more than 40 values.

    Examples
    --------
    >>> edges(np.array([1.0, 10.0, 100.0]), True, 8).round(2).tolist()
    [0.32, 3.16, 31.62, 316.23]
    >>> edges(np.linspace(0.0, 1.0, 999), False, 4).tolist()
    [0.0, 0.25, 0.5, 0.75, 1.0]
    """
    scaled = np.log10(values) if log else values.astype(float)
    places = np.unique(scaled)
    if len(places) > FEW:
        bounds = np.linspace(places[0], places[-1], cells + 1)
    elif len(places) < 2:
        bounds = places.sum() + np.array([-0.5, 0.5])  # of none around 0
    else:
        between = (places[1:] + places[:-1]) / 2.0
        bounds = np.concatenate([[2.0 * places[0] - between[0]], between,
                                 [2.0 * places[-1] - between[-1]]])  # fmt: skip
    return 10.0**bounds if log else bounds


def cells(
    table: Table, panel: Panel, measure: Column, statistic: str
) -> tuple[Values, Values, Values]:
    """Return the bounds of cells across and upwards, and what is in them, ``(up, across)``.

    A cell without a row is NaN.

    Examples
    --------
    >>> from pathlib import Path
    >>> rows = {"row": np.arange(4), "mu": np.array([1.0, 1.0, 2.0, 2.0]),
    ...         "nu": np.array([1.0, 2.0, 1.0, 1.0]), "level": np.array([-9.0, -8.0, -7.0, -5.0])}
    >>> table = Table(Path("a.parquet"), rows | {"base": np.full(4, "wind"),
    ...               "model": np.full(4, "unlearn")}, {"measures": ["level"]})
    >>> (panel,) = panels_of_bases(table, table.column("mu"), table.column("nu"), ["wind"])
    >>> cells(table, panel, table.column("level"), "mean")[2].tolist()
    [[-9.0, -6.0], [-8.0, nan]]
    """
    return binned(table, panel, table[measure.name], statistic)


def binned(table: Table, panel: Panel, z: Values, statistic: str) -> tuple[Values, Values, Values]:
    """Return what `cells` does, of a number for each row of the table."""
    from scipy.stats import binned_statistic_2d

    x, y = table[panel.x.name], table[panel.y.name]
    placed = panel.rows & np.isfinite(x) & np.isfinite(y)
    many = int(np.clip(np.sqrt(placed.sum() / PER_CELL), *CELLS))
    across, upwards = (edges(v[placed], column.log, many)
                       for v, column in ((x, panel.x), (y, panel.y)))  # fmt: skip
    known = placed & np.isfinite(z)
    if not known.any():
        return across, upwards, np.full((len(upwards) - 1, len(across) - 1), np.nan)
    x, y, z = x[known], y[known], z[known]
    given = [np.log10(v) if log else v for v, log in ((x, panel.x.log), (y, panel.y.log),
             (across, panel.x.log), (upwards, panel.y.log))]  # fmt: skip
    found = binned_statistic_2d(given[0], given[1], z, statistic, bins=[given[2], given[3]])
    counts = binned_statistic_2d(given[0], given[1], z, "count", bins=[given[2], given[3]])
    return across, upwards, np.where(counts.statistic > 0, found.statistic, np.nan).T


def panels_of_bases(table: Table, x: Column, y: Column, bases: Sequence[str]) -> list[Panel]:
    """Return one pair of columns, around each base."""
    return [Panel(x, y, table["base"] == base, base) for base in bases]


def panels_of_pairs(table: Table, base: str) -> list[Panel]:
    """Return all pairs of what was gone over, around one base."""
    rows = table["base"] == base
    return [Panel(x, y, rows, "") for x, y in combinations(table.over, 2)]


def draw(table: Table, panels: Sequence[Panel], measure: Column, statistic: str) -> "Figure":
    """Return a figure of maps that share one scale of colours, readable in grey.

    Parameters
    ----------
    table : Table
        Of which rows.
    panels : sequence of Panel
        At least one.
    measure : Column
        What the colours say.
    statistic : {"mean", "median", "std", "min", "max", "count"}
        What is said of the rows in a cell.

    Examples
    --------
    >>> from pathlib import Path
    >>> rows = {"row": np.arange(4), "mu": np.array([1.0, 1.0, 2.0, 2.0]),
    ...         "nu": np.array([1.0, 2.0, 1.0, 1.0]), "level": np.array([-9.0, -8.0, -7.0, -5.0])}
    >>> table = Table(Path("a.parquet"), rows | {"base": np.full(4, "wind"),
    ...               "model": np.full(4, "unlearn")}, {"measures": ["level"]})
    >>> panels = panels_of_bases(table, table.column("mu"), table.column("nu"), ["wind"])
    >>> [axis.get_ylabel() for axis in draw(table, panels, table.column("level"), "mean").axes]
    ['nu', 'level [dB]']
    """
    from matplotlib.colors import LogNorm, Normalize

    from .. import plot

    found = [cells(table, panel, measure, statistic) for panel in panels]
    known = np.concatenate([z[np.isfinite(z)] for _, _, z in found])
    low, high = (known.min(), known.max()) if len(known) else (0.0, 1.0)  # all is hatched
    ratios = measure.log and statistic not in ("std", "count") and low > 0
    norm = (LogNorm if ratios else Normalize)(low, high if high > low else low + 1.0)
    with plot.style():
        figure, axes = grid(panels)
        for axis, panel, (across, upwards, z) in zip(axes, panels, found, strict=True):
            axis.patch.set(facecolor="white", edgecolor="0.8", hatch="////////")  # no row is there
            picture = axis.pcolormesh(across, upwards, z, norm=norm, cmap=GREYABLE, rasterized=True)
            label(axis, panel)
        figure.colorbar(picture, ax=axes, label=said(measure, statistic), shrink=0.7, aspect=30)
    return figure


def grid(panels: Sequence[Panel]) -> tuple["Figure", list["Axes"]]:
    """Return a figure, and as many axes as panels; those of the same columns share them."""
    from .. import plot

    across = min(MOST_ACROSS, len(panels))
    down = -(-len(panels) // across)
    figure = plot.page(columns=2, height=1.0 + 4.6 * down)
    alike = len({(panel.x, panel.y) for panel in panels}) == 1
    axes = list(figure.subplots(down, across, squeeze=False, sharex=alike, sharey=alike).flat)
    for axis in axes[len(panels) :]:
        axis.set_axis_off()
    for axis in axes[max(0, len(panels) - across) : len(panels)]:
        axis.tick_params(labelbottom=True)  # below it there may be none
    return figure, axes[: len(panels)]


def label(axis: "Axes", panel: Panel) -> None:
    """Say what a map has across and upwards, in numbers that one reads."""
    from matplotlib.ticker import LogLocator, NullFormatter

    axis.set_title(panel.title)
    axis.set(xlabel=named(panel.x), ylabel=named(panel.y))
    for which, side, column in (("x", axis.xaxis, panel.x), ("y", axis.yaxis, panel.y)):
        if column.log:
            axis.set(**{f"{which}scale": "log"})
            low, high = side.get_view_interval()
            side.set_major_locator(LogLocator(subs=(1.0,) if high > 100 * low else (1.0, 2.0, 5.0)))
            side.set_major_formatter("{x:g}")
            side.set_minor_formatter(NullFormatter())
    axis.label_outer()


def named(column: Column) -> str:
    """Return a name and its unit.

    Examples
    --------
    >>> named(Column("lambda", "setting", "1/s", "", True, True))
    'lambda [1/s]'
    """
    return f"{column.name} [{column.unit}]" if column.unit else column.name


def said(measure: Column, statistic: str) -> str:
    """Return what a scale of colours says: the mean is not named."""
    if statistic == "count":
        return "rows in a cell"
    return named(measure) if statistic == "mean" else f"{statistic} of {named(measure)}"

"""Maps of words: in each cell the word that most of its rows have."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from .maps import Panel, binned, grid, label
from .table import Table, Values
from .words import NONE, Word, codes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito, as the page has them; grey is no word
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#f0e442")
NO_WORD = "#9a958c"
LETTERED = 12  # cells on a side, up to which each says its word


def draw(table: Table, panels: Sequence[Panel], words: Sequence[Word]) -> "Figure":
    """Return a figure of maps of words: the paler a cell, the fewer of its rows have its word.

    Parameters
    ----------
    table : Table
        Of which rows.
    panels : sequence of Panel
        At least one.
    words : sequence of Word
        At most seven; a row has the first that holds.

    Examples
    --------
    >>> from pathlib import Path
    >>> from specml.atlas.maps import panels_of_bases
    >>> rows = {"row": np.arange(4), "mu": np.array([1.0, 1.0, 2.0, 2.0]),
    ...         "nu": np.array([1.0, 2.0, 1.0, 1.0]), "level": np.array([-9.0, -8.0, -7.0, -5.0])}
    >>> table = Table(Path("a.parquet"), rows | {"base": np.full(4, "wind"),
    ...               "model": np.full(4, "unlearn")}, {"measures": ["level"]})
    >>> panels = panels_of_bases(table, table.column("mu"), table.column("nu"), ["wind"])
    >>> figure = draw(table, panels, [Word("soft", "", {"level": (-np.inf, -8.0)})])
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['so', '–', 'so']
    """
    from matplotlib.patches import Patch

    from .. import plot

    names = [*(word.name for word in words), "no word"]
    colours = [*COLOURS[: len(words)], NO_WORD]
    of_rows = codes(words, table)
    of_rows[of_rows == NONE] = len(words)
    with plot.style():
        figure, axes = grid(panels)
        for axis, panel in zip(axes, panels, strict=True):
            across, upwards, found, share = most_frequent(table, panel, of_rows, len(names))
            paint = np.array([_rgb(colour) for colour in colours])[found]
            paint = 1.0 - np.where(share > 0, 0.25 + 0.75 * share, 0.0)[..., None] * (1.0 - paint)
            axis.patch.set(facecolor="white", edgecolor="0.8", hatch="////////")
            shown = np.concatenate([paint, (share > 0)[..., None]], axis=2)
            axis.pcolormesh(across, upwards, shown, rasterized=True)
            label(axis, panel)
            if max(found.shape) <= LETTERED:
                said = [*beginnings(names[:-1]), "–"]
                _write(axis, panel, (across, upwards), np.where(share > 0, found, -1), said)
        patches = [Patch(color=colour, label=name)
                   for name, colour in zip(names, colours, strict=True)]  # fmt: skip
        figure.legend(handles=patches, loc="outside lower center", ncols=len(names),
                      frameon=False)  # fmt: skip
    return figure


def most_frequent(
    table: Table, panel: Panel, of_rows: Values, many: int
) -> tuple[Values, Values, Values, Values]:
    """Return the bounds of cells, the most frequent code of each, and which share has it.

    The share, ``(up, across)`` as the code, is 0 where no row is.
    """
    counts = []
    for code in range(many):
        across, upwards, found = binned(table, panel, (of_rows == code).astype(float), "sum")
        counts.append(np.nan_to_num(found))
    total = np.sum(counts, axis=0)
    return across, upwards, np.argmax(counts, axis=0), np.max(counts, axis=0) / np.maximum(total, 1)


def _rgb(colour: str) -> tuple[float, float, float]:
    from matplotlib.colors import to_rgb

    return to_rgb(colour)


def beginnings(names: Sequence[str]) -> list[str]:
    """Return of each name as many letters, two or more, as tell them apart.

    Examples
    --------
    >>> beginnings(["tones", "noise"]), beginnings(["clicks", "clouds"])
    (['to', 'no'], ['cli', 'clo'])
    """
    longest = max(map(len, names))
    for many in range(2, longest):
        if len({name[:many] for name in names}) == len(names):
            return [name[:many] for name in names]
    return list(names)


def _write(
    axis: "Axes", panel: Panel, bounds: tuple[Values, Values], found: Values, said: Sequence[str]
) -> None:
    """Write into each cell what is said of its code, for who sees no colours."""
    across, upwards = (
        np.sqrt(edges[1:] * edges[:-1]) if column.log else (edges[1:] + edges[:-1]) / 2.0
        for edges, column in zip(bounds, (panel.x, panel.y), strict=True)
    )
    for i, y in enumerate(upwards):
        for j, x in enumerate(across):
            if found[i, j] >= 0:
                axis.text(x, y, said[found[i, j]], ha="center", va="center", fontsize=6)

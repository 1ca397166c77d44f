"""Which maps are drawn: what was asked for, or what was gone over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from . import maps, word_maps
from .table import Column, Table
from .words import Word

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Asked:
    """What maps are asked for; what is empty is chosen by what the table has.

    Attributes
    ----------
    x, y : str or None
        Columns across and upwards.
    measures, bases : sequence of str
        Of what, and around what.
    pairs : bool
        All pairs of what was gone over, instead of `x` and `y`.
    statistic : str
        One of `maps.STATISTICS`.
    """

    x: str | None = None
    y: str | None = None
    measures: Sequence[str] = ()
    bases: Sequence[str] = ()
    pairs: bool = False
    statistic: str = "mean"


def pictures(
    table: Table, asked: Asked, words: Sequence[Word] = ()
) -> "dict[str, Callable[[], Figure]]":
    """Return what draws each picture, by its name: one of each measure, and of the words.

    Raises
    ------
    ValueError
        If something is asked for that the table has not.

    Examples
    --------
    >>> import numpy as np
    >>> from pathlib import Path
    >>> rows = {"row": np.arange(4), "mu": np.array([1.0, 1.0, 2.0, 2.0]),
    ...         "nu": np.array([1.0, 2.0, 1.0, 1.0]), "level": np.array([-9.0, -8.0, -7.0, -5.0])}
    >>> table = Table(Path("a.parquet"), rows | {"base": np.full(4, "wind"),
    ...               "model": np.full(4, "unlearn")}, {"measures": ["level"]})
    >>> [*pictures(table, Asked("mu", "nu"))]
    ['mu-nu-level']
    """
    measures = [table.column(name) for name in asked.measures] or [
        column for column in table.columns if column.role == "measure"
    ]
    found: dict[str, Callable[[], Figure]] = {}
    for stem, panels in _panels(table, asked).items():
        for measure in measures:
            draw = partial(maps.draw, table, panels, measure, asked.statistic)
            found[f"{stem}-{measure.name}"] = draw
        if words:
            found[f"{stem}-word"] = partial(word_maps.draw, table, panels, words)
    return found


def _panels(table: Table, asked: Asked) -> dict[str, list[maps.Panel]]:
    """Return the maps that stand together, by the beginning of their picture's name."""
    for base in asked.bases:
        if base not in table.bases:
            raise ValueError(f"{base} is none of {', '.join(table.bases)}")
    around = list(asked.bases) or table.bases
    if asked.pairs:
        if asked.x or asked.y:
            raise ValueError("all pairs are asked for: that goes with no x and no y")
        return {base: maps.panels_of_pairs(table, base) for base in around}
    x, y = pair(table, asked)
    return {f"{x.name}-{y.name}": maps.panels_of_bases(table, x, y, around)}


def pair(table: Table, asked: Asked) -> tuple[Column, Column]:
    """Return the columns of both axes: those that are named, or else the first gone over."""
    named = [table.column(name) if name else None for name in (asked.x, asked.y)]
    others = iter([column for column in table.over if column not in named])
    x, y = (column or next(others, None) for column in named)
    if x is None or y is None:
        raise ValueError(f"{table.path.name} goes over less than two settings: name x and y")
    return x, y

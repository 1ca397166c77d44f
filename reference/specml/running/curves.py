"""Controls from files: columns of a table, channels of a sound. After their end the last holds."""

import csv
from pathlib import Path

import numpy as np

from .. import signals
from ..reference.arrays import Array
from .sources import Place, Sound

TIMES = ("t", "time")  # the column of seconds


class Channel(Sound):
    """One channel of a sound, a value a sample.

    Raises
    ------
    ValueError
        If it is no sound, or of several channels none is named.
    OSError
        If it cannot be read.
    """

    def __init__(self, at: Place) -> None:
        super().__init__(at)
        if self.shape.channels > 1:
            raise ValueError(f"{at} has {self.shape.channels} channels: say which, as {at}:1")
        self._last = super().read(self.shape.samples - 1, 1)

    def read(self, begin: int, n: int) -> Array:
        """Return the values ``(1, n)`` from the sample `begin` on."""
        values = super().read(begin, n)
        values[:, max(0, min(n, self.shape.samples - begin)) :] = self._last
        return values


class Table:
    r"""A column of a CSV: with a column ``t`` or ``time`` in s lines are drawn from row to row.

    Without one, each row is a sample. Before the first row is what stands there, after the last
    what stands there. It is read whole.

    Parameters
    ----------
    at : Place
        The file, and the name of the column, or its number if the columns have no names.
    name : str
        The column that is meant if none is said, where there are several.
    samplerate : float
        Of the run, in Hz.

    Raises
    ------
    ValueError
        If it is no such table: the error names the line.
    OSError
        If it cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "moves.csv")
    ...     _ = path.write_text("time,lr\n0,1\n2,0")
    ...     Table(Place(path, None), "lr", samplerate=2.0).read(0, 6).tolist()
    [1.0, 0.75, 0.5, 0.25, 0.0, 0.0]
    """

    def __init__(self, at: Place, name: str, samplerate: float) -> None:
        names, rows = _rows(at.path)
        timed = [k for k, column in enumerate(names) if column.lower() in TIMES]
        self._rate = samplerate
        self._values = rows[:, _chosen(at, name, names, timed)].copy()
        self._times = rows[:, timed[0]].copy() if timed else None
        if self._times is not None and np.any(self._times[1:] <= self._times[:-1]):
            row = int(np.flatnonzero(self._times[1:] <= self._times[:-1])[0])
            raise ValueError(
                f"{at.path}: times must rise, not go from {self._times[row]:g} s to "
                f"{self._times[row + 1]:g} s"
            )

    def read(self, begin: int, n: int) -> Array:
        """Return the values ``(n,)`` from the sample `begin` on."""
        at, last = signals.times(begin, n), len(self._values) - 1
        if self._times is None:
            return self._values[np.minimum(at, last).astype(np.int64)]
        if not last:
            return np.repeat(self._values, n)
        t, times, values = at / self._rate, self._times, self._values
        k = np.clip(np.searchsorted(times, t, side="right") - 1, 0, last - 1)
        share = (t - times[k]) / (times[k + 1] - times[k])
        between = values[k] + (values[k + 1] - values[k]) * share
        held = np.where(t >= times[-1], values[-1], between)
        return np.where(t <= times[0], values[0], held)

    def close(self) -> None:
        """Have nothing to let go of."""


def columns(path: Path) -> list[str]:
    r"""Return the names of a table's columns, but for that of time.

    Raises
    ------
    ValueError, OSError
        If it is no table, or cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "moves.csv")
    ...     _ = path.write_text("time,lr,ridge\n0,1,0")
    ...     columns(path)
    ['lr', 'ridge']
    """
    return [name for name in _rows(path)[0] if name.lower() not in TIMES]


def _rows(path: Path) -> tuple[list[str], Array]:
    """Return the names of the columns, ``1``, ``2`` .. without any, and the rows."""
    names: list[str] = []
    rows: list[list[float]] = []
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.reader(file)
        try:
            for row in reader:
                if not row:
                    continue
                if not names:
                    names = _names(path, row)
                    if not _is_number(row[0]):
                        continue
                rows.append(_numbers(row, len(names), f"{path}:{reader.line_num}"))
        except (csv.Error, UnicodeDecodeError) as error:
            raise ValueError(f"{path} is no table: {error}") from error
    if not rows:
        raise ValueError(f"{path} holds no row of numbers")
    return names, np.array(rows)


def _names(path: Path, first: list[str]) -> list[str]:
    names = [name.strip() for name in first]
    if _is_number(first[0]):
        return [str(k + 1) for k in range(len(first))]
    if len(set(names)) < len(names):
        raise ValueError(f"{path} has two columns of one name: {', '.join(names)}")
    return names


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _numbers(row: list[str], count: int, line: str) -> list[float]:
    if len(row) != count:
        raise ValueError(f"{line}: {count} columns are expected, not {len(row)}")
    for text in row:
        if not _is_number(text) or not np.isfinite(float(text)):
            raise ValueError(f"{line}: {text[:40]!r} is no finite number")
    return [float(text) for text in row]


def _chosen(at: Place, name: str, names: list[str], timed: list[int]) -> int:
    """Return which column is meant."""
    others = [k for k in range(len(names)) if k not in timed]
    wanted = at.column or (name if name in names else None)
    if wanted is None and len(others) == 1:
        return others[0]
    for k in others:
        if names[k] == wanted:
            return k
    told = ", ".join(names[k] for k in others)
    raise ValueError(f"{at.path} has the columns {told}: say which, as {at.path}:{names[others[0]]}"
                     if others else f"{at.path} has no column but time")  # fmt: skip

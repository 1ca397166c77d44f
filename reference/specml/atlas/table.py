"""The table of a sweep as an atlas sees it: what was told, and what was measured."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .describe import FACTOR, described

Values = NDArray[Any]
OTHERS = ("row", "base", "model", "seed", "samplerate", "samples", "sha256", "error")
DECADES = 100.0  # what is positive and spans as much is shown by its ratios


@dataclass(frozen=True)
class Column:
    """One number of each row.

    Attributes
    ----------
    name : str
        As in the table.
    role : {"setting", "measure"}
        Whether it was told or measured.
    unit, line : str
        From the table of words, or of measures; empty where nothing is said.
    log : bool
        Whether ratios count: where the design was made so, or values span decades.
    told : bool
        Whether the model has a word of this name.
    """

    name: str
    role: str
    unit: str
    line: str
    log: bool
    told: bool


@dataclass(frozen=True)
class Table:
    """A table of a sweep, without the rows that failed.

    Attributes
    ----------
    path : Path
        Where it was read.
    data : mapping of str to ndarray (rows,)
        Its columns.
    told : mapping
        What the sweep says of itself.
    errors : mapping of int to str
        The rows that are left out, as they have an error in place of a sound.
    """

    path: Path
    data: Mapping[str, Values]
    told: Mapping[str, Any]
    errors: Mapping[int, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Values:
        """Return a column, ``(rows,)``."""
        return self.data[name]

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self.data["row"])

    @cached_property
    def bases(self) -> list[str]:
        """What rows lie around, in the order of the table."""
        return list(dict.fromkeys(self.data["base"].tolist()))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """What can be an axis: numbers that differ from row to row, settings first."""
        names = [name for name in self.data if name not in OTHERS and self._varies(name)]
        found = [self._column(name) for name in names]
        return tuple(sorted(found, key=self._order))

    @cached_property
    def over(self) -> tuple[Column, ...]:
        """What was gone over, in its order: where it is a factor, the factor."""
        known = {column.name: column for column in self.columns}
        named = [axis["name"] for axis in self.told.get("axes", ())]
        found = [known.get(f"{name}{FACTOR}", known.get(name)) for name in named]
        return tuple(column for column in found if column)

    def column(self, name: str) -> Column:
        """Return a column that can be an axis.

        Raises
        ------
        ValueError
            If there is none of this name.
        """
        for column in self.columns:
            if column.name == name:
                return column
        known = ", ".join(column.name for column in self.columns)
        raise ValueError(f"{name} is not among what differs in {self.path.name}: {known}")

    def _varies(self, name: str) -> bool:
        values = self.data[name]
        if values.dtype.kind not in "fiub":
            return False
        known = values[np.isfinite(values)]
        return len(known) > 0 and known.min() < known.max()

    def _column(self, name: str) -> Column:
        role = "measure" if name in self.told.get("measures", ()) else "setting"
        unit, line, told = described(name, role, str(self.data["model"][0]))
        return Column(name, role, unit, line, self._log(name), told)

    def _log(self, name: str) -> bool:
        axes = {axis["name"]: axis for axis in self.told.get("axes", ())}
        axis = axes.get(name.removesuffix(FACTOR), {"values": True})
        if not axis["values"]:
            return bool(axis["log"])
        known = self.data[name][np.isfinite(self.data[name])]
        return bool(known.min() > 0 and known.max() > DECADES * known.min())

    def _order(self, column: Column) -> tuple[bool, int]:
        """Factors first, in which all bases are alike; then what was gone over, in its order."""
        axes = [axis["name"] for axis in self.told.get("axes", ())]
        order = [*(f"{name}{FACTOR}" for name in axes), *axes]
        place = order.index(column.name) if column.name in order else len(order)
        return column.role == "measure", place


def read(path: Path) -> Table:
    """Read the table of a sweep.

    Parameters
    ----------
    path : Path
        A Parquet file of ``specml sweep``.

    Raises
    ------
    ValueError
        If it is none, or no row of it has a sound.
    OSError
        If it cannot be read.

    Examples
    --------
    >>> read(Path("nowhere.parquet"))  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
        ...
    FileNotFoundError: nowhere.parquet
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.read_table(path)
    except pa.ArrowInvalid as error:
        raise ValueError(f"{path} is no Parquet file: {error}") from error
    missing = [name for name in OTHERS if name not in table.column_names]
    if missing:
        raise ValueError(f"{path} is no table of specml sweep: it has no column {missing[0]}")
    told = json.loads((table.schema.metadata or {}).get(b"specml", b"{}"))
    sounds = table.filter(table["error"].is_null())
    if not sounds.num_rows:
        raise ValueError(f"{path} has no row with a sound")
    data = {name: sounds[name].to_numpy() for name in sounds.column_names}
    failed = table.filter(table["error"].is_valid()).select(["row", "error"]).to_pydict()
    return Table(path, data, told, dict(zip(failed["row"], failed["error"], strict=True)))

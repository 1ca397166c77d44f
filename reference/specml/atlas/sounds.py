"""The sounds of rows: made again from the table, as samples, files or answers."""

import io
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import soundfile

from ..reference.arrays import Array
from ..running import start
from ..sweeping.table import row_config
from .table import Table

OPUS_RATES = (8000, 12000, 16000, 24000, 48000)  # Hz; it has no others


def samples(table: Table, row: int) -> Array:
    """Return the sound of a row, ``(channels, n)``.

    Raises
    ------
    ValueError
        If the table has no such row with a sound.
    """
    at = np.flatnonzero(table["row"] == row)
    if not len(at):
        raise ValueError(_missing(table, row))
    return np.concatenate(list(start(row_config(table.path, row))), axis=1)


def _missing(table: Table, row: int) -> str:
    if row in table.errors:
        return f"row {row} failed: {table.errors[row]}"
    return f"{table.path.name} has no row {row}; it has {table['row'].min()}..{table['row'].max()}"


def wav(table: Table, row: int) -> bytes:
    """Return the sound of a row as a file: WAV, 32-bit float, the samples as they are recorded."""
    file, sound = io.BytesIO(), samples(table, row)
    soundfile.write(file, sound.T, rate(table, row), format="WAV", subtype="FLOAT")
    return file.getvalue()


def rate(table: Table, row: int) -> int:
    """Return the sample rate of a row that is there, in whole Hz, as files have it."""
    return round(float(table["samplerate"][table["row"] == row][0]))


def ending(table: Table) -> str:
    """Return what files of these sounds end in: ``.opus`` if the library and the rates allow it.

    Examples
    --------
    >>> from pathlib import Path
    >>> ending(Table(Path("a.parquet"), {"samplerate": np.array([44100.0])}, {}))
    '.wav'
    """
    has = "OPUS" in soundfile.available_subtypes("OGG")
    return ".opus" if has and np.isin(table["samplerate"], OPUS_RATES).all() else ".wav"


def chosen(table: Table, many: int | None) -> list[int]:
    """Return so many rows, spread over the table; all of them without a number.

    Examples
    --------
    >>> from pathlib import Path
    >>> chosen(Table(Path("a.parquet"), {"row": np.arange(10)}, {}), 3)
    [0, 4, 9]
    """
    return [int(table["row"][k]) for k in spread(table.rows, table.rows if many is None else many)]


def spread(rows: int, many: int) -> list[int]:
    """Return `many` of the numbers 0 .. rows - 1, first and last among them, evenly.

    Examples
    --------
    >>> spread(10, 3), spread(2, 5)
    ([0, 4, 9], [0, 1])
    """
    if many >= rows:
        return list(range(rows))
    return [round(k * (rows - 1) / max(many - 1, 1)) for k in range(many)]


def write(table: Table, rows: Iterable[int], folder: Path) -> None:
    """Write the sounds of rows into a folder: ``ROW.opus``, or ``ROW.wav`` of 16 bits.

    What goes beyond ±1 is turned down, for a file of 16 bits or of Opus has no more.
    """
    end = ending(table)
    form = {"format": "OGG", "subtype": "OPUS"} if end == ".opus" else {"format": "WAV"}
    for row in rows:
        sound = samples(table, row)
        sound = (sound / max(1.0, float(np.abs(sound).max()))).astype(np.float32)
        soundfile.write(folder / f"{row}{end}", sound.T, rate(table, row), **form)

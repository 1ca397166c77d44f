"""Rows on their way into a table: files in a folder beside it, each whole or not there."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..files import named
from .lock import locked

SPEC, LOCK, UNDER_WAY = "sweep.json", "lock", ".part"
Range = tuple[int, int]  # the first row, and the one after the last


class OtherSweepError(ValueError):
    """A folder or a table holds rows of another sweep."""


class Parts:
    """The folder ``NAME.parts`` of the table ``NAME.parquet``.

    A part is called after its rows and is renamed into place when it is whole, so what a folder
    lists is what has been recorded, whatever was killed and when.

    Parameters
    ----------
    folder : Path
        Of `opened`, which also keeps a second sweep from the same folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, begin: int, end: int) -> Path:
        """Return the name of the part of some rows."""
        return self.folder / f"{begin:010d}-{end:010d}.parquet"

    def write(self, begin: int, end: int, data: bytes) -> None:
        """Record rows ``begin .. end - 1``, a Parquet file that was made elsewhere."""
        path = self.path(begin, end)
        beside = path.with_suffix(UNDER_WAY)
        with named(path):
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)

    def recorded(self) -> list[Range]:
        """Return the rows of each part, in order."""
        return sorted((int(path.stem[:10]), int(path.stem[11:]))
                      for path in self.folder.glob("*-*.parquet"))  # fmt: skip

    def missing(self, rows: int) -> list[Range]:
        """Return the stretches of ``0 .. rows - 1`` that no part has.

        Raises
        ------
        OtherSweepError
            If two parts have the same row, or one has others than the table.
        """
        gaps, reached = [], 0
        for begin, end in [*self.recorded(), (rows, rows)]:
            if begin < reached or end > rows:
                raise OtherSweepError(
                    f"{self.path(begin, end)} overlaps another part: remove what you put there"
                )
            if begin > reached:
                gaps.append((reached, begin))
            reached = end
        return gaps

    def remove(self) -> None:
        """Remove the folder; Windows keeps the lock until it is free."""
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def opened(folder: Path, described: dict[str, object]) -> Iterator[Parts]:
    """Hand out the parts of the sweep that `described` tells, and of no other.

    A folder in which nothing has been recorded does not stay.

    Raises
    ------
    OtherSweepError
        If the folder holds another sweep's, or one is writing there.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with opened(Path(folder) / "winds.parts", {"design": "grid"}) as parts:
    ...         parts.write(3, 5, b"a Parquet file")
    ...         parts.recorded(), parts.missing(rows=8)
    ([(3, 5)], [(0, 3), (5, 8)])
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder / LOCK) as free:
        if not free:
            raise OtherSweepError(f"another sweep is writing to {folder}: wait for it, or stop it")
        told, path = json.loads(json.dumps(described)), folder / SPEC
        if not path.exists():
            beside = path.with_suffix(UNDER_WAY)
            text = json.dumps(told, indent=1, ensure_ascii=False)
            beside.write_text(text + "\n", encoding="utf-8")
            beside.replace(path)
        elif (found := json.loads(path.read_text(encoding="utf-8"))) != told:
            raise OtherSweepError(
                f"{folder} has rows of another sweep, whose {_different(found, told)} differ: "
                f"remove it, or write to another file (-o)"
            )
        for rest in folder.glob(f"*{UNDER_WAY}"):
            rest.unlink()
        parts = Parts(folder)
        try:
            yield parts
        finally:
            if folder.exists() and not parts.recorded():
                parts.remove()


def _different(found: dict[str, object], told: dict[str, object]) -> str:
    """Return where two descriptions of a sweep first differ."""
    return next(key for key in {**found, **told} if found.get(key) != told.get(key))

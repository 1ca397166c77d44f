"""A sweep from its beginning, or from where it was stopped, to its table."""

import functools
import json
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from ..files import named
from ..running.saving import save
from .gather import Gather
from .measures import modules
from .parts import OtherSweepError, Parts, opened
from .spec import Spec
from .table import errors, failed, join, part, read_described, row_config, row_sha256

if TYPE_CHECKING:
    from distributed import Client

DIED = "its worker died each time it was run"
Cluster = Callable[[], AbstractContextManager["Client"]]


def folder_of(path: Path) -> Path:
    """Return the folder of what a table is made from, beside it.

    Examples
    --------
    >>> folder_of(Path("winds.parquet")).name
    'winds.parts'
    """
    return path.with_suffix(".parts")


def sweep(spec: Spec, path: Path, cluster: Cluster, progress: bool = False) -> int:
    """Write the table of a sweep; what has been recorded by one that was stopped is not run again.

    Parameters
    ----------
    spec : Spec
        The sweep.
    path : Path
        The table. Its bytes depend on the sweep alone: not on workers, on the order in which they
        came to an end, nor on what was killed meanwhile.
    cluster : callable
        Returns what gives a client of a Dask cluster, as `specml.sweeping.local`; it is not called
        if nothing is left to be run.
    progress : bool
        Show a bar on a terminal.

    Returns
    -------
    int
        How many rows have an error.

    Raises
    ------
    OtherSweepError
        If there is another sweep's table, or the folder beside it holds rows of another.
    LostError
        If the scheduler went away. What has been recorded stays.
    OSError
        If a file cannot be written: it names the file.

    Examples
    --------
    >>> import tempfile
    >>> from distributed import Client
    >>> from specml.sweeping import from_dict, row_config
    >>> told = {"run": {"around": "wind"}, "sweep": {"seconds": 0.01, "seeds": "1:3"}}
    >>> inside = lambda: Client(n_workers=1, processes=False, dashboard_address="127.0.0.1:0")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "winds.parquet"
    ...     sweep(from_dict(told, Path(folder)), path, inside)
    ...     row_config(path, 2).seed, repeat(path, 2, Path(folder)).name
    0
    (3, 'winds-row2.wav')
    """
    described, folder = spec.described(path.parent), folder_of(path)
    if path.exists():
        if read_described(path) != json.loads(json.dumps(described)):
            raise OtherSweepError(f"{path} is of another sweep: remove it, or write elsewhere (-o)")
    else:
        with opened(folder, described) as parts:
            _complete(spec, parts, cluster, progress)
            with named(path):
                join(spec, parts, path)
    shutil.rmtree(folder, ignore_errors=True)
    return errors(path)


def _complete(spec: Spec, parts: Parts, cluster: Cluster, progress: bool) -> None:
    """Run what no part has."""
    missing = parts.missing(spec.rows)
    left = sum(end - begin for begin, end in missing)
    if not left:
        return
    bar = tqdm(total=spec.rows, initial=spec.rows - left, unit=" rows", leave=False,
               disable=None if progress else True)  # fmt: skip

    def record(begin: int, end: int, data: bytes) -> None:
        parts.write(begin, end, data)
        bar.update(end - begin)

    with cluster() as client, bar:
        for module, file in modules(spec.measures).items():
            if file.stem == module:  # one file; a package has to be installed where workers are
                client.upload_file(str(file))
        gather = Gather(client, functools.partial(part, spec), record)
        for row in gather.run(missing):
            record(row, row + 1, failed(spec, row, DIED))


def repeat(table: Path, row: int, folder: Path, progress: bool = False) -> Path:
    """Run a row of a table once more, and write its sound and record into a folder.

    Parameters
    ----------
    table : Path
        As `sweep` wrote it.
    row : int
        Its number.
    folder : Path
        Where ``NAME-rowN.wav`` and ``.json`` go.
    progress : bool
        Show a bar on a terminal.

    Returns
    -------
    Path
        The sound.

    Raises
    ------
    ValueError
        If the file is no such table, has no such row, or the row could not be run; if the samples
        are not those that were measured: the error names both SHA-256. They are written then.
    OSError
        If a file cannot be written: it names the file.

    Examples
    --------
    >>> import tempfile
    >>> from distributed import Client
    >>> from specml.sweeping import from_dict
    >>> told = {"run": {"around": "wind"}, "sweep": {"seconds": 0.01, "seeds": "1:3"}}
    >>> inside = lambda: Client(n_workers=1, processes=False, dashboard_address="127.0.0.1:0")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "winds.parquet"
    ...     _ = sweep(from_dict(told, Path(folder)), path, inside)
    ...     repeat(path, 1, Path(folder) / "again").name
    'winds-row1.wav'
    """
    config, recorded = row_config(table, row), row_sha256(table, row)
    sound = folder / f"{table.stem}-row{row}.wav"
    found = save(config, sound, progress=progress).facts["sha256"]
    if found != recorded:
        raise ValueError(
            f"{sound} is not what was measured: its SHA-256 is {found}, not {recorded}"
        )
    return sound

"""The table of a sweep: its columns, its rows, the file that it becomes."""

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..running import Config, words
from .parts import Parts
from .rows import measured
from .spec import Row, Spec, read

if TYPE_CHECKING:
    import pyarrow as pa

GROUP = 1 << 16  # rows of a row group: what is held in memory while the table is written
KEY = b"specml"  # of the metadata
TABLE = {"compression": "zstd", "version": "2.6"}


def schema(spec: Spec) -> "pa.Schema":
    """Return the columns of a sweep's table.

    Examples
    --------
    >>> run = Config.from_dict({"model": "autoregnn", "inputs": {"x": "sine(200*t)"}, "seconds": 1})
    >>> schema(Spec({"run": run}, "grid", (), points=1, measures=("level",))).names[-6:]
    ['seed', 'samplerate', 'samples', 'sha256', 'level', 'error']
    """
    import pyarrow as pa

    bases = spec.bases.values()
    names = dict.fromkeys(name for base in bases for name in (*base.settings, *base.controls))
    swept = dict.fromkeys(axis.name for axis in spec.axes if axis.name != "seed")
    fields = [("row", pa.int64()), ("base", pa.string()), ("model", pa.string())]
    fields += [(name, pa.type_for_alias(_type(name))) for name in {**names, **swept}]
    fields += [(f"{axis.name}_factor", pa.float64()) for axis in spec.axes if axis.times]
    fields += [("seed", pa.uint64()), ("samplerate", pa.float64()), ("samples", pa.int64())]
    fields += [("sha256", pa.string()), *((name, pa.float64()) for name in spec.measures)]
    return pa.schema([*fields, ("error", pa.string())])


def _type(name: str) -> str:
    """Return the type of the column of a setting or control."""
    kinds = {
        words.table(model)[name].kind for model in words.models() if name in words.table(model)
    }
    return "int64" if "whole" in kinds else "string" if "choice" in kinds else "float64"


def columns(row: Row, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of the table, with what was `found`.

    Where a control moves over time, its number is missing.
    """
    run = row.run
    controls = {**run.controls, **{k: v for k, v in row.values.items() if k in run.controls}}
    return {
        "row": row.row, "base": row.base, "model": run.model, **run.settings, "seed": run.seed,
        **row.values, **{k: None if isinstance(v, str) else v for k, v in controls.items()},
        **{f"{name}_factor": by for name, by in row.factors.items()},
        "samplerate": run.samplerate, "samples": run.samples, **found,
    }  # fmt: skip


def part(spec: Spec, begin: int, end: int) -> bytes:
    """Run rows ``begin .. end - 1`` and return them as a Parquet file.

    Examples
    --------
    >>> run = Config.from_dict({"model": "unlearn", "samples": 100})
    >>> part(Spec({"run": run}, "grid", (), points=1), 0, 1)[:4]
    b'PAR1'
    """
    rows = [columns(row, measured(row, spec.measures)) for row in spec.between(begin, end)]
    return packed(spec, rows)


def failed(spec: Spec, row: int, error: str) -> bytes:
    """Return the Parquet file of a row that could not be run."""
    missing: dict[str, Any] = {"sha256": None, "error": error} | dict.fromkeys(spec.measures)
    return packed(spec, [columns(each, missing) for each in spec.between(row, row + 1)])


def packed(spec: Spec, rows: list[dict[str, Any]]) -> bytes:
    """Return rows as a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema(spec)), file, **TABLE)
    return file.getvalue()


def join(spec: Spec, parts: Parts, path: Path) -> None:
    """Write the parts as one file, whose bytes do not depend on how the rows were parted.

    It appears when it is whole.
    """
    import pyarrow.parquet as pq

    described = json.dumps(spec.described(path.parent), ensure_ascii=False)
    told = schema(spec).with_metadata({KEY: described.encode()})
    beside = parts.folder / "table.part"
    with pq.ParquetWriter(beside, told, **TABLE) as writer:
        for group in _groups(parts):
            writer.write_table(group.cast(told), row_group_size=GROUP)
    beside.replace(path)


def _groups(parts: Parts) -> Iterator["pa.Table"]:
    """Yield the rows in tables of `GROUP` rows, each column in one piece."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    waiting: list[pa.Table] = []
    for begin, end in parts.recorded():
        waiting.append(pq.ParquetFile(parts.path(begin, end)).read(use_threads=False))
        if sum(map(len, waiting)) >= GROUP:
            whole = pa.concat_tables(waiting).combine_chunks()
            yield whole.slice(0, GROUP)
            waiting = [whole.slice(GROUP)]
    if rest := pa.concat_tables(waiting).combine_chunks():
        yield rest


def read_described(path: Path) -> Any:
    """Return what a table says of its sweep, as `Spec.described` said it.

    Raises
    ------
    ValueError
        If it is no such table.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        metadata = pq.read_schema(path).metadata or {}
    except pa.ArrowInvalid as error:
        raise ValueError(f"{path} is no Parquet file: {error}") from error
    if KEY not in metadata:
        raise ValueError(f"{path} is a table, but of no sweep")
    return json.loads(metadata[KEY])


def read_spec(path: Path) -> Spec:
    """Return the sweep that a table is of; errors are those of `read_described`.

    Examples
    --------
    >>> import tempfile
    >>> from distributed import Client
    >>> from specml.sweeping import from_dict, sweep
    >>> told = {"run": {"around": "wind"}, "sweep": {"seconds": 0.01, "seeds": "1:3"}}
    >>> inside = lambda: Client(n_workers=1, processes=False, dashboard_address="127.0.0.1:0")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "winds.parquet"
    ...     _ = sweep(from_dict(told, Path(folder)), path, inside)
    ...     read_spec(path).rows
    3
    """
    return read(read_described(path), path.parent)


def row_config(table: Path | str, row: int) -> Config:
    """Return what a row of a table was told: `specml.running.start` repeats it.

    Parameters
    ----------
    table : path
        As `specml sweep` wrote it.
    row : int
        Its number, 0..

    Raises
    ------
    ValueError
        If the file is no such table, it has no such row, or the row could not be run.

    Examples
    --------
    >>> import tempfile
    >>> from distributed import Client
    >>> from specml.sweeping import from_dict, sweep
    >>> told = {"run": {"around": "wind"}, "sweep": {"seconds": 0.01, "seeds": "1:3"}}
    >>> inside = lambda: Client(n_workers=1, processes=False, dashboard_address="127.0.0.1:0")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "winds.parquet"
    ...     _ = sweep(from_dict(told, Path(folder)), path, inside)
    ...     row_config(path, 2).seed
    3
    """
    spec = read_spec(Path(table))
    if not 0 <= row < spec.rows:
        raise ValueError(f"{table} has rows 0..{spec.rows - 1}, not {row}")
    return spec.between(row, row + 1)[0].config()


def errors(table: Path) -> int:
    """Return how many rows of a table have an error."""
    import pyarrow.parquet as pq

    found = pq.read_table(table, columns=["error"])["error"]
    return len(found) - int(found.null_count)


def row_sha256(table: Path, row: int) -> str | None:
    """Return the SHA-256 of the samples of a row, if it could be run."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(table) as file:
        group, at = divmod(row, GROUP)  # rows lie in order
        found = file.read_row_group(group, columns=["sha256"])["sha256"][at].as_py()
    return None if found is None else str(found)

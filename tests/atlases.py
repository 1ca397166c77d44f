"""Tables as a sweep writes them, with numbers that a test chooses."""

import io
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from specml.sweeping import table as sweeping
from specml.sweeping.told import from_dict

RATE = 48000.0
BASES = ("wind", "clicks")


def axis(name, low, high, log=True, times=False):
    return {"name": name, "values": [], "low": low, "high": high, "log": log, "times": times}


AXES = [
    axis("mu", 0.25, 4.0, times=True),
    axis("lambda", 0.1, 100.0),
    axis("friction", 0, 8, log=False),
]
MEASURES = ["level", "centroid", "mine"]


def columns(rows: int, seed: int = 0) -> dict[str, np.ndarray]:
    """Rows whose level follows from where they are; `mine` is a measure that nobody describes."""
    draw = np.random.default_rng(seed)
    at = np.arange(rows)
    factor = 4.0 ** draw.uniform(-1, 1, rows)
    lambda_, friction = 10.0 ** draw.uniform(-1, 2, rows), draw.uniform(0, 8, rows)
    return {
        "row": at, "base": np.array(BASES)[at * len(BASES) // rows],
        "model": np.full(rows, "unlearn"), "neurons": np.full(rows, 16), "lambda": lambda_,
        "mu": factor * np.where(at * len(BASES) // rows, 0.1, 235.0), "friction": friction,
        "mu_factor": factor, "seed": (at + 2**60).astype(np.uint64),
        "samplerate": np.full(rows, RATE), "samples": np.full(rows, 4800),
        "sha256": np.full(rows, 32 * "0f"), "level": -30.0 + 5 * np.log10(lambda_) - friction,
        "centroid": 10.0 ** draw.uniform(1, 4.3, rows), "mine": draw.uniform(1, 2, rows),
        "error": np.full(rows, None),
    }  # fmt: skip


def write(path: Path, given, axes=AXES, measures=MEASURES) -> Path:
    """Write them as a table, of which the sweep says what it went over and measured."""
    told = json.dumps({"axes": axes, "measures": measures})
    table = pa.table({name: pa.array(values) for name, values in given.items()})
    fields = [pa.field("error", pa.string()) if f.name == "error" else f for f in table.schema]
    table = table.cast(pa.schema(fields)).replace_schema_metadata({"specml": told})
    parquet.write_table(table, path)
    return path


def swept(path: Path, around: list[str], points: int = 2, seconds: float = 0.1) -> Path:
    """Run a small sweep around examples, here and now, and write its table."""
    over = {name: {"factor": [0.5, 2]} for name in ("mu", "strength", "lambda")}
    design = {"design": "sobol", "points": points, "seconds": seconds, "over": over}
    told = {"run": {"around": around}, "sweep": design | {"measures": ["level", "centroid"]}}
    spec = from_dict(told, path.parent)
    rows = parquet.read_table(io.BytesIO(sweeping.part(spec, 0, spec.rows)))
    described = {sweeping.KEY: json.dumps(spec.described(path.parent))}
    parquet.write_table(rows.replace_schema_metadata(described), path)
    return path

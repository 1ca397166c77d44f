"""Small sweeps for the tests, and a measure of a user's own that kills."""

from pathlib import Path

import pyarrow.parquet as pq

from specml.sweeping import design, told
from specml.sweeping.axes import Axis
from specml.sweeping.parts import opened
from specml.sweeping.table import join, part
from specml.sweeping.whole import folder_of

# The measure kills once, when there are three parts; what it computes it writes down.
WORKER = "os.kill(os.getpid(), signal.SIGKILL)"
PARENT = "os.kill(os.getppid(), signal.SIGKILL)"  # a worker's is the client, or the scheduler
CTRL_C = "os.killpg(0, signal.SIGINT)"  # as a terminal does it
KILLING = """
import hashlib, os, signal
from pathlib import Path

FOLDER = Path({folder!r})


def once(recording):
    with open(FOLDER / "computed", "a") as file:
        print(os.getpid(), digest(recording), file=file)
    if len([*FOLDER.glob("*.parts/*-*.parquet")]) >= 3:
        try:
            (FOLDER / "killed").open("x")
        except FileExistsError:
            return 1.0
        {how}
    return 1.0


def digest(recording):
    return hashlib.sha256(recording.samples.T.astype("<f4").tobytes()).hexdigest()


def deadly(recording):
    if digest(recording) == (FOLDER / "deadly").read_text():
        os.kill(os.getpid(), signal.SIGKILL)
    return 1.0
"""

SWEEP = """
[run]
around = ["wind", "chatter"]
[sweep]
design = "random"
points = 6
seconds = 0.01
seeds = "1:2"
measures = [{measures}]
[sweep.over]
mu = {{factor = [0.25, 4]}}
radius = {{low = 0.001, high = 1, scale = "log"}}
neurons = {{low = 4, high = 20}}
"""


def written(folder: Path, *measures: str) -> Path:
    """Write the file of a sweep of 24 rows."""
    path = folder / "winds.toml"
    path.write_text(SWEEP.format(measures=", ".join(f'"{name}"' for name in measures)))
    return path


def undisturbed(spec: told.Spec, path: Path) -> bytes:
    """Return the bytes of the table, as one process makes it without a cluster."""
    with opened(folder_of(path), spec.described(path.parent)) as parts:
        parts.write(0, spec.rows, part(spec, 0, spec.rows))
        join(spec, parts, path)
    data = path.read_bytes()
    parts.remove()
    path.unlink()
    return data


def many_values() -> bytes:
    """Return values of axes over decades, so many that any other rounding is seen."""
    places = design.random(1, 1, 0, 4000)[:, 0]
    axes = (Axis("mu", low=1e-3, high=1e3, log=True), Axis("mu", low=-0.1, high=0.7))
    return repr([axis.at(places) for axis in axes]).encode()


def rows(path: Path) -> list[dict[str, object]]:
    """Return the rows of a table or a part."""
    return pq.read_table(path).to_pylist()

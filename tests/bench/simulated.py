"""A sweep whose rows are not run, and what it cost: ``python -m bench.simulated ROWS``."""

import contextlib
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

from specml.sweeping import cluster, gather, table, told, whole
from specml.sweeping.spec import Spec

BATCH = 100  # rows of a task, as where a row takes 10 ms
NOTHING = {"sha256": "0" * 64, "level": 0.0, "centroid": 0.0, "error": None}


def spec(rows: int) -> Spec:
    over = {"mu": {"factor": [0.25, 4]}, "nu": {"factor": [0.25, 4]}, "radius": {"values": [1, 2]}}
    given = {"design": "sobol", "points": rows, "seconds": 1, "measures": ["level", "centroid"],
             "over": over}  # fmt: skip
    return told.from_dict({"run": {"around": ["wind"]}, "sweep": given}, Path())


def unheard(spec: Spec, begin: int, end: int) -> bytes:
    """Rows as they would be recorded, of sounds that nobody has made."""
    return table.packed(spec, [table.columns(row, NOTHING) for row in spec.between(begin, end)])


def memory() -> int:
    """Bytes that this process, client and scheduler, has had at most."""
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(rows: int) -> None:
    marks: dict[str, float] = {}

    def joined(*given) -> None:
        marks["run"], marks["memory"] = time.perf_counter(), memory()
        table.join(*given)

    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(gather, "MOST", BATCH),
        mock.patch.object(whole, "part", unheard),
        mock.patch.object(whole, "join", joined),
    ):
        path, started = Path(folder) / "table.parquet", time.perf_counter()
        with cluster.local(1) as client:
            client.submit(time.time).result()
            marks["started"], before = time.perf_counter(), memory()
            whole.sweep(spec(rows), path, lambda: contextlib.nullcontext(client))
        ended = time.perf_counter()
        size = path.stat().st_size
    print(json.dumps({
        "rows": rows, "start": marks["started"] - started,
        "seconds": marks["run"] - marks["started"], "join": ended - marks["run"],
        "before": before, "grown": marks["memory"] - before, "table": size,
    }))  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]))

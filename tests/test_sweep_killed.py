"""Whoever is killed, a sweep goes on where it was, and its table has the bytes of no trouble."""

import contextlib
import os
import select
import signal
import subprocess
import sys
from unittest import mock

import dask
import distributed  # before its configuration is changed
import pytest

import sweeps
from specml.sweeping import cluster, gather, told
from specml.sweeping.gather import LostError
from specml.sweeping.whole import folder_of, sweep

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
SOON = 60  # seconds, after which a test has failed


@pytest.fixture
def killing(tmp_path, monkeypatch):
    """A sweep one of whose measures kills, and the bytes of its table."""

    def made(how):
        (tmp_path / "killing.py").write_text(sweeps.KILLING.format(folder=str(tmp_path), how=how))
        monkeypatch.syspath_prepend(tmp_path)
        sys.modules.pop("killing", None)
        path = sweeps.written(tmp_path, "level", "killing:once")
        spec = told.from_file(path)
        expected = sweeps.undisturbed(spec, tmp_path / "calm.parquet")
        (tmp_path / "computed").unlink()
        return path, spec, expected

    yield made
    sys.modules.pop("killing", None)


@contextlib.contextmanager
def inside():
    """A cluster without processes of its own, for what goes on after trouble."""
    with (
        cluster.quiet(),
        distributed.Client(processes=False, n_workers=1, threads_per_worker=1, set_as_default=False,
                           dashboard_address="127.0.0.1:0") as client,
    ):  # fmt: skip
        yield client


def workers_of(folder) -> set[int]:
    """Return the processes that computed something."""
    return {int(line.split()[0]) for line in (folder / "computed").read_text().splitlines()}


def wait_for_end(process: int) -> None:
    """Wait until a process that is nobody's child of ours has ended."""
    with contextlib.suppress(ProcessLookupError):
        file = os.pidfd_open(process)
        try:
            assert select.select([file], [], [], SOON)[0], f"process {process} goes on"
        finally:
            os.close(file)


def test_a_killed_worker_is_replaced(tmp_path, killing):
    _, spec, expected = killing(sweeps.WORKER)
    table = tmp_path / "winds.parquet"
    with mock.patch.object(gather, "TASK", 0.0):  # a row a task
        sweep(spec, table, lambda: cluster.local(1))
    assert (tmp_path / "killed").exists()
    assert table.read_bytes() == expected
    assert len(workers_of(tmp_path)) == 2
    assert not folder_of(table).exists()


def test_a_killed_client_leaves_nothing_running_and_goes_on(tmp_path, killing):
    path, spec, expected = killing(sweeps.PARENT)
    table = tmp_path / "winds.parquet"
    command = [sys.executable, "-m", "specml", "sweep", path, "--workers", "1"]
    killed = subprocess.run(command, cwd=tmp_path, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    for process in workers_of(tmp_path):
        wait_for_end(process)
    recorded = {part.name: part.read_bytes() for part in folder_of(table).glob("*-*.parquet")}
    sums = {
        row["sha256"] for part in folder_of(table).glob("*-*.parquet") for row in sweeps.rows(part)
    }
    assert len(recorded) >= 3 and not table.exists()

    (tmp_path / "computed").unlink()
    sweep(spec, table, inside)
    assert table.read_bytes() == expected
    again = {line.split()[1] for line in (tmp_path / "computed").read_text().splitlines()}
    assert not again & sums, "what had been recorded was run again"


def test_ctrl_c_ends_it_in_a_line_and_it_goes_on(tmp_path, killing, ctrl_c):
    path, spec, expected = killing(sweeps.CTRL_C)
    table = tmp_path / "winds.parquet"
    stopped = subprocess.run([sys.executable, "-m", "specml", "sweep", path, "--workers", "1"],
                             cwd=tmp_path, capture_output=True, text=True,
                             start_new_session=True)  # fmt: skip
    said = f"stopped; what has been run is in {folder_of(table)}: the same command goes on\n"
    assert (stopped.stdout, stopped.stderr, stopped.returncode) == (said, "", 130)
    for process in workers_of(tmp_path):
        wait_for_end(process)
    assert len([*folder_of(table).glob("*-*.parquet")]) >= 3 and not table.exists()
    sweep(spec, table, inside)
    assert table.read_bytes() == expected


SCHEDULER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0",
                      host="127.0.0.1", silence_logs=50) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@contextlib.contextmanager
def scheduler(folder):
    """Start a scheduler with a worker in another process, and say where it is."""
    (folder / "scheduler.py").write_text(SCHEDULER)
    with subprocess.Popen([sys.executable, folder / "scheduler.py"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as process:  # fmt: skip
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()


def test_a_killed_scheduler_is_said_and_the_sweep_goes_on_elsewhere(tmp_path, killing):
    _, spec, expected = killing(sweeps.PARENT)
    table = tmp_path / "winds.parquet"
    with (
        scheduler(tmp_path) as address,
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        mock.patch.object(gather, "TASK", 0.0),
        pytest.raises(LostError, match="the scheduler went away"),
    ):
        sweep(spec, table, lambda: cluster.remote(address))
    assert len([*folder_of(table).glob("*-*.parquet")]) >= 3 and not table.exists()
    sweep(spec, table, inside)
    assert table.read_bytes() == expected


@pytest.mark.long
def test_a_row_that_kills_its_worker_each_time_is_the_only_one_lost(tmp_path, killing):
    killing(sweeps.WORKER)
    path = sweeps.written(tmp_path, "level", "killing:deadly")
    spec, table = told.from_file(path), tmp_path / "winds.parquet"
    (tmp_path / "deadly").write_text("none")
    expected = sweeps.undisturbed(spec, table)
    sweeps_rows = rows_of(expected, tmp_path)
    (tmp_path / "deadly").write_text(sweeps_rows[5]["sha256"])
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
        sweep(spec, table, lambda: cluster.local(1))
    found = sweeps.rows(table)
    assert found[5].pop("error") == "its worker died each time it was run"
    assert found[5]["level"] is None and found[5]["sha256"] is None
    assert found[:5] + found[6:] == sweeps_rows[:5] + sweeps_rows[6:]


def rows_of(data: bytes, folder) -> list[dict[str, object]]:
    (folder / "calm.parquet").write_bytes(data)
    return sweeps.rows(folder / "calm.parquet")

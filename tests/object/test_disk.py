"""Files on the disk: whole whatever befalls them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import builds
from object.library import HERE, OBJECT, Host
from object.lived import lived, written


def test_what_cannot_be_written_is_told_and_leaves_the_old_file(tmp_path):
    host = lived("autoregnn")
    for path, why in ((tmp_path / "no" / "x", "No such file"), (tmp_path, "Is a directory")):
        said = host.send("write", str(path))
        assert said.startswith(f"error: cannot write {path}: {why}")
    assert list(tmp_path.iterdir()) == []


def test_a_link_goes_on_pointing_there_and_rights_stay(tmp_path):
    host = lived("autoregnn")
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    data = written(host, tmp_path / "link")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_bytes() == data
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "real"]


def test_what_is_no_file_is_not_waited_for(tmp_path):
    """Opening a pipe would last until somebody writes into it."""
    os.mkfifo(tmp_path / "pipe")
    host = lived("autoregnn")
    said = host.send("read", str(tmp_path / "pipe"))
    assert said.endswith("it is no ordinary file\n")


CALLS = ("write", "fsync", "close", "rename", "fchmod", "open")


@pytest.fixture(scope="module")
def disk() -> Path:
    if sys.platform != "linux":
        pytest.skip("only linkers of ELF programs put calls of ours in place of the system's")
    wraps = "-Wl," + ",".join(f"--wrap={name}" for name in CALLS)
    return builds.compile_c(
        "disk", [OBJECT / "file.c", HERE / "disk.c"], "-std=c11", f"-I{OBJECT}", wraps
    )


def befalls(disk: Path, folder: Path, what: str, call: int) -> tuple[int, str]:
    """An old file, and a new one of some pieces in its place."""
    (folder / "x").write_bytes(b"old")
    ran = subprocess.run(
        [disk, folder / "x", str(3 << 20), what, str(call)], capture_output=True, text=True
    )
    return ran.returncode, ran.stdout


NEW = b"n" * (3 << 20)


def test_a_full_disk_leaves_the_old_file_whole_and_nothing_else(disk, tmp_path):
    status, said = befalls(disk, tmp_path, "full", 1000)
    calls = int(said.split()[-1])
    assert status == 0 and calls >= 8 and (tmp_path / "x").read_bytes() == NEW
    failures = 0
    for call in range(1, calls + 1):
        status, said = befalls(disk, tmp_path, "full", call)
        assert [path.name for path in tmp_path.iterdir()] == ["x"], call
        if status:
            failures += 1
            assert said.startswith("No space left on device"), call
            assert (tmp_path / "x").read_bytes() == b"old", call
        else:  # its folder is not on the disk yet, or its rights are the usual ones
            assert (tmp_path / "x").read_bytes() == NEW, call
    assert failures >= 6


def test_kill_9_at_any_moment_leaves_the_old_file_or_the_new_one(disk, tmp_path):
    found = []
    for call in range(1, 30):
        status, _ = befalls(disk, tmp_path, "kill", call)
        assert status in (-signal.SIGKILL, 0)
        content = (tmp_path / "x").read_bytes()
        assert content in (b"old", NEW), call
        found.append((status, content == NEW))
        if status == 0:
            break
    assert (-signal.SIGKILL, False) in found and found[-1] == (0, True)
    assert found == sorted(found, key=lambda pair: pair[1])


def test_a_leftover_of_the_same_name_is_left_alone(tmp_path):
    """As a killed process leaves it."""
    host = lived("autoregnn")
    (tmp_path / f"x.{os.getpid()}-0.part").write_bytes(b"somebody's")
    written(host, tmp_path / "x")
    assert (tmp_path / f"x.{os.getpid()}-0.part").read_bytes() == b"somebody's"
    assert len(list(tmp_path.iterdir())) == 2


def test_big_files_take_the_memory_that_is_stated():
    """docs/state.md: two more of the network while it is written, and while it is read."""
    ran = subprocess.run(
        [sys.executable, "-c", BIG], env={**os.environ, "PYTHONPATH": str(builds.HERE)},
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    network, write, read = map(int, ran.stdout.split())
    assert network > 60 << 20
    assert write <= 2.1 * network
    assert read <= 3.1 * network


BIG = """
import os, resource, sys, tempfile
from object.library import Host
unit = 1 if sys.platform == "darwin" else 1024
peak = lambda: unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
Host("autoregnn")
small = peak()
host = Host("autoregnn", "-size 1024 -width 1024 -layers 8 -fade 0")
host.sounding(False)
network = peak() - small
with tempfile.TemporaryDirectory() as folder:
    host.said()
    assert host.send("write", folder + "/x") == f"written {folder}/x\\n"
    write = peak() - small - network
    assert host.send("read", folder + "/x").endswith(f"read {folder}/x\\n")
    size = os.path.getsize(folder + "/x")
print(size, write, peak() - small - network)
"""


def test_what_is_large_is_not_copied_while_it_sounds(tmp_path):
    host = Host("unlearn", "64 1 70000")
    host.said()
    path = tmp_path / "x"
    assert host.send("write", str(path)) == (
        f"error: cannot write {path}: 36 MB cannot be copied while it sounds, at most 33: switch "
        "sound off for it\n"
    )
    host.sounding(False)
    assert host.send("write", str(path)) == f"written {path}\n"

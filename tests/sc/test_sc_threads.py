"""UGens on all the threads of a server: they sound, hear commands, read and write files, begin and
end meanwhile, and buffers become others. No race, and all memory is given back."""

import functools
import os
import subprocess
from pathlib import Path

import pytest

from sc.fakes import PLUGINS, build_fake, build_plugins

RACE = "-fsanitize=thread"
each_plugin = pytest.mark.parametrize("plugin", PLUGINS)


@functools.cache
def racing(plugin: str) -> tuple[str, Path, Path]:
    """`setarch -R`: ThreadSanitizer needs its addresses free."""
    folder = build_plugins("sc-racing", "-Db_sanitize=thread", "-Db_lundef=false")
    return "setarch", "-R", build_fake("threads", plugin, RACE, "-g"), folder / f"{plugin}.so"


def live(plugin: str, folder: Path, seed: int, sin: str = "") -> subprocess.CompletedProcess:
    environment = os.environ | {"TSAN_OPTIONS": "halt_on_error=1", "SIN": sin}
    return subprocess.run(
        [*racing(plugin), folder / "state", str(seed)], capture_output=True, text=True,
        check=False, env=environment, timeout=300,
    )  # fmt: skip


@each_plugin
@pytest.mark.parametrize("seed", [1, 2])
def test_threads_do_not_meet(plugin, seed, tmp_path):
    ran = live(plugin, tmp_path, seed)
    assert ran.returncode == 0, ran.stdout[-300:] + ran.stderr
    assert ran.stdout.endswith("held 0\n")
    for told in (": written ", ": read ", " too late\n", ": the synth has ended\n", "has 0 frames"):
        assert told in ran.stdout


@each_plugin
def test_a_stage_on_the_other_thread_is_seen(plugin, tmp_path):
    """The third, which is for the thread that sounds."""
    ran = live(plugin, tmp_path, 1, "early")
    assert ran.returncode == 66
    assert "ThreadSanitizer: data race" in ran.stderr


def test_two_networks_of_supernova_without_a_lock_are_seen(tmp_path):
    """Each locks a buffer of its own; the samples are the same."""
    ran = live("specml_supernova", tmp_path, 1, "shared")
    assert ran.returncode == 66
    assert "ThreadSanitizer: data race" in ran.stderr

"""The files of a rendering: one unit, the same bytes each time, and what is said if they cannot be.

Nothing here depends on how fast the machine is, or on what whoever started the tests does with
signals: children have theirs set anew, and wait for a word.
"""

import errno
import hashlib
import json
import os
import resource
import signal
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import scipy.io.wavfile
from click.testing import CliRunner

from specml import core, plot, render
from specml.__main__ import main
from specml.examples import EXAMPLES, Run

SHORT = ("--seconds", "0.1")


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rendered(folder: Path, *words) -> dict[str, bytes]:
    result = run("render", "sine", "-o", folder, *words)
    assert result.exit_code == 0, result.output
    return files(folder)


def assert_a_unit(found: dict[str, bytes]) -> None:
    """A record that is there belongs to the sound beside it."""
    record = json.loads(found["sine.json"])
    assert hashlib.sha256(found["sine.wav"]).hexdigest() == record["file_sha256"]


def chunks(sound: bytes) -> list[bytes]:
    at, names = 12, []
    while at < len(sound):
        name, size = struct.unpack("<4sI", sound[at : at + 8])
        names.append(name)
        at += 8 + size
    return names


def test_two_renderings_are_equal_as_files(tmp_path):
    """No time of day in any of them: libsndfile's PEAK chunk has one."""
    one, two = (rendered(tmp_path / name, *SHORT) for name in "ab")
    assert one == two and len(one) == 3
    assert chunks(one["sine.wav"]) == [b"fmt ", b"fact", b"data"]


def test_the_record_says_what_computed_and_nothing_of_when(tmp_path):
    record = json.loads(rendered(tmp_path, *SHORT)["sine.json"])
    assert list(record) == [
        "example", "model", "settings", "choices", "seed", "samplerate", "samples", "channels",
        "sha256", "file_sha256", "input", "engine", "instruction_set", "processor", "versions",
        "source",
    ]  # fmt: skip
    assert list(record["versions"]) == [
        "specml", "python", "numpy", "scipy", "soundfile", "libsndfile",
    ]  # fmt: skip
    assert record["versions"]["numpy"] == np.__version__
    assert record["processor"]["machine"] == os.uname().machine
    assert record["instruction_set"] == core.isa() and record["input"] is None
    cpu = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    assert "model name" not in cpu or record["processor"]["model"] in cpu


def test_an_older_picture_does_not_stay_beside_a_newer_sound(tmp_path):
    before = rendered(tmp_path, *SHORT)
    assert len(before) == 3
    after = rendered(tmp_path, "--seconds", "0.2", "--no-plot")
    assert set(after) == {"sine.wav", "sine.json"} and after["sine.wav"] != before["sine.wav"]
    assert_a_unit(after)


STAGES = [(render, "render"), (scipy.io.wavfile, "write"), (render, "describe"), (plot, "draw")]
MOVES = [(Path, "unlink", 1), (Path, "unlink", 2), *((Path, "replace", k) for k in (1, 2, 3))]


@pytest.fixture
def drawn_at_once(monkeypatch):
    """A picture takes a second; here it holds its length and no more."""

    def quick(path, example, samples, rate, paper):
        path.write_text(f"{samples.shape}")

    monkeypatch.setattr(plot, "draw", quick)


def after_call(monkeypatch, owner, name: str, count: int, action) -> None:
    """Do something after the count-th call of a function."""
    original, calls = getattr(owner, name), []

    def wrapped(*given, **named):
        result = original(*given, **named)
        calls.append(name)
        if len(calls) == count:
            action()
        return result

    monkeypatch.setattr(owner, name, wrapped)


@pytest.mark.parametrize("owner, name", STAGES, ids=[name for _, name in STAGES])
@pytest.mark.usefixtures("ctrl_c", "drawn_at_once")
def test_ctrl_c_before_all_are_whole_changes_nothing(tmp_path, monkeypatch, owner, name):
    before = rendered(tmp_path, *SHORT)
    after_call(monkeypatch, owner, name, 1, lambda: signal.raise_signal(signal.SIGINT))
    result = run("render", "sine", "-o", tmp_path, "--seconds", 0.2)
    assert (result.exit_code, result.output.split()) == (1, ["Aborted!"])
    assert files(tmp_path) == before


@pytest.mark.parametrize("owner, name, count", MOVES)
@pytest.mark.usefixtures("ctrl_c", "drawn_at_once")
def test_ctrl_c_while_they_are_renamed_waits(tmp_path, monkeypatch, owner, name, count):
    want = rendered(tmp_path / "want", "--seconds", "0.2")
    rendered(tmp_path / "got", *SHORT)
    after_call(monkeypatch, owner, name, count, lambda: signal.raise_signal(signal.SIGINT))
    result = run("render", "sine", "-o", tmp_path / "got", "--seconds", 0.2)
    assert result.exit_code == 1 and "Aborted!" in result.output
    assert files(tmp_path / "got") == want


@pytest.mark.parametrize("owner, name, count", MOVES)
@pytest.mark.usefixtures("drawn_at_once")
def test_whatever_stops_the_renaming_no_record_stands_beside_another_sound(
    tmp_path, monkeypatch, owner, name, count
):
    """As if the machine had lost its power there."""
    before = rendered(tmp_path, *SHORT)

    def stop():
        raise RuntimeError

    after_call(monkeypatch, owner, name, count, stop)
    run("render", "sine", "-o", tmp_path, "--seconds", 0.2)
    found = files(tmp_path)
    if "sine.json" in found:
        assert_a_unit(found)
    if "sine.png" in found:
        assert (found["sine.png"] == before["sine.png"]) == (
            found["sine.wav"] == before["sine.wav"]
        )


CHILD = """
import sys
from specml import render
from specml.__main__ import main
original = render.render

def waiting(*given, **named):
    print("rendering", flush=True)
    sys.stdin.readline()
    return original(*given, **named)

render.render = waiting
main(sys.argv[1:])
"""


def child(*words, prepare):
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, *map(str, words)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=prepare,
    )  # fmt: skip


def test_interrupting_a_process_leaves_no_half_written_file(tmp_path):
    """From outside: it waits in the middle of its work for the signal, or for a word to go on."""
    before = rendered(tmp_path, *SHORT)
    default = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731
    started = child("render", "sine", "-o", tmp_path, "--seconds", 0.2, prepare=default)
    with started:
        assert started.stdout.readline() == "rendering\n"
        assert any(path.is_dir() for path in tmp_path.iterdir())
        started.send_signal(signal.SIGINT)
        said = started.communicate()[1]
    assert (started.returncode, said.split()) == (1, ["Aborted!"])
    assert files(tmp_path) == before


@pytest.mark.parametrize("seconds, size, name", [(0.5, 50_000, "wav"), (0.05, 20_000, "png"),
                                                 (0.001, 500, "json")])  # fmt: skip
def test_a_full_disk_is_one_line_that_names_the_file(tmp_path, seconds, size, name):
    """Here a file that may not grow; all is then as it was."""
    before = rendered(tmp_path, *SHORT)
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))  # noqa: E731
    with child("render", "sine", "-o", tmp_path, "--seconds", seconds, prepare=limit) as started:
        said = started.communicate("on\n")[1]
    want = f"Error: cannot write {tmp_path / 'sine'}.{name}: {os.strerror(errno.EFBIG)}\n"
    assert (started.returncode, said) == (1, want)
    assert files(tmp_path) == before


def _made(folder: Path, *, file: bool = False) -> Path:
    folder.touch() if file else folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    "make",
    [
        lambda tmp: _made(tmp / "file", file=True),
        lambda tmp: _made(tmp / "file", file=True) / "below",
        lambda tmp: Path("/proc/nowhere"),
        lambda tmp: _made(tmp / "folder" / "sine.png").parent,
    ],
    ids=["a file", "below a file", "where nothing can be made", "a folder of the picture's name"],
)
def test_where_nothing_can_be_written_nothing_is_rendered(tmp_path, monkeypatch, make):
    monkeypatch.setattr(render, "render", None)
    folder = make(tmp_path)
    result = run("render", "sine", "-o", folder, *SHORT)
    assert result.exit_code in (1, 2)
    (line,) = [line for line in result.output.splitlines() if "Error" in line]
    assert str(folder) in line and not isinstance(result.exception, OSError)


def test_a_folder_that_may_not_be_written_to(tmp_path, monkeypatch):
    """Its owner may be root, who may always: so the system's answer is played."""
    monkeypatch.setattr(render, "render", None)

    def refuse(*given, dir, **named):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(dir / "beside"))

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    result = run("render", "sine", "-o", tmp_path, *SHORT)
    assert result.exit_code == 1
    assert result.output == f"Error: cannot write {tmp_path}: Permission denied\n"


def test_what_cannot_be_drawn_is_not_rendered_either(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "specml.plot", None)
    monkeypatch.setattr(render, "render", None)
    result = run("render", "sine", "-o", tmp_path, *SHORT)
    assert result.exit_code == 1 and len(result.output.splitlines()) == 1
    assert "--no-plot" in result.output and not files(tmp_path)
    monkeypatch.undo()
    monkeypatch.setitem(sys.modules, "specml.plot", None)
    assert set(rendered(tmp_path, *SHORT, "--no-plot")) == {"sine.wav", "sine.json"}


BEGINNINGS = {".png": b"\x89PNG", ".pdf": b"%PDF", ".svg": b"<?xml", ".PDF": b"%PDF"}


@pytest.mark.parametrize("ending", BEGINNINGS)
def test_a_picture_is_what_its_name_says(tmp_path, ending):
    """And the same bytes each time."""
    samples = render.render(EXAMPLES["sine"], Run(4800))
    pictures = []
    for k, as_path in enumerate((str, Path)):
        path = as_path(tmp_path / f"{k}{ending}")
        plot.draw(path, EXAMPLES["sine"], samples, 48000.0)
        pictures.append(Path(path).read_bytes())
    assert pictures[0] == pictures[1] and pictures[0].startswith(BEGINNINGS[ending])


@pytest.mark.parametrize("name", ["f", "f.jpg", "f.png.txt", ".png"])
def test_other_names_of_pictures_are_refused(tmp_path, name):
    with pytest.raises(ValueError) as error:
        plot.draw(tmp_path / name, EXAMPLES["sine"], np.zeros((2, 10)), 48000.0)
    assert all(ending in str(error.value) for ending in (name, ".png", ".pdf", ".svg"))
    assert not files(tmp_path)


@pytest.mark.parametrize("name, samples, rate", [("sine", 1, 48000), ("sine", 48, 1000),
    ("clicks", 1, 1000), ("clicks", 3, 48000), ("interpolate", 2, 48000)])  # fmt: skip
def test_the_shortest_sounds_have_a_picture(tmp_path, name, samples, rate):
    sound = render.render(EXAMPLES[name], Run(samples, samplerate=float(rate)))
    plot.draw(tmp_path / "short.png", EXAMPLES[name], sound, float(rate))
    assert (tmp_path / "short.png").stat().st_size > 1000

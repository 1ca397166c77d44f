"""The binaries for Windows say what the core says, and the words that they say everywhere."""

from dataclasses import replace

import numpy as np
import pytest

import takes
import windows as system
from bits import assert_same
from externals import missing
from max import wine
from max.stub import Script, here
from max.test_max_threads import BOXES, everything
from object.lived import noise
from twins import ISAS

SAMPLES = 16 * 2048


@pytest.fixture(scope="module")
def windows():
    if system.missing():
        missing(f"for Windows: {system.missing()}")
    system.start(wine.build_driver())
    yield wine.max_for_windows(wine.build_objects())
    system.stop()


@pytest.mark.parametrize("isa", ISAS)
@pytest.mark.parametrize("name", takes.EXAMPLE_NAMES)
def test_each_example(windows, name, isa):
    for k, take in enumerate(takes.of_example(name, SAMPLES, 3)):
        undrawn = replace(take, drawings=[])
        got = windows.play(undrawn, [64, 7, 4096, 1, 512], SPECML_ISA=isa)
        assert_same(f"{name} {k}", got, undrawn.replay(np.float64)[:, : got.shape[1]])


@pytest.mark.parametrize("box", BOXES)
def test_they_say_the_same_words(windows, box):
    """To every message, with a buffer~ and changes of structure."""
    _, said = here().run(everything(box))
    _, there = windows.run(everything(box, "Z:"))
    assert without_time(there.replace(" Z:/", " /")) == without_time(said)


def without_time(said: str) -> list[str]:
    return [line.rstrip() for line in said.splitlines() if not line.startswith("info: load ")]


def test_files_are_those_of_every_system(windows, tmp_path):
    """By names in UTF-8; one that is there is replaced, and nothing else is left beside it."""
    name = "Klänge-日本-𝄞.safetensors"
    x = noise(640)
    script = Script().do("folder", tmp_path).do("new 0 autoregnn~ @seed 5").do("cords 0 1")
    script.do("dsp", 48000.0, 64).hear(x, 64, 2).do("send 0 write", name).hear(x, 64, 2)
    script.do("pass", 100.0).do("send 0 read", name).do("off").do("send 0 get seed")
    said, printed = here().run(script)
    want = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(b"another")
    script.parts[0] = f"folder Z:{tmp_path}\n".encode()
    there, answer = windows.run(script)
    assert_same("what it says", there, said)
    assert without_time(answer.replace(" Z:/", " /")) == without_time(printed)
    assert "info: seed 5" in printed
    assert (tmp_path / name).read_bytes() == want
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_errors_of_files_are_said(windows, tmp_path):
    """And the old one stays whole."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "locked").write_bytes(b"old")
    script = Script().do("folder", f"Z:{tmp_path}").do("new 0 autoregnn~")
    for told in ("write folder", "write none/x", "read folder", "read none", "read locked"):
        script.do("send 0", told)
    _, printed = windows.run(script)
    where, said = f"Z:{tmp_path}", printed.splitlines()
    assert said[0] == f"error: autoregnn~: cannot write {where}/folder: Permission denied"
    assert said[1].startswith(f"error: autoregnn~: cannot write {where}/none/x: No such file")
    for k, name in ((2, "folder"), (3, "none")):
        assert said[k].startswith(f"error: autoregnn~: there is no file {name} beside")
    assert said[4].startswith(f"error: autoregnn~: cannot read {where}/locked: ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "locked"]


def test_a_patcher_keeps_what_was_learnt(windows):
    script = Script().do("new 0 autoregnn~ @keep 1 @seed 5").do("save 0")
    script.do("restore 1 autoregnn~").do("ask 1 keep").do("send 1 get seed").do("send 1 weights")
    _, printed = windows.run(script)
    assert printed.startswith("keep: 1\ninfo: seed 5\n")
    assert printed == here().run(script)[1]


def test_another_instruction_set_is_refused(windows):
    with pytest.raises(RuntimeError, match="autoregnn~ refuses to run: this machine can run"):
        windows.run(Script().do("new 0 autoregnn~"), SPECML_ISA="mmx")

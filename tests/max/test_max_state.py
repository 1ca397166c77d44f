"""State files and snapshots in Max: a sound goes on, and the file is the one of every host."""

import re
from pathlib import Path

import numpy as np
import pytest

from bits import assert_same
from max.stub import Script, here
from object.library import Host
from object.lived import BOXES, CONTROLS, ROWS, SOURCES, each_model, noise

N = 8192
RATE = 48000.0
VECTORS = (1, 2, 7, 16, 64, 100, 512, 4096)


def box(model: str, more: str = "", mark: str = "@") -> str:
    return f"{BOXES[model]} -fade 0 -seed 3 {more}".replace("-", mark)


def sound(model: str, n: int = N, seed: int = 1) -> np.ndarray:
    return np.concatenate([noise(n, seed + k) for k in range(SOURCES[model])])


def playing(name: str, words: str, vector: int = 64) -> Script:
    script = Script().do("new 0", name, words)
    return script.do("cords 0", *[1] * SOURCES[name[:-1]]).do("dsp", RATE, vector)


def heard(host: Host, x: np.ndarray) -> np.ndarray:
    return host.process(*x, *[None] * CONTROLS[host.model], rows=ROWS[host.model])


def lines(printed: str) -> list[str]:
    """As the object says them."""
    return [re.sub(r"^(error|warning): \S+~: |^info: ", lambda found: f"{found[1]}: " if found[1]
            else "", line) for line in printed.splitlines()]  # fmt: skip


# ---- a sound goes on ----


@pytest.mark.parametrize("vectors", [*((v,) for v in VECTORS), (64, 1, 512, 7)])
@each_model
def test_a_sound_that_is_saved_goes_on(model, vectors, tmp_path):
    """Saved while it sounds and weights glide, in a fresh box of another shape."""
    first, file = sound(model), tmp_path / "x"
    rest = [sound(model, N // len(vectors), 5 + k) for k in range(len(vectors))]
    saved = playing(f"{model}~", box(model), vectors[0])
    for told in ("store a", "energy tanh" if model == "unlearn" else "lr 0.5", "recall a 1000."):
        saved.hear(first, vectors[0], ROWS[model]).do("send 0", told)
    saved.hear(first, vectors[0], ROWS[model]).do("send 0 write", file)
    fresh = Script().do("new 0", f"{model}~", "@fade 0").do("send 0 read", file)
    fresh.do("cords 0", *[1] * SOURCES[model])
    for script in (saved, fresh):
        for k, (vector, x) in enumerate(zip(vectors, rest, strict=True)):
            if script is fresh or k:
                script.do("dsp", RATE, vector)
            script.hear(x, vector, ROWS[model])
    went_on, printed = here().run(saved.do("pass", 100.0))
    assert printed == f"info: written {file}\n"
    again, printed = here().run(fresh)
    assert printed == f"info: read {file}\n"
    assert_same("what it says", again, went_on[:, -again.shape[1] :])


@each_model
def test_the_file_is_the_one_of_every_host(model, tmp_path):
    """And each reads the other's."""
    x, host = sound(model), Host(model, box(model, mark="-"))
    script = playing(f"{model}~", box(model))
    for k, told in enumerate(("store a", "seed 8", "store é", "recall a 20.")):
        script.hear(x, 64, ROWS[model]).do("send 0", told)
        script.hear(x[:, :640], 64, ROWS[model]).do("send 0 write", tmp_path / f"max{k}")
        heard(host, x)
        host.send(told)
        heard(host, x[:, :640])
        host.send("write", str(tmp_path / f"host{k}"))
    script.do("off").do("send 0 read", tmp_path / "host1").do("send 0 write", tmp_path / "back")
    _, printed = here().run(script)
    assert "error" not in printed
    for k in range(4):
        assert (tmp_path / f"max{k}").read_bytes() == (tmp_path / f"host{k}").read_bytes(), k
    assert (tmp_path / "back").read_bytes() == (tmp_path / "host1").read_bytes()
    assert Host(model).send("read", str(tmp_path / "max3")) == f"read {tmp_path / 'max3'}\n"


GLIDES = ("store a", "reset", "store b", "recall a 20.", "morph a b 0.25 7.", "recall b 0.",
          "morph b a 0.5", "recall a")  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS)
@each_model
def test_weights_glide_alike_whatever_the_vector(model, vector):
    x = sound(model, N // 2 // vector * vector)
    host, want = Host(model, box(model, mark="-")), []
    script = playing(f"{model}~", box(model), vector)
    for told in GLIDES:
        want.append(heard(host, x))
        script.hear(x, vector, ROWS[model]).do("send 0", told)
        assert not host.send(told)
    got, printed = here().run(script)
    assert not printed
    assert_same("glides", got, np.concatenate(want, axis=1))


# ---- what it says ----


def both(model: str, messages: list[tuple]) -> tuple[list[str], list[str]]:
    """What the box says to these, and what the object says in the smallest host."""
    host, script, want = Host(model, box(model, mark="-")), Script(), []
    host.sounding(False)
    script.do("new 0", f"{model}~", box(model))
    for message in messages:
        script.do("send 0", *message)
        want += host.send(*map(str, message)).splitlines()
    return lines(here().run(script)[1]), want


@each_model
def test_texts_are_those_of_every_host(model, tmp_path):
    """Of snapshots, and of files that are broken, foreign, of another model or of none."""
    (tmp_path / "folder").mkdir()
    other = "unlearn" if model == "autoregnn" else "autoregnn"
    Host(other).send("write", str(tmp_path / "other"))
    Host(model).send("write", str(tmp_path / "shape"))
    Host(model).send("write", str(tmp_path / "whole"))
    whole = (tmp_path / "whole").read_bytes()
    (tmp_path / "short").write_bytes(whole[:-3])
    (tmp_path / "torn").write_bytes(whole[:200])
    (tmp_path / "text").write_bytes(b"weights\n" * 40)
    (tmp_path / "empty").write_bytes(b"")
    messages = [("snapshots",), ("store",), ("store", "a" * 65), ("store", "a"), ("store", "é"),
                ("recall", "b"), ("recall", "a", -1), ("recall", "a", "x"), ("morph", "a"),
                ("morph", "a", "é", 2), ("morph", "a", "é", 0.5), ("recall", "a", 30),
                ("snapshots",), ("forget",), ("forget", "c"), ("forget", "a"), ("snapshots",),
                ("read", "a", "b"), ("write", "a", "b"), ("read", "a", "weights", 3),
                ("write", tmp_path / "folder")]  # fmt: skip
    for name in ("other", "short", "torn", "text", "empty", "whole", "shape"):
        messages += [
            ("read", tmp_path / name),
            ("read", tmp_path / name, "weights"),
            ("get", "seed"),
        ]
    got, want = both(model, messages)
    assert got == want
    assert sum(line.startswith("error: ") for line in want) > 20


def test_a_name_of_no_file_or_folder_is_said(tmp_path):
    """And the box goes on."""
    x, script = sound("autoregnn"), playing("autoregnn~", box("autoregnn"))
    wrong = (f"read {tmp_path}/none", "read none", "write /nowhere/x", f"read {tmp_path}",
             f"read {'x' * 3000}", f"write {'x' * 3000}")  # fmt: skip
    for told in wrong:
        script.do("send 0", told).hear(x[:, :640], 64, 2)
    got, printed = here().run(script)
    said = lines(printed)
    for k, name in ((0, f"{tmp_path}/none"), (1, "none"), (3, tmp_path), (4, "x" * 900)):
        assert said[k] == (
            f"error: there is no file {name} beside the patcher or in Max's search path"
        )
    for k, name in ((2, "/nowhere/x"), (5, "x" * 900)):
        assert said[k] == f"error: cannot write {name}: there is no such folder"
    want = heard(Host("autoregnn", box("autoregnn", mark="-")), np.tile(x[:, :640], len(wrong)))
    assert_same("goes on", got, want)


# ---- names and dialogs ----


@pytest.fixture
def folders(tmp_path) -> tuple[Path, Path]:
    for name in ("patcher", "search"):
        (tmp_path / name).mkdir()
    return tmp_path / "patcher", tmp_path / "search"


def at_home(folders) -> Script:
    script = Script()
    for folder in folders:
        script.do("folder", folder)
    return script.do("new 0 autoregnn~ @seed 5")


def test_a_bare_name_is_in_the_folder_of_the_patcher(folders):
    """Or, when it is read, in the search path behind it; a whole one in either style."""
    patcher, search = folders
    script = at_home(folders).do("send 0 write a").do("send 0 seed 6")
    script.do("send 0 write", f"Disk:{search}/a").do("send 0 write", search / "b")
    for name in ("a", "b", f"Disk:{search}/a", search / "a"):
        script.do("send 0 read", name).do("send 0 get seed")
    _, printed = here().run(script)
    assert lines(printed) == [
        f"written {patcher}/a", f"written {search}/a", f"written {search}/b",
        f"read {patcher}/a", "seed 5", f"read {search}/b", "seed 6", f"read {search}/a", "seed 6",
        f"read {search}/a", "seed 6",
    ]  # fmt: skip


@pytest.mark.parametrize("sending", ["send", "late"])
def test_without_a_name_a_dialog_asks(folders, sending):
    """Cancelled, nothing is said; `\"\"` is no name either."""
    patcher, _ = folders
    script = at_home(folders).do(sending, "0 write").do("choose", patcher / "a")
    script.do(sending, "0 write").do("send 0 seed 6").do(sending, "0 read")
    script.do("send 0 get seed").do("choose", patcher / "a").do(sending, "0 read")
    script.do("send 0 get seed").do("choose", patcher / "a").do(sending, "0 read ''", "weights")
    _, printed = here().run(script)
    asked = ["dialog: save autoregnn.safetensors", "dialog: open "]
    assert lines(printed) == [
        asked[0], asked[0], f"written {patcher}/a", asked[1], "seed 6", asked[1],
        f"read {patcher}/a", "seed 5", asked[1], f"read {patcher}/a",
    ]  # fmt: skip


def test_a_box_begins_with_a_file(folders):
    """Whatever else stands in it; what is not there is said, and the box is made all the same."""
    patcher, _ = folders
    script = at_home(folders).do("send 0 size 9").do("send 0 write a").do("free 0")
    script.do("new 1 autoregnn~ 0.5 20 @file a @seed 7 @fade 3").do("new 2 autoregnn~ @file b")
    for slot in (1, 2):
        for name in ("size", "seed", "fade"):
            script.do(f"ask {slot} {name}")
    script.do("new 3 autoregnn~ @file")
    _, printed = here().run(script)
    assert lines(printed) == [
        f"written {patcher}/a", f"read {patcher}/a",
        "error: there is no file b beside the patcher or in Max's search path",
        "size: 9", "seed: 5", "fade: 3", "size: 12", "seed: 1", "fade: 10",
        "error: file must be the name of a file, not nothing",
    ]  # fmt: skip


# ---- what follows from a file ----


def test_what_is_read_is_what_was_just_written(tmp_path):
    """The main thread waits for the file that the audio thread still has to copy."""
    script = playing("autoregnn~", "@seed 5").hear(sound("autoregnn", 640), 64, 2)
    script.do("send 0 write", tmp_path / "x").do("send 0 read", tmp_path / "x").do("pass", 400.0)
    _, printed = here().run(script)
    assert lines(printed) == [f"written {tmp_path}/x", f"read {tmp_path}/x"]


def test_attributes_and_channels_are_those_of_the_file(tmp_path):
    """The signal chain is built anew."""
    Host("unlearn", "7 2 40 -seed 9").send("write", str(tmp_path / "x"))
    script = Script().do("new 0 mc.unlearn~ 5 @fade 0").do("cords 0", 1).do("dsp", RATE, 64)
    script.do("noise", 3, 1).do("send 0 read", tmp_path / "x")
    for name in ("neurons", "maxdelay", "seed"):
        script.do("ask 0", name)
    got, printed = here().run(script.hear(sound("unlearn", 4096), 64, 7))
    assert got.shape == (7, 4096)
    assert lines(printed) == ["neurons: 7", "maxdelay: 40", "seed: 9", f"read {tmp_path}/x"]

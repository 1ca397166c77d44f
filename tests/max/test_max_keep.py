"""What a patcher keeps of a box: it is saved, reopened, and sounds as it was left."""

import ctypes as ct
import re

import numpy as np
import pytest

from bits import assert_same
from max.stub import Script, here
from max.test_max_state import RATE, box, heard, lines, playing, sound
from object.library import Host, library
from object.lived import ROWS, SOURCES, each_model

TEXTS = ("autoregnn~", "autoregnn2~", "unlearn~", "mc.unlearn~")


def said(printed: str) -> list[str]:
    """Without the warnings of networks that are too large to play."""
    return [line for line in lines(printed) if not line.startswith("warning: size ")]


def reopened(host: Host) -> Host:
    """Another that was given what this one has learnt."""
    room = ct.create_string_buffer(1 << 20)
    count = library().host_pack(host._host, room, ct.c_size_t(len(room)))
    other = Host(host.model, "-fade 0")
    library().host_unpack(other._host, room, ct.c_size_t(count))
    return other


@each_model
@pytest.mark.parametrize("sounds", [True, False])
def test_a_saved_and_reopened_box_sounds_as_it_was_left(model, sounds):
    """Snapshots and settings too, in a box whose text says none of it."""
    x = sound(model, 1280)
    host = Host(model, box(model, mark="-"))
    script = playing(f"{model}~", f"{box(model)} @keep 1").hear(x, 64, ROWS[model])
    heard(host, x)
    for told in ("store a", "store b", "energy tanh" if model == "unlearn" else "lr 0.25"):
        script.do("send 0", told)
        host.send(told)
    script.hear(x, 64, ROWS[model])
    heard(host, x)
    script.do(*["off"] * (not sounds)).do("save 0").do("free 0")
    script.do(f"restore 1 {model}~", "@fade 0").do("ask 1 keep").do("send 1 snapshots")
    script.do("cords 1", *[1] * SOURCES[model]).do("dsp", RATE, 64).hear(x, 64, ROWS[model])
    got, printed = here().run(script)
    want = heard(reopened(host), x)
    assert lines(printed) == ["keep: 1", "snapshots 2", "snapshot a", "snapshot b"]
    assert_same("again", got[:, -x.shape[1] :], want)


def test_the_patcher_waits_for_the_sound():
    """With a thread for sound and another for the clock."""
    script = Script().do("new 0 autoregnn~ @keep 1 @learn 0").do("dsp", RATE, 64)
    script.do("send 0 weights 0", *np.linspace(0, 1, 113)).do("save 0")
    script.do("restore 1 autoregnn~").do("off").do("send 1 weights")
    _, printed = here().run(script, "threads")
    told = re.search(r"^info: list (.*)$", printed, re.M)
    assert told and "error" not in printed
    assert_same("weights", np.float64(told[1].split()), np.linspace(0, 1, 113))


def test_what_the_sound_does_not_give_out_in_time_is_said():
    """A vector of this network takes longer than a second. Saved without sound, it is there."""
    script = Script().do("new 0 autoregnn~ @keep 1 @width 900 @size 900 @layers 2 @seed 5")
    script.do("cords 0 1").do("dsp", RATE, 16384).do("save 0").do("off").do("restore 1 autoregnn~")
    script.do("save 0").do("restore 2 autoregnn~").do("off").do("send 1 get seed")
    _, printed = here().run(script.do("send 2 get seed"), "threads")
    assert said(printed) == [
        "error: the sound has not given out within a second what was learnt: the patcher is saved"
        " without it",
        "seed 1", "seed 5",
    ]  # fmt: skip


def test_without_keep_nothing_is_kept():
    """It can be told later, and is itself kept."""
    script = Script()
    for told in ("0", "1", "0"):
        script.do("new 0 autoregnn~ @seed 5").do("send 0 keep", told).do("send 0 seed 6")
        script.do("save 0").do("restore 1 autoregnn~").do("ask 1 keep").do("ask 1 seed")
        script.do("free 0").do("free 1")
    _, printed = here().run(script)
    assert lines(printed) == [f"{word}: {value}" for keep, seed in ((0, 1), (1, 6), (0, 1))
                              for word, value in (("keep", keep), ("seed", seed))]  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_max_saves_nothing_else_of_its_own_accord(name):
    _, printed = here().run(Script().do(f"facts {name}"))
    assert re.findall(r"^fact: (\S+) save (.*)$", printed, re.M) == [("keep", "1")]


def test_the_newest_wins(tmp_path):
    """What is typed, then a file that is named, then what was kept."""
    script = Script().do("folder", tmp_path).do("new 0 autoregnn~ @seed 5 @size 5 @keep 1")
    script.do("send 0 write a").do("send 0 seed 6").do("save 0")
    script.do("restore 1 autoregnn~ @seed 7 @size 7 @fade 3 @file a")
    script.do("new 2 autoregnn~ @seed 7 @fade 3 @file a")
    for slot in (1, 2):
        for word in ("seed", "size", "fade"):
            script.do(f"ask {slot} {word}")
    _, printed = here().run(script)
    assert lines(printed) == [
        f"written {tmp_path}/a", f"read {tmp_path}/a", f"read {tmp_path}/a",
        "seed: 6", "size: 5", "fade: 3", "seed: 5", "size: 5", "fade: 3",
    ]  # fmt: skip


def test_what_is_kept_is_newer_than_what_stands_in_a_buffer(tmp_path):
    """It is no drawing, but where it is drawn afterwards."""
    script = Script().do("folder", tmp_path).do("new 0 autoregnn~ @keep 1 @seed 5")
    script.do("send 0 write a").do("send 0 weights").do("save 0")
    boxes = (
        "restore 1 autoregnn~ @table v0",
        "new 1 autoregnn~ @table v1 @file a",
        "new 1 autoregnn~ @table v2",
    )
    for k, made in enumerate(boxes):
        script.do(f"buffer v{k} 113 1").do(f"draw v{k} 3", *np.linspace(0.5, 1, 9)).do(made)
        script.do(*["send 1 read a"] * (k == 2)).do("pass", 100.0).do("send 1 weights").do("free 1")
    script.do("restore 1 autoregnn~ @table v0").do("pass", 100.0).do("draw v0 3 0.25")
    script.do("pass", 100.0).do("send 1 weights")
    told = re.findall(r"^info: list (.*)$", here().run(script)[1], re.M)
    assert told[1:4] == [told[0]] * 3
    first, last = (np.float64(text.split()) for text in (told[0], told[4]))
    assert [*np.flatnonzero(first != last)] == [3]
    assert last[3] == 0.25


def test_what_is_broken_is_said():
    """And the box is as its text says."""
    script = Script().do("new 0 autoregnn~ @seed 5 @keep 1")
    for spoilt in ("tear 1001", "tear 1000", "tear 0", "tear 50 ~", "tear 50 A"):
        script.do("save 0").do(spoilt).do("restore 1 autoregnn~").do("ask 1 seed").do("free 1")
    script.do("save 0").do("restore 1 unlearn~").do("ask 1 neurons")
    told = lines(here().run(script)[1])
    assert [line for line in told if "error" not in line] == ["seed: 1"] * 5 + ["neurons: 16"]
    errors = [line.removeprefix("error: cannot read what was kept: ") for line in told[::2]]
    assert errors == [
        "it is no base64",
        "its tensors take 904 bytes, but 246 follow the header",
        "it is no safetensors file: its first 8 bytes must be the length of its header,"
        " 2..16777216, within the 0 bytes of the file",
        "it is no base64",
        'it is no state of specml: its format is "sp`#ml 1", not "specml 1"',
        "it is of the model autoregnn, this is unlearn",
    ]


def test_more_than_a_patcher_should_carry_is_refused():
    script = Script().do("new 0 autoregnn~ @size 1024 @width 1024 @layers 3 @keep 1 @seed 5")
    script.do("save 0").do("restore 1 autoregnn~").do("ask 1 seed")
    assert said(here().run(script)[1]) == [
        "error: a patcher keeps 16 MB of weights at most: write them to a file", "seed: 1",
    ]  # fmt: skip


@pytest.mark.parametrize("more", range(4))
def test_every_length_comes_back(more):
    """The text of any number of bytes: names of snapshots are of any length."""
    script = Script().do("new 0 autoregnn~ @keep 1").do("send 0 store", "a" * (1 + more))
    script.do("save 0").do("restore 1 autoregnn~").do("send 1 snapshots")
    assert lines(here().run(script)[1]) == ["snapshots 1", f"snapshot {'a' * (1 + more)}"]

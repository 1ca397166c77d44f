"""A learned network survives the patch: what a saved array holds is taken in when it opens."""

import numpy as np
import pytest
import soundfile

from bits import atom
from pd.duets import CHUNK, sound
from pd.patches import Patch, assert_same
from specml import AutoRegNN

SETTLING = 4800  # samples until it has been looked at and nothing fades any more
FIRST = {  # what happens while the patch loads: messages from a loadbang to the box
    "nothing": (),
    "a reset": ("reset",),
    "another seed": ("seed 77",),
    "a new shape and back": ("size 20", "size 12"),
}
COUNT = {"autoregnn~": 113, "autoregnn2~": 226, "unlearn~ -preset clicks": 80}


def learned(count: int) -> np.ndarray:
    return np.float32(0.4 * np.sin(0.7 * np.arange(1, count + 1)))


def saved(kind: str, values: np.ndarray) -> list[str]:
    """An array with its contents, as Pd saves it."""
    data = f"#A 0 {' '.join(map(atom, values))};"
    if kind == "array define -k":
        return [f"#X obj 10 400 array define -k w {len(values)};", data]
    return [
        "#N canvas 0 0 450 278 (subpatch) 0;",
        f"#X array w {len(values)} float 3;",
        data,
        f"#X coords 0 1 {len(values)} -1 200 140 1;",
        "#X restore 10 400 graph;",
    ]


def patch(box: str, kind: str, values: np.ndarray, array_first: bool, first: tuple) -> str:
    """A box, its array before or after it, and a loadbang; [r x] speaks to the box."""
    made, array = [f"#X obj 10 10 {box} -table w -fade 0;"], saved(kind, values)
    boxes = array + made if array_first else made + array
    number = 1 if array_first else 0
    boxes += ["#X obj 10 60 adc~ 1 2;", "#X obj 10 90 dac~ 1 2;", "#X obj 10 120 r x;"]
    boxes += ["#X obj 10 150 loadbang;", *(f"#X msg 10 180 {text};" for text in first)]
    heard, spoken, told, bang = 2, 3, 4, 5
    wires = [(heard, 0, number, 0), (number, 0, spoken, 0), (number, 1, spoken, 1),
             (told, 0, number, 0)]  # fmt: skip
    for k in range(len(first)):
        wires += [(bang, 0, 6 + k, 0), (6 + k, 0, number, 0)]
    lines = [f"#X connect {a} {b} {c} {d};" for a, b, c, d in wires]
    return "\n".join(["#N canvas 0 0 600 400 12;", *boxes, *lines, ""])


@pytest.mark.parametrize("first", FIRST)
@pytest.mark.parametrize("array_first", [True, False], ids=["array first", "box first"])
@pytest.mark.parametrize("kind", ["array define -k", "graph"])
def test_saved_contents_are_a_drawing(libpd_host, kind, array_first, first):
    values = learned(113)
    libpd_host.said()
    opened = libpd_host.open(patch("autoregnn~", kind, values, array_first, FIRST[first]))
    libpd_host.send("x", "learn", 0.0)  # so that the weights stand still
    libpd_host.dsp(True)
    libpd_host.process(np.zeros((1, SETTLING), np.float32), 2)
    libpd_host.send("x", "learn", 1.0)
    libpd_host.send("x", "clear")
    shown = libpd_host.read("w", 113)
    y = libpd_host.process(np.float32(sound(CHUNK))[np.newaxis], 2)
    libpd_host.close(opened)
    assert not libpd_host.said()
    assert_same("shown", shown, values)
    net = AutoRegNN()
    net.parameters = np.float64(values)
    held = {"lr": float(np.float32(0.1)), "ridge": float(np.float32(1e-4))}
    want = np.float32(net.process(np.float64(np.float32(sound(CHUNK))), **held))
    assert_same("sound", y, want)


@pytest.mark.parametrize("box", COUNT)
def test_every_object_takes_them(libpd_host, box):
    values = learned(COUNT[box])
    if box.startswith("unlearn~"):  # only the first neuron is fed from outside
        values[9::5] = 0.0
    opened = libpd_host.open(patch(box, "graph", values, False, ()))
    libpd_host.dsp(False)  # weights of unlearn~ never stand still
    libpd_host.process(np.zeros((1, SETTLING), np.float32), 2)
    shown = libpd_host.read("w", len(values))
    libpd_host.close(opened)
    assert_same("shown", shown, values)


def test_an_array_that_is_new_is_no_drawing(libpd_host):
    """All 0: the network keeps its own draw."""
    opened = libpd_host.open(patch("autoregnn~", "graph", np.zeros(113), True, ("learn 0",)))
    libpd_host.process(np.zeros((1, SETTLING), np.float32), 2)
    shown = libpd_host.read("w", 113)
    libpd_host.close(opened)
    assert_same("shown", shown, np.float32(AutoRegNN().parameters))


def test_saved_channels_are_taken_when_they_sound(libpd_host):
    """Twice as many weights as one channel has: the second half is for a second channel."""
    values = learned(226)
    text = patch("autoregnn~", "graph", values, True, ("learn 0",))
    text = text.replace("adc~ 1 2", "snake~ in 2")
    opened = libpd_host.open(text)
    libpd_host.dsp(True)
    libpd_host.process(np.zeros((2, SETTLING), np.float32), 2)
    shown = libpd_host.read("w", 226)
    libpd_host.close(opened)
    assert_same("shown", shown, values)


def test_in_debian_too(debian):
    """Opened, told by a loadbang to draw anew, looked at, written to a file."""
    values = learned(113)
    opened = debian.folder / "kept.pd"
    opened.write_text(patch("autoregnn~", "graph", values, False, ("seed 9", "learn 0")))
    top = Patch()
    files = top.add("soundfiler")
    write = top.message("write -wave -bytes 4 kept.wav w")
    top.connect(write, 0, files, 0)
    top.connect(top.add("r write"), 0, write, 0)
    top.at("go", 300.0, "; write bang; pd quit")
    debian.run(top.text(), "go bang", opening=[opened])
    shown, _ = soundfile.read(debian.folder / "kept.wav", dtype="float32")
    assert_same("shown", shown, values)

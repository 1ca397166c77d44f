"""What a box costs is told before it is paid, and when it is asked."""

import os
import re
from pathlib import Path

import numpy as np
import pytest

import builds
from externals import missing
from pd import libpd
from pd.duets import CHUNK, Duet, sound, unlearn_from
from pd.libpd import LibPd
from pd.patches import Patch, listening
from specml import AutoRegNN, AutoRegNN2

MB = 1 << 20
SLOW = r"warning: {}: {} will not play without gaps: here it takes about [\d.e+]+ times the time that it sounds\n"  # noqa: E501
LARGE = r"warning: {}: {} takes [\d.]+ GB of the [\d.]+ GB that this machine has\n"


@pytest.fixture
def host(externals):
    """A libpd of its own."""
    if not libpd.library():
        missing("cypd, from PyPI")
    made = LibPd(externals)
    yield made
    made.end()


@pytest.fixture
def machine(externals):
    """Make a libpd on what says that it is a machine of so many bytes."""
    if not libpd.library():
        missing("cypd, from PyPI")
    source = Path(__file__).with_name("memory.c")
    file = builds.compile_c("memory.so", [source], "-shared", "-fPIC", "-ldl")
    made = []

    def make(memory: int) -> LibPd:
        made.append(LibPd(externals, LD_PRELOAD=str(file), MEMORY=str(memory)))
        return made[-1]

    yield make
    for host in made:
        host.end()


def warnings(text: str) -> list[str]:
    return [line for line in text.splitlines() if "warning" in line]


def box(text: str) -> str:
    patch = Patch()
    made = patch.add(text)
    patch.connect(patch.add("r x"), 0, made, 0)
    patch.connect(made, {"autoregnn2~": 3}.get(text.split()[0], 2), patch.add("print info"), 0)
    return patch.text()


def test_what_is_too_slow_is_said_once(host):
    patch = host.open(box("autoregnn~ 1 1024 1024 8"))
    said = host.said()
    shape = "size 1024, width 1024, layers 8"
    assert re.fullmatch(SLOW.format("autoregnn~", shape), said), said
    (factor,) = re.findall(r"about ([\d.e+]+)", said)
    assert float(factor) > 1.0
    host.send("x", "lr", 0.1)
    host.send("x", "layers", 8.0)  # it has so many
    assert not host.said()
    host.send("x", "layers", 7.0)
    shape = "size 1024, width 1024, layers 7"
    assert re.fullmatch(SLOW.format("autoregnn~", shape), host.said())
    for word, value in (("size", 12.0), ("layers", 1.0), ("width", 8.0)):
        host.send("x", word, value)
        last = host.said()
    assert not last
    host.close(patch)


def test_the_largest_unlearn_is_announced_before_it_is_built(host):
    """And refused where the memory is not there."""
    host.open(box("unlearn~"))
    assert not host.said()
    host.allow(512 * MB)
    host.open(box("unlearn~ 1024 1024 480000"), "other")
    first, *others = host.said().splitlines()
    assert re.fullmatch(
        SLOW.format("unlearn~", "1024 neurons, inputs 1024, maxdelay 480000")[:-2], first
    ), first
    assert not warnings("\n".join(others))
    assert "error: unlearn~: no memory for 1024 neurons, inputs 1024, maxdelay 480000" in others
    assert others[-1].endswith("couldn't create")


def test_what_needs_more_than_a_quarter_of_memory_is_said(machine):
    """Here by 16 neurons that hear 3 seconds back, which are not slow."""
    host = machine(64 * MB)
    patch = host.open(box("unlearn~ 16 3 144000"))
    said = host.said()
    assert re.fullmatch(LARGE.format("unlearn~", "16 neurons, inputs 3, maxdelay 144000"), said)
    figure, whole = map(float, re.findall(r"([\d.]+) GB", said))
    assert figure == pytest.approx(16 * 144000 * 8e-9, rel=0.1)
    assert whole == pytest.approx(64 * MB * 1e-9, rel=0.1)
    host.send("x", "seed", 3.0)
    host.send("x", "maxdelay", 100.0)
    host.said()
    host.send("x", "seed", 4.0)
    assert not host.said()
    host.send("x", "maxdelay", 130000.0)
    said = host.said()
    assert re.fullmatch(LARGE.format("unlearn~", "16 neurons, inputs 3, maxdelay 130000"), said)
    host.close(patch)


def test_channels_count(machine):
    """Twelve channels of what is small alone."""
    host, shape = machine(MB), "size 128, width 32, layers 1"
    patch = host.open(listening("autoregnn~ 1 128 32", (0,), (12, 12), wide={0: 12}))
    assert not warnings(host.said())
    host.dsp(True)
    assert re.search(LARGE.format("autoregnn~", shape), host.said())
    host.dsp(False)
    host.dsp(True)
    assert not host.said(), "they are there"
    host.close(patch)


@pytest.mark.parametrize(
    "name",
    ["autoregnn~", "autoregnn2~", "unlearn~", "autoregnn~ 1 64 32 2", "unlearn~ 64 8 48000"],
)
def test_what_is_cheap_is_not_spoken_of(host, name):
    patch = host.open(box(name))
    for message in (("seed", 3.0), ("reset",), ("scale", 1.0)):
        host.send("x", *message)
    assert not host.said()
    host.close(patch)


BOXES = {
    "autoregnn~": (AutoRegNN(), {}),
    "autoregnn2~": (AutoRegNN2(), {}),
    "unlearn~ -preset wind": unlearn_from("wind"),
}


@pytest.mark.parametrize("name", BOXES)
def test_load_is_of_the_time_since_it_was_told_last(host, name):
    with Duet(host, name, *BOXES[name]) as duet:
        assert duet.report()["load"] == [[0.0]]
        duet.go()
        (load,) = duet.report()["load"]
        assert load[0] > 0.0
        assert duet.report()["load"] == [[0.0]]


def test_load_is_a_share_of_real_time(host):
    """16 times the units are at least 4 times the load, whatever the machine is."""
    loads = []
    for width in (32, 512):
        with Duet(host, f"autoregnn~ 1 64 {width} 1", AutoRegNN(64, width), {"autoreg": 1.0}) as d:
            least = []
            for _ in range(3):
                d.go(640)
                least.append(d.report()["load"][0][0])
            loads.append(min(least))
    assert loads[1] > 4.0 * loads[0]


@pytest.mark.parametrize(
    ("name", "small", "word", "value", "large"),
    [
        ("autoregnn~", AutoRegNN, "width", 100, lambda: AutoRegNN(width=100)),
        ("autoregnn2~", AutoRegNN2, "layers", 4, lambda: AutoRegNN2(layers=4)),
        ("unlearn~", lambda: unlearn_from("wind")[0], "maxdelay", 10000,
         lambda: unlearn_from("wind", maxdelay=10000)[0]),
    ],
)  # fmt: skip
def test_bytes_are_those_of_the_core(host, name, small, word, value, large):
    """And of the blocks, which another shape does not change."""
    with Duet(host, name, small()) as duet:
        before = duet.report()["bytes"][0][0]
        duet.send(word, float(value))
        after = duet.report()["bytes"][0][0]
    grown = len(large()._engine._memory) - len(small()._engine._memory)
    assert after - before == pytest.approx(grown, abs=2e-6 * after + 2)  # %g
    assert before > len(small()._engine._memory)


def test_bytes_count_what_fades(host):
    x = np.float32([sound(CHUNK)])
    patch = host.open(listening("autoregnn~ -fade 20", (0,), 2))
    host.dsp(True)
    host.process(x, 2)

    def told() -> float:
        host.said()
        host.send("x", "report")
        return float(re.search(r"bytes (\S+)", host.said())[1])

    one = told()
    host.send("x", "seed", 2.0)
    two = told()
    host.process(x, 2)
    assert two - one == pytest.approx(len(AutoRegNN()._engine._memory), abs=2.0)
    assert told() == one
    host.close(patch)


# ---- more than 1 GB of memory: one after the other ----


def peak(host: LibPd) -> int:
    """The most memory that the process has had since this was last asked, in bytes."""
    place = Path(f"/proc/{host._process.pid}")
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+)", (place / "status").read_text())
    (place / "clear_refs").write_text("5")
    return 1024 * int(kilobytes)


def test_where_memory_is_short_the_old_network_stays(host):
    with Duet(host, "unlearn~ -preset wind", *unlearn_from("wind")) as duet:
        duet.go()
        host.allow(64 * MB)
        said = duet.send("maxdelay", 400000.0) + duet.send("neurons", 1024.0)
        assert "no memory for 1024 neurons, inputs 3, maxdelay 400000" in said
        assert duet.report()["neurons"] == [[16.0]]


@pytest.mark.long
@pytest.mark.parametrize("fade", ["-fade 0", "-fade 10000"])
def test_old_and_new_are_never_there_at_once(host, fade):
    """700 MB and 750 MB, once delay lines are full of sound: the old ones do not fade out."""
    if os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") < 4 << 30:
        missing("memory")
    host.open(box("unlearn~"))
    empty = peak(host)
    first, second = 1024 * 89000 * 8, 1024 * 95000 * 8
    patch = host.open(listening(f"unlearn~ 1024 1 89000 -external 1 {fade}", (0,), 2), "large")
    host.dsp(True)
    x = np.float32([sound(64 * 1500)])
    host.process(x, 2)
    assert first < peak(host) - empty < 1.1 * first, "the instrument"
    host.said()
    host.send("x", "maxdelay", 95000.0)
    assert "error" not in host.said()
    y = host.process(x, 2)
    assert second < peak(host) - empty < 1.1 * second
    net, held = unlearn_from("wind", neurons=1024, inputs=1, maxdelay=95000)
    held = {name: float(np.float32(value)) for name, value in held.items()}
    want = net.process(x=np.float64(x[0]), lambda_=held.pop("lambda"), outs=2, **held)
    assert np.array_equal(y, np.float32(want))
    host.close(patch)


@pytest.mark.long
def test_where_memory_is_short_a_large_network_stays_too(host):
    """What is to come is asked for before what is there goes."""
    patch = host.open(listening("unlearn~ 1024 1 89000 -external 1 -fade 0", (0,), 2), "large")
    host.dsp(True)
    host.allow(512 * MB)
    x = np.float32([sound(640)])
    net, held = unlearn_from("wind", neurons=1024, inputs=1, maxdelay=89000)
    held = {name: float(np.float32(value)) for name, value in held.items()}
    held["lambda_"] = held.pop("lambda")
    for maxdelay in (None, 480000.0, 95000.0):
        host.said()
        if maxdelay:
            host.send("x", "maxdelay", maxdelay)
            assert "no memory for 1024 neurons" in host.said()
        want = np.float32(net.process(x=np.float64(x[0]), outs=2, **held))
        assert np.array_equal(host.process(x, 2), want)
    host.close(patch)

"""Memory comes from the server's pool. Where it is short: silence and one clear line."""

import shutil

import numpy as np
import pytest

import takes
from externals import missing
from sc import nets
from sc.graphs import Graph
from sc.servers import Server


@pytest.fixture
def scsynth(plugins) -> Server:
    """supernova has no pool while it renders: see test_sc_live.py."""
    if not shutil.which("scsynth"):
        missing("scsynth (Debian: supercollider-server)")
    return Server("scsynth", plugins)


def beside(ugen: str, *signals, **values) -> Graph:
    """A network in the first channel, and this one in the second."""
    graph = Graph()
    first = nets.add(graph, "Unlearn", 0.0)
    nets.say(graph, [*first, *nets.add(graph, ugen, *signals, **values)])
    return graph


@pytest.mark.parametrize(
    ("ugen", "values", "said"),
    [
        ("Unlearn", {"neurons": 64, "maxdelay": 48000}, "64 neurons, inputs 3, maxdelay 48000"),
        ("AutoRegNNFilter", {"size": 1024, "width": 1024, "layers": 2}, "size 1024, width 1024, "),
        ("AutoRegNNFilterBuffer", {"buffer": 0, "size": 700, "width": 600}, "size 700, width 600"),
        ("AutoRegNNFilter2", {"size": 700, "width": 700}, "size 700, width 700, layers 1, which "),
    ],
)  # fmt: skip
def test_a_pool_that_is_too_small(scsynth, ugen, values, said):
    graph = beside(ugen, *[0.0] * (2 if ugen.endswith("2") else 1), **values)
    score = nets.begin(graph)
    if "buffer" in values:
        score.first("/b_alloc", 0, 700 * 601 * 2, 1)
    got = scsynth.render(score, 1280, outs=2, memory=4096)
    assert not got[1].any()
    want = nets.rounded(takes.of_preset("wind", 1280, 1, 1)).replay()
    assert np.array_equal(got[0], want[0])
    lines = [line for line in scsynth.log.splitlines() if "memory is short" in line]
    assert len(lines) == 1, scsynth.log
    assert lines[0].startswith(f"{ugen}: silent: the server's memory is short for {said}")
    assert lines[0].endswith(" kB, see ServerOptions.memSize")


def test_what_was_too_large_leaves_all_memory(scsynth):
    """A hundred of them, and then one that fits."""
    large, small = Graph(), Graph()
    nets.say(large, nets.add(large, "AutoRegNNFilterBuffer", 0.0, buffer=0, size=500, width=300))
    nets.say(small, nets.add(small, "Unlearn", 0.0, neurons=16, maxdelay=2400))
    score = nets.begin(large)
    score.at(0, "/d_recv", small.bytes("small"))
    for k in range(100):
        score.at(128 * k, "/s_new", "test", 2000 + k, 0, 0)
        score.at(128 * k + 128, "/n_free", 2000 + k)
    score.at(12928, "/s_new", "small", 3000, 0, 0)
    got = scsynth.render(score, 13500, memory=1600)
    assert scsynth.log.count("memory is short") == 101, scsynth.log
    assert got[0, 12928:].any()


def test_memory_comes_back(scsynth):
    """A thousand networks, one after the other, in a pool for four."""
    graph = Graph()
    nets.say(graph, nets.add(graph, "Unlearn", 0.0))
    score = nets.begin(graph)
    for k in range(1000):
        score.at(128 * k, "/s_new", "test", 2000 + k, 0, 0)
        score.at(128 * k + 128, "/n_free", 2000 + k)
    scsynth.render(score, 128 * 1001, memory=1600)
    assert "memory is short" not in scsynth.log


def test_a_copy_for_a_file_finds_no_memory(scsynth, tmp_path):
    """The network goes on, nothing is written, and one line says so."""
    graph = Graph()
    nets.say(graph, nets.add(graph, "Unlearn", 0.0, maxdelay=10000))
    score = nets.begin(graph)
    score.at(640, "/u_cmd", nets.NODE, 0, "write", str(tmp_path / "file"))
    got = scsynth.render(score, 1280, memory=1800)
    assert scsynth.log.count("memory is short for a copy, see ServerOptions.memSize") == 1
    assert not (tmp_path / "file").exists()
    assert got[0, 640:].any()


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"size": 0}, "size must be an integer within 1..1024, not 0"),
        ({"width": 1.5}, "width must be an integer within 1..1024, not 1.5"),
        ({"layers": float("nan")}, "layers must be an integer within 1..8, not nan"),
        ({"size": 1e9}, "size must be an integer within 1..1024, not 1e+09"),
        ({"lr": float("inf")}, "lr must be a number within 0..10, not inf"),
    ],
)
def test_what_is_out_of_range_is_told_and_as_if_nothing_had_been(server, values, line):
    graph = Graph()
    nets.say(graph, nets.add(graph, "AutoRegNNFilter", *nets.hear(graph, 1), **values))
    plain = Graph()
    nets.say(plain, nets.add(plain, "AutoRegNNFilter", *nets.hear(plain, 1)))
    heard = [0.5 * np.sin(np.arange(1280) * 0.05)]
    got = server.render(nets.begin(graph), 1280, heard)
    assert server.log.count(f"AutoRegNNFilter: {line}") == 1, server.log
    assert np.array_equal(got, server.render(nets.begin(plain), 1280, heard))
    assert got.any()


def test_a_choice_that_there_is_not(server):
    graph = Graph({"integrator": 2.0})
    said = nets.add(graph, "Unlearn", 0.0, integrator=graph.controls()["integrator"])
    nets.say(graph, said)
    server.render(nets.begin(graph), 640)
    line = "Unlearn: integrator must be one of symplectic euler, not 2"
    assert server.log.count(line) == 1, server.log


@pytest.mark.parametrize("frames", [0, 112])
def test_a_buffer_that_is_too_small(server, frames):
    """The network plays without it, and one line says so."""
    graph = Graph()
    (heard,) = nets.hear(graph, 1)
    with_it = nets.add(graph, "AutoRegNNFilterBuffer", heard, buffer=5)
    nets.say(graph, [*with_it, *nets.add(graph, "AutoRegNNFilter", heard)])
    score = nets.begin(graph)
    if frames:
        score.first("/b_alloc", 5, frames, 1)
    got = server.render(score, 6400, [0.5 * np.sin(np.arange(6400) * 0.05)], outs=2)
    assert np.array_equal(*got) and got.any()
    line = f"AutoRegNNFilterBuffer: buffer 5 has {frames} frames, needs 113"
    assert server.log.count(line) == 1, server.log

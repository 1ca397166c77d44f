"""In place: outputs may stand in any of the inputs' arrays. Through ctypes, as hosts call it."""

import ctypes as ct
import itertools

import numpy as np
import pytest

from bits import assert_same
from specml import AutoRegNN, AutoRegNN2, Unlearn
from specml.binding import doubles
from specml.binding import signals as rows
from specml.reference import unlearn
from specml.reference.random import white_noise
from twins import state

N = 37
NETWORK = {"autoregnn": ("autoreg", "lr", "ridge", "teacher"),
           "autoregnn2": ("mix", "lr", "ridge", "autoreg", "teacher")}  # fmt: skip


def arrays(names) -> dict[str, np.ndarray]:
    """One array for each name: noise, larger than the ranges of controls."""
    noise = 1.2 * white_noise(N * len(names), 11).reshape(-1, N)
    return {name: row.copy() for name, row in zip(names, noise, strict=True)}


@pytest.mark.parametrize("model", [AutoRegNN, AutoRegNN2])
def test_networks(model, isa):
    """Every way to lay the outputs over the inputs and control signals."""
    settings = {"size": 5, "width": 9, "layers": 2}
    ins = ["x"] if model is AutoRegNN else ["x1", "x2"]
    controls = NETWORK[model.__name__.lower()]
    given, outs = [*ins, *controls], 1 + len(ins)
    reference = model(engine="numpy", **settings)
    held = arrays(given)
    heard = [held.pop(name) for name in ins]
    want = reference.process(*heard, **held)
    for over in itertools.permutations(given, outs):
        net, buffers = model(**settings), arrays(given)
        signals = rows([buffers[name] for name in controls])
        places = [doubles(buffers[name]) for name in over]
        net._engine._call("process", N, *(doubles(buffers[name]) for name in ins), signals, *places)
        assert_same(f"outputs over {over}", tuple(buffers[name] for name in over), want)
        assert_same(f"state, outputs over {over}", state(net), state(reference))


@pytest.mark.parametrize("outs", [1, 2, 3, 5])
def test_unlearn(outs, isa):
    """Outputs over the external signals, in order and crosswise, and over control signals."""
    settings = {"neurons": 5, "inputs": 2, "maxdelay": 4, "external": 3}
    controls = tuple(unlearn.CONTROLS)
    ins = ["x1", "x2", "x3"]
    given = [*ins, *controls]
    reference = Unlearn(engine="numpy", **settings)
    held = arrays(given)
    external = np.stack([held.pop(name) for name in ins])
    held["lambda_"] = held.pop("lambda")
    want = reference.process(x=external, outs=outs, **held)
    for turn in range(len(given)):
        over = (given[turn:] + given[:turn])[:outs][::-1]
        net, buffers = Unlearn(**settings), arrays(given)
        net._engine._call("process", N, rows([buffers[name] for name in ins]),
                          rows([buffers[name] for name in controls]),
                          rows([buffers[name] for name in over]), outs)  # fmt: skip
        assert_same(f"outputs over {over}", np.stack([buffers[name] for name in over]), want)
        assert_same(f"state, outputs over {over}", state(net), state(reference))


def test_nothing_but_the_needed_pointers(isa):
    """NULL for the table of signals, for one signal, for errors, for external signals."""
    x = white_noise(N, 2)
    net, reference = AutoRegNN(3, 3), AutoRegNN(3, 3, engine="numpy")
    out = np.empty(N)
    net._engine._call("process", N, doubles(x), None, doubles(out), None)
    assert_same("out", out, reference.process(x)[0])
    assert_same("state", state(net), state(reference))
    pair, reference = AutoRegNN2(3, 3), AutoRegNN2(3, 3, engine="numpy")
    pair._engine._call("process", N, doubles(x), doubles(x), None, doubles(out), None, None)
    assert_same("out", out, reference.process(x, x)[0])
    assert_same("state", state(pair), state(reference))
    net, reference = Unlearn(4, 2), Unlearn(4, 2, engine="numpy")
    net._engine._call("process", N, None, None, rows([out]), 1)
    assert_same("out", out[np.newaxis], reference.process(N, outs=1))
    assert_same("state", state(net), state(reference))


@pytest.mark.parametrize("misfit", range(0, 64, 8))
def test_memory_need_not_be_aligned(misfit, isa):
    """The caller's memory may begin at any multiple of 8; nothing is written beyond its end."""
    net = AutoRegNN(5, 9, 2)._engine
    size, guard = len(net._memory), 0xA5
    room = np.full(size + 256, guard, np.uint8)
    start = (misfit - room.ctypes.data) % 64
    net._memory = room[start:]
    net._call("init", 5, 9, 2, 1, ct.c_double(1.0))
    x = white_noise(N, 2)
    want = AutoRegNN(5, 9, 2, engine="numpy").process(x)
    assert_same("outputs", net.process(x, {}), want)
    assert np.all(room[:start] == guard), "it wrote before its memory"
    assert np.all(room[start + size :] == guard), "it wrote beyond its memory"

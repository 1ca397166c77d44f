"""Snapshots: what was learnt under names, and glides from one to another, on a grid of samples."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bits import assert_same
from specml import AutoRegNN, AutoRegNN2, Unlearn, process_many
from specml.reference.random import white_noise
from test_interrupts import Library
from test_state import ENGINES, SETTINGS, heard, lived, process
from twins import BUILDS, Twins, joined

each_model = pytest.mark.parametrize("model", SETTINGS)
each_engine = pytest.mark.parametrize("engine", ENGINES)
LEARNT = {
    AutoRegNN: ("parameters",),
    AutoRegNN2: ("parameters",),
    Unlearn: ("weights", "velocities", "traces", "sources", "delays"),
}


def learnt(net) -> dict[str, np.ndarray]:
    return {name: net.state()[name] for name in LEARNT[type(net)]}


def two(model, engine="core", **settings):
    """A model with two snapshots, a and b; b is what it has learnt now. Of Unlearn, b has other
    synapses, as after a reset.
    """
    net = lived(model, engine, **settings)
    net.store("a")
    net.reset(7)
    process(net, heard(model, 12), {})
    net.store("b")
    return net


def put(net, parts) -> None:
    """Write what it has learnt, by its state, which no glide is a part of."""
    net.restore(net.state() | parts)


def stepped(now, target, steps: int) -> dict[str, np.ndarray]:
    """The step that docs/state.md has, when so many are left."""
    if steps == 1:
        return target
    return {name: part + (target[name] - part) * (1.0 / steps) if part.dtype == float
            else target[name] for name, part in now.items()}  # fmt: skip


@each_model
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("length", [0, 63, 64, 200])
@given(cuts=st.lists(st.integers(0, 260), max_size=4))
@settings(max_examples=3, deadline=None)
def test_a_glide_is_the_steps_of_the_page(model, engine, length, cuts):
    """The first at once, the others each 64 samples later, while it learns; however it is cut."""
    net = two(model, engine)
    same, target = two(model, engine), learnt_of(net, "a")
    inputs, steps = heard(model, 260, 5), 1 + length // 64
    net.recall("a", length)
    put(same, stepped(learnt(same), target, steps))
    assert_same("at once", learnt(net), learnt(same))
    out = process(net, inputs, {}, cuts)
    want = []
    for begin in range(0, 260, 64):
        pieces = [np.ascontiguousarray(x[..., begin : begin + 64]) for x in inputs]
        want.append(process(same, pieces, {}))
        steps -= 1
        if steps > 0 and begin + 64 <= 260:
            put(same, stepped(learnt(same), target, steps))
    assert_same("sound", out, joined(want))
    left = {name: part for name, part in net.state().items() if not name.startswith("glide")}
    assert_same("state", left, same.state())


def learnt_of(net, name: str) -> dict[str, np.ndarray]:
    """What a snapshot holds, by the state."""
    return {part: net.state()[f"snapshots/{name}/{part}"] for part in LEARNT[type(net)]}


@each_model
@each_engine
def test_a_glide_ends_with_the_very_weights(model, engine):
    """Where nothing is learned meanwhile; and then there is no glide any more."""
    net = two(model, engine)
    still = {"lambda_": 0, "strength": 0, "friction": 0, "mu": 0, "nu": 0}
    still = still if model is Unlearn else {"lr": 0}
    net.recall("a", 130)
    process(net, heard(model, 127), still)
    assert net.state()["glide"].tolist() == [1, 1]
    process(net, heard(model, 1), still)
    assert "glide" not in net.state()
    assert_same("weights", learnt(net), learnt_of(net, "a"))


@each_model
@each_engine
@pytest.mark.parametrize("x", [0, 0.25, np.nextafter(0.5, 0), 0.5, np.nextafter(1.0, 0), 1.0])
def test_between_two_lies_what_the_page_says(model, engine, x):
    """Its ends are the two; whole numbers come from the nearer one, b at 0.5."""
    net = two(model, engine)
    a, b = learnt_of(net, "a"), learnt_of(net, "b")
    net.recall("a")
    net.morph("a", "b", x)
    want = {name: (b if x >= 0.5 else a)[name] if part.dtype != float
            else part + (b[name] - part) * x for name, part in a.items()}  # fmt: skip
    assert_same("between", learnt(net), b if x == 1.0 else want)
    if x == 0:
        assert_same("at 0", learnt(net), a)


def test_what_lies_between_extremes_can_be_held():
    """No weight is beyond what can be written, no subnormal is left."""
    twins = Twins(AutoRegNN, {"size": 1, "width": 1}, BUILDS)
    for name, value in (("a", -(2.0**500)), ("b", 2.0**500), ("c", 2.0**-500), ("d", 0.0)):
        twins("parameters", lambda net, v=value: setattr(net, "parameters", np.full(4, v)))
        twins("store", lambda net, n=name: net.store(n))
    for pair in ("ab", "ba", "cd", "dc", "ac"):
        for x in (5e-324, 2.0**-540, 2.0**-60, 0.3, np.nextafter(1.0, 0)):
            twins(f"{pair} {x}", lambda net, p=pair, x=x: net.morph(*p, x, 64))
            twins("process", lambda net: process(net, [np.zeros(65)], {"lr": 0}))


@each_engine
def test_many_glide_each_on_its_own_way(engine):
    """Several at once, begun and ended at other samples, have the bits of each alone."""
    alone, abreast = ([two(AutoRegNN, engine, size=3 + k // 2) for k in range(4)] for _ in range(2))
    for nets in (alone, abreast):
        for k, net in enumerate(nets[:3]):
            process(net, heard(AutoRegNN, 11 * k + 1), {})
            net.recall("a", 64 * k)
            process(net, heard(AutoRegNN, 7), {})
    x = white_noise(4 * 200, 3).reshape(4, 200)
    lr = np.abs(x)
    for begin, end in ((0, 0), (0, 1), (1, 130), (130, 200)):
        got = process_many(abreast, x[:, begin:end], lr=lr[:, begin:end])
        for k, net in enumerate(alone):
            want = net.process(x[k, begin:end], lr=lr[k, begin:end])
            assert_same(f"network {k}", (got[0][k], got[1][k]), want)
            assert_same(f"state of network {k}", abreast[k].state(), net.state())


@each_model
@each_engine
def test_what_ends_a_glide_and_what_does_not(model, engine):
    """A new draw ends it. Forgotten sound or names, and weights that are written, do not."""
    net = two(model, engine)
    net.recall("a", 500)
    net.clear()
    net.forget("a")
    if model is Unlearn:
        net.weights = 0.5 * net.weights
    else:
        net.parameters = 0.5 * net.parameters
    assert net.state()["glide"].tolist() == [7, 64]
    net.recall("b", 1000)
    assert net.state()["glide"].tolist() == [15, 64]
    first = LEARNT[model][0]
    assert_same("where to", net.state()[f"glide/{first}"], learnt_of(net, "b")[first])
    net.reset()
    assert "glide" not in net.state() and net.snapshots == ("b",)


@each_model
@each_engine
@pytest.mark.parametrize("way", ["copy", "deepcopy", "pickle", "restore"])
def test_copies_have_snapshots_and_glides_of_their_own(model, engine, way):
    net = two(model, engine)
    net.recall("a", 300)
    process(net, heard(model, 70), {})
    before = net.state()
    if way == "restore":
        twin = model(engine=ENGINES[1 - ENGINES.index(engine)], **SETTINGS[model])
        twin.store("its own, which goes")
        twin.restore(before)
    else:
        ways = {"copy": copy.copy, "deepcopy": copy.deepcopy}
        twin = ways.get(way, lambda net: pickle.loads(pickle.dumps(net)))(net)
    assert_same("state", twin.state(), before)
    inputs = heard(model, 200, 6)
    said = process(twin, inputs, {})
    twin.store("a")
    twin.store("c")
    twin.forget("b")
    for part in twin.state().values():
        part[...] = 0
    assert_same("the original", net.state(), before)
    assert_same("sound", process(net, inputs, {}), said)
    assert net.snapshots == ("a", "b") and twin.snapshots == ("a", "c")


@each_engine
def test_names_are_sorted_by_their_bytes(engine):
    net = AutoRegNN(1, 1, engine=engine)
    names = ["z", "é", "Z", "\U0001f3b5", "\uffee", "a/b", " ", "y" * 64, "\x80"]
    for name in (*names, "z"):
        net.store(name)
    assert net.snapshots == tuple(sorted(names, key=str.encode))
    other = AutoRegNN(1, 1)
    other.restore(net.state())
    assert other.snapshots == net.snapshots


@each_engine
def test_what_is_refused_changes_nothing(engine):
    """By the name of what is wrong, and what is allowed."""
    net = AutoRegNN(2, 2, engine=engine)
    with pytest.raises(ValueError, match="no snapshot 'a'; there is none"):
        net.recall("a")
    net.store("é")
    net.store("b")
    net.process(np.zeros(3))
    before = net.state()
    wrong = [
        (lambda: net.recall("a"), "no snapshot 'a'; there is 'b', 'é'"),
        (lambda: net.recall(["a"]), r"no snapshot \['a'\]"),
        (lambda: net.forget("a"), "no snapshot 'a'; there is 'b', 'é'"),
        (lambda: net.morph("a", "b", 0.5), "no snapshot 'a'"),
        (lambda: net.morph("b", "a", 0.5), "no snapshot 'a'"),
        (lambda: net.recall("b", -1), r"samples must be an integer within 0\.\.274877906879"),
        (lambda: net.recall("b", 64.0), "samples must be an integer .* not 64.0"),
        (lambda: net.recall("b", 274877906880), "samples .* not 274877906880"),
        (lambda: net.store(""), r"1\.\.64 bytes"),
        (lambda: net.store("é" * 33), r"1\.\.64 bytes"),
        (lambda: net.store("a\n"), "control characters"),
        (lambda: net.store("a\x7f"), "control characters"),
        (lambda: net.store("\ud800"), "UTF-8"),
        (lambda: net.store(5), "a string, not 5"),
    ]
    wrong += [(lambda x=x: net.morph("b", "é", x), "x must be") for x in (-1e-9, 1.5, np.nan, "1")]
    for action, says in wrong:
        with pytest.raises(ValueError, match=says):
            action()
    assert_same("state", net.state(), before)


def test_there_is_room_for_a_thousand():
    net = AutoRegNN(1, 1)
    for k in range(1000):
        net.store(f"{k}")
    with pytest.raises(ValueError, match="1000 snapshots already, 'one more' is too much"):
        net.store("one more")
    net.store("999")
    net.forget("5")
    net.store("one more")


@each_model
def test_no_other_snapshot_or_glide_is_put_back(model):
    """By its name and part; and the model stays as it is."""
    net = two(model)
    net.recall("a", 300)
    good, first = net.state(), LEARNT[model][0]
    wrong = {
        f"snapshots/a/{first}": [good[first][..., :-1], np.full_like(good[first], np.nan)],
        f"glide/{first}": [None, good[first][..., :-1], np.full_like(good[first], 1e300)],
        "glide": [None, np.array([0, 1]), np.array([1, 65]), np.array([2**32, 1]), np.array([1])],
        **({"snapshots/a/delays": [None]} if model is Unlearn else {}),
        "snapshots/a/more": [good[first]],
        "snapshots//parameters": [good[first]],
        "snapshots/": [good[first]],
        "glide/more": [good[first]],
    }
    for key, values in wrong.items():
        for value in values:
            given = {name: part for name, part in (good | {key: value}).items() if part is not None}
            with pytest.raises(ValueError, match=r"state|snapshot"):
                net.restore(given)
            assert_same("state", net.state(), good)


@pytest.mark.usefixtures("ctrl_c")
@each_model
@pytest.mark.parametrize("third", [1, 2, 3, 4])
def test_ctrl_c_comes_between_no_step_and_its_sample(model, third):
    """What is interrupted in a glide is as after so many samples, whatever call was the last."""
    net, same = two(model), two(model)
    prefix = {AutoRegNN: "autoregnn", AutoRegNN2: "autoregnn2", Unlearn: "unlearn"}[model]
    net._engine._library = library = Library(f"{prefix}_process")
    library.lengths = [0] * (third - 2)
    for one in (net, same):
        one.recall("a", 300)
    begun, inputs = net.samples, heard(model, 400, 8)
    with pytest.raises(KeyboardInterrupt):
        process(net, inputs, {})
    done = net.samples - begun
    assert 0 < done < 400
    process(same, [np.ascontiguousarray(x[..., :done]) for x in inputs], {})
    assert_same("state", net.state(), same.state())

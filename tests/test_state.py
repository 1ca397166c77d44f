"""State: all there is of a model, to be copied, kept in a file, put back on either engine."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bits import assert_same
from keeping import kept
from specml import AutoRegNN, AutoRegNN2, Unlearn
from specml.reference.random import white_noise
from twins import BUILDS, Twins, process, state

INF, NAN = float("inf"), float("nan")
SETTINGS = {
    AutoRegNN: {"size": 5, "width": 9, "layers": 2},
    AutoRegNN2: {"size": 4, "width": 3},
    Unlearn: {"neurons": 5, "inputs": 2, "maxdelay": 30, "external": 7},
}
INPUTS = {AutoRegNN: 1, AutoRegNN2: 2, Unlearn: 1}
ENGINES = ("core", "numpy")
each_model = pytest.mark.parametrize("model", SETTINGS)
each_engine = pytest.mark.parametrize("engine", ENGINES)


def heard(model, n: int, seed: int = 1) -> list[np.ndarray]:
    if model is Unlearn:
        return [2 * white_noise(7 * n, seed).reshape(7, n)]
    return list(white_noise(INPUTS[model] * n, seed).reshape(-1, n))


def rate(model) -> str:
    """The control that matters most, by its name in `process`."""
    return "lambda_" if model is Unlearn else "lr"


def lived(model, engine: str, samples: int = 37, **settings):
    """A model with a past, a control that a signal has left elsewhere, and a repaired sample."""
    net = model(engine=engine, seed=3, **SETTINGS[model] | settings)
    inputs = heard(model, samples)
    inputs[0][..., 1] = NAN
    process(net, inputs, {rate(model): np.linspace(0.3, 0.9, samples)})
    return net


def goes_on(net, signal: np.ndarray | None = None):
    """What it says next, by all that its state is there for."""
    model = type(net)
    if model is Unlearn:
        net.bang()
    first = np.full(9, 0.25) if signal is None else signal
    controls = {"lambda" if model is Unlearn else "lr": first}
    if model is Unlearn:
        said = [net._engine.process(heard(model, 9, 5)[0], 9, controls, 5)]
    else:
        said = [*net._engine.process(*heard(model, 9, 5), controls)]
    said.append(net.state())
    net.reset()
    return [*said, net.state()]


WAYS = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "deepcopy in a list": lambda net: copy.deepcopy([net, net])[1],
    "pickle": lambda net: pickle.loads(pickle.dumps(net)),
    "old pickle": lambda net: pickle.loads(pickle.dumps(net, 0)),
}


@each_model
@each_engine
@pytest.mark.parametrize("way", WAYS)
def test_copies_go_on_alike_and_share_nothing(model, engine, way):
    net = lived(model, engine)
    twin, before = WAYS[way](net), net.state()
    assert type(twin) is model and twin.engine == engine
    assert_same("state", twin.state(), before)
    said = goes_on(twin, np.full(9, NAN))
    assert_same("the original", net.state(), before)
    assert_same("what it says", goes_on(net, np.full(9, NAN)), said)


@each_model
@each_engine
def test_a_state_fits_the_other_engine(model, engine):
    """Also from a pickle: what one engine learnt, the other goes on with."""
    net = lived(model, engine)
    kept = pickle.loads(pickle.dumps(net.state()))
    other = model(engine=ENGINES[1 - ENGINES.index(engine)], seed=8, scale=0.5, **SETTINGS[model])
    process(other, heard(model, 11, 2), {})
    other.restore(kept)
    assert_same("state", other.state(), kept)
    assert_same("what it says", goes_on(other, np.full(9, NAN)), goes_on(net, np.full(9, NAN)))


@pytest.mark.parametrize("samples", range(17))
def test_where_in_its_reading_ahead_does_not_matter(samples):
    """The core reads Unlearn's delay lines eight samples at a time; a state stands between any."""
    net = lived(Unlearn, "core", max(samples, 2))
    fresh = Unlearn(seed=9, **SETTINGS[Unlearn])
    fresh.process(5)
    fresh.restore(net.state())
    assert_same("at once", fresh.process(3), net.process(3))
    assert_same("what it says", goes_on(fresh), goes_on(net))


@pytest.mark.parametrize("samples", range(1, 9))
def test_what_is_written_is_heard_at_once(samples):
    """A past, a wiring, silence: nothing that was read ahead of them sounds on."""
    twins = Twins(Unlearn, SETTINGS[Unlearn] | {"maxdelay": 12}, BUILDS[:1])
    past = {"out": white_noise(60, 3).reshape(5, 12)}
    sources, delays = np.arange(10).reshape(5, 2) % 5, 3 + np.arange(10).reshape(5, 2)
    for name, action in (
        ("past", lambda net: net._engine.set_past(past)),
        ("wiring", lambda net: net._engine.set_wiring(sources, delays)),
        ("clear", lambda net: (net.clear(), net.bang())[1]),
    ):
        twins("process", lambda net: net.process(samples))
        twins(name, action)
        twins(f"process after {name}", lambda net: net.process(24))


shapes = st.tuples(st.integers(1, 20), st.integers(1, 20), st.integers(1, 4))


@pytest.mark.parametrize("model", [AutoRegNN, AutoRegNN2])
@given(old=shapes, new=shapes)
@settings(max_examples=30)
def test_a_new_shape_keeps_what_it_has_in_common(model, old, new):
    """What has the same layer, unit and input; the rest stays as it was drawn."""
    pair = [model(*old, seed=1, engine=engine) for engine in ENGINES]
    fresh = [model(*new, seed=2, engine=engine) for engine in ENGINES]
    drawn, parameters = fresh[0].state(), [np.atleast_2d(net.parameters) for net in (*pair, *fresh)]
    for net, other in zip(fresh, pair, strict=True):
        process(other, heard(model, 5), {"lr": 0.0, "ridge": np.full(5, 0.5)})
        net._engine.keep(other._engine)
    want = [kept(*pair, new) for pair in zip(parameters[0], [old] * 2, parameters[2], strict=False)]
    assert_same("parameters", np.atleast_2d(fresh[0].parameters), np.array(want))
    before = pair[0].state()
    changed = {name: before[name] for name in ("held", "now", "samples")}
    changed["parameters"] = fresh[0].parameters
    assert_same("state", fresh[0].state(), drawn | changed)
    assert_same("both engines", fresh[0].state(), fresh[1].state())
    assert_same("go on", goes_on(fresh[0]), goes_on(fresh[1]))


@each_engine
def test_another_shape_of_unlearn_keeps_the_controls(engine):
    net, fresh = lived(Unlearn, engine), Unlearn(4, 4, 9, 0, engine=engine)
    before = fresh.state()
    fresh._engine.keep(net._engine)
    told = {name: net.state()[name] for name in ("held", "now")}
    assert_same("state", fresh.state(), before | told)


# What can be told to a model and is heard only later.
TOLD = {
    "scale": lambda net: setattr(net, "scale", 0.125),
    "seed": lambda net: net.reset(net.seed) or setattr(net, "_seed", 77),
    "held": lambda net: net._engine.set(next(iter(net.controls)), 0.625),
    "now": lambda net: net._engine.set_now(next(iter(net.controls)), 0.625),
    "clipped": lambda net: net._engine.set_clipped(70),
    "samples": lambda net: net._engine.set_samples(2**64 - 1),
}
TOLD_UNLEARN = TOLD | {
    "excite": lambda net: setattr(net, "excite", 0.75),
    "samplerate": lambda net: setattr(net, "samplerate", 96000),
    "activation": lambda net: setattr(net, "activation", "cosine"),
    "energy": lambda net: setattr(net, "energy", "cosine"),
    "integrator": lambda net: setattr(net, "integrator", "euler"),
    "random": lambda net: net.bang(),
    "weights": lambda net: setattr(net, "weights", 0 * net.weights),
}
CASES = [(model, name) for model in SETTINGS
         for name in (TOLD_UNLEARN if model is Unlearn else TOLD)]  # fmt: skip


@each_engine
@pytest.mark.parametrize("model, name", CASES)
def test_whatever_is_told_stands_in_the_state(model, name, engine):
    net = lived(model, engine)
    before = net.state()
    TOLD_UNLEARN[name](net)
    changed = {key for key, part in net.state().items() if not np.array_equal(part, before[key])}
    assert name in changed
    net.restore(before)
    assert_same("restored", net.state(), before)
    assert_same("what it says", goes_on(net), goes_on(lived(model, engine)))


@each_model
def test_what_no_such_model_gave_is_refused(model):
    """By the name of the part, and nothing is changed."""
    twins = Twins(model, SETTINGS[model] | {"seed": 3}, BUILDS[:1])
    twins("process", lambda net: process(net, heard(model, 12), {rate(model): 0.5}))
    good = twins.reference.state()
    for name, part in good.items():
        lacking = {key: value for key, value in good.items() if key != name}
        assert name in twins.refuses("lacks", lambda net, s=lacking: net.restore(s))
        wrong = [part[:-1], part[np.newaxis], part.astype(complex), "abc", None, part.astype(str)]
        if part.dtype == np.float64:
            wrong += [np.full(part.shape, value) for value in (NAN, INF, -(2.0**501))]
        else:
            wrong += [part.astype(float)]
        if name not in ("seed", "clipped", "samples", "random"):
            wrong += [np.full_like(part, 2**40) if part.dtype == np.int64 else part + 2.0**501]
        for value in wrong:
            message = twins.refuses(
                f"{name} = {value!r}", lambda net, n=name, v=value: net.restore(good | {n: v})
            )
            assert name in message
    assert "more" in twins.refuses("more", lambda net: net.restore(good | {"more": np.zeros(1)}))


def test_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"shape.*\[12, 8, 1\].*\[5, 8, 1\]"):
        AutoRegNN().restore(AutoRegNN(5).state())


def test_no_synapse_where_no_signal_feeds():
    """Nor a velocity or trace."""
    twins = Twins(Unlearn, SETTINGS[Unlearn], BUILDS[:1])
    good = twins.reference.state()
    for name in ("weights", "velocities", "traces"):
        part = good[name].copy()
        assert part.shape == (5, 4)
        part[4, 3] = 0.5
        message = twins.refuses(name, lambda net, n=name, p=part: net.restore(good | {n: p}))
        assert name in message


@each_model
def test_a_signal_passes_and_leaves_what_a_control_holds(model):
    name, twins = rate(model), Twins(model, SETTINGS[model])
    held = "lambda" if model is Unlearn else name
    twins("a number", lambda net: process(net, heard(model, 9), {name: 0.75}))
    twins("a signal", lambda net: process(net, heard(model, 9), {name: np.full(9, 0.25)}))
    for net in (twins.reference, *(net for _, net in twins.cores)):
        assert net.held[held] == 0.75
        assert net._engine.now()[held] == 0.25
    twins("held again", lambda net: below(net, {}))
    fresh = Twins(model, SETTINGS[model])
    fresh("a number", lambda net: process(net, heard(model, 9), {name: 0.75}))
    fresh("a signal", lambda net: process(net, heard(model, 9), {name: np.full(9, 0.25)}))
    fresh("the number", lambda net: net._engine.set_now(held, 0.5))
    fresh("held again", lambda net: below(net, {}))
    assert_same("state", state(fresh.reference), state(twins.reference))


def below(net, signals: dict, n: int = 9, seed: int = 4):
    """Process below the public call, which sets every control."""
    x = heard(type(net), n, seed)
    if isinstance(net, Unlearn):
        return net._engine.process(x[0], n, signals, 5)
    return net._engine.process(*x, signals)


@each_model
@pytest.mark.parametrize("cut", range(1, 6))
def test_what_is_not_finite_keeps_the_last_wherever_it_is_cut(model, cut):
    """0.25 until a signal says 0.5, NaN in the next call is 0.5 too, and no sample is nothing."""
    name = "lambda" if model is Unlearn else "lr"
    wild, tame = np.array([NAN, 0.5, INF, NAN, -INF, NAN]), np.array([0.25, *[0.5] * 5])
    nets = [model(seed=4, **SETTINGS[model]), model(seed=4, **SETTINGS[model], engine="numpy")]
    want = model(seed=4, **SETTINGS[model])
    for net in (*nets, want):
        net._engine.set(name, 0.25)
    x = [np.ascontiguousarray(part[..., :6]) for part in heard(model, 9, 4)]
    once = run(want, x, {name: tame})
    for net in nets:
        first = run(net, [part[..., :cut] for part in x], {name: wild[:cut]})
        run(net, [part[..., :0] for part in x], {})
        second = run(net, [part[..., cut:] for part in x], {name: wild[cut:]})
        said = [np.concatenate(parts, axis=-1) for parts in zip(first, second, strict=True)]
        assert_same("what it says", said, once)
        assert_same("state", state(net), state(want))


def run(net, inputs, signals: dict) -> list[np.ndarray]:
    x = [np.ascontiguousarray(part) for part in inputs]
    signals = {name: part.copy() for name, part in signals.items()}
    if isinstance(net, Unlearn):
        return [net._engine.process(x[0], x[0].shape[1], signals, 5)]
    return [*net._engine.process(*x, signals)]


@each_engine
def test_settings_are_read_and_written(engine):
    """As at the start: clamped or refused; shapes are read only."""
    net = Unlearn(5, 2, 30, 7, engine=engine, scale=3.0, excite=0.5, samplerate=44100)
    assert (net.neurons, net.inputs, net.maxdelay, net.external) == (5, 2, 30, 7)
    assert (net.scale, net.excite, net.samplerate) == (3.0, 0.5, 44100.0)
    net.scale, net.excite, net.samplerate = 1e9, -1.0, 96000
    assert (net.scale, net.excite, net.samplerate) == (100.0, 0.0, 96000.0)
    for name, value in (("scale", NAN), ("excite", "1"), ("samplerate", 0.5), ("energy", "relu")):
        with pytest.raises(ValueError, match=name):
            setattr(net, name, value)
    pair = AutoRegNN2(4, 3, 2, engine=engine, scale=0.5)
    assert (pair.size, pair.width, pair.layers, pair.scale, pair.engine) == (4, 3, 2, 0.5, engine)
    for name in ("size", "width", "layers", "engine", "seed", "clipped", "samples", "held"):
        with pytest.raises(AttributeError):
            setattr(pair, name, 1)


@each_engine
def test_clear_forgets_what_was_repaired(engine):
    for model in SETTINGS:
        net = lived(model, engine)
        assert net.clipped == (7 if model is Unlearn else 1)
        net.clear()
        assert net.clipped == 0


@each_model
def test_a_network_counts_the_samples_that_it_has_lived(model):
    """Since its draw, however they were cut; what forgets the sound leaves the count."""
    twins = Twins(model, SETTINGS[model], BUILDS)
    twins("process", lambda net: process(net, heard(model, 37), {}, [0, 5, 6, 20]))
    twins("process", lambda net: process(net, heard(model, 5), {}))
    assert twins.reference.samples == 42
    twins("clear", lambda net: net.clear())
    assert twins.reference.samples == copy.copy(twins.reference).samples == 42
    twins("reset", lambda net: net.reset())
    assert twins.reference.samples == 0

"""The public API: what it refuses, with which words, and that a refusal changes nothing."""

from decimal import Decimal

import numpy as np
import pytest

from bits import assert_same
from specml import AutoRegNN, AutoRegNN2, Unlearn
from specml.reference.random import white_noise
from twins import Twins, call, process, state

MODELS = {AutoRegNN: 1, AutoRegNN2: 2, Unlearn: 1}  # and how many signals it hears
ENGINES = ("core", "numpy")
NAN, INF = float("nan"), float("inf")
each_engine = pytest.mark.parametrize("engine", ENGINES)
each_model = pytest.mark.parametrize("model", MODELS)

NETWORK_SIZES = {"size": 1024, "width": 1024, "layers": 8}
INTEGERS = [(model, name, 1, top) for model in (AutoRegNN, AutoRegNN2)
            for name, top in NETWORK_SIZES.items()]  # fmt: skip
INTEGERS += [(model, "seed", 0, 2**64 - 1) for model in MODELS]
INTEGERS += [(Unlearn, "neurons", 1, 1024), (Unlearn, "inputs", 1, 16),
             (Unlearn, "maxdelay", 1, 480000), (Unlearn, "external", 0, 1024)]  # fmt: skip


@each_engine
@pytest.mark.parametrize("model, name, low, high", INTEGERS)
def test_integers_out_of_range_and_what_is_none(model, name, low, high, engine):
    """Bools and floats are no sizes; the message says what was given and what is allowed."""
    for value in (low - 1, high + 1, -(2**70), 2**70, True, False, 3.0, "3", None, NAN, [3]):
        with pytest.raises(ValueError) as error:
            model(engine=engine, **{name: value})
        for word in (name, repr(value), f"{low}..{high}"):
            assert word in str(error.value), f"{error.value} does not say {word}"


@pytest.mark.parametrize("model, name, low, high", INTEGERS)
def test_integers_at_the_ends_of_their_ranges(model, name, low, high):
    """With the core alone: the reference takes its time over 2^20 weights."""
    others = {"inputs": 1} if name == "neurons" else {}
    for value in (low, high, np.uint64(high), np.int16(low)):
        model(**{name: value}, **others)


NUMBERS = [(model, name) for model in MODELS for name in ("scale",)]
NUMBERS += [(Unlearn, "excite"), (Unlearn, "samplerate")]


@each_engine
@pytest.mark.parametrize("model, name", NUMBERS)
@pytest.mark.parametrize("value", [NAN, INF, -INF, "1", None, 1j, [1.0], Decimal(1),
                                   pytest.param(10**400, id="10**400")])  # fmt: skip
def test_numbers_that_are_none(model, name, value, engine):
    with pytest.raises(ValueError) as error:
        model(engine=engine, **{name: value})
    assert name in str(error.value) and repr(value) in str(error.value)


@each_engine
@pytest.mark.parametrize("value", [0.5, 1000001.0, 0, -48000])
def test_samplerates(value, engine):
    with pytest.raises(ValueError) as error:
        Unlearn(samplerate=value, engine=engine)
    assert all(word in str(error.value) for word in ("samplerate", repr(value), "1..1e6"))


@each_engine
@pytest.mark.parametrize("name, allowed", [("activation", ("tanh", "cosine")),
                                           ("energy", ("tanh", "cosine")),
                                           ("integrator", ("symplectic", "euler"))])  # fmt: skip
@pytest.mark.parametrize("value", ["relu", "", "Tanh", None, 0, ["tanh"], "tanh "])
def test_unknown_names(name, allowed, value, engine):
    with pytest.raises(ValueError) as error:
        Unlearn(engine=engine, **{name: value})
    assert all(word in str(error.value) for word in (name, repr(value), *allowed))


@each_model
@pytest.mark.parametrize("value", ["c", None, 0])
def test_unknown_engines(model, value):
    with pytest.raises(ValueError) as error:
        model(engine=value)
    assert all(word in str(error.value) for word in ("engine", repr(value), *ENGINES))


@each_model
def test_scales_are_clamped(model):
    """Beyond 0..100 counts as the bound."""
    for given, means in ((1e9, 100.0), (-1.0, 0.0), (2.0**-149, 0.0)):
        one, two = model(scale=given), model(scale=means)
        assert_same("state", state(one), state(two))


def heard(model, n: int, seed: int = 1) -> list[np.ndarray]:
    return list(white_noise(MODELS[model] * n, seed).reshape(-1, n))


PARAMETERS = {AutoRegNN: ("parameters", 2.0**500), AutoRegNN2: ("parameters", 2.0**500),
              Unlearn: ("weights", 1e6)}  # fmt: skip
CONTROLS = {
    AutoRegNN: ("autoreg", "lr", "ridge", "teacher"),
    AutoRegNN2: ("mix", "lr", "ridge", "autoreg", "teacher"),
    Unlearn: ("lambda_", "mu", "nu", "strength", "radius", "friction", "centre"),
}
BAD = [NAN, INF, -INF, np.array([0, 0, NAN, 0.0]), np.zeros(3), np.zeros((4, 1)), np.zeros((1, 4)),
       np.zeros(0), "0.5", None, 1j, ["a"] * 4, [1.0, NAN, 0.0, 0.0], {}]  # fmt: skip


@pytest.mark.parametrize("model, name", [(m, n) for m, names in CONTROLS.items() for n in names])
def test_a_bad_control_changes_nothing(model, name):
    """Not even the other controls of the same call, though they were good."""
    twins = Twins(model, {})
    start = {other: 0.25 for other in CONTROLS[model]}
    twins("process", lambda net: process(net, heard(model, 9), start))
    others = {other: 0.75 for other in CONTROLS[model]}
    for bad in BAD:
        message = twins.refuses(
            f"{name} = {bad!r}",
            lambda net, b=bad: call(net, heard(model, 4), **others | {name: b}),
        )
        assert name.rstrip("_") in message
    untouched = Twins(model, {})
    untouched("process", lambda net: process(net, heard(model, 9), start))
    got, want = (engine_runs(pair, model) for pair in (twins, untouched))
    assert_same("with the controls it holds", got, want)


def engine_runs(twins: Twins, model):
    """Below the public call, which would set every control anew."""
    x = heard(model, 5, seed=2)
    inputs = (np.stack(x), 5, {}, 3) if model is Unlearn else (*x, {})
    return twins("engine", lambda net: net._engine.process(*inputs))


@pytest.mark.parametrize("bad, says", [(np.zeros(3), "(4,)"), (NAN, "nan"), (INF, "inf")])
def test_messages_name_the_value_and_what_is_allowed(bad, says):
    for model, names in CONTROLS.items():
        with pytest.raises(ValueError) as error:
            call(model(), heard(model, 4), **{names[0]: bad})
        assert says in str(error.value) and names[0].rstrip("_") in str(error.value)


@pytest.mark.parametrize("model", [AutoRegNN, AutoRegNN2])
@pytest.mark.parametrize("x", [1.0, np.zeros((2, 2)), "abc", None, [1j, 2], [[]], 3])
def test_signals_that_are_none(model, x):
    twins = Twins(model, {"size": 3})
    for k in range(MODELS[model]):
        inputs = [np.zeros(2)] * MODELS[model]
        inputs[k] = x
        twins.refuses(f"x = {x!r}", lambda net, inputs=inputs: net.process(*inputs))


def test_two_inputs_of_one_length():
    twins = Twins(AutoRegNN2, {})
    message = twins.refuses("x2", lambda net: net.process(np.zeros(3), np.zeros(4)))
    assert all(word in message for word in ("x1", "x2", "3", "4"))


@pytest.mark.parametrize("n", [-1, 1.0, True, "5", None, np.array(5)])
def test_numbers_of_samples_that_are_none(n):
    message = Twins(Unlearn, {}).refuses(f"{n!r}", lambda net: net.process(n))
    assert "samples must be an integer" in message


@pytest.mark.parametrize("x", [5, -1.0, "5", np.zeros(3), np.zeros((3, 5)), [[1j], [1]], [],
                               np.zeros((2, 3, 1)), np.array(5)])  # fmt: skip
def test_signals_of_unlearn_that_are_none(x):
    Twins(Unlearn, {"external": 2}).refuses(f"x = {x!r}", lambda net: net.process(x=x))


@pytest.mark.parametrize("outs", [0, 17, -1, 2.0, True, "2", [1]])
def test_outs_that_are_none(outs):
    """A wrong `outs` beside good controls changes nothing either."""
    twins = Twins(Unlearn, {})
    message = twins.refuses(f"outs = {outs!r}", lambda net: net.process(5, mu=9.0, outs=outs))
    assert all(word in message for word in ("outs", "1..16", repr(outs)))
    assert_same("held", engine_runs(twins, Unlearn), engine_runs(Twins(Unlearn, {}), Unlearn))


@each_model
def test_arrays_of_weights(model):
    """Wrong shapes and values are refused; nothing is written, not even the good ones."""
    name, limit = PARAMETERS[model]
    twins = Twins(model, {})
    right = getattr(twins.reference, name).copy()
    wrong = [right[:-1], right[np.newaxis], right.T.copy() if right.ndim > 1 else right[::2], 0.0,
             None, "weights", right.astype(complex)]  # fmt: skip
    for value in (NAN, INF, np.nextafter(limit, INF), -np.nextafter(limit, INF)):
        wrong.append(np.full(right.shape, 0.25))
        wrong[-1].flat[-1 if model is not Unlearn else 0] = value
    for values in wrong:
        message = twins.refuses(name, lambda net, v=values: setattr(net, name, v))
        assert name in message
    right[...] = 0.0
    right.flat[0] = -limit
    twins(name, lambda net: setattr(net, name, right.tolist()))
    twins("process", lambda net: process(net, heard(model, 5), {}))


def test_no_weight_where_no_signal_feeds():
    twins = Twins(Unlearn, {"neurons": 4, "inputs": 2, "external": 5})
    new = twins.reference.weights.copy()
    assert new.shape == (4, 4) and not np.any(new[1:, 3])
    new[2, 3] = 0.5
    assert "no external signal" in twins.refuses("w", lambda net: setattr(net, "weights", new))


@each_model
@pytest.mark.parametrize("kind", ["float32", "list", "strided", "reversed", "big-endian",
                                  "float16", "read-only", "bool"])  # fmt: skip
def test_other_kinds_of_arrays_are_the_same_numbers(model, kind):
    """What holds the same numbers gives the same bits, and is not written to."""
    x = white_noise(24, 1).astype(np.float16)
    x = (x > 0 if kind == "bool" else x).astype(np.float64)
    other = {
        "float32": lambda: x.astype(np.float32), "list": lambda: x.tolist(),
        "strided": lambda: np.repeat(x, 2)[::2],
        "reversed": lambda: x[::-1].copy()[::-1], "big-endian": lambda: x.astype(">f8"),
        "float16": lambda: x.astype(np.float16), "bool": lambda: x.astype(bool),
        "read-only": lambda: np.frombuffer(x.tobytes()),
    }[kind]()  # fmt: skip
    name = CONTROLS[model][0]
    twins = Twins(model, {})
    want = twins("process", lambda net: call(net, [x] * MODELS[model], **{name: np.abs(x)}))
    signal = np.abs(x).astype(np.asarray(other).dtype)
    fresh, before = Twins(model, {}), np.array(other)
    got = fresh("process", lambda net: call(net, [other] * MODELS[model], **{name: signal}))
    assert_same(f"outputs of {kind}", got, want)
    assert np.array_equal(before, other), "it wrote to its input"


@each_model
@each_engine
def test_what_is_returned_is_a_copy(model, engine):
    """Writing to a state that was read changes no bit of the model."""
    net, same = model(engine=engine), model(engine=engine)
    for one in (net, same):
        process(one, heard(model, 30), {})
    for array in net.state().values():
        array[...] = 1
    assert_same("state", state(net), state(same))


@each_model
def test_seed_is_the_last_resets(model):
    net = model(seed=5)
    net.reset(7)
    assert net.seed == 7
    with pytest.raises(ValueError, match=r"seed.*0\.\.18446744073709551615.*-1"):
        net.reset(-1)
    assert net.seed == 7
    net.reset()
    assert_same("state", state(net), state(model(seed=7)))

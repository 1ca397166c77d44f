"""From finite state nothing becomes NaN or Inf; what enters is repaired and counted."""

import numpy as np
import pytest

from bits import SPECIAL, assert_same
from specml import AutoRegNN, AutoRegNN2, Unlearn
from specml.reference import finite
from specml.reference.random import white_noise
from twins import ISAS, Build, Twins, process, state

BUILDS = [Build(isa) for isa in ISAS]
LONG = 10**5


def assert_finite(name: str, values) -> None:
    for field, array in values.items():
        bad = np.argwhere(~np.isfinite(array.astype(np.float64)))
        assert not len(bad), f"{name}: {field}{bad[0].tolist()} is {array[tuple(bad[0])]}"


def assert_no_subnormals(name: str, values) -> None:
    """No state variable is smaller than 2^-500, no sample smaller than 2^-126, but 0."""
    for field, array in values.items():
        least = finite.SAMPLE_MIN if field.startswith(("past", "out", "error")) else 2.0**-500
        small = np.argwhere((array != 0) & (np.abs(array.astype(np.float64)) < least))
        assert not len(small), f"{name}: {field}{small[0].tolist()} is too small"
        if array.dtype == np.float64 and not field.startswith("error"):
            assert not np.any(np.signbit(array) & (array == 0)), f"{name}: -0 in {field}"


def loud(n: int, seed: int = 1) -> np.ndarray:
    return np.where(white_noise(n, seed) < 0, -1e6, 1e6)


@pytest.mark.parametrize("model", [AutoRegNN, AutoRegNN2])
@pytest.mark.parametrize("spread", [1.0, 2.0**500])
@pytest.mark.parametrize("controls", [{}, {"autoreg": 0.0}, {"autoreg": 0.5, "teacher": 1.0}])
@pytest.mark.parametrize("ridge", [0.0, 1.0])
def test_networks_at_their_extremes(model, spread, controls, ridge):
    """The largest learning rate, the loudest input, the largest weights."""
    net = model(9, 10, 3)
    net.parameters = spread * np.sign(white_noise(net.parameters.size, 3)).reshape(
        net.parameters.shape
    )
    inputs = [loud(LONG, seed) for seed in (1, 2)][: 1 if model is AutoRegNN else 2]
    outputs = process(net, inputs, {"lr": 10.0, "ridge": ridge, **controls})
    assert_finite("outputs", dict(zip(("out", "error1", "error2"), outputs, strict=False)))
    assert_finite("state", net.state())
    assert np.max(np.abs(outputs[0])) <= 1.0


@pytest.mark.parametrize("model", [AutoRegNN, AutoRegNN2])
@pytest.mark.parametrize("exponent", [500, -500, 250, 0])
def test_networks_at_their_extremes_have_the_same_bits(model, exponent):
    twins = Twins(model, {"size": 5, "width": 9, "layers": 3}, BUILDS)
    shape = twins.reference.parameters.shape
    new = 2.0**exponent * white_noise(int(np.prod(shape)), 3).reshape(shape)
    twins("parameters", lambda net: setattr(net, "parameters", new))
    inputs = [loud(60, seed) for seed in (1, 2)][: 1 if model is AutoRegNN else 2]
    for autoreg in (0.0, 0.5):
        controls = {"lr": 10.0, "ridge": 0.0, "autoreg": autoreg}
        twins("process", lambda net, controls=controls: process(net, inputs, controls))


@pytest.mark.parametrize("model", [AutoRegNN, AutoRegNN2])
@pytest.mark.parametrize("layers", [1, 3, 4])
def test_errors_carried_through_the_largest_weights(model, layers):
    """Silent past and no biases: no unit is saturated, so each layer multiplies deltas by 2^500."""
    twins = Twins(model, {"size": 2, "width": 3, "layers": layers}, BUILDS)
    new = np.full(twins.reference.parameters.shape, 2.0**500)
    for row in np.atleast_2d(new):
        bias = 2 * 3
        for _ in range(layers):
            row[bias : bias + 3] = 0.0
            bias += 3 + 3 * 3
        row[-1] = 0.0
    twins("parameters", lambda net: setattr(net, "parameters", new))
    inputs = [loud(5, seed) for seed in (1, 2)][: 1 if model is AutoRegNN else 2]
    outputs = twins("process", lambda net: process(net, inputs, {"lr": 10.0, "ridge": 0.0}))
    assert_finite("outputs", dict(zip(("out", "error1", "error2"), outputs, strict=False)))
    assert_finite("state", twins.reference.state())
    largest = np.abs(np.atleast_2d(new - twins.reference.parameters)[0, 6])
    assert 1e12 <= largest <= 1e15, "the first biases took no step of the largest delta"


EXTREME = {
    "fast": {"lambda_": 20000.0},
    "backwards": {"lambda_": -20000.0, "strength": 1e6, "radius": 1e3},
    "driven": {"mu": -1e6, "nu": 1e6, "lambda_": 2e4},
    "drawn to the trace": {"strength": 1e6, "radius": 0.0, "centre": 1.0, "friction": 1e6},
    "everything": {"lambda_": 2e4, "mu": 1e6, "nu": -1e6, "strength": 1e6, "radius": 1e3,
                   "friction": 1e6, "centre": 1.0, "pivot": 1.0},
    "around the trace": {"lambda_": -2e4, "mu": 1e6, "strength": 1e6, "radius": 1e3, "pivot": 1.0},
}  # fmt: skip
SHAPES = [(16, 3, 50, 1, "tanh"), (3, 3, 2, 7, "cosine"), (5, 2, 9, 2, "dip-rad")]


@pytest.mark.parametrize("integrator", ["euler", "symplectic"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", EXTREME)
@pytest.mark.parametrize("rate", [48000.0, 1.0])
def test_unlearn_at_its_extremes(integrator, shape, name, rate):
    settings = {"integrator": integrator, "energy": shape[4], "samplerate": rate, "scale": 100.0}
    net = Unlearn(*shape, **settings)
    out = net.process(x=np.stack([loud(LONG, j) for j in range(shape[3])]), **EXTREME[name])
    assert_finite("outputs", {"out": out})
    assert_finite("state", net.state())
    twins = Twins(Unlearn, dict(zip(("neurons", "inputs", "maxdelay", "external", "activation"),
                                    shape, strict=True)) | settings, BUILDS)  # fmt: skip
    external = np.stack([loud(80, j) for j in range(shape[3])])
    twins("process", lambda net: process(net, [external], EXTREME[name]))


@pytest.mark.parametrize("engine", ["core", "numpy"])
@pytest.mark.parametrize("value", SPECIAL)
def test_what_enters_is_repaired_and_counted(engine, value):
    """Every special sample acts as what it counts as by docs/models.md, rule 8."""
    repaired = (
        0.0 if not np.isfinite(value) or abs(value) < 2.0**-126 else np.clip(value, -1e6, 1e6)
    )
    count = int(not abs(value) <= 1e6)
    x, y = np.full(3, 0.5), np.full(3, 0.5)
    x[1], y[1] = value, repaired
    for make, heard in ((AutoRegNN, 1), (AutoRegNN2, 2), (Unlearn, 1)):
        one, two = make(engine=engine), make(engine=engine)
        got = process(one, [x[np.newaxis] if make is Unlearn else x] * heard, {})
        want = process(two, [y[np.newaxis] if make is Unlearn else y] * heard, {})
        assert_same("outputs", got, want)
        assert (one.clipped, two.clipped) == (count * heard, 0)
        assert_same("state", state(one) | {"clipped": None}, state(two) | {"clipped": None})
        one.clear()
        assert one.clipped == 0


@pytest.mark.parametrize("engine", ["core", "numpy"])
def test_no_subnormals_anywhere(engine):
    """State that decays ends at 0, not among the subnormals; nothing is -0."""
    net = AutoRegNN(4, 9, 2, engine=engine)
    net.parameters = 2.0**-480 * white_noise(net.parameters.size, 5)
    for _ in range(20):
        out, error = net.process(2.0**-126 * white_noise(10, 6), lr=0.5, ridge=1.0, autoreg=0.5)
        assert_no_subnormals("AutoRegNN", net.state() | {"out": out, "error": error})
    assert not np.any(net.parameters[:36]), "the ridge did not drive the weights to 0"
    net = Unlearn(5, 2, 3, 1, scale=1e-30, excite=1e-30, engine=engine)
    for _ in range(20):
        out = net.process(100, friction=24000.0, strength=1e4, radius=0.0)
        assert_no_subnormals("Unlearn", net.state() | {"out": out})

"""Flush-to-zero changes no bit. (The stateful machines run in both modes as well.)"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fpmode
from bits import samples
from specml import AutoRegNN, AutoRegNN2, Unlearn, core
from specml.reference.random import white_noise
from twins import ISAS, Build, Twins, process

FLUSHING = tuple(Build(isa, flush=True) for isa in ISAS)
TINY_SIGNALS = (2.0**-126, 2.0**-130, 2.0**-149, 5e-324, 1e-30)


def test_the_switch_switches():
    """The instrument itself: tiny results (FTZ) and tiny operands (DAZ) become 0, and back."""
    for a, b in ((2.0**-600, 2.0**-440), (2.0**-1074, 2.0**60)):
        assert fpmode.product(a, b) == a * b != 0.0
        with fpmode.flush(True):
            assert fpmode.flushes()
            assert fpmode.product(a, b) == 0.0
        assert fpmode.product(a, b) == a * b


def test_the_switch_reaches_the_core(isa):
    """An elementary function, which keeps subnormals, shows that the core runs in the mode."""
    x = np.array([1e-310, -3e-320])
    assert np.all(core.elementwise("tanh", x) != 0.0)
    with fpmode.flush(True):
        assert np.all(core.elementwise("tanh", x) == 0.0)


def tiny_parameters(seed: int, shape) -> np.ndarray:
    """Of either sign, around the least weight 2^-500; some 0, a few large."""
    random = np.random.default_rng(seed)
    x = np.ldexp(random.uniform(-2, 2, shape), random.integers(-510, -470, shape))
    x[random.random(shape) < 0.1] = 0.0
    x[random.random(shape) < 0.1] = 0.25
    return x


@pytest.mark.parametrize("model", [AutoRegNN, AutoRegNN2])
@given(seed=st.integers(0, 10**6), size=st.sampled_from(TINY_SIGNALS),
       shape=st.tuples(st.integers(1, 9), st.integers(1, 18), st.integers(1, 3)),
       autoreg=st.sampled_from((0.0, 2.0**-100, 0.5, 1.0)),
       lr=st.sampled_from((0.5, 2.0**-60, 1.0)), ridge=st.sampled_from((1.0, 0.1)))  # fmt: skip
@settings(max_examples=25)
def test_networks_that_decay(model, seed, size, shape, autoreg, lr, ridge):
    """Weights that the ridge drives below the floor, under signals around the least sample."""
    twins = Twins(model, dict(zip(("size", "width", "layers"), shape, strict=True)), FLUSHING)
    parameters = tiny_parameters(seed, twins.reference.parameters.shape)
    twins("parameters", lambda net: setattr(net, "parameters", parameters))
    count = 1 if model is AutoRegNN else 2
    inputs = list(size * white_noise(40 * count, seed).reshape(count, 40))
    controls = {"lr": lr, "ridge": ridge, "autoreg": autoreg, "teacher": 2.0**-126}
    twins("process", lambda net: process(net, inputs, controls))


@given(seed=st.integers(0, 10**6), size=st.sampled_from(TINY_SIGNALS),
       activation=st.sampled_from(("tanh", "cosine")),
       integrator=st.sampled_from(("symplectic", "euler")),
       centre=st.sampled_from((0.0, 1.0, 1e-38)),
       lambda_=st.sampled_from((0.0, 2.0**-126, 60.0, 2e4)), radius=st.sampled_from((0.0, 0.01)),
       friction=st.sampled_from((0.0, 24000.0, 1e6)),
       strength=st.sampled_from((0.0, 1.0, 1e6)))  # fmt: skip
@settings(max_examples=60)
def test_oscillators_that_decay(seed, size, activation, integrator, **controls):
    settings = {"neurons": 5, "inputs": 2, "maxdelay": 3, "external": 7, "excite": 1e-37,
                "activation": activation, "integrator": integrator}  # fmt: skip
    twins = Twins(Unlearn, settings, FLUSHING)
    weights = tiny_parameters(seed, (5, 4))
    weights[2:, 3] = 0.0
    twins("weights", lambda net: setattr(net, "weights", weights))
    external = size * white_noise(7 * 60, seed).reshape(7, 60)
    twins("process", lambda net: process(net, [external], controls))


def test_traces_that_decay():
    """At one sample a second a trace halves with each, until nothing is left."""
    twins = Twins(Unlearn, {"neurons": 9, "inputs": 2, "samplerate": 1}, FLUSHING)
    twins("weights", lambda net: setattr(net, "weights", 0.0 * net.weights))
    silent = {"lambda_": 0.0, "mu": 0.0, "nu": 0.0}
    twins("process", lambda net: process(net, [np.zeros((1, 495))], silent))
    assert 2.0**-500 <= np.max(np.abs(twins.reference.traces)) < 2.0**-490
    twins("process", lambda net: process(net, [np.zeros((1, 12))], silent))
    assert np.all(twins.reference.traces == 0.0)


@given(data=st.data())
@settings(max_examples=20)
def test_mixed_modes(data):
    """A host may change the mode between two blocks."""
    twins = Twins(AutoRegNN, {"size": 6, "width": 11, "layers": 2}, [Build()])
    ((_, model),) = twins.cores
    for flush in (False, True, False, True):
        x = data.draw(samples(8))
        twins.cores = [(Build(flush=flush), model)]
        twins("process", lambda net, x=x: process(net, [x], {"ridge": 1.0}))

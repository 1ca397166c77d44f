"""Unlearn that is told nothing: the preset wind wherever it is made, and it goes on sounding."""

import inspect

import numpy as np
import pytest

import measures as m
from bits import assert_same
from specml import Unlearn, core
from specml.reference import unlearn

DEFAULT = core.presets()["wind"]
AUDIBLE = -40.0  # dB of every second


def defaults(function) -> dict[str, object]:
    parameters = inspect.signature(function).parameters.values()
    return {p.name.rstrip("_"): p.default for p in parameters if p.default is not p.empty}


def test_the_public_class_has_the_preset_s_settings():
    found = defaults(Unlearn.__init__) | defaults(Unlearn.process)
    assert {name: found[name] for name in DEFAULT} == DEFAULT


def test_the_reference_has_the_preset_s_controls():
    assert {name: c.initial for name, c in unlearn.CONTROLS.items()} == {
        name: DEFAULT[name] for name in unlearn.CONTROLS
    }
    net = unlearn.UnlearnReference(16, 3, 2400, 1, 48000.0, 1, 2.0, 0.1)
    for name in ("activation", "energy", "integrator"):
        assert getattr(net, name) == DEFAULT[name]


def test_the_core_has_the_preset_s_functions_and_controls():
    """As `unlearn_init` leaves it, beside one that was told everything."""
    sizes = [DEFAULT[name] for name in ("neurons", "inputs", "maxdelay", "external")]
    bare = core.UnlearnCore(*sizes, 48000.0, 1, DEFAULT["scale"], DEFAULT["excite"])
    told = core.UnlearnCore(*sizes, 48000.0, 1, DEFAULT["scale"], DEFAULT["excite"])
    for name in ("activation", "energy", "integrator"):
        assert getattr(bare, name) == DEFAULT[name]
        setattr(told, name, DEFAULT[name])
    for name in unlearn.CONTROLS:
        told.set(name, DEFAULT[name])
    assert_same("bare", bare.process(None, 4800, {}, 16), told.process(None, 4800, {}, 16))


def quietest(seed: int, seconds: int) -> float:
    """Level of the second in which it is least loud, without its constant part."""
    net = Unlearn(seed=seed)
    heard = (net.process(m.RATE, outs=2) for _ in range(seconds))
    return min(m.level(y - y.mean(axis=1, keepdims=True)) for y in heard)


@pytest.mark.parametrize("seed", range(1, 4))
def test_it_sounds(seed):
    assert quietest(seed, 20) > AUDIBLE


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 11))
def test_it_goes_on_sounding_for_ten_minutes(seed):
    assert quietest(seed, 600) > AUDIBLE


RESTING = {"lambda_": 0.0, "mu": 0.0, "nu": 0.0, "strength": 0.0, "friction": 0.0}


@pytest.mark.parametrize("scale, wakes", [(1.2, True), (0.5, False)])
@pytest.mark.parametrize("seed", range(1, 6))
def test_a_bang_wakes_what_has_large_weights(scale, wakes, seed):
    """Silent tanh: awake for good if the squares of a neuron's weights add up to 1."""
    net = Unlearn(activation="tanh", energy="tanh", scale=scale, seed=seed, external=0)
    squares = np.mean(np.sum(net.weights**2, axis=1))
    assert (squares > 1.0) == wakes
    net.clear()
    assert not np.any(net.process(m.RATE, **RESTING))
    net.bang()
    net.process(5 * m.RATE, **RESTING, outs=1)
    assert (np.abs(net.process(m.RATE, **RESTING)).max() > 0.01) == wakes


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_cosine_needs_no_bang(seed):
    """It is 1 at 0: what forgot its sound begins anew by itself."""
    net = Unlearn(seed=seed, excite=0.0)
    net.clear()
    assert m.level(np.diff(net.process(m.RATE, outs=2))) > AUDIBLE

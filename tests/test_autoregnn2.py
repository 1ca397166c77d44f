"""AutoRegNN2: the core and the reference, bit for bit after every call; the ends of its mix."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bits import assert_same, samples
from machine import NetworkMachine
from specml import AutoRegNN, AutoRegNN2
from specml.reference import autoregnn2
from specml.reference.random import white_noise


class AutoRegNN2Machine(NetworkMachine):
    model, table = AutoRegNN2, autoregnn2.CONTROLS

    def inputs(self, draw, n):
        drawn = [draw(samples(n)) for _ in range(2)]
        return [np.full(n, 0.5) if x is None else x for x in drawn]


class TestAutoRegNN2(AutoRegNN2Machine.TestCase):
    settings = settings(max_examples=100, stateful_step_count=20)


@pytest.mark.long
class TestAutoRegNN2Long(AutoRegNN2Machine.TestCase):
    settings = settings(max_examples=700, stateful_step_count=40)


@pytest.mark.parametrize("engine", ["core", "numpy"])
@given(mix=st.sampled_from((0, 1)), autoreg=st.sampled_from((1.0, 0.25, 0.0)), seed=st.integers(0))
@settings(max_examples=15)
def test_the_ends_of_the_mix_are_the_one_network(engine, mix, autoreg, seed):
    """At m = 0 and m = 1 it sounds and learns as an AutoRegNN with that network's parameters."""
    pair = AutoRegNN2(5, 9, 2, engine=engine)
    one = AutoRegNN(5, 9, 2, engine=engine)
    one.parameters = pair.parameters[mix]
    x = white_noise(60, seed % 2**64).reshape(2, 30)
    controls = {"lr": 0.3, "ridge": 0.01, "autoreg": autoreg, "teacher": 0.5}
    out, *errors = pair.process(*x, mix=float(mix), **controls)
    assert_same("out and error", one.process(x[mix], **controls), (out, errors[mix]))
    assert_same("parameters", one.parameters, pair.parameters[mix])


def test_networks_draw_one_after_the_other(isa):
    """The first network draws what an AutoRegNN draws, the second goes on from there."""
    pair, one = AutoRegNN2(4, 3, 2, seed=9), AutoRegNN(4, 3, 2, seed=9)
    assert_same("first", pair.parameters[0], one.parameters)
    assert not np.any(pair.parameters[0] == pair.parameters[1])

"""Cut anywhere: the same signal whole and in pieces gives the same bits, on both engines."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bits import assert_same, seeds
from machine import sizes
from specml import AutoRegNN, AutoRegNN2, Unlearn
from specml.reference.random import white_noise
from twins import process, state

LENGTH = {"core": 500, "numpy": 50}


def both(make, inputs, controls, cuts, **more):
    whole, cut = make(), make()
    want = process(whole, inputs, controls, **more)
    got = process(cut, inputs, controls, cuts, **more)
    assert_same(f"outputs cut at {sorted(cuts)}", got, want)
    assert_same(f"state cut at {sorted(cuts)}", state(cut), state(whole))


def cuts_of(data, n: int) -> list[int]:
    """A few cuts anywhere, or one before every sample."""
    few = st.lists(st.integers(0, n), max_size=8)
    return data.draw(st.one_of(few, st.just(list(range(n)))))


@pytest.mark.parametrize("engine", LENGTH)
@pytest.mark.parametrize("model", [AutoRegNN, AutoRegNN2])
@given(seed=seeds, size=sizes, width=sizes, layers=st.integers(1, 3), data=st.data())
@settings(max_examples=15)
def test_networks(engine, model, seed, size, width, layers, data):
    n, count = LENGTH[engine], 1 if model is AutoRegNN else 2
    noise = white_noise(5 * n, seed).reshape(5, n)
    controls = {"lr": 0.5 * noise[2], "autoreg": noise[3] ** 2, "teacher": 0.5}
    both(lambda: model(size, width, layers, seed, engine=engine),
         list(noise[:count]), controls, cuts_of(data, n))  # fmt: skip


@pytest.mark.parametrize("engine", LENGTH)
@given(seed=seeds, neurons=sizes, maxdelay=st.integers(1, 60), external=st.integers(0, 3),
       activation=st.sampled_from(("tanh", "cosine")), data=st.data(),
       integrator=st.sampled_from(("symplectic", "euler")))  # fmt: skip
@settings(max_examples=15)
def test_unlearn(engine, seed, neurons, maxdelay, external, activation, integrator, data):
    n = LENGTH[engine]
    noise = white_noise((external + 2) * n, seed).reshape(-1, n)
    controls = {"lambda_": 500 * noise[0], "strength": noise[1] + 1, "friction": 3.0}
    inputs = [noise[2:]] if external else [n]
    both(lambda: Unlearn(neurons, 1 + neurons // 2, maxdelay, external, seed=seed, engine=engine,
                         activation=activation, integrator=integrator),
         inputs, controls, cuts_of(data, n), outs=1 + neurons // 3)  # fmt: skip


@pytest.mark.parametrize("engine", LENGTH)
@pytest.mark.parametrize("model", [AutoRegNN, AutoRegNN2])
def test_lr_0_freezes_exactly(engine, model):
    """lr 0: no bit of any weight changes, whatever is heard and whatever the ridge."""
    net, n = model(7, 10, 3, engine=engine), LENGTH[engine]
    before = net.parameters
    inputs = [x for x in 1e3 * white_noise(2 * n, 4).reshape(2, n)]
    out = process(net, inputs[: 1 if model is AutoRegNN else 2], {"lr": 0.0, "ridge": 1.0})
    assert_same("parameters", net.parameters, before)
    assert np.any(out[0]), "it fell silent"


@pytest.mark.parametrize("engine", LENGTH)
def test_same_seed_same_sound(engine):
    for make in (AutoRegNN, AutoRegNN2, Unlearn):
        one, two = (make(seed=3, engine=engine) for _ in range(2))
        inputs = [20] if make is Unlearn else [np.ones(20)] * (1 if make is AutoRegNN else 2)
        first = process(one, inputs, {})
        assert_same("twice", process(two, inputs, {}), first)
        one.reset()
        assert_same("after reset", process(one, inputs, {}), first)
        other = make(seed=4, engine=engine)
        assert not np.array_equal(process(other, inputs, {})[0], first[0])

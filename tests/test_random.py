"""SplitMix64 as published, and what the models draw from it, in the order of docs/models.md."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bits import assert_same, seeds
from specml import AutoRegNN, AutoRegNN2, Unlearn
from specml.reference.random import SplitMix64, white_noise

PUBLISHED = {
    1234567: (6457827717110365317, 3203168211198807973, 9817491932198370423,
              4593380528125082431, 16408922859458223821),
    0: (0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC,
        0x1B39896A51A8749B),
}  # fmt: skip
ENGINES = ("core", "numpy")


@pytest.mark.parametrize("seed", PUBLISHED)
def test_published_vectors(seed):
    """Rosetta Code and the test vectors of the author's C code."""
    random = SplitMix64(seed)
    assert tuple(random.next() for _ in range(5)) == PUBLISHED[seed]


def test_published_counts():
    """Rosetta Code: floor(5 u) for 100000 u from seed 987654321."""
    random = SplitMix64(987654321)
    fifths = [int(5 * random.uniform()) for _ in range(100000)]
    assert np.bincount(fifths).tolist() == [20027, 19892, 20073, 19978, 20030]


def test_uniform_is_the_top_53_bits():
    random, same = SplitMix64(3), SplitMix64(3)
    for _ in range(100):
        bits = same.next()
        assert random.uniform().hex() == math.ldexp(bits >> 11, -53).hex()


@given(seed=seeds, n=st.integers(0, 300))
def test_white_noise_is_the_generator(seed, n):
    random = SplitMix64(seed)
    want = np.array([random.bipolar() for _ in range(n)], np.float64)
    assert_same("white_noise", white_noise(n, seed), want)


@pytest.mark.parametrize("engine", ENGINES)
@given(seed=seeds, shape=st.tuples(*(st.integers(1, top) for top in (20, 20, 3))),
       scale=st.sampled_from((1.0, 0.3, 100.0)))  # fmt: skip
def test_networks_draw_in_canonical_order(engine, seed, shape, scale):
    """U(-1, 1) scale / sqrt(m): m = P for layer 1, biases included, and H for all others."""
    size, width, layers = shape
    random = SplitMix64(seed)
    first, rest = width * (size + 1), (layers - 1) * width * (width + 1) + width + 1
    inputs = [size] * first + [width] * rest
    one = [random.bipolar() * (scale / math.sqrt(m)) for m in inputs]
    two = [random.bipolar() * (scale / math.sqrt(m)) for m in inputs]
    net = AutoRegNN(*shape, seed=seed, scale=scale, engine=engine)
    assert_same("parameters", net.parameters, np.array(one))
    pair = AutoRegNN2(*shape, seed=seed, scale=scale, engine=engine)
    assert_same("parameters", pair.parameters, np.array([one, two]))


@pytest.mark.parametrize("engine", ENGINES)
def test_81_parameters_of_8_by_8(engine):
    """The source's bufferSize(8, 8)."""
    assert len(AutoRegNN(8, 8, 1, engine=engine).parameters) == 81


@pytest.mark.parametrize("engine", ENGINES)
@given(seed=seeds, neurons=st.integers(1, 12), data=st.data())
def test_unlearn_draws_as_stated(engine, seed, neurons, data):
    """For each neuron: sources, delays, weights, external weights; then all first outputs."""
    inputs = data.draw(st.integers(1, neurons))
    external = data.draw(st.integers(0, 2 * neurons + 1))
    net = Unlearn(neurons, inputs, 7, external, seed=seed, scale=1.5, excite=0.25, engine=engine)
    random = SplitMix64(seed)
    sources, delays, rows = [], [], -(-external // neurons)
    weights = np.zeros((neurons, inputs + rows))
    for i in range(neurons):
        fresh = list(range(neurons))
        for k in range(inputs if inputs < neurons else 0):
            other = k + math.floor(random.uniform() * (neurons - k))
            fresh[k], fresh[other] = fresh[other], fresh[k]
        sources.append(fresh[:inputs])
        delays.append([1 + math.floor(random.uniform() * 7) for _ in range(inputs)])
        fed = inputs + len(range(i, external, neurons))
        weights[i, :fed] = [random.bipolar() * 1.5 for _ in range(fed)]
    outputs = [random.bipolar() * 0.25 for _ in range(neurons)]
    assert net.sources.tolist() == sources
    assert net.delays.tolist() == delays
    state = net.state()
    assert_same("weights", state["weights"], weights)
    assert_same("traces", state["traces"], weights)
    assert_same("velocities", state["velocities"], np.zeros_like(weights))
    past = np.zeros((neurons, 7))
    past[:, 0] = outputs
    assert_same("past", state["past_out"], past)
    net.bang()
    past[:, 0] += [random.bipolar() * 0.25 for _ in range(neurons)]
    assert_same("past after a bang", net.state()["past_out"], past)

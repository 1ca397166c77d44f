"""Networks that go side by side: each has the bits that it has alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from abreast import process_many
from bits import assert_same
from specml import AutoRegNN
from specml.reference.random import white_noise
from twins import ISAS, Build, state

CONTROLS = {"autoreg": (0, 1), "lr": (0, 2), "ridge": (0, 1), "teacher": (0, 1)}
# few shapes, so that neighbours often are alike; the last is too large to go abreast
shapes = st.sampled_from(((3, 2, 1), (3, 2, 1), (12, 8, 1), (5, 9, 2), (70, 20, 1)))


def controls(n: int, seed: int) -> dict[str, np.ndarray]:
    """Noise on every control, and now and then its least and greatest values."""
    noise = 0.75 * white_noise(n * len(CONTROLS), seed).reshape(-1, n) + 0.5
    ranges = zip(CONTROLS.items(), np.clip(noise, 0, 1), strict=True)
    return {name: low + (high - low) * row for (name, (low, high)), row in ranges}


@pytest.mark.parametrize("isa", ISAS)
@given(st.lists(shapes, min_size=1, max_size=9), st.integers(1, 40), st.integers(0, 99),
       st.booleans(), st.booleans())  # fmt: skip
def test_alone_and_abreast(isa, shapes, n, seed, modulated, wants_error):
    """Two calls, so that what a network keeps between them is its own too."""
    with Build(isa).running():
        compare(shapes, n, seed, modulated, wants_error)


def compare(shapes, n, seed, modulated, wants_error):
    alone = [AutoRegNN(*shape, seed=k) for k, shape in enumerate(shapes)]
    abreast = [AutoRegNN(*shape, seed=k) for k, shape in enumerate(shapes)]
    for call in range(2):
        x = 1.3 * white_noise(n * len(shapes), seed + call).reshape(-1, n)
        x[0, n // 2] = np.nan  # repaired and counted
        signals = [controls(n, seed + k) for k in range(len(shapes))] if modulated else []
        out, error = process_many(abreast, x, signals, wants_error)
        for k, net in enumerate(alone):
            given = net._engine.process(x[k], signals[k] if modulated else {})
            want = given if wants_error else (given[0], np.zeros(n))
            assert_same(f"network {k} of {shapes}", (out[k], error[k]), want)
            assert_same(f"state of network {k} of {shapes}", state(abreast[k]), state(net))

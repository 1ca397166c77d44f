"""What an object says in Max is what the core says, in doubles, bit for bit."""

from dataclasses import replace

import numpy as np
import pytest

import takes
from bits import assert_same
from max.stub import here

SAMPLES = 16 * 2048
VECTORS = (1, 2, 7, 16, 64, 512, 4096)


def drawn(take: takes.Take, vector: int) -> takes.Take:
    """The same with strokes as a buffer~ holds them, and no more than one in a vector."""
    every = 1 if vector <= takes.PERIOD else 4
    drawings = [(every * when, k, np.float32(values)) for when, k, values in take.drawings]
    return replace(take, drawings=[stroke for stroke in drawings if stroke[0] < take.samples])


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize("name", takes.EXAMPLE_NAMES)
def test_each_example(name, vector):
    for k, take in enumerate(takes.of_example(name, SAMPLES, 3)):
        take = drawn(take, vector)
        got, want = here().play(take, [vector]), take.replay(np.float64, vector)
        assert_same(f"{name} {k}", got, want[:, : got.shape[1]])


@pytest.mark.parametrize("name", takes.EXAMPLE_NAMES)
def test_vectors_change_while_it_runs(name):
    for k, take in enumerate(takes.of_example(name, SAMPLES, 3)):
        undrawn = replace(take, drawings=[])  # strokes count from vectors of one size on
        got = here().play(undrawn, [64, 1, 4096, 7, 333, 64])
        assert_same(f"{name} {k}", got, undrawn.replay(np.float64)[:, : got.shape[1]])

"""Nodes of Web Audio in a real browser: bit for bit, from the first sample on."""

from dataclasses import replace

import numpy as np
import pytest

import takes
from bits import assert_same
from web.browser import page, render

SAMPLES = 32 * 1024


@pytest.fixture(scope="module")
def opened():
    with page() as made:
        yield made


def same(name: str, got: np.ndarray, take: takes.Take, want: np.ndarray) -> None:
    assert got.shape == (take.outlets, take.samples)
    assert_same(name, np.float64(got), np.float64(np.float32(want)))


@pytest.mark.parametrize("name", takes.EXAMPLE_NAMES)
def test_each_example(name, opened):
    for k, take in enumerate(takes.of_example(name, SAMPLES, 3)):
        signals = {key: np.float64(np.float32(x)) for key, x in take.signals.items()}
        undrawn = replace(take, signals=signals, drawings=[])  # messages have no exact time here
        # a browser does not say whether a parameter that stands still is connected
        first = {key: x[0] for key, x in signals.items() if not key.startswith("x")}
        box = replace(undrawn, held=undrawn.held | first)
        same(f"{name} {k}", render(opened, box), take, undrawn.replay(np.float64))


def test_each_neuron_of_each_preset(opened):
    for preset in takes.PRESETS:
        take = takes.of_preset(preset, 4800, 5, 16)
        same(preset, render(opened, take), take, take.replay(np.float64))

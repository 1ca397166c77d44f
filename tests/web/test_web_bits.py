"""The module of WebAssembly in node: every network of every example, bit for bit."""

from dataclasses import replace

import numpy as np
import pytest

import takes
from bits import assert_same
from release.web import MODULES
from web.node import Played

SAMPLES = 16 * 2048
SIZES = ((128,), (1, 64, 7, 1024, 333, 16, 256))


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("name", takes.EXAMPLE_NAMES)
def test_each_example(name, module, sizes):
    for k, take in enumerate(takes.of_example(name, SAMPLES, 3)):
        want = take.replay(np.float64, block=1)
        assert_same(f"{name} {k}", Played(module, sizes).play(take), want)


@pytest.mark.parametrize("module", MODULES)
def test_each_neuron_of_each_preset(module):
    for preset in takes.PRESETS:
        take = takes.of_preset(preset, 4800, 5, 16)
        assert_same(preset, Played(module).play(take), take.replay(np.float64))


@pytest.mark.parametrize("rate", [8000, 44100, 192000])
def test_another_sample_rate(rate):
    take = takes.of_preset("wind", 4800, 5, 2)
    told = replace(take, settings=dict(take.settings))
    take.settings["samplerate"] = rate
    assert_same("wind", Played("wasm32-simd").play(told, rate), take.replay(np.float64))

"""All networks of all examples, with signals at their controls, from the first sample on."""

from dataclasses import replace

import numpy as np
import pytest

import takes
from bits import assert_same
from jack.stub import here

SAMPLES = 16 * 2048
# of blocks
SIZES = ((16,), (1024,), (1, 64, 7, 1024, 333, 16, 256))


def same(name: str, got: np.ndarray, want: np.ndarray) -> None:
    """Compare 32 bits with what the core says in 64."""
    assert got.dtype == np.float32
    assert_same(name, np.float64(got), np.float64(np.float32(want)))


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("name", takes.EXAMPLE_NAMES)
def test_each_example(name, sizes):
    for k, take in enumerate(takes.of_example(name, SAMPLES, 3)):
        signals = {key: np.float64(np.float32(x)) for key, x in take.signals.items()}
        undrawn = replace(take, signals=signals, drawings=[])  # there are no arrays to draw into
        same(f"{name} {k}", here().play(undrawn, sizes), undrawn.replay(np.float64))


def test_each_neuron_of_each_preset():
    for preset in takes.PRESETS:
        take = takes.of_preset(preset, 4800, 5, 16)
        words = ["unlearn", "--mc", "--preset", preset, "--seed=5", "--set", "neurons=16"]
        got = here().record(words, {}, 4800, 16)
        same(preset, got, take.replay(np.float64))


@pytest.mark.parametrize("rate", [8000, 44100, 192000])
def test_another_sample_rate(rate):
    take = takes.of_preset("wind", 4800, 5, 2)
    take.settings["samplerate"] = rate
    words = ["unlearn", "--preset", "wind", "--set", "seed=5"]
    same("wind", here().record(words, {}, 4800, 2, STUB_RATE=rate), take.replay(np.float64))


@pytest.mark.parametrize("model", ["autoregnn", "autoregnn2"])
def test_channels_are_networks_of_their_own(model):
    """Channel c was drawn with the seed and c - 1; pairs of inputs belong together."""
    make, sources = (takes.AutoRegNN, 1) if model == "autoregnn" else (takes.AutoRegNN2, 2)
    x = 0.3 * np.sin(0.01 * np.arange(1, 3 * sources + 1)[:, None] * np.arange(4800))
    played = {f"in_{k + 1}": np.float32(track) for k, track in enumerate(x)}
    got = here().record([model, "--channels", 3], played, 4800, 3 * (sources + 1))
    for c in range(3):
        heard = [np.float64(played[f"in_{c * sources + s + 1}"]) for s in range(sources)]
        want = np.stack(make(seed=1 + c).process(*heard))
        same(f"{model} {c}", got[c::3], want)

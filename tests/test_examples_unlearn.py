"""What the source says of its Unlearn examples: figures that stand for its words, on five seeds.

The bounds leave a margin around what seeds 1..10 gave. They tell each example
from silence, from white noise and from another example.
"""

import functools

import numpy as np
import pytest
from scipy.signal import lfilter

import measures as m
from specml import core
from specml.examples import EXAMPLES, Run, presets

RATE = m.RATE
SEEDS = range(1, 6)
SWITCH = 79  # seconds


@functools.lru_cache(maxsize=1)
def neurons(name, seed):
    """Every neuron's output, (16, n), in single precision to spare memory."""
    example = EXAMPLES[name]
    run = Run(int(example.seconds * RATE), seed)
    return np.concatenate([block.astype(np.float32) for block in example.neurons(run)], axis=1)


def listened(x):
    """The left channel of the recording, but for its level."""
    left = x[0::2].mean(axis=0, dtype=float)
    return lfilter([1, -1], [1, -0.995], left - left[0])


def resonances(x):
    """Resonant frequencies which change slowly or suddenly."""
    y = listened(x)
    near, far = m.overlaps(y[5 * RATE :])
    shares = m.line_share(y)
    return {
        "sounds at the end": m.level(y[-5 * RATE :]),
        "begins with many frequencies: share of five": shares[: int(2 / m.HOP)].min(),
        "falls into few: share of five": np.median(shares[int(15 / m.HOP) :]),
        "always few: least share of five": np.percentile(shares[int(15 / m.HOP) :], 5),
        "ends elsewhere than it began: overlap": far,
        "changes suddenly: least overlap of neighbours": near.min(),
        "stays between changes: median overlap": np.median(near),
    }


def chatter(x):
    """Noisy patterns, slowly becoming metallic, until one equilibrium sound is reached."""
    y = listened(x)[RATE:]  # without the onset, which would count as movement
    moves, shares, single = m.restless(y), m.line_share(y), m.line_share(y, 1, 15)
    tenth = len(shares) // 10
    return {
        "moves at first": moves[: len(moves) // 5].mean(),
        "moves through the first half": moves[: len(moves) // 2].mean(),
        "comes to rest: movement lost": moves[: len(moves) // 5].mean() - moves[-3:].min(),
        "noisy at first: share of five": np.median(shares[:tenth]),
        "slowly metallic: share gained by the middle":
            np.median(shares[5 * tenth : 7 * tenth]) - np.median(shares[:tenth]),
        "metallic at the end: share of five": np.median(shares[-tenth:]),
        "one sound at the end: share of one": np.median(single[-tenth:]),
        "an equilibrium: overlap of the last seconds": m.overlaps(y[-5 * RATE :], 2.0)[0][-1],
        "sounds at the end": m.level(y[-3 * RATE :]),
    }  # fmt: skip


def clicks(x):
    """Clicks distributed over the whole network, sudden pauses, isolated fast repetitions."""
    y = listened(x)[RATE // 2 :]
    loud = m.click_levels(y) > -50
    edges = np.flatnonzero(np.concatenate([[True], loud, [True]]))
    times = [m.onsets(m.click_levels(row[RATE // 2 :])) for row in x]
    gaps = np.concatenate([np.diff(t) for t in times])
    return {
        "clicks: kurtosis of the difference": m.kurtosis(np.diff(y)),
        "silence between them: share": 1.0 - loud.mean(),
        "pauses: the longest, in s": np.diff(edges).max() * 0.005,
        "over the whole network: neurons that click": sum(len(t) >= 3 for t in times),
        "onsets": sum(map(len, times)),
        "fast repetitions: gaps below 0.1 s": int(np.sum(gaps < 0.1)),
        "randomly distributed: spread of gaps": gaps.std() / gaps.mean() if len(gaps) else 0.0,
    }


def wind(x):
    """Very noisy, a microphone held into a rainy and windy storm."""
    y = listened(x)[2 * RATE :]
    gusts = m.levels(y, 0.25)
    return {
        "noisy: flatness": np.median(m.flatness(y)),
        "no tones: share of five": np.median(m.line_share(y)),
        "gusts: deviation of level": gusts.std(),
        "rain: centroid": np.median(m.centroid(y, 0.25)),
        "sounds": m.level(y),
    }


def blubber(x):
    """Noise with some bubbling that gets more and more prominent."""
    y = alive(x)
    begin, thirds = y[: 3 * RATE], np.array_split(y, 3)
    return {
        "noise at first: share of five": np.median(m.line_share(begin)),
        "noise at first: centroid": np.median(m.centroid(begin, 0.25)),
        "bubbles a second": max(map(m.bubbles, thirds)),
        "stand out more and more: spread of level gained":
            max(map(m.spread, thirds)) - m.spread(begin),
        "dies out: level of the last third, against the first's":
            m.level(thirds[2]) - m.level(thirds[0]),
    }  # fmt: skip


def alive(x):
    """The left channel until it is silent for good, at least nine seconds."""
    y = listened(x)
    loud = np.flatnonzero(m.levels(y, 0.5) > -60)
    return y[: RATE // 2 * max(18, loud[-1] + 1 if len(loud) else 0)]


def grows_and_dies(x):
    """Silent within the rendering, and the last third's centroid below half of the first's."""
    y = alive(x)
    first, _, last = np.array_split(y, 3)
    sinks = np.median(m.centroid(last, 0.25)) < 0.5 * np.median(m.centroid(first, 0.25))
    return 10 * RATE < len(y) < x.shape[1] and sinks


def sine_adapt(x):
    """100 Hz over the whole network; after 1:19 slowly a clear sine-like resonance."""
    after = listened(x)[SWITCH * RATE :]
    resonance = m.dominant(after[-10 * RATE :], 5.0)[-1]
    ending = m.levels(after[-10 * RATE :], 5.0)
    return {
        "adapts: neurons with 100 Hz":
            int(np.sum(m.prominence(x[:, RATE : SWITCH * RATE], 100.0) > 10)),
        "spreads: neurons with the resonance":
            int(np.sum(m.prominence(x[:, -12 * RATE :], resonance) > 20)),
        "sine-like: share of one, at the end":
            np.median(m.line_share(after, 1, 5, 1.0)[-10:]),
        "sounds at the end": m.level(after[-5 * RATE :]),
        "persists: change over the last seconds": ending[-1] - ending[0],
    }  # fmt: skip


FIGURES = {"resonances": resonances, "chatter": chatter, "clicks": clicks, "wind": wind,
           "blubber": blubber, "sine-adapt": sine_adapt}  # fmt: skip
BOUNDS = {
    "resonances": [(-26, 0), (0, 0.6), (0.85, 1.001), (0.78, 1.001), (0, 0.5), (0, 0.7),
                   (0.75, 1.001)],
    "chatter": [(0.7, 4), (0.35, 4), (0.12, 9), (0.1, 0.97), (0.02, 1), (0.96, 1.001),
                (0.5, 1.001), (0.7, 1.001), (-35, 0)],
    "clicks": [(12, 1e4), (0.3, 0.95), (1, 25), (14, 16), (50, 600), (4, 200), (0.8, 3)],
    "wind": [(-1.5, 0), (0, 0.35), (0.2, 4), (6000, 13000), (-30, 0)],
    "blubber": [(0, 0.6), (3000, 13000), (0.7, 8), (4, 40), (-40, -1)],
    "sine-adapt": [(14, 16), (14, 16), (0.6, 1.001), (-40, 0), (-3, 12)],
}  # fmt: skip


def broken(name, x):
    """The figures of an example that are out of bounds."""
    figures = FIGURES[name](x)
    bounds = zip(figures.items(), BOUNDS[name], strict=True)
    return {what: value for (what, value), (low, high) in bounds if not low <= value <= high}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", FIGURES)
def test_the_words_hold(name, seed):
    assert not broken(name, neurons(name, seed))


def test_blubber_grows_and_dies():
    assert sum(grows_and_dies(neurons("blubber", seed)) for seed in SEEDS) >= 4


def test_the_resonance_of_sine_adapt_comes_slowly():
    seconds = [m.clearing(listened(neurons("sine-adapt", seed))[SWITCH * RATE :]) for seed in SEEDS]
    assert sum(2 <= clear <= 60 for clear in seconds) >= 4, seconds


WITHOUT = ({"pivot": 0.0}, {"energy": "cosine-rad"}, {"activation": "cosine", "energy": "dip"})


@pytest.mark.long
@pytest.mark.parametrize("change", WITHOUT)
def test_without_any_one_of_them_blubber_does_not_grow_and_die(change, monkeypatch):
    """The rotation around the trace, the energy's own picture, radians."""
    changed = core.presets()["blubber"] | change
    monkeypatch.setattr(core, "presets", lambda: {"blubber": changed})
    example = presets.network("blubber", "", 100.0, (), ())
    runs = (example.neurons(Run(100 * RATE, seed)) for seed in SEEDS)
    assert not any(grows_and_dies(np.concatenate([*blocks], axis=1)) for blocks in runs)


@pytest.mark.parametrize("name", FIGURES)
def test_noise_and_near_silence_are_not_taken_for_it(name):
    n = int(EXAMPLES[name].seconds * RATE)
    noise = np.random.default_rng(1).standard_normal((16, n), np.float32)
    assert broken(name, np.float32(0.3) * noise)
    assert broken(name, np.float32(1e-9) * noise)


@pytest.mark.parametrize("name", FIGURES)
def test_another_example_is_not_taken_for_it(name):
    other = "wind" if name != "wind" else "clicks"
    x = neurons(other, 1)
    n = int(EXAMPLES[name].seconds * RATE)
    assert broken(name, np.tile(x, -(-n // x.shape[1]))[:, :n])


@pytest.mark.parametrize("name", FIGURES)
def test_the_preset_of_the_core_is_the_example(name):
    assert core.presets()[name] == EXAMPLES[name].settings

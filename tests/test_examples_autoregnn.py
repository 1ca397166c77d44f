"""What the source says of its AutoRegNN examples, and what a prototype measured, on five seeds."""

import numpy as np
import pytest

from specml import AutoRegNN
from specml.examples import EXAMPLES, Run
from specml.render import render
from specml.signals import strikes

SECOND = 48000
SEEDS = range(1, 6)


def rendered(name, seconds, seed, **more):
    return render(EXAMPLES[name], Run(int(seconds * SECOND), seed, **more))


def correlation(a, b):
    return np.corrcoef(a, b)[0, 1]


def level(x):
    return np.sqrt(np.mean(np.square(x)))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("name", "least"), [("sine", 0.99), ("fm", 0.98)])
def test_within_a_second_the_output_follows_the_input(name, least, seed):
    x, y = rendered(name, 2, seed)
    assert correlation(x[SECOND:], y[SECOND:]) > least


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["sine", "fm"])
def test_a_network_that_does_not_learn_does_not_follow(name, seed):
    x, _ = rendered(name, 2, seed)
    y, _ = AutoRegNN(12, 8, 1, seed).process(x, lr=0.0)
    assert np.std(y[SECOND:]) < 1e-6 or abs(correlation(x[SECOND:], y[SECOND:])) < 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_the_saw_that_drives_its_own_learning_rate_sounds_at_its_own_pitch(seed):
    _, y = rendered("saw", 2, seed)
    spectrum = np.abs(np.fft.rfft(y[SECOND:] * np.hanning(SECOND)))
    harmonics = sum(spectrum[180 * k + d] ** 2 for k in range(1, 100) for d in (-2, -1, 0, 1, 2))
    assert harmonics / np.sum(spectrum[20:] ** 2) > 0.5
    assert level(y[SECOND:]) > 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_the_mixture_is_neither_network(seed):
    x1, x2, y = rendered("interpolate", 1, seed)
    assert level(y[SECOND // 2 :]) > 0.05
    half = SECOND // 2
    assert abs(correlation(x1[half:], y[half:])) < 0.99 > abs(correlation(x2[half:], y[half:]))


@pytest.mark.parametrize("seed", SEEDS)
def test_drawing_changes_the_sound_and_learning_answers(seed):
    left, right = rendered("multislider", 9, seed)
    assert np.array_equal(left, right)
    for begin in range(0, 9, 3):
        assert level(left[begin * SECOND : (begin + 3) * SECOND]) > 1e-3


@pytest.mark.parametrize("seed", SEEDS)
def test_the_ring_goes_on_after_the_noise_has_faded(seed):
    y = rendered("feedback", 10, seed)
    later = y[:, 3 * SECOND :]
    assert level(later) > 0.01
    pieces = later.reshape(2, -1, SECOND // 10)
    levels = np.sqrt(np.mean(pieces**2, axis=(0, 2)))
    assert np.std(levels) / np.mean(levels) > 0.1, "it does not move"
    assert not np.array_equal(y[0], y[1])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_ring_answers_to_what_is_played(seed):
    drums = strikes(8 * SECOND, seed, SECOND)
    softer = np.concatenate([drums[:SECOND], 0.25 * drums[SECOND:]])
    loud, soft = (rendered("percussion", 8, seed, input=x) for x in (drums, softer))
    assert np.array_equal(loud[:, :SECOND], soft[:, :SECOND])
    assert level(loud[:, SECOND:] - soft[:, SECOND:]) > 0.01


def test_feedback_is_one_block_late():
    """An impulse that enters the ring comes back 64 samples later, and not before."""
    x = np.zeros(256)
    rest = rendered("percussion", 256 / SECOND, 1, input=x)
    x[10] = 0.5
    struck = rendered("percussion", 256 / SECOND, 1, input=x)
    assert np.array_equal(rest[:, :10], struck[:, :10])
    assert not np.array_equal(rest[:, 10], struck[:, 10])

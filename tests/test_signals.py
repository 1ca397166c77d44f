"""The signals against NumPy's and SciPy's own, and their bits under any cutting."""

import ast
import inspect

import mpmath
import numpy as np
import pytest
import scipy.signal

import fpmode
from bits import assert_same
from specml import signals
from specml.examples import networks, presets
from specml.reference.random import white_noise

RATE = 48000.0
T = signals.times(0, 48000)
FILTERS = (
    lambda: signals.highpass(20.0, RATE),
    lambda: signals.lowpass(10.0, RATE),
    signals.leak_dc,
)


def test_sine_is_a_sine():
    phase = 200.0 / RATE * T
    assert np.abs(signals.sine(phase) - np.sin(2 * np.pi * phase)).max() < 1e-12


def test_saw_rises_from_zero_and_is_scipys():
    phase = 180.0 / RATE * T
    wanted = scipy.signal.sawtooth(2 * np.pi * (phase + 0.5))
    away = np.abs(wanted) < 0.999  # where a rounding decides on which side of the jump we are
    assert np.abs(signals.saw(phase) - wanted)[away].max() < 1e-9
    assert signals.saw(np.array([0.0, 0.25])).tolist() == [0.0, 0.5]


def test_pulse_has_odd_harmonics_below_half_the_rate_and_nothing_else():
    wave = signals.pulse(500.0 / RATE * T, 500.0, RATE)
    spectrum = np.abs(np.fft.rfft(wave)) / 24000
    odd = np.arange(500, 24000, 1000)
    assert np.allclose(spectrum[odd], 4 / np.pi / np.arange(1, 48, 2))
    assert np.delete(spectrum, odd).max() < 1e-10


def test_modulated_phase_is_the_integral_of_the_frequency():
    phase = signals.modulated_phase(T, 220.0, 600.0, 80.0, RATE)
    frequency = np.gradient(phase) * RATE
    wanted = 410.0 + 190.0 * np.sin(2 * np.pi * 80.0 * T / RATE)
    assert np.abs(frequency - wanted)[1:-1].max() < 0.01


def test_midi_is_the_tempered_scale():
    assert signals.midi(69) == 440.0 and signals.midi(81) == 880.0
    for note in range(128):
        wanted = mpmath.mpf(440) * mpmath.mpf(2) ** (mpmath.mpf(note - 69) / 12)
        assert abs(signals.midi(note) / wanted - 1) < 2.0**-51


@pytest.mark.parametrize("rate", [1000.0, 44100.0, 48000.0, 768000.0])
@pytest.mark.parametrize("frequency", [2.0, 10.0, 20.0, 400.0])
def test_filters_are_butterworths(rate, frequency):
    """The coefficients, found in our own arithmetic, are scipy's; so is what comes out."""
    noise = white_noise(2000, 1)
    for make, kind in ((signals.highpass, "highpass"), (signals.lowpass, "lowpass")):
        wanted = scipy.signal.butter(2, frequency, kind, fs=rate)
        mine = make(frequency, rate)
        assert np.allclose(mine._b, wanted[0], rtol=1e-9, atol=0)
        assert np.allclose((1.0, *mine._a), wanted[1], rtol=1e-12, atol=0)
        assert np.abs(mine(noise) - scipy.signal.lfilter(*wanted, noise)).max() < 1e-8


def test_the_dc_blocker_is_its_equation():
    noise = white_noise(2000, 1)
    wanted = scipy.signal.lfilter((1.0, -1.0), (1.0, -0.995), noise)
    assert np.abs(signals.leak_dc()(noise) - wanted).max() < 1e-12


@pytest.mark.parametrize("make", FILTERS)
def test_filters_fall_to_zero_and_not_to_subnormals(make):
    """So that a processor that flushes them says the same."""
    sound = np.concatenate([white_noise(100, 1), np.zeros(600_000), [5e-324, -1e-320, 1.0]])
    y = make()(sound)
    assert np.all((y == 0.0) | (np.abs(y) >= 2.0**-500))
    assert np.all(y[-1000:-1] == 0.0) and not np.any(np.signbit(y) & (y == 0.0)) and y[-1] != 0.0
    with fpmode.flush(True):
        assert_same("flushing", make()(sound), y)


def test_only_what_rounds_once_is_asked_of_libraries():
    """Powers, sines and sums of libraries have other bits elsewhere: none is called."""
    moves = {"ndarray", "float64", "array", "arange", "zeros", "zeros_like", "full", "concatenate",
             "stack", "tile", "where", "maximum", "floor", "ceil", "pi"}  # fmt: skip
    rounds_once = {"sqrt", "multiply", "ldexp"}
    for module in (signals, networks, presets):
        tree = ast.parse(inspect.getsource(module))
        attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
        names = {node.attr for node in attributes if ast.unparse(node.value) in ("np", "math")}
        assert not names - moves - rounds_once, module.__name__
        assert not any(isinstance(node, ast.Pow) for node in ast.walk(tree)), module.__name__
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not any("scipy" in (name or "") for name in imported), module.__name__


def test_filters_go_on_where_the_last_block_ended():
    noise = np.random.default_rng(1).standard_normal(1000)
    for make in FILTERS:
        whole, cut = make(), make()
        pieces = np.concatenate([cut(part) for part in np.split(noise, [1, 65, 66, 700])])
        assert_same("filtered", pieces, whole(noise))


def test_highpass_and_lowpass_lose_3_db_at_their_frequency():
    for make in (signals.highpass, signals.lowpass):
        y = make(1000.0, RATE)(signals.sine(1000.0 / RATE * T))
        assert np.sqrt(2 * np.mean(y[24000:] ** 2)) == pytest.approx(np.sqrt(0.5), rel=1e-3)


def test_strikes_are_two_or_three_a_second_and_stay_within_bounds():
    drums = signals.strikes(10 * 48000, 1, RATE)
    envelope = np.abs(drums).reshape(-1, 480).max(axis=1)
    onsets = np.sum((envelope[1:] > 0.3) & (envelope[:-1] < 0.5 * envelope[1:]))
    assert 15 <= onsets <= 40 and np.abs(drums).max() < 1.5
    assert_same("strikes", signals.strikes(1000, 5, RATE), signals.strikes(2000, 5, RATE)[:1000])

"""The signals against NumPy's and SciPy's own, and their bits under any cutting."""

import numpy as np
import pytest
import scipy.signal

from bits import assert_same
from specml import signals

RATE = 48000.0
T = signals.times(0, 48000)


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
    assert signals.midi(40) == pytest.approx(82.4068892282175, rel=1e-12)


def test_filters_go_on_where_the_last_block_ended():
    noise = np.random.default_rng(1).standard_normal(1000)
    for make in (
        lambda: signals.highpass(20.0, RATE),
        lambda: signals.lowpass(10.0, RATE),
        signals.leak_dc,
    ):
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

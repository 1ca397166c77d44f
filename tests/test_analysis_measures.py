"""specml.analysis on sounds whose measures are known, and beside SciPy's formulas."""

import math

import numpy as np
import pytest
import scipy.signal
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

import recordable
from plainnumpy import features, printed
from specml import analysis
from specml.analysis import MEASURES, Recording, measured

RATE = 48000.0
RATES = (8000.0, 22050.0, 44100.0, 48000.0, 96000.0)


def sine(frequency: float, seconds: float = 1.0, rate: float = RATE) -> np.ndarray:
    return np.sin(2 * np.pi * frequency / rate * np.arange(round(seconds * rate)))


def noise(seconds: float = 1.0, rate: float = RATE, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(round(seconds * rate))


def of(name: str, samples, rate: float = RATE, heard=None) -> float:
    return MEASURES[name](Recording(samples, rate, heard))


@given(amplitude=st.floats(1e-9, 1e6), constant=st.floats(-10, 10))
def test_the_level_of_a_sine_is_its_amplitude_s(amplitude, constant):
    """A constant part is not heard, and counts as little as it can be told from rounding."""
    found = of("level", amplitude * (sine(1000, 0.1) + constant))
    assert found == pytest.approx(20 * math.log10(amplitude / math.sqrt(2)), abs=1e-9)


def test_the_level_of_channels_is_that_of_their_mean_power():
    assert of("level", [sine(100), np.zeros(48000)]) == pytest.approx(10 * math.log10(0.25))
    assert of("level", np.zeros((2, 100))) == -np.inf


@pytest.mark.parametrize("rate", RATES)
def test_the_centroid_of_noise_is_a_quarter_of_the_rate(rate):
    assert of("centroid", noise(4, rate), rate) == pytest.approx((rate / 2 + 20) / 2, rel=0.01)


@given(frequency=st.floats(50, 20000))
def test_the_centroid_of_a_sine_is_its_frequency(frequency):
    assert of("centroid", sine(frequency)) == pytest.approx(frequency, abs=0.5)


def test_the_centroid_weighs_by_power():
    both = sine(1000) + 0.5 * sine(6000)
    assert of("centroid", both) == pytest.approx((1000 + 0.25 * 6000) / 1.25, rel=1e-3)
    one_after_the_other = np.concatenate([sine(1000, 2), 0.5 * sine(6000, 2)])
    assert of("centroid", one_after_the_other) == pytest.approx(2000, rel=0.05)


def test_what_is_too_low_to_be_heard_is_in_no_spectrum():
    drift = 3 * sine(2, 2) + np.linspace(-1, 1, 96000)
    for name in ("centroid", "flatness", "lines"):
        assert of(name, noise(2) + drift) == pytest.approx(of(name, noise(2)), rel=0.01)


@pytest.mark.parametrize("rate", RATES)
def test_noise_is_flat_and_a_sine_is_not(rate):
    assert -0.6 < of("flatness", noise(2, rate), rate) < 0
    assert of("flatness", sine(1000, 2, rate), rate) < -40


def test_flatness_is_the_ratio_of_the_means():
    """Half of the bands 20 dB softer: the geometric mean is 10 dB softer, the other nearly half."""
    low = scipy.signal.firwin(4001, 10050, fs=RATE)
    y = scipy.signal.fftconvolve(noise(4), low, "valid")
    y = y + 0.1 * (noise(4)[2000:-2000] - y)
    assert of("flatness", y) == pytest.approx(-10 + 10 * math.log10(2 / 1.01), abs=0.3)


@pytest.mark.parametrize("count", range(1, 9))
def test_lines_are_the_strongest_five(count):
    tones = sum(sine(700.0 * (k + 1)) for k in range(count))
    assert of("lines", tones) == pytest.approx(min(1, 5 / count), abs=1e-3)


def test_noise_has_no_lines():
    assert (
        0.0125 < of("lines", noise(4)) < 0.03
    )  # 5 lines of 60 Hz of 24000 Hz, and they are chosen


@pytest.mark.parametrize(
    "draw, want", [("standard_normal", 3.0), ("random", 1.8), ("standard_exponential", 9.0)]
)
def test_the_kurtosis_of_a_distribution(draw, want):
    x = getattr(np.random.default_rng(3), draw)(200000)
    assert of("kurtosis", x) == pytest.approx(want, rel=0.05)
    assert of("kurtosis", x) == pytest.approx(scipy.stats.kurtosis(x, fisher=False), rel=1e-12)


def test_the_kurtosis_of_a_sine_and_of_clicks():
    assert of("kurtosis", 0.3 * sine(100) + 7) == pytest.approx(1.5, rel=1e-9)
    clicks = np.zeros(48000)
    clicks[::100] = 0.01
    assert of("kurtosis", clicks) == pytest.approx(
        98, rel=0.01
    )  # 1 / p - 3 + 1 / (1 - p), p = 1/100


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("softer", [1e-3, 0.0])
def test_pauses_are_the_share_of_time_that_is_quiet(share, softer):
    gate = np.arange(96000) % 24000 < (1 - share) * 24000
    assert of("pauses", 0.01 * noise(2) * np.where(gate, 1, softer)) == pytest.approx(
        share, abs=0.01
    )


def test_pauses_of_silence_and_of_steady_tones():
    assert of("pauses", np.zeros(48000)) == 1.0
    assert of("pauses", 1e-6 * noise()) == 1.0, "too soft to be heard"
    for frequency in (20, 50, 440):
        assert of("pauses", sine(frequency)) == 0.0


@pytest.mark.parametrize("rate", [0.5, 1, 2, 5])
def test_bubbles_are_swells_a_second(rate):
    t = np.arange(8 * 48000) / RATE
    envelope = 10 ** (-(1 + np.cos(2 * np.pi * rate * t)))  # 40 dB up and down
    assert of("bubbles", envelope * noise(8)) == pytest.approx(rate, abs=0.13)


def test_bubbles_are_above_1_khz_and_audible():
    t = np.arange(96000) / RATE
    tremolo = np.sin(2 * np.pi * 3 * t) ** 2
    assert of("bubbles", tremolo * sine(300, 2)) == 0
    assert of("bubbles", tremolo * sine(3000, 2)) > 4
    assert of("bubbles", 1e-6 * tremolo * sine(3000, 2)) == 0
    assert of("bubbles", noise(2)) == 0


@pytest.mark.parametrize("delay", [0, 1, 777, 2400])
@pytest.mark.parametrize("gain", [1.0, -0.01])
def test_a_delayed_copy_correlates(delay, gain):
    x = noise(0.5)
    late = np.concatenate([np.zeros(delay), gain * x[: len(x) - delay]])
    assert of("correlation", late, heard=x) == pytest.approx(1.0, abs=1e-6)
    assert of("correlation", x, heard=late) == pytest.approx(1.0, abs=1e-6), "or an earlier one"


def test_a_copy_in_noise_correlates_by_its_share():
    x, more = noise(4), noise(4, seed=2)
    y = np.roll(0.6 * x + 0.8 * more, 100)
    assert of("correlation", y, heard=x) == pytest.approx(0.6, abs=0.01)
    assert of("correlation", more, heard=x) < 0.02
    assert of("correlation", [more, np.roll(x, -50)], heard=x) > 0.99, "of any channel"


def test_correlations_are_scipy_s():
    x, y = noise(0.02), noise(0.02, seed=2)
    found = analysis.correlations(x, y, 300)
    for lag in range(-300, 301):
        a = (x - x.mean())[max(0, -lag) : len(x) - max(0, lag)]
        b = (y - y.mean())[max(0, lag) : len(y) + min(0, lag)]
        assert found[lag + 300] == pytest.approx(1 - scipy.spatial.distance.cosine(a, b), abs=1e-12)


@pytest.mark.parametrize("seconds", [0.0, 0.5, 1.25])
def test_death_is_when_it_stopped(seconds):
    y = 0.5 * noise(2)
    y[round(seconds * RATE) :] *= 1e-4
    assert of("death", y + 0.3) == seconds, "a constant that stays is silence"


def test_what_lives_has_no_death():
    assert math.isnan(of("death", noise()))
    assert math.isnan(of("death", np.concatenate([np.zeros(48000), 0.01 * noise(0.1)])))


@pytest.mark.parametrize("n", [0, 1, 2, 15, 16, 100, 5000])
def test_short_and_silent_sounds_have_measures_or_none(n):
    for samples in (np.zeros((2, n)), noise(1)[:n], np.full(n, 0.25)):
        found = measured(Recording(samples, RATE, np.zeros(n)))
        assert found.keys() == MEASURES.keys()
        assert all(isinstance(value, float) for value in found.values())
    if n >= 5000:
        assert np.isnan([*found.values()]).sum() == 6, (
            "a constant has level, pauses, bubbles, death"
        )


def test_spectra_are_scipy_s():
    x = noise(0.5)
    found = analysis.spectra(x, RATE, 0.04)
    f, _, density = scipy.signal.spectrogram(x, RATE, "hann", 2048, 1024, detrend=False)
    np.testing.assert_allclose(found.frequencies, f)
    np.testing.assert_allclose(found.power, density.T * f[1], rtol=1e-9, atol=1e-18)
    assert found.hop == 1024 / RATE


def test_levels_are_those_of_stretches():
    y = np.concatenate([0.1 * sine(1000, 0.1), sine(1000, 0.1), np.zeros(50)])
    np.testing.assert_allclose(analysis.levels(y, RATE, 0.1), [-23.0103, -3.0103], atol=1e-4)


@pytest.mark.parametrize("samples, rate, heard, what", [
    (np.zeros((1, 2, 3)), RATE, None, "shape"), (np.zeros((0, 3)), RATE, None, "shape"),
    ([np.nan], RATE, None, "finite"), ([0.0], 0.0, None, "samplerate"),
    ([0.0], RATE, [0.0, 0.0], "input"),
    ([0.0], RATE, [np.inf], "input"),
])  # fmt: skip
def test_what_is_no_recording_is_refused(samples, rate, heard, what):
    with pytest.raises(ValueError, match=what):
        Recording(samples, rate, heard)


def test_an_unknown_measure_is_named():
    with pytest.raises(ValueError, match=r"'loudness'.*level"):
        measured(Recording([0.0], RATE), ["loudness"])


def test_measures_have_the_bits_of_every_machine():
    assert recordable.of_measures() == recordable.MEASURES


@pytest.mark.skipif(not features(), reason="NumPy knows nothing here that it could do without")
def test_measures_do_not_depend_on_the_processor():
    said = printed("import recordable; print(recordable.of_measures())")
    assert said == recordable.MEASURES

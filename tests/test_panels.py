"""What `specml.plot` draws is what there is: levels, errors, spectra; and eyes tell it apart."""

import itertools

import matplotlib
import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from specml import plot
from specml.examples import EXAMPLES
from specml.plot import evolution, example, levels, spectra, styles

RATE = 48000.0
BIN = RATE / 4096


def mesh(axes):
    """Edges in s and Hz, and levels."""
    (found,) = axes.collections
    corners = found.get_coordinates()
    shape = corners.shape[0] - 1, corners.shape[1] - 1
    return corners[0, :, 0], corners[:, 0, 1], np.asarray(found.get_array()).reshape(shape)


def sine(frequency: float, amplitude: float, n: int = 24000) -> np.ndarray:
    return amplitude * np.sin(2.0 * np.pi * frequency / RATE * np.arange(n))


@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize("bin, amplitude", [(20, 0.5), (85.5, 0.01), (1700.3, 1.0)])
def test_a_sine_has_its_level_at_its_frequency(bin, amplitude, log):
    """0 dB is an amplitude of 1; between two bins a Hann window has 1.42 dB less."""
    (axes,) = plot.spectrogram(sine(bin * BIN, amplitude), RATE, log=log)
    times, frequencies, level = mesh(axes)
    middle = level[:, level.shape[1] // 2]
    top = int(middle.argmax())
    assert frequencies[top] - 0.5 * BIN <= bin * BIN <= frequencies[top + 1] + 0.5 * BIN
    lost = 20.0 * np.log10(amplitude) - middle[top]
    assert -0.01 <= lost <= (1.43 if bin % 1 else 0.01)
    assert times[0] == 0.0 and times[-1] == pytest.approx(0.5)


def test_noise_has_its_level():
    """Of one bin: as much of its power as a Hann window takes in, 1.5 bins of 256."""
    noise = np.random.default_rng(1).normal(0.0, 0.1, 48000)
    (axes,) = plot.spectrogram(noise, RATE, log=False, window=512)
    _, frequencies, level = mesh(axes)
    inside = level[5:-5, 5:-5]
    power = np.mean(10.0 ** (inside / 10.0))
    assert len(frequencies) == 258  # each cell is one bin
    assert 10.0 * np.log10(power) == pytest.approx(10.0 * np.log10(2 * 0.1**2 * 1.5 / 256), abs=0.1)


def test_a_click_is_where_it_is_however_long_the_sound():
    """Columns that stand for many spectra lose none."""
    sound = np.zeros(20 * 48000)
    sound[7 * 48000 + 123] = 1.0
    (axes,) = plot.spectrogram(sound, RATE, window=256)
    times, _, level = mesh(axes)
    loud = np.flatnonzero(level.max(axis=0) > -100.0)
    assert len(times) <= levels.FINEST[0] + 1
    assert times[loud[0]] <= 7.0 + 123 / RATE <= times[loud[-1] + 1]
    assert times[loud[-1] + 1] - times[loud[0]] < 256 / RATE + 4 * (times[1] - times[0])


def test_a_long_sound_is_drawn_piece_by_piece_with_the_same_levels(monkeypatch):
    noise = np.random.default_rng(1).normal(size=100000)
    at = slice(0, len(noise))
    whole = levels.levels(noise, RATE, at, 256, (20.0, 24000.0), True)
    monkeypatch.setattr(levels, "AT_A_TIME", 7)
    pieces = levels.levels(noise, RATE, at, 256, (20.0, 24000.0), True)
    assert all(np.array_equal(one, other) for one, other in zip(whole, pieces, strict=True))


def test_a_stretch_is_what_the_whole_is_there():
    """It hears what stands before and after it: no edge where there is none."""
    noise = np.random.default_rng(1).normal(size=48000)
    level = [mesh(plot.spectrogram(noise, RATE, window=1024, time=time)[0])
             for time in ((None, None), (0.4, 0.6))]  # fmt: skip
    assert level[1][0][0] == pytest.approx(400.0)  # ms
    middle = np.median(level[1][2][:, 1:-1])
    assert abs(np.median(level[1][2][:, 0]) - middle) < 3.0
    assert abs(np.median(level[1][2][:, -1]) - middle) < 3.0
    assert level[1][2].max() <= level[0][2].max() + 0.5


@pytest.mark.parametrize("n", [1, 2, 15, 100])
def test_a_few_samples_are_drawn_too(n):
    """And silence, of which there is no level."""
    for row in (np.ones(n), np.zeros(n)):
        plot.spectrogram(row, RATE)
        plot.waveform(row, RATE)
        plot.error_curve(row, RATE)
        plot.spectrum(row, RATE)
    for nothing in (np.zeros((2, 0)), [], np.zeros((2, 3, 4))):
        with pytest.raises(ValueError, match=r"shape \(n,\)"):
            plot.waveform(nothing, RATE)


@pytest.mark.parametrize("draw", [plot.spectrogram, plot.spectrum])
def test_frequencies_are_shown_from_0_hz_on_if_that_is_wanted(draw):
    """On a logarithmic axis from the lowest that there is."""
    noise = np.random.default_rng(1).normal(size=20000)
    axes = draw(noise, RATE, frequency=(0.0, 5000.0))
    axes = axes[0] if draw is plot.spectrogram else axes
    low, high = axes.get_ylim() if draw is plot.spectrogram else axes.get_xlim()
    assert 0.0 < low < 12.0 and high == 5000.0
    with pytest.raises(ValueError, match="rise"):
        draw(noise, RATE, frequency=(5000.0, 50.0))


def test_channels_may_differ_in_length():
    rows = [sine(86 * BIN, 0.5), sine(86 * BIN, 0.05, 9000)]
    axes = plot.spectrogram(rows, RATE)
    assert len({each.collections[0].get_clim() for each in axes}) == 1
    assert [mesh(each)[2].max().round() for each in axes] == [-6.0, -26.0]
    with pytest.raises(ValueError, match="2 axes"):
        plot.spectrogram(rows, RATE, axes[:1])


def test_an_error_is_its_rms():
    error = np.concatenate([np.full(4800, 0.1), sine(1000, 0.02, 4800), np.zeros(4800)])
    (line,) = plot.error_curve(error, RATE, window=0.05).lines
    wanted = [-20.0, -20.0, *[20.0 * np.log10(0.02 / np.sqrt(2.0))] * 2, np.nan, np.nan]
    np.testing.assert_allclose(line.get_ydata(), wanted, atol=1e-6)
    np.testing.assert_allclose(line.get_xdata(), [0.025, 0.075, 0.125, 0.175, 0.225, 0.275])


def test_a_spectrum_is_a_density():
    """Of white noise its power over half the sample rate; all of it together is the power."""
    noise = np.random.default_rng(2).normal(0.0, 0.3, 96000)
    (line,) = plot.spectrum(noise, RATE, frequency=(1.0, 24000.0), window=1024).lines
    power = 10.0 ** (line.get_ydata() / 10.0)
    assert 10 * np.log10(power[5:-5].mean()) == pytest.approx(10 * np.log10(0.09 / 24000), abs=0.1)
    assert power.sum() * RATE / 1024 == pytest.approx(0.09, rel=0.02)


def test_a_long_waveform_is_its_envelope():
    sound = np.random.default_rng(3).uniform(-1, 1, 50001)
    sound[31234] = 5.0
    axes = plot.waveform(sound, RATE, time=(0.5, None))
    low, high = axes.dataLim.intervaly
    assert high == 5.0 and low == sound[24000:].min()
    begin, end = axes.dataLim.intervalx
    assert (begin, end) == pytest.approx((0.5, 50001 / RATE))


def lightness(colours) -> np.ndarray:
    """L* of each, as grey paper has it."""
    return cspace_convert(np.asarray(colours)[..., :3], "sRGB1", "CIELab")[..., 0]


@pytest.mark.parametrize("name", [spectra.COLORMAP, evolution.COLORMAP])
def test_colour_maps_rise_in_grey_evenly(name):
    rising = np.diff(lightness(matplotlib.colormaps[name](np.linspace(0, 1, 65))))
    assert rising.min() > 0.3 and rising.max() < 3.0


VIEWS = [{"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}
         for kind in ("deuteranomaly", "protanomaly", "tritanomaly")]  # fmt: skip


def test_curves_are_told_apart_by_every_eye_and_in_grey():
    """Any two colours on sight; in grey the first three, and no two that are nearly as grey have
    one line style.
    """
    colours = np.array([matplotlib.colors.to_rgb(one) for one in styles.COLOURS])
    for view in VIEWS:
        seen = np.clip(cspace_convert(colours, view, "sRGB1"), 0.0, 1.0)
        for one, other in itertools.combinations(range(len(seen)), 2):
            assert deltaE(seen[one], seen[other], input_space="sRGB1") > 8.0, (view, one, other)
    grey = lightness(colours)
    assert np.diff(np.sort(grey[:3])).min() > 20.0
    assert grey.max() < 75.0, "too light for white paper"
    for one, other in itertools.combinations(range(len(grey)), 2):
        assert abs(grey[one] - grey[other]) > 20.0 or styles.LINES[one] != styles.LINES[other]


@pytest.mark.parametrize("paper", [False, True])
@pytest.mark.parametrize("name", ["sine", "interpolate", "wind"])
def test_the_picture_of_a_rendering_is_aligned(name, paper):
    """Outer edges of upper and lower axes; labels at each; one scale; its legend beside."""
    channels = len(EXAMPLES[name].channels)
    samples = np.random.default_rng(1).uniform(-1, 1, (channels, 6000))
    with plot.style():
        figure = styles.page(width=17.5, height=11.0)
        example.picture(figure, EXAMPLES[name], samples, RATE, titles=not paper)
        figure.draw_without_rendering()
    upper = [axes for axes in figure.axes if axes.get_ylabel() == "amplitude"]
    lower = [axes for axes in figure.axes if axes.get_ylabel() == "frequency [Hz]"]
    assert len(upper) == 2 and len(lower) == channels
    for row in (upper, lower):
        assert row[0].get_position().x0 == pytest.approx(upper[0].get_position().x0)
        assert row[-1].get_position().x1 == pytest.approx(upper[-1].get_position().x1)
        assert all(axes.get_xlabel() and axes.get_ylim() == row[0].get_ylim() for axes in row)
    assert len({axes.collections[0].get_clim() for axes in lower}) == 1
    assert any(axes.get_title() for axes in figure.axes) != paper
    legends = [axes.get_legend() for axes in figure.axes if axes.get_legend()]
    assert len(legends) == (name != "wind")
    for each in legends:
        box = each.get_window_extent()
        assert not any(axes.axison and box.overlaps(axes.bbox) for axes in figure.axes)

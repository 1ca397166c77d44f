"""Every picture shows the channels that it names, and at their frequencies."""

import matplotlib.figure
import numpy as np
import pytest

from specml import plot
from specml.examples import EXAMPLES

RATE = 48000.0
SECONDS = 1.0


def tone(k: int) -> np.ndarray:
    """What channel k holds: a sine of its own pitch and level, 0.1 first, then more."""
    t = np.arange(int(SECONDS * RATE)) / RATE
    return (0.1 + 0.2 * k) * np.sin(2 * np.pi * pitch(k) * t)


def pitch(k: int) -> float:
    return 500.0 * 3.0**k


@pytest.fixture(params=EXAMPLES)
def drawn(request, monkeypatch, tmp_path):
    """An example whose channels are those tones, and the axes of its picture."""
    figures = []
    save = matplotlib.figure.Figure.savefig

    def keep(figure, *arguments, **named):
        figures.append(figure)
        return save(figure, *arguments, **named)

    monkeypatch.setattr(matplotlib.figure.Figure, "savefig", keep)
    example = EXAMPLES[request.param]
    samples = np.stack([tone(k) for k in range(len(example.channels))]).astype(np.float32)
    plot.draw(tmp_path / "picture.png", example, samples, RATE)
    (figure,) = figures
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")
    return example, samples, figure


def spectrograms(figure) -> dict[str, tuple[float, float]]:
    """By title, the bounds of the band that is loudest in the middle."""
    found = {}
    for axis in figure.axes:
        for mesh in axis.collections:
            if type(mesh).__name__ != "QuadMesh" or not axis.get_title():
                continue
            heights = mesh.get_coordinates()[:, 0, 1]
            levels = np.asarray(mesh.get_array()).reshape(len(heights) - 1, -1)
            loudest = int(levels[:, levels.shape[1] // 2].argmax())
            found[axis.get_title()] = (heights[loudest], heights[loudest + 1])
    return found


def test_each_spectrogram_is_that_of_the_channel_in_its_title(drawn):
    example, _, figure = drawn
    shown = spectrograms(figure)
    assert set(shown) == set(example.channels)
    step = RATE / 4096
    for k, name in enumerate(example.channels):
        low, high = shown[name]
        assert low - step <= pitch(k) <= high + step, f"{name} has its line at {low}..{high} Hz"


def test_each_waveform_is_that_of_its_channel(drawn):
    """Lines where there is an input, with the name as label; an envelope under its title else."""
    example, samples, figure = drawn
    if example.channels[0].startswith("in"):
        for axis in [axis for axis in figure.axes if axis.lines]:
            lines = {line.get_label(): line.get_ydata() for line in axis.lines}
            assert set(lines) == set(example.channels)
            for name, row in zip(example.channels, samples, strict=True):
                begin = 0 if "first" in axis.get_title() else len(row) - len(lines[name])
                assert np.array_equal(lines[name], row[begin : begin + len(lines[name])])
        assert sum(bool(axis.lines) for axis in figure.axes) == 2
        return
    envelopes = {}
    for axis in figure.axes:
        kinds = [area for area in axis.collections if type(area).__name__ != "QuadMesh"]
        if kinds and axis.get_title():
            envelopes[axis.get_title()] = kinds[0].get_paths()[0].vertices[:, 1]
    assert set(envelopes) == set(example.channels)
    for name, row in zip(example.channels, samples, strict=True):
        assert envelopes[name].max() == pytest.approx(row.max(), rel=1e-6)
        assert envelopes[name].min() == pytest.approx(row.min(), rel=1e-6)

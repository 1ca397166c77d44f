"""`specml figure` as whoever prints it finds it: sizes, texts, axes, what is wrong in one line."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

import printed
from specml import plot
from specml.__main__ import main
from specml.examples import EXAMPLES, Run
from specml.render import save

KINDS = ("waveform", "spectrogram", "error", "weights", "spectrum")


def test_the_command_line_is_there_before_matplotlib_is():
    """Which takes a second to import; whoever asks for a name of `specml.plot` waits for it."""
    code = """if True:
        import sys, specml.__main__
        from specml import plot
        loaded = "matplotlib" in sys.modules
        every = [getattr(plot, name) for name in plot.__all__]
        print(loaded, "matplotlib" in sys.modules)"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        plot.nothing  # noqa: B018


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Short renderings with traces."""
    made = tmp_path_factory.mktemp("rendered")
    for name in ("sine", "interpolate", "wind"):
        save(EXAMPLES[name], Run(9600), made, plot=False, trace=960)
    return made


@pytest.fixture(scope="module")
def drawn(folder) -> dict[str, tuple[Path, printed.Page]]:
    """One figure in every format, with texts and pixels of all sorts."""
    found = {}
    for end in ("pdf", "svg", "png"):
        path = folder / f"all.{end}"
        kinds = "waveform,spectrogram,weights" + (",spectrum" if end != "png" else "")
        words = ("--kind", kinds, "--size", "8.5x16", "--font", "STIXGeneral")
        result = run("figure", folder / "sine.wav", folder / "sine.trace.safetensors",
                     "-o", path, *words)  # fmt: skip
        assert result.exit_code == 0, result.output
        found[end] = path, printed.read(path)
    return found


@pytest.mark.parametrize("end", ["pdf", "svg", "png"])
def test_it_is_as_large_as_it_was_told(drawn, end):
    """In cm, to a tenth of a pixel; of a PNG, which has whole ones, to one pixel."""
    assert drawn[end][1].size == pytest.approx((8.5, 16.0), abs=0.009 if end == "png" else 1e-4)


@pytest.mark.parametrize("end", ["pdf", "svg"])
def test_text_stays_text_in_the_font_that_was_wanted(drawn, end):
    page = drawn[end][1]
    text = "\n".join(page.texts)
    for label in ("time [ms]", "frequency [Hz]", "amplitude", "level [dB]",
                  "power density [dB/Hz]", "weight index", "in", "out", "layer1"):  # fmt: skip
        assert label in text, label
    assert page.fonts and all("STIXGeneral" in font for font in page.fonts)


@pytest.mark.parametrize("end", ["pdf", "svg", "png"])
def test_pixels_are_fine_enough_for_print(drawn, end):
    page = drawn[end][1]
    assert page.dpi and min(page.dpi) > 299.0
    assert len(page.dpi) >= (2 if end == "png" else 8)


def test_a_finer_png_is_finer(folder):
    assert run("figure", folder / "wind.wav", "-o", folder / "fine.png", "--kind", "spectrum",
               "--dpi", 600).exit_code == 0  # fmt: skip
    page = printed.read(folder / "fine.png")
    assert page.dpi == pytest.approx([600.0, 600.0], abs=0.1)
    assert page.size[0] == pytest.approx(8.5, abs=0.005)


def test_the_picture_of_a_rendering_is_printed_if_that_is_wanted(tmp_path):
    words = ("render", "feedback", "-o", tmp_path, "--seconds", 0.1)
    assert run(*words, "--print").exit_code == 0
    page = printed.read(tmp_path / "feedback.png")
    assert page.size == pytest.approx((17.5, 11.0), abs=0.009) and page.dpi[0] > 299
    assert run(*words).exit_code == 0
    assert printed.read(tmp_path / "feedback.png").dpi[0] == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("end", ["pdf", "svg", "png"])
def test_the_same_figure_is_the_same_bytes(folder, end):
    words = ("figure", folder / "sine.json", "--kind", "spectrogram", "--channels", 2)
    contents = []
    for k in range(2):
        assert run(*words, "-o", folder / f"{k}.{end}").exit_code == 0
        contents.append((folder / f"{k}.{end}").read_bytes())
    assert contents[0] == contents[1]


def composed(folder, name, width, **more):
    """A figure with all kinds, laid out."""
    source = plot.sound(folder / f"{name}.wav")
    trace = plot.traced(folder / f"{name}.trace.safetensors")
    kinds = [kind for kind in KINDS if kind != "error" or name != "wind"]
    with plot.style():
        figure = plot.compose(kinds, source, trace, width=width, **more)
        figure.draw_without_rendering()
    return figure


def of_kind(figure, kind):
    return [axes for axes in figure.axes if axes.get_label() == kind]


@pytest.mark.parametrize("name, width", [("sine", 8.5), ("interpolate", 17.5), ("wind", 17.5)])
def test_axes_stand_in_line_and_have_their_labels(folder, name, width):
    figure = composed(folder, name, width)
    panels = [axes for axes in figure.axes if axes.get_label() in KINDS]
    for edge in ("x0", "x1"):
        ends = {round(getattr(axes.get_position(), edge), 6) for axes in panels}
        most = len(of_kind(figure, "spectrogram")) if width > 12 else 1
        assert len(ends) <= most, (edge, ends)
    for axes in panels:
        assert axes.get_ylabel() and axes.get_xlim()[0] < axes.get_xlim()[1]
        assert axes.get_xlabel() or not any(tick.get_visible() for tick in axes.get_xticklabels())
    first = min(round(axes.get_position().x0, 6) for axes in panels)
    labels = [axes.yaxis.label.get_window_extent().x0 for axes in panels
              if axes.get_position().x0 < first + 1e-5]  # fmt: skip
    assert max(labels) - min(labels) < 1.0
    assert not any(axes.get_title() for axes in figure.axes)
    bounds = figure.bbox
    for axes in figure.axes:
        box = axes.get_tightbbox()
        assert box is None or (box.x0 >= -1 and box.y0 >= -1 and box.x1 <= bounds.x1 + 1)


def test_panels_on_each_other_have_one_time_axis(folder):
    source, trace = (read(folder / f"sine.{end}") for read, end in (
        (plot.sound, "wav"), (plot.traced, "trace.safetensors")))  # fmt: skip
    figure = plot.compose(KINDS, source, trace, time=(0.05, 0.15))
    for kind in KINDS[:-1]:
        for axes in of_kind(figure, kind):
            assert axes.get_xlim() == pytest.approx((50.0, 150.0)), kind  # ms
    assert [axes.get_xlabel() for axes in figure.axes if axes.get_xlabel()] == [
        "time [ms]", "frequency [Hz]",
    ]  # fmt: skip


def test_legends_stand_beside_the_curves(folder):
    with plot.style():
        source = plot.sound(folder / "interpolate.wav")
        kinds = ("waveform", "error", "spectrum")
        figure = plot.compose(kinds, source, time=(0.0, 0.02))
        figure.draw_without_rendering()
    legends = [axes.get_legend() for axes in figure.axes if axes.get_legend()]
    assert [[text.get_text() for text in each.get_texts()] for each in legends] == [
        ["in1", "in2", "out"], ["out − in1", "out − in2"], ["in1", "in2", "out"],
    ]  # fmt: skip
    for each in legends:
        box = each.get_window_extent()
        assert box.x1 <= figure.bbox.x1 + 1
        for axes in figure.axes:
            assert not (axes.axison and box.overlaps(axes.get_window_extent())), axes.get_label()


def test_spectrograms_of_several_channels_have_one_scale(folder):
    figure = plot.compose(["spectrogram"], plot.sound(folder / "sine.wav"), columns=2)
    scales = {axes.collections[0].get_clim() for axes in of_kind(figure, "spectrogram")}
    assert len(scales) == 1
    (low, high), loudest = scales.pop(), -1e9
    for axes in of_kind(figure, "spectrogram"):
        loudest = max(loudest, axes.collections[0].get_array().max())
    assert (low, high) == pytest.approx((loudest - 90.0, loudest))
    assert len([axes for axes in figure.axes if axes.get_ylabel() == "level [dB]"]) == 1


def test_weights_are_those_of_the_trace(folder):
    times, parts = plot.traced(folder / "wind.trace.safetensors")
    figure = plot.compose(["weights"], trace=(times, parts), time=(0.1, None))
    (axes,) = of_kind(figure, "weights")
    shown = np.ravel(axes.collections[0].get_array())  # of old versions in one row
    assert np.array_equal(shown, np.ravel(parts["weights w"][5:].T))
    assert times[5] == 0.1 and axes.get_xlim() == pytest.approx((0.1 * 1000, 0.2 * 1000))
    lines = plot.compose(["weights"], trace=(times, parts), lines=True)
    drawn = of_kind(lines, "weights")[0].lines
    assert np.array_equal(np.array([line.get_ydata() for line in drawn]), parts["weights w"].T)


def test_files_of_one_rate_are_channels_of_one_figure(tmp_path):
    for name, rate in (("before", 48000), ("after", 48000), ("other", 44100)):
        soundfile.write(tmp_path / f"{name}.wav", np.zeros(100) + 0.1, rate)
    for end in ("svg", "pdf"):
        words = ("figure", tmp_path / "before.wav", tmp_path / "after.wav", "--kind", "spectrum")
        assert run(*words, "-o", tmp_path / f"a.{end}").exit_code == 0
    texts = "\n".join(printed.of_svg(tmp_path / "a.svg").texts)
    assert "before" in texts and "after" in texts
    result = run(
        "figure", tmp_path / "before.wav", tmp_path / "other.wav", "-o", tmp_path / "b.svg"
    )
    assert result.exit_code == 2 and "44100" in result.output and "48000" in result.output


def test_a_title_stands_there_only_if_it_is_wanted(folder):
    words = ("figure", folder / "wind.wav", "--kind", "spectrum")
    assert run(*words, "-o", folder / "t.svg", "--title", "The wind").exit_code == 0
    assert run(*words, "-o", folder / "n.svg").exit_code == 0
    assert "The wind" in printed.of_svg(folder / "t.svg").texts
    assert not any("wind" in text for text in printed.of_svg(folder / "n.svg").texts)


@pytest.mark.parametrize("kinds", [(), ("error", "error"), ("nothing",), ("weights",)])
def test_what_cannot_be_composed(folder, kinds):
    with pytest.raises(ValueError, match=r"kind|trace"):
        plot.compose(kinds, plot.sound(folder / "sine.wav"))


def test_a_sound_that_is_not_finite_is_refused(tmp_path):
    soundfile.write(tmp_path / "a.wav", np.array([0.0, np.nan]), 48000, "FLOAT")
    with pytest.raises(ValueError, match="not finite"):
        plot.sound(tmp_path / "a.wav")


WRONG = [
    (("sine.wav", "-o", "a.jpg"), ("a.jpg", ".png, .pdf, .svg")),
    (("nope.wav", "-o", "a.png"), ("nope.wav",)),
    (("text.wav", "-o", "a.png"), ("text.wav is no sound file",)),
    (("text.json", "-o", "a.png"), ("text.json is no record",)),
    (("sine.wav", "-o", "a.png", "--kind", "spectrogram,foo"), ("'foo'", "spectrum")),
    (("sine.wav", "-o", "a.png", "--kind", "error,error"), ("error,error", "twice")),
    (("sine.wav", "-o", "a.png", "--kind", "weights"), ("trace",)),
    (("wind.wav", "-o", "a.png", "--kind", "error"), ("left, right",)),
    (("wind.trace.safetensors", "-o", "a.png", "--kind", "error"), ("a sound",)),
    (("wind.trace.safetensors", "-o", "a.png", "--channels", "2"), ("1..1", "2")),
    (("sine.wav", "-o", "a.png", "--channels", "3"), ("1..2", "3")),
    (("sine.wav", "-o", "a.png", "--channels", "0"), ("'0'", "from 1 on")),
    (("sine.wav", "-o", "a.png", "--time", "3:4"), ("3:4", "0.2 s")),
    (("sine.wav", "-o", "a.png", "--time", "2:1"), ("2:1", "rise")),
    (("sine.wav", "-o", "a.png", "--time", "nan:1"), ("nan:1", "FROM:TO")),
    (("sine.wav", "-o", "a.png", "--frequency", "30000:"), ("30000", "24000")),
    (("sine.wav", "-o", "a.png", "--size", "8"), ("'8'", "WxH")),
    (("sine.wav", "-o", "a.png", "--size", "8x101"), ("8x101", "2..100")),
    (("sine.wav", "-o", "a.png", "--size", "2x2"), ("2 x 2 cm", "too small")),
    (("sine.wav", "-o", "a.png", "--columns", "3"), ("'3'", "'1', '2'")),
    (("sine.wav", "-o", "a.png", "--font", "Dejavu Sanz"), ("Dejavu Sanz", "DejaVu Sans")),
    (("sine.wav", "-o", "a.png", "--font", "cmr10"), ("cmr10", "minus")),
    (("sine.wav", "-o", "a.png", "--points", "3"), ("3", "4<=x<=24")),
    (("sine.wav", "-o", "a.png", "--dpi", "72"), ("72", "300")),
    (("sine.wav", "-o", "no/a.png"), ("no/a.png", "No such file")),
]  # fmt: skip


@pytest.mark.parametrize("words, said", WRONG, ids=lambda words: " ".join(words[-2:]))
def test_what_is_wrong_is_said_in_one_line(folder, monkeypatch, words, said):
    monkeypatch.chdir(folder)
    for name in ("text.wav", "text.json"):
        Path(name).write_text("{}")
    before = set(Path().rglob("*"))
    result = run("figure", *words)
    assert result.exit_code == 2, result.output
    (line,) = [line for line in result.output.splitlines() if line.startswith("Error")]
    for part in said:
        assert part in line
    assert result.output.endswith(f"{line}\n") and set(Path().rglob("*")) == before


def test_without_kinds_all_files_are_drawn(folder):
    """A trace beside a sound, too."""
    for files, labels in (
        (["sine.wav"], {"amplitude", "frequency [Hz]"}),
        (["sine.trace.safetensors"], {"weight index"}),
        (["sine.trace.safetensors", "sine.wav"], {"amplitude", "frequency [Hz]", "weight index"}),
    ):
        words = ("figure", *(folder / name for name in files), "-o", folder / "k.svg")
        assert run(*words).exit_code == 0
        texts = set(printed.of_svg(folder / "k.svg").texts)
        assert texts & {"amplitude", "frequency [Hz]", "weight index"} == labels


def test_an_error_is_what_is_said_minus_each_that_was_heard():
    rows = [np.full(9, level) for level in (0.1, 0.2, 0.5)]
    for names in (("in1", "in2", "out"), ("x1", "x2", "prediction")):
        found = plot.Source(rows, 48000.0, names).errors()
        assert found.names == [f"{names[2]} − {name}" for name in names[:2]]
        np.testing.assert_allclose([row[0] for row in found.rows], [0.4, 0.3])
    assert plot.Source(rows[:2], 48000.0, ("a", "b")).errors().rows[0][0] == 0.1


def test_an_error_that_is_a_channel_is_drawn_as_it_is():
    rows = [np.zeros(9), np.ones(9), np.full(9, 0.5)]
    found = plot.Source(rows, 48000.0, ("in", "out", "error")).errors()
    assert found.names == ["error"] and found.rows[0] is rows[2]


def test_a_record_of_another_file_is_refused(folder, tmp_path):
    (tmp_path / "sine.json").write_bytes((folder / "sine.json").read_bytes())
    soundfile.write(tmp_path / "sine.wav", np.zeros((10, 2)), 48000)
    result = run("figure", tmp_path / "sine.json", "-o", tmp_path / "a.png")
    assert result.exit_code == 2 and "is not the file that its record describes" in result.output
    assert plot.sound(tmp_path / "sine.wav").names == ["1", "2"]

"""A trace holds what was learnt, when it was, and leaves the rendering as it is."""

import hashlib

import matplotlib.image
import numpy as np
import pytest
from click.testing import CliRunner

from specml import AutoRegNN, container, trace
from specml.__main__ import main
from specml.examples import EXAMPLES, Run
from specml.looking import evolved
from specml.looking.opened import opened

NAMES = ("sine", "interpolate", "multislider", "feedback", "percussion", "wind", "sine-adapt")


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def traced(folder, name, every, *words):
    """Metadata and tensors of an example that is rendered with a trace."""
    result = run("render", name, "-o", folder, "--no-plot", "--trace", every, *words)
    assert result.exit_code == 0, result.output
    assert str(folder / f"{name}.trace.safetensors") in result.output.splitlines()
    return container.read(folder / f"{name}.trace.safetensors")


@pytest.mark.parametrize("name", NAMES)
def test_no_bit_of_a_rendering_changes(tmp_path, name):
    """Whether it stops at every sample, within blocks of an example, at their ends or never."""
    digests = set()
    for every in (None, 1, 63, 4800, 10**6):
        words = ("--trace", every) if every else ()
        assert run("render", name, "-o", tmp_path, "--seconds", 0.11, *words).exit_code == 0
        files = [tmp_path / f"{name}.{end}" for end in ("wav", "json", "png")]
        digests.add(tuple(hashlib.sha256(file.read_bytes()).hexdigest() for file in files))
    assert len(digests) == 1


@pytest.mark.parametrize("name", ["fm", "clicks"])
def test_both_engines_are_traced_alike(tmp_path, name):
    words = ("--seconds", 0.01)
    metadata, core = traced(tmp_path, name, 100, *words)
    said, reference = traced(tmp_path, name, 100, *words, "--engine", "numpy")
    assert metadata == said and [*core] == [*reference]
    for key, part in core.items():
        assert part.tobytes() == reference[key].tobytes(), key


@pytest.mark.parametrize("name", NAMES)
def test_a_finer_trace_has_the_same_weights_at_the_same_samples(tmp_path, name):
    _, fine = traced(tmp_path, name, 16, "--seconds", 0.05)
    _, coarse = traced(tmp_path, name, 160, "--seconds", 0.05)
    assert coarse["sample"].tolist() == list(range(0, 2401, 160))
    for key, part in coarse.items():
        wiring = key in ("source", "delay")
        assert np.array_equal(part, fine[key] if wiring else fine[key][::10]), key
    moving = [key for key in fine if key == "w" or key.endswith("weight")]
    assert moving and all(np.any(np.diff(fine[key], axis=0)) for key in moving)


@pytest.mark.parametrize("name", NAMES)
def test_it_begins_and_ends_with_what_the_models_have_learnt(tmp_path, name):
    """Each model is a channel."""
    metadata, found = traced(tmp_path, name, 1200, "--seconds", 0.05)
    rendering = EXAMPLES[name].start(Run(2400, EXAMPLES[name].seed))
    assert metadata["channels"] == str(len(rendering.models))
    for at in (0, -1):
        for k, model in enumerate(rendering.models):
            prefix = f"channel{k + 1}." if k else ""
            for key, part in trace.learnt(model).items():
                assert np.array_equal(found[prefix + key][at], part), (at, prefix + key)
        for _ in rendering.blocks:
            pass


def test_it_holds_what_a_network_had_learnt_at_each_sample():
    x = np.sin(0.03 * np.arange(1000))
    net, twin = AutoRegNN(5, 4, 2), AutoRegNN(5, 4, 2)
    kept = trace.Trace([net], 1000, 70)
    for begin, end in ((0, 3), (3, 300), (300, 700), (700, 1000)):
        net.process(x[begin:end], lr=np.linspace(0.1, 0.3, 1000)[begin:end])
    found = kept.tensors()
    for row, sample in enumerate(found["sample"]):
        if row:
            part = slice(sample - 70, sample)
            twin.process(x[part], lr=np.linspace(0.1, 0.3, 1000)[part])
        for key, part in trace.learnt(twin).items():
            assert np.array_equal(found[key][row], part), (sample, key)
    assert row == 1000 // 70


def test_the_file_says_what_it_is(tmp_path):
    metadata, found = traced(tmp_path, "sine", 480, "--seconds", 0.1)
    assert [*metadata.items()] == [
        ("format", "specml 1 trace"), ("model", "autoregnn"), ("version", metadata["version"]),
        ("channels", "1"), ("autoreg", "1"), ("lr", "0.1"), ("ridge", "0.0001"), ("teacher", "0"),
        ("size", "12"), ("width", "8"), ("layers", "1"), ("seed", "1"), ("scale", "1"),
        ("learn", "1"), ("every", "480"), ("samplerate", "48000"), ("example", "sine"),
    ]  # fmt: skip
    assert {key: part.shape for key, part in found.items()} == {
        "sample": (11,), "layer1.weight": (11, 8, 12), "layer1.bias": (11, 8),
        "output.weight": (11, 1, 8), "output.bias": (11, 1),
    }  # fmt: skip
    metadata, found = traced(tmp_path, "wind", 480, "--seconds", 0.1, "--samplerate", 44100)
    assert metadata["samplerate"] == "44100" and metadata["activation"] == "cosine-rad"
    shapes = {key: part.shape for key, part in found.items()}
    assert shapes["w"] == shapes["v"] == shapes["u"] == (10, 16, 4)
    assert shapes["source"] == shapes["delay"] == (16, 3)


def test_what_would_take_too_much_memory_is_refused_at_once(tmp_path):
    result = run("render", "resonances", "-o", tmp_path, "--trace", 1)
    assert result.exit_code == 1
    (line,) = result.output.splitlines()
    assert "a trace every 1 of 4320000 samples would hold 28.2 GB, 2 GB are allowed" in line
    assert not [*tmp_path.iterdir()]
    every = int(line.split("every ")[-1].split()[0])
    models = EXAMPLES["resonances"].start(Run(64)).models
    with pytest.raises(trace.TooLargeError):
        trace.Trace(models, 4320000, every - 1)
    size = sum(part.nbytes for part in trace.learnt(models[0]).values()) + 8
    assert (1 + 4320000 // every) * size <= trace.LARGEST


def test_a_trace_belongs_to_the_sound_beside_it(tmp_path):
    """The next rendering takes away an older one."""
    traced(tmp_path, "sine", 100, "--seconds", 0.01)
    assert run("render", "sine", "-o", tmp_path, "--seconds", 0.01, "--no-plot").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sine.json", "sine.wav"]


@pytest.mark.parametrize("name", ["sine", "interpolate", "feedback", "wind"])
def test_it_is_drawn_as_it_evolved(tmp_path, name):
    """Over time, a map for each layer, and the norm of each."""
    traced(tmp_path, name, 100, "--seconds", 0.2)
    path = tmp_path / f"{name}.trace.safetensors"
    result = run("show", path)
    assert result.exit_code == 0, result.output
    assert "at 97 times, samples 0..9600: " in result.output
    picture = matplotlib.image.imread(tmp_path / f"{name}.trace.png")
    assert picture.shape[0] >= 500 and picture.std() > 0.05
    seen = opened(path)
    figure = evolved.draw(seen, 48000.0)
    parts = evolved.evolving(seen)
    assert sum(part.shape[1] for part in parts.values()) == (
        3 * 49 if name == "wind" else sum(part[0].size for part in seen.parameters.values())
    )
    *maps, norms = (axis for axis in figure.axes if axis.get_title())
    lines = {line.get_label(): line.get_xydata() for line in norms.lines}
    for axis, (title, part) in zip(maps, parts.items(), strict=True):
        assert axis.get_title() == title
        assert np.array_equal(np.ma.getdata(axis.images[0].get_array()), part.T)
        np.testing.assert_allclose(lines[title][:, 1], np.linalg.norm(part, axis=1), rtol=1e-12)
        np.testing.assert_allclose(lines[title][:, 0], np.arange(97) / 480, rtol=1e-12)


def test_a_long_trace_is_drawn_with_fewer_cells(tmp_path):
    """And one of a single moment."""
    traced(tmp_path, "sine", 1, "--seconds", 0.05)
    figure = evolved.draw(opened(tmp_path / "sine.trace.safetensors"), 48000.0)
    assert max(figure.axes[0].images[0].get_array().shape) <= evolved.FINEST
    traced(tmp_path, "sine", 9999, "--seconds", 0.05)
    assert run("show", tmp_path / "sine.trace.safetensors").exit_code == 0


@pytest.mark.parametrize("what", ["sample", "times", "traces", "value", "setting", "channel"])
def test_what_is_no_trace_is_said_in_one_line(tmp_path, what):
    metadata, found = traced(tmp_path, "wind", 100, "--seconds", 0.01)
    path = tmp_path / "a.trace.safetensors"
    if what == "sample":
        del found["sample"]
    elif what == "times":
        found["sample"] = found["sample"][:-1]
    elif what == "traces":
        del found["u"]
    elif what == "value":
        found["v"][2, 1, 1] = 1e7
    elif what == "setting":
        del metadata["neurons"]
    container.write(path, metadata, found)
    result = run("show", path, "--channel", 2 if what == "channel" else 1)
    assert result.exit_code == 2
    (line,) = result.output.splitlines()
    named = {"times": "w", "traces": "u", "value": "v holds 1e+07", "setting": "neurons"}
    assert line.startswith(f"Error: {path}: ") and named.get(what, what) in line
    assert not (tmp_path / "a.trace.png").exists()

"""What `specml show` says and draws of a state is what the network does."""

import matplotlib.image
import numpy as np
import pytest
import scipy.signal
from click.testing import CliRunner

import written
from specml import AutoRegNN, AutoRegNN2, Unlearn, __version__, container
from specml.__main__ import main
from specml.looking import delays, networks
from specml.looking.linear import Predictor, predictors
from specml.looking.opened import opened
from specml.reference.network import Network

SHAPES = [(1, 1, 1), (12, 8, 1), (5, 3, 2), (40, 30, 3), (9, 4, 8)]
RATE = 48000.0


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def noise(n: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1.0, 1.0, n)


def slopes(net: Network, past: np.ndarray) -> np.ndarray:
    """Of the reference's prediction by each sample of `past`, newest first, numerically."""
    step, found = 1e-5, []
    for k in range(len(past)):
        there, back = past.copy(), past.copy()
        there[k] += step
        back[k] -= step
        found.append((net.forward(there[::-1]) - net.forward(back[::-1])) / (2.0 * step))
    return np.array(found)


def linear(path) -> list[Predictor]:
    seen = opened(path)
    return predictors(seen.model, seen.tensors, seen.now)


@pytest.mark.parametrize("autoreg", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_network_is_linearised_around_what_it_speaks_from(tmp_path, shape, autoreg):
    """The response is scipy's of the reference, numerically differentiated; poles are its roots."""
    net = AutoRegNN(*shape, seed=3)
    net.process(noise(300), autoreg=autoreg, lr=0.05)
    net.save(tmp_path / "a.safetensors")
    state, twin = net.state(), Network(*shape)
    twin.parameters = net.parameters
    past = autoreg * state["past_out"] + (1.0 - autoreg) * state["past_in"]
    (found,) = linear(tmp_path / "a.safetensors")
    assert_predicts(found, slopes(twin, past))


def assert_predicts(found: Predictor, wanted: np.ndarray) -> None:
    np.testing.assert_allclose(found.coefficients, wanted, rtol=0, atol=1e-8)
    denominator = np.concatenate([[1.0], -wanted])
    frequencies = np.array([0.0, 0.01, 0.123, 0.37, 0.5])
    _, response = scipy.signal.freqz([1.0], denominator, frequencies, fs=1.0)
    np.testing.assert_allclose(found.response(frequencies), np.abs(response), rtol=1e-5)
    poles = found.poles
    np.testing.assert_allclose(np.poly(poles), denominator, rtol=0, atol=1e-6)
    assert np.all(np.diff(np.abs(poles)) <= 0)


@pytest.mark.parametrize("mix", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("shape", SHAPES[1:4])
def test_of_two_networks_each_is_linearised_and_what_lies_between(tmp_path, shape, mix):
    """Each around its own input's past, the mixture around the mixture of both."""
    pair = AutoRegNN2(*shape, seed=5)
    pair.process(noise(200, 1), noise(200, 2), mix=mix, autoreg=0.4, lr=0.05)
    pair.save(tmp_path / "a.safetensors")
    state, nets = pair.state(), [Network(*shape) for _ in range(3)]
    for net, row in zip(nets, pair.parameters, strict=False):
        net.parameters = row
    nets[2].mix(nets[0], nets[1], mix)
    ins = [state["past_in1"], state["past_in2"]]
    ins.append((1.0 - mix) * ins[0] + mix * ins[1])
    found = linear(tmp_path / "a.safetensors")
    assert [each.name for each in found] == ["network 1", "network 2", "mixture"]
    for each, net, past in zip(found, nets, ins, strict=True):
        assert_predicts(each, slopes(net, 0.4 * state["past_out"] + 0.6 * past))


def resonator(path, radius: float, frequency: float) -> None:
    """A network that resonates there around silence, where tanh is a straight line."""
    net = AutoRegNN(2, 1, 1)
    net.process(np.zeros(77), lr=0.1, autoreg=0.0)
    turn = 2.0 * radius * np.cos(2.0 * np.pi * frequency / RATE)
    net.parameters = [0.5 * turn, -0.5 * radius**2, 0.0, 2.0, 0.0]
    net.save(path)


def test_the_largest_pole_is_said_with_its_frequency(tmp_path):
    resonator(tmp_path / "a.safetensors", 0.99, 1000.0)
    said = run("show", tmp_path / "a.safetensors").output.splitlines()
    assert said[0] == f"a.safetensors: autoregnn, written by specml {__version__}"
    assert "lr 0.1" in said[1] and "size 2, width 1, layers 1, seed 1" in said[1]
    assert "77 samples lived, 0 repaired" in said
    assert "network: largest pole 0.99 at 1000 Hz, decays by e in 2.073 ms" in said
    assert said[-1] == str(tmp_path / "a.png")
    slower = run("show", tmp_path / "a.safetensors", "--samplerate", 24000).output
    assert "at 500 Hz, decays by e in 4.146 ms" in slower
    resonator(tmp_path / "b.safetensors", 1.01, 1000.0)
    assert "1.01 at 1000 Hz, grows by e in" in run("show", tmp_path / "b.safetensors").output


def test_a_pole_on_the_circle_and_a_network_of_nothing(tmp_path):
    """A response that is infinite, and one that is flat."""
    resonator(tmp_path / "a.safetensors", 1.0, 12000.0)
    resonator(tmp_path / "b.safetensors", 0.0, 0.0)
    for name in "ab":
        result = run("show", tmp_path / f"{name}.safetensors")
        assert result.exit_code == 0, result.output
    assert "largest pole 0 at 0 Hz, no tone" in result.output


def lived(model):
    if model is Unlearn:
        net = Unlearn(7, 3, 90, 9, seed=2)
        net.process(x=0.5 * noise(9 * 400).reshape(9, 400))
        return net
    net = model(6, 5, 2, seed=2)
    net.process(*[noise(100, k) for k in range(2 if model is AutoRegNN2 else 1)])
    return net


MODELS = (AutoRegNN, AutoRegNN2, Unlearn)


@pytest.mark.parametrize("model", MODELS)
def test_a_picture_is_written_and_is_not_blank(tmp_path, model):
    path = tmp_path / "a.safetensors"
    lived(model).save(path)
    for ending, begins in (("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<?xml")):
        picture = tmp_path / f"b.{ending}"
        assert run("show", path, "-o", picture).exit_code == 0
        content = picture.read_bytes()
        assert content.startswith(begins)
        if ending == "png":
            assert run("show", path, "-o", picture).exit_code == 0
            assert picture.read_bytes() == content, "the same each time"
    image = matplotlib.image.imread(tmp_path / "b.png")
    assert image.shape[0] >= 500 and image.std() > 0.05


def axis_of(figure, title: str):
    (axis,) = (axis for axis in figure.axes if axis.get_title() == title)
    return axis


@pytest.mark.parametrize("model", [AutoRegNN, AutoRegNN2])
def test_each_layer_is_shown_under_its_name(tmp_path, model):
    lived(model).save(tmp_path / "a.safetensors")
    seen = opened(tmp_path / "a.safetensors")
    figure = networks.draw(seen, linear(tmp_path / "a.safetensors"), RATE)
    stems = [name.removesuffix(".weight") for name in seen.parameters if "weight" in name]
    assert len(stems) == (6 if model is AutoRegNN2 else 3)
    for stem in stems:
        weights, bias = (seen.tensors[f"{stem}.{kind}"] for kind in ("weight", "bias"))
        axis = axis_of(figure, stem)
        if stem.endswith("output"):
            shown = axis.patches[0].get_data().values[np.newaxis]
        else:
            shown = np.ma.getdata(axis.images[0].get_array())
        assert np.array_equal(shown[:, : weights.shape[1]], weights)
        assert np.array_equal(shown[:, -1], bias)


def test_each_synapse_is_a_curve_and_a_point(tmp_path):
    """From the neuron that is heard to the one that hears, coloured and as thick as its weight."""
    net = lived(Unlearn)
    net.save(tmp_path / "a.safetensors")
    seen = opened(tmp_path / "a.safetensors")
    inside = {(i, int(net.sources[i, k]), int(net.delays[i, k]), net.weights[i, k])
              for i in range(7) for k in range(3)}  # fmt: skip
    outside = {(j % 7, -1 - j // 7, 0, net.weights[j % 7, 3 + j // 7]) for j in range(9)}
    found = delays.synapses(seen)
    listed = zip(found.neuron, found.source, found.delay, found.weight, strict=True)
    assert set(listed) == inside | outside and len(found.weight) == 30
    figure = delays.draw(seen, RATE)
    graph = axis_of(figure, "7 neurons, 30 synapses")
    lines = graph.collections[0]
    places = np.exp(0.5j * np.pi - 2j * np.pi * np.arange(7) / 7)
    drawn = set()
    for curve, weight in zip(lines.get_segments(), lines.get_array(), strict=True):
        begin, end = (complex(*curve[k]) for k in (0, -1))
        source = int(np.argmin(np.abs(places - begin))) if abs(begin) < 1.1 else None
        drawn.add((int(np.argmin(np.abs(places - end))), source, float(weight)))
    assert drawn == {(i, None if source < 0 else source, w) for i, source, _, w in inside | outside}
    widths = lines.get_linewidth()
    assert np.all(np.diff(widths) >= 0) and np.all(np.diff(np.abs(lines.get_array())) >= 0)
    points = axis_of(figure, "weights over delay").lines[0].get_xydata()
    want = sorted((1000.0 * delay / RATE, w) for _, _, delay, w in inside)
    np.testing.assert_allclose(sorted(map(tuple, points)), want, rtol=1e-12)


def test_one_channel_is_shown(tmp_path):
    path = tmp_path / "a.safetensors"
    written.save(path, *(AutoRegNN(6, 5, 2, seed=k) for k in (1, 2)))
    for channel in (1, 2):
        seen = opened(path, channel)
        want = AutoRegNN(6, 5, 2, seed=channel).parameters
        assert np.array_equal(seen.tensors["layer1.weight"].ravel(), want[:30])
        said = run("show", path, "--channel", channel).output
        assert f"autoregnn, channel {channel} of 2" in said
    result = run("show", path, "--channel", 3)
    assert result.exit_code == 2 and "1..2, not 3" in result.output


def test_weights_alone_are_shown_around_silence(tmp_path):
    lived(AutoRegNN).save(tmp_path / "a.safetensors")
    metadata, tensors = container.read(tmp_path / "a.safetensors")
    alone = {name: part for name, part in tensors.items() if "weight" in name or "bias" in name}
    container.write(tmp_path / "b.safetensors", metadata, alone)
    result = run("show", tmp_path / "b.safetensors")
    assert result.exit_code == 0 and "weights alone" in result.output
    net = Network(6, 5, 2)
    net.parameters = lived(AutoRegNN).parameters
    assert_predicts(linear(tmp_path / "b.safetensors")[0], slopes(net, np.zeros(6)))


def test_snapshots_and_a_glide_are_named_and_not_taken_for_weights(tmp_path):
    net = lived(AutoRegNN)
    net.save(tmp_path / "a.safetensors")
    net.store("wild")
    net.store("calm")
    net.recall("calm", 5 * 64)
    net.save(tmp_path / "b.safetensors")
    said = run("show", tmp_path / "b.safetensors").output
    assert "snapshots: calm, wild\n" in said
    assert "on its way to other weights, 5 steps left\n" in said
    before = run("show", tmp_path / "a.safetensors").output
    assert said.splitlines()[-4:-1] == before.splitlines()[-4:-1]


@pytest.mark.parametrize(
    "what", ["nothing", "folder", "text", "foreign", "no model", "no bias", "ending"]
)
def test_what_cannot_be_shown_is_said_in_one_line(tmp_path, what):
    path, picture = tmp_path / "a.safetensors", tmp_path / "a.png"
    if what == "folder":
        path.mkdir()
    elif what == "text":
        path.write_text("hello, this is no state file")
    elif what == "foreign":
        container.write(path, {}, {"x": np.zeros(3)})
    elif what == "no model":
        container.write(path, {"format": "specml 1", "channels": "1"}, {})
    elif what == "no bias":
        lived(AutoRegNN).save(path)
        metadata, tensors = container.read(path)
        container.write(path, metadata, {k: v for k, v in tensors.items() if "bias" not in k})
    elif what == "ending":
        lived(AutoRegNN).save(path)
        picture = tmp_path / "a.gif"
    result = run("show", path, "-o", picture)
    assert result.exit_code == 2
    (line,) = result.output.splitlines()
    assert line.startswith("Error: ") and (picture if what == "ending" else path).name in line
    assert not picture.exists()

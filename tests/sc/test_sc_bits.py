"""What a UGen says equals the core in every bit, after conversion to 32 bits."""

import numpy as np
import pytest

import takes
from bits import assert_same as assert_same_doubles
from sc import nets
from sc.graphs import Graph, Score
from specml import AutoRegNN

SAMPLES = 4800
BUFFER = 3


def assert_same(name: str, got: np.ndarray, want: np.ndarray) -> None:
    assert got.dtype == np.float32
    assert_same_doubles(name, np.float64(got), np.float64(np.float32(want)))


def core(x, **moved) -> np.ndarray:
    """What AutoRegNN says that is told nothing else, in the inputs' 32 bits."""
    held = {name: float(np.float32(value)) for name, value in nets.initial("autoregnn").items()}
    controls = {k: held[k] for k in ("autoreg", "lr", "ridge", "teacher")}
    return AutoRegNN().process(np.float64(x), **controls | moved)


def said(server, take, outs: int, block: int = 64) -> np.ndarray:
    graph, heard = nets.of_take(take, outs)
    return server.render(nets.begin(graph), take.samples, heard, outs, block)


@pytest.mark.parametrize("name", [n for n in takes.EXAMPLE_NAMES if n != "multislider"])
def test_every_example(server, name):
    for take in map(nets.rounded, takes.of_example(name, SAMPLES)):
        assert_same(name, said(server, take, take.outlets), take.replay())


@pytest.mark.parametrize("preset", takes.PRESETS)
def test_all_neurons_of_every_preset(server, preset):
    take = nets.rounded(takes.of_preset(preset, SAMPLES, seed=2, outs=16))
    assert_same(preset, said(server, take, 16), take.replay())


@pytest.mark.parametrize("block", [1, 16, 64, 256])
@pytest.mark.parametrize("name", ["fm", "interpolate", "sine-adapt"])
def test_blocks_of_any_size(server, name, block):
    (take,) = map(nets.rounded, takes.of_example(name, SAMPLES))
    assert_same(name, said(server, take, take.outlets, block), take.replay())


@pytest.mark.parametrize("block", [1, 64])
def test_what_is_drawn_into_the_buffer(server, block):
    """The multislider example: each stroke counts from the next look on, 64 samples at most."""
    (take,) = map(nets.rounded, takes.of_example("multislider", SAMPLES))
    assert take.drawings
    graph, heard = Graph(), take.signals["x"]
    values = take.settings | take.held | {k: x[0] for k, x in take.signals.items() if k != "x"}
    ugen = nets.add(graph, "AutoRegNNFilterBuffer", *nets.hear(graph, 1), buffer=BUFFER, **values)
    nets.say(graph, ugen)
    score = Score(48000.0)
    score.at(0, "/b_alloc", BUFFER, 81, 1)
    for event in nets.begin(graph).events:
        score.events.append(event)
    for when, first, stroke in take.drawings:
        score.at(when, "/b_setn", BUFFER, first, len(stroke), *map(float, stroke))
    got = server.render(score, SAMPLES, [heard], block=block)
    assert_same("multislider", got, take.replay()[:1])


def test_a_control_is_the_same_at_every_rate(server):
    """A number, at control rate, as a signal."""
    rng = np.random.default_rng(5)
    heard = np.float32([rng.uniform(-1, 1, SAMPLES), np.full(SAMPLES, 0.3), np.full(SAMPLES, 0.9)])
    want = core(heard[0], autoreg=np.float64(heard[1]), lr=float(np.float32(0.9)))[0]
    for kind in ("number", "control", "signal", "mixed"):
        graph = Graph({"autoreg": 0.3, "lr": 0.9})
        held, (x, *moved) = graph.controls(), nets.hear(graph, 3)
        values = {"number": (0.3, 0.9), "control": tuple(held.values()), "signal": tuple(moved),
                  "mixed": (held["autoreg"], moved[1])}[kind]  # fmt: skip
        nets.say(graph, nets.add(graph, "AutoRegNNFilter", x, autoreg=values[0], lr=values[1]))
        got = server.render(nets.begin(graph), SAMPLES, heard)
        assert_same(kind, got[0], want)


@pytest.mark.parametrize("ugen", nets.UGENS)
def test_all_controls_are_the_same_at_every_rate(server, ugen):
    """All of them at once, none as it is told nothing: as numbers, at control rate, as signals."""
    model = nets.UGENS[ugen]
    names = [word.name for word in nets.words(model) if word.effect == "moves"]
    values = {name: 0.75 * nets.initial(model)[name] or 0.25 for name in names}
    x = 0.5 * np.sin(np.arange(1280) * 0.05)
    heard = np.float32([x, *(np.full(1280, value) for value in values.values())])
    sources = 2 if ugen == "AutoRegNNFilter2" else 1
    got = {}
    for kind in ("nothing", "number", "control", "signal"):
        graph = Graph(values)
        held, (first, *moved) = graph.controls(), nets.hear(graph, len(heard))
        told = {"nothing": {}, "number": values, "control": held,
                "signal": dict(zip(names, moved, strict=True))}[kind]  # fmt: skip
        more = {"buffer": BUFFER} if ugen == "AutoRegNNFilterBuffer" else {}
        nets.say(graph, nets.add(graph, ugen, *[first] * sources, **more, **told))
        got[kind] = server.render(nets.begin(graph), 1280, heard)
    assert_same("control", got["control"], got["number"])
    assert_same("signal", got["signal"], got["number"])
    assert not np.array_equal(got["number"], got["nothing"])


def test_a_control_moves_at_a_block(server):
    rng = np.random.default_rng(6)
    heard = np.float32(rng.uniform(-1, 1, SAMPLES))
    graph = Graph({"lr": 0.5})
    lr = graph.controls()["lr"]
    nets.say(graph, nets.add(graph, "AutoRegNNFilter", *nets.hear(graph, 1), lr=lr))
    score = nets.begin(graph)
    score.at(1280, "/n_set", nets.NODE, "lr", 2.0)
    got = server.render(score, SAMPLES, [heard])
    lr = np.where(np.arange(SAMPLES) < 1280, 0.5, 2.0)
    assert_same("out", got[0], core(heard, lr=lr)[0])


def test_a_signal_that_is_none_is_held(server):
    """What comes in at control rate is the same for a block."""
    graph = Graph({"x": 0.25})
    nets.say(graph, nets.add(graph, "AutoRegNNFilter", graph.controls()["x"], outs=2))
    got = server.render(nets.begin(graph), 640, outs=2)
    assert_same("both", got, core(np.full(640, 0.25)))


def test_another_seed_draws_anew(server):
    graph = Graph({"seed": 1.0})
    nets.say(graph, nets.add(graph, "Unlearn", 0.0, seed=graph.controls()["seed"]))
    score = nets.begin(graph)
    score.at(640, "/n_set", nets.NODE, "seed", 7.0)
    got = server.render(score, 1280)[0]
    parts = [takes.of_preset("wind", 640, seed, 1) for seed in (1, 7)]
    assert_same("both", got, np.concatenate([nets.rounded(part).replay()[0] for part in parts]))


def test_a_trigger_pushes_all_neurons(server):
    """At the sample at which it rises, whatever the block."""
    take = nets.rounded(takes.of_preset("clicks", SAMPLES, seed=1, outs=1))
    trigger = np.zeros(SAMPLES, np.float32)
    trigger[[100, 101, 1000]] = 1.0
    graph = Graph()
    values = {**take.settings, **take.held}
    nets.say(graph, nets.add(graph, "Unlearn", 0.0, bang=nets.hear(graph, 1)[0], **values))
    net = take.model(**take.settings)
    want = []
    for count in (100, 900, SAMPLES - 1000):
        renamed = {f"{k}_" if k == "lambda" else k: float(np.float32(v))
                   for k, v in take.held.items()}  # fmt: skip
        want.append(net.process(samples=count, outs=1, **renamed)[0])
        net.bang()
    for block in (64, 256):
        got = server.render(nets.begin(graph), SAMPLES, [trigger], block=block)
        assert_same("out", got[0], np.concatenate(want))


def test_control_rate_inputs_are_for_all_words_that_move(server):
    """Another function of Unlearn while it sounds."""
    take = nets.rounded(takes.of_preset("clicks", 1280, seed=1, outs=1))
    graph = Graph({"activation": 1.0})
    values = {**take.settings, **take.held, "activation": graph.controls()["activation"]}
    nets.say(graph, nets.add(graph, "Unlearn", 0.0, **values))
    score = nets.begin(graph)
    score.at(640, "/n_set", nets.NODE, "activation", 3.0)
    net = take.model(**take.settings)
    held = {f"{k}_" if k == "lambda" else k: float(np.float32(v)) for k, v in take.held.items()}
    first = net.process(samples=640, outs=1, **held)[0]
    net.activation = "dip"
    want = np.concatenate([first, net.process(samples=640, outs=1, **held)[0]])
    assert_same("out", server.render(score, 1280)[0], want)

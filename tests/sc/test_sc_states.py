"""State files by /u_cmd: the bytes that Python writes, and sound that goes on with its bits."""

import numpy as np
import pytest

import takes
from bits import assert_same
from sc import nets
from sc.graphs import Graph
from specml import AutoRegNN, load

EXAMPLES = ("sine", "interpolate", "sine-adapt")
CUT = 1280


def core(take):
    """The model of a take, and how it processes what lies between two samples, in 32 bits."""
    net = take.model(**take.settings)
    rounded = {name: np.float64(np.float32(x)) for name, x in take.signals.items()}
    held = {name: float(np.float32(x)) for name, x in take.held.items()}

    def process(net, begin: int, end: int) -> np.ndarray:
        heard = held | {name: x[begin:end] for name, x in rounded.items()}
        if take.model is takes.Unlearn:
            heard = {f"{k}_" if k == "lambda" else k: x for k, x in heard.items()}
            heard |= {"outs": take.outs} | ({} if "x" in heard else {"samples": end - begin})
        return np.float32(net.process(**heard))

    return net, process


def same(name: str, got: np.ndarray, want: np.ndarray) -> None:
    assert got.dtype == want.dtype == np.float32
    assert_same(name, np.float64(got), np.float64(want))


def command(graph: Graph, score, sample: int, *words) -> None:
    """To the UGen before the last, which is Out."""
    score.at(sample, "/u_cmd", nets.NODE, graph.last - 1, *words)


def held_alone(name: str):
    """A take that hears signals at its sources alone: held controls are what a file tells."""
    (take,) = map(nets.rounded, takes.of_example(name, 2 * CUT))
    for key in [key for key in take.signals if key not in ("x", "x1", "x2")]:
        take.held[key] = float(take.signals.pop(key)[0])
    return take


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_written_is_what_python_writes(server, name, tmp_path):
    take = held_alone(name)
    graph, heard = nets.of_take(take, take.outlets)
    score = nets.begin(graph)
    command(graph, score, CUT, "write", str(tmp_path / "here.safetensors"))
    same(name, server.render(score, take.samples, heard, take.outlets), take.replay())
    assert f"{nets.OF_MODEL[take.model]}: written {tmp_path}/here.safetensors" in server.log
    net, process = core(take)
    process(net, 0, CUT)
    net.save(tmp_path / "python.safetensors")
    assert (tmp_path / "here.safetensors").read_bytes() == (
        tmp_path / "python.safetensors"
    ).read_bytes()


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_read_goes_on_with_its_bits(server, name, tmp_path):
    """At a sample where another network, of another seed, has sounded."""
    take = held_alone(name)
    net, process = core(take)
    process(net, 0, CUT)
    net.save(tmp_path / "python.safetensors")
    other = nets.Take(**{**vars(take), "settings": take.settings | {"seed": 9}})
    graph, heard = nets.of_take(other, take.outlets)
    score = nets.begin(graph)
    command(graph, score, CUT, "read", str(tmp_path / "python.safetensors"))
    got = server.render(score, take.samples, heard, take.outlets)
    assert f": read {tmp_path}/python.safetensors" in server.log
    another, process = core(other)
    same("before", got[:, :CUT], process(another, 0, CUT))
    same("after", got[:, CUT:], process(net, CUT, take.samples))


def test_weights_alone(server, tmp_path):
    """The past and the controls stay."""
    take = held_alone("sine")
    teacher, process = core(nets.Take(**{**vars(take), "settings": take.settings | {"seed": 9}}))
    process(teacher, 0, CUT)
    teacher.save(tmp_path / "weights.safetensors")
    graph, heard = nets.of_take(take, 1)
    score = nets.begin(graph)
    command(graph, score, CUT, "read", str(tmp_path / "weights.safetensors"), "weights")
    got = server.render(score, take.samples, heard)
    net, process = core(take)
    first = process(net, 0, CUT)
    net.parameters = teacher.parameters
    same("sine", got, np.concatenate([first, process(net, CUT, take.samples)], axis=1)[:1])


def test_a_file_of_another_shape_is_refused(server, tmp_path):
    """And the network that sounds goes on."""
    AutoRegNN(size=5).save(tmp_path / "five.safetensors")
    take = held_alone("sine")
    graph, heard = nets.of_take(take, 1)
    score = nets.begin(graph)
    for path in ("five.safetensors", "none.safetensors"):
        command(graph, score, CUT, "read", str(tmp_path / path))
    command(graph, score, CUT, "write", str(tmp_path / "no" / "folder"))
    command(graph, score, CUT, "read")
    same("sine", server.render(score, take.samples, heard), take.replay()[:1])
    for line in (
        f"cannot read {tmp_path}/five.safetensors: its weights are of size 5, width 8, layers 1, "
        "these of size 12, width 8, layers 1",
        f"cannot read {tmp_path}/none.safetensors: No such file or directory",
        f"cannot write {tmp_path}/no/folder: ",
        "read must be followed by the path of a file",
    ):
        assert f"AutoRegNNFilter: {line}" in server.log


def test_a_shape_stays_what_it_was_when_the_synth_was_made(server, tmp_path):
    take = held_alone("sine")
    graph, heard = Graph({"size": 12.0}), take.signals["x"]
    values = take.settings | take.held | graph.controls()
    nets.say(graph, nets.add(graph, "AutoRegNNFilter", *nets.hear(graph, 1), **values))
    score = nets.begin(graph)
    score.at(640, "/n_set", nets.NODE, "size", 5.0)
    command(graph, score, CUT, "write", str(tmp_path / "file"))
    same("sine", server.render(score, take.samples, [heard]), take.replay()[:1])
    assert load(tmp_path / "file").size == 12


def test_what_is_written_when_the_synth_has_ended(server, tmp_path):
    """A server that renders does all at once: the command comes first, and is carried out."""
    graph = Graph()
    nets.say(graph, nets.add(graph, "Unlearn", 0.0))
    score = nets.begin(graph)
    command(graph, score, 640, "write", str(tmp_path / "last"))
    score.at(640, "/n_free", nets.NODE)
    got = server.render(score, 1280)
    assert got[0, :640].any() and not got[0, 640:].any()
    assert load(tmp_path / "last").samples == 640


def test_weights_into_a_buffer(server):
    take = held_alone("sine")
    graph, heard = nets.of_take(take, 1)
    score = nets.begin(graph)
    score.at(0, "/b_alloc", 3, 121, 1)
    score.at(0, "/b_alloc", 4, 100, 1)
    play = Graph()
    nets.say(play, play.add("PlayBuf", 2, 3.0, 1.0, 0.0, 0.0, 0.0, 0.0))
    score.at(0, "/d_recv", play.bytes("play"))
    count = take.model(**take.settings).parameters.size
    assert count == 113
    for buffer in (3, 4, 2000):
        command(graph, score, CUT, "weights", buffer)
    score.at(CUT, "/n_free", nets.NODE)
    score.at(CUT, "/s_new", "play", nets.NODE + 1, 0, 0)
    got = server.render(score, take.samples, heard)
    net, process = core(take)
    process(net, 0, CUT)
    same("weights", got[0, CUT : CUT + count], np.float32(net.parameters.ravel()))
    for buffer, frames in ((4, 100), (2000, 0)):
        line = f"weights: buffer {buffer} has {frames} frames, needs 113"
        assert f"AutoRegNNFilter: {line}" in server.log

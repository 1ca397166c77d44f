"""Our UGens in a graph: inputs in the order of the table of words, then signals."""

import dataclasses
import functools

import numpy as np

import takes
from object import library
from sc import servers
from sc.graphs import AUDIO, Graph, Out, Score
from specml import AutoRegNN, AutoRegNN2, Unlearn
from takes import Take

UGENS = {"AutoRegNNFilter": "autoregnn", "AutoRegNNFilter2": "autoregnn2",
         "AutoRegNNFilterBuffer": "autoregnn", "Unlearn": "unlearn"}  # fmt: skip
OF_MODEL = {AutoRegNN: "AutoRegNNFilter", AutoRegNN2: "AutoRegNNFilter2", Unlearn: "Unlearn"}
NODE = 1000


@functools.cache
def words(model: str) -> tuple[library.Word, ...]:
    """Those that are inputs, in their order."""
    return tuple(word for word in library.words(model) if _is_told(word))


def _is_told(word: library.Word) -> bool:
    return word.kind and word.effect not in ("presets", "box only") and word.name != "fade"


@functools.cache
def initial(model: str) -> dict[str, float]:
    """What each word is that nothing is told."""
    host = library.Host(model)
    told = dict(line.split(" ", 1) for line in host.send("dump").splitlines())
    host.close()
    return {word.name: number(word, told[word.name]) for word in words(model)}


def number(word: library.Word, value) -> float:
    """As an input says it."""
    return float(word.choices.index(value)) if word.choices else float(value)


def add(graph: Graph, ugen: str, *signals, buffer=None, bang=0.0, outs: int = 1,
        rate: int = AUDIO, **values) -> list[Out]:  # fmt: skip
    """A UGen of ours; values: by word, a number, a choice or an output."""
    model = UGENS[ugen]
    known = {word.name: word for word in words(model)}
    given = initial(model) | {
        name: x if isinstance(x, Out) else number(known[name], x) for name, x in values.items()
    }
    inputs = list(given.values())
    inputs += [bang] if model == "unlearn" else []
    inputs += [buffer] if ugen == "AutoRegNNFilterBuffer" else []
    return graph.add(ugen, rate, *inputs, *signals, outs=outs)


def hear(graph: Graph, channels: int) -> list[Out]:
    """What the server was given to hear."""
    buffer, rate, trigger, start, loop, done = float(servers.HEARD), 1.0, 0.0, 0.0, 0.0, 0.0
    return graph.add("PlayBuf", AUDIO, buffer, rate, trigger, start, loop, done, outs=channels)


def say(graph: Graph, signals) -> None:
    graph.add("Out", AUDIO, 0.0, *signals, outs=0)


def begin(graph: Graph) -> Score:
    """A score in which it plays from the first sample on."""
    score = Score(48000.0)
    score.at(0, "/d_recv", graph.bytes("test"))
    score.at(0, "/s_new", "test", NODE, 0, 0)
    return score


def of_take(take: Take, outs: int) -> tuple[Graph, np.ndarray]:
    """The network of a take, and what the server is given to hear."""
    inlets = takes.INLETS[take.model]
    graph, moved = Graph(), {inlets[k]: x for k, x in take.connected}
    heard = hear(graph, len(moved)) if moved else []
    signals = dict(zip(moved, heard, strict=True))
    sources = [signals.pop(name, 0.0) for name in inlets if name in ("x", "x1", "x2")]
    values = {k: v for k, v in {**take.settings, **take.held}.items() if v is not None}
    said = add(graph, OF_MODEL[take.model], *sources, outs=outs, **values, **signals)
    say(graph, said)
    return graph, np.array(list(moved.values()))


def rounded(take: Take) -> Take:
    """As inputs of 32 bits tell it."""
    settings = {k: float(np.float32(v)) if isinstance(v, float) else v
                for k, v in take.settings.items()}  # fmt: skip
    return dataclasses.replace(take, settings=settings)

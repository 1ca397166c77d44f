"""What can be played: an example of the source, or the network of a state file."""

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np

from ..autoregnn import AutoRegNN
from ..autoregnn2 import AutoRegNN2
from ..examples import Example, Run
from ..examples.presets import recorded
from ..models import load
from ..reference.arrays import Array
from ..signals import Stream
from ..unlearn import Unlearn
from .hand import Hand
from .ring import Samples

CHANNELS = 2  # that are played
AnyModel: TypeAlias = AutoRegNN | AutoRegNN2 | Unlearn


@dataclass(frozen=True)
class Stage:
    """What all that is played has in common.

    Attributes
    ----------
    samplerate : float
        In Hz.
    block : int
        Samples that are computed at a time.
    hand : Hand
        On the learning rate.
    samples : int, optional
        How long it lasts; for ever without it.
    input : ndarray (n,), optional
        What is heard, again and again.
    hear : callable, optional
        Instead of it: returns the next samples of a live input, as many as it is told.
    """

    samplerate: float
    block: int
    hand: Hand
    samples: int | None = None
    input: Array | None = None
    hear: Callable[[int], Array] | None = None


@dataclass(frozen=True)
class Sounding:
    """The models at work, and what is played, ``(n, 2)`` at a time.

    `frozen` says that it begins so: nothing is there to learn from.
    """

    name: str
    seed: int
    models: tuple[AnyModel, ...]
    blocks: Iterator[Samples]
    frozen: bool = False


class Piece(Protocol):
    """What can be played."""

    @property
    def samplerate(self) -> float | None:
        """In Hz, if it is bound to one."""

    @property
    def listens(self) -> bool:
        """Whether it hears an input."""

    def start(self, stage: Stage, seed: int | None) -> Sounding:
        """Begin, with weights drawn by `seed`, or those that it has of its own."""


@dataclass(frozen=True)
class ExamplePiece:
    """An example of the source: the samples of its rendering, and what comes after them."""

    example: Example
    samplerate: None = None

    @property
    def listens(self) -> bool:
        """Whether it hears an input."""
        return self.example.takes_input

    def start(self, stage: Stage, seed: int | None) -> Sounding:
        """Begin, with the example's own seed unless told otherwise."""
        example, rate = self.example, stage.samplerate
        seed = example.seed if seed is None else seed
        samples = stage.samples or round(example.seconds * rate)
        run = Run(
            samples, seed, "core", rate, stage.input, stage.hear, stage.block, True, stage.hand
        )
        rendering = example.start(run)
        return Sounding(example.name, seed, rendering.models, map(stereo, rendering.blocks))


class StatePiece:
    """A network of a state file, whoever wrote it, which goes on from there.

    Raises
    ------
    ValueError
        If it is no state file, or has no such channel.
    OSError
        If it cannot be read.
    """

    def __init__(self, path: Path, channel: int = 1) -> None:
        self._name = path.stem
        self._saved = load(path, "core", channel)

    @property
    def samplerate(self) -> float | None:
        """In Hz, of an Unlearn."""
        return self._saved.samplerate if isinstance(self._saved, Unlearn) else None

    @property
    def listens(self) -> bool:
        """Whether it hears an input."""
        return not isinstance(self._saved, Unlearn) or self._saved.external > 0

    def start(self, stage: Stage, seed: int | None) -> Sounding:
        """Begin where it was saved, or with new weights."""
        net: Any = copy.copy(self._saved)
        if isinstance(net, Unlearn):
            net.samplerate = stage.samplerate
        held = {name + "_" * (name == "lambda"): value for name, value in net.held.items()}
        if seed is not None:
            net.reset(seed)
        hear = stage.hear or (Stream(_again(stage.input)) if stage.input is not None else None)
        deaf = not isinstance(net, Unlearn) and hear is None
        blocks = _process(net, held, stage, hear)
        if isinstance(net, Unlearn):
            blocks = recorded(blocks)
        return Sounding(self._name, net.seed, (net,), map(stereo, blocks), deaf)


def _again(samples: Array) -> Iterator[Array]:
    while True:
        yield samples


def _process(
    net: AnyModel, held: Mapping[str, float], stage: Stage, hear: Callable[[int], Array] | None
) -> Iterator[Array]:
    """Yield what a model says for ever; what is heard goes to each of its inputs."""
    n = stage.block
    while True:
        x, given = hear(n) if hear else np.zeros(n), stage.hand(held)
        if isinstance(net, AutoRegNN):
            yield net.process(x, **given)[0][np.newaxis]
        elif isinstance(net, AutoRegNN2):
            yield net.process(x, x, **given)[0][np.newaxis]
        else:
            heard = {"x": np.tile(x, (net.external, 1))} if net.external else {"samples": n}
            mixed = net.process(**heard, **given, outs=min(CHANNELS, net.neurons))
            yield np.broadcast_to(mixed, (CHANNELS, n))


def stereo(block: Array) -> Samples:
    """Return what is played of a recording's channels ``(channels, n)``, as ``(n, 2)``.

    Two are left and right. One is both; of more, the last one, which speaks after what it hears.
    """
    sides = (
        block if len(block) == CHANNELS else np.broadcast_to(block[-1], (CHANNELS, len(block.T)))
    )
    return np.ascontiguousarray(sides.T, np.float32)

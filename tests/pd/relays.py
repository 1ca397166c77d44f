"""A sound that one Pd begins and another goes on with: what boxes hear and are told."""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pd.double import Double
from pd.sessions import Session
from specml import Unlearn
from specml.reference.random import white_noise

KINDS = ("debian", "libpd", "double32", "double64")
MODELS = {
    "autoregnn~": "autoregnn~ 0.75 9 5 2 0.25 0.0009765625 -seed 7 -fade 0",
    "autoregnn2~": "autoregnn2~ 0.375 7 6 0.125 0.0009765625 -seed 7 -fade 0",
    "unlearn~": "unlearn~ 5 3 40 -lambda 0.25 -mu 2 -nu 0.5 -strength 8 -radius 1 -seed 7 -outs 2 "
    "-fade 0",
}  # fmt: skip  its numbers are numbers of 32 bits
HEARS = {"autoregnn~": 1, "autoregnn2~": 2, "unlearn~": 1}
FRESH = {
    "autoregnn~": "autoregnn~ -fade 0",
    "autoregnn2~": "autoregnn2~ -fade 0",
    "unlearn~": "unlearn~ -outs 2 -fade 0",
}
OUTLETS = {"autoregnn~": 2, "autoregnn2~": 3, "unlearn~": 2}
RATE = 48.0  # samples a ms


@dataclass(frozen=True)
class Leg:
    """A part of the sound; it is played like a `takes.Take`."""

    text: str  # what the box says
    x: np.ndarray  # (inlets, samples), to the first of them
    messages: Sequence[tuple[float, str]] = ()  # ms, to the box
    kept: Sequence[str] = ()  # what follows the box in a saved patch
    drawings = ()

    @property
    def name(self) -> str:
        return self.text.split()[0]

    @property
    def samples(self) -> int:
        return self.x.shape[1]

    @property
    def outlets(self) -> int:
        return OUTLETS[self.name]

    @property
    def connected(self) -> list[tuple[int, np.ndarray]]:
        return list(enumerate(self.x))

    def box(self, table: str) -> str:
        return self.text


def heard(name: str, samples: int) -> np.ndarray:
    """What a box hears: the signals at its first inlets, in 32 bits."""
    n = np.arange(samples)
    x = [0.5 * np.sin(0.03 * (k + 1) * n) + 0.1 * white_noise(samples, k + 1)
         for k in range(HEARS[name])]  # fmt: skip
    return np.float64(np.float32(x))


def play(host, leg: Leg, block: int = 64, events=()) -> np.ndarray:
    """Return what it says, ``(outlets, samples)``, in 32 bits; the console is `host.log`.

    `events` are messages to Pd, and when, in ms.
    """
    if isinstance(host, Double):
        texts = [(0, line.removeprefix("#A ").rstrip(";")) for line in leg.kept]
        texts += [(round(ms * RATE / block), text) for ms, text in leg.messages]
        y, host.log = host.run(leg.text, leg.x, range(len(leg.x)), block, messages=texts)
        return np.float32(y)
    told = [
        (ms, "; ".join(f"box0 {text}" for at, text in leg.messages if at == ms))
        for ms in dict(leg.messages)
    ]  # fmt: skip  what comes at once, in its order
    return host.play(Session([leg], block, [*told, *events]))[0]


def go_on(net, x: np.ndarray) -> np.ndarray:
    """Return what a model of Python says to it, ``(outlets, samples)``, in 32 bits."""
    held = {name.replace("lambda", "lambda_"): value for name, value in net.held.items()}
    if isinstance(net, Unlearn):
        x = np.repeat(x, net.external, axis=0)  # an inlet with fewer channels begins again
        y = net.process(x=x, outs=OUTLETS["unlearn~"], **held)
    else:
        y = net.process(*x, **held)
    return np.float32(np.stack(y))


def tensors(path: Path) -> dict[str, np.ndarray]:
    """The arrays of a state file, without reading more than what it says of them."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    kinds = {"F64": "<f8", "U64": "<u8", "I64": "<i8"}
    found = {}
    for name, about in header.items():
        if name != "__metadata__":
            begin, end = about["data_offsets"]
            part = data[8 + length + begin : 8 + length + end]
            found[name] = np.frombuffer(part, kinds[about["dtype"]]).reshape(about["shape"])
    return found


def metadata(path: Path) -> dict[str, str]:
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    return json.loads(data[8 : 8 + length])["__metadata__"]

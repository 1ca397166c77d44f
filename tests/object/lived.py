"""Objects that have heard something, and the files that they write."""

import json
from pathlib import Path

import numpy as np
import pytest

from object.library import Host

RATE = 48000
SOURCES = {"autoregnn": 1, "autoregnn2": 2, "unlearn": 1}
CONTROLS = {"autoregnn": 4, "autoregnn2": 5, "unlearn": 8}
ROWS = {"autoregnn": 2, "autoregnn2": 3, "unlearn": 2}
HEARD = ("past_in", "past_in1", "past_in2", "past_out", "now", "clipped", "samples", "energy_sum",
         "random")  # fmt: skip
BOXES = {"autoregnn": "-size 5 -width 3", "autoregnn2": "-size 4 -width 2 -layers 2",
         "unlearn": "5 2 40 -external 3"}  # fmt: skip
each_model = pytest.mark.parametrize("model", SOURCES)


def noise(n: int, seed: int = 1, channels: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1, 1, (channels, n))


def hear(host: Host, n: int, seed: int = 1, channels: int = 1, cuts=()) -> np.ndarray:
    """What it says to noise, whole or cut."""
    model = host.model
    heard = [noise(n, seed + k, channels) for k in range(SOURCES[model])]
    pieces = np.split(np.arange(n), sorted(cuts))
    rows = ROWS[model] * (channels if model != "unlearn" else 1)
    said = [
        host.process(*(x[:, piece] for x in heard), *[None] * CONTROLS[model], rows=rows)
        for piece in pieces
        if len(piece)
    ]
    return np.concatenate(said, axis=1)


def lived(model: str, box: str = "", n: int = 500, channels: int = 1) -> Host:
    host = Host(model, f"{BOXES[model]} -fade 0 -seed 3 {box}", channels)
    hear(host, n, 7, channels)
    return host


def written(host: Host, path: Path) -> bytes:
    assert host.send("write", str(path)) == f"written {path}\n"
    return path.read_bytes()


def header(data: bytes) -> dict:
    length = int.from_bytes(data[:8], "little")
    return json.loads(data[8 : 8 + length])


def with_header(data: bytes, text: str | bytes) -> bytes:
    length = int.from_bytes(data[:8], "little")
    text = text.encode() if isinstance(text, str) else text
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + data[8 + length :]

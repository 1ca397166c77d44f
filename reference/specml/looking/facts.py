"""What can be said of a state in a few lines."""

from collections.abc import Sequence

import numpy as np

from .linear import Predictor
from .networks import largest_pole
from .opened import Opened

NEVER_SETTINGS = ("format", "model", "version", "channels", "glide")


def of_file(seen: Opened) -> list[str]:
    """Return model, settings, how many weights and within what."""
    channel = f", channel {seen.channel} of {seen.channels}" if seen.channels > 1 else ""
    names = [f"{key} {value}" for key, value in seen.metadata.items()
             if key not in NEVER_SETTINGS and not key.startswith("snapshot")]  # fmt: skip
    kept = [value for key, value in seen.metadata.items() if key.startswith("snapshot")]
    glide, version = seen.metadata.get("glide"), seen.metadata.get("version", "?")
    lines = [
        f"{seen.name}: {seen.model}{channel}, written by specml {version}",
        ", ".join(names),
        *([f"snapshots: {', '.join(kept)}"] if kept else []),
        *([f"on its way to other weights, {glide.split()[0]} steps left"] if glide else []),
    ]  # fmt: skip
    parts = [*seen.parameters.values()]
    low, high = min(part.min() for part in parts), max(part.max() for part in parts)
    each = sum(part.size for part in parts)
    within = f"weights within {low:.6g}..{high:.6g}"
    if seen.traced:
        samples = seen.tensors["sample"]
        times = f"at {len(samples)} times, samples {samples[0]}..{samples[-1]}"
        return [*lines, f"{times}: {each // len(samples)} {within}"]
    return [*lines, f"{each} {within}", *_life(seen)]


def _life(seen: Opened) -> list[str]:
    """Return how long it has lived, if the file knows."""
    if "samples" not in seen.tensors:
        return ["weights alone: nothing of what was heard and said"]
    lived, clipped = (int(seen.tensors[name][0]) for name in ("samples", "clipped"))
    return [f"{lived} samples lived, {clipped} repaired"]


def of_poles(linear: Sequence[Predictor], samplerate: float) -> list[str]:
    """Return where the largest pole of each network is."""
    said = []
    for predictor in linear:
        radius, frequency = largest_pole(predictor, samplerate)
        pole = f"{predictor.name}: largest pole {radius:.6g} at {frequency:.5g} Hz"
        said.append(f"{pole}, {_in_time(radius, samplerate)}")
    return said


def _in_time(radius: float, samplerate: float) -> str:
    """Return what becomes of its tone, and after how long it is 1/e or e times what it was."""
    if radius in (0.0, 1.0):
        return "stays" if radius else "no tone"
    grows = "grows" if radius > 1.0 else "decays"
    return f"{grows} by e in {1000.0 / (samplerate * abs(np.log(radius))):.4g} ms"

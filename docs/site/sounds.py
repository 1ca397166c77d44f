"""The examples as sound and picture: rendered once, kept while they are what is promised."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from matplotlib.figure import Figure
from numpy.typing import NDArray

from specml import plot
from specml.examples import Example, Run
from specml.render import save
from specml.verify import Promise, promised

ROOT = Path(__file__).parents[2]
# a rehearsal makes everything that the site has, but of a few samples: what the tests look at
REHEARSAL = os.environ.get("SPECML_SITE") == "rehearsal"
FOLDER = ROOT / "build" / ("rehearsed" if REHEARSAL else "renderings")
PEAK = 0.5  # of what is listened to, so that no example is much louder than the others


def promise(example: Example) -> Promise:
    """Return the rendering that is shown: the example's own seed, in its whole length."""
    own = [each for each in promised(example.name) if each.seed == example.seed]
    return (min if REHEARSAL else max)(own, key=lambda each: each.samples)


def media(example: Example) -> dict[str, Path]:
    """Return its picture and its sound, by the names that pages have for them."""
    ends = (".json", ".wav", ".png", "-small.png", ".mp3")
    made = {end: FOLDER / f"{example.name}{end}" for end in ends}
    if not (all(path.exists() for path in made.values()) and _kept(made[".json"], example)):
        save(example, Run(promise(example).samples, example.seed), FOLDER)
        samples, rate = soundfile.read(made[".wav"], always_2d=True)
        _compress(samples, rate, made[".mp3"])
        _shrink(samples[:, -1], rate, made["-small.png"])
        if not _kept(made[".json"], example):
            raise RuntimeError(f"{example.name} is not what is promised in renderings.json")
    return {f"examples/{made[end].name}": made[end] for end in (".png", "-small.png", ".mp3")}


def _kept(record: Path, example: Example) -> bool:
    return json.loads(record.read_text(encoding="utf-8"))["sha256"] == promise(example).sha256


def _compress(samples: NDArray[Any], rate: int, to: Path) -> None:
    """Of three channels the last is what the network says; the others are what it hears."""
    heard = samples[:, [-1, -1]] if samples.shape[1] == 3 else samples
    soundfile.write(to, heard * (PEAK / (np.abs(heard).max() or 1.0)), rate, format="MP3")


def _shrink(row: NDArray[Any], rate: int, to: Path) -> None:
    """Draw nothing but the spectrum: the card of an example."""
    figure = Figure(figsize=(6, 2))
    axis = figure.add_axes((0, 0, 1, 1))
    plot.spectrogram(row, rate, axis, colorbar=False)
    axis.set_axis_off()
    plot.write(figure, to, dpi=100)

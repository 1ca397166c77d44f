"""Show a state file, or a trace: a few lines of facts, and a picture."""

from pathlib import Path

from matplotlib.figure import Figure

from ..plot import write
from ..plot.styles import SCREEN
from . import delays, evolved, facts, networks
from .linear import predictors
from .opened import Opened, opened

USUAL = 48000.0  # Hz, where a file does not say


def show(path: Path, picture: Path, channel: int = 1, samplerate: float | None = None) -> list[str]:
    """Draw one channel of a state file or a trace; return what can be said of it, line by line.

    Parameters
    ----------
    path : Path
        As docs/state.md describes it, or a trace as docs/looking.md does.
    picture : Path
        Its ending says what is written: ``.png``, ``.pdf`` or ``.svg``.
    channel : int
        1..
    samplerate : float, optional
        In Hz, of frequencies and times; without it the file's own, or else 48000.

    Raises
    ------
    ValueError
        If the file holds no such thing, or the picture cannot be of that kind.
    OSError
        If one of the two cannot be read or written.
    """
    seen = opened(path, channel)
    figure, poles = pictured(seen, samplerate or seen.samplerate or USUAL)
    which = f", channel {seen.channel}" if seen.channels > 1 else ""
    figure.suptitle(f"{seen.name}: {seen.model}{which}")
    write(figure, picture, SCREEN)
    return [*facts.of_file(seen), *poles]


def pictured(seen: Opened, samplerate: float) -> tuple[Figure, list[str]]:
    """Return a figure without a title, and what is said of the poles."""
    if seen.traced:
        return evolved.draw(seen, samplerate), []
    if seen.model == "unlearn":
        return delays.draw(seen, samplerate), []
    linear = predictors(seen.model, seen.tensors, seen.now)
    return networks.draw(seen, linear, samplerate), facts.of_poles(linear, samplerate)

"""What the files of a run have in common: their rate, how many channels, how long they are."""

from collections.abc import Mapping
from typing import NamedTuple

from .. import checks
from .sources import Shape, Sound, place

SAMPLERATE = 48000.0  # Hz, where nothing else says it


class Heard(NamedTuple):
    """Rate in Hz; channels of the widest input, 0 without one; length of the longest file, or 0."""

    samplerate: float
    channels: int
    samples: int


def shape(texts: Mapping[str, str], told: object, saved: float | None) -> Heard:
    """Return rate, channels and length of what is heard.

    Parameters
    ----------
    texts : mapping
        Inputs, as texts.
    told : float, optional
        The rate that is asked for.
    saved : float, optional
        The rate of a state.

    Raises
    ------
    ValueError
        If two rates differ: the error names both. If a file is no sound.
    OSError
        If a file cannot be read.

    Examples
    --------
    >>> shape({"x": "sine(200 * t)"}, 44100, None)
    Heard(samplerate=44100.0, channels=1, samples=0)
    """
    for name, text in texts.items():
        at = place(text)
        if at and at.is_table:
            raise ValueError(f"{name}: {at.path} is a table; a sound or an expression is heard")
    found = {text: _shape(text) for text in texts.values()}
    sounds = {text: one for text, one in found.items() if one}
    rates = {f"{text} has": one.samplerate for text, one in sounds.items()}
    if told is not None:
        rates["samplerate is"] = checks.samplerate(told)
    _same(rates)
    rate = next(iter(rates.values()), saved or SAMPLERATE)
    channels = max((one.channels if one else 1 for one in found.values()), default=0)
    return Heard(rate, channels, max((one.samples for one in sounds.values()), default=0))


def agree(texts: Mapping[str, str], controls: Mapping[str, float | str], rate: float) -> None:
    """Refuse a control's sound whose rate, in Hz, is another than that of the run."""
    heard = next((f"{text} has" for text in texts.values() if place(text)), "the run has")
    for text in controls.values():
        one = _shape(text) if isinstance(text, str) else None
        if one:
            _same({heard: rate, f"{text} has": one.samplerate})


def _shape(text: str) -> Shape | None:
    """Return the shape of a sound file; None for an expression or a table."""
    at = place(text)
    if not at or at.is_table:
        return None
    sound = Sound(at)
    sound.close()
    return sound.shape


def _same(rates: Mapping[str, float]) -> None:
    (first, rate), *others = [*rates.items()] or [("", 0.0)]
    for other, its in others:
        if its != rate:
            raise ValueError(f"{first} {rate:g} samples a second, {other} {its:g}")

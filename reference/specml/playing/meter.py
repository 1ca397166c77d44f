"""One line that says what sounds and how loud."""

import math
import shutil
from collections.abc import Sequence
from typing import TextIO

LOWEST = -60.0  # dB that a bar shows
BAR = 8  # characters: two and the words fit into 80
CLIPPED = 1.0  # what a sound card cuts off


def decibels(peak: float) -> float:
    """Return the level of a magnitude; 0 dB is all that a sound card can play."""
    return 20.0 * math.log10(peak) if peak > 0.0 else -math.inf


def bar(peak: float) -> str:
    """Return a level as a bar and a number; one that ends with ``!`` is cut off."""
    level = decibels(peak)
    filled = round(BAR * (1.0 - max(min(level, 0.0), LOWEST) / LOWEST))
    end = "!" if peak > CLIPPED else "]"
    return f"[{'#' * filled}{' ' * (BAR - filled)}{end}{level:6.1f}"


def line(words: Sequence[str], peaks: Sequence[float], seconds: float, underruns: int) -> str:
    """Return the line: what sounds, how loud, how long it has, and what came too late."""
    minutes, rest = divmod(int(seconds), 60)
    late = [f"{underruns} underruns"] if underruns else []
    return "  ".join([f"{minutes}:{rest:02}", *words, *late, *map(bar, peaks), "dB"])


class Screen:
    """Where the line stands, if it is a terminal; elsewhere only what is said.

    Attributes
    ----------
    gone : bool
        Whether nobody reads it any more.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._terminal = stream, stream.isatty()
        self._drawn = 0
        self.gone = False

    def draw(self, text: str) -> None:
        """Draw the line over the one before."""
        if self._terminal:
            # a line as wide as the terminal would begin another
            text = text[: shutil.get_terminal_size().columns - 1]
            self._put("\r" + text.ljust(self._drawn))
            self._drawn = len(text)

    def say(self, text: str) -> None:
        """Write a line that stays."""
        if self._drawn:
            self._put("\r" + " " * self._drawn + "\r")
            self._drawn = 0
        self._put(text + "\n")

    def _put(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            self.gone = True

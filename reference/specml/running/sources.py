"""Sounds and columns that come from files: what a text names, and any stretch of it."""

import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import soundfile

from ..reference.arrays import Array

SOUNDS = ("wav", "wave", "w64", "rf64", "flac", "aif", "aiff", "aifc", "au", "caf", "ogg", "opus",
          "mp3")  # fmt: skip
_FILE = re.compile(rf"(?P<path>.+\.(?:csv|{'|'.join(SOUNDS)}))(?::(?P<column>[^:/\\]+))?", re.I)


class Place(NamedTuple):
    """A file, and which column or channel of it, as it was written; all of them if it was not."""

    path: Path
    column: str | None

    @property
    def is_table(self) -> bool:
        """Whether it is a CSV, not a sound."""
        return self.path.suffix.lower() == ".csv"

    def __str__(self) -> str:
        """Return it as it is written."""
        return str(self.path) if self.column is None else f"{self.path}:{self.column}"


def place(text: str) -> Place | None:
    """Return the file that a text names, ``FILE`` or ``FILE:COLUMN``; None if it is an expression.

    It is the ending that says so, not whether there is such a file.

    Examples
    --------
    >>> place("moves.csv:lr").column
    'lr'
    >>> place("0.1 * exp(-t / 3)") is None
    True
    """
    found = _FILE.fullmatch(text.strip())
    return Place(Path(found["path"]), found["column"]) if found else None


class Shape(NamedTuple):
    """Of a sound: rate in Hz, channels, samples of each."""

    samplerate: float
    channels: int
    samples: int


class Sound:
    """A sound file, read in any stretches; after its end there is silence.

    Parameters
    ----------
    at : Place
        Its file, and which channel of it, 1..; all without.

    Raises
    ------
    ValueError
        If it is no sound, is empty, or has no such channel.
    OSError
        If it cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "two.wav")
    ...     soundfile.write(path, [[0.25, 0.5], [0.75, 0.0]], 48000)
    ...     sound = Sound(Place(path, "1"))
    ...     found = sound.read(1, 2).tolist()
    ...     sound.close()
    >>> found
    [[0.75, 0.0]]
    """

    def __init__(self, at: Place) -> None:
        with at.path.open("rb"):  # so that the system says what prevents it
            pass
        try:
            self._file = soundfile.SoundFile(at.path)
        except soundfile.LibsndfileError as error:
            said = error.error_string
            raise ValueError(f"{at.path} is no sound file that can be read: {said}") from error
        channels = self._file.channels
        if not self._file.frames:
            raise ValueError(f"{at.path} holds no samples")
        if at.column is not None and at.column not in map(str, range(1, channels + 1)):
            raise ValueError(f"{at.path} has channels 1..{channels}, none of them is {at.column!r}")
        self._only = None if at.column is None else int(at.column) - 1
        self._path = at.path
        self.shape = Shape(
            float(self._file.samplerate), channels if self._only is None else 1, self._file.frames
        )

    def read(self, begin: int, n: int) -> Array:
        """Return the samples ``(channels, n)`` from `begin` on."""
        frames = np.zeros((self._file.channels, n))
        there = max(0, min(n, self.shape.samples - begin))
        if there:
            found = self._found(begin, there)
            frames[:, :there] = found.T
        return frames if self._only is None else frames[self._only : self._only + 1]

    def _found(self, begin: int, n: int) -> Array:
        """Return the frames ``(n, channels)`` that the file must have."""
        try:
            if self._file.tell() != begin:
                self._file.seek(begin)
            found: Array = self._file.read(n, "float64", always_2d=True)
        except soundfile.LibsndfileError as error:
            raise ValueError(f"{self._path}: {error.error_string}") from error
        if len(found) != n:
            raise ValueError(
                f"{self._path} ends after {begin + len(found)} samples, it says that it has "
                f"{self.shape.samples}"
            )
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

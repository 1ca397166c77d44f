"""The sound card, through the library miniaudio. Only this file knows it."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import numpy as np

from .pieces import CHANNELS
from .ring import Samples

PERIOD = 10  # ms that the sound card asks for at a time
Pull: TypeAlias = Callable[[int], Samples]
Put: TypeAlias = Callable[[Samples], int]


class NoSoundError(Exception):
    """Nothing can be played; says why, in one line."""


class SoundCard:
    """The system's own sound card.

    Parameters
    ----------
    samplerate : float, optional
        In Hz; the card's own without it. It is resampled if the card has others.
    listening : bool
        Take its input too.
    backend : str, optional
        As the library names it: alsa, pulseaudio, jack, coreaudio, wasapi .. ``null`` plays to
        nobody. Without it, the first that works.

    Raises
    ------
    NoSoundError
        If the library is missing, or there is no such sound card.
    """

    def __init__(
        self, samplerate: float | None = None, listening: bool = False, backend: str | None = None
    ) -> None:
        library = _library()
        names = {one.name.lower(): one for one in library.Backend}
        if backend is not None and backend not in names:
            raise NoSoundError(f"backend must be one of {', '.join(names)}, not {backend!r}")
        wanted = [names[backend]] if backend else [b for b in names.values() if b.name != "NULL"]
        form, rate = library.SampleFormat.FLOAT32, round(samplerate or 0)
        more = {"sample_rate": rate, "buffersize_msec": PERIOD, "backends": wanted,
                "app_name": "specml"}  # fmt: skip
        try:
            with _errors_unsaid():
                self._device = (
                    library.DuplexStream(form, CHANNELS, form, 1, **more)
                    if listening
                    else library.PlaybackDevice(form, CHANNELS, **more)
                )
        except library.MiniaudioError as error:
            said = " ".join(map(str, error.args))
            raise NoSoundError(f"no sound card can be opened: {said}") from error
        self._listening = listening
        self.samplerate = float(self._device._device.sampleRate)
        self.name = str(self._device.backend)

    def start(self, pull: Pull, put: Put) -> None:
        """Begin to call `pull`, and `put` with what is heard, on a thread of the library."""
        calls = _duplex(pull, put) if self._listening else _playback(pull)
        next(calls)
        try:
            with _errors_unsaid():
                self._device.start(calls)
        except _library().MiniaudioError as error:
            raise NoSoundError(f"the sound card does not start: {error}") from error

    def stop(self) -> None:
        """End all calls."""
        self._device.close()


def _library() -> Any:
    try:
        import miniaudio
    except ImportError as error:
        raise NoSoundError("playing needs the library miniaudio: pip install miniaudio") from error
    return miniaudio


def _playback(pull: Pull) -> Generator[bytes, int, None]:
    """Speak as the library wants it: it sends how many frames, and gets bytes."""
    frames = yield b""
    while True:
        frames = yield pull(frames).tobytes()


def _duplex(pull: Pull, put: Put) -> Generator[bytes, bytes, None]:
    """Speak as the library wants it: it sends what was heard, and gets as much."""
    heard = yield b""
    while True:
        frames = np.frombuffer(heard, np.float32)[:, np.newaxis]
        put(frames)
        heard = yield pull(len(frames)).tobytes()


@contextmanager
def _errors_unsaid() -> Iterator[None]:
    """Send what a system's library writes to standard error nowhere: ALSA writes pages."""
    try:
        kept = os.dup(2)
    except OSError:  # there is none
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)

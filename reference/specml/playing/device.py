"""The sound card, through the library miniaudio. Only this file knows it."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import numpy as np

from .pieces import CHANNELS
from .ring import Samples

PERIOD = 10  # ms that the sound card asks for at a time
NOBODY = ("custom", "null")  # backends that play nowhere
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
        known = {one.name.lower(): one for one in library.Backend}
        if backend is not None and backend not in known:
            raise NoSoundError(f"backend must be one of {', '.join(known)}, not {backend!r}")
        here = library.get_enabled_backends()
        names = [name for name, one in known.items() if one in here and name not in NOBODY]
        said = []
        for name in [backend] if backend else names:
            try:
                with _errors_unsaid():
                    self._device = _opened(library, known[name], round(samplerate or 0), listening)
                break
            except library.MiniaudioError as error:
                said.append(f"{name}: {' '.join(map(str, error.args))}")
        else:
            raise NoSoundError(f"no sound card can be opened ({', '.join(said)})")
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


def _opened(library: Any, backend: Any, samplerate: int, listening: bool) -> Any:
    """Return the device of a backend, at its own rate if that is 0."""
    form = library.SampleFormat.FLOAT32
    more = {"sample_rate": samplerate, "buffersize_msec": PERIOD, "backends": [backend],
            "app_name": "specml"}  # fmt: skip
    if listening:  # to as many channels as are played: JACK refuses others
        return library.DuplexStream(form, CHANNELS, form, CHANNELS, **more)
    return library.PlaybackDevice(form, CHANNELS, **more)


def _playback(pull: Pull) -> Generator[bytes, int, None]:
    """Speak as the library wants it: it sends how many frames, and gets bytes."""
    frames = yield b""
    while True:
        frames = yield pull(frames).tobytes()


def _duplex(pull: Pull, put: Put) -> Generator[bytes, bytes, None]:
    """Speak as the library wants it: it sends what was heard, and gets as much."""
    heard = yield b""
    while True:
        frames = np.frombuffer(heard, np.float32).reshape(-1, CHANNELS)
        put(frames.mean(axis=1, keepdims=True))
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

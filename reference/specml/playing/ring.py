"""Sound between two threads: a bounded ring of samples."""

import threading
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float32]


class Ring:
    """At most `frames` frames of sound, which one thread puts in and another takes out.

    `put` and `take` never wait for the other thread, but for the few microseconds of a copy:
    a sound card's thread calls them. `write` and `read` wait until there is room or sound, or until
    the ring is closed.

    Parameters
    ----------
    frames : int
        How many it holds.
    channels : int
        Samples in a frame.
    """

    def __init__(self, frames: int, channels: int) -> None:
        self.frames, self.channels = frames, channels
        self._samples = np.zeros((frames, channels), np.float32)
        self._put = self._taken = 0
        self._changed = threading.Condition(threading.Lock())
        self._closed = False

    @property
    def filled(self) -> int:
        """Frames in it."""
        return self._put - self._taken

    @property
    def closed(self) -> bool:
        """Whether nothing more comes."""
        return self._closed

    def put(self, frames: Samples) -> int:
        """Put in as much of ``(n, channels)`` as there is room for; return how many frames."""
        with self._changed:
            n = min(len(frames), self.frames - self.filled)
            self._samples[self._places(self._put, n)] = frames[:n]
            self._put += n
            self._changed.notify_all()
        return n

    def take(self, n: int) -> Samples:
        """Take out as many frames as there are, `n` at most."""
        with self._changed:
            n = min(n, self.filled)
            taken = self._samples[self._places(self._taken, n)]
            self._taken += n
            self._changed.notify_all()
        return taken

    def write(self, frames: Samples) -> bool:
        """Put in all; return whether that was possible before the ring was closed."""
        while len(frames) and self._wait(lambda: self.filled < self.frames):
            frames = frames[self.put(frames) :]
        return not len(frames)

    def read(self, n: int) -> Samples:
        """Take out `n` frames; fewer once the ring is closed."""
        parts = [self.take(n)]
        while (missing := n - sum(map(len, parts))) and self._wait(lambda: self.filled > 0):
            parts.append(self.take(missing))
        return np.concatenate(parts)

    def wait_for(self, n: int) -> None:
        """Wait until there are `n` frames, or the ring is closed."""
        self._wait(lambda: self.filled >= n)

    def close(self) -> None:
        """Let no one wait any more; what is in it can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _places(self, start: int, n: int) -> NDArray[np.int64]:
        return np.arange(start, start + n) % self.frames

    def _wait(self, ready: Callable[[], bool]) -> bool:
        """Wait until it is ready, or closed; return whether it is not closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or ready())
            return not self._closed

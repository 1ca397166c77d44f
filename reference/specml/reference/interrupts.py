"""Ctrl-C, which Python may raise between any two lines: here it waits until something is whole."""

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def held_back() -> Iterator[Callable[[], None]]:
    """Hold Ctrl-C back until the end, or until what is yielded is called."""
    main = threading.current_thread() is threading.main_thread()
    handler = signal.getsignal(signal.SIGINT) if main else None
    if not callable(handler):  # another thread is interrupted, or nothing is
        yield lambda: None
        return
    came: list[tuple[int, FrameType | None]] = []

    def let_through() -> None:
        while came:
            handler(*came.pop())

    signal.signal(signal.SIGINT, lambda number, frame: came.append((number, frame)))
    try:
        yield let_through
    finally:
        signal.signal(signal.SIGINT, handler)
        let_through()


def unbroken(samples: Iterable[int]) -> Iterator[int]:
    """Yield each of `samples`; a Ctrl-C that comes while one is computed is raised after it.

    So a network that is interrupted is as after a sample, never in the middle of one.
    """
    with held_back() as let_through:
        for sample in samples:
            yield sample
            let_through()

"""Ctrl-C, which Python may raise between any two lines: here it waits until a sample is whole."""

import signal
import threading
from collections.abc import Iterable, Iterator


def unbroken(samples: Iterable[int]) -> Iterator[int]:
    """Yield each of `samples`; a Ctrl-C that comes while one is computed is raised after it.

    So a network that is interrupted is as after a sample, never in the middle of one.
    """
    main = threading.current_thread() is threading.main_thread()
    handler = signal.getsignal(signal.SIGINT) if main else None
    if not callable(handler):  # another thread is interrupted, or nothing is
        yield from samples
        return
    came: list[tuple] = []
    signal.signal(signal.SIGINT, lambda *what: came.append(what))
    try:
        for sample in samples:
            yield sample
            while came:
                handler(*came.pop())
    finally:
        signal.signal(signal.SIGINT, handler)
        if came:
            handler(*came.pop())

"""Keys as they are pressed, on terminals of POSIX systems and on Windows."""

import os
import re
import sys
import time
from contextlib import suppress

ARROWS = {"A": "up", "B": "down"}
ESCAPE = re.compile(r"\x1b[\[O][0-9;]*([A-Za-z~])|\x1b")


def first(typed: str) -> tuple[str, str]:
    """Return the first key of what a terminal sent, and what comes after it.

    Arrows are ``up`` and ``down``; other keys that send more than a character are ``""``.
    """
    found = ESCAPE.match(typed)
    if found:
        return ARROWS.get(found[1] or "", ""), typed[found.end() :]
    return typed[:1], typed[1:]


class NoKeys:
    """Where there is no terminal: only time passes."""

    def __enter__(self) -> "NoKeys":
        """Need nothing."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Leave nothing behind."""

    def read(self, seconds: float) -> str:
        """Wait, and return ``""``."""
        time.sleep(seconds)
        return ""


if sys.platform == "win32":
    import msvcrt

    class Keys(NoKeys):
        """The keys of the console."""

        def __init__(self, fd: int) -> None:
            pass

        def read(self, seconds: float) -> str:
            """Return a key, or ``""`` if none is pressed within so many seconds."""
            end = time.monotonic() + seconds
            while not msvcrt.kbhit():
                if time.monotonic() >= end:
                    return ""
                time.sleep(0.01)
            key = msvcrt.getwch()
            if key == "\x03":
                raise KeyboardInterrupt
            if key in "\x00\xe0":
                return {"H": "up", "P": "down"}.get(msvcrt.getwch(), "")
            return key

else:
    import select
    import signal
    import termios
    import tty

    class Keys(NoKeys):
        """The keys of the terminal `fd`, which is as it was when this is left.

        While the program is stopped by Ctrl-Z too.
        """

        def __init__(self, fd: int) -> None:
            self._fd, self._typed = fd, ""

        def __enter__(self) -> "Keys":
            """Let keys come at once, and unseen."""
            self._before = termios.tcgetattr(self._fd)
            self._stop = signal.signal(signal.SIGTSTP, self._suspend)
            tty.setcbreak(self._fd, termios.TCSANOW)
            return self

        def __exit__(self, *raised: object) -> None:
            """Let them come in lines again."""
            signal.signal(signal.SIGTSTP, self._stop)
            self._restore()

        def read(self, seconds: float) -> str:
            """Return a key, or ``""`` if none is pressed within so many seconds.

            A terminal that is gone is ``q``.
            """
            if not self._typed and select.select([self._fd], [], [], seconds)[0]:
                try:
                    self._typed = os.read(self._fd, 64).decode(errors="replace") or "q"
                except OSError:
                    self._typed = "q"
            key, self._typed = first(self._typed)
            return key

        def _restore(self) -> None:
            # now, not when all is written: a terminal that takes nothing more would hold us back
            with suppress(termios.error):  # it is gone
                termios.tcsetattr(self._fd, termios.TCSANOW, self._before)

        def _suspend(self, number: int, frame: object) -> None:
            self._restore()
            os.kill(os.getpid(), signal.SIGSTOP)
            tty.setcbreak(self._fd, termios.TCSANOW)

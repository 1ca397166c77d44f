"""Write a file again and again, killed at each call that writes: ``killed.py FOLDER``.

Prints how often it was; an old file that is not whole, or a new one that is not, is an error.
"""

import itertools
import os
import signal
import sys
from pathlib import Path

import numpy as np

from specml.container import read, write

CALLS = ("write", "fsync", "replace")


def die_at(last: int) -> None:
    """Let the call of this number do half of what it is asked for, and be the last."""
    numbers = itertools.count()

    def dying(name, call):
        def called(*arguments):
            if next(numbers) < last:
                return call(*arguments)
            if name == "write":
                call(arguments[0], arguments[1][: len(arguments[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)

        return called

    for name in CALLS:
        setattr(os, name, dying(name, getattr(os, name)))


def main(path: Path) -> None:
    old, new = ({"w": np.full(100, x), "v": np.full((2, 3), -x)} for x in (1.0, 2.0))
    write(path, {"a": "old"}, old)
    for last in itertools.count():
        child = os.fork()
        if not child:
            die_at(last)
            write(path, {"a": "new"}, new)
            os._exit(0)
        survived = os.waitpid(child, 0)[1] == 0
        metadata, tensors = read(path)
        expected = new if survived else old
        assert metadata == {"a": "new" if survived else "old"}, (last, metadata)
        assert all(np.array_equal(tensors[name], expected[name]) for name in expected), last
        if survived:
            print(last)
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]) / "file")

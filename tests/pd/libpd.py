"""libpd, driven from outside: a crash is an error with what stood on stderr, and a new start."""

import importlib.util
import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

import builds
from pd.sessions import RATE, Session

WORKER = Path(__file__).with_name("worker.py")


class CrashError(Exception):
    """The process has died."""


def library() -> Path | None:
    """The libpd that PyPI's cypd brings, if it is installed."""
    found = importlib.util.find_spec("cypd")
    if not found:
        return None
    return next(Path(found.origin).parent.glob("_libpd*"))


class LibPd:
    """A libpd with a folder of externals. Any method of `worker.Worker` can be called on it."""

    def __init__(self, externals: Path, **environment: str) -> None:
        self._externals, self._environment = externals, os.environ | environment
        self._folder = Path(tempfile.mkdtemp(prefix="libpd-", dir=builds.DIRECTORY))
        self._process = None

    def _start(self) -> None:
        self._errors = open(self._folder / "stderr", "w+")  # noqa: SIM115
        places = (library(), self._externals, self._folder, RATE)
        self._process = subprocess.Popen(
            [sys.executable, WORKER, *map(str, places)], env=self._environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors,
        )  # fmt: skip

    def __getattr__(self, name: str):
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *arguments: self._ask(name, arguments)

    def _ask(self, name: str, arguments: tuple):
        if self._process is None:
            self._start()
        try:
            pickle.dump((name, arguments), self._process.stdin)
            self._process.stdin.flush()
            well, answer = pickle.load(self._process.stdout)
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            raise CrashError(f"{name} {arguments}"[:2000] + f"\n{self.end()}") from None
        if not well:
            raise answer
        return answer

    def end(self) -> str:
        """End the process; return its status and what it wrote to stderr."""
        if self._process is None:
            return ""
        self._process.stdin.close()
        status = self._process.wait()
        self._process.stdout.close()
        self._process = None
        self._errors.seek(0)
        text = self._errors.read()
        self._errors.close()
        return f"status {status}\n{text[-8000:]}"

    def play(self, session: Session) -> list[np.ndarray]:
        """Play a session; return what each of its boxes said."""
        patch = self.open(session.patch().text(), "session")
        for name, x in session.inputs().items():
            self.write(name, 0, x)
        self.send("start", "bang")
        self.process(np.zeros((0, int(session.seconds * RATE))), 0)
        outputs = [self.read(name, session.samples) for name in session.outputs()]
        self.close(patch)
        self.dsp(False)
        self.log = self.said()
        return session.split(outputs)

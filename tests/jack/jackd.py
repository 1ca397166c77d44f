"""JACK's server, the program in it, and a tape that plays into the program and records it."""

import contextlib
import functools
import itertools
import os
import queue
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

import builds
from externals import missing

HERE = Path(__file__).parent
OBJECT = builds.SOURCES.parent / "object"
GLUE = builds.SOURCES.parent / "jack"
FLAGS = ("-std=gnu11", "-Wall", "-Wextra", "-Werror")
PATIENCE = 120.0  # s, until a test gives up on what never comes
_numbers = itertools.count()


def headers() -> tuple[str, ...]:
    """Flags for JACK's headers, or skip."""
    ran = subprocess.run(
        ["pkg-config", "--cflags", "jack"], capture_output=True, text=True, check=False
    ) if shutil.which("pkg-config") else None  # fmt: skip
    flags = tuple(ran.stdout.split()) if ran and ran.returncode == 0 else ()
    if not flags and not Path("/usr/include/jack/jack.h").exists():
        missing("jack.h (Debian: libjack-jackd2-dev)")
    return flags


def build_program(name: str, *flags: str, ends: Sequence = ("-ljack",)) -> Path:
    """Compile the program; `ends`: what stands for JACK."""
    core = builds.objects() if not flags else builds.sources()
    plain = ("-DSPECML_ISA=baseline", "-O1") if flags else ()
    return builds.compile_c(
        name, [*core, *sorted(OBJECT.glob("*.c")), *sorted(GLUE.glob("*.c")), *ends],
        *builds.PROMISED, "-D_GNU_SOURCE", "-g", f"-I{OBJECT}", f"-I{GLUE}", f"-I{builds.HERE}",
        *plain, *headers(), *flags, "-pthread",
    )  # fmt: skip


@functools.cache
def program() -> Path:
    return build_program("specml-jack")


@functools.cache
def tape() -> Path:
    return builds.compile_c(
        "tape", [HERE / "tape.c", "-ljack"], *FLAGS, "-O1", *headers(), "-pthread"
    )


def wait_for(what: str, condition) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.01)


class Program:
    """The program: what it is told, and what it says."""

    def __init__(self, command: Sequence, env: dict[str, str], cwd: Path | None = None) -> None:
        self.process = subprocess.Popen(
            list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=env, cwd=cwd, text=True,
        )  # fmt: skip
        self._answers: queue.Queue[str | None] = queue.Queue()
        self.errors: list[str] = []
        self._threads = [
            threading.Thread(target=self._take_answers), threading.Thread(target=self._take_errors)
        ]  # fmt: skip
        for thread in self._threads:
            thread.start()

    def _take_answers(self) -> None:
        for line in self.process.stdout:
            self._answers.put(line.rstrip("\n"))
        self._answers.put(None)

    def _take_errors(self) -> None:
        self.errors += (line.rstrip("\n") for line in self.process.stderr)

    def tell(self, text: str) -> None:
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def answer(self) -> str:
        """Return the next line that it says."""
        line = self._answers.get(timeout=PATIENCE)
        assert line is not None, f"it ended: {self.errors}"
        return line

    def ask(self, message: str, last: str) -> list[str]:
        """Tell it something; return what it says until a line that begins so."""
        self.tell(message)
        said = [self.answer()]
        while not said[-1].startswith(last):
            said.append(self.answer())
        return said

    def close_input(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()

    def wait(self) -> int:
        """Return its status once it has ended."""
        status = self.process.wait(timeout=PATIENCE)
        for thread in self._threads:
            thread.join()
        self.close_input()
        self.process.stdout.close()
        self.process.stderr.close()
        return status

    def rest(self) -> list[str]:
        """What it said that nobody heard, after its end."""
        return [line for line in iter(self._answers.get, None)]

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *error) -> None:
        """It is asked to end: a server that waits for its clients waits for one that was killed."""
        self.process.terminate()
        try:
            self.wait()
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.wait()
            raise


class Server:
    """A server without sound card; it waits for its clients however long they take."""

    def __init__(self, block: int = 256, rate: int = 48000) -> None:
        if not shutil.which("jackd"):
            missing("jackd (Debian: jackd2)")
        name = f"specml-{os.getpid()}-{next(_numbers)}"
        self.env = os.environ | {"JACK_DEFAULT_SERVER": name, "JACK_NO_AUDIO_RESERVATION": "1"}
        self._command = ["jackd", "--no-mlock", "-n", name, "-r", "-S", "-t", "100000",
                         "-d", "dummy", "-r", str(rate), "-p", str(block)]  # fmt: skip
        self._start()

    def _start(self) -> None:
        """A machine has eight places for servers, so it may have to wait for one."""
        self._launch()
        wait_for("jackd", self._runs)

    def _launch(self) -> None:
        self.process = subprocess.Popen(
            self._command, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _runs(self) -> bool:
        if self.process.poll() is not None:
            self._launch()
        return self.run("jack_lsp") is not None

    def run(self, *command: str) -> list[str] | None:
        """Return the lines of one of JACK's own tools, or None if it fails."""
        ran = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)
        return None if ran.returncode else ran.stdout.splitlines()

    def start(self, *words, cwd: Path | None = None) -> Program:
        return Program([program(), *words], self.env, cwd)

    def record(
        self,
        client: Program,
        name: str,
        played: dict[str, np.ndarray],
        recorded: Sequence[str],
        samples: int,
        *,
        sizes: Sequence[int] = (),
        freewheel: bool = False,
    ) -> tuple[np.ndarray, int]:
        """Play tracks ``(samples,)`` into ports and record others.

        Returns ``(recorded, n)`` and how many of the samples came before the tracks began.
        """
        how = ["-", "freewheel"] if freewheel else ["-", *map(str, sizes)]
        command = [tape(), name, samples, *played, "-", *recorded, *how]
        with subprocess.Popen(
            list(map(str, command)), env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as ran:  # fmt: skip
            tracks = b"".join(np.float32(x).tobytes() for x in played.values())
            ran.stdin.write(tracks)
            ran.stdin.flush()
            said = ran.stderr.readline().decode()
            assert said == "connected\n", said
            client.ask("report", "bytes")  # by now it has been told of its connections
            written, errors = ran.communicate(b"!", timeout=PATIENCE)
        assert ran.returncode == 0, errors.decode()
        before, total = np.frombuffer(written[:16], np.int64)
        got = np.frombuffer(written[16:], np.float32).reshape(len(recorded), total)
        return got[:, : before + samples], int(before)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        if self.process.poll() == -signal.SIGKILL:
            # It keeps its place until another of its name ends well.
            self._start()
        self.process.terminate()
        try:
            self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise


@contextlib.contextmanager
def server(block: int = 256, rate: int = 48000) -> Iterator[Server]:
    made = Server(block, rate)
    try:
        yield made
    finally:
        made.close()

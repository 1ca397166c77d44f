"""The program with a JACK that needs no server: it asks for blocks as fast as they come."""

import functools
import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import builds
from jack.jackd import HERE, PATIENCE, Program, build_program
from takes import INLETS, Take

MODELS = ("autoregnn", "autoregnn2", "unlearn")


@dataclass(frozen=True)
class Stub:
    """The program, before its own words, and its environment."""

    command: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()

    def run(self, words: Sequence, told: str | bytes = "", **environment) -> tuple[str, str]:
        """Return what it says and what errors it tells; it must end with 0."""
        status, said, errors = self.end(words, told, **environment)
        assert status == 0, f"status {status}\n{errors}"
        return said, errors

    def end(self, words: Sequence, told: str | bytes = "", **environment) -> tuple[int, str, str]:
        """Return its status too."""
        ran = subprocess.run(
            [*self.command, *map(str, words)], check=False, capture_output=True, timeout=PATIENCE,
            input=told.encode() if isinstance(told, str) else told, env=self._env(environment),
        )  # fmt: skip
        return ran.returncode, *(x.decode(errors="replace") for x in (ran.stdout, ran.stderr))

    def start(self, *words, **environment) -> Program:
        return Program([*self.command, *words], self._env(environment))

    def _env(self, environment: dict) -> dict[str, str]:
        return os.environ | dict(self.environment) | {k: str(v) for k, v in environment.items()}

    def record(
        self, words: Sequence, played: dict[str, np.ndarray], samples: int, outs: int,
        sizes: Sequence[int] = (64,), **environment,
    ) -> np.ndarray:  # fmt: skip
        """Return ``(outs, samples)``, all that it says from its first sample on."""
        with tempfile.TemporaryDirectory() as folder:
            heard, said = Path(folder) / "heard", Path(folder) / "said"
            tracks = np.float32(list(played.values()) or [np.zeros(samples)])
            assert tracks.shape == (max(len(played), 1), samples)
            heard.write_bytes(" ".join(played).encode() + b"\n" + tracks.tobytes())
            _, errors = self.run(
                words, STUB_PLAY=heard, STUB_RECORD=said, STUB_SIZES=" ".join(map(str, sizes)),
                **environment,
            )  # fmt: skip
            assert not errors
            return np.fromfile(said, np.float32).reshape(outs, samples)

    def play(self, take: Take, sizes: Sequence[int]) -> np.ndarray:
        """Return what the program says in a take."""
        name, *words = take.box("").split()
        sources = [port for port in INLETS[take.model] if port.startswith("x")]
        ports = {x: f"in_{k + 1}" for k, x in enumerate(sources)}
        played = {ports.get(port, port): x for port, x in take.signals.items()}
        return self.record(
            [name.removesuffix("~"), *words], played, take.samples, take.outlets, sizes
        )


@functools.cache
def built(name: str, *flags: str) -> str:
    return str(build_program(f"specml-jack-{name}", *flags, ends=[HERE / "stub.c", "-ldl"]))


@functools.cache
def here() -> Stub:
    return Stub((built("stub"),))


@functools.cache
def sanitized() -> Stub:
    """Every byte is freed, too."""
    environment = builds.LEAKS | {"ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1"}
    return Stub((built("sanitized", *builds.SANITIZE),), tuple(environment.items()))


@functools.cache
def racing() -> Stub:
    """`setarch -R`: ThreadSanitizer needs its addresses free."""
    command = ("setarch", "-R", built("racing", "-fsanitize=thread"))
    return Stub(command, (("TSAN_OPTIONS", "halt_on_error=1"),))

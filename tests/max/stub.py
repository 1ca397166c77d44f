"""The stub of Max, the objects built for it, and scripts that drive them."""

import functools
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

import builds
from bits import atom
from takes import PERIOD, RATE, Take

HERE = Path(__file__).parent
OBJECT = builds.SOURCES.parent / "object"
GLUE = builds.SOURCES.parent / "max"
NAMES = ("autoregnn~", "autoregnn2~", "unlearn~")
FLAGS = ("-std=gnu11", "-g", "-Wall", "-Wextra", "-Werror", f"-I{GLUE}", f"-I{HERE}",
         f"-I{builds.HERE}")  # fmt: skip
LOOK = 1000.0 * PERIOD / RATE  # ms


def slug(flags: Sequence[str]) -> str:
    return "-".join(flag.strip("-").replace("=", "-").replace(",", "-") for flag in flags)


@functools.cache
def build_objects(*flags: str) -> Path:
    """Build the externals for this machine; return their folder."""
    if sys.platform != "linux":
        pytest.skip("what stands in for Max is linked as on Linux")
    name = f"max-{slug(flags)}"
    (builds.DIRECTORY / name).mkdir(exist_ok=True)
    checks = ("-O1", "-DSPECML_ISA=baseline", *flags) if flags else ()
    told = (*builds.PROMISED, "-g", "-fvisibility=hidden", f"-I{OBJECT}", f"-I{GLUE}", *checks)
    parts = [*OBJECT.glob("*.c"), *(path for path in GLUE.glob("*.c") if path.stem not in NAMES)]
    core = () if flags else builds.objects()
    # once for all three: compilers are slow where they add checks
    shared = [
        builds.compile_c(f"{name}/{path.parent.name}-{path.stem}.o", [path], *told, "-c")
        for path in (*(builds.sources() if flags else ()), *parts)
    ]
    for box in NAMES:
        builds.compile_c(f"{name}/{box}.so", [*core, *shared, GLUE / f"{box}.c"], *told, "-shared")
    return builds.DIRECTORY / name


@functools.cache
def build_driver(*flags: str) -> Path:
    return builds.compile_c(
        f"max-driver-{slug(flags)}", sorted(HERE.glob("*.c")), *FLAGS, "-O1", "-rdynamic", *flags,
        "-ldl", "-pthread",
    )  # fmt: skip


def word(value) -> str:
    """An atom as a script has it: of a Python int an int, of a float a float."""
    if isinstance(value, float | np.floating):
        text = atom(value)
        return text if set(text) & set(".en") else f"{text}."
    return str(value)


@dataclass
class Script:
    """What a driver is to do, and what it will write."""

    parts: list[bytes] = field(default_factory=list)
    vectors: list[tuple[int, int]] = field(default_factory=list)  # rows, samples

    def do(self, *words) -> "Script":
        self.parts.append(" ".join(map(word, words)).encode() + b"\n")
        return self

    def hear(self, x: np.ndarray, vector: int, outs: int) -> "Script":
        """Play what fits of ``(channels, n)``, in vectors."""
        count = x.shape[1] // vector
        self.do("hear", count)
        blocks = np.split(np.float64(x[:, : count * vector]), count, axis=1) if count else []
        self.parts += [block.tobytes() for block in blocks]
        self.vectors += [(outs, vector)] * count
        return self

    def said(self, written: bytes) -> np.ndarray:
        """What the outlets said, ``(outs, samples)``."""
        samples, done, parts = np.frombuffer(written, np.float64), 0, []
        for outs, n in self.vectors:
            parts.append(samples[done : done + outs * n].reshape(outs, n))
            done += outs * n
        assert done == len(samples), f"{len(samples)} samples are not {done}"
        return np.concatenate(parts, axis=1) if parts else np.zeros((0, 0))


@dataclass(frozen=True)
class Max:
    """A driver, and the folder of what it loads."""

    command: tuple[str, ...]  # before the folder
    folder: str
    suffix: str = ".so"
    environment: tuple[tuple[str, str], ...] = ()
    greeting: str = ""  # what it prints as soon as it runs

    def run(self, script: Script, *options: str, **environment: str) -> tuple[np.ndarray, str]:
        """Return what the outlets said, and what was printed."""
        printed = ""
        for _ in range(3):  # on a busy machine Wine may not come to start anything
            ran = subprocess.run(
                [*self.command, self.folder, self.suffix, *options], input=b"".join(script.parts),
                capture_output=True, check=False,
                env=os.environ | dict(self.environment) | environment,
            )  # fmt: skip
            printed = ran.stderr.decode(errors="replace")
            if printed.startswith(self.greeting):
                break
        printed = printed.removeprefix(self.greeting)
        if ran.returncode:
            raise RuntimeError(f"status {ran.returncode}\n{printed}")
        return script.said(ran.stdout), printed

    def play(self, take: Take, vectors: Sequence[int], **environment: str) -> np.ndarray:
        """Return what a box says in a take, ``(outlets, samples)``, in vectors of these sizes.

        Each is used for as many samples as the others, the sound never stops between.
        """
        script = Script()
        points = max((len(values) for _, _, values in take.drawings), default=0)
        if points:
            script.do("buffer w", points, 1)
        script.do(f"new 0 {take.box('w', '@')}").do("pass", LOOK)
        connected = dict(take.connected)
        script.do("cords 0", *(int(k in connected) for k in range(12)))
        x = np.stack(list(connected.values())) if connected else np.zeros((0, take.samples))
        for start, end, vector in cut(take, vectors):
            for begin in range(start, end, vector if points else end - start):
                _draw(script, take, begin, vector)
                if begin == 0:
                    script.do("pass", LOOK)
                if begin == start:
                    script.do("dsp", RATE, vector)
                part = min(end, begin + vector) if points else end
                script.hear(x[:, begin:part], vector, take.outlets)
        y, printed = self.run(script, **environment)
        assert "error" not in printed, printed
        return y


def cut(take: Take, vectors: Sequence[int]) -> list[tuple[int, int, int]]:
    """Begin and end of the samples for each size of vectors, all of them whole."""
    parts, begin = [], 0
    for vector in vectors:
        count = take.samples // len(vectors) // vector
        parts.append((begin, begin + count * vector, vector))
        begin += count * vector
    return parts


def _draw(script: Script, take: Take, begin: int, vector: int) -> None:
    for when, index, values in take.drawings:
        if begin <= when < begin + vector:
            script.do("draw w", index, *np.float64(values))


@functools.cache
def here() -> Max:
    """Max on this machine."""
    return Max((str(build_driver()),), str(build_objects()))

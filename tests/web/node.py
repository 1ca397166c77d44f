"""The module of WebAssembly, with vectors and without, and node to run it."""

import functools
import itertools
import json
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

import builds
from externals import build
from release.web import MODULES, SOURCE
from takes import INLETS, RATE, Take

HERE = Path(__file__).parent


@functools.cache
def module(name: str) -> Path:
    """Build it as it is released."""
    cross = builds.HERE.parent / "cross" / f"{name}.ini"
    options = ("--cross-file", cross, "-Dpd=disabled", "-Djack=disabled", "-Dbuildtype=release")
    return build(name, *options) / "externals" / "web" / "specml.wasm"


def run(script: str, *words, told: str = "") -> str:
    """Return what a script says; it must end well."""
    ran = subprocess.run(
        [shutil.which("node"), HERE / script, *words], input=told, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@dataclass
class Played:
    """A take as node plays it, with what is built here or with a package."""

    module: str
    sizes: tuple[int, ...] = (128,)
    folder: Path = builds.DIRECTORY
    package: Path | None = None

    def play(self, take: Take, rate: float = RATE) -> np.ndarray:
        """Return ``(outlets, samples)``, doubles."""
        said, file = self._file("said"), self._file("take.json")
        package, name = self.package, MODULES[self.module]
        files = {
            "core": str((package or SOURCE) / "core.js"), "said": str(said),
            "module": str(package / name if package else module(self.module)),
            "signals": [self._signal(take, inlet) for inlet in INLETS[take.model]],
        }  # fmt: skip
        file.write_text(json.dumps(told(take, self.sizes, rate) | files))
        assert not run("play.mjs", file)
        return np.fromfile(said).reshape(take.outlets, take.samples)

    def _signal(self, take: Take, inlet: str) -> str | None:
        if inlet not in take.signals:
            return None
        file = self._file(inlet)
        np.float64(take.signals[inlet]).tofile(file)
        return str(file)

    def _file(self, name: str) -> Path:
        return self.folder / f"{self.module}-{name}"


def told(take: Take, sizes: tuple[int, ...] = (128,), rate: float = RATE) -> dict:
    """What take.js wants to know of a take."""
    model, *words = replace(take, drawings=[]).box("").replace("~", "").split()
    drawn = take.starts(1, 0)
    messages = [
        {"at": begin, "words": ["weights", first, *map(float, values)]}
        for begin, (first, values) in drawn.items()
    ]
    return {
        "model": model, "words": " ".join(words), "samplerate": rate, "samples": take.samples,
        "sizes": _cut(take.samples, sizes, sorted(drawn)), "messages": messages,
    }  # fmt: skip


def _cut(samples: int, sizes: tuple[int, ...], drawn: list[int]) -> list[int]:
    """Blocks of these sizes, and one that ends where something is drawn."""
    cut, at = [], 0
    for size in itertools.cycle(sizes):
        if at >= samples:
            return cut
        end = min([at + size, samples, *(begin for begin in drawn if begin > at)])
        cut.append(end - at)
        at = end
    raise AssertionError

"""The library of a wheel, driven without Python."""

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import builds
import takes
import windows
from bits import atom
from specml import AutoRegNN, AutoRegNN2
from specml.reference import unlearn

SHAPE = ("neurons", "inputs", "maxdelay", "external", "seed", "scale", "excite")
FLAGS = ("-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror", f"-I{builds.HERE}")


@functools.cache
def driver() -> Path:
    return builds.compile_c(
        "core.exe", [Path(__file__).with_name("core.c")], *FLAGS, cc=windows.COMPILER
    )


@dataclass(frozen=True)
class WindowsCore:
    """A core for Windows, under Wine."""

    library: Path

    def play(self, take: takes.Take, **environment: str) -> np.ndarray:
        """Return what a network says in a take, ``(outlets, samples)``."""
        words, drawn = _numbers(take), np.zeros(0)
        for when, k, values in take.drawings:
            assert when == k == 0, "it draws at the beginning, from the first one on"
            drawn = values
        words += [take.samples, take.outlets, len(drawn)]
        signals = dict(take.connected)
        for k, name in enumerate(takes.INLETS[take.model]):
            held = atom(take.held[name]) if name in take.held else "-"
            words.append("signal" if k in signals else held)
        name = take.name.removesuffix("~")
        command = [*windows.command(driver()), f"Z:{self.library}", name, *words]
        given = b"".join(x.tobytes() for x in (drawn, *signals.values()))
        ran = windows.run(command, given, **environment)
        if ran.returncode:
            raise RuntimeError(f"status {ran.returncode}\n{ran.stderr.decode()}")
        return np.frombuffer(ran.stdout).reshape(take.outlets, take.samples)


def _numbers(take: takes.Take) -> list:
    settings = take.settings
    if take.model in (AutoRegNN, AutoRegNN2):
        return [settings[name] for name in ("size", "width", "layers", "seed", "scale")]
    choices = (unlearn.FUNCTIONS, unlearn.FUNCTIONS, unlearn.INTEGRATORS)
    chosen = zip(choices, ("activation", "energy", "integrator"), strict=True)
    return [settings[name] for name in SHAPE] + [
        list(among).index(settings[name]) for among, name in chosen
    ]

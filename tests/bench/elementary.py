"""The elementary functions over an array that stays in the nearest cache, beside libm's."""

import ctypes as ct

import numpy as np

from bench import plain
from bench.turns import Program, Timings, take_turns
from specml import binding

COUNT = 1024
FUNCTIONS = ("tanh", "cosine", "cosine_derivative")
BUILDS = {
    "libm": ("-O2",),
    "libm, plain flags": plain.FLAGS,
    "libm, native": (*plain.FLAGS, "-march=native"),
}
WORST = 1e-13  # between any two, of values within +-2


def _program(function, repeat) -> Program:
    x = np.random.default_rng(1).uniform(-4.0, 4.0, COUNT)
    y = np.empty(COUNT)
    pointer = ct.cast(function, ct.c_void_p)

    def run(n: int) -> np.ndarray:
        times = ct.c_size_t(-(-n // COUNT))
        repeat(pointer, times, ct.c_size_t(COUNT), binding.doubles(x), binding.doubles(y))
        return y

    return Program(run)


def _programs(function: str) -> dict:
    """Return the core's and libm's functions as programs, of which all say the same."""
    libraries = {
        name: plain.library("libm", flags, name.replace(" ", "")) for name, flags in BUILDS.items()
    }
    repeat = libraries["libm"].libm_repeat
    programs = {"core": _program(getattr(binding.LIBRARY, f"elementary_{function}_array"), repeat)}
    for name, library in libraries.items():
        programs[name] = _program(getattr(library, f"libm_{function}"), repeat)
    want = programs["core"](COUNT)
    for name, program in programs.items():
        worst = np.max(np.abs(program(COUNT) - want))
        assert worst < WORST, f"{function}: {name} is off by {worst}"
    return programs


def measure(budget: float) -> dict[str, Timings]:
    """Nanoseconds per value of each function, the programs taking turns."""
    return {name: take_turns(_programs(name), budget, unit=COUNT) for name in FUNCTIONS}


def borrowed() -> dict[str, list[str]]:
    """What each build of the plain loops calls."""
    return {
        name: plain.borrowed("libm", flags, name.replace(" ", "")) for name, flags in BUILDS.items()
    }

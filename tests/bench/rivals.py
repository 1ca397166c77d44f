"""Everything that computes the same networks, checked before it is timed: no rival may be wrong."""

import functools
import importlib
from types import ModuleType

import numpy as np

from bench import ceiling, chain, plain
from bench.cases import Case, abreast, runner
from bench.turns import Timings, take_turns

NAMES = ("core", *plain.VARIANTS, "numba", "torch", "numpy")
# samples compared, few for the slow ones; delays of Unlearn are as long as the longer number
COMPARED = dict.fromkeys((*plain.VARIANTS, "numba"), 3000) | {"torch": 300, "numpy": 300}
NETWORK_COMPARED = 300  # AutoRegNN: afterwards roundings have grown
# of the largest sample: so strict that one control off by a thousandth is noticed
WORST = {"AutoRegNN": 1e-7, "AutoRegNN2": 1e-7, "Unlearn": 1e-10}


@functools.cache
def optional(name: str) -> tuple[ModuleType | None, str]:
    """Return the module of a rival from the `bench` extra, or None and why it is missing."""
    try:
        return importlib.import_module(f"bench.{name}_nets"), ""
    except (ImportError, OSError, RuntimeError) as error:
        return None, f"no column {name}: {str(error).splitlines()[0]}"


def missing() -> list[str]:
    return [why for name in ("numba", "torch") if (why := optional(name)[1])]


def _program(name: str, case: Case):
    """Return a program that begins where every other does; None if there is none."""
    if name in ("core", "numpy"):
        return runner(case, case.make(name))
    if name in plain.VARIANTS:
        return plain.runner(case, case.make(), name)
    module, _ = optional(name)
    return module.runner(case, case.make()) if module else None


def programs(case: Case) -> dict:
    """Return every program for a network, the core first."""
    found = {name: _program(name, case) for name in NAMES}
    return {name: program for name, program in found.items() if program}


def check(case: Case, found: dict) -> dict[str, float]:
    """Compare what they say from the start; return the largest difference over the loudest sample.

    Raises
    ------
    RuntimeError
        If one of them does not compute the same.
    """
    want = runner(case, case.make())(max(COMPARED.values()))
    differences = {}
    for name in [name for name in found if name != "core"]:
        n = COMPARED[name] if case.model == "Unlearn" else NETWORK_COMPARED
        got = found[name](n)
        differences[name] = float(np.max(np.abs(got - want[:n])) / np.max(np.abs(want[:n])))
        if not differences[name] < WORST[case.model]:
            raise RuntimeError(f"{case.name}: {name} is off by {differences[name]:.1e}")
    return differences


def measure(case: Case, budget: float) -> tuple[Timings, dict[str, float]]:
    """Time every program and the bare sweeps; return also how far they were apart before."""
    found = programs(case)
    differences = check(case, found)
    more = {"ceiling": ceiling.runner(case)}
    if case.model == "AutoRegNN":
        more["abreast"] = abreast(case)
    if chain.has_one(case):
        more["chain"] = chain.runner(case)
    timings = take_turns(found | more, budget)
    _assert_alive(case, found)
    return timings, differences


def _assert_alive(case: Case, found: dict) -> None:
    """A network that fell silent, or among subnormals, would have been timed at something else.

    The slow ones have not run long enough for that.
    """
    for name in [name for name in found if name not in ("torch", "numpy")]:
        level = np.max(np.abs(found[name](4800)))
        if not 1e-100 < level < 1e100:
            raise RuntimeError(f"{case.name}: {name} ended at a level of {level:.1e}")

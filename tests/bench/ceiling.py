"""What the sweeps over the weights alone cost, on the instruction set that the core runs on."""

import ctypes as ct

import numpy as np

import builds
from bench import plain
from bench.cases import Case
from bench.turns import Program
from specml import binding, core

LANES = 8  # as in externals/core/lanes.h


def library() -> ct.CDLL:
    """Build the sweeps with the core's own flags."""
    loaded = plain.library("ceiling", flags(), core.isa())
    for name in ("network", "pair", "unlearn"):
        getattr(loaded, f"ceiling_{name}").restype = ct.c_double
    return loaded


def flags() -> tuple[str, ...]:
    return (*builds.PROMISED, *builds.INSTRUCTION_SETS[core.isa()])


def _aligned(count: int, value: np.ndarray | None = None) -> np.ndarray:
    """Doubles that begin on a cache line."""
    room = np.empty(count + LANES)
    begin = -room.ctypes.data % 64 // room.itemsize
    array = room[begin : begin + count]
    array[:] = np.linspace(-0.3, 0.4, count) if value is None else value
    return array


def runner(case: Case):
    """Return a program of the number of samples; nothing can be heard of it."""
    padded = -(-case.shape[0 if case.model == "Unlearn" else 1] // LANES) * LANES
    loaded = library()
    if case.model == "Unlearn":
        synapses = case.shape[1] * padded
        arrays = [_aligned(synapses) for _ in range(4)]
        arguments = [ct.c_size_t(synapses), *map(binding.doubles, arrays)]
        function = loaded.ceiling_unlearn
    else:
        size, width, layers = case.shape
        deep = (layers - 1) * (width + 1)
        rows = size + 1 + deep + 1
        networks = 2 if case.model == "AutoRegNN2" else 1
        arrays = [*(_aligned(rows * padded) for _ in range(networks)), _aligned(rows)]
        numbers = (rows, padded) if networks == 2 else (rows, deep, padded)
        arguments = [*map(ct.c_size_t, numbers), *map(binding.doubles, arrays)]
        function = loaded.ceiling_pair if networks == 2 else loaded.ceiling_network

    arguments.append(arrays)  # a pointer alone keeps nothing alive
    return Program(lambda n: function(ct.c_size_t(n), *arguments[:-1]))

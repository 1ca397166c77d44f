"""The latencies of one sample of a narrow network, one after the other, and nothing beside them."""

import ctypes as ct

import builds
from bench import ceiling, plain
from bench.cases import Case
from bench.turns import Program
from specml import core

WIDTH_MAX = 16  # NARROW_WIDTH_MAX of network_narrow.h
TABLE = "elementary_table.c"


def has_one(case: Case) -> bool:
    """Tell whether the core has a loop of its own for such a network."""
    return case.model == "AutoRegNN" and case.shape[1] <= WIDTH_MAX and case.shape[2] == 1


def runner(case: Case) -> Program:
    """Return a program of the number of samples; nothing can be heard of it."""
    function = library().chain_narrow
    function.restype = ct.c_double
    size, width, _ = case.shape
    return Program(lambda n: function(*map(ct.c_size_t, (n, size, width))))


def library() -> ct.CDLL:
    """Build the chain with the core's own flags and its table."""
    return plain.library("chain", ceiling.flags(), core.isa(), builds.SOURCES / TABLE)

"""Nanoseconds per sample of the core, beside plain C with libm, as ratios in one run."""

import ctypes as ct
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

import specml
from specml import core

HERE = Path(__file__).parent
RATE = 48000
ROUNDS = 7
BUDGET = 0.05  # seconds for one timing of one program
PLAIN_FLAGS = ("-O3", "-ffast-math", "-funroll-loops", "-fomit-frame-pointer")
NETWORKS = ((12, 8), (32, 32), (64, 64))
DELAY_NETWORKS = ((16, 3), (16, 16), (64, 64))


def plain(folder: Path) -> ct.CDLL:
    """Build the plain C. Linked without -ffast-math, which would change this process's FP mode."""
    compiler = os.environ.get("CC") or shutil.which("cc") or "gcc"
    code, library = folder / "plain.o", folder / "plain.so"
    subprocess.run(
        [compiler, *PLAIN_FLAGS, "-fPIC", "-c", HERE / "plain.c", "-o", code], check=True
    )
    subprocess.run([compiler, "-shared", code, "-o", library, "-lm"], check=True)
    loaded = ct.CDLL(str(library))
    for name in ("plain_autoregnn_new", "plain_unlearn_new"):
        getattr(loaded, name).restype = ct.c_void_p
    return loaded


def networks(library: ct.CDLL, size: int, width: int) -> list[Callable[[int], object]]:
    """Return both programs for AutoRegNN, each a function of the number of samples."""
    x, out = np.sin(np.arange(RATE) * (2 * np.pi * 200 / RATE)), np.empty(RATE)
    net = specml.AutoRegNN(size, width)
    handle = library.plain_autoregnn_new(size, width)
    rates = ct.c_double(0.1), ct.c_double(1e-4)
    return [
        lambda n: net.process(x[:n]),
        lambda n: library.plain_autoregnn_process(
            ct.c_void_p(handle), n, core.doubles(x), core.doubles(out), *rates
        ),
    ]


def delay_networks(library: ct.CDLL, neurons: int, inputs: int) -> list[Callable[[int], object]]:
    """Return both programs for Unlearn."""
    out = np.empty(RATE)
    net = specml.Unlearn(neurons, inputs)
    handle = library.plain_unlearn_new(neurons, inputs, 2400)
    controls = [ct.c_double(value) for value in (60, 0.4, 0.4, 0.1, 0.01, 0.0)]
    return [
        lambda n: net.process(n, outs=1),
        lambda n: library.plain_unlearn_process(
            ct.c_void_p(handle), n, core.doubles(out), *controls
        ),
    ]


def measure(programs: list[Callable[[int], object]]) -> list[list[float]]:
    """Return nanoseconds per sample of each program in each round; they take turns."""
    counts = []
    for program in programs:
        program(64)
        begin = time.perf_counter()
        program(256)
        counts.append(int(np.clip(256 * BUDGET / (time.perf_counter() - begin), 64, RATE)))
    timings: list[list[float]] = [[] for _ in programs]
    for _ in range(ROUNDS):
        for timing, program, n in zip(timings, programs, counts, strict=True):
            begin = time.perf_counter_ns()
            program(n)
            timing.append((time.perf_counter_ns() - begin) / n)
    return timings


def main() -> None:
    """Print the table."""
    print(f"instruction set: {core.isa()}; plain: {' '.join(PLAIN_FLAGS)}, libm")
    print(f"median of {ROUNDS} rounds, in which the programs take turns\n")
    print(f"{'':18}{'core [ns]':>12}{'plain [ns]':>12}{'plain/core':>12}{'x real time':>12}")
    with tempfile.TemporaryDirectory() as folder:
        library = plain(Path(folder))
        rows = [(f"AutoRegNN {p}/{h}", networks(library, p, h)) for p, h in NETWORKS]
        rows += [(f"Unlearn {n}x{k}", delay_networks(library, n, k)) for n, k in DELAY_NETWORKS]
        for name, programs in rows:
            mine, other = measure(programs)
            ratio = statistics.median(o / m for m, o in zip(mine, other, strict=True))
            core_ns, plain_ns = statistics.median(mine), statistics.median(other)
            realtime = 1e9 / RATE / core_ns
            print(f"{name:18}{core_ns:12.1f}{plain_ns:12.1f}{ratio:12.2f}{realtime:12.1f}")


if __name__ == "__main__":
    main()

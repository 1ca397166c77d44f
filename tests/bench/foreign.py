"""The core as it is released for other systems beside the one that gcc builds for this one.

Each build has a driver, `foreign.c`, in a process of its own, that of Windows under Wine; they take
turns, in stretches so short that what the machine does meanwhile falls on all of them.
"""

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import builds
from bench.cases import CASES, Case
from bench.turns import Timings

ROOT = builds.HERE.parent
TARGETS = {"gcc": "", "zig": "linux-x86_64", "mingw": "windows-x86_64"}
NAMES = ("AutoRegNN 12/8", "AutoRegNN 12/10", "AutoRegNN 64/64", "AutoRegNN2 12/8",
         "Unlearn 16x3", "Unlearn 16x16")  # fmt: skip
SAMPLES, ROUNDS, QUICK_ROUNDS = 2000, 200, 40
WINE = Path("/usr/lib/wine/wine64")  # where Debian has it
MINGW = "x86_64-w64-mingw32-gcc"


def missing() -> str:
    """What is not here."""
    found = {"x86-64": builds.IS_X86, "Linux": sys.platform == "linux", "wine64": WINE.exists(),
             "gcc": shutil.which("gcc"), "mingw": shutil.which(MINGW),
             "ziglang": importlib.util.find_spec("ziglang")}  # fmt: skip
    return ", ".join(name for name, here in found.items() if not here)


def _core(name: str) -> Path:
    """Build the core alone, with the flags of a release; return the library."""
    folder = ROOT / "build" / "foreign" / name
    cross = ["--cross-file", ROOT / "cross" / f"{TARGETS[name]}.ini"] if TARGETS[name] else []
    options = ("-Dpd=disabled", "-Djack=disabled", "-Dbuildtype=release")
    library = f"reference/specml/specml-core.{'dll' if name == 'mingw' else 'so'}"
    if not (folder / "build.ninja").exists():
        builds.run("env", "CC=gcc", "meson", "setup", folder, ROOT, *cross, *options)
    builds.run("ninja", "-C", folder, library)
    return folder / library


def _driver(name: str) -> list[str]:
    """Return the command that runs a build's driver."""
    library = _core(name)
    program = library.with_name("foreign.exe")
    source = builds.HERE / "bench" / "foreign.c"
    words = ("-std=gnu11", "-O2", f"-I{builds.SOURCES}", source, library, "-o", program, "-lm")
    if name == "mingw":
        builds.run(MINGW, *words)
        return [str(WINE), str(program)]
    builds.run("gcc", *words, f"-Wl,-rpath,{library.parent}")
    return [str(program)]


@contextlib.contextmanager
def _drivers() -> Iterator[dict[str, subprocess.Popen]]:
    with contextlib.ExitStack() as on:
        folder = on.enter_context(tempfile.TemporaryDirectory(prefix="specml-wine-"))
        environment = os.environ | {"WINEPREFIX": folder, "WINEDEBUG": "-all"}
        server = [str(WINE.with_name("wineserver64"))]
        subprocess.run([*server, "-p"], env=environment, check=True)
        on.callback(subprocess.run, [*server, "-kw"], env=environment, check=False)
        programs = {}
        for name in TARGETS:
            programs[name] = subprocess.Popen(
                _driver(name), env=environment, text=True, bufsize=1,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            on.callback(programs[name].stdin.close)
        yield programs


def _answer(program: subprocess.Popen, line: str) -> tuple[int, int]:
    """Return how many ticks it took, and the hash of what was said."""
    program.stdin.write(line)
    ticks, said = program.stdout.readline().split()
    return int(ticks), int(said)


def _measure(programs: dict[str, subprocess.Popen], isa: str, case: Case, rounds: int) -> Timings:
    line = " ".join(map(str, (isa, case.model, *(*case.shape, 0)[:3], SAMPLES))) + "\n"
    timings: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds + 1):
        answers = [_answer(program, line) for program in programs.values()]
        if len({said for _, said in answers}) > 1:
            raise RuntimeError(f"{case.name}, {isa}: not all of them say the same bits")
        for name, (ticks, _) in zip(programs, answers, strict=True):
            timings[name].append(ticks / SAMPLES)
    return Timings({name: ticks[1:] for name, ticks in timings.items()})  # the first warms up


def measure(quick: bool) -> Iterator[tuple[str, Case, Timings]]:
    """Time the cases with every instruction set, by the processor's clock, in its own ticks."""
    with _drivers() as programs:
        for isa in builds.INSTRUCTION_SETS:
            for case in [case for case in CASES if case.name in NAMES]:
                yield isa, case, _measure(programs, isa, case, QUICK_ROUNDS if quick else ROUNDS)

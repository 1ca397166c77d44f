"""The models in plain C with libm, at the flags of pd-lib-builder, and for this processor."""

import ctypes as ct
import functools
from pathlib import Path

import numpy as np

import builds
from bench import cases
from bench.cases import Case
from bench.turns import Program
from specml import binding

FLAGS = ("-O3", "-ffast-math", "-funroll-loops", "-fomit-frame-pointer")
# as one writes it; so that compilers make vectors of tanh; and those for this very processor
VARIANTS = {
    "plain": FLAGS,
    "apart": (*FLAGS, "-DTANH_APART"),
    "native": (*FLAGS, "-DTANH_APART", "-march=native"),
}
WARNINGS = ("-Wall", "-Wextra", "-Wconversion")


@functools.cache
def library(stem: str, variant: tuple[str, ...], name: str, *more: Path) -> ct.CDLL:
    """Build one file, and `more` of the core.

    Linked without -ffast-math, which would flush this process's subnormals.
    """
    code = builds.DIRECTORY / f"{name}-{stem}.o"
    flags = (*variant, *WARNINGS, f"-I{builds.SOURCES}", "-fPIC", "-c")
    compiler = builds.compiler().split()
    builds.run(*compiler, *flags, builds.HERE / "bench" / f"{stem}.c", "-o", code)
    linked = code.with_suffix(f".{binding.SUFFIX}")
    core_flags = (*builds.PROMISED, f"-I{builds.SOURCES}") if more else ()
    builds.run(*compiler, "-shared", *core_flags, code, *more, "-o", linked, "-lm")
    return ct.CDLL(str(linked))


def borrowed(stem: str, variant: tuple[str, ...], name: str) -> list[str]:
    """The functions of libm and of its vectors that such a build calls."""
    library(stem, variant, name)
    code = builds.DIRECTORY / f"{name}-{stem}.o"
    words = builds.run("nm", "-u", code).split()
    wanted = ("tanh", "cos", "sin", "exp")
    return [word for word in words if word.startswith("_ZGV") or word in wanted]


def _new(library: ct.CDLL, name: str, *arguments) -> ct.c_void_p:
    function = getattr(library, f"{name}_new")
    function.restype = ct.c_void_p
    return ct.c_void_p(function(*arguments))


def runner(case: Case, net, variant: str):
    """Return a program that begins where `net` is, which must not have run."""
    stem = "plain_unlearn" if case.model == "Unlearn" else "plain"
    loaded = library(stem, VARIANTS[variant], variant)
    return (_unlearn if case.model == "Unlearn" else _network)(case, net, loaded)


def _network(case: Case, net, library: ct.CDLL):
    name = f"plain_{case.model.lower()}"
    theta = np.ascontiguousarray(net.parameters)
    handle = _new(library, name, *case.shape, binding.doubles(theta))
    process, numbers = getattr(library, f"{name}_process"), [cases.LR, cases.RIDGE]
    heard = [binding.doubles(cases.SINE)]
    if case.model == "AutoRegNN2":
        heard.append(binding.doubles(cases.SQUARE))
        numbers.insert(0, cases.MIX)
    settings = [ct.c_double(value) for value in numbers]

    def run(n: int) -> np.ndarray:
        out = np.empty(n)
        process(handle, n, *heard, binding.doubles(out), *settings)
        return out

    return Program(run)


def _unlearn(case: Case, net, library: ct.CDLL):
    integers = ct.POINTER(ct.c_int)
    wiring = [np.ascontiguousarray(a, np.intc) for a in (net.sources, net.delays)]
    first = np.ascontiguousarray(net.state()["past_out"][:, 0])
    weights = np.ascontiguousarray(net.weights)
    pointers = (a.ctypes.data_as(integers) for a in wiring)
    handle = _new(library, "plain_unlearn", *case.shape, cases.MAXDELAY, *pointers)
    controls = np.array([*cases.UNLEARN.values()])

    def run(n: int) -> np.ndarray:
        out = np.empty(n)
        library.plain_unlearn_process(handle, n, binding.doubles(out), binding.doubles(controls))
        return out

    def restart() -> None:
        library.plain_unlearn_start(handle, binding.doubles(weights), binding.doubles(first))

    restart()
    return Program(run, restart)

"""Builds of the C core beside the installed one: other flags, other compilers, a driver."""

import ctypes as ct
import functools
import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path

from specml import core

HERE = Path(__file__).parent
SOURCES = HERE.parent / "externals" / "core"
# What externals/core/meson.build passes, and what the defaults of meson.build add.
PROMISED = ("-std=c11", "-O3", "-fPIC", "-ffp-contract=off", "-fno-math-errno",
            "-fno-trapping-math", "-Wno-psabi")  # fmt: skip
IS_X86 = platform.machine() in ("x86_64", "AMD64")
IS_ARM64 = platform.machine() in ("aarch64", "arm64")
INSTRUCTION_SETS = {"baseline": ()}
if IS_X86:
    INSTRUCTION_SETS |= {
        "avx2": ("-mavx2",),
        "avx512": ("-mavx512f", "-mavx512dq", "-mavx512vl", "-mprefer-vector-width=512"),
    }

_session = tempfile.TemporaryDirectory(prefix="specml-tests-")
DIRECTORY = Path(_session.name)


def compilers() -> list[str]:
    """Every C compiler here, the one that CC names first."""
    wanted = [os.environ.get("CC", ""), "cc", "gcc", "clang"]
    found = [name for name in wanted if name and shutil.which(name.split()[0])]
    files = [os.path.realpath(shutil.which(name.split()[0])) for name in found]
    return [name for k, name in enumerate(found) if files[k] not in files[:k]]


def compiler() -> str:
    """The compiler to use: CC, or the first of cc, gcc and clang."""
    if not compilers():
        raise RuntimeError("the tests need a C compiler: set CC, or install gcc or clang")
    return compilers()[0]


def run(*command) -> str:
    """Run a command; what it printed stands in the error if it fails."""
    ran = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if ran.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def compile_c(name: str, sources, *flags, cc: str | None = None) -> Path:
    """Compile and link `sources` into the session's directory; return the file."""
    out = DIRECTORY / name
    command = (cc or compiler()).split()
    run(*command, *flags, f"-I{SOURCES}", *sources, "-o", out, "-lm")
    return out


def sources() -> list[Path]:
    """Every C file of the core."""
    return sorted(SOURCES.glob("*.c"))


@functools.cache
def load_core(name: str, *flags: str, cc: str | None = None):
    """Build the core for one instruction set with these flags, and load it."""
    path = compile_c(f"{name}.{core.SUFFIX}", sources(), "-shared", *flags, cc=cc)
    return declare(core.load(str(path)))


def declare(library: ct.CDLL) -> ct.CDLL:
    """Declare the functions that only hosts use."""
    for model in ("autoregnn", "autoregnn2"):
        function = getattr(library, f"{model}_set_parameter")
        function.restype, function.argtypes = ct.c_int, (ct.c_void_p, ct.c_size_t, ct.c_double)
    return library


declare(core.LIBRARY)


@functools.cache
def objects(cc: str | None = None) -> tuple[Path, ...]:
    """Compile each file as meson does: the sample loops once for each instruction set."""
    define = ("-DSPECML_X86",) if IS_X86 else ()
    made = []
    for source in sources():
        is_loop = source.name.endswith("_process.c")
        for isa, flags in INSTRUCTION_SETS.items() if is_loop else (("baseline", ()),):
            name = f"{source.stem}-{isa}-{Path(cc or compiler()).name}.o"
            all_flags = (*PROMISED, *define, *flags, f"-DSPECML_ISA={isa}")
            made.append(compile_c(name, [source], "-c", *all_flags, cc=cc))
    return tuple(made)

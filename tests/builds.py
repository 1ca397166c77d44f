"""Builds of the C core beside the installed one: other flags, other compilers, a driver."""

import ctypes as ct
import functools
import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path

from specml import binding

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

SANITIZE = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer")
# the environment in which what is built so tells what is never freed
LEAKS = {"ASAN_OPTIONS": "detect_leaks=1", "UBSAN_OPTIONS": "halt_on_error=1"}

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


PROBE = SOURCES / "contraction_process.c"


@functools.cache
def load_core(name: str, *flags: str, cc: str | None = None, blind: bool = False):
    """Build the core for one instruction set with these flags, and load it.

    A `blind` one has no eye for contraction: its probe is built with the promised flags.
    """
    parts = sources()
    if blind:
        parts.remove(PROBE)
        parts.append(compile_c(f"{name}-probe.o", [PROBE], "-c", *PROMISED, cc=cc))
    path = compile_c(f"{name}.{binding.SUFFIX}", parts, "-shared", *flags, cc=cc)
    return declare(binding.load(str(path)))


def declare(library: ct.CDLL) -> ct.CDLL:
    """Declare the functions that only hosts use."""
    for model in ("autoregnn", "autoregnn2"):
        function = getattr(library, f"{model}_set_parameter")
        function.restype, function.argtypes = ct.c_int, (ct.c_void_p, ct.c_size_t, ct.c_double)
    return library


declare(binding.LIBRARY)


@functools.cache
def compile_object(source: Path, isa: str, flags: tuple[str, ...], cc: str | None) -> Path:
    """Compile one file of the core for one instruction set."""
    define = ("-DSPECML_X86",) if IS_X86 else ()
    name = f"{source.stem}-{isa}-{(cc or compiler()).split('/')[-1]}"
    name += "" if flags == PROMISED else "-" + "".join(flags)
    return compile_c(
        f"{name}.o", [source], "-c", *flags, *define, *INSTRUCTION_SETS[isa], f"-DSPECML_ISA={isa}",
        cc=cc,
    )  # fmt: skip


def objects(cc: str | None = None, contracted: str = "", flags=PROMISED) -> tuple[Path, ...]:
    """Compile each file as meson does: the sample loops once for each instruction set.

    Those of the set `contracted` are built with `flags` instead of the promised ones.
    """
    made = []
    for source in sources():
        is_loop = source.name.endswith("_process.c")
        for isa in INSTRUCTION_SETS if is_loop else ("baseline",):
            spoilt = is_loop and isa == contracted
            made.append(compile_object(source, isa, flags if spoilt else PROMISED, cc))
    return tuple(made)


def whole_core(name: str, cc: str | None = None, **spoilt) -> Path:
    """Build the core for all instruction sets."""
    return compile_c(f"{name}.{binding.SUFFIX}", objects(cc, **spoilt), "-shared", cc=cc)

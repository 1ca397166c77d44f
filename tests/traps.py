"""What is preloaded into the hosts of the tests, to end them where perform may wait; see trap.h."""

import functools
import re
import shutil
from pathlib import Path

import pytest

import builds
from processors import apt

RUNTIME = "libclang_rt.rtsan-*.a"
PACKAGE, SUITE = "libclang-rt-22-dev", "trixie"  # the first Debian that has it
STATUS = 77
SPRUNG = r"(trap: |ERROR: RealtimeSanitizer: )"


@functools.cache
def own() -> dict[str, str]:
    """The one of trap.c."""
    flags = ("-std=gnu11", "-O1", "-Wall", "-Wextra", "-fno-builtin", "-shared", "-fPIC")
    file = builds.compile_c("trap.so", [builds.HERE / "trap.c"], *flags, "-ldl")
    return {"LD_PRELOAD": str(file)}


@functools.cache
def rtsan() -> dict[str, str]:
    """RealtimeSanitizer, which knows more calls, but neither printf nor what a library calls
    inside. Its compilers insert no more than the two calls of trap.h, so its runtime is enough."""
    archive = builds.DIRECTORY / "rtsan.a"
    shutil.copy(_installed() or _unpacked(), archive)
    builds.run("ar", "d", archive, "rtsan_preinit.cpp.o")  # is for programs, this for libraries:
    begins = ("-Wl,-init,__rtsan_ensure_initialized", "-Wl,-z,initfirst")
    file = builds.DIRECTORY / "rtsan.so"
    builds.run(
        builds.compiler(), "-shared", "-o", file, "-Wl,--whole-archive", archive,
        "-Wl,--no-whole-archive", *begins, "-lm", "-ldl", "-lpthread",
    )  # fmt: skip
    options = f"exitcode={STATUS}:symbolize=0"
    return {"LD_PRELOAD": str(file), "RTSAN_OPTIONS": options}


def _installed() -> Path | None:
    found = sorted(Path("/usr/lib").glob(f"llvm-*/lib/clang/*/lib/linux/{RUNTIME}"))
    return found[-1] if found else None


def _unpacked() -> Path:
    """The one of a newer Debian; skip where it cannot be had."""
    if not shutil.which("apt-get"):
        pytest.skip("RealtimeSanitizer is not here, nor apt-get")
    folder = builds.DIRECTORY / "rtsan"
    folder.mkdir(exist_ok=True)
    sources = folder / "sources.list"
    options = (f"Dir::Etc::sourcelist={sources}", "Dir::Etc::sourceparts=/dev/null")
    try:
        targets = ("$(REPO_URI) $(ORIGIN) $(CREATED_BY)", "Origin: Debian", "Created-By: Packages")
        listed = builds.run("apt-get", "indextargets", "--format", *targets)
        hosts = re.findall(r"^(\S+/debian/?) ", listed, re.MULTILINE)
        sources.write_text(f"deb {hosts[0]} {SUITE} main\n" if hosts else "")
        apt(folder, "update", options=options)
        apt(folder, "download", PACKAGE, options=options)
    except RuntimeError as error:
        pytest.skip(f"RealtimeSanitizer is not here, nor to be had: {str(error)[-300:]}")
    (package,) = folder.glob(f"{PACKAGE}*.deb")
    builds.run("dpkg", "-x", package, folder)
    (found,) = (file for file in folder.rglob(RUNTIME) if "i386" not in file.name)
    return found


TRAPS = (pytest.param(own, id="trap"), pytest.param(rtsan, id="rtsan", marks=pytest.mark.long))

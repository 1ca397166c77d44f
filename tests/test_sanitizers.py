"""AddressSanitizer and UndefinedBehaviorSanitizer over all examples, odd sizes and extremes."""

import functools
import os
import subprocess
from pathlib import Path

import pytest

import builds
import twins

SANITIZE = ("-g", "-std=c11", "-ffp-contract=off", "-Wno-psabi", "-fno-omit-frame-pointer",
            "-fsanitize=address,undefined", "-fno-sanitize-recover=all")  # fmt: skip
ENVIRONMENT = os.environ | {"ASAN_OPTIONS": "detect_leaks=0", "UBSAN_OPTIONS": "print_stacktrace=1"}


def build(cc: str, name: str, sources, *flags):
    """Build a program with sanitizers; skip where the compiler has none."""
    if refusal := refused(cc):
        pytest.skip(f"{cc} cannot build with sanitizers: {refusal}")
    # clang takes a minute for one file of the core where it optimises among its checks
    level = "-O0" if "clang" in Path(cc).name else "-O1"
    return builds.compile_c(f"{Path(cc).name}-{name}", sources, *SANITIZE, level, *flags, cc=cc)


@functools.cache
def refused(cc: str) -> str:
    """Return why the compiler has no sanitizers, if so."""
    hello = builds.DIRECTORY / "hello.c"
    hello.write_text("int main(void) { return 0; }\n")
    try:
        builds.compile_c("hello", [hello], *SANITIZE, cc=cc)
    except RuntimeError as error:
        return str(error)
    return ""


@functools.cache
def core(cc: str, isa: str) -> list[Path]:
    """Build the core, once for all that drive it."""
    return [build(cc, f"{isa}-{source.stem}.o", [source], *VECTORS[isa], "-c")
            for source in builds.sources()]  # fmt: skip


def execute(program, *arguments) -> subprocess.CompletedProcess:
    return subprocess.run(
        [program, *arguments], capture_output=True, text=True, env=ENVIRONMENT, check=False
    )


each_compiler = pytest.mark.parametrize("cc", builds.compilers())
VECTORS = builds.INSTRUCTION_SETS if builds.IS_X86 else {"baseline": ()}


@each_compiler
@pytest.mark.parametrize("driver", ["driver", "copies"])
@pytest.mark.parametrize("isa", [isa for isa in ("baseline", "avx2") if isa in VECTORS])
def test_driver_runs_clean(cc, isa, driver):
    """All entries of unlearn_presets.h, the shapes of AutoRegNN's examples, and more; copies."""
    if isa not in twins.ISAS:
        pytest.skip("this processor has no AVX2")
    program = build(cc, f"{driver}-{isa}", [*core(cc, isa), builds.HERE / f"{driver}.c"])
    ran = execute(program, "1")
    assert ran.returncode == 0, f"{ran.stdout}{ran.stderr}"
    assert not ran.stderr


BROKEN = {
    "heap-buffer-overflow": "char *volatile x = malloc(8); x[n + 7] = 1; return x[n];",
    "signed integer overflow": "int x = 2147483646; x += n; return x + n > 3;",
    "misaligned": "char *x = malloc(32); return (int)*(double *)(x + n);",
}


@each_compiler
@pytest.mark.parametrize("word", BROKEN)
def test_the_sanitizers_see(cc, word):
    """The instrument itself: programs that are wrong in these ways do fail."""
    source = builds.DIRECTORY / "broken.c"
    source.write_text(
        f"#include <stdlib.h>\nint main(int n, char **a) {{ (void)a; {BROKEN[word]} }}\n"
    )
    ran = execute(build(cc, "broken", [source]))
    assert ran.returncode != 0
    assert word in ran.stderr

"""Which instruction set is chosen: the best that the processor has, or the one asked for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import builds
import twins

ASK = "from specml import core; print(core.isa())"
ASK_C = """
#include <stdio.h>
#include "isa.h"
int main(void)
{
    printf("%s\\n%s\\n", isa_name(), isa_refusal() ? isa_refusal() : "");
    for (int k = 0; k < 3; ++k)
        printf("%d ", isa_select((const char *[]){"baseline", "avx2", "avx512"}[k]));
    return 0;
}
"""


def ask(wanted: str | None, *command) -> subprocess.CompletedProcess:
    """Ask in a process of its own, with SPECML_ISA as wanted."""
    environment = {key: value for key, value in os.environ.items() if key != "SPECML_ISA"}
    environment |= {} if wanted is None else {"SPECML_ISA": wanted}
    return subprocess.run(
        command or [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def kernel_says() -> list[str]:
    """The sets that this machine has, as Linux sees it, best last."""
    if not Path("/proc/cpuinfo").exists():
        pytest.skip("there is no /proc/cpuinfo to compare with")
    flags = set(Path("/proc/cpuinfo").read_text().split())
    needs = {"baseline": set(), "avx2": {"avx", "avx2"},
             "avx512": {"avx2", "avx512f", "avx512dq", "avx512vl"}}  # fmt: skip
    sets = [isa for isa in builds.INSTRUCTION_SETS if needs[isa] <= flags]
    return ["portable", *sets]


def test_the_sets_are_those_that_the_system_names():
    assert kernel_says() == twins.ISAS


@pytest.mark.parametrize("unset", [None, ""])
def test_the_best_is_chosen(unset):
    assert ask(unset).stdout.strip() == twins.ISAS[-1]


def test_the_one_asked_for_is_chosen(isa):
    assert ask(isa).stdout.strip() == isa


@pytest.mark.parametrize("wanted", ["AVX2", "avx", "best", "avx2 ", 1000 * "x"])
def test_an_unknown_one_is_an_error_that_names_it_and_what_there_is(wanted):
    said = ask(wanted)
    assert said.returncode != 0 and not said.stdout
    last = said.stderr.splitlines()[-1]
    names = ", ".join(twins.ISAS)
    assert last.startswith("ImportError: specml's core refuses to run: ")
    assert f'this machine can run {names}, but SPECML_ISA names "{wanted[:100]}' in last


@pytest.fixture(scope="module")
def program() -> Path:
    """A program that says what was chosen, for x86-64 processors of all ages."""
    if not builds.IS_X86:
        pytest.skip("these are processors of x86-64")
    source = builds.DIRECTORY / "ask.c"
    source.write_text(ASK_C)
    return builds.compile_c("ask", [source, *builds.objects()], "-static")


def test_the_program_says_what_the_package_says(program):
    assert ask(None, program).stdout.split()[0] == twins.ISAS[-1]


@pytest.mark.long
@pytest.mark.parametrize(
    ("processor", "best"),
    [("Nehalem", "baseline"), ("SandyBridge", "baseline"), ("Haswell", "avx2"),
     ("Haswell,-xsave", "baseline"), ("max", "avx2")],
)  # fmt: skip
def test_older_processors(program, processor, best):
    """As qemu plays them: none has AVX-512, one no system that saves wide registers."""
    if not shutil.which("qemu-x86_64"):
        pytest.skip("there is no qemu-x86_64 (Debian: qemu-user)")
    names = ["baseline", "avx2", "avx512"]
    play = ("qemu-x86_64", "-cpu", processor, program)
    chosen, refusal, selects = ask(None, *play).stdout.split("\n")
    assert (chosen, refusal) == (best, "")
    assert selects.split() == ["0" if k <= names.index(best) else "-1" for k in range(3)]
    for wanted in names[names.index(best) + 1 :]:
        chosen, refusal, _ = ask(wanted, *play).stdout.split("\n")
        assert chosen == "none"
        here = ", ".join(["portable", *names[: names.index(best) + 1]])
        assert refusal == f'this machine can run {here}, but SPECML_ISA names "{wanted}"'


@pytest.mark.long
def test_a_library_built_by_zig_chooses_the_same(tmp_path):
    """Its __builtin_cpu_supports would say that nothing is there."""
    for command in (
        [sys.executable, "-m", "venv", tmp_path],
        [tmp_path / "bin" / "pip", "install", "--quiet", "ziglang"],
    ):
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            pytest.skip(f"ziglang cannot be installed: {ran.stderr[-200:]}")
    zig = f"{tmp_path}/bin/python -m ziglang cc"
    library = builds.whole_core("zig", zig)
    chosen = f"print(binding.load({str(library)!r}).isa_name().decode())"
    said = ask(None, sys.executable, "-c", f"from specml import binding; {chosen}")
    assert said.stdout.strip() == twins.ISAS[-1], said.stderr

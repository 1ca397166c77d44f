"""Instructions for each sample, counted, and the functions of the core that they belong to.

A run of one length is subtracted from a longer one, so that nothing of the start is counted.
"""

import collections
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import builds

SHAPES = (
    ("autoregnn", 12, 8), ("autoregnn", 64, 64), ("unlearn", 16, 3), ("unlearn", 16, 16)
)  # fmt: skip
SHORT, LONG = 128, 256  # samples
HELPERS = re.compile(r"(?:vector|finite|lanes|\w*intrin)\.h:")  # counted for who calls them
ARM_PREFIX = "aarch64-linux-gnu-"
Counts = collections.Counter  # times that an address was executed


@dataclass
class Counted:
    """What one sample takes on one instruction set."""

    name: str
    target: str
    instructions: float
    parts: dict[str, float]  # by function


def _compile(folder: Path, compiler: str, isas: dict[str, tuple[str, ...]], *flags: str) -> Path:
    """Build the driver with all instruction sets, as the core is built, with lines noted."""
    folder.mkdir(exist_ok=True)
    made = []
    for source in [builds.HERE / "bench" / "counted.c", *builds.sources()]:
        is_loop = source.name.endswith("_process.c")
        for isa, more in isas.items() if is_loop else (("baseline", ()),):
            code = folder / f"{source.stem}-{isa}.o"
            words = (*builds.PROMISED, "-g", *flags, *more, f"-DSPECML_ISA={isa}")
            builds.run(compiler, *words, f"-I{builds.SOURCES}", "-c", source, "-o", code)
            made.append(code)
    program = folder / "counted"
    builds.run(compiler, "-static", "-no-pie", *made, "-o", program, "-lm")
    return program


def _callgrind(program: Path, words: list[str], isa: str) -> Counts:
    out = program.with_name("callgrind.out")
    options = ("--dump-instr=yes", "--compress-strings=no", "--compress-pos=no")
    subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *options, program, *words],
        env=os.environ | {"SPECML_ISA": isa}, capture_output=True, check=True,
    )  # fmt: skip
    counts, is_call = Counts(), False
    for line in out.read_text().splitlines():
        fields = line.split()
        if not is_call and line.startswith("0x") and len(fields) == 3:  # address, line, times
            counts[int(fields[0], 16)] += int(fields[2])
        is_call = line.startswith("calls=")  # the next line is what was called, counted there
    return counts


def _qemu(program: Path, words: list[str], _isa: str) -> Counts:
    """Every instruction is a block of its own, and each block that runs is a line."""
    command = ["qemu-aarch64", "-singlestep", "-d", "nochain,exec", program, *words]
    counts = Counts()
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stderr:
            if line.startswith("Trace"):
                counts[int(line.partition("/")[2].partition("/")[0], 16)] += 1
    if process.returncode:
        raise RuntimeError(f"qemu-aarch64: status {process.returncode}")
    return counts


def _owners(addr2line: str, program: Path, addresses: list[int]) -> dict[int, str]:
    """The function that each address belongs to: the innermost that is not of the helpers."""
    ran = subprocess.run(
        [addr2line, "-a", "-f", "-i", "-e", program],
        input="\n".join(map(hex, addresses)), capture_output=True, text=True, check=True,
    )  # fmt: skip
    owners: dict[int, str] = {}
    for chunk in re.split(r"^(?=0x)", ran.stdout, flags=re.M)[1:]:
        address, *lines = chunk.splitlines()
        frames = list(zip(lines[::2], lines[1::2], strict=True))
        mine = [name for name, at in frames if not HELPERS.search(at)]
        owners[int(address, 16)] = (mine or [frames[-1][0]])[0]
    return owners


def _count(
    counter: Callable[..., Counts], program: Path, shape: tuple, isa: str, addr2line: str
) -> Counted:
    model, *sizes = shape
    runs = [counter(program, [model, *map(str, sizes), str(n)], isa) for n in (SHORT, LONG)]
    runs[1].subtract(runs[0])
    counts = {at: times / (LONG - SHORT) for at, times in runs[1].items() if times}
    owners = _owners(addr2line, program, [*counts])
    parts = Counts()
    for at, times in counts.items():
        parts[re.sub(r"_(baseline|avx2)$", "", owners[at])] += times
    label = "AutoRegNN {}/{}" if model == "autoregnn" else "Unlearn {}x{}"
    return Counted(label.format(*sizes), isa, sum(counts.values()), dict(parts.most_common()))


def why_not() -> list[str]:
    """Why some of this cannot be counted here."""
    needed = {"valgrind": "x86-64", "qemu-aarch64": "aarch64", f"{ARM_PREFIX}gcc": "aarch64"}
    return [f"no {what}: there is no {name}" for name, what in needed.items() if _lacks(name)]


def _lacks(name: str) -> bool:
    return not shutil.which(name) or (name == "valgrind" and not builds.IS_X86)


def measure() -> list[Counted]:
    """Count on SSE2, AVX2 and arm64, whatever of it there are programs for."""
    results = []
    if not _lacks("valgrind"):
        folder, isas = builds.DIRECTORY / "counted-x86", builds.INSTRUCTION_SETS
        program = _compile(folder, builds.compiler(), isas, "-DSPECML_X86")
        targets = [(s, isa) for s in SHAPES for isa in ("baseline", "avx2")]
        results += [_count(_callgrind, program, *target, "addr2line") for target in targets]
    if not (_lacks("qemu-aarch64") or _lacks(f"{ARM_PREFIX}gcc")):
        folder = builds.DIRECTORY / "counted-arm"
        program = _compile(folder, f"{ARM_PREFIX}gcc", {"baseline": ()})
        reader = f"{ARM_PREFIX}addr2line"
        results += [_count(_qemu, program, s, "aarch64", reader) for s in SHAPES]
    return results

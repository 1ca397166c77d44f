"""What a user unpacks: nothing that is played in these tests is built here."""

import functools
import re
import shutil
import struct
import subprocess
import tempfile
import zipfile
from pathlib import Path

import builds
import processors
from dist.received import one
from release.targets import TARGETS
from specml.reference import elementary_table

PROCESSORS = {
    "linux-x86_64": processors.X86_64,
    "linux-arm64": processors.ARM64,
    "linux-armv7": processors.ARMV7,
}


def host(name: str, platform: str) -> str:
    """Return what a host is called in the table."""
    return name if PROCESSORS[platform].is_here else f"{name} under qemu"


@functools.cache
def version(platform: str, program: str, flag: str = "-v") -> str:
    """Return Debian's program and its version, as a host."""
    processor = PROCESSORS[platform]
    command = (*processor.run(processor.program(program)), flag)
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"\d+\.\d+(\.\d+)?", ran.stdout + ran.stderr)
    return host(f"Debian's {program} {found[0]}", platform)


def put(pattern: str, folder: Path) -> None:
    """Unpack into a folder, which may hold other things."""
    archive = one(pattern)
    if archive.suffix == ".gz":
        shutil.unpack_archive(archive, folder, filter="data")
    else:
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(folder)


@functools.cache
def unpacked(pattern: str) -> Path:
    """Return a folder with what is in an archive or a wheel."""
    folder = Path(tempfile.mkdtemp(prefix="received-", dir=builds.DIRECTORY))
    put(pattern, folder)
    return folder


PD = "specml*.dek"


def pd_objects() -> Path:
    """Return the folder that a user finds among Pd's externals."""
    return unpacked(PD) / "specml"


def wheel(name: str) -> Path:
    """Return the folder of a target's wheel, for PYTHONPATH."""
    platform = ".".join(sorted(TARGETS[name].wheel.split(".")))
    return unpacked(f"specml-*-py3-none-{platform}.whl")


def spoilt(binary: Path) -> Path:
    """Return a copy of a binary in which one bit of a row of the table of tanh is another."""
    code = bytearray(binary.read_bytes())
    at = code.find(struct.pack("<d", elementary_table.TANH[8, 0]))
    assert at > 0, f"{binary.name} has no table of tanh"
    code[at] ^= 1
    copy = Path(tempfile.mkdtemp(prefix="spoilt-", dir=builds.DIRECTORY)) / binary.name
    copy.write_bytes(code)
    return copy

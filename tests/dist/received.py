"""What `./run dist` made, as it is received, and what its binaries say of themselves."""

import functools
import zipfile
from pathlib import Path

import lief

import builds

ROOT = builds.HERE.parent
DIST = ROOT / "dist"
PROCESSORS = {
    "X86_64": "amd64", "AMD64": "amd64", "AARCH64": "arm64", "ARM64": "arm64", "ARM": "armv7",
}  # fmt: skip
SIZES = {"class_new": "32", "class_new64": "64"}

_fat: list[lief.MachO.FatBinary] = []  # what is in one goes with it


def one(pattern: str) -> Path:
    """The one file of the release that is named so."""
    found = sorted(DIST.glob(pattern))
    assert len(found) == 1, f"{pattern}: {[path.name for path in found]}; ./run dist makes it"
    return found[0]


@functools.cache
def contents(path: Path) -> dict[str, bytes]:
    """Every file in a zip, a wheel or a deken package."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def binaries(content: bytes) -> list[lief.Binary]:
    """What a file of code holds, for a Mac maybe several; of another file nothing."""
    if content[:4] in (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"):
        _fat.append(lief.MachO.parse(content))
        return [_fat[-1].at(k) for k in range(_fat[-1].size)]
    if content[:4] == b"\x7fELF":
        return [lief.ELF.parse(content)]
    return [lief.PE.parse(content)] if content[:2] == b"MZ" else []


def system(binary: lief.Binary) -> str:
    """Linux, Windows or Darwin, as deken calls them."""
    kinds = {lief.ELF.Binary: "Linux", lief.PE.Binary: "Windows", lief.MachO.Binary: "Darwin"}
    return kinds[type(binary)]


def processor(binary: lief.Binary) -> str:
    """The processor, as deken calls it."""
    kind = {"Linux": "machine_type", "Windows": "machine", "Darwin": "cpu_type"}[system(binary)]
    return PROCESSORS[getattr(binary.header, kind).name]


def asks_for(binary: lief.Binary) -> set[str]:
    """What others must have for it; a Mac has a `_` before each name."""
    if system(binary) == "Windows":
        return {entry.name for library in binary.imports for entry in library.entries}
    if system(binary) == "Darwin":
        return {symbol.name.removeprefix("_") for symbol in binary.imported_symbols}
    return {symbol.name for symbol in binary.dynamic_symbols if symbol.shndx == 0}


def deken_names(content: bytes) -> set[str]:
    """What an object runs in: a system, a processor, and the size of Pd's floats."""
    return {
        f"{system(binary)}-{processor(binary)}-{size}"
        for binary in binaries(content)
        for name, size in SIZES.items()
        if name in asks_for(binary)
    }

"""What is in a release and what it was made with, as CycloneDX tells it."""

from __future__ import annotations

import re
import sys
import uuid
from collections.abc import Iterator
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

from . import sums
from .archive import NAME, VERSION, moment
from .hosts import run

ZIG = (sys.executable, "-m", "ziglang", "version")
MINGW = "x86_64-w64-mingw32-gcc"
LLVM = "Apache-2.0 WITH LLVM-exception"
GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"
NUMBER = r"\d[\d.]*"
# what compiles and links, and is itself not in the release, with what tells its version
COMPILERS = {
    "zig": ("MIT", NUMBER, ZIG),
    "clang": (LLVM, NUMBER, ("clang", "--version")),
    "lld": (LLVM, NUMBER, ("ld.lld", "--version")),
    "gcc-mingw-w64": (GCC, NUMBER, (MINGW, "-dumpfullversion")),
}
# What comes into binaries with our own: the first into UGens, the next into what is for Linux and
# for pages, the next into what is for pages, the others into what is for Windows.
BROUGHT = {
    "supercollider plugin headers": (
        "GPL-2.0-or-later", r"MAJOR (\d+)\)\s+set\(SC_VERSION_MINOR (\d+)",
        ("cat", "/usr/include/SuperCollider/SCVersion.txt"),
    ),
    "zig compiler-rt": ("MIT", NUMBER, ZIG),
    "wasi-libc of zig": ("MIT", NUMBER, ZIG),
    "libgcc": (GCC, NUMBER, (MINGW, "-dumpfullversion")),
    "mingw-w64 runtime": ("ZPL-2.1", r"__MINGW64_VERSION_MAJOR (\d+)",
                          (MINGW, "-E", "-dM", "-include", "_mingw.h", "-xc", "/dev/null")),
}  # fmt: skip


def write(out: Path) -> Path:
    """Write the list of materials of what is in the folder."""
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"{NAME}-{VERSION}-{moment()}"))
    bom.metadata.timestamp = datetime.fromtimestamp(moment(), timezone.utc)
    ours = _component(NAME, VERSION, "BSD-3-Clause", type=ComponentType.APPLICATION)
    bom.metadata.component = ours
    needed = [_dependency(Requirement(line)) for line in metadata.requires(NAME) or ()
              if "extra ==" not in line]  # fmt: skip
    made = out / f"{NAME}-{VERSION}.cdx.json"
    files = [path for path in sorted(out.iterdir()) if path.name not in (made.name, sums.FILE)]
    for component in (*needed, *map(_file, files), *_tools()):
        bom.components.add(component)
    bom.register_dependency(ours, needed)
    JsonV1Dot6(bom).output_to_file(str(made), allow_overwrite=True, indent=2)
    return made


def _component(name: str, version: str | None, licence: str, **more) -> Component:
    licences = [LicenseExpression(licence)] if licence else []
    return Component(name=name, version=version, bom_ref=name, licenses=licences, **more)


def _dependency(wanted: Requirement) -> Component:
    """Return a Python package, of which the user has the version."""
    least = Property(name="specml:versions", value=str(wanted.specifier))
    address = PackageURL("pypi", name=wanted.name)
    return _component(wanted.name, None, "", type=ComponentType.LIBRARY, purl=address,
                      properties=[least], scope=ComponentScope.REQUIRED)  # fmt: skip


def _file(path: Path) -> Component:
    """Return what is to be installed from."""
    digest = HashType(alg=HashAlgorithm.SHA_256, content=sums.digest(path))
    return _component(path.name, None, "", type=ComponentType.FILE, hashes=[digest])


def _tools() -> Iterator[Component]:
    """Yield compilers, and what they leave in what they make."""
    application, library = ComponentType.APPLICATION, ComponentType.LIBRARY
    for table, kind, scope in (
        (COMPILERS, application, ComponentScope.EXCLUDED),
        (BROUGHT, library, ComponentScope.REQUIRED),
    ):
        for name, (licence, pattern, words) in table.items():
            found = re.search(pattern, run(*words))
            version = ".".join(found.groups() or [found[0]])
            yield _component(name, version, licence, type=kind, scope=scope)

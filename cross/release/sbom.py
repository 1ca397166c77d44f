"""What is in a release and what it was made with, as CycloneDX tells it."""

from __future__ import annotations

import re
import sys
import uuid
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

PYTHON = (sys.executable, "-m")
COMPILERS = {
    "zig": ("MIT", (*PYTHON, "ziglang", "version")),
    "clang": ("Apache-2.0 WITH LLVM-exception", ("clang", "--version")),
    "lld": ("Apache-2.0 WITH LLVM-exception", ("ld.lld", "--version")),
    "gcc-mingw-w64": ("GPL-3.0-or-later WITH GCC-exception-3.1",
                      ("x86_64-w64-mingw32-gcc", "-dumpfullversion")),
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
    for component in (*needed, *map(_file, files), *_compilers()):
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


def _compilers() -> list[Component]:
    """Return what compiles and links, and is itself not in the release."""
    found = []
    for name, (licence, words) in COMPILERS.items():
        version = re.search(r"\d[\d.]*", run(*words))[0]
        found.append(_component(name, version, licence, type=ComponentType.APPLICATION,
                                scope=ComponentScope.EXCLUDED))  # fmt: skip
    return found

"""Pages: one package for npm, the same for every system.

``python -m release.web FOLDER`` makes FOLDER/specml, with the playground in it.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from .archive import FOLDER, NAME, VERSION, fresh, put, tar_folder
from .hosts import ROOT, run

SOURCE = ROOT / "externals" / "web"
MODULES = {"wasm32": "specml.wasm", "wasm32-simd": "specml-simd.wasm"}  # by their cross files
README = Path(__file__).with_suffix(".md")
# what stands in the modules of others, under their licences
BROUGHT = {"wasi-libc": "LICENSE-MIT", "musl": "libc-top-half/musl/COPYRIGHT"}


def pack(_builds: Mapping[str, Path], out: Path) -> list[Path]:
    """Make the tarball that npm would."""
    folder = fresh("web", "package")
    fill(folder, build(FOLDER.parent))
    return [tar_folder(folder, out / f"{NAME}-{VERSION}-npm.tgz")]


def build(place: Path) -> dict[str, Path]:
    """Build both modules, each in a folder of its own in `place`; return them."""
    return {name: _build(name, place / name) for name in MODULES}


def _build(name: str, folder: Path) -> Path:
    if not (folder / "build.ninja").exists():
        run(
            "meson", "setup", folder, ROOT, "--cross-file", ROOT / "cross" / f"{name}.ini",
            "-Dpython=false", "-Dpd=disabled", "-Djack=disabled", "-Dbuildtype=release",
        )  # fmt: skip
    run("ninja", "-C", folder)
    return folder / "externals" / "web" / "specml.wasm"


def fill(folder: Path, modules: Mapping[str, Path]) -> None:
    """Put into a folder all that the package has, and the modules that were built."""
    put(
        folder,
        *SOURCE.glob("*.js"),
        *SOURCE.glob("*.d.ts"),
        SOURCE / "package.json",
        ROOT / "LICENSE",
    )
    (folder / "README.md").write_text(README.read_text().replace("@VERSION@", VERSION))
    for name, module in modules.items():
        shutil.copyfile(module, folder / MODULES[name])
        (folder / MODULES[name]).chmod(0o644)
    libc = Path(importlib.util.find_spec("ziglang").origin).parent / "lib" / "libc" / "wasi"
    for name, file in BROUGHT.items():
        shutil.copyfile(libc / file, folder / f"LICENSE-{name}")


def main(place: Path) -> None:
    """Make the package in `place`, and the playground in it."""
    folder = place / NAME
    shutil.rmtree(folder, ignore_errors=True)
    fill(folder, build(place))
    shutil.copytree(SOURCE / "page", folder / "page")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

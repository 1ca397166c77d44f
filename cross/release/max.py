"""Max: one package for Windows and macOS.

``python -m release.max FOLDER`` makes FOLDER/specml of what was built in FOLDER/SYSTEM.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from .archive import MODELS, NAME, VERSION, fresh, put, zip_folder
from .hosts import ROOT, run
from .targets import TARGETS

SOURCE = ROOT / "externals" / "max"


def pack(builds: dict[str, Path], out: Path) -> list[Path]:
    """Make a zip, to be unpacked into Max's Packages."""
    wanted = {name: build for name, build in builds.items() if "max" in TARGETS[name].hosts}
    if not wanted:
        return []
    folder = fill(wanted, fresh("max"))
    return [zip_folder(folder, out / f"{NAME}-{VERSION}-max.zip")]


def fill(builds: dict[str, Path], place: Path) -> Path:
    """Make the package in PLACE/specml of builds for it."""
    folder = place / NAME
    shutil.rmtree(folder, ignore_errors=True)
    objects = {name: build / "externals" / "max" for name, build in builds.items()}
    for name in objects:
        if name.startswith("windows"):
            put(folder / "externals", *(objects[name] / f"{model}.mxe64" for model in MODELS))
    macs = [path for name, path in sorted(objects.items()) if name.startswith("macos")]
    for model in MODELS if macs else ():
        _bundle(model, [path / f"{model}.mxo" for path in macs], folder / "externals")
    run(sys.executable, ROOT / "help-patches" / "max" / "make.py", place)
    return folder


def _bundle(model: str, binaries: list[Path], externals: Path) -> None:
    """Make the bundle of an object, in which one file has it for every Mac."""
    bundle = externals / f"{model}.mxo"
    contents = bundle / "Contents"
    (contents / "MacOS").mkdir(parents=True)
    run(_lipo(), "-create", *binaries, "-output", contents / "MacOS" / model)
    info = (SOURCE / "Info.plist").read_text()
    info = info.replace("@NAME@", model.removesuffix("~")).replace("@VERSION@", VERSION)
    (contents / "Info.plist").write_text(info)
    (contents / "PkgInfo").write_text("iLaX????")
    if sys.platform == "darwin":
        run("codesign", "--force", "--sign", "-", bundle)


def _lipo() -> str:
    if sys.platform == "darwin":
        return "lipo"
    return run("clang", "-print-prog-name=llvm-lipo").strip()


if __name__ == "__main__":
    here = Path(sys.argv[1])
    fill({path.name: path for path in here.iterdir() if (path / "build.ninja").exists()}, here)

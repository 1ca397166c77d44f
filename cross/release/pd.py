"""Pure Data: one deken package for every system, with the sources of its objects."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from . import sums
from .archive import MODELS, NAME, VERSION, fresh, put, zip_folder
from .hosts import ROOT, run
from .targets import TARGETS

HELP = ROOT / "help-patches" / "pd"
README = Path(__file__).with_suffix(".txt")
SOURCES = ("core", "object", "pd")


def pack(builds: dict[str, Path], out: Path) -> list[Path]:
    """Make the package, its checksum and the list of its objects, named as deken names them."""
    folder = fill(builds, fresh("pd", NAME))
    with tempfile.TemporaryDirectory() as place:
        package, objects = deken(folder, Path(place))
        check_name(package.name, builds)
        listed = Path(shutil.copy(objects, out))
    made = zip_folder(folder, out / package.name)
    checksum = out / f"{made.name}.sha256"
    checksum.write_text(sums.digest(made))
    return [made, checksum, listed]


def fill(builds: dict[str, Path], folder: Path) -> Path:
    """Put into the folder what a Pd user gets."""
    for name, build in builds.items():
        endings = TARGETS[name].pd32, TARGETS[name].pd64
        objects = build / "externals" / "pd"
        put(folder, *(objects / f"{model}.{end}" for model in MODELS for end in endings))
    put(folder, *HELP.glob("*.pd"), ROOT / "LICENSE")
    (folder / "README.txt").write_text(README.read_text().replace("@VERSION@", VERSION))
    source = folder / "source"
    put(source, *(ROOT / name for name in ("LICENSE", "VERSION", "meson.build", "meson.options")))
    for part in SOURCES:
        files = (ROOT / "externals" / part).iterdir()
        wanted = (path for path in files if path.suffix in (".c", ".h", ".build"))
        put(source / "externals" / part, *wanted)
    return folder


def deken(folder: Path, place: Path) -> tuple[Path, Path]:
    """Let deken look into the folder; return its package and its list of objects."""
    # neither what its user has configured nor what can be signed counts
    own = os.environ | {"HOME": str(place), "XDG_CONFIG_HOME": str(place), "DEKEN_ROOT": "yes"}
    run(sys.executable, "-m", "deken", "package", "--no-sign-gpg", "--version", VERSION,
        "--output-dir", place, folder, env=own)  # fmt: skip
    [package], [objects] = place.glob("*.dek"), place.glob("*.dek.txt")
    return package, objects


def check_name(name: str, builds: dict[str, Path]) -> None:
    """Refuse a name from which a system is missing: who has that is not offered the package."""
    said = set(re.findall(r"\(([^()]+)\)", name))
    wanted = {"Sources"}.union(*(TARGETS[build].deken_names for build in builds))
    if said != wanted:
        raise ValueError(f"deken sees {sorted(said)}, but here are {sorted(wanted)}")

"""JACK: the program for each Linux."""

import os
import platform
from pathlib import Path

from .archive import NAME, VERSION, fresh, put, tar_folder
from .hosts import ROOT, run
from .targets import TARGETS

README = Path(__file__).with_suffix(".txt")
MACHINES = {"x86_64": "linux-x86_64", "aarch64": "linux-arm64", "armv7l": "linux-armv7"}


def pack(builds: dict[str, Path], out: Path) -> list[Path]:
    """Make a tar.gz for each system that has the program."""
    wanted = {name: build for name, build in builds.items() if "jack" in TARGETS[name].hosts}
    readme = README.read_text().replace("@VERSION@", VERSION)
    readme = readme.replace("@HELP@", help_text(builds).rstrip())
    made = []
    for name, build in wanted.items():
        top = f"{NAME}-{VERSION}-jack-{name}"
        folder = fresh("jack", top)
        put(folder, build / "externals" / "jack" / "specml-jack", ROOT / "LICENSE")
        (folder / "README.txt").write_text(readme)
        made.append(tar_folder(folder, out / f"{top}.tar.gz"))
    return made


def help_text(builds: dict[str, Path]) -> str:
    """Return what the program says of itself, where one of them runs on this machine."""
    name = MACHINES[platform.machine()]
    # the library that it was linked with is enough to say something, and JACK may not be here
    stub = os.environ | {"LD_LIBRARY_PATH": str(builds[name].with_name(f"{name}.hosts"))}
    return run(builds[name] / "externals" / "jack" / "specml-jack", "--help", env=stub)

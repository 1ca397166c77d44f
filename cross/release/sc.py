"""SuperCollider: a folder of extensions for each system."""

from pathlib import Path

from .archive import NAME, VERSION, fresh, put, zip_folder
from .hosts import ROOT
from .targets import TARGETS

SOURCE = ROOT / "externals" / "sc"
PARTS = ("Classes", "HelpSource/Classes", "HelpSource/Guides", "examples")


def pack(builds: dict[str, Path], out: Path) -> list[Path]:
    """Make a zip for each system, to be unpacked into Extensions."""
    return [
        zip_folder(fill(name, build), out / f"{NAME}-{VERSION}-supercollider-{name}.zip")
        for name, build in builds.items()
    ]


def fill(name: str, build: Path) -> Path:
    """Make a folder of both servers' plugins, and of what is the same for every system."""
    folder, ending = fresh("sc", name, NAME), TARGETS[name].sc
    plugins = (f"{plugin}.{ending}" for plugin in ("specml", "specml_supernova"))
    put(folder / "plugins", *(build / "externals" / "sc" / plugin for plugin in plugins))
    for part in PARTS:
        put(folder / part, *(SOURCE / part).iterdir())
    put(folder, SOURCE / "specml.quark", ROOT / "LICENSE")
    return folder

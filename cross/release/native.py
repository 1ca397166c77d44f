"""Everything that a compiler makes for one target, in meson's own places."""

import json
from pathlib import Path

from . import hosts
from .targets import TARGETS, Target

FOLDER = hosts.ROOT / "build" / "dist"


def build(name: str) -> Path:
    """Build for the target of this name; return meson's folder."""
    target, folder = TARGETS[name], FOLDER / name
    stubs = folder.with_name(f"{name}.hosts")
    if not (folder / "build.ninja").exists() or not hosts.is_prepared(target, stubs):
        _set_up(target, folder, hosts.prepare(target, stubs))
    hosts.run("ninja", "-C", folder)
    return folder


def _set_up(target: Target, folder: Path, flags: Path) -> None:
    hosts.run(
        "meson", "setup", "--wipe", folder, hosts.ROOT,
        "--cross-file", hosts.ROOT / "cross" / f"{target.name}.ini", "--cross-file", flags,
        "-Dbuildtype=release", "-Dpython=true", "-Dpd=enabled", "-Dsc=true",
        f"-Djack={'enabled' if 'jack' in target.hosts else 'disabled'}",
        f"-Dmax={json.dumps('max' in target.hosts)}",
    )  # fmt: skip

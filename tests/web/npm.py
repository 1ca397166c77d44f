"""Programs of the npm registry that only tests run."""

import functools
import shutil
import subprocess
from pathlib import Path

import builds
from externals import missing

TYPESCRIPT = ("typescript@7.0.2", "@types/audioworklet@0.0.100")


@functools.cache
def packages(*names: str) -> Path:
    """Fetch packages, ``name@version``; return the folder that holds them."""
    if not shutil.which("npm"):
        missing("npm (Debian: npm)")
    folder = builds.DIRECTORY / f"npm-{len(list(builds.DIRECTORY.glob('npm-*')))}"
    folder.mkdir()
    ran = subprocess.run(
        ["npm", "install", "--prefix", folder, "--no-save", "--ignore-scripts", *names],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        missing(f"{names}, which npm cannot fetch")
    return folder / "node_modules"


def check_types(*words) -> None:
    """Let TypeScript look at files, with these words of its own."""
    found = packages(*TYPESCRIPT)
    where = ("--typeRoots", found / "@types")
    builds.run(found / ".bin" / "tsc", "--noEmit", "--target", "es2022", *where, *words)

"""Programs of the npm registry that only tests run."""

import functools
import shutil
import subprocess
from pathlib import Path

import builds
from externals import missing

TYPESCRIPT = "typescript@7.0.2"


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

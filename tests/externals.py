"""Externals built with meson, as a user would; and what may not be here for that."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import builds


def missing(what: str) -> None:
    """Skip, but on a machine that has to have everything fail."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{what} is not here")


def build(name: str, *options) -> Path:
    """Build the project without the Python package; return the folder of the build."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    folder = builds.DIRECTORY / name
    setup = ("meson", "setup", folder, builds.HERE.parent, "-Dpython=false", *options)
    for command in (setup, ("ninja", "-C", folder)):
        ran = subprocess.run(
            list(map(str, command)), env=os.environ | {"PATH": path}, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        if ran.returncode and "m_pd.h was not found" in ran.stdout + ran.stderr:
            missing("m_pd.h (Debian: puredata-dev)")
        assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder

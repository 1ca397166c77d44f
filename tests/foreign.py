"""Other surroundings for the package: another NumPy, another processor."""

import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import builds
import processors

ROOT = builds.HERE.parent
ARM_PREFIX = "aarch64-linux-gnu-"


@functools.cache
def package() -> Path:
    """The package as it would be installed: a folder for PYTHONPATH."""
    folder = builds.DIRECTORY / "package"
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    words = ("-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", ROOT)
    ran = subprocess.run(
        [sys.executable, *words, "-w", builds.DIRECTORY], env=os.environ | {"PATH": path},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (wheel,) = builds.DIRECTORY.glob("specml-*.whl")
    shutil.unpack_archive(wheel, folder, "zip")
    return folder


def oldest_numpy() -> str:
    """What pyproject.toml declares, as a requirement of exactly that."""
    declared = re.search(r'"numpy>=([\d.]+)"', (ROOT / "pyproject.toml").read_text())
    return f"numpy=={declared[1]}"


@functools.cache
def python_with(numpy: str) -> Path:
    """A Python beside which there is nothing but NumPy; skip where it cannot be had."""
    folder = builds.DIRECTORY / re.sub(r"\W", "", numpy)
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = (folder / "bin" / "pip", "install", "--quiet", "--only-binary=:all:", numpy)
    ran = subprocess.run(pip, capture_output=True, text=True, check=False)
    if ran.returncode:
        pytest.skip(f"{numpy} cannot be installed: {ran.stderr[-300:]}")
    return folder / "bin" / "python"


@functools.cache
def arm_python() -> tuple[str, ...]:
    """Debian's Python and NumPy for arm64 under qemu, and the package built for it.

    Skip where something of it cannot be had.
    """
    if not shutil.which(f"{ARM_PREFIX}gcc"):
        pytest.skip(f"there is no {ARM_PREFIX}gcc")
    folder = builds.DIRECTORY / "arm64"
    shutil.copytree(package(), folder)
    flags = (*builds.PROMISED, "-shared")
    library = builds.compile_c("arm64.so", builds.sources(), *flags, cc=f"{ARM_PREFIX}gcc")
    (found,) = folder.rglob("specml-core.so")
    shutil.copy(library, found)
    return python_for(processors.ARM64, folder)


def python_for(processor: processors.Processor, folder: Path) -> tuple[str, ...]:
    """Debian's Python and NumPy for a processor, or one from PyPI for this machine's own.

    They see the package in a folder.
    """
    if processor.is_here:
        python = python_with("numpy")
    else:
        (python,) = (processors.debian(processor) / "usr" / "bin").glob("python3.??")
    return processor.run(python, PYTHONPATH=str(folder), PYTHONDONTWRITEBYTECODE="1")


def check(command: tuple, *words: str, seen: Path | None = None) -> str:
    """Compare what is promised of the package in a folder; return what was said."""
    environment = {k: v for k, v in os.environ.items() if k not in ("SPECML_ISA", "PYTHONPATH")}
    environment["PYTHONPATH"] = str(seen or package())
    ran = subprocess.run(
        [*map(str, command), str(builds.HERE / "renderings.py"), "check", *words],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = ran.stdout + ran.stderr
    assert ran.returncode == 0, said
    return said

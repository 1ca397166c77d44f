"""What the figures were measured on, and the one core that they were measured on."""

import datetime
import importlib.metadata
import os
import platform
import shutil
import subprocess
from pathlib import Path

import builds
from bench import ceiling, plain
from specml import core

PACKAGES = ("specml", "numpy", "numba", "torch")


def pin(wanted: int | None) -> int | None:
    """Stay on one core from now on, the last that is allowed if none is named; return it."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    chosen = max(os.sched_getaffinity(0)) if wanted is None else wanted
    os.sched_setaffinity(0, {chosen})
    return chosen


def first_line(*command: str) -> str:
    """The first line that a command prints, or nothing if there is no such command."""
    if not shutil.which(command[0]):
        return ""
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return (ran.stdout + ran.stderr).strip().partition("\n")[0]


def processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def describe(pinned: int | None) -> dict[str, object]:
    """Everything that a figure depends on."""
    return {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "processor": processor(),
        "cores": os.cpu_count(),
        "core": pinned,
        "system": platform.platform(),
        "isa": core.isa(),
        "compiler": first_line(*builds.compiler().split(), "--version"),
        "libc": " ".join(platform.libc_ver()),
        "flags": {name: " ".join(flags) for name, flags in plain.VARIANTS.items()}
        | {"ceiling": " ".join(ceiling.flags())},
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
        "libm": {
            f"{stem} {name}": plain.borrowed(stem, flags, name)
            for stem in ("plain", "plain_unlearn")
            for name, flags in plain.VARIANTS.items()
        },
    }

"""The objects for Windows, and Wine to run them: the stub as the two libraries they import."""

import functools
import os
import shutil
import subprocess
from pathlib import Path

import builds
from externals import build
from max.stub import FLAGS, HERE, Max

WINE = Path("/usr/lib/wine/wine64")  # where Debian has it
PREFIX = builds.DIRECTORY / "wine"
COMPILER = "x86_64-w64-mingw32-gcc"
LIBRARIES = {
    "MaxAPI.dll": ("classes.c", "dictionaries.c", "objects.c", "paths.c", "queue.c", "roles.c",
                   "symbols.c"),
    "MaxAudio.dll": ("msp.c", "buffers.c"),
}  # fmt: skip


def missing() -> str:
    """What is not here."""
    found = {"wine64": WINE.exists(), "gcc-mingw-w64-x86-64": shutil.which(COMPILER)}
    return ", ".join(name for name, here in found.items() if not here)


def build_driver() -> Path:
    folder = builds.DIRECTORY / "max-wine"
    folder.mkdir()
    made: list[Path] = []
    for library, sources in LIBRARIES.items():
        made.append(_compile(library, sources, "-shared", *made))
    return _compile("driver.exe", sorted(HERE.glob("driver*.c")), *made)


def _compile(name: str, sources, *flags) -> Path:
    files = [HERE / source for source in sources]
    return builds.compile_c(f"max-wine/{name}", files, *FLAGS, "-O1", *flags, cc=COMPILER)


@functools.cache
def build_objects() -> Path:
    """Build the externals as they are released."""
    cross = builds.HERE.parent / "cross" / "windows-x86_64.ini"
    options = ("--cross-file", cross, "-Dpd=disabled", "-Dmax=true", "-Dbuildtype=release")
    return build("max-windows", *options) / "externals" / "max"


def start() -> Max:
    """A Windows of its own, without a word about itself.

    Its server stays, and what it starts with the first program has no pipe to hold open.
    """
    environment = {"WINEPREFIX": str(PREFIX), "WINEDEBUG": "-all"}
    PREFIX.mkdir()
    command = (str(WINE), str(build_driver()))
    _serve("-p")
    subprocess.run(
        command, env=os.environ | environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    folder = f"Z:{build_objects()}"
    return Max(command, folder, ".mxe64", tuple(environment.items()), "here\n")


def stop() -> None:
    """End what Wine keeps running for this Windows, and wait until it has ended."""
    _serve("-k")
    _serve("-w")


def _serve(flag: str) -> None:
    environment = os.environ | {"WINEPREFIX": str(PREFIX)}
    subprocess.run([WINE.with_name("wineserver64"), flag], env=environment, check=False)

"""The objects for Windows in Wine: the stub as the two libraries they import."""

import functools
from pathlib import Path

import builds
import windows
from externals import build
from max.stub import FLAGS, HERE, Max

LIBRARIES = {
    "MaxAPI.dll": ("classes.c", "dictionaries.c", "objects.c", "paths.c", "queue.c", "roles.c",
                   "symbols.c"),
    "MaxAudio.dll": ("msp.c", "buffers.c"),
}  # fmt: skip


@functools.cache
def build_driver() -> Path:
    folder = builds.DIRECTORY / "max-wine"
    folder.mkdir()
    made: list[Path] = []
    for library, sources in LIBRARIES.items():
        made.append(_compile(library, sources, "-shared", *made))
    return _compile("driver.exe", sorted(HERE.glob("driver*.c")), *made)


def _compile(name: str, sources, *flags) -> Path:
    files = [HERE / source for source in sources]
    return builds.compile_c(f"max-wine/{name}", files, *FLAGS, "-O1", *flags, cc=windows.COMPILER)


@functools.cache
def build_objects() -> Path:
    """Build the externals as they are released."""
    cross = builds.HERE.parent / "cross" / "windows-x86_64.ini"
    options = ("--cross-file", cross, "-Dpd=disabled", "-Dmax=true", "-Dbuildtype=release")
    return build("max-windows", *options) / "externals" / "max"


def max_for_windows(objects: Path) -> Max:
    """What loads the objects in a folder."""
    environment = tuple(windows.ENVIRONMENT.items())
    command = windows.command(build_driver())
    return Max(command, f"Z:{objects}", ".mxe64", environment, windows.GREETING)

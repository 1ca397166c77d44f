"""Debian's programs for other processors: unpacked into a folder, and run by qemu.

The folders stay in ``build/dist/hosts``, for what is fetched is always the same.
"""

import contextlib
import fcntl
import functools
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

import builds

HOSTS = builds.HERE.parent / "build" / "dist" / "hosts"
PACKAGES = ("python3-numpy", "puredata-core", "supercollider-server", "supercollider-supernova")


@dataclass(frozen=True)
class Processor:
    """A processor under Linux, as Debian, its folders and qemu call it."""

    debian: str
    triplet: str
    qemu: str

    @property
    def is_here(self) -> bool:
        return platform.machine() == self.triplet.split("-")[0]

    def run(self, program: Path | str, *libraries: Path, **environment: str) -> tuple[str, ...]:
        """Return the command that runs a program for this processor here.

        libraries: folders of those that it finds first. In `environment` is what the program gets,
        but not qemu.
        """
        folders = [*libraries, *(() if self.is_here else self._folders())]
        if folders:
            environment["LD_LIBRARY_PATH"] = ":".join(map(str, folders))
        given = [f"{name}={value}" for name, value in environment.items()]
        if self.is_here:
            return ("env", *given, str(program))
        given = [word for each in given for word in ("-E", each)]
        return (self.qemu, "-L", str(debian(self)), *given, str(program))

    def _folders(self) -> tuple[Path, ...]:
        """Where Debian's libraries are, and those that are found by their alternatives."""
        root = debian(self)
        own = root / "usr" / "lib" / self.triplet
        return root / "lib" / self.triplet, own, own / "blas", own / "lapack"

    def program(self, name: str) -> Path | str:
        """Return a program of Debian's, or skip."""
        if not self.is_here:
            return debian(self) / "usr" / "bin" / name
        if not shutil.which(name):
            pytest.skip(f"there is no {name}")
        return name

    def header(self, path: str) -> str:
        """Return the flag for a folder of headers alone, for beside it are this machine's own."""
        folder = builds.DIRECTORY / "headers" / path.replace("/", "-")
        if not folder.exists():
            folder.mkdir(parents=True)
            (folder / Path(path).name).symlink_to(path)
        return f"-isystem{folder}"

    def zig(self) -> str:
        """Return the C compiler for it, with the oldest glibc that is promised."""
        return f"{zig()} cc -target {self.triplet}.2.17"


X86_64 = Processor("amd64", "x86_64-linux-gnu", "qemu-x86_64")
ARM64 = Processor("arm64", "aarch64-linux-gnu", "qemu-aarch64")
ARMV7 = Processor("armhf", "arm-linux-gnueabihf", "qemu-arm")


def zig() -> str:
    """Return zig, whose compiler knows every system; skip if it is not here."""
    found = pytest.importorskip("ziglang", reason="there is no ziglang, from PyPI")
    return str(Path(found.__file__).parent / "zig")


@functools.cache
def debian(processor: Processor) -> Path:
    """Return the folder of Debian's packages, with all that they need; skip where it cannot be had.

    Those who ask at the same time wait for the first.
    """
    for program in (processor.qemu, "apt-get", "dpkg"):
        if not shutil.which(program):
            pytest.skip(f"there is no {program}")
    root = HOSTS / processor.debian
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        unpacked = root / "unpacked"
        if not unpacked.exists() or unpacked.read_text().split() != list(PACKAGES):
            _unpack(root, processor.debian)
            unpacked.write_text("\n".join(PACKAGES))
    return root


def apt(folder: Path, *words: str, options=()) -> None:
    """Run apt-get in a folder, with lists and a status that are there too."""
    for name in ("lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "status").touch()
    options = (*options, "APT::Sandbox::User=root", "Debug::NoLocking=1",
               f"Dir::State::lists={folder}/lists", f"Dir::State::status={folder}/status",
               f"Dir::Cache={folder}/cache")  # fmt: skip
    options = [word for option in options for word in ("-o", option)]
    builds.run("env", "-C", folder, "apt-get", *options, *words)


def _unpack(root: Path, architecture: str) -> None:
    folder = root / "apt"
    options = (f"APT::Architecture={architecture}", f"APT::Architectures::={architecture}")
    install = ("install", "--no-install-recommends", "--download-only", "-y", *PACKAGES)
    with contextlib.suppress(RuntimeError):  # a list that is missing may be none that is needed
        apt(folder, "update", options=options)
    try:
        apt(folder, *install, options=options)
    except RuntimeError as error:
        pytest.skip(f"no packages for {architecture}: {str(error)[-300:]}")
    for file in (folder / "cache" / "archives").glob("*.deb"):
        builds.run("dpkg", "-x", file, root)

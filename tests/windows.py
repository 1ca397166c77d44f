"""Programs for Windows here: the compiler, and Wine to run them."""

import os
import shutil
import subprocess
from pathlib import Path

import builds

WINE = Path("/usr/lib/wine/wine64")  # where Debian has it
PREFIX = builds.DIRECTORY / "wine"
COMPILER = "x86_64-w64-mingw32-gcc"
ENVIRONMENT = {"WINEPREFIX": str(PREFIX), "WINEDEBUG": "-all"}
GREETING = "here\n"  # what a program says first, on stderr


def missing() -> str:
    """What is not here."""
    found = {"wine64": WINE.exists(), "gcc-mingw-w64-x86-64": shutil.which(COMPILER)}
    return ", ".join(name for name, here in found.items() if not here)


def command(program: Path) -> tuple[str, ...]:
    return str(WINE), str(program)


def start(program: Path) -> None:
    """Start a Windows of its own, without a word about itself.

    Its server stays, and what it starts with the first program has no pipe to hold open.
    """
    PREFIX.mkdir()
    _serve("-p")
    subprocess.run(
        command(program), env=os.environ | ENVIRONMENT, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
    )  # fmt: skip


def stop() -> None:
    """End what Wine keeps running for this Windows, and wait until it has ended."""
    _serve("-k")
    _serve("-w")
    shutil.rmtree(PREFIX)


def _serve(flag: str) -> None:
    environment = os.environ | {"WINEPREFIX": str(PREFIX)}
    subprocess.run([WINE.with_name("wineserver64"), flag], env=environment, check=False)


def run(words, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess:
    """Run a program that greets; on a busy machine Wine may not come to start anything."""
    for _ in range(3):
        ran = subprocess.run(
            list(map(str, words)), input=given, capture_output=True, check=False,
            env=os.environ | ENVIRONMENT | environment,
        )  # fmt: skip
        if ran.stderr.startswith(GREETING.encode()):
            break
    ran.stderr = ran.stderr.removeprefix(GREETING.encode())
    return ran

"""The smallest server of SuperCollider, for this machine and for Windows."""

import functools
import subprocess
from pathlib import Path

import builds
import windows
from sc import fakes

FLAGS = ("-std=c++17", "-O1", "-w", "-DNDEBUG")
HEADERS = "/usr/include/SuperCollider"


@functools.cache
def build(plugin: str, cc: str, ending: str = "") -> Path:
    includes = [f"-isystem{HEADERS}/{part}" for part in ("plugin_interface", "common")]
    sources = [fakes.HERE / "server.cpp", fakes.HERE / "fake.cpp"]
    return builds.compile_c(
        f"server-{plugin}{ending}", sources, *FLAGS, *includes, *fakes.PLUGINS[plugin], cc=cc
    )


def said_here(plugin: Path, state: Path) -> str:
    program = build(plugin.stem, "c++")
    ran = subprocess.run([program, plugin, state], capture_output=True, text=True, check=True)
    return ran.stdout


def said_on_windows(plugin: Path, state: Path, **environment: str) -> str:
    program = build(plugin.stem, "x86_64-w64-mingw32-g++ -static", ".exe")
    words = (*windows.command(program), f"Z:{plugin}", f"Z:{state}")
    ran = windows.run(words, **environment)
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout.decode().replace("\r", "")

"""sclang and a server that play through a JACK without a sound card."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

import builds
from externals import missing

ROOT = builds.HERE.parent
SOURCE = ROOT / "externals" / "sc"
EXAMPLES = SOURCE / "examples"
PATIENCE = 120.0  # seconds, for what ends by itself long before on every machine


def home(plugins: Path) -> Path:
    """A home in which SuperCollider finds our classes, their help and the plugins."""
    folder = Path(tempfile.mkdtemp(prefix="sc-home-", dir=builds.DIRECTORY))
    specml = folder / ".local" / "share" / "SuperCollider" / "Extensions" / "specml"
    for part in ("Classes", "HelpSource"):
        shutil.copytree(SOURCE / part, specml / part)
    (specml / "plugins").mkdir()
    for file in plugins.glob("specml*.so"):
        shutil.copyfile(file, specml / "plugins" / file.name)
    return folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Of programs that live there, without a screen."""
    known = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    return known | {
        "HOME": str(folder), "QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1",
        "XDG_RUNTIME_DIR": str(folder),
    } | more  # fmt: skip


def sclang(folder: Path, script: Path, *words, **more: str) -> str:
    """Run a script that ends by itself, and return what it says."""
    if not shutil.which("sclang"):
        missing("sclang (Debian: supercollider-language)")
    program = subprocess.Popen(
        ["sclang", str(script), *map(str, words)], cwd=folder, env=environment(folder, **more),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        said, _ = program.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGKILL)
        said = program.communicate()[0]
        raise AssertionError(f"it did not end\n{said}") from None
    finally:
        with contextlib.suppress(ProcessLookupError):  # a server that it left behind
            os.killpg(program.pid, signal.SIGKILL)
    assert program.returncode == 0, f"status {program.returncode}\n{said}"
    return said


def port() -> int:
    """One for a server, that nobody has."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def jack() -> Iterator[dict[str, str]]:
    """A JACK of its own: what programs must know to find it.

    A machine has room for eight names of servers, and one that was killed keeps its own.
    """
    if not shutil.which("jackd"):
        missing("jackd (Debian: jackd2)")
    name = f"specml-sc-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    found = {"JACK_DEFAULT_SERVER": name, "JACK_NO_AUDIO_RESERVATION": "1"}
    found |= {"JACK_NO_START_SERVER": "1", "SC_JACK_DEFAULT_OUTPUTS": ""}
    words = f"jackd --no-mlock -n {name} -r -t 20000 -d dummy -r 48000 -p 256".split()
    server = subprocess.Popen(words, env=os.environ | found, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        subprocess.run(["jack_wait", "-s", name, "-w", "-t", "60"], check=True,
                       env=os.environ | found, capture_output=True)  # fmt: skip
        yield found
    finally:
        server.terminate()
        server.wait(timeout=60)


def play(folder: Path, example: str, seconds: float, channels: int, server: str) -> np.ndarray:
    """Return what an example of the source plays, ``(channels, samples)``, as sclang runs it."""
    recording = folder / f"{example}.wav"
    with jack() as found:
        said = sclang(folder, builds.HERE / "sc" / "play.scd", EXAMPLES / f"{example}.scd", seconds,
                      channels, recording, port(), server, **found)  # fmt: skip
    assert "ERROR" not in said and "FAILURE" not in said, said
    samples, rate = soundfile.read(recording, always_2d=True, dtype="float32")
    assert rate == 48000
    return samples.T


@contextlib.contextmanager
def screen(width: int, height: int) -> Iterator[dict[str, str]]:
    """A screen that nobody sees: what programs must know to draw on it."""
    if not shutil.which("Xvfb") or not shutil.which("import"):
        missing("Xvfb or import (Debian: xvfb, imagemagick)")
    read, write = os.pipe()
    words = f"Xvfb -displayfd {write} -screen 0 {width}x{height}x24 -nolisten tcp".split()
    server = subprocess.Popen(words, pass_fds=[write], stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    os.close(write)
    try:
        with open(read) as told:
            yield {"DISPLAY": f":{told.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait(timeout=60)

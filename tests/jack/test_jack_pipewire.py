"""The same program under PipeWire's JACK, whose daemon has no sound card and no session here."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pytest

from externals import missing
from jack import jackd
from jack.test_jack_bits import heard, tracks
from specml import AutoRegNN

CONFIGURATION = """
context.properties = {
  core.daemon = true  core.name = pipewire-0  support.dbus = false  mem.allow-mlock = false
  default.clock.rate = 48000  default.clock.quantum = 256
}
context.spa-libs = {
  audio.convert.* = audioconvert/libspa-audioconvert  support.* = support/libspa-support
}
context.modules = [
  { name = libpipewire-module-protocol-native } { name = libpipewire-module-metadata }
  { name = libpipewire-module-spa-node-factory } { name = libpipewire-module-client-node }
  { name = libpipewire-module-access } { name = libpipewire-module-adapter }
  { name = libpipewire-module-link-factory }
]
context.objects = [
  { factory = metadata args = { metadata.name = default } }
  { factory = spa-node-factory args = {
      factory.name = support.node.driver  node.name = Dummy-Driver
      node.group = pipewire.dummy  priority.driver = 200000 } }
]
"""
SAMPLES = 9600


class PipeWire(jackd.Server):
    """A daemon of its own, in a folder of its own."""

    def __init__(self, folder: str) -> None:
        if not shutil.which("pipewire") or not shutil.which("pw-jack"):
            missing("pipewire and pw-jack (Debian: pipewire pipewire-jack)")
        (Path(folder) / "alone.conf").write_text(CONFIGURATION)
        found = ["pw-jack", "sh", "-c", 'printf %s "$LD_LIBRARY_PATH"']
        ran = subprocess.run(found, capture_output=True, text=True, check=True)
        self._command = ["pipewire", "-c", f"{folder}/alone.conf"]
        self.env = os.environ | {"XDG_RUNTIME_DIR": folder, "LD_LIBRARY_PATH": ran.stdout}
        self._launch()
        jackd.wait_for("its socket", (Path(folder) / "pipewire-0").exists)
        jackd.wait_for("pipewire", self._runs)


@pytest.fixture
def served():
    with tempfile.TemporaryDirectory() as folder:
        made = PipeWire(folder)
        yield made
        made.close()


def is_equal(got: np.ndarray, before: int, x: np.ndarray) -> bool:
    """Whether it is what the core says after some silence."""
    silence = np.zeros(1 << 16)
    alone = np.float32(AutoRegNN().process(silence)[0])
    for lived in range(0, len(silence) - before, 64):
        if np.array_equal(alone[lived : lived + before], got[0, :before]):
            want = AutoRegNN().process(np.concatenate([silence[:lived], heard(x, before)]))
            return np.array_equal(got, np.float32(want)[:, lived:])
    return False


def test_it_says_what_the_core_says(served):
    """PipeWire leaves out who comes late, which a busy machine makes happen: once nobody did."""
    x = tracks("in_1")["in_1"][:SAMPLES]

    def recorded() -> bool:
        with served.start("autoregnn", "--name", "it") as program:
            assert program.ask("get lr", "lr") == ["lr 0.1"]
            got, before = served.record(program, "it", {"in_1": x}, ["out_1", "error_1"], SAMPLES)
        return is_equal(got, before, x)

    jackd.wait_for("a recording without gaps", recorded)


def test_nothing_is_connected_and_a_signal_ends_it(served):
    with served.start("autoregnn") as program:
        program.ask("get lr", "lr")
        found = served.run("jack_lsp", "-c")
        assert "autoregnn:out_1" in found
        assert not [line for line in found if line.startswith(" ")]
        program.process.send_signal(signal.SIGINT)
        assert program.wait() == 0
    assert not program.errors


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_daemon_that_goes(served, number):
    with served.start("autoregnn") as program:
        program.ask("get lr", "lr")
        served.process.send_signal(number)
        assert program.wait() == 1
    assert program.errors == ["specml-jack: the JACK server has gone"]

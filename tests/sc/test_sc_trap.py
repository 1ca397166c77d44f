"""Nothing on the server's audio thread allocates, locks or waits, and all memory is given back."""

import os
import re
import subprocess
import sys

import pytest

from sc.fakes import PLUGINS, build_fake
from traps import SPRUNG

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the trap is for Linux")


@pytest.fixture(params=PLUGINS)
def played(request, plugins, tmp_path):
    """Play all UGens; returns how that went."""
    program = build_fake("server", request.param)

    def play(**environment) -> subprocess.CompletedProcess:
        return subprocess.run(
            [program, plugins / f"{request.param}.so", tmp_path / "state"], capture_output=True,
            text=True, check=False, env=os.environ | environment, timeout=120,
        )  # fmt: skip

    return play


def test_nothing_waits_on_the_audio_thread(played, trap):
    ran = played(**trap)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.startswith("held 0, "), ran.stdout


def test_the_trap_springs(played, trap, sin):
    ran = played(**trap, SIN=sin)
    assert ran.returncode == 77 and re.search(SPRUNG, ran.stderr)

"""Perform allocates nothing, waits for nothing and says nothing, whatever it is told."""

import pytest

from max.stub import Script, here
from max.test_max_threads import BOXES, everything
from traps import SPRUNG


def sounding(box: str, points: int) -> Script:
    """Every inlet connected, wild numbers, all messages between vectors, a buffer~ to show."""
    told = everything(box).parts
    script = Script([part for part in told if part.startswith(b"folder")])
    script.do("buffer w", points, 1).do("new 0", box, "@table w")
    script.do("cords 0", *[1] * 11).do("dsp", 48000.0, 64)
    for part in told:
        if part.startswith((b"send", b"late", b"draw", b"save")):
            script.parts.append(part)
            script.do("noise", 3, len(script.parts))
    return script


@pytest.mark.parametrize("points", [0, 4000])
@pytest.mark.parametrize("box", BOXES)
def test_perform_allocates_locks_and_prints_nothing(trap, box, points):
    _, printed = here().run(sounding(box, points), **trap)
    assert "info: seed 7" in printed
    assert "trap" not in printed


@pytest.mark.parametrize("box", BOXES)
def test_nor_while_the_signal_chain_changes(trap, box):
    _, printed = here().run(everything(box), **trap)
    assert "trap" not in printed


def test_the_trap_catches(trap, sin):
    script = Script().do("new 0 autoregnn~").do("dsp", 48000.0, 64).do("noise", 1, 0)
    with pytest.raises(RuntimeError, match=f"status 77\n.*{SPRUNG}"):
        here().run(script, SIN=sin, **trap)

"""The binaries for Windows say what the core says, and the words that they say everywhere."""

from dataclasses import replace

import numpy as np
import pytest

import takes
from bits import assert_same
from externals import missing
from max import wine
from max.stub import Script, here
from max.test_max_threads import BOXES, everything
from twins import ISAS

SAMPLES = 16 * 2048


@pytest.fixture(scope="module")
def windows():
    if wine.missing():
        missing(f"for Windows: {wine.missing()}")
    yield wine.start()
    wine.stop()


@pytest.mark.parametrize("isa", ISAS)
@pytest.mark.parametrize("name", takes.EXAMPLE_NAMES)
def test_each_example(windows, name, isa):
    for k, take in enumerate(takes.of_example(name, SAMPLES, 3)):
        undrawn = replace(take, drawings=[])
        got = windows.play(undrawn, [64, 7, 4096, 1, 512], SPECML_ISA=isa)
        assert_same(f"{name} {k}", got, undrawn.replay(np.float64)[:, : got.shape[1]])


@pytest.mark.parametrize("box", BOXES)
def test_they_say_the_same_words(windows, box):
    """To every message, with a buffer~ and changes of structure."""
    _, said = here().run(everything(box))
    _, there = windows.run(everything(box))
    assert without_time(there) == without_time(said)


def without_time(said: str) -> list[str]:
    return [line.rstrip() for line in said.splitlines() if not line.startswith("info: load ")]


def test_another_instruction_set_is_refused(windows):
    with pytest.raises(RuntimeError, match="autoregnn~ refuses to run: this machine can run"):
        windows.run(Script().do("new 0 autoregnn~"), SPECML_ISA="mmx")

"""Both Pds say what the Python core says, bit for bit, whatever the block and whatever happens."""

import functools

import numpy as np
import pytest

import takes
from pd.patches import assert_same
from pd.sessions import Session

SAMPLES = 16 * 2048
SEED = 3
LEAST = 2.0**-63  # what is smaller in size, [tabwrite~] makes 0

ALL = [
    pytest.param(name, k, id=f"{name}-{k}")
    for name in takes.EXAMPLE_NAMES
    for k in range(3 if name in ("feedback", "percussion") else 1)
]


def every_take():
    return [take for name in takes.EXAMPLE_NAMES for take in takes.of_example(name, SAMPLES, SEED)]


def test_every_network_of_every_example_is_here():
    assert len(ALL) == len(every_take()) == 17
    assert all(take.samples == SAMPLES for take in every_take())


@functools.cache
def played(host, block, disturbed):
    """Two seconds of all examples at once in one Pd."""
    events = DISTURBANCES if disturbed else ()
    heard = host.play(Session(every_take(), block, events, PAUSE))
    names = [tuple(p.values) for p in ALL]
    return dict(zip(names, heard, strict=True)), host.log


PAUSE = 50.0
DISTURBANCES = (
    (100.0, "pd dsp 0; pd dsp 1"),
    (203.0, "pd dsp 0"),
    (203.0 + PAUSE, "pd dsp 1"),
    *((300.0 + k, f"pd-take{k} obj 300 10 osc~ 440; pd-take{k} obj 300 50 *~ 2; "
       f"pd-take{k} obj 300 90 dac~") for k in range(17)),
    (400.0, "pd-take0 obj 300 100 unlearn~ 5; pd-take1 obj 300 100 autoregnn~"),
)  # fmt: skip


def check(heard, name, k, block):
    """Where Pd's blocks begin is no promise of its own: a drawing may count a block earlier."""
    take = takes.of_example(name, SAMPLES, SEED)[k]
    phases = {tuple(take.starts(block, phase)): phase for phase in range(0, max(block, 64), 64)}
    for phase in phases.values():
        want = take.replay(block=block, phase=phase)
        if np.array_equal(heard, want):
            break
    assert_same(f"{name} {k}", heard, want, LEAST)


@pytest.mark.parametrize("block", [1, 16, 64, 2048])
@pytest.mark.parametrize(("name", "k"), ALL)
def test_the_same_bits(host, name, k, block):
    heard, log = played(host, block, False)
    check(heard[name, k], name, k, block)
    assert "error" not in log


@pytest.mark.parametrize("block", [1, 64, 2048])
@pytest.mark.parametrize(
    ("name", "k"), [p for p in ALL if p.values[0] != "multislider"]  # its hand is late by the pause
)  # fmt: skip
def test_sound_off_and_on_and_the_patch_edited(host, name, k, block):
    heard, log = played(host, block, True)
    check(heard[name, k], name, k, block)
    assert "error" not in log


@functools.cache
def neurons(host):
    """Each neuron of each preset, at an outlet of its own."""
    sixteen = [takes.of_preset(preset, 8192, SEED, outs=16) for preset in takes.PRESETS]
    return dict(zip(takes.PRESETS, host.play(Session(sixteen[:3])), strict=False)) | dict(
        zip(takes.PRESETS[3:], host.play(Session(sixteen[3:])), strict=True)
    )


@pytest.mark.parametrize("preset", takes.PRESETS)
def test_the_preset_of_the_box_is_that_of_the_core(host, preset):
    want = takes.of_preset(preset, 8192, SEED, outs=16).replay()
    assert_same(preset, neurons(host)[preset], want, LEAST)

"""What the release has for Windows, under Wine, on every instruction set of this processor."""

import functools
from dataclasses import replace

import numpy as np
import pytest

import takes
from bits import assert_same
from dist import played, unpacked
from dist.doubles import WindowsDouble
from dist.cores import WindowsCore
from max import wine as max_wine
from release.targets import TARGETS
from specml.examples import EXAMPLES
from twins import ISAS

pytestmark = pytest.mark.dist

NAME = "windows-x86_64"
SAMPLES = 4096
SEED = 3
WHOLE = ("sine", "saw", "interpolate", "clicks")


@functools.cache
def double(precision: type) -> WindowsDouble:
    ending = TARGETS[NAME].pd64 if precision is np.float64 else TARGETS[NAME].pd32
    return WindowsDouble(unpacked.pd_objects(), precision, ending=ending)


@functools.cache
def max_host():
    objects = unpacked.unpacked("specml-*-max.zip") / "specml" / "externals"
    return max_wine.max_for_windows(objects)


@pytest.mark.parametrize("isa", ISAS)
@pytest.mark.parametrize("example", takes.EXAMPLE_NAMES)
def test_pd_objects_for_floats_of_64_bits(wine, example, isa, ran):
    host = double(np.float64)
    played.check(example, lambda take: host.play(take, 16, SPECML_ISA=isa))
    ran(NAME, "Wine, test double of Pd", f"objects for 64-bit floats: 13 examples, SHA-256: {isa}")


@pytest.mark.parametrize("isa", ISAS)
@pytest.mark.parametrize("example", takes.EXAMPLE_NAMES)
def test_pd_objects_for_floats_of_32_bits(wine, example, isa, ran):
    for k, take in enumerate(takes.of_example(example, SAMPLES, SEED)):
        got = double(np.float32).play(take, 64, SPECML_ISA=isa)
        assert_same(f"{example} {k}", np.float64(got), np.float64(take.replay(block=64)))
    ran(NAME, "Wine, test double of Pd", f"objects for 32-bit floats: 13 examples: {isa}")


@pytest.mark.parametrize("isa", ISAS)
@pytest.mark.parametrize("example", takes.EXAMPLE_NAMES)
def test_max_objects(wine, example, isa, ran):
    if example == "multislider":  # a buffer~ rounds what a hand draws
        (take,) = takes.of_example(example, SAMPLES, SEED)
        drawings = [(when, k, np.float32(values)) for when, k, values in take.drawings]
        rounded = replace(take, drawings=drawings)
        got = max_host().play(rounded, [64], SPECML_ISA=isa)
        assert_same(example, got, rounded.replay(np.float64))
    else:
        played.check(example, lambda take: max_host().play(take, [16], SPECML_ISA=isa))
    ran(NAME, "Wine, stub of Max", f"objects for Max: 13 examples, SHA-256: {isa}")


@functools.cache
def core() -> WindowsCore:
    return WindowsCore(unpacked.wheel(NAME) / "specml" / "specml-core.dll")


@pytest.mark.parametrize("isa", ISAS)
@pytest.mark.parametrize("example", takes.EXAMPLE_NAMES)
def test_the_library_of_the_wheel(wine, example, isa, ran):
    played.check(example, lambda take: core().play(take, SPECML_ISA=isa))
    ran(NAME, "Wine, a program in C", f"the wheel's library: 13 examples, SHA-256: {isa}")


@pytest.mark.parametrize("example", WHOLE)
def test_whole_renderings_of_the_library(wine, example, ran):
    samples = int(EXAMPLES[example].seconds * 48000)
    played.check(example, core().play, samples)
    ran(NAME, "Wine, a program in C", f"the wheel's library: all of {', '.join(WHOLE)}, SHA-256")


def test_the_library_of_the_wheel_refuses(wine):
    (take,) = takes.of_example("sine", 64)
    with pytest.raises(RuntimeError, match="status 2\nerror: this machine can run "):
        core().play(take, SPECML_ISA="mmx")


@pytest.mark.parametrize("box", takes.NAMES.values())
def test_pd_objects_refuse(wine, box):
    """Floats of another size, for which there is no such Pd; an instruction set that is not here."""
    with pytest.raises(RuntimeError, match="status 1\nerror: LoadLibrary"):
        file = double(np.float32).file(box)
        double(np.float64).run(box, np.zeros((1, 64)), file=file)
    with pytest.raises(RuntimeError, match="status 2\nerror: .* refuses to run"):
        double(np.float64).run(box, np.zeros((1, 64)), SPECML_ISA="mmx")


def test_a_bit_of_the_table_is_heard(wine):
    """Were an object not what is promised, it would be noticed."""
    host = double(np.float64)
    spoilt = unpacked.spoilt(unpacked.pd_objects() / host.file("autoregnn~").split("/")[-1])

    def play(take):
        return host.play(take, 16, file=f"Z:{spoilt}")

    with pytest.raises(AssertionError, match="sine"):
        played.check("sine", play)

"""What the release has for Windows, under Wine, on every instruction set of this processor."""

import functools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import takes
from bits import assert_same
from dist import played, servers, unpacked
from dist.doubles import WindowsDouble
from dist.cores import WindowsCore
from max import wine as max_wine
from release.targets import TARGETS
from sc import fakes
from specml.examples import EXAMPLES
from twins import ISAS

pytestmark = pytest.mark.dist

NAME, WINE = "windows-x86_64", " under Wine"
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
    ran(NAME, f"test double of Pd{WINE}", "objects for 64-bit floats: 13 examples, SHA-256", isa)


@pytest.mark.parametrize("isa", ISAS)
@pytest.mark.parametrize("example", takes.EXAMPLE_NAMES)
def test_pd_objects_for_floats_of_32_bits(wine, example, isa, ran):
    for k, take in enumerate(takes.of_example(example, SAMPLES, SEED)):
        got = double(np.float32).play(take, 64, SPECML_ISA=isa)
        assert_same(f"{example} {k}", np.float64(got), np.float64(take.replay(block=64)))
    ran(NAME, f"test double of Pd{WINE}", "objects for 32-bit floats: 13 examples", isa)


@pytest.mark.parametrize("isa", ISAS)
@pytest.mark.parametrize("example", takes.EXAMPLE_NAMES)
def test_max_objects(wine, example, isa, ran):
    if example == "multislider":  # a buffer~ rounds what a hand draws
        (take,) = takes.of_example(example, SAMPLES, SEED)
        drawings = [(when, k, np.float32(values)) for when, k, values in take.drawings]
        rounded = replace(take, drawings=drawings)
        got = max_host().play(rounded, [64], SPECML_ISA=isa)
        assert_same(example, got, rounded.replay(np.float64))
        ran(NAME, f"stub of Max{WINE}", "objects for Max: multislider as it is drawn", isa)
    else:
        played.check(example, lambda take: max_host().play(take, [16], SPECML_ISA=isa))
        ran(NAME, f"stub of Max{WINE}", "objects for Max: 12 examples, SHA-256", isa)


@functools.cache
def core() -> WindowsCore:
    return WindowsCore(unpacked.wheel(NAME) / "specml" / "specml-core.dll")


@pytest.mark.parametrize("isa", ISAS)
@pytest.mark.parametrize("example", takes.EXAMPLE_NAMES)
def test_the_library_of_the_wheel(wine, example, isa, ran):
    played.check(example, lambda take: core().play(take, SPECML_ISA=isa))
    ran(NAME, f"a program in C{WINE}", "library of the wheel: 13 examples, SHA-256", isa)


@pytest.mark.parametrize("example", WHOLE)
def test_whole_renderings_of_the_library(wine, example, ran):
    samples = int(EXAMPLES[example].seconds * 48000)
    played.check(example, core().play, samples)
    ran(NAME, f"a program in C{WINE}", f"library of the wheel: all of {', '.join(WHOLE)}, SHA-256")


@functools.cache
def plugin(platform: str, name: str) -> Path:
    """A plugin of SuperCollider, as received."""
    folder = unpacked.unpacked(f"specml-*-supercollider-{platform}.zip")
    (found,) = folder.rglob(f"{name}.{TARGETS[platform].sc}")
    return found


@pytest.mark.parametrize("name", fakes.PLUGINS)
def test_the_plugins_of_supercollider(wine, name, tmp_path, ran):
    """Every UGen is made, plays, writes and reads its state: as Linux's, which real servers run."""
    if not Path(servers.HEADERS).is_dir():
        pytest.skip("SC_PlugIn.h is not here (Debian: supercollider-dev)")
    said = servers.said_here(plugin("linux-x86_64", name), tmp_path / "here")
    there = servers.said_on_windows(plugin(NAME, name), tmp_path / "there")
    assert said.startswith("held 0, ") and "said " in said
    assert there == said
    assert (tmp_path / "there").read_bytes() == (tmp_path / "here").read_bytes()
    ran(NAME, f"smallest server{WINE}", f"{name}.scx: every UGen, commands, state files")


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

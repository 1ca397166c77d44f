"""Pd's objects of the release, unpacked where a user puts them, in Debian's Pd and in the double."""

import functools

import numpy as np
import pytest

import builds
import takes
from dist import played, unpacked
from dist.doubles import ForeignDouble
from dist.unpacked import PROCESSORS, host, version
from pd.debian import DebianPd
from pd.patches import assert_same
from pd.sessions import Session
from release.targets import TARGETS

pytestmark = pytest.mark.dist

SAMPLES = 16 * 1024
SEED = 3
LEAST = 2.0**-63  # what is smaller in size, [tabwrite~] makes 0
PATIENCE = 600  # seconds of a processor that is imitated


@functools.cache
def pd(name: str) -> DebianPd:
    """Debian's Pd of a user who has unpacked the package into the folder of his externals."""
    processor = PROCESSORS[name]
    program = processor.program("puredata")
    home = builds.DIRECTORY / f"home-{name}"
    unpacked.put(unpacked.PD, home / ".local" / "lib" / "pd" / "extra")
    return DebianPd(None, processor.run(program, HOME=str(home)), PATIENCE)


@functools.cache
def heard(name: str):
    """What every network of every example says, all in one Pd."""
    networks = [
        (example, k, take)
        for example in takes.EXAMPLE_NAMES
        for k, take in enumerate(takes.of_example(example, SAMPLES, SEED))
    ]
    debian = pd(name)
    said = debian.play(Session([take for _, _, take in networks]))
    assert "error" not in debian.log
    return [(*network, y) for network, y in zip(networks, said, strict=True)]


@pytest.mark.parametrize("platform", PROCESSORS)
def test_every_example_in_debians_pd(platform, ran):
    for example, k, take, y in heard(platform):
        assert_same(f"{example} {k}", y, take.replay(), LEAST)
    ran(platform, version(platform, "puredata", "-version"), "objects for 32-bit floats: 13 examples")


@pytest.mark.parametrize("preset", takes.PRESETS)
@pytest.mark.parametrize("platform", PROCESSORS)
def test_each_neuron_of_a_preset_in_debians_pd(platform, preset, ran):
    take = takes.of_preset(preset, 4096, SEED, outs=16)
    (y,) = pd(platform).play(Session([take]))
    assert_same(preset, y, take.replay(), LEAST)
    ran(platform, version(platform, "puredata", "-version"), "each neuron of 6 presets")


@functools.cache
def double(name: str, precision: type) -> ForeignDouble:
    target = TARGETS[name]
    return ForeignDouble(
        unpacked.pd_objects(), precision, processor=PROCESSORS[name],
        ending=target.pd64 if precision is np.float64 else target.pd32,
    )  # fmt: skip


@pytest.mark.parametrize("example", takes.EXAMPLE_NAMES)
@pytest.mark.parametrize("platform", PROCESSORS)
def test_what_is_promised_with_floats_of_64_bits(platform, example, ran):
    """Both SHA-256 of short renderings, with two seeds."""
    pd64 = double(platform, np.float64)
    played.check(example, lambda take: pd64.play(take, 16))
    ran(platform, host("test double of Pd", platform), "objects for 64-bit floats: 13 examples, SHA-256")


@pytest.mark.parametrize("platform", PROCESSORS)
@pytest.mark.parametrize("box", takes.NAMES.values())
def test_floats_of_another_size_are_refused(platform, box):
    for one, other in ((np.float32, np.float64), (np.float64, np.float32)):
        with pytest.raises(RuntimeError, match="status 2\nerror: floats of another size"):
            double(platform, one).run(
                box, np.zeros((1, 64)), file=double(platform, other).file(box)
            )


@pytest.mark.parametrize("platform", PROCESSORS)
def test_a_bit_of_the_table_is_heard(platform):
    """Were an object not what is promised, it would be noticed."""
    pd64 = double(platform, np.float64)
    spoilt = unpacked.spoilt(pd64.file("autoregnn~"))

    def play(take):
        return pd64.play(take, 16, file=spoilt)

    with pytest.raises(AssertionError, match="sine"):
        played.check("sine", play)

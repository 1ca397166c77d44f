"""The program for JACK of the release, with a JACK that needs no server, for that processor."""

import functools
import tarfile
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import builds
import takes
from bits import assert_same
from dist import unpacked
from dist.received import one
from dist.unpacked import PROCESSORS, host
from jack import jackd
from jack.stub import Stub

pytestmark = pytest.mark.dist

SAMPLES = 4096
JACK = "/usr/include/jack"


@functools.cache
def program(platform: str) -> Stub:
    """The program as received, which finds the stub where it looks for JACK's library."""
    if not Path(JACK).is_dir():
        pytest.skip("jack.h is not here (Debian: libjack-jackd2-dev)")
    processor = PROCESSORS[platform]
    folder = Path(tempfile.mkdtemp(prefix="jack-", dir=builds.DIRECTORY))
    builds.compile_c(
        f"{folder.name}/libjack.so.0", [jackd.HERE / "stub.c"], *jackd.FLAGS, "-O1", "-D_GNU_SOURCE",
        "-shared", "-fPIC", processor.header(JACK), f"-I{builds.HERE}", "-pthread", "-ldl",
        cc=processor.zig(),
    )  # fmt: skip
    (found,) = unpacked.unpacked(f"specml-*-jack-{platform}.tar.gz").rglob("specml-jack")
    return Stub(processor.run(found, folder))


@pytest.mark.parametrize("platform", PROCESSORS)
def test_it_says_its_words(platform, ran):
    said, errors = program(platform).run(["--help"])
    assert said.startswith("specml-jack MODEL") and not errors
    ran(platform, host("alone", platform), "specml-jack: its help")


@pytest.mark.parametrize("example", takes.EXAMPLE_NAMES)
@pytest.mark.parametrize("platform", PROCESSORS)
def test_every_example(platform, example, ran):
    for k, take in enumerate(takes.of_example(example, SAMPLES, 3)):
        signals = {key: np.float64(np.float32(x)) for key, x in take.signals.items()}
        undrawn = replace(take, signals=signals, drawings=[])  # there are no arrays to draw into
        got = program(platform).play(undrawn, (64, 7, 1024, 1))
        want = np.float32(undrawn.replay(np.float64))
        assert_same(f"{example} {k}", np.float64(got), np.float64(want))
    ran(platform, host("stub of JACK", platform), "specml-jack: 13 examples")


@pytest.mark.parametrize("platform", PROCESSORS)
def test_it_may_be_run(platform):
    with tarfile.open(one(f"specml-*-jack-{platform}.tar.gz")) as archive:
        (found,) = (m for m in archive.getmembers() if m.name.endswith("/specml-jack"))
    assert found.mode == 0o755

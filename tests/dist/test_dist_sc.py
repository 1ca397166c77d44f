"""The plugins of the release among a user's extensions, in Debian's servers."""

import functools

import numpy as np
import pytest

import builds
import takes
from bits import assert_same
from dist import unpacked
from dist.unpacked import PROCESSORS, version
from sc import nets
from sc.servers import NAMES, Server

pytestmark = pytest.mark.dist

SAMPLES = 2400
EXAMPLES = [name for name in takes.EXAMPLE_NAMES if name != "multislider"]  # a hand draws


@functools.cache
def server(platform: str, name: str) -> Server:
    """Debian's server of a user who has unpacked the package into the extensions."""
    processor = PROCESSORS[platform]
    program = processor.program(name)
    home = builds.DIRECTORY / f"sc-home-{platform}"
    extensions = home / ".local" / "share" / "SuperCollider" / "Extensions"
    unpacked.put(f"specml-*-supercollider-{platform}.zip", extensions)
    command = processor.run(program, HOME=str(home), XDG_DATA_HOME=f"{home}/.local/share")
    return Server(name, None, command=command, patience=600)


def check(played: Server, name: str, take: takes.Take, outs: int) -> None:
    graph, heard = nets.of_take(take, outs)
    got = played.render(nets.begin(graph), take.samples, heard, outs)
    assert_same(name, np.float64(got), np.float64(take.replay()))


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("platform", PROCESSORS)
def test_every_example(platform, name, example, ran):
    for k, take in enumerate(map(nets.rounded, takes.of_example(example, SAMPLES))):
        check(server(platform, name), f"{example} {k}", take, take.outlets)
    ran(platform, version(platform, name), "UGens: 12 examples")


@pytest.mark.parametrize("preset", takes.PRESETS)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("platform", PROCESSORS)
def test_all_neurons_of_every_preset(platform, name, preset, ran):
    take = nets.rounded(takes.of_preset(preset, SAMPLES, seed=2, outs=16))
    check(server(platform, name), preset, take, 16)
    ran(platform, version(platform, name), "UGens: each neuron of 6 presets")

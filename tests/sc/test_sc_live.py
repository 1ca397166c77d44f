"""The source's six blocks as they stand there, in sclang and a server that plays."""

import itertools

import matplotlib.image as mpimg
import numpy as np
import pytest
import soundfile

from sc import live
from specml import load

SECONDS = 1.5
CHANNELS = {"sine": 2, "fm": 2, "saw": 2, "interpolate": 3, "multislider": 2, "feedback": 2}


@pytest.fixture(scope="module")
def home(plugins):
    return live.home(plugins)


def correlation(x: np.ndarray, y: np.ndarray) -> float:
    return float(np.corrcoef(x, y)[0, 1])


@pytest.mark.parametrize("example", CHANNELS)
def test_what_an_example_plays(home, example):
    y = live.play(home, example, SECONDS, CHANNELS[example], "scsynth")
    assert y.shape == (CHANNELS[example], int(SECONDS * 48000))
    assert np.isfinite(y).all() and np.abs(y).max() < 4.0
    late = y[:, -24000:]
    loud = np.sqrt(np.mean(late**2, axis=1)) > 0.01
    assert loud.any() if example == "feedback" else loud.all()  # of a ring a part may fall silent
    if example in ("sine", "fm"):
        assert correlation(*late) > 0.97  # it follows what it hears
    if example == "interpolate":
        assert all(abs(correlation(*pair)) < 0.999 for pair in itertools.combinations(late, 2))


def test_supernova_plays_them_too(home):
    y = live.play(home, "sine", SECONDS, 2, "supernova")
    assert np.isfinite(y).all() and correlation(*y[:, -24000:]) > 0.97


@pytest.mark.parametrize("server", ["scsynth", "supernova"])
def test_commands_while_it_plays(home, tmp_path, server):
    script = live.builds.HERE / "sc" / "commands.scd"
    with live.jack() as found:
        said = live.sclang(home, script, tmp_path, live.port(), server, **found)
    assert "ERROR" not in said, said
    (index,) = [line[3:] for line in said.splitlines() if line.startswith("at ")]
    replies = [line.split()[2:] for line in said.splitlines() if line.startswith("reply ")]
    assert replies[:3] == [[index, "1.0"]] * 3, said
    assert [reply[1] for reply in replies[3:]] == ["1.0", "0.0", "1.0"], said
    assert f"Unlearn: cannot read {tmp_path}/none: No such file or directory" in said
    first, second = load(tmp_path / "first"), load(tmp_path / "second")
    assert first.samples % 64 == 0 and second.samples % 64 == 0 and second.neurons == 16
    weights, _ = soundfile.read(tmp_path / "weights.wav", dtype="float32")
    assert weights.shape == (113,) and (weights != 0).all() and np.abs(weights).max() < 100
    assert said.count("Unlearn: silent: the server's memory is short for 64 neurons, inputs 3") == 1


def test_the_window_of_multislider(home, tmp_path):
    """What is drawn in it goes into the network, which learns it over: docs/sc/multislider.png."""
    script, picture = live.builds.HERE / "sc" / "window.scd", tmp_path / "window.png"
    with live.screen(1860, 540) as seen, live.jack() as found:
        said = live.sclang(home, script, live.EXAMPLES / "multislider.scd", picture, live.port(),
                           **found, **seen)  # fmt: skip
    assert "ERROR" not in said, said
    order = [said.index(word) for word in ("shows", "drawn", "learns", "picture\n")]
    assert order == sorted(order)
    pixels = mpimg.imread(picture)
    assert pixels.shape[:2] == (540, 1860)
    assert np.unique(pixels.reshape(-1, pixels.shape[2]), axis=0).shape[0] > 20

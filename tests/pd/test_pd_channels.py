"""Multichannel signals in libpd 0.56; the same files load and run in 0.53, which has none."""

import numpy as np
import pytest

from pd.duets import CHUNK, single, sound, unlearn_from
from pd.patches import Patch, assert_same, listening
from pd.sessions import Session
from specml import AutoRegNN, AutoRegNN2, Unlearn
from specml.reference import autoregnn, autoregnn2
from takes import Take


def channels(count: int, seed: int = 1) -> np.ndarray:
    return np.float32([sound(CHUNK, seed + k) for k in range(count)])


def networks(x, seed=1, **signals):
    """What a network for each channel says, the predictions first."""
    held = {name: single(c.initial) for name, c in autoregnn.CONTROLS.items()}
    said = []
    for k, row in enumerate(np.float64(x)):
        given = {name: np.float64(s[k % len(s)]) for name, s in signals.items()}
        said.append(AutoRegNN(seed=seed + k).process(row, **(held | given)))
    return np.concatenate(list(zip(*said, strict=True)))


@pytest.mark.parametrize("count", [2, 4, 7])
@pytest.mark.parametrize("lr_channels", [1, 2, 3])
def test_a_network_for_each_channel(libpd_host, count, lr_channels):
    """Seeds count up; an inlet with fewer channels begins again."""
    wide = {0: count, 2: lr_channels}
    text = listening("autoregnn~ -seed 5", (0, 2), (count, count), wide=wide)
    patch = libpd_host.open(text)
    libpd_host.dsp(True)
    x, lr = channels(count), 0.2 * np.abs(channels(lr_channels, 50))
    y = libpd_host.process(np.concatenate([x, lr]), 2 * count)
    libpd_host.close(patch)
    assert_same("channels", y, networks(x, 5, lr=lr))


def pairs(nets, x1, x2, **signals):
    """What a pair for each channel of the wider input says, outlet after outlet."""
    held = {name: single(c.initial) for name, c in autoregnn2.CONTROLS.items()}
    said = []
    for k, net in enumerate(nets):
        given = {name: np.float64(s[k % len(s)]) for name, s in signals.items()}
        heard = (np.float64(x[k % len(x)]) for x in (x1, x2))
        said.append(net.process(*heard, **(held | given)))
    return np.concatenate(list(zip(*said, strict=True)))


@pytest.mark.parametrize("mix_channels", [1, 3])
@pytest.mark.parametrize(("one", "two"), [(3, 3), (4, 2), (1, 4), (5, 1), (2, 5)])
def test_a_pair_for_each_channel(libpd_host, one, two, mix_channels):
    """As many as the wider input has; the other one begins again."""
    count, wide = max(one, two), {0: one, 1: two, 2: mix_channels}
    text = listening("autoregnn2~ -seed 5", (0, 1, 2), (count,) * 3, wide=wide)
    patch = libpd_host.open(text)
    libpd_host.dsp(True)
    x1, x2, mix = channels(one), channels(two, 20), np.abs(channels(mix_channels, 50))
    y = libpd_host.process(np.concatenate([x1, x2, mix]), 3 * count)
    libpd_host.said()
    libpd_host.send("x", "report")
    report = libpd_host.said()
    libpd_host.close(patch)
    nets = [AutoRegNN2(seed=5 + k) for k in range(count)]
    assert_same("channels", y, pairs(nets, x1, x2, mix=mix))
    assert f"info: channels {count}\n" in report
    assert f"info: weights {226 * count}\n" in report
    assert report.count("info: mse ") == 2 * count


def test_pairs_come_and_go(libpd_host):
    """The second input has one channel, then three, then one: those that are there go on."""
    patch = Patch("pairs")
    heard = patch.add("adc~ 1 2 3 4")
    cables = [patch.add(f"snake~ in {count}") for count in (1, 3)]
    box, spoken = patch.add("autoregnn2~"), patch.add("dac~ 1 2 3 4 5 6 7 8 9")
    for k in range(3):
        patch.connect(heard, 1 + k, cables[1], k)
        split = patch.add("snake~ out 3")
        patch.connect(box, k, split, 0)
        for j in range(3):
            patch.connect(split, j, spoken, 3 * k + j)
    patch.connect(heard, 1, cables[0], 0)
    patch.connect(heard, 0, box, 0)
    opened = libpd_host.open(patch.text(), "pairs")
    libpd_host.dsp(True)
    canvas, x, nets = "pd-pairs.pd", channels(4), [AutoRegNN2(seed=1 + k) for k in range(3)]
    for count in (1, 3, 1, 3):
        libpd_host.send(canvas, "connect", float(cables[count > 1]), 0.0, float(box), 1.0)
        y = libpd_host.process(x, 9).reshape(3, 3, -1)
        want = pairs(nets[:count], x[:1], x[1 : 1 + count])
        assert_same(f"{count} pairs", y[:, :count].reshape(3 * count, -1), np.float32(want))
        assert not np.any(y[:, count:])
        libpd_host.send(canvas, "disconnect", float(cables[count > 1]), 0.0, float(box), 1.0)
    libpd_host.close(opened)


def test_all_channels_fade(libpd_host):
    """Each from its old network to its new one; a channel that comes meanwhile is there at once."""
    count, n = 3, 480
    text = listening("autoregnn2~", (0, 1), (count,) * 3, wide={0: count, 1: count})
    patch = libpd_host.open(text)
    libpd_host.dsp(True)
    x = channels(2 * count)
    old = [AutoRegNN2(seed=1 + k) for k in range(count)]
    assert_same("old", libpd_host.process(x, 9), np.float32(pairs(old, x[:3], x[3:])))
    libpd_host.send("x", "seed", 7.0)
    new = [AutoRegNN2(seed=7 + k) for k in range(count)]
    was, becomes = pairs(old, x[:3], x[3:]), pairs(new, x[:3], x[3:])
    share = np.arange(1, n + 1) / n
    becomes[:, :n] = was[:, :n] + share * (becomes - was)[:, :n]
    assert_same("fade", libpd_host.process(x, 9), np.float32(becomes))
    libpd_host.close(patch)


def test_the_array_shows_all_pairs(libpd_host):
    wide = {0: 1, 1: 2}
    text = listening("autoregnn2~ -table w", (0, 1), (2, 2, 2), [("w", 452)], wide=wide)
    patch = libpd_host.open(text)
    libpd_host.dsp(True)
    libpd_host.process(np.zeros((3, 3840)), 6)
    libpd_host.send("x", "seed", 4.0)
    want = np.concatenate([AutoRegNN2(seed=4 + k).parameters.ravel() for k in range(2)])
    assert libpd_host.length("w") == 452
    assert_same("weights", libpd_host.read("w", 452), np.float32(want))
    libpd_host.close(patch)


def test_more_channels_later_and_fewer_again(libpd_host):
    """Networks that are there go on as they were."""
    patch = Patch("later")
    heard = patch.add("adc~ 1 2 3")
    cables = [patch.add(f"snake~ in {count}") for count in (1, 3)]
    box, split, spoken = (
        patch.add(text) for text in ("autoregnn~", "snake~ out 3", "dac~ 1 2 3")
    )  # fmt: skip
    for k in range(3):
        patch.connect(heard, k, cables[1], k)
        patch.connect(split, k, spoken, k)
    patch.connect(heard, 0, cables[0], 0)
    patch.connect(box, 0, split, 0)
    opened = libpd_host.open(patch.text(), "later")
    libpd_host.dsp(True)
    canvas, x = "pd-later.pd", channels(3)
    held = {name: single(c.initial) for name, c in autoregnn.CONTROLS.items()}
    nets = [AutoRegNN(seed=1 + k) for k in range(3)]
    for count in (1, 3, 1, 3):
        libpd_host.send(canvas, "connect", float(cables[count > 1]), 0.0, float(box), 0.0)
        y = libpd_host.process(x, count)
        want = [nets[k].process(np.float64(x[k]), **held)[0] for k in range(count)]
        assert_same(f"{count} channels", y, np.stack(want))
        libpd_host.send(canvas, "disconnect", float(cables[count > 1]), 0.0, float(box), 0.0)
    libpd_host.close(opened)


def test_the_array_shows_all_channels_one_after_the_other(libpd_host):
    text = listening("autoregnn~ -table w", (0,), (3, 3), [("w", 339)], wide={0: 3})
    patch = libpd_host.open(text)
    libpd_host.dsp(True)
    libpd_host.process(np.zeros((3, 64)), 6)
    libpd_host.process(np.zeros((3, 3840)), 6)
    libpd_host.send("x", "seed", 4.0)
    shown = libpd_host.read("w", 339)
    want = [AutoRegNN(seed=4 + k).parameters for k in range(3)]
    assert_same("weights", shown, np.concatenate(want))
    libpd_host.said()
    libpd_host.send("x", "report")
    assert "info: channels 3\n" in libpd_host.said()
    libpd_host.close(patch)


def unlearn(x, outs=None, **other):
    net, held = unlearn_from("wind", **other)
    held = {name: single(value) for name, value in held.items()}
    return net.process(x=np.float64(x), lambda_=held.pop("lambda"), **held, outs=outs)


def test_mc_says_each_neuron(libpd_host):
    text = listening("unlearn~ -preset wind -mc -fade 0", (0,), (20,))
    patch = libpd_host.open(text)
    libpd_host.dsp(True)
    x = channels(1)
    assert_same("-mc", libpd_host.process(x, 16), unlearn(x))
    libpd_host.said()
    libpd_host.send("x", "neurons", 5.0)  # the cable narrows
    assert_same("5 neurons", libpd_host.process(x, 5), unlearn(x, neurons=5))
    libpd_host.send("x", "neurons", 20.0)  # and widens
    assert_same("20 neurons", libpd_host.process(x, 20), unlearn(x, neurons=20))
    libpd_host.close(patch)


def test_channels_feed_external_inputs_in_turn(libpd_host):
    """Fewer channels begin again; more go unheard, and the box says so once."""
    for count, external, message in ((3, 3, ""), (2, 5, ""), (4, 2, "4 channels come in")):
        libpd_host.said()
        box = f"unlearn~ -preset wind -external {external} -outs 4"
        patch = libpd_host.open(listening(box, (0,), 4, wide={0: count}))
        libpd_host.dsp(True)
        libpd_host.dsp(False)
        libpd_host.dsp(True)
        said = libpd_host.said()
        assert said.count("error") == said.count(message or "error") == bool(message)
        x = channels(count)
        heard = np.stack([x[j % count] for j in range(external)])
        y = libpd_host.process(x, 4)
        libpd_host.close(patch)
        assert_same(box, y, unlearn(heard, 4, external=external))


def test_more_outlets_than_neurons_are_silent(libpd_host):
    patch = libpd_host.open(listening("unlearn~ -preset wind -outs 5 -fade 0", (0,), 5))
    libpd_host.dsp(True)
    x = channels(1)
    assert np.all(np.any(libpd_host.process(x, 5), axis=1))
    libpd_host.send("x", "neurons", 3.0)
    y = libpd_host.process(x, 5)
    libpd_host.close(patch)
    assert_same("heard", y[:3], unlearn(x, 3, neurons=3))
    assert not np.any(y[3:])


def test_0_53_has_outlets_instead(debian):
    """An error once; and the sound of as many outlets as -outs says."""
    take = _Mc(Unlearn, {}, 4096, outs=3, held={})
    (y,) = debian.play(Session([take]))
    assert_same("outlets", y, take.replay(), 2.0**-63)
    error = "unlearn~: -mc needs Pd 0.54 or newer, here are 3 outlets instead"
    assert debian.log.count("error") == debian.log.count(error) == 1


class _Mc(Take):
    def box(self, table):
        held = "-lambda 60 -mu 0.5 -nu 0.5 -strength 0.125 -radius 0.0625 -friction 0"
        return f"unlearn~ -mc -outs 3 {held}"

    def replay(self, precision=np.float32, block=64, phase=0):
        held = {"lambda_": 60.0, "mu": 0.5, "nu": 0.5, "strength": 0.125, "radius": 0.0625,
                "friction": 0.0}  # fmt: skip
        return precision(Unlearn().process(self.samples, **held, outs=3))


def test_mc_has_the_channels_of_what_is_read(libpd_host, tmp_path):
    """The patch is sorted anew before another sample is written."""
    whole = Unlearn(9, 2, 40, seed=4)
    whole.process(640)
    whole.save(tmp_path / "nine")
    patch = libpd_host.open(listening("unlearn~ 3 2 40 -mc -fade 0", (0,), (9,)))
    libpd_host.dsp(True)
    x = np.float32([sound(CHUNK, 1)])
    libpd_host.process(x, 9)
    libpd_host.send("x", "read", str(tmp_path / "nine"))
    y = libpd_host.process(x, 9)
    libpd_host.close(patch)
    held = {name.replace("lambda", "lambda_"): single(v) for name, v in whole.held.items()}
    assert_same("-mc", y, np.float32(whole.process(x=np.float64(x), **held)))

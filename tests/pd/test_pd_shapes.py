"""What a box says when it is made, and messages that make a network of another shape."""

import numpy as np
import pytest

from keeping import kept
from pd.duets import CHUNK, Duet, sound, unlearn_from
from pd.patches import assert_same, listening
from specml import AutoRegNN, AutoRegNN2, Unlearn, core
from specml.reference import unlearn
from takes import PRESETS


@pytest.mark.parametrize("model", [AutoRegNN, AutoRegNN2])
def test_a_new_shape_keeps_what_it_can(libpd_host, model):
    """Parameters that both shapes have stay, controls stay, sound is forgotten."""
    name = f"{model.__name__.lower()}~"
    shape = {"size": 12, "width": 8, "layers": 1}
    with Duet(libpd_host, f"{name} -seed 5", model(**shape, seed=5)) as duet:
        duet.send("ridge", 0.01)
        duet.held["ridge"] = 0.01
        for key, value in (("size", 20), ("width", 5), ("layers", 3), ("width", 30), ("layers", 2),
                           ("size", 1), ("size", 1)):  # fmt: skip
            duet.go(640)
            before, old = tuple(shape.values()), np.atleast_2d(duet.net.parameters)
            assert not duet.send(key, float(value))
            if shape[key] != value:
                shape[key] = value
                duet.net = model(**shape, seed=5)
                fresh = np.atleast_2d(duet.net.parameters)
                parts = [
                    kept(one, before, other, tuple(shape.values()))
                    for one, other in zip(old, fresh, strict=True)
                ]
                duet.net.parameters = np.reshape(parts, duet.net.parameters.shape)
        duet.go()
        facts = duet.report()
        assert [facts[key] for key in shape] == [[[float(value)]] for value in shape.values()]


@pytest.mark.parametrize("model", [AutoRegNN, AutoRegNN2])
def test_a_new_shape_learns_only_if_the_old_one_did(libpd_host, model):
    name = f"{model.__name__.lower()}~"
    with Duet(libpd_host, f"{name} -size 5", model(5)) as duet:
        duet.send("learn", 0.0)
        duet.send("size", 3.0)
        fresh = model(3)
        parts = [
            kept(old, (5, 8, 1), new, (3, 8, 1))
            for old, new in zip(
                np.atleast_2d(duet.net.parameters), np.atleast_2d(fresh.parameters), strict=True
            )
        ]
        fresh.parameters = np.reshape(parts, fresh.parameters.shape)
        duet.net, rate = fresh, duet.held["lr"]
        duet.held["lr"] = 0.0
        duet.go()
        duet.send("learn", 1.0)
        duet.held["lr"] = rate
        duet.go()


def test_a_new_shape_of_unlearn_is_a_new_draw(libpd_host):
    net, held = unlearn_from("wind", 4)
    shape = {key: core.presets()["wind"][key] for key in ("neurons", "maxdelay", "external")}
    with Duet(libpd_host, "unlearn~ -preset wind -seed 4", net, held) as duet:
        for key, value in (("neurons", 5), ("maxdelay", 7), ("inputs", 5), ("neurons", 3)):
            duet.go(640)
            assert not duet.send(key, float(value))
            shape[key] = value
            fewer = shape | {"inputs": min(shape.get("inputs", 3), shape["neurons"])}
            duet.net, _ = unlearn_from("wind", 4, **fewer)
        duet.go()
        assert duet.report()["inputs"] == [[3.0]]
        assert "inputs must be an integer within 1..3, not 4" in duet.send("inputs", 4.0)
        duet.go()


def test_functions(libpd_host):
    with Duet(libpd_host, "unlearn~ -preset wind", *unlearn_from("wind")) as duet:
        choices = {"activation": "tanh", "energy": "tanh", "integrator": "euler"}
        for key, word in choices.items():
            assert not duet.send(key, word)
        duet.net, _ = unlearn_from("wind", **choices)
        duet.go()
        assert f"{key} must be one of symplectic euler, not foo\n" in duet.send(key, "foo")
        accepted = f"must be one of {' '.join(unlearn.FUNCTIONS)}, not"
        assert f"energy {accepted} 1\n" in duet.send("energy", 1.0)
        assert f"activation {accepted} nothing\n" in duet.send("activation")
        duet.go()
        for word in unlearn.FUNCTIONS:
            for key in ("activation", "energy"):
                assert not duet.send(key, word)
            duet.send("reset")
            duet.net, _ = unlearn_from("wind", **choices | {"activation": word, "energy": word})
            duet.go()


def test_told_nothing_it_is_wind(libpd_host):
    with Duet(libpd_host, "unlearn~", *unlearn_from("wind")) as duet:
        duet.go()


def test_excite_counts_from_the_next_reset(libpd_host):
    with Duet(libpd_host, "unlearn~ -preset wind", *unlearn_from("wind")) as duet:
        duet.send("excite", 0.5)
        duet.go()
        duet.send("reset")
        duet.net, _ = unlearn_from("wind", excite=0.5)
        duet.go()
        assert "excite must be a number within 0..1, not 2\n" in duet.send("excite", 2.0)


def test_preset_message(libpd_host):
    """One after the other in a box that began as something else; the seed stays."""
    with Duet(libpd_host, "unlearn~ -seed 9 3 2 10", *unlearn_from(PRESETS[0], 9)) as duet:
        for preset in (*PRESETS, PRESETS[0]):
            assert not duet.send("preset", preset)
            duet.net, duet.held = unlearn_from(preset, 9)
            duet.go()
        accepted = f"preset must be one of {' '.join(PRESETS)}, not "
        assert duet.send("preset", "foo").endswith(f"{accepted}foo\n")
        assert duet.send("preset").endswith(f"{accepted}nothing\n")
        duet.go()


def test_other_flags_refine_a_preset_wherever_it_stands(libpd_host):
    net, held = unlearn_from("wind", neurons=5, seed=2, scale=1.0)
    with Duet(libpd_host, "unlearn~ -scale 1 5 -preset wind -mu 3 -seed 2", net, held) as duet:
        duet.held["mu"] = 3.0
        duet.go()


def test_arguments_stand_in_their_order_and_flags_anywhere(libpd_host):
    net = AutoRegNN(13, 9, 2, seed=3)
    held = {"autoreg": 0.5, "lr": 0.2, "ridge": 0.01, "teacher": 0.25}
    box = "autoregnn~ 0.5 -seed 3 13 9 -teacher 0.25 2 0.2 0.01"
    with Duet(libpd_host, box, net, held) as duet:
        duet.go()
    held = {"mix": 0.75, "lr": 0.2, "ridge": 0.01}
    with Duet(libpd_host, "autoregnn2~ 0.75 13 9 0.2 0.01", AutoRegNN2(13, 9), held) as duet:
        duet.go()
    with Duet(libpd_host, "unlearn~ 7 2 50", Unlearn(7, 2, 50)) as duet:
        duet.go()


WRONG = {
    "autoregnn~ -foo 3 12": "there is no flag -foo; flags are, with a dash: autoreg lr ridge "
    "teacher size width layers seed scale learn fade fixed keep table file",
    "autoregnn~ 1 2000": "size must be an integer within 1..1024, not 2000",
    "autoregnn~ a": "autoreg must be a number within 0..1, not a",
    "autoregnn~ 1 12 8 1 0.1 0.0001 5": "argument 7, 5, is one too many; arguments are autoreg "
    "size width layers lr ridge",
    "autoregnn~ -seed": "seed must be an integer within 0..16777216, not nothing",
    "autoregnn~ -seed -lr 0.1": "seed must be an integer within 0..16777216, not nothing",
    "autoregnn~ -table 5": "table must be the name of an array, not 5",
    "autoregnn2~ 2": "mix must be a number within 0..1, not 2",
    "autoregnn2~ 0.5 12 0": "width must be an integer within 1..1024, not 0",
    "unlearn~ 16 20": "inputs must be an integer within 1..16, not 20",
    "unlearn~ 2 5": "inputs must be an integer within 1..2, not 5",
    "unlearn~ -preset foo": f"preset must be one of {' '.join(PRESETS)}, not foo",
    "unlearn~ -outs 0": "outs must be an integer within 1..1024, not 0",
    "unlearn~ -integrator 1": "integrator must be one of symplectic euler, not 1",
}


@pytest.mark.parametrize("box", WRONG)
def test_a_wrong_box_is_made_all_the_same(libpd_host, box):
    """It says once what is wrong, and goes on with its default."""
    libpd_host.said()
    name = box.split()[0]
    outs = {"autoregnn2~": 3}.get(name, 2)
    patch = libpd_host.open(listening(box, (0,), outs))
    libpd_host.dsp(True)
    said = [
        line
        for line in libpd_host.said().splitlines()
        if "must be a number within 0..1, not 12" not in line
    ]  # after -foo 3, 12 is the first argument
    assert said == [f"error: {name}: {WRONG[box]}"]
    y = libpd_host.process(np.float32(sound(CHUNK))[np.newaxis], outs)
    libpd_host.close(patch)
    assert np.all(np.isfinite(y))
    assert np.ptp(y[0]) > 0.01


def test_without_memory_the_old_network_goes_on(externals):
    """1024 neurons with delays of ten seconds want 4 GB."""
    from pd.libpd import LibPd

    host = LibPd(externals)
    with Duet(host, "unlearn~ -preset wind", *unlearn_from("wind")) as duet:
        duet.go()
        host.allow(2**28)
        shape = "480000"
        duet.send("maxdelay", float(shape))
        duet.net, _ = unlearn_from("wind", maxdelay=480000)
        duet.go()
        said = duet.send("neurons", 1024.0)
        assert "unlearn~: no memory for 1024 neurons, inputs 3, maxdelay 480000" in said
        duet.go()
        assert duet.report()["neurons"] == [[16.0]]
    host.end()


def test_bits_after_closing_and_opening_again(libpd_host):
    """A box is new each time: nothing of the one before is left in it."""
    heard = np.float32(sound(CHUNK))[np.newaxis]
    said = []
    for _ in range(2):
        patch = libpd_host.open(listening("autoregnn~ 1 20 10 3", (0,), 2))
        libpd_host.dsp(True)
        said.append(libpd_host.process(heard, 2))
        libpd_host.close(patch)
    assert_same("again", said[1], said[0])

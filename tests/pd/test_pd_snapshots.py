"""Snapshots in Pd: weights go where Python's go, on the same grid, whatever the block size."""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

import specml
from pd import relays
from pd.duets import CHUNK, Duet, unlearn_from
from pd.patches import assert_same
from pd.relays import Leg, heard, play, tensors
from specml import AutoRegNN, AutoRegNN2

SAMPLES = 16 * 2048
LEAST = 2.0**-63  # what is smaller in size, [tabwrite~] makes 0
TOLD = {  # when, in ms: to the box, and to Python
    50.0: ("recall a 20", lambda net: net.recall("a", 960)),
    150.0: ("morph a b 0.25 12.5", lambda net: net.morph("a", "b", 0.25, 600)),
    156.0: ("morph a c 0.5 300", lambda net: net.morph("a", "c", 0.5, 14400)),  # on the way there
    350.0: ("recall b", lambda net: net.recall("b")),  # as the fade is 0: at once
    450.0: ("morph c b 1 0", lambda net: net.morph("c", "b", 1.0)),
    500.0: ("recall c 1.3", lambda net: net.recall("c", 62)),
}
each_model = pytest.mark.parametrize("name", relays.MODELS)


@pytest.fixture(scope="module")
def learnt(hosts, tmp_path_factory):
    """A file with three snapshots, of one model each: what it has learnt more and more."""
    folder = tmp_path_factory.mktemp("learnt")

    def learn(name: str) -> Path:
        path = folder / f"{name}.safetensors"
        if not path.exists():
            play(hosts["double64"], Leg(relays.MODELS[name], heard(name, 640),
                                        [(0.0, f"write {path}")]))  # fmt: skip
            net = specml.load(path)
            for snapshot in ("a", "b", "c"):
                net.store(snapshot)
                relays.go_on(net, heard(name, 2000))
            net.save(path)
        return path

    return learn


@each_model
@pytest.mark.parametrize("block", [1, 16, 64, 2048])
@pytest.mark.parametrize("kind", ["debian", "libpd", "double64"])
def test_recall_and_morph_are_those_of_python(hosts, learnt, tmp_path, kind, block, name):
    """And in the middle of a glide everything is in the file."""
    path, x = learnt(name), heard(name, SAMPLES)
    told = [(ms, text) for k, ms in enumerate(TOLD)
            for text in (f"write {tmp_path}/{k}", TOLD[ms][0])]  # fmt: skip
    text = f"{relays.FRESH[name]} -file {path}"
    y = play(hosts[kind], Leg(text, x, told), block)
    assert "error" not in hosts[kind].log
    net, said = specml.load(path), []
    begun = net.samples
    when = [int(tensors(tmp_path / f"{k}")["samples"][0]) - begun for k in range(len(TOLD))]
    for k, (begin, end) in enumerate(itertools.pairwise([0, *when, y.shape[1]])):
        if k:
            net.save(tmp_path / "python")
            assert (tmp_path / "python").read_bytes() == (tmp_path / f"{k - 1}").read_bytes()
            [*TOLD.values()][k - 1][1](net)
        said.append(relays.go_on(net, x[:, begin:end]))
    assert_same(name, y, np.concatenate(said, axis=1), LEAST)


# ---- what is told and said ----


def duet_of(host, name: str) -> Duet:
    if name == "unlearn~":
        return Duet(host, "unlearn~ -preset clicks", *unlearn_from("clicks"))
    return Duet(host, name, AutoRegNN() if name == "autoregnn~" else AutoRegNN2())


@pytest.fixture(params=relays.MODELS)
def duet(request, libpd_host):
    with duet_of(libpd_host, request.param) as made:
        made.go()
        yield made


def test_what_was_stored_comes_back(duet):
    for name in ("one", "two"):
        assert not duet.send("store", name)
        duet.net.store(name)
        duet.go()
    assert not duet.send("recall", "one", 30.0)
    duet.net.recall("one", 1440)
    duet.go()
    assert not duet.send("morph", "one", "two", 0.75, 10.0)
    duet.net.morph("one", "two", 0.75, 480)
    duet.go()


def test_it_takes_as_long_as_a_fade_unless_it_is_told(duet):
    duet.send("store", "one")
    duet.net.store("one")
    duet.go()
    duet.send("fade", 20.0)
    duet.send("recall", "one")
    duet.net.recall("one", 960)
    duet.go()


def test_without_sound_it_is_there_at_once(duet):
    duet.send("store", "one")
    duet.net.store("one")
    duet.go()
    duet.host.dsp(False)
    duet.send("recall", "one", 1000.0)
    duet.net.recall("one")
    duet.host.dsp(True)
    duet.go()


def test_their_names_are_told(duet):
    assert duet.send("snapshots") == "info: snapshots 0\n"
    for name in ("b", "a", "c d", "é"):
        duet.send("store", name)
    said = "".join(f"info: snapshot {name}\n" for name in ("a", "b", "c\\ d", "é"))
    assert duet.send("snapshots") == "info: snapshots 4\n" + said
    assert not duet.send("forget", "b")
    assert "snapshots 3" in duet.send("snapshots")
    duet.go()


def test_a_number_is_a_name_too(duet):
    duet.send("store", 7.0)
    duet.net.store("7")
    duet.go()
    duet.send("recall", 7.0)
    duet.net.recall("7")
    duet.go()
    assert "info: snapshot 7\n" in duet.send("snapshots")


def test_what_is_refused(duet):
    """By its name and what there is; the sound goes on as it was."""
    said = f"error: {duet.name}: "
    assert duet.send("recall", "x") == (
        f"{said}recall must be the name of a snapshot, not x; there is none yet\n"
    )
    duet.send("store", "a")
    duet.send("store", "b")
    for word in ("recall", "forget", "morph"):
        ends = "must be the name of a snapshot, not x; there are a b\n"
        assert duet.send(word, "x") == f"{said}{word} {ends}"
    number = "must be a number within 0.."
    for message, wanted in (
        (("morph", "a", "b"), f"x of morph {number}1, not nothing\n"),
        (("morph", "a", "b", "c"), f"x of morph {number}1, not c\n"),
        (("morph", "a", "b", 1.5), f"x of morph {number}1, not 1.5\n"),
        (("morph", "a", "b", 0.5, -1.0), f"ms of morph {number}1e+06, not -1\n"),
        (("recall", "a", "soon"), f"ms of recall {number}1e+06, not soon\n"),
        (("morph", "a"), "morph must be the name of a snapshot, not nothing; there are a b\n"),
    ):
        assert duet.send(*message) == f"{said}{wanted}"
    for name in ((), ("x" * 65,), ("",)):
        assert duet.send("store", *name).startswith(f"{said}store must be a name of at most 64 ")
    assert "snapshots 2" in duet.send("snapshots")
    duet.go()


def test_another_shape_is_refused(libpd_host):
    with Duet(libpd_host, "autoregnn~", AutoRegNN(size=20)) as duet:
        duet.send("store", "small")
        duet.send("size", 20.0)
        duet.send("reset")
        said = duet.send("recall", "small")
        assert re.match(r"error: autoregnn~: snapshot small is of .*12.*; this is of .*20", said)
        duet.go()


def test_the_array_shows_what_comes_back(libpd_host):
    with Duet(libpd_host, "autoregnn~ -table w", AutoRegNN(), arrays=[("w", 113)]) as duet:
        duet.go()
        duet.send("store", "a")
        duet.net.store("a")
        duet.go()
        duet.send("learn", 0.0)
        duet.held["lr"] = 0.0
        duet.send("recall", "a")
        duet.net.recall("a")
        assert_same("shown", libpd_host.read("w", 113), np.float32(duet.net.parameters))
        duet.go(CHUNK)

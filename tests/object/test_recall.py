"""Snapshots of an object: stored, recalled, mixed, on the grid of a glide."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bits import assert_same
from object.library import Host
from object.lived import each_model, header, hear, lived, written


@each_model
def test_what_was_stored_comes_back(model):
    host = lived(model)
    kept = host.weights
    host.send("store a")
    hear(host, 300)
    assert np.any(host.weights != kept)
    assert host.send("recall a") == ""
    assert_same("weights", host.weights, kept)
    assert host.send("snapshots") == "snapshots 1\nsnapshot a\n"


@each_model
@given(x=st.floats(0, 1))
@settings(max_examples=20, deadline=None)
def test_between_two_lies_what_lies_between(model, x):
    host = lived(model)
    first = host.weights
    host.send("store a")
    host.send("reset")
    second = host.weights
    host.send("store b")
    host.send("morph a b", x)
    want = first if x == 0 else second if x == 1 else first + (second - first) * x
    want[np.abs(want) < 2.0**-500] = 0.0
    assert_same("weights", host.weights, want)
    host.close()


@each_model
@pytest.mark.parametrize("cuts", [(), (1,), (63, 64, 65), range(0, 960, 17)], ids=str)
def test_a_glide_is_on_its_grid_whatever_the_block(model, cuts):
    """Weights step towards what was stored each 64 samples, and are there after the last step."""
    hosts = [lived(model), lived(model)]
    for host in hosts:
        host.send("store a")
        kept = host.weights
        hear(host, 400, 9)
        host.send("recall a 20")  # 960 samples: 16 steps
    said = [hear(host, 960, 5, cuts=cuts_) for host, cuts_ in zip(hosts, ((), cuts), strict=True)]
    assert_same("sound", *said)
    assert_same("weights", hosts[1].weights, kept)
    assert_same("afterwards", *(hear(host, 64, 6) for host in hosts))
    assert np.any(hosts[0].weights != kept)


def test_a_glide_without_learning_is_a_line():
    host = lived("autoregnn")
    host.send("learn 0")
    host.send("store a")
    goal = host.weights
    host.send("reset")
    begin = host.weights
    host.send("recall a 8")  # 384 samples: 7 steps
    for k in range(1, 8):
        np.testing.assert_allclose(host.weights, begin + (goal - begin) * k / 7, rtol=1e-12)
        hear(host, 64)
    assert_same("there", host.weights, goal)


def test_a_draw_ends_a_glide():
    host, twin = lived("autoregnn"), lived("autoregnn")
    host.send("store a")
    host.send("reset")
    host.send("recall a 100")
    hear(host, 100)
    host.send("reset")
    twin.send("reset")
    assert_same("sound", hear(host, 999), hear(twin, 999))


@each_model
def test_a_glide_that_is_saved_goes_on(model, tmp_path):
    host = lived(model)
    host.send("store a")
    host.send("reset")
    host.send("recall a 50")
    hear(host, 100)
    facts = header(written(host, tmp_path / "x"))["__metadata__"]
    assert facts["glide"] == "36 28"  # 38 steps, two taken; 28 samples until the third
    other = Host(model, "-fade 0")
    other.send("read", str(tmp_path / "x"))
    assert_same("sound", hear(host, 3000), hear(other, 3000))
    assert "glide" not in header(written(host, tmp_path / "x"))["__metadata__"]


@pytest.mark.parametrize("message", ["recall", "recall b", "morph a b 0.5", "morph a", "forget b"])
def test_what_is_no_snapshot_is_named_with_those_that_are(message):
    host = Host("autoregnn")
    said = host.send(message)
    assert "must be the name of a snapshot, not" in said and said.endswith("there is none yet\n")
    host.send("store a")
    host.send("store zz")
    assert host.send(message).endswith("there are a zz\n")


@pytest.mark.parametrize(
    ("message", "words"),
    [("morph a a", "x of morph must be a number within 0..1, not nothing"),
     ("morph a a 2", "x of morph must be a number within 0..1, not 2"),
     ("morph a a nan", "x of morph must be a number within 0..1, not nan"),
     ("recall a -1", "ms of recall must be a number within 0..1e+06, not -1"),
     ("recall a soon", "ms of recall must be a number within 0..1e+06, not soon"),
     ("store " + "x" * 65, "store must be a name of at most 64 bytes")],
)  # fmt: skip
def test_what_cannot_be_is_refused(message, words):
    host = Host("autoregnn")
    host.send("store a")
    before = host.weights
    assert words in host.send(message)
    assert_same("weights", host.weights, before)


def test_a_snapshot_of_another_shape_is_refused_and_kept(tmp_path):
    host = lived("autoregnn")
    host.send("store a")
    host.send("size 9")
    assert host.send("recall a") == (
        "error: snapshot a is of size 5, width 3, layers 1; this is of size 9, width 3, layers 1\n"
    )
    said = host.send("write", str(tmp_path / "x"))
    assert said.startswith("warning: 1 of 1 snapshots are of another shape and not in ")
    host.send("size 5")
    assert host.send("recall a") == ""

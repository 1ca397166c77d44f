"""State files of an object, through the smallest host: docs/state.md held to the bit."""

import ctypes as ct
import os
import re
import shutil
import subprocess
import sys

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

import builds
import specml
from bits import assert_same
from object.library import Host, library, words
from object.lived import (
    HEARD,
    each_model,
    header,
    hear,
    lived,
    written,
)
from specml.state import save_channels


@each_model
@pytest.mark.parametrize("channels", [1, 3])
def test_a_sound_that_is_saved_goes_on(model, channels, tmp_path):
    """In a box of another shape, drawn otherwise; the file of the one is the file of the other."""
    channels = 1 if model == "unlearn" else channels
    host = lived(model, channels=channels)
    host.send("store a")
    path = tmp_path / "x.safetensors"
    first = written(host, path)
    other = Host(model, "-fade 0 -seed 8", 1)
    hear(other, 100, 2)
    assert other.send("read", str(path)) == f"read {path}\n"
    hear_all = [hear(each, 700, 5, channels) for each in (host, other)]
    assert_same("what they say", *hear_all)
    assert written(other, path) == written(host, path) != first
    assert host.send("dump") == other.send("dump")


@each_model
def test_python_writes_the_channels_that_a_host_wrote(model, tmp_path):
    """With snapshots, and in the middle of a glide."""
    channels = 1 if model == "unlearn" else 3
    host = lived(model, channels=channels)
    host.send("store a")
    hear(host, 200, 4, channels)
    host.send("recall a 50")
    hear(host, 100, 5, channels)
    data, again = written(host, tmp_path / "x"), tmp_path / "again"
    save_channels([specml.load(tmp_path / "x", channel=k + 1) for k in range(channels)], again)
    assert b'"glide"' in data and again.read_bytes() == data


@each_model
def test_another_library_reads_the_same(model, tmp_path):
    host = lived(model)
    host.send("store", "é")
    data = written(host, tmp_path / "x")
    found = header(data)
    tensors = load_file(tmp_path / "x")
    assert {*tensors} == {*found} - {"__metadata__"}
    assert all(tensor.dtype.itemsize == 8 for tensor in tensors.values())
    learnt = [name for name in tensors if name not in HEARD and "snapshot" not in name]
    in_order = sorted(learnt, key=lambda name: found[name]["data_offsets"])
    weights = np.concatenate([tensors[name].ravel() for name in in_order])
    assert_same("weights", weights[: len(host.weights)], host.weights)
    for name in learnt:
        assert_same(name, tensors[f"snapshot1.{name}"], tensors[name])
    assert found["__metadata__"]["snapshot1"] == "é"
    assert tensors["samples"] == 500


@each_model
def test_the_order_in_which_another_library_writes_does_not_matter(model, tmp_path):
    host = lived(model)
    data = written(host, tmp_path / "x")
    save_file(load_file(tmp_path / "x"), tmp_path / "y", header(data)["__metadata__"])
    other = Host(model)
    assert other.send("read", str(tmp_path / "y")) == f"read {tmp_path / 'y'}\n"
    assert written(other, tmp_path / "z") == data


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1, "0.1"), (1e-05, "1e-05"), (0.0001, "0.0001"), (1.0, "1"), (0.1 + 0.2, None),
     (5e-324, None), (2.0**-44, None), (0.3333333333333333, None)],
)  # fmt: skip
def test_numbers_are_as_short_as_can_be(value, text, tmp_path):
    host = Host("autoregnn", "-fade 0")
    host.send("lr", value)
    said = header(written(host, tmp_path / "x"))["__metadata__"]["lr"]
    if text is None:
        text = next(f"{value:.{p}e}" for p in range(17) if float(f"{value:.{p}e}") == value)
    assert float(said) == value
    digits = [re.sub(r"e.*|[-.]", "", number).strip("0") for number in (said, text)]
    assert digits[0] == digits[1]


def test_a_comma_for_a_point_changes_nothing(tmp_path):
    """A host may have set the locale of a country that writes 0,1."""
    if not shutil.which("localedef"):
        pytest.skip("no localedef is here, so no locale that writes a comma")
    builds.run("localedef", "-c", "-i", "de_DE", "-f", "UTF-8", tmp_path / "de_DE.UTF-8")
    plain = written(Host("autoregnn", "-lr 0.15 -fade 0"), tmp_path / "x")
    ran = subprocess.run(
        [sys.executable, "-c", IN_GERMAN, tmp_path],
        env={**os.environ, "LOCPATH": str(tmp_path), "PYTHONPATH": str(builds.HERE)},
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.stdout == "0,5\n", ran.stderr
    assert (tmp_path / "y").read_bytes() == plain


IN_GERMAN = """
import locale, sys
from object.library import Host
locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
print(locale.str(0.5))
host = Host("autoregnn", "-fade 0")
host.send("read", sys.argv[1] + "/x")
host.send("write", sys.argv[1] + "/y")
"""


def test_without_learning_the_rate_comes_back(tmp_path):
    host = lived("autoregnn", "-lr 0.25")
    host.send("learn 0")
    facts = header(written(host, tmp_path / "x"))["__metadata__"]
    assert (facts["learn"], facts["lr"]) == ("0", "0.25")
    other = Host("autoregnn", "-fade 0")
    other.send("read", str(tmp_path / "x"))
    before = other.weights
    assert_same("frozen", hear(other, 64), hear(host, 64))
    assert_same("weights", other.weights, before)
    for each in (host, other):
        each.send("learn 1")
    assert_same("learning again", hear(other, 640), hear(host, 640))
    assert np.any(other.weights != before)


def test_what_is_kept_with_a_patch_is_what_was_learnt():
    host = lived("unlearn")
    room = ct.create_string_buffer(1 << 20)
    count = library().host_pack(host._host, room, ct.c_size_t(len(room)))
    assert {*header(room.raw[:count])} == {"__metadata__", "w", "v", "u", "source", "delay"}
    other = Host("unlearn", "-fade 0")
    library().host_unpack(other._host, room, ct.c_size_t(count))
    assert other.said() == ""
    assert_same("weights", other.weights, host.weights)
    assert other.send("get neurons") == "neurons 5\n"
    library().host_unpack(other._host, room, ct.c_size_t(count - 1))
    assert other.said().startswith("error: cannot read what was kept: ")


# ---- weights alone ----


@each_model
def test_weights_alone_leave_the_past(model, tmp_path):
    host, other = lived(model), lived(model, "-seed 9")
    file = tmp_path / "x"
    written(host, file)
    written(other, tmp_path / "y")
    past = load_file(tmp_path / "y")
    assert other.send("read", str(file), "weights") == f"read {file}\n"
    assert_same("weights", other.weights, host.weights)
    written(other, tmp_path / "y")
    tensors, its = load_file(tmp_path / "y"), load_file(file)
    for name, tensor in tensors.items():
        if name.startswith("past_out"):
            assert_same(name, tensor, past[name])
        elif name not in HEARD:
            assert_same(name, tensor, its[name])


@each_model
def test_weights_of_another_shape_are_refused(model, tmp_path):
    written(lived(model), tmp_path / "x")
    other = Host(model)
    before = other.weights
    said = other.send("read", str(tmp_path / "x"), "weights")
    assert said.startswith(f"error: cannot read {tmp_path / 'x'}: its weights are of ")
    assert_same("weights", other.weights, before)


@each_model
def test_settings_that_a_file_has_are_those_of_the_table(model, tmp_path):
    """docs/state.md: all but fade, preset, outs and what counts only in the box, in its order."""
    facts = [*header(written(lived(model), tmp_path / "x"))["__metadata__"]]
    told = [w.name for w in words(model) if w.kind and w.effect not in ("presets", "box only")]
    told.remove("fade")
    rate = ["samplerate"] if model == "unlearn" else []
    assert facts == ["format", "model", "version", "channels", *told, *rate]

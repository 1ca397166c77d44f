"""A box of the module is told what every host is told, and says what every host says."""

import json
import re

import numpy as np
import pytest

import specml
from bits import assert_same
from everything import everything, plain
from object.library import MODELS, Host
from specml import AutoRegNN
from web.node import module, run

each_model = pytest.mark.parametrize("model", MODELS)
N = 1000


def speak(model: str, words: str, folder, *messages) -> list[str]:
    told = "\n".join(json.dumps(message) for message in messages)
    return run("speak.mjs", module("wasm32-simd"), model, words, folder, told=told).splitlines()


@each_model
def test_words_and_refusals_are_those_of_every_host(model, tmp_path):
    host, want = Host(model), []
    # JSON has no numbers that are none; and there are no folders
    messages = [m for m in everything(model) if "no/folder/file" not in m]
    for message in messages:
        want += host.send(*message).splitlines()
    host.close()
    got = speak(model, "", tmp_path, *messages)
    is_error = re.compile("(error|warning): ")
    assert [line if is_error.match(line) else plain(line) for line in got] == [
        line if is_error.match(line) else plain(line) for line in want
    ]
    assert len(got) > 60


@each_model
def test_what_cannot_be_is_refused_with_its_reasons(model, tmp_path):
    for words, reason in (
        ("-foo 1", "there is no flag -foo"),
        ("-fade nonsense", "fade must be a number within 0..10000, not nonsense"),
        ("-table w", "there are no arrays and patches in a page: no table, fixed or keep"),
        ("-file none", "cannot read none: No such file or directory"),
    ):
        (line,) = speak(model, words, tmp_path)
        assert line.startswith(f"refused: {reason}")


def test_a_model_that_is_not_there_is_refused(tmp_path):
    (line,) = speak("autoregn", "", tmp_path)
    assert line == "refused: model must be one of autoregnn autoregnn2 unlearn, not autoregn"


def test_states_go_to_python_and_back(tmp_path):
    """The file is that of Python, and the sound goes on from it with the same bits."""
    x = 0.4 * np.sin(0.02 * np.arange(2 * N))
    net = AutoRegNN(12, 8, seed=4)
    net.process(x[:N], lr=0.2)
    name = "ä state.st"
    blocks = [["process", [[list(x[:N])], [], [], [], []], N]]
    said = speak("autoregnn", "-seed 4 -lr 0.2", tmp_path, *blocks, ["write", name])
    assert said == [f"written {name}"]
    net.save(tmp_path / "ours.st")
    assert (tmp_path / name).read_bytes() == (tmp_path / "ours.st").read_bytes()
    blocks = [["process", [[list(x[N:])], [], [], [], []], N]]
    got = speak("autoregnn", "-file ours.st", tmp_path, *blocks, ["write", "after.st"])
    assert got == ["read ours.st", "written after.st"]
    net.process(x[N:], lr=0.2)
    assert_same("after", specml.load(tmp_path / "after.st").parameters, net.parameters)
    said = speak("autoregnn", "-seed 9", tmp_path, ["read", name, "weights"], ["weights"])
    assert said[0] == f"read {name}"

"""Boxes, messages, attributes, floats into inlets, cords that come and go."""

import re

import numpy as np
import pytest

from bits import assert_same
from max.stub import NAMES, Script, here
from object.library import MODELS, Host, words
from specml import AutoRegNN, AutoRegNN2, Unlearn, core
from specml.reference import unlearn
from specml.reference.random import white_noise

N = 640
each_model = pytest.mark.parametrize("model", MODELS)


def sound(rows: int = 1, seed: int = 1) -> np.ndarray:
    return np.stack([white_noise(N, seed + k) for k in range(rows)])


def started(box: str, *cords: int) -> Script:
    return Script().do("new 0", box).do("cords 0", *cords).do("dsp", 48000.0, 64)


# ---- words ----


def said_by(host: Host, *message) -> list[str]:
    return host.send(*message).splitlines()


@each_model
def test_words_and_refusals_are_those_of_every_host(model):
    """Each word with right and wrong values: texts, and what dump, get and weights tell."""
    host, script, want = Host(model), Script().do(f"new 0 {model}~").do("dsp", 48000.0, 64), []
    host.sounding(False)
    script.do("off")
    for word in words(model):
        if not word.kind or word.effect == "box only":
            continue
        top = min(word.high, 9.0)
        right = word.choices[-1] if word.choices else top
        for value in ("nonsense", float("nan"), float("inf"), -30000.0, 0.5, right):
            script.do("send 0", word.name, value)
            want += said_by(host, word.name, value)
        script.do("send 0", word.name)
        want += said_by(host, word.name)
    for message in (("dump",), ("get", "seed"), ("get", "foo"), ("get",), ("weights",),
                    ("weights", 1.0, "x"), ("weights", 70000.0, 1.0)):  # fmt: skip
        script.do("send 0", *message)
        want += said_by(host, *message)
    _, printed = here().run(script)
    got = [re.sub(rf"^(error|warning): {model}~: |^info: ", r"\1: ", line).removeprefix(": ")
           for line in printed.splitlines()]  # fmt: skip
    assert [line for line in got if not line.startswith("fixed ")] == [
        line for line in want if not line.startswith("fixed ")
    ]
    assert sum(line.startswith("error: ") for line in want) > 30
    host.close()


@pytest.mark.parametrize("name", [*NAMES, "mc.unlearn~"])
def test_each_word_is_an_attribute_of_its_kind(name):
    _, printed = here().run(Script().do(f"facts {name}"))
    kinds = dict(re.findall(r"^attribute: (\S+) (\S+)$", printed, re.M))
    facts = {(which, fact): text for which, fact, text
             in re.findall(r"^fact: (\S+) (\S+) (.*)$", printed, re.M)}  # fmt: skip
    wanted = {w.name: w for w in words(name.removeprefix("mc.")[:-1]) if w.kind}
    for which in ("mc", *["outs"] * name.startswith("mc.")):
        wanted.pop(which, None)
    assert kinds.keys() == wanted.keys() | {"table"}
    for each, word in wanted.items():
        kind = {"real": "float64", "choice": "symbol"}.get(word.kind, "long")
        assert kinds[each] == kind, each
        assert facts[each, "description"] == word.line
        if word.choices:
            assert facts[each, "enumvals"] == " ".join(word.choices)
        else:
            assert float(facts[each, "min"]) == word.low
            assert float(facts[each, "max"]) == word.high


def test_what_is_no_message():
    script = Script().do("new 0 autoregnn~")
    for word in ("foo", "dsp64", "notify", "bang", "outs", "size"):
        script.do("send 0", word, 1)
    _, printed = here().run(script)
    assert printed.count("doesn't understand") == 5


@pytest.mark.parametrize("name", [*NAMES, "mc.unlearn~"])
def test_each_inlet_and_outlet_has_a_text(name):
    _, printed = here().run(Script().do("new 0", name, *["@outs 3"] * (name == "unlearn~"))
                            .do("assist 0"))  # fmt: skip
    inlets = re.findall(r"^inlet: \((?:multichannel )?signal.*\) \S.*$", printed, re.M)
    outlets = re.findall(r"^outlet: \(.*\) \S.*$", printed, re.M)
    counts = {
        "autoregnn~": (5, 3),
        "autoregnn2~": (5, 4),
        "unlearn~": (9, 4),
        "mc.unlearn~": (9, 2),
    }
    assert (len(inlets), len(outlets)) == counts[name], printed


# ---- sound ----


def test_arguments_in_their_order_and_attributes():
    x = sound()
    script = started("autoregnn~ 0.5 20 6 2 0.2 0.001 @seed 4 @teacher 0.25", 1).hear(x, 64, 2)
    got, printed = here().run(script)
    want = AutoRegNN(20, 6, 2, seed=4).process(
        x[0], autoreg=0.5, lr=0.2, ridge=0.001, teacher=0.25)  # fmt: skip
    assert_same("box", got, np.stack(want))
    assert not printed


@pytest.mark.parametrize("deed", ["send 0 lr 0.5", "late 0 lr 0.5", "into 0 2 float 0.5",
                                  "lateinto 0 2 float 0.5"])  # fmt: skip
def test_a_control_is_told_while_it_sounds(deed):
    x, net = sound(), AutoRegNN()
    script = started("autoregnn~", 1).hear(x, 64, 2).do(deed).hear(x, 64, 2).do("ask 0 lr")
    got, printed = here().run(script)
    want = [np.stack(net.process(x[0])), np.stack(net.process(x[0], lr=0.5))]
    assert_same("told", got, np.concatenate(want, axis=1))
    assert printed == "lr: 0.5\n"


def test_an_int_is_a_number_too_and_a_source_takes_none():
    x = sound()
    script = started("autoregnn~", 1).do("into 0 1 int 0").do("into 0 0 float 2.5")
    got, printed = here().run(script.hear(x, 64, 2))
    assert_same("int", got, np.stack(AutoRegNN().process(x[0], autoreg=0.0)))
    assert printed == "error: autoregnn~: inlet 1 takes a signal, not 2.5\n"


def test_what_was_held_comes_back_when_the_cord_goes():
    x, rate, net = sound(), 0.3 * np.abs(sound(seed=9)), AutoRegNN()
    script = started("autoregnn~ @lr 0.05", 1).hear(x, 64, 2)
    script.do("cords 0", 1, 0, 1).do("dsp", 48000.0, 64).hear(np.concatenate([x, rate]), 64, 2)
    script.do("cords 0", 1).do("dsp", 48000.0, 32).hear(x, 32, 2)
    got, _ = here().run(script)
    want = [net.process(x[0], lr=lr) for lr in (0.05, rate[0], 0.05)]
    assert_same("cord", got, np.concatenate([np.stack(part) for part in want], axis=1))


def test_without_any_cord_it_hears_silence():
    got, _ = here().run(started("autoregnn2~").hear(np.zeros((0, N)), 64, 3))
    assert_same("silence", got, np.stack(AutoRegNN2().process(np.zeros(N), np.zeros(N))))


def wind(**other) -> tuple[Unlearn, dict]:
    settings = dict(core.presets()["wind"]) | other
    held = {("lambda_" if key == "lambda" else key): settings.pop(key) for key in unlearn.CONTROLS}
    return Unlearn(**settings), held


@pytest.mark.parametrize("channels", [1, 3])
def test_a_multichannel_box_has_a_channel_for_each_neuron(channels):
    """And its first inlet a channel for each external input, which begin again."""
    x, (net, held) = sound(channels), wind(neurons=7, inputs=2, external=3)
    script = started("mc.unlearn~ 7 2 @preset wind @external 3", channels).hear(x, 64, 7)
    got, _ = here().run(script)
    heard = np.stack([x[k % channels] for k in range(3)])
    assert_same("mc", got, np.stack(net.process(x=heard, outs=7, **held)))


def test_more_neurons_are_more_channels():
    """The signal chain is built anew."""
    script = started("mc.unlearn~ 7 2 @fade 0.", 1).do("send 0 neurons 9")
    script.hear(sound(), 64, 9).do("send 0 get neurons")
    got, printed = here().run(script)
    assert got.shape == (9, N)
    assert printed == "info: neurons 9\n"


# ---- what a patcher keeps ----


def test_what_is_frozen_counts_as_if_it_stood_in_the_box():
    """And what stands there counts more."""
    script = started("unlearn~ @preset clicks", 1)
    for told in ("lambda 0.5", "neurons 9", "energy tanh", "seed 5", "friction 2."):
        script.do(f"send 0 {told}")
    script.do("freeze 0 lambda neurons energy seed friction preset table").do(
        "restore 1 unlearn~", "@seed 6"
    )
    script.do("send 0 seed 6").do("send 0 dump").do("send 1 dump")
    _, printed = here().run(script)
    lines = printed.splitlines()
    told = {line.split()[1]: line for line in lines[: len(lines) // 2]}
    kept = {line.split()[1]: line for line in lines[len(lines) // 2 :]}
    for name in ("lambda", "neurons", "energy", "seed", "friction"):
        assert kept[name] == told[name]
    assert kept["mu"] != told["mu"]

"""Each message does what it says; a wrong one is refused by name, value and range, and no more."""

import numpy as np
import pytest

from pd.duets import CHUNK, Duet, single, unlearn_from
from pd.patches import Patch, assert_same, listening
from specml import AutoRegNN, AutoRegNN2, core

INF = float("inf")


def duet_of(host, name: str) -> Duet:
    if name == "autoregnn~":
        return Duet(host, name, AutoRegNN())
    if name == "autoregnn2~":
        return Duet(host, name, AutoRegNN2())
    return Duet(host, "unlearn~ -preset clicks", *unlearn_from("clicks"))


@pytest.fixture(params=["autoregnn~", "autoregnn2~", "unlearn~"])
def duet(request, libpd_host):
    with duet_of(libpd_host, request.param) as made:
        made.go()
        yield made


def test_each_control(duet):
    """Its ends, and a number that no float holds."""
    for name, control in duet.controls.items():
        for value in (control.high / 7.0, control.low, control.high, control.initial):
            assert not duet.send(name, value)
            duet.held[name] = value
            duet.go(640)


def test_each_control_is_refused_with_value_and_range(duet):
    for name, control in duet.controls.items():
        accepted = f"{name} must be a number within {control.low:.16g}..{control.high:.16g}, not "
        high, low = np.float32(2.5 * control.high), np.float32(control.low - 1.0)
        wrong = {high: f"{high:g}", low: f"{low:g}", "word": "word", INF: "inf", -INF: "-inf"}
        for value, shown in wrong.items():
            said = duet.send(name, value if isinstance(value, str) else float(value))
            assert said == f"error: {duet.name}: {accepted}{shown}\n"
        assert duet.send(name).endswith(f"{accepted}nothing\n")
        assert duet.send(name, float("nan")).removesuffix("nan\n").endswith((accepted, "-"))
    duet.go()


WHOLE = {"seed": (0, 2**24), "learn": (0, 1)}
SHAPE = {"size": (1, 1024), "width": (1, 1024), "layers": (1, 8)}
UNLEARN = {"neurons": (1, 1024), "inputs": (1, 16), "maxdelay": (1, 480000), "external": (0, 1024)}


def test_each_integer_is_refused_with_value_and_range(duet):
    for name, (low, high) in (WHOLE | (UNLEARN if duet.name == "unlearn~" else SHAPE)).items():
        for value, shown in ((low - 1, f"{low - 1}"), (2 * high + 2, f"{2 * high + 2:g}"),
                             (0.5, "0.5"), ("word", "word"), (INF, "inf")):  # fmt: skip
            said = duet.send(name, value if isinstance(value, str) else float(value))
            wanted = f"{name} must be an integer within {low}..{high}, not {shown}\n"
            assert said == f"error: {duet.name}: {wanted}"
    duet.go()


def test_what_is_no_message(duet):
    for word in ("foo", "float~", "set", *(["bang"] if duet.name != "unlearn~" else ["size"])):
        assert f"no method for '{word}'" in duet.send(word, 1.0) + duet.send(word)
    assert "bad arguments for message 'dsp'" in duet.send("dsp")
    assert "table must be the name of an array, not 5" in duet.send("table", 5.0)
    duet.go()


def test_clear_forgets_sound_and_keeps_weights(duet):
    assert not duet.send("clear")
    duet.net.clear()
    duet.go()


def test_reset_draws_the_same_weights_again(duet):
    assert not duet.send("reset")
    duet.net.reset()
    duet.go()


def test_seed_draws_other_weights_at_once(duet):
    for seed in (7, 2**24, 0):
        assert not duet.send("seed", float(seed))
        duet.net.reset(seed)
        duet.go()
    duet.send("reset")
    duet.net.reset(0)
    duet.go()


def test_scale_counts_from_the_next_reset(duet):
    assert not duet.send("scale", 0.3)
    duet.go()
    duet.send("reset")
    scale = single(0.3)
    if duet.name == "unlearn~":
        duet.net, _ = unlearn_from("clicks", scale=scale)
    else:
        duet.net = type(duet.net)(scale=scale)
    duet.go()


def test_learn_holds_the_learning_rate_at_0_and_gives_it_back(duet):
    rate = "lambda" if duet.name == "unlearn~" else "lr"
    before = duet.held[rate]
    duet.send("learn", 0.0)
    duet.held[rate] = 0.0
    duet.go()
    duet.send(rate, 2.0)  # is kept for later
    duet.go()
    duet.send("learn", 1.0)
    duet.held[rate] = 2.0
    duet.go()
    duet.send(rate, before)
    duet.held[rate] = before
    duet.go()


def test_bang_pushes_each_neuron(libpd_host):
    with duet_of(libpd_host, "unlearn~") as duet:
        duet.go()
        assert not duet.send("bang")
        duet.net.bang()
        duet.go()


def shown(value: float) -> float:
    """What Pd's console shows of it."""
    return float(f"{single(value):g}")


def test_report_tells_every_setting_the_weights_and_the_error(duet):
    y = duet.go()
    facts = duet.report()
    for name, value in duet.held.items():
        assert facts[name] == [[shown(value)]]
    if duet.name == "unlearn~":
        weights, preset = duet.net.weights, core.presets()["clicks"]
        assert all(facts[key] == [[preset[key]]] for key in ("neurons", "activation", "integrator"))
        assert all(facts[key] == [[shown(preset[key])]] for key in ("scale", "excite"))
    else:
        weights = duet.net.parameters
        errors = y[1:]
        assert facts["size"] + facts["width"] + facts["layers"] == [[12], [8], [1]]
        assert len(facts["mse"]) == len(errors)
        assert duet.report()["mse"] == [[0.0]] * len(errors), "it begins anew"
    assert facts["weights"] == [[weights.size]]
    assert facts["range"] == [[shown(weights.min()), shown(weights.max())]]
    assert facts["clipped"] == [[0.0]]
    assert facts["seed"] == facts["learn"] == [[1.0]]
    assert "table" not in facts


@pytest.mark.parametrize("name", ["autoregnn~", "autoregnn2~"])
def test_the_mean_square_is_that_of_the_error_outlets(libpd_host, name):
    with duet_of(libpd_host, name) as duet:
        y = np.concatenate([duet.go() for _ in range(3)], axis=1)
        told = [value for (value,) in duet.report()["mse"]]
    assert told == pytest.approx([np.mean(np.float64(e) ** 2) for e in y[1:]], rel=1e-5)


def test_clipped_counts_repaired_samples(libpd_host):
    x = np.zeros((1, CHUNK), np.float32)
    x[0, 100:103] = np.nan, np.inf, 2e6
    with duet_of(libpd_host, "autoregnn~") as duet:
        y = libpd_host.process(x, 2)
        assert_same("repaired", y, duet.say(np.float64(x)))
        assert duet.report()["clipped"] == [[3.0]]


def test_a_float_and_a_list_at_the_first_inlet(libpd_host):
    """As for every object of Pd: a float is a constant signal, a list serves all inlets."""
    held = {"lr": single(0.1), "ridge": single(1e-4)}
    x = np.zeros((0, CHUNK))
    net, patch = AutoRegNN(), libpd_host.open(listening("autoregnn~", (), 2))
    libpd_host.dsp(True)
    libpd_host.send("x", 0.25)
    want = net.process(np.full(CHUNK, 0.25), **held)
    assert_same("float", libpd_host.process(x, 2), np.stack(want))
    libpd_host.send("x", 0.5, 0.25, 0.2)
    want = net.process(np.full(CHUNK, 0.5), autoreg=0.25, lr=single(0.2), ridge=held["ridge"])
    assert_same("list", libpd_host.process(x, 2), np.stack(want))
    libpd_host.close(patch)


def test_the_sample_rate_is_that_of_the_patch(libpd_host):
    """In a subpatch at twice the rate."""
    top, fast = Patch(), Patch("fast")
    top.add(f"table fast {CHUNK}")
    fast.add("block~ 64 1 2")
    begins, box = fast.add("r sound"), fast.add("unlearn~ -preset clicks -outs 1")
    writer = fast.add("tabwrite~ fast")
    fast.connect(begins, 0, writer, 0)
    fast.connect(box, 0, writer, 0)
    top.embed(fast)
    patch = libpd_host.open(top.text())
    libpd_host.dsp(True)
    libpd_host.send("sound", "bang")
    libpd_host.process(np.zeros((0, CHUNK)), 0)
    net, held = unlearn_from("clicks", samplerate=96000)
    held = {name: single(value) for name, value in held.items()}
    want = net.process(CHUNK, lambda_=held.pop("lambda"), **held, outs=1)
    assert_same("fast", libpd_host.read("fast", CHUNK), want[0], 2.0**-63)
    libpd_host.close(patch)

"""A run has the bits of its models called by hand, however it is cut."""

import hashlib

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

import specml
from specml.examples import EXAMPLES, Run
from specml.reference.network import Network
from specml.reference.past import Past
from specml.reference.random import SplitMix64
from specml.render import render
from specml.running import Config, process, start, streams, words
from specml.running.expressions import Expression
from specml.running.targets import predict, repaired
from specml.state import save_channels

RATE, SAMPLES = 8000, 300
MODELS = {"autoregnn": specml.AutoRegNN, "autoregnn2": specml.AutoRegNN2, "unlearn": specml.Unlearn}


@pytest.fixture(scope="module")
def sounds(tmp_path_factory):
    """Two sounds: of one channel, and of three; and their samples."""
    folder, found = tmp_path_factory.mktemp("sounds"), {}
    for seed, channels in ((1, 1), (2, 3)):
        samples = 0.7 * np.random.default_rng(seed).uniform(-1, 1, (channels, SAMPLES))
        path = folder / f"{channels}.wav"
        soundfile.write(path, samples.T, RATE, "DOUBLE")
        found[channels] = (str(path), samples)
    return found


def all_of(config):
    return np.concatenate([*start(config)], axis=1)


def number(word):
    """A value that a network stays lively with, as text or number."""
    low, high = max(word.low, -1.0), min(word.high, 1.0)
    texts = st.sampled_from(["0.5*exp(-9*t)", "0.1+0.1*sine(300*t)", "abs(noise(5))/4"])
    return st.one_of(st.floats(low, high), texts)


def shapes(model):
    if model == "unlearn":
        return st.fixed_dictionaries(
            {"neurons": st.integers(4, 9), "inputs": st.integers(1, 4),
             "maxdelay": st.integers(1, 50), "scale": st.floats(0.5, 3),
             "energy": st.sampled_from(["tanh", "dip"])})  # fmt: skip
    return st.fixed_dictionaries(
        {"size": st.integers(1, 9), "width": st.integers(1, 9), "layers": st.integers(1, 2)}
    )


@st.composite
def runs(draw, model):
    """A run of this model, without its inputs."""
    return {
        "model": model, "samples": SAMPLES, "seed": draw(st.integers(0, 2**64 - 1)),
        "settings": draw(shapes(model)),
        "controls": {name: draw(number(word)) for name, word in words.controls(model).items()},
    }  # fmt: skip


def by_hand(config, k=0):
    """Controls as the models take them: numbers, or the signals of their expressions."""
    told = {}
    for name, value in config.controls.items():
        if isinstance(value, str):
            value = Expression(value, config.samplerate, SAMPLES).read(0, SAMPLES, {})
        told[name.replace("lambda", "lambda_")] = value
    return told


@given(runs("autoregnn"), st.sampled_from([1, 3]), st.integers(1, 200))
@settings(max_examples=30)
def test_each_channel_has_a_network_of_its_own(sounds, told, channels, block):
    path, x = sounds[channels]
    config = Config.from_dict(told | {"inputs": {"x": path}, "signals": "error,out,x,prediction"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "BLOCK", block)
        found = all_of(config).reshape(4, channels, SAMPLES)
    for k in range(channels):
        net = specml.AutoRegNN(**config.settings, seed=(config.seed + k) % 2**64)
        out, error = net.process(x[k], **by_hand(config))
        for mine, its in zip(found[:, k], (error, out, x[k], x[k] + error), strict=True):
            assert mine.tobytes() == its.tobytes()


@given(runs("autoregnn2"), st.integers(1, 200))
@settings(max_examples=20)
def test_of_two_inputs_the_one_with_fewer_channels_begins_again(sounds, told, block):
    (one, x1), (three, x2) = sounds[1], sounds[3]
    config = Config.from_dict(told | {"inputs": {"x1": one, "x2": three}, "signals": [
        "out", "error1", "error2", "prediction1", "prediction2"]})  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "BLOCK", block)
        found = all_of(config).reshape(5, 3, SAMPLES)
    for k in range(3):
        net = specml.AutoRegNN2(**config.settings, seed=(config.seed + k) % 2**64)
        out, error1, error2 = net.process(x1[0], x2[k], **by_hand(config))
        said = (out, error1, error2, x1[0] + error1, x2[k] + error2)
        for mine, its in zip(found[:, k], said, strict=True):
            assert mine.tobytes() == its.tobytes()


@given(runs("unlearn"), st.sampled_from([0, 1, 3]), st.integers(1, 4), st.integers(1, 200))
@settings(max_examples=30)
def test_unlearn_hears_all_channels_with_one_network(sounds, told, external, outs, block):
    path, x = sounds[external or 1]
    heard = {"inputs": {"x": path}} if external else {"samplerate": RATE}
    config = Config.from_dict(told | heard | {"outs": outs, "recorded": False})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "BLOCK", block)
        found = all_of(config)
    net = specml.Unlearn(**config.settings, seed=config.seed, samplerate=RATE)
    assert net.external == (external or 1)
    given_ = {"x": x} if external else {"samples": SAMPLES}
    assert found.tobytes() == net.process(**given_, **by_hand(config), outs=outs).tobytes()


@given(runs("autoregnn"), st.integers(1, 299))
@settings(max_examples=10)
def test_a_stretch_at_a_time_as_analysis_goes(sounds, told, cut):
    path, _ = sounds[3]
    config = Config.from_dict(told | {"inputs": {"x": path}})
    go, net = process(config, channel=2), config.make(channel=2)
    parts = [go(net, 0, cut), go(net, cut, SAMPLES - cut)]
    assert np.concatenate(parts, axis=1).tobytes() == all_of(config)[2:].tobytes()


@pytest.mark.parametrize("name", [name for name, one in EXAMPLES.items() if one.model == "Unlearn"])
def test_a_preset_is_the_example_with_all_that_moves(name):
    """Seconds, seed, controls, what is heard, and the recording."""
    example = EXAMPLES[name]
    whole = Config.from_dict({"model": "unlearn", "preset": name})
    assert (whole.samples, whole.seed) == (round(example.seconds * 48000), example.seed)
    config = Config.from_dict({"model": "unlearn", "preset": name, "samples": 20000})
    its = render(example, Run(20000, example.seed))
    assert all_of(config).tobytes() == its.tobytes()


def test_sine_adapt_loses_its_sine_and_stops_learning_when_the_example_does():
    """At 1:19, which here is 79 samples: the rate is 1 Hz."""
    told = {"model": "unlearn", "preset": "sine-adapt", "samplerate": 1000, "samples": 80000}
    its = render(EXAMPLES["sine-adapt"], Run(80000, 3, samplerate=1000.0))
    assert all_of(Config.from_dict(told)).tobytes() == its.tobytes()


def test_a_signal_may_move_what_hears_it():
    """The source's saw, in words of expressions."""
    told = {"model": "autoregnn", "samples": 9600, "settings": {"width": 10},
            "inputs": {"x": "saw(180 / rate * n)"}, "signals": ["x", "out"],
            "controls": {"lr": "0.01 + 0.495 * (x + 1)", "ridge": 1e-5}}  # fmt: skip
    its = render(EXAMPLES["saw"], Run(9600, 1))
    assert all_of(Config.from_dict(told)).tobytes() == its.tobytes()


@given(st.integers(0, 2**64 - 1), st.floats(0, 1), st.floats(0, 1e-2), st.integers(1, 60))
@settings(max_examples=8)
def test_a_target_is_predicted_from_the_past_of_x_alone(sounds, seed, lr, ridge, block):
    """As a filter of padasip does: its vector is x[n-1] .. x[n-P], its desired value the target."""
    (one, x), (three, target) = sounds[1], sounds[3]
    config = Config.from_dict({
        "model": "autoregnn", "seed": seed, "inputs": {"x": one, "target": three},
        "controls": {"lr": lr, "ridge": ridge}, "signals": "prediction,error", "samples": 100,
    })  # fmt: skip
    assert config.controls["autoreg"] == 0.0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "BLOCK", block)
        found = all_of(config).reshape(2, 3, 100)
    for k in range(3):
        net, past, errors = Network(12, 8, 1), Past(12), []
        net.draw(1.0, SplitMix64((seed + k) % 2**64))
        for heard, wanted in zip(x[0, :100].tolist(), target[k, :100].tolist(), strict=True):
            errors.append(net.learn(past.row.copy(), wanted, lr, ridge))
            net.settle()
            past.push(heard)
        assert found[1, k].tobytes() == np.array(errors).tobytes()
        assert found[0, k].tobytes() == (target[k, :100] + errors).tobytes()


@given(runs("autoregnn"), st.integers(1, 200))
@settings(max_examples=8)
def test_what_has_its_input_as_target_is_as_without_one(sounds, told, block):
    path, _ = sounds[3]
    told["controls"].setdefault("autoreg", 1.0)
    plain = Config.from_dict(told | {"inputs": {"x": path}, "signals": "out,error"})
    same = Config.from_dict(told | {"inputs": {"x": path, "target": path}, "signals": "out,error"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "BLOCK", block)
        assert all_of(same).tobytes() == all_of(plain).tobytes()


def test_what_enters_beside_a_target_is_repaired():
    x = np.array([np.nan, np.inf, -np.inf, 2e6, -2e6, 1e-39, -0.0, 0.5])
    assert repaired(x).tolist() == [0, 0, 0, 1e6, -1e6, 0, 0, 0.5]
    net = specml.AutoRegNN()
    predict(net, x, 0 * repaired(x), {})
    assert net.clipped == 5


@pytest.mark.parametrize(
    ("model", "inputs"),
    [("autoregnn", {"x": 3}), ("autoregnn", {"x": 1, "target": 3}),
     ("autoregnn2", {"x1": 1, "x2": 3}), ("unlearn", {"x": 3})],
)  # fmt: skip
def test_a_run_in_two_parts_with_a_state_between_is_the_whole(sounds, tmp_path, model, inputs):
    inputs = {name: sounds[channels][0] for name, channels in inputs.items()}
    rate = "lambda" if model == "unlearn" else "lr"
    told = {"model": model, "inputs": inputs, "controls": {rate: "0.5*exp(-20*t)"}, "seed": 9}
    told |= {"recorded": False} if model == "unlearn" else {}
    told["controls"] |= {"autoreg": 0.5} if "x" in inputs and model == "autoregnn" else {}
    whole = all_of(Config.from_dict(told))
    first = streams.rendering(Config.from_dict(told | {"samples": 130}))
    parts, state = [*first.blocks], tmp_path / "between.safetensors"
    save_channels(first.models, state)
    later = Config.from_dict(told | {"state": str(state), "begin": 130})
    assert later.samples == SAMPLES - 130
    assert np.concatenate([*parts, *start(later)], axis=1).tobytes() == whole.tobytes()


def test_one_that_goes_on_has_the_controls_of_its_state(sounds, tmp_path):
    net = specml.AutoRegNN(size=5, width=3, seed=7)
    net.process(sounds[1][1][0], lr=0.25, teacher=0.5)
    net.save(tmp_path / "s.safetensors")
    told = {
        "model": "autoregnn",
        "inputs": {"x": sounds[1][0]},
        "state": tmp_path / "s.safetensors",
    }
    config = Config.from_dict(told)
    assert config.controls == {"autoreg": 1.0, "lr": 0.25, "ridge": 1e-4, "teacher": 0.5}
    assert (config.settings["size"], config.seed) == (5, 7)
    assert Config.from_dict(told | {"controls": {"lr": 1}}).controls["lr"] == 1.0
    assert Config.from_dict(config.as_dict()) == config
    for more, said in (
        ({"settings": {"size": 6}}, "size 5: it cannot be 6"),
        ({"seed": 8}, "seed 7: it cannot be 8"),
        ({"model": "unlearn"}, "autoregnn, not unlearn"),
        ({"inputs": {"x": sounds[3][0]}}, "1 networks, 3 channels"),
    ):
        with pytest.raises(ValueError, match=said):
            Config.from_dict(told | more)


def test_an_unlearn_that_goes_on_hears_with_the_inputs_it_has(sounds, tmp_path):
    specml.Unlearn(external=2, seed=3).save(tmp_path / "s")
    told = {"model": "unlearn", "state": tmp_path / "s", "samplerate": RATE}
    config = Config.from_dict(told | {"inputs": {"x": sounds[1][0]}})
    assert config.settings["external"] == 2
    net = config.make()
    its = net.process(x=np.tile(sounds[1][1], (2, 1)), **by_hand(config), outs=2)
    assert all_of(config).tobytes() == its.tobytes()
    with pytest.raises(ValueError, match="x has 3 channels, external inputs are 2"):
        Config.from_dict(told | {"inputs": {"x": sounds[3][0]}})


def test_channels_of_one_sound_and_seed_after_seed():
    told = {"model": "autoregnn", "inputs": {"x": "noise(1)"}, "samples": 50, "channels": 3,
            "seed": 2**64 - 1}  # fmt: skip
    digests = [hashlib.sha256(row.tobytes()).hexdigest() for row in all_of(Config.from_dict(told))]
    alone = all_of(Config.from_dict(told | {"channels": 1, "seed": 0}))
    assert len(set(digests)) == 3 and hashlib.sha256(alone.tobytes()).hexdigest() == digests[1]


@given(st.sampled_from([*MODELS]).flatmap(runs))
@settings(max_examples=20)
def test_what_a_run_is_survives_being_written_down(sounds, told):
    one = sounds[1][0]
    told["inputs"] = {"x1": one, "x2": "t"} if told["model"] == "autoregnn2" else {"x": f"{one}:1"}
    config = Config.from_dict(told)
    assert Config.from_dict(config.as_dict()) == config
    assert config.told({"seed": 3}).told({"seed": config.seed}) == config


def test_what_is_not_finite_is_named_with_its_sample():
    told = {"model": "unlearn", "samples": 10, "controls": {"mu": "1 / (n - 7)"}}
    with pytest.raises(ValueError, match=r"mu: '1 / \(n - 7\)' is inf at sample 7, 0.0001"):
        all_of(Config.from_dict(told))

"""State files: saved and loaded on either engine, canonical, and refused if they are others."""

import itertools
import re
import subprocess
import sys

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given, settings
from hypothesis import strategies as st

import specml
from bits import assert_same
from specml import AutoRegNN, AutoRegNN2, Unlearn, load
from specml.settings import printed
from specml.state import read, write
from test_state import ENGINES, SETTINGS, goes_on, heard, lived, process
from twins import BUILDS, Twins

each_model = pytest.mark.parametrize("model", SETTINGS)
each_engine = pytest.mark.parametrize("engine", ENGINES)
KINDS = {AutoRegNN: "autoregnn", AutoRegNN2: "autoregnn2", Unlearn: "unlearn"}
HEARD = {"past_in", "past_in1", "past_in2", "past_out", "now", "clipped", "samples", "random",
         "energy_sum"}  # fmt: skip


def full(model, engine="core"):
    """A model with a past, two snapshots, and weights on their way between them."""
    net = lived(model, engine)
    net.store("é")
    process(net, heard(model, 5), {})
    net.store("b")
    net.recall("é", 200)
    process(net, heard(model, 70), {})
    return net


def rewritten(path, to, metadata=None, tensors=None):
    """A file with other metadata and tensors, where None is left out."""
    facts, numbers = read(path)
    facts, numbers = facts | (metadata or {}), numbers | (tensors or {})
    facts, numbers = ({k: v for k, v in part.items() if v is not None} for part in (facts, numbers))
    write(to, facts, numbers)
    return to


@each_model
def test_both_engines_write_the_same_bytes(model, tmp_path):
    for engine in ENGINES:
        full(model, engine).save(tmp_path / engine)
    assert (tmp_path / "core").read_bytes() == (tmp_path / "numpy").read_bytes()
    metadata, tensors = read(tmp_path / "core")
    assert [*metadata][:4] == ["format", "model", "version", "channels"]
    assert metadata["model"] == KINDS[model] and metadata["version"] == specml.__version__
    assert (metadata["snapshot1"], metadata["snapshot2"]) == ("b", "é")
    assert metadata["glide"] == "2 58"
    assert_same("safetensors", safetensors.numpy.load_file(tmp_path / "core"), tensors)


@each_model
@pytest.mark.parametrize("saved, loaded", [*itertools.product(ENGINES, ENGINES)])
def test_what_is_loaded_goes_on(model, saved, loaded, tmp_path):
    """With every bit, on either engine; and is saved as the same file."""
    net = full(model, saved)
    net.save(tmp_path / "a")
    other = load(tmp_path / "a", loaded)
    assert type(other) is model and other.engine == loaded
    assert_same("state", other.state(), net.state())
    other.save(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    inputs = heard(model, 150, 4)
    assert_same("sound", process(other, inputs, {}), process(net, inputs, {}))
    assert_same("what it says", goes_on(other), goes_on(net))


@each_model
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_the_order_of_a_file_does_not_matter(model, tmp_path_factory, data):
    """Nor who wrote it: what others write is saved again as it was."""
    folder = tmp_path_factory.mktemp("order")
    full(model).save(folder / "a")
    metadata, tensors = read(folder / "a")
    shuffled = [dict(data.draw(st.permutations([*part.items()]))) for part in (metadata, tensors)]
    write(folder / "b", *shuffled)
    safetensors.numpy.save_file(tensors, folder / "c", metadata)
    for name in "bc":
        load(folder / name).save(folder / "d")
        assert (folder / "d").read_bytes() == (folder / "a").read_bytes()


def test_the_tensors_are_those_of_the_page(tmp_path):
    """Shapes and meaning, on the smallest example."""
    net = AutoRegNN(3, 2, 2, seed=2**64 - 1, scale=0.1)
    net.process([0.5, 0.25], lr=1e-5)
    net.save(tmp_path / "a")
    metadata, tensors = read(tmp_path / "a")
    assert [*metadata.items()] == [
        ("format", "specml 1"), ("model", "autoregnn"), ("version", specml.__version__),
        ("channels", "1"), ("autoreg", "1"), ("lr", "1e-05"), ("ridge", "0.0001"),
        ("teacher", "0"), ("size", "3"), ("width", "2"), ("layers", "2"),
        ("seed", "18446744073709551615"), ("scale", "0.1"), ("learn", "1"),
    ]  # fmt: skip
    assert {name: tensor.shape for name, tensor in tensors.items()} == {
        "layer1.weight": (2, 3), "layer1.bias": (2,), "layer2.weight": (2, 2), "layer2.bias": (2,),
        "output.weight": (1, 2), "output.bias": (1,), "past_in": (3,), "past_out": (3,),
        "now": (4,), "clipped": (1,), "samples": (1,),
    }  # fmt: skip
    assert_same("weights", tensors["layer1.weight"].ravel(), net.parameters[:6])
    assert_same("past", tensors["past_in"], np.array([0.25, 0.5, 0.0]))
    assert_same("samples", tensors["samples"], np.array([2], np.uint64))
    Unlearn(4, 2, 9, 5).save(tmp_path / "b")
    metadata, tensors = read(tmp_path / "b")
    assert [*metadata][4:] == [
        "lambda", "mu", "nu", "strength", "radius", "friction", "centre", "pivot", "neurons",
        "inputs", "maxdelay", "external", "activation", "energy", "integrator", "seed", "scale",
        "excite", "learn", "samplerate",
    ]  # fmt: skip
    assert {name: (tensor.dtype.str[1:], tensor.shape) for name, tensor in tensors.items()} == {
        **dict.fromkeys("wvu", ("f8", (4, 4))),
        **dict.fromkeys(("source", "delay"), ("i8", (4, 2))),
        "past_out": ("f8", (4, 9)), "energy_sum": ("f8", (1,)), "now": ("f8", (8,)),
        **dict.fromkeys(("random", "clipped", "samples"), ("u8", (1,))),
    }  # fmt: skip


@given(st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.floats(-1e6, 1e6)))
@settings(max_examples=400)
def test_a_number_has_as_few_digits_as_it_needs(number):
    """And reads back. Python's has one less where fewer, not rounded to the nearest, suffice."""
    text = printed(number)
    assert float(text) == number and np.signbit(float(text)) == np.signbit(number)
    assert len(text) <= len(repr(number).removesuffix(".0")) + 1
    assert re.fullmatch(r"-?(0|[1-9]\d*)(\.\d*[1-9])?(e[+-]\d\d+)?", text)
    assert ("e" in text) == ("e" in repr(number))


def test_numbers_as_the_page_has_them():
    written = [0.1, 1e-05, 48000.0, 1e16, 1e15, 0.0001, 12.5, -0.25, 123456789012345680.0, 5e-324]
    assert [printed(number) for number in written] == [
        "0.1", "1e-05", "48000", "1e+16", "1000000000000000", "0.0001", "12.5", "-0.25",
        "1.2345678901234568e+17", "5e-324",
    ]  # fmt: skip


@each_model
@each_engine
def test_weights_alone_make_a_model_that_has_heard_nothing(model, engine, tmp_path):
    """It begins as after its draw; its controls are as the settings say."""
    lived(model, engine).save(tmp_path / "a")
    _, tensors = read(tmp_path / "a")
    rewritten(tmp_path / "a", tmp_path / "b", tensors=dict.fromkeys(HEARD & {*tensors}))
    one, other = load(tmp_path / "a", engine), load(tmp_path / "b", engine)
    fresh = model(**SETTINGS[model], seed=one.seed, engine=engine)
    fresh.load_weights(tmp_path / "b")
    for name, value in one.held.items():
        fresh._engine.set(name, value)
    assert_same("state", other.state(), fresh.state())
    assert other.samples == 0 and one.samples == 37


@each_model
def test_a_file_without_learning_has_a_rate_of_0(model, tmp_path):
    """Python knows no `learn`: it holds 0, and says so."""
    lived(model, "core").save(tmp_path / "a")
    rewritten(tmp_path / "a", tmp_path / "b", {"learn": "0"})
    net = load(tmp_path / "b")
    rate = "lambda" if model is Unlearn else "lr"
    assert net.held[rate] == 0.0 and net.held | {rate: 1} == load(tmp_path / "a").held | {rate: 1}
    net.save(tmp_path / "c")
    metadata = read(tmp_path / "c")[0]
    assert (metadata["learn"], metadata[rate]) == ("1", "0")


@each_model
def test_each_channel_of_a_file(model, tmp_path):
    """Drawn with a seed of its own; a snapshot of fewer channels begins again with its first."""
    nets = [full(model) for _ in range(3)]
    for k, net in enumerate(nets):
        process(net, heard(model, 1 + 9 * k, 7 + k), {})
        net.store("b")
        net.save(tmp_path / f"{k}")
    metadata, tensors = read(tmp_path / "0")
    for k in (1, 2):
        for name, tensor in read(tmp_path / f"{k}")[1].items():
            first, _, rest = name.partition(".")
            if first == "glide" or first.startswith("snapshot"):
                if first != "snapshot1" or k == 1:
                    tensors[f"{first}.channel{k + 1}.{rest}"] = tensor
            else:
                tensors[f"channel{k + 1}.{name}"] = tensor
    write(tmp_path / "all", metadata | {"channels": "3"}, tensors)
    for k, net in enumerate(nets):
        got = load(tmp_path / "all", channel=k + 1)
        assert got.seed == net.seed + k
        want = net.state() | {"seed": got.state()["seed"], "glide": got.state()["glide"]}
        if k == 2:
            first = nets[0].state()
            want |= {name: first[name] for name in want if name.startswith("snapshots/b/")}
        assert_same(f"channel {k + 1}", got.state(), want)
    for channel in (0, 4, 1.0):
        with pytest.raises(ValueError, match=r"channel must be .* 1\.\.3"):
            load(tmp_path / "all", channel=channel)


@each_model
def test_weights_are_taken_into_a_model_that_sounds(model, tmp_path):
    """Its past, its controls and its snapshots stay; a glide ends."""
    twins = Twins(model, SETTINGS[model] | {"seed": 9}, BUILDS[:1])
    full(model).save(tmp_path / "a")
    twins("store", lambda net: net.store("mine"))
    twins("recall", lambda net: net.recall("mine", 300))
    twins("process", lambda net: process(net, heard(model, 20), {}))
    before, given = twins.reference.state(), load(tmp_path / "a")
    twins("load_weights", lambda net: net.load_weights(tmp_path / "a"))
    left = {name: part for name, part in before.items() if not name.startswith("glide")}
    assert_same("state", twins.reference.state(), left | given._learnt())
    twins("process", lambda net: process(net, heard(model, 80), {}))


def test_weights_of_another_kind_or_shape_are_refused(tmp_path):
    AutoRegNN(5, 9, 2).save(tmp_path / "a")
    for net, words in ((AutoRegNN2(5, 9, 2), "autoregnn2"), (AutoRegNN(5, 9, 1), r"\[5, 9, 1\]")):
        before = net.state()
        with pytest.raises(ValueError, match=rf"a: it .*{words}"):
            net.load_weights(tmp_path / "a")
        assert_same("state", net.state(), before)


def test_an_engine_that_is_none_is_refused(tmp_path):
    with pytest.raises(ValueError, match="engine must be one of core, numpy"):
        load(tmp_path / "a", "fast")


NAN, WIDE = np.full((1, 9), np.nan), np.full((1, 9), 2.0**501)
DEFECTS = {
    "no format": ({"format": None}, {}, ["no state of specml", "does not say"]),
    "another format": ({"format": "specml 2"}, {}, ["'specml 1'", "'specml 2'"]),
    "no model": ({"model": None}, {}, ["lacks model"]),
    "another model": ({"model": "lstm"}, {}, ["autoregnn, autoregnn2, unlearn", "'lstm'"]),
    "the wrong model": ({"model": "autoregnn2"}, {}, ["lacks mix"]),
    "no channels": ({"channels": None}, {}, ["lacks channels"]),
    "no channel": ({"channels": "0"}, {}, ["channels", "1..65536", "'0'"]),
    "a channel that is not there": ({"channels": "2"}, {}, ["lacks", "'channel2.layer1.weight'"]),
    "no size": ({"size": None}, {}, ["lacks size"]),
    "half a size": ({"size": "5.5"}, {}, ["size", "1..1024", "'5.5'"]),
    "a size in words": ({"size": "five"}, {}, ["size", "'five'"]),
    "a size that is another": ({"size": "6"}, {}, ["layer1.weight", "(9, 6)", "(9, 5)"]),
    "too many layers": ({"layers": "9"}, {}, ["layers", "1..8", "'9'"]),
    "a rate beyond": ({"lr": "10.5"}, {}, ["lr", "0..10", "'10.5'"]),
    "a rate that is none": ({"lr": "nan"}, {}, ["lr", "'nan'"]),
    "a rate as Python has it": ({"lr": "1_0"}, {}, ["lr", "'1_0'"]),
    "a seed beyond": ({"seed": str(2**64)}, {}, ["seed", str(2**64)]),
    "a negative seed": ({"seed": "-1"}, {}, ["seed", "'-1'"]),
    "an endless number": ({"scale": "1" * 5000}, {}, ["scale", "0..100"]),
    "learn": ({"learn": "2"}, {}, ["learn", "0..1", "'2'"]),
    "no name of a snapshot": ({"snapshot1": ""}, {}, ["snapshot", "1..64 bytes"]),
    "a long name": ({"snapshot1": "é" * 33}, {}, ["snapshot", "1..64 bytes"]),
    "two of a name": ({"snapshot1": "é"}, {}, ["two snapshots", "'é'"]),
    "a snapshot too many": ({"snapshot3": "c"}, {}, ["lacks", "'snapshot3.layer1.weight'"]),
    "a snapshot too few": ({"snapshot2": None}, {}, ["has not", "'snapshot2.layer1.weight'"]),
    "a glide to nowhere": ({"glide": "2"}, {}, ["glide", "'2'"]),
    "a glide that is over": ({"glide": "0 1"}, {}, ["glide", "'0 1'"]),
    "a glide off the grid": ({"glide": "1 65"}, {}, ["glide", "1..64", "'1 65'"]),
    "no glide": ({"glide": None}, {}, ["has not", "'glide.layer1.weight'"]),
    "no tensor": ({}, {"layer2.bias": None}, ["lacks", "'layer2.bias'"]),
    "no past": ({}, {"past_out": None}, ["lacks", "'past_out'"]),
    "half a past": ({}, {"past_in": None}, ["has not", "'past_out'"]),
    "one tensor more": ({}, {"layer3.bias": np.ones(9)}, ["has not", "'layer3.bias'"]),
    "another type": ({}, {"clipped": np.ones(1)}, ["clipped", "U64", "F64"]),
    "another shape": ({}, {"output.weight": np.ones(9)}, ["output.weight", "(1, 9)", "(9,)"]),
    "not a number": ({}, {"output.weight": NAN}, ["output.weight[0, 0]", "finite", "nan"]),
    "a weight beyond": ({}, {"output.weight": WIDE}, ["output.weight[0, 0]", "3.27339e+150"]),
    "an output beyond": ({}, {"past_out": np.full(5, 1.5)}, ["past_out[0]", "-1..1", "1.5"]),
    "a control beyond": ({}, {"now": np.array([1, 11, 0, 0.0])}, ["now[1]", "0..10", "11"]),
    "a target beyond": ({}, {"glide.output.weight": WIDE}, ["glide.output.weight[0, 0]"]),
    "a snapshot beyond": ({}, {"snapshot1.output.weight": WIDE}, ["snapshot1.output.weight[0, 0]"]),
}  # fmt: skip
UNLEARN = {
    "an activation that is none": ({"activation": "relu"}, {}, ["activation", "tanh", "'relu'"]),
    "no sample rate": ({"samplerate": None}, {}, ["lacks samplerate"]),
    "more inputs than neurons": ({"inputs": "6"}, {}, ["inputs", "1..5", "'6'"]),
    "a source that is none": ({}, {"source": np.full((5, 2), 5)}, ["source[0, 0]", "0..4", "5"]),
    "a delay of nothing": ({}, {"delay": np.zeros((5, 2), int)}, ["delay[0, 0]", "1..30", "0"]),
    "a weight where no signal feeds": ({}, {"w": np.ones((5, 4))}, ["w[2, 3]", "within", "1"]),
    "a sum beyond": ({}, {"energy_sum": np.full(1, 6.0)}, ["energy_sum[0]", "-5..5", "6"]),
}  # fmt: skip
CASES = [(model, name, case) for model, table in ((AutoRegNN, DEFECTS), (Unlearn, UNLEARN))
         for name, case in table.items()]  # fmt: skip


@pytest.mark.parametrize("model, name, case", CASES, ids=[name for _, name, _ in CASES])
def test_what_is_refused(model, name, case, tmp_path):
    """Each with the file, what is wrong and where; a model that reads it stays as it is."""
    metadata, tensors, words = case
    net = full(model)
    net.save(tmp_path / "a")
    path, before = rewritten(tmp_path / "a", tmp_path / "bad", metadata, tensors), net.state()
    for action in (load, net.load_weights):
        with pytest.raises(ValueError) as error:
            action(path)
        for word in (str(path), *words) if action is load else (str(path),):
            assert word in str(error.value)
    assert_same("state", net.state(), before)


@each_model
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_file_that_was_changed_is_read_or_refused(model, tmp_path_factory, data):
    """Nothing but a ValueError; and what is read can be saved."""
    folder = tmp_path_factory.mktemp("changed")
    net = full(model)
    net.save(folder / "a")
    content = bytearray((folder / "a").read_bytes())
    length = 8 + int.from_bytes(content[:8], "little")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.one_of(st.integers(0, length), st.integers(length, len(content) - 1)))
        content[at] = data.draw(st.one_of(st.integers(0, 255), st.sampled_from(b'0129"{}[],')))
    (folder / "b").write_bytes(content[: data.draw(st.sampled_from((None, None, None, -1, 300)))])
    before = net.state()
    try:
        net.load_weights(folder / "b")
    except ValueError as error:
        assert str(folder / "b") in str(error)
        assert_same("state", net.state(), before)
    try:
        load(folder / "b").save(folder / "c")
    except ValueError as error:
        assert str(folder / "b") in str(error)


def test_large_networks_take_the_memory_that_is_said(tmp_path):
    """Of 1024 x 1024 x 8, in a process of its own: once the weights to save, twice to load."""
    program = """
import resource, sys
import specml
def peak():
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if sys.argv[1] == "save":
    net = specml.AutoRegNN(1024, 1024, 8)
    net.process([0.5])
    before = peak()
    net.save(sys.argv[2])
else:
    specml.AutoRegNN(1024, 1024, 8)
    before = peak()
    specml.load(sys.argv[2])
print(peak() - before)
"""
    taken = {}
    for what in ("save", "load"):
        words = [sys.executable, "-c", program, what, tmp_path / "large"]
        taken[what] = int(subprocess.run(words, check=True, capture_output=True).stdout)
    size = (tmp_path / "large").stat().st_size
    assert size > 8 * 8 * 1024 * 1024
    assert taken["save"] < 1.1 * size, taken
    assert taken["load"] < 2.2 * size, taken

"""Weights as lists, one setting, all settings: what is told can be sent back."""

import re

import numpy as np
import pytest

from pd.duets import CHUNK, Duet, single, sound, unlearn_from
from pd.patches import Patch, assert_same, listening
from specml import AutoRegNN, AutoRegNN2, Unlearn
from specml.reference.unlearn import FUNCTIONS, INTEGRATORS
from takes import PRESETS

NAN, INF = float("nan"), float("inf")
NAMES = ("autoregnn~", "autoregnn2~", "unlearn~")
OUTS = {"autoregnn~": 2, "autoregnn2~": 3, "unlearn~": 2}
SIZES = {"size": 5.0, "width": 7.0, "layers": 2.0, "seed": 3.0, "scale": 0.5, "learn": 0.0,
         "fade": 20.0, "ridge": 0.01, "lr": 0.25, "autoreg": 0.5, "teacher": 0.75}  # fmt: skip
# each word of each table, and another value than it begins with
WORDS = {
    "autoregnn~": SIZES,
    "autoregnn2~": SIZES | {"mix": 0.25},
    "unlearn~": {
        "lambda": 20.0, "mu": 0.5, "nu": 0.25, "strength": 0.125, "radius": 0.0625,
        "friction": 1.5, "centre": 0.5, "pivot": 0.25, "neurons": 9.0, "inputs": 4.0,
        "maxdelay": 100.0, "external": 2.0, "activation": "tanh", "energy": "cosine",
        "integrator": "euler", "seed": 3.0, "scale": 0.5, "excite": 0.75, "learn": 0.0,
        "fade": 20.0,
    },
}  # fmt: skip
BOX_ONLY = {
    "autoregnn~": {"fixed": "", "keep": ""},
    "autoregnn2~": {"fixed": "", "keep": ""},
    "unlearn~": {"fixed": "", "keep": "", "outs": 3.0, "mc": ""},
}


def duet_of(host, name: str) -> Duet:
    """What hears nothing back, and has its words otherwise in order."""
    if name == "autoregnn~":
        return Duet(host, name, AutoRegNN())
    if name == "autoregnn2~":
        return Duet(host, name, AutoRegNN2())
    return Duet(host, "unlearn~ -preset wind", *unlearn_from("wind"))


@pytest.fixture(params=NAMES)
def duet(request, libpd_host):
    with duet_of(libpd_host, request.param) as made:
        made.go()
        yield made


# ---- the tables ----


def test_no_word_is_missing_here(libpd_host):
    """The flags that a box has stand in the error to a wrong one."""
    for name in NAMES:
        libpd_host.said()
        libpd_host.close(libpd_host.open(listening(f"{name} -foo 1", ())))
        flags = libpd_host.said().split("with a dash: ")[1].split("\n")[0].split()
        also = {"preset"} if name == "unlearn~" else set()
        assert set(flags) == {*WORDS[name], *BOX_ONLY[name], *also, "table", "file"}
        assert len(flags) == len(set(flags))


def fact(host, *message) -> str:
    host.said()
    host.send("x", *message)
    return host.said()


@pytest.mark.parametrize("name", NAMES)
def test_each_word_is_a_message_and_a_flag_and_can_be_got(libpd_host, name):
    for word, value in WORDS[name].items():
        shown = f"info: {word} {value if isinstance(value, str) else f'{value:g}'}\n"
        with duet_of(libpd_host, name) as duet:
            assert fact(libpd_host, "get", word) != shown, "it is so from the beginning"
            assert not duet.send(word, value)
            assert fact(libpd_host, "get", word) == shown
        patch = libpd_host.open(listening(f"{name} -{word} {value}", (), OUTS[name]))
        assert fact(libpd_host, "get", word) == shown
        libpd_host.close(patch)


@pytest.mark.parametrize("name", NAMES)
def test_words_of_the_box_alone_are_flags_and_no_messages(libpd_host, name):
    for word, value in BOX_ONLY[name].items():
        libpd_host.said()
        outs = (16,) if word == "mc" else 3 if word == "outs" else OUTS[name]
        patch = libpd_host.open(listening(f"{name} -{word} {value}", (), outs))
        assert "error" not in libpd_host.said()
        assert f"no method for '{word}'" in fact(libpd_host, word, 1.0)
        assert fact(libpd_host, "get", word) == f"info: {word} {value or 1:g}\n"
        libpd_host.close(patch)


def test_get_of_what_is_no_word(duet):
    words = "lambda mu" if duet.name == "unlearn~" else "lr ridge"
    wrong = {"foo": "foo", 5.0: "5", "weights": "weights", "report": "report"}
    for given, shown in wrong.items():
        said = duet.send("get", given)
        assert said.startswith(f"error: {duet.name}: get must be one of ")
        assert said.endswith(f" keep, not {shown}\n")
        assert words in said
    assert duet.send("get").endswith(", not nothing\n")
    duet.go()


# ---- weights ----


def weights(net) -> np.ndarray:
    return (net.weights if isinstance(net, Unlearn) else net.parameters).ravel()


def set_weights(net, values) -> None:
    if isinstance(net, Unlearn):
        for k in np.flatnonzero(values != weights(net)):
            net._engine.set_weight(int(k), float(values[k]))
    else:
        net.parameters = np.reshape(values, net.parameters.shape)


def list_of(host, *message) -> np.ndarray:
    """The numbers that a box with ``[s heard]`` says, by an array."""
    said = fact(host, *message)
    assert said.startswith("info: "), said
    return np.float32([float(word) for word in said.split()[1:]])


def hearing(name: str, points: int) -> str:
    """A patch whose box writes each list that it tells into an array, every bit of it."""
    patch = Patch()
    patch.add(f"table heard {points}")
    made = patch.add(f"{name} -fade 0")
    patch.connect(patch.add("r x"), 0, made, 0)
    route, first = patch.add("route list"), patch.add("list prepend 0")
    sent = patch.add("s heard")
    patch.connect(made, OUTS[name.split()[0]], route, 0)
    patch.connect(route, 0, first, 0)
    patch.connect(first, 0, sent, 0)
    return patch.text()


@pytest.mark.parametrize(
    ("box", "net"),
    [("autoregnn~ 1 12 8 2", AutoRegNN(layers=2)), ("autoregnn2~", AutoRegNN2()),
     ("unlearn~ -preset wind", unlearn_from("wind")[0])],
)  # fmt: skip
def test_weights_are_told_as_a_list_of_every_bit(libpd_host, box, net):
    want = np.float32(weights(net))
    patch = libpd_host.open(hearing(box, len(want)))
    libpd_host.send("x", "weights")
    assert_same("list", libpd_host.read("heard", len(want)), want)
    libpd_host.close(patch)


def test_a_list_is_one_message_of_that_length(duet):
    said = duet.send("weights")
    words = said.split()
    assert words[0] == "info:"
    assert len(words) == 1 + weights(duet.net).size
    shown = np.array([float(word) for word in words[1:]])
    assert shown == pytest.approx(weights(duet.net), rel=1e-5, abs=1e-30)
    duet.go()


def test_weights_are_set_from_an_index_on(duet):
    """Those and no others; the first, some in the middle, up to the last."""
    count = weights(duet.net).size
    fed = 4 if duet.name == "unlearn~" else 3  # a row of the first neuron is whole
    for index, n in ((0, 1), (1, fed - 1), (0, fed)) + (
        () if duet.name == "unlearn~" else ((40, 20), (count - 1, 1), (count - 9, 9), (0, count))
    ):
        values = [single(0.3 - 0.017 * k) for k in range(n)]
        assert not duet.send("weights", float(index), *values)
        after = weights(duet.net).copy()
        after[index : index + n] = values
        set_weights(duet.net, after)
        duet.go(640)


def test_weights_are_refused_as_a_whole(duet):
    count = weights(duet.net).size
    many = [*map(single, weights(duet.net)), 0.5]
    size = 1e38 if duet.name == "unlearn~" else INF  # the others keep up to 2^500
    for given, wrong in (
        ((0.0, 0.5, NAN, 0.5), ("weight 1 cannot be ", "nan")),
        ((0.0, 0.5, "foo"), ("weight 1 cannot be foo",)),
        ((1.0, 0.5, INF), ("weight 2 cannot be inf",)),
        ((1.0, 0.5, -INF), ("weight 2 cannot be -inf",)),
        ((0.0, size, 0.5), ("weight 0 cannot be ",)),
        ((0.0, *many), (f"weight {count} cannot be 0.5", f"there are {count}")),
        ((count - 1.0, 0.0, 0.5), (f"weight {count} cannot be 0.5",)),
    ):
        said = duet.send("weights", *given)
        assert said.startswith(f"error: {duet.name}: weight ")
        assert said.count("\n") == 1
        assert all(text in said for text in wrong), said
        duet.go(640)
    for given, shown in (
        ((float(count), 0.5), f"{count}"), ((-1.0, 0.5), "-1"), ((0.5, 0.5), "0.5"),
        (("foo", 0.5), "foo"), ((INF, 0.5), "inf"), ((0.0,), "0 alone"), (("foo",), "foo alone"),
    ):  # fmt: skip
        wanted = f"weights must be an index within 0..{count - 1} and numbers, not {shown}\n"
        assert duet.send("weights", *given) == f"error: {duet.name}: {wanted}"
    assert "numbers, not " in duet.send("weights", NAN, 0.5)
    duet.go()


def test_weights_told_and_sent_back_change_no_sound_of_floats(libpd_host):
    """A box's own list, from index 0 on, into another box: it speaks as the first would."""
    patch = Patch()
    heard, spoken = patch.add("adc~ 1"), patch.add("dac~ 1 2")
    one, other = patch.add("autoregnn~ -lr 0"), patch.add("autoregnn~ -lr 0 -seed 9")
    back = [patch.add(text) for text in ("route list", "list prepend 0", "list prepend weights",
                                         "list trim")]  # fmt: skip
    for k, box in enumerate((one, other)):
        patch.connect(patch.add("r x"), 0, box, 0)
        patch.connect(heard, 0, box, 0)
        patch.connect(box, 0, spoken, k)
    for a, outlet, b in ((one, 2, back[0]), *((a, 0, b) for a, b in zip(back, [*back[1:], other],
                                                                        strict=True))):  # fmt: skip
        patch.connect(a, outlet, b, 0)
    opened = libpd_host.open(patch.text())
    libpd_host.dsp(True)
    libpd_host.send("x", "weights")
    x = np.float32([sound(CHUNK)])
    y = libpd_host.process(x, 2)
    libpd_host.close(opened)
    assert np.abs(y[0] - y[1]).max() < 1e-5


def test_all_that_is_told_can_be_sent_back(libpd_host):
    """In [unlearn~] too, where not every index is a synapse; what is none stays none."""
    with duet_of(libpd_host, "unlearn~") as duet:
        duet.go()
        told = [single(float(word)) for word in duet.send("weights").split()[1:]]
        net = duet.net
        missing = np.flatnonzero(weights(net) == 0.0)
        assert len(missing) == net.neurons - net.external
        assert not duet.send("weights", 0.0, *told)
        for k in sorted({*range(len(told))} - {*missing.tolist()}):
            net._engine.set_weight(k, told[k])
        duet.go()
        told[missing[0]] = 0.5
        assert f"weight {missing[0]} cannot be 0.5" in duet.send("weights", 0.0, *told)
        duet.go()


def test_all_channels_are_told_and_set(libpd_host):
    patch = libpd_host.open(listening("autoregnn~ -fade 0", (0,), (2, 2), wide={0: 2}))
    libpd_host.dsp(True)
    libpd_host.process(np.zeros((2, 0)), 4)
    nets = [AutoRegNN(seed=1), AutoRegNN(seed=2)]
    want = np.concatenate([net.parameters for net in nets])
    assert list_of(libpd_host, "weights") == pytest.approx(want, rel=1e-5)
    assert not fact(libpd_host, "weights", 112.0, 0.25, 0.5)  # the end of one, the next one's first
    values = [net.parameters.copy() for net in nets]
    values[0][-1], values[1][0] = 0.25, 0.5
    x = np.float32([sound(CHUNK, k) for k in (1, 2)])
    y = libpd_host.process(x, 4)
    held = {"lr": single(0.1), "ridge": single(1e-4)}
    for k, net in enumerate(nets):
        net.parameters = values[k]
        assert_same(f"channel {k}", y[k::2], np.float32(net.process(np.float64(x[k]), **held)))
    libpd_host.close(patch)


# ---- dump ----


def pair(box: str, other: str, name: str) -> str:
    """Two boxes: what the first dumps the second is told. Both sound."""
    inlets, outs = 2 if name == "autoregnn2~" else 1, OUTS[name]
    patch = Patch()
    heard, spoken = patch.add("adc~ 1 2"), patch.add("dac~ 1 2 3 4 5 6")
    boxes = [patch.add(text) for text in (box, other)]
    for k, made in enumerate(boxes):
        patch.connect(patch.add(f"r x{k}"), 0, made, 0)
        patch.connect(patch.add("r both"), 0, made, 0)
        for inlet in range(inlets):
            patch.connect(heard, inlet, made, inlet)
        for outlet in range(outs):
            patch.connect(made, outlet, spoken, k * outs + outlet)
    gate = patch.add("spigot 1")
    patch.connect(boxes[0], outs, gate, 0)
    patch.connect(patch.add("r gate"), 0, gate, 1)
    patch.connect(gate, 0, boxes[1], 0)
    for k, made in enumerate(boxes):
        patch.connect(made, outs, patch.add(f"print {'ab'[k]}"), 0)
    return patch.text()


def dumped(host, k: int) -> list[str]:
    host.said()
    host.send("gate", 0.0)
    host.send(f"x{k}", "dump")
    return [line.split(": ", 1)[1] for line in host.said().splitlines()]


@pytest.mark.parametrize("name", NAMES)
def test_a_dump_sent_to_another_box_makes_it_the_same(libpd_host, name):
    """Every setting is another than the second box's; after a reset both say the same bits."""
    settings = WORDS[name] | {"learn": 1.0}
    flags = " ".join(f"-{word} {value}" for word, value in settings.items())
    libpd_host.said()
    patch = libpd_host.open(pair(f"{name} {flags}", name, name))
    libpd_host.dsp(True)
    assert libpd_host.said() == ""
    first, second = dumped(libpd_host, 0), dumped(libpd_host, 1)
    assert {line.split()[0] for line in first} == set(WORDS[name])
    assert sum(a == b for a, b in zip(first, second, strict=True)) == 1, "learn alone"
    libpd_host.send("gate", 1.0)
    libpd_host.send("x0", "dump")
    assert "error" not in libpd_host.said()
    assert dumped(libpd_host, 1) == first
    libpd_host.send("both", "fade", 0.0)
    libpd_host.send("both", "reset")
    x = np.float32([sound(CHUNK, k) for k in (1, 2)])
    y = libpd_host.process(x, 2 * OUTS[name])
    libpd_host.close(patch)
    assert np.any(y)
    assert_same(name, y[OUTS[name] :], y[: OUTS[name]])


@pytest.mark.parametrize("preset", PRESETS)
def test_a_dump_of_each_preset(libpd_host, preset):
    """Into a box that holds more inputs than there are neurons to come, and fewer."""
    for other in ("unlearn~", "unlearn~ 40 40 9", "unlearn~ 1 1 1"):
        libpd_host.said()
        patch = libpd_host.open(pair(f"unlearn~ -preset {preset}", other, "unlearn~"))
        libpd_host.send("x0", "dump")
        assert "error" not in libpd_host.said()
        assert dumped(libpd_host, 1) == dumped(libpd_host, 0)
        libpd_host.close(patch)


def test_learn_0_is_dumped(libpd_host):
    libpd_host.said()
    patch = libpd_host.open(pair("autoregnn~ -learn 0", "autoregnn~", "autoregnn~"))
    assert "learn 0" in dumped(libpd_host, 0)
    libpd_host.close(patch)


def test_every_choice_can_be_dumped(libpd_host):
    for word, names in (("activation", FUNCTIONS), ("energy", FUNCTIONS),
                        ("integrator", INTEGRATORS)):  # fmt: skip
        for value in names:
            patch = libpd_host.open(pair(f"unlearn~ -{word} {value}", "unlearn~", "unlearn~"))
            assert f"{word} {value}" in dumped(libpd_host, 0)
            libpd_host.close(patch)


@pytest.mark.parametrize("name", NAMES)
def test_a_stored_dump_in_debian(debian, name):
    """``[text]`` keeps what a box dumps, and plays it to another one later."""
    flags = " ".join(f"-{word} {value}" for word, value in WORDS[name].items())
    patch = Patch()
    patch.add("text define kept")
    boxes = [patch.add(f"{name} {flags}"), patch.add(name)]
    outs = OUTS[name]
    patch.connect(patch.add("r one"), 0, boxes[0], 0)
    patch.connect(patch.add("r two"), 0, boxes[1], 0)
    keep, line = patch.add("list"), patch.add("text set kept 1e9")  # each message a line
    patch.connect(boxes[0], outs, keep, 0)
    patch.connect(keep, 0, line, 0)
    player, trim = patch.add("text sequence kept"), patch.add("list trim")
    play = patch.message("line 0, bang")
    patch.connect(patch.add("r back"), 0, play, 0)
    patch.connect(play, 0, player, 0)
    patch.connect(player, 0, trim, 0)
    patch.connect(trim, 0, boxes[1], 0)
    for k, made in enumerate(boxes):
        patch.connect(made, outs, patch.add(f"print {'ab'[k]}"), 0)
    patch.at("go", 10.0, "; one dump")
    patch.at("go", 20.0, "; two dump; back bang; two dump; pd quit")
    log = debian.run(patch.text(), "go bang")
    assert "error" not in log, log
    told = [re.findall(rf"^{box}: (.*)$", log, re.M) for box in "ab"]
    assert len(told[0]) == len(WORDS[name])
    assert told[1][: len(told[0])] != told[0]
    assert told[1][len(told[0]) :] == told[0]

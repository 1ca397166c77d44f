"""The layer between the core and every host: words, changes, fades, arrays, costs. No host here."""

import os
import re
import subprocess

import numpy as np
import pytest

import builds
from bits import assert_same
from object import page
from object.library import HERE, MODELS, OBJECT, Host, inlets, sources, words
from specml import AutoRegNN, Unlearn, core
from specml.reference import autoregnn, autoregnn2, unlearn

CONTROLS = {
    "autoregnn": autoregnn.CONTROLS,
    "autoregnn2": autoregnn2.CONTROLS,
    "unlearn": unlearn.CONTROLS,
}
RATE = 48000
each_model = pytest.mark.parametrize("model", MODELS)


def sine(n: int, start: int = 0) -> np.ndarray:
    return 0.5 * np.sin(0.03 * np.arange(start, start + n))


# ---- words ----


@each_model
def test_one_table_has_names_ranges_and_lines(model):
    table = words(model)
    names = [word.name for word in table]
    assert len(names) == len({*names})
    for word in table:
        assert re.fullmatch(r"[a-z][a-z0-9-]*", word.name)
        assert word.line.endswith("."), word.name
        if word.kind and word.effect != "presets":
            assert word.low <= word.initial <= word.high
        if word.kind == "choice":
            assert len(word.choices) == word.high + 1
    controls = [(w.name, w.low, w.high, w.initial) for w in table if w.effect == "moves"]
    assert controls == [(k, c.low, c.high, c.initial) for k, c in CONTROLS[model].items()]


def test_the_page_of_all_words_is_that_of_the_tables():
    """``PYTHONPATH=tests python tests/object/page.py`` makes it anew."""
    assert page.PAGE.read_text() == page.page()


def test_choices_are_those_of_the_core():
    table = {word.name: word.choices for word in words("unlearn")}
    assert table["preset"] == tuple(core.presets())
    assert table["activation"] == table["energy"] == tuple(unlearn.FUNCTIONS)
    assert table["integrator"] == tuple(unlearn.INTEGRATORS)


def test_no_host_names_a_setting():
    """A host file holds no name of a setting and no range."""
    names = {word.name for model in MODELS for word in words(model) if word.kind}
    hosts = [OBJECT.parent / host for host in ("pd", "max", "jack", "sc")]
    for path in [path for host in hosts for path in host.glob("*.[ch]*")]:
        quoted = set(re.findall(r'"([a-z0-9-]+)"', path.read_text()))
        assert not quoted & names, path.name
        if path.name != "api.h":  # what Max has, said again
            assert len(path.read_text().splitlines()) <= 150, path.name


@each_model
def test_what_is_refused_names_the_value_and_what_is_allowed(model):
    host = Host(model)
    for word in words(model):
        if not word.kind or word.effect == "box only":
            continue
        accepted = " ".join(word.choices) if word.choices else f"within {word.low:.16g}.."
        for wrong in ("nonsense", "nan", "inf", -1e300):
            said = host.send(word.name, wrong)
            assert said.startswith(f"error: {word.name} must be "), word.name
            assert accepted in said
        assert host.send(word.name).endswith(", not nothing\n")
    host.close()


# ---- changes and fades ----


def fade_samples(ms: float) -> int:
    return int(ms * 0.001 * RATE)


@pytest.mark.parametrize("ms", [10.0, 3.5, 0.0])
@pytest.mark.parametrize("cuts", [(960,), (1, 63, 64, 832)], ids=["one block", "many"])
@pytest.mark.parametrize("message", ["seed 5", "reset", "size 20"])
def test_the_old_network_fades_into_the_new_one(message, cuts, ms):
    """It goes on learning meanwhile; afterwards the bits are the new one's from its beginning."""
    host, old, n = Host("autoregnn", f"-fade {ms}"), AutoRegNN(), fade_samples(ms)
    first = host.process(sine(640), 1.0, 0.1, 1e-4, 0.0, rows=2)
    assert_same("before", first, np.stack(old.process(sine(640))))
    new = AutoRegNN(20 if message == "size 20" else 12, seed=5 if message == "seed 5" else 1)
    if message == "size 20":
        kept = old.parameters[:96].reshape(8, 12)
        fresh = new.parameters.copy()
        rows = fresh[:160].reshape(8, 20)
        rows[:, :12] = kept
        fresh[160:] = old.parameters[96:]
        new.parameters = fresh
    assert not host.send(*message.split())
    heard = sine(960, 640)
    got = np.concatenate(
        [host.process(x, 1.0, 0.1, 1e-4, 0.0, rows=2) for x in np.split(heard, np.cumsum(cuts))
         if len(x)], axis=1,
    )  # fmt: skip
    was, becomes = np.stack(old.process(heard)), np.stack(new.process(heard))
    share = np.arange(1, n + 1) / n if n else np.zeros(0)
    assert_same("fade", got[:, :n], was[:, :n] + share * (becomes[:, :n] - was[:, :n]))
    assert_same("after", got[:, n:], becomes[:, n:])
    assert host.layers == 1
    host.close()


@pytest.mark.parametrize("word", ["activation", "energy", "integrator"])
def test_another_function_fades_in_a_copy(word):
    settings = {k: v for k, v in core.presets()["wind"].items() if k not in unlearn.CONTROLS}
    held = {k: v for k, v in core.presets()["wind"].items() if k in unlearn.CONTROLS}
    other = "euler" if word == "integrator" else "tanh"
    host, old = Host("unlearn", "-outs 1"), Unlearn(**settings)

    def say(net, n):
        values = held | {"lambda_": held["lambda"]}
        values.pop("lambda")
        return net.process(n, **values, outs=1)

    def hear(n):
        return host.process(np.zeros(n), *held.values(), rows=1)

    assert_same("before", hear(640), say(old, 640))
    new = Unlearn(**settings | {word: other})
    new.restore(old.state() | {word: new.state()[word]})
    assert not host.send(word, other)
    got, n = hear(960), fade_samples(10.0)
    was, becomes = say(old, 960), say(new, 960)
    share = np.arange(1, n + 1) / n
    assert_same("fade", got[:, :n], was[:, :n] + share * (becomes[:, :n] - was[:, :n]))
    assert_same("after", got[:, n:], becomes[:, n:])
    host.close()


def test_several_fade_at_once_and_the_last_one_stays():
    host = Host("autoregnn")
    for seed in range(2, 12):
        host.send("seed", seed)
        host.process(sine(32), 1.0, 0.1, 1e-4, 0.0, rows=2)
    assert host.layers == 4
    assert np.all(np.isfinite(host.process(sine(480), 1.0, 0.1, 1e-4, 0.0, rows=2)))
    assert host.layers == 1
    want = AutoRegNN(seed=11)
    want.process(sine(32))
    want.process(sine(480))
    assert_same("weights", host.weights, want.parameters)
    host.close()


def test_without_sound_there_is_no_fade():
    host = Host("autoregnn")
    host.sounding(False)
    host.send("seed", 3)
    got = host.process(sine(64), 1.0, 0.1, 1e-4, 0.0, rows=2)
    assert_same("cut", got, np.stack(AutoRegNN(seed=3).process(sine(64))))
    host.close()


@each_model
def test_what_is_dumped_makes_another_one_like_it(model):
    host, other = Host(model), Host(model, "-fade 3")
    for word in words(model):
        if word.effect in ("", "presets", "box only"):
            continue
        host.send(word.name, word.choices[-1] if word.choices else min(word.high, 3.0))
    host.send("reset")
    said = host.send("dump")
    for line in said.splitlines():
        assert not other.send(*line.split())
    assert other.send("dump") == said
    assert_same("weights", other.weights, host.weights)
    for line in said.splitlines():
        assert host.send("get", line.split()[0]) == f"{line}\n"
    assert host.send("get", "foo").startswith("error: get must be one of")
    host.close()
    other.close()


# ---- weights ----


def test_weights_are_set_from_an_index_on_or_not_at_all():
    host = Host("autoregnn")
    want = host.weights
    assert not host.send("weights", 5, 0.25, -1.5)
    want[5:7] = 0.25, -1.5
    assert_same("set", host.weights, want)
    listed = [float(word) for word in host.send("weights").split()[1:]]
    assert_same("list", np.array(listed), want)
    for wrong in ((5,), (-1, 1.0), (0.5, 1.0), (113, 1.0), (112, 1.0, 2.0), ("x", 1.0),
                  (3, 1.0, "nan"), (3, 1.0, "word"), (3, 1.0, 1e300)):  # fmt: skip
        assert host.send("weights", *wrong).startswith("error: weight"), wrong
        assert_same("refused", host.weights, want)
    host.close()


def test_an_array_that_is_drawn_in():
    """What is in it at first, what is changed later, what is shown, what is no drawing."""
    host, points = Host("autoregnn"), np.zeros(113, np.float32)
    points[3] = 0.5
    want = host.weights
    want[3] = 0.5
    host.look(points, met=False)
    assert_same("loaded", host.weights, want)
    assert_same("shown", points, np.float32(want))
    host.look(points)
    assert_same("untouched", host.weights, want)  # not rounded
    points[7] = np.nan
    points[8] = -0.75
    want[8] = -0.75
    host.look(points)
    assert_same("drawn", host.weights, want)
    assert_same("NaN goes", points, np.float32(want))
    host.send("seed", 4)
    host.look(points, fresh=True)
    assert_same("replaced", host.weights, AutoRegNN(seed=4).parameters)
    longer = np.concatenate([points[:20], np.zeros(200, np.float32)])
    host.look(longer, met=False)
    assert_same("resized", host.weights, AutoRegNN(seed=4).parameters)
    host.close()


# ---- costs ----


def test_what_is_too_much_is_announced_with_its_figure():
    host = Host("autoregnn")
    assert not host.send("width", 64)
    host.send("size", 1024)
    said = host.send("width", 1024) + host.send("layers", 8)
    assert said.count("warning: size 1024, width 1024, layers 8 will not play without gaps") == 1
    assert float(re.search(r"about (\S+) times", said.splitlines()[-1])[1]) > 10
    host.close()


def test_load_and_bytes():
    host = Host("autoregnn", "-size 64 -width 64")
    host.process(sine(4800), 1.0, 0.1, 1e-4, 0.0, rows=2)
    facts = dict(line.split() for line in host.send("report").splitlines() if line.count(" ") == 1)
    assert float(facts["load"]) > 0
    assert float(facts["bytes"]) > 64 * 65 * 8
    assert "load 0\n" in host.send("report")
    host.close()


# ---- from one thread to the other ----

HELD = (None,) * 8


def played(host: Host, messages: list, blocks: int = 40) -> np.ndarray:
    """Blocks of 64 samples, with a message before each, inlets of controls open."""
    rows, said = ROWS[host.model], []
    heard = 2 if host.model == "autoregnn2" else 1
    for k in range(blocks):
        host.send(*messages[k % len(messages)])
        x = [sine(64, 64 * k + 7 * source) for source in range(heard)]
        said.append(host.process(*x, *HELD[: inlets(host.model) - heard], rows=rows))
    return np.concatenate(said, axis=1)


ROWS = {"autoregnn": 2, "autoregnn2": 3, "unlearn": 2}
TELLING = {
    "autoregnn": [("lr", 0.3), ("width", 12), ("seed", 4), ("clear",), ("weights", 3, 0.5, -0.5)],
    "autoregnn2": [("mix", 0.3), ("layers", 2), ("reset",), ("size", 5), ("learn", 0)],
    "unlearn": [("lambda", 3.0), ("preset", "clicks"), ("activation", "cosine"), ("neurons", 5),
                ("bang",), ("neurons", 16)],
}  # fmt: skip


@each_model
def test_what_crosses_is_what_one_thread_would_do(model):
    host, other = Host(model), Host(model)
    other.later()
    assert_same("bits", played(other, TELLING[model]), played(host, TELLING[model]))
    while other.look_around():
        pass
    assert_same("weights", other.weights, host.weights)
    host.close()
    other.close()


def test_a_task_waits_for_a_block_and_its_answer_for_a_look():
    host = Host("autoregnn")
    host.later()
    want = AutoRegNN(seed=9)
    assert not host.send("seed", 9) + host.send("weights") + host.send("report")
    assert host.look_around()
    assert not host.said()
    want.process(sine(64))
    host.send("fade", 0)
    host.send("seed", 9)
    host.process(sine(64), *HELD[:4], rows=2)
    assert not host.said()
    while host.look_around():
        pass
    said = host.said().splitlines()
    assert [line.split()[0] for line in said][:3] == ["list", "autoreg", "lr"]
    assert_same("weights", host.weights, want.parameters)
    host.close()


def test_while_nothing_sounds_the_other_thread_stands_in():
    """After some looks without a block; one block in between and it waits anew."""
    host = Host("autoregnn")
    host.later()
    host.process(sine(64), *HELD[:4], rows=2)
    host.look_around()
    host.send("weights")
    looks = 0
    while not host.said():
        host.look_around()
        looks += 1
    assert 5 < looks < 20
    assert not host.look_around()
    host.send("weights")
    host.look_around()
    assert host.said(), "it is still asleep"
    host.process(sine(64), *HELD[:4], rows=2)
    host.send("weights")
    host.look_around()
    assert not host.said(), "it is awake"
    host.close()


def test_what_follows_more_than_a_gigabyte_waits_for_it():
    """700 MB, then 750 MB: the first go before the second come, and only then is a weight set."""
    host = Host("unlearn", "1024 1 89000 -external 1")
    host.later()
    host.send("maxdelay", 95000)
    host.send("weights", 0, 0.5)
    while host.look_around():
        pass
    assert not host.said()
    want = Unlearn(1024, 1, 95000, external=1).weights.flatten()
    want[0] = 0.5
    assert_same("weights", host.weights, want)
    host.close()


def test_what_never_ran_is_freed():
    """LeakSanitizer looks at the same in the hosts; here it must not crash, nor say anything."""
    host = Host("unlearn")
    host.later()
    for message in (*TELLING["unlearn"], ("report",), ("weights",), ("weights", 0, 1.0)):
        host.send(*message)
    points = np.zeros(64, np.float32)
    host.look(points)
    host.close()


# ---- threads ----


def _threads(*flags: str):
    return builds.compile_c(
        f"threads{len(flags)}", [*sources(), HERE / "threads.c"], *builds.PROMISED, "-O1", "-g",
        "-DSPECML_ISA=baseline", f"-I{OBJECT}", "-pthread", *flags,
    )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
@each_model
def test_two_threads_do_not_meet(model, seed):
    """One is told and prepares, the other runs and processes, under ThreadSanitizer."""
    program = _threads("-fsanitize=thread")
    ran = subprocess.run(
        ["setarch", "-R", program, str(MODELS.index(model)), str(seed)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (0, "finite\n"), ran.stderr[:4000]


def test_the_sanitizer_would_see_it():
    """The same where the thread that is told runs its tasks itself."""
    program = _threads("-fsanitize=thread", "-DTHREADS_MEET")
    ran = subprocess.run(
        ["setarch", "-R", program, "0", "1"], capture_output=True, text=True, check=False,
        env=os.environ | {"TSAN_OPTIONS": "halt_on_error=1"},
    )  # fmt: skip
    assert "ThreadSanitizer: data race" in ran.stderr

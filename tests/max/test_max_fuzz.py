"""Whatever is sent, in whatever order, on whichever thread, no object crashes, writes where it must
not, races or leaks."""

import functools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import builds
from anything import NOT_FINITE, SETTINGS, numbers, values, words
from max.stub import Max, Script, build_driver, build_objects, here
from object.library import MODELS
from object.lived import lived, written

SLOTS = range(4)
NAMES = ("autoregnn~", "autoregnn2~", "unlearn~", "mc.unlearn~")
BUFFERS = ("w", "v")
VECTORS = (1, 2, 7, 16, 64, 100, 512, 4096)
WRITTEN = ("x", "y", "none/x", "folder", "''")
FILES = (*WRITTEN, *MODELS, *(f"torn-{model}" for model in MODELS), "text", "empty")

slots, inlets = st.sampled_from(SLOTS), st.integers(0, 11)
buffers, vectors = st.sampled_from(BUFFERS), st.sampled_from(VECTORS)
points = st.sampled_from((0, 1, 5, 80, 113, 226, 400))
rates = st.sampled_from((44100.0, 48000.0, 1.0, 192000.0))
whole = st.integers(-3, 2000)
settings_ = st.sampled_from([*SETTINGS, "outs", "fixed", "mc", "keep"])
files = st.sampled_from(FILES)
snapshots = st.sampled_from(("a", "b", "é", "''", "x" * 65))
sending = st.sampled_from(("send", "late"))
BARE = (
    "reset",
    "clear",
    "bang",
    "report",
    "table",
    "weights",
    "dump",
    "get",
    "snapshots",
    "write",
    "read",
    "foo",
    "dsp64",
    "list",
)
said = st.lists(
    st.tuples(settings_.map("@{}".format), numbers | words | whole)
    | st.tuples(numbers | whole | words) | st.just(("@table", "w")) | st.just(("@keep", 1))
    | st.tuples(st.just("@file"), files),
    max_size=4,
).map(lambda pairs: [atom for pair in pairs for atom in pair])  # fmt: skip
cords = st.lists(st.sampled_from((0, 0, 1, 1, 2, 5)), max_size=11)
boxes = st.builds(lambda *words: (*words[:2], *words[2]), slots, st.sampled_from(NAMES), said)


@functools.cache
def folder() -> Path:
    """Files that are whole, torn, foreign, and none."""
    made = builds.DIRECTORY / "max-fuzz"
    (made / "folder").mkdir(parents=True, exist_ok=True)
    for model in MODELS:
        host = lived(model)
        host.send("store a")
        whole = written(host, made / model)
        (made / f"torn-{model}").write_bytes(whole[:-9])
    (made / "text").write_text("weights " * 40)
    (made / "empty").touch()
    return made


deeds = st.one_of(
    boxes.map(lambda box: ("new", *box)),
    boxes.map(lambda box: ("new", *box)),
    boxes.map(lambda box: ("restore", *box)),
    st.tuples(st.just("free"), slots),
    st.builds(lambda slot, given: ("cords", slot, *given), slots, cords),
    st.tuples(st.sampled_from(("dsp", "redsp")), rates, vectors),
    st.tuples(st.sampled_from(("dsp", "redsp")), rates, vectors),
    st.just(("off",)),
    st.tuples(st.just("noise"), st.integers(1, 40), st.integers(0, 99)),
    st.tuples(st.just("noise"), st.integers(1, 40), st.integers(0, 99)),
    st.tuples(st.just("pass"), st.sampled_from((1.0, 40.0, 100.0))),
    st.builds(lambda *said: (*said[:3], *said[3]), sending, slots, settings_, values),
    st.builds(lambda *said: (*said[:3], *said[3]), sending, slots, settings_, values),
    st.tuples(sending, slots, settings_, numbers | whole),
    st.tuples(sending, slots, st.sampled_from(BARE)),
    st.builds(lambda *said: (*said[:2], "weights", *said[2]), sending, slots, values),
    st.builds(lambda *said: (*said[:2], "weights", said[2], *said[3]), sending, slots,
              st.integers(0, 400), st.lists(numbers, max_size=300)),
    st.tuples(sending, slots, st.just("get"), settings_),
    st.tuples(st.sampled_from(("into", "lateinto")), slots, inlets,
              st.sampled_from(("float", "int", "bang", "list")), numbers),
    st.tuples(st.just("buffer"), buffers, points, st.integers(1, 3)),
    st.tuples(st.just("buffer"), buffers, points, st.integers(1, 3)),
    st.tuples(st.just("release"), buffers),
    st.builds(lambda one, other: ("rename", one, other), buffers, buffers),
    st.builds(lambda name, index, given: ("draw", name, index, *given), buffers,
              st.integers(0, 90), st.lists(numbers | st.sampled_from(NOT_FINITE), max_size=9)),
    st.tuples(st.just("ask"), slots, settings_ | st.just("table")),
    st.builds(lambda slot, names: ("freeze", slot, *names), slots, st.lists(settings_, max_size=5)),
    st.tuples(st.just("dblclick"), slots),
    st.tuples(sending, slots, st.sampled_from(("store", "store", "recall", "forget")), snapshots),
    st.tuples(sending, slots, st.just("morph"), snapshots, snapshots, numbers, numbers),
    st.tuples(sending, slots, st.just("write"), st.sampled_from(WRITTEN)),
    st.tuples(sending, slots, st.just("read"), files),
    st.tuples(sending, slots, st.just("read"), files, st.sampled_from(("weights", "x", 1))),
    st.tuples(st.just("choose"), files.map(lambda name: str(folder() / name))),
    st.tuples(st.just("save"), slots),
    st.tuples(st.just("save"), slots),
    st.builds(lambda *to: ("tear", *to), st.integers(0, 3000), st.sampled_from("Aa=~")),
)  # fmt: skip


def survives(host: Max, does: list, *options: str, **environment: str) -> None:
    script = Script().do("folder", folder())
    for deed in does:
        script.do(*deed)
    host.run(script, *options, **environment)


def fuzz(examples: int, size: int = 40):
    def decorate(test):
        return settings(max_examples=examples)(given(st.lists(deeds, max_size=size))(test))

    return decorate


@functools.cache
def sanitized() -> Max:
    """Every byte is freed, too."""
    environment = builds.LEAKS | {"ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1"}
    return Max(
        (str(build_driver(*builds.SANITIZE)),), str(build_objects(*builds.SANITIZE)),
        environment=tuple(environment.items()),
    )  # fmt: skip


def test_any_order_of_any_messages():
    fuzz(600)(lambda does: survives(here(), does))()


def test_any_order_of_any_messages_under_sanitizers():
    fuzz(60)(lambda does: survives(sanitized(), does))()


@pytest.mark.long
@pytest.mark.parametrize("host", [here, sanitized])
def test_any_order_of_many_messages(host):
    fuzz(10000)(lambda does: survives(host(), does))()


def test_the_old_signal_chain_plays_on_while_channels_change():
    """It brings fewer channels than the new one will, or more."""
    does = [("new", 0, "mc.unlearn~", "@external", 5), ("dsp", 48000.0, 64), ("noise", 2, 0)]
    for channels in (5, 1, 3, 0):
        does += [("cords", 0, channels, *[0] * 7, 1), ("redsp", 48000.0, 64), ("noise", 2, 0)]
    survives(sanitized(), does)


SOUNDS = [("new", 0, "autoregnn~"), ("dsp", 48000.0, 64), ("noise", 1, 0)]


@pytest.mark.parametrize(("sin", "error"), [("leak", "LeakSanitizer"), ("overrun", "overflow")])
def test_sanitizers_see(sin, error):
    survives(sanitized(), SOUNDS)
    with pytest.raises(RuntimeError, match=error):
        survives(sanitized(), SOUNDS, SIN=sin)


def test_what_is_not_finite_is_seen():
    """The driver's own eye for it."""
    with pytest.raises(RuntimeError, match="status 6"):
        survives(
            here(), [("new", 0, "autoregnn~"), ("dsp", 48000.0, 64), ("noise", 1, 0)], SPOIL="1"
        )

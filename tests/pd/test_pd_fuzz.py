"""Whatever is sent, in whatever order, no object crashes, writes where it must not, or leaks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anything import FILES, NOT_FINITE, SETTINGS, files, numbers, states, values, words
from bits import atom
from pd.duets import Duet
from pd.libpd import CrashError, LibPd
from pd.patches import Patch, listening
from specml import AutoRegNN

OUTS = {"autoregnn~": 2, "autoregnn2~": 3, "unlearn~": 2}
SLOTS = ("one", "two", "three")
ARRAYS = ("w", "v")

flags = st.tuples(
    st.sampled_from([*SETTINGS, "mc", "outs", "fixed", "foo"]).map("-{}".format),
    numbers.map(atom) | words,
).map(" ".join)


others = st.just("-table w") | st.just("-keep") | files.map("-file {}".format)


@st.composite
def boxes(draw):
    """A patch around a box with any flags and arguments, its sound in and out."""
    name = draw(st.sampled_from(sorted(OUTS)))
    says = draw(st.lists(flags | numbers.map(atom) | words | others, max_size=4))
    inlets = draw(st.sets(st.integers(0, 4)))
    wide = {k: draw(st.sampled_from((1, 1, 3))) for k in inlets}
    info = draw(st.booleans())
    text = listening(" ".join([name, *says]), sorted(inlets), OUTS[name], wide=wide, info=info)
    return ("make", draw(st.sampled_from(SLOTS)), text)


def table(name: str, points: int) -> str:
    patch = Patch()
    patch.add(f"table {name} {points}")
    return patch.text()


points = st.sampled_from((1, 5, 80, 113, 226, 400))
arrays = st.sampled_from(ARRAYS)
canvases = st.sampled_from(SLOTS).map("pd-{}.pd".format)
into = st.sampled_from((0.0, 2.0, 3.0, 4.0, 5.0, 6.0))  # not dac~: what is not finite enters here
line = st.sampled_from((0.0, 1.0, 2.0, 3.0))
byte_pairs = st.lists(st.integers(0, 2**16).map(float) | numbers | words, max_size=300)
deeds = st.one_of(
    states.map(lambda message: ("send", "x", *message)),
    states.map(lambda message: ("send", "x", *message)),
    st.builds(lambda *given: ("send", *given[:4], *given[4]), st.sampled_from(("x", "#A")),
              st.just("kept"), line, line, byte_pairs),
    st.builds(lambda canvas: ("send", canvas, "menusave"), canvases),
    st.builds(lambda slot: ("remake", slot), st.sampled_from(SLOTS)),
    boxes(),
    boxes(),
    st.tuples(st.just("drop"), st.sampled_from((*SLOTS, *ARRAYS))),
    st.builds(lambda name, n: ("make", name, table(name, n)), arrays, points),
    st.tuples(st.just("dsp"), st.booleans()),
    st.tuples(st.just("hear"), st.integers(1, 40), st.integers(0, 99)),
    st.tuples(st.just("hear"), st.integers(1, 40), st.integers(0, 99)),
    st.builds(lambda word, given: ("send", "x", word, *given), st.sampled_from(SETTINGS), values),
    st.builds(lambda word, n: ("send", "x", word, n), st.sampled_from(SETTINGS), numbers),
    st.builds(lambda word: ("send", "x", word),
              st.sampled_from(("reset", "clear", "bang", "report", "table", "weights", "dump",
                               "get", "dsp", "foo"))),
    st.builds(lambda given: ("send", "x", "weights", *given), values),
    st.builds(lambda index, given: ("send", "x", "weights", index, *given),
              st.integers(0, 400).map(float), st.lists(numbers, max_size=300)),
    st.builds(lambda given: ("send", "x", "get", *given),
              st.lists(st.sampled_from((*SETTINGS, "mc", "foo", 1.0)), max_size=2)),
    st.builds(lambda given: ("send", "x", *given), st.lists(numbers, max_size=9)),
    st.builds(lambda name, n: ("send", name, "resize", float(n)), arrays, points),
    st.builds(lambda one, other: ("send", one, "rename", other), arrays, arrays),
    st.builds(lambda name, given: ("send", name, 0.0, *given), arrays, st.lists(numbers)),
    st.builds(lambda name, x: ("send", name, "const", x), arrays, st.sampled_from(NOT_FINITE)),
    st.builds(lambda canvas, name: ("send", canvas, "obj", 9.0, 9.0, name), canvases,
              st.sampled_from([*sorted(OUTS), "osc~"])),
    st.builds(lambda canvas, a, b: ("send", canvas, "connect", a, 0.0, b, 0.0), canvases,
              st.integers(0, 6).map(float), into),
)  # fmt: skip
END = [*[("drop", slot) for slot in (*SLOTS, *ARRAYS)], ("hear", 40, 0), ("said",)]


def survives(host: LibPd, does: list) -> None:
    """Do it, then let a new box say what a new box says."""
    host.several([*(("put", name, content) for name, content in FILES.items()), *does, *END])
    with Duet(host, "autoregnn~", AutoRegNN()) as duet:
        duet.go(640)


def fuzz(examples: int):
    return lambda test: settings(max_examples=examples)(given(st.lists(deeds, max_size=40))(test))


def test_any_order_of_any_messages(libpd_host):
    fuzz(400)(lambda does: survives(libpd_host, does))()


def test_any_order_of_any_messages_under_sanitizers(libpd_sanitized):
    fuzz(200)(lambda does: survives(libpd_sanitized, does))()


@pytest.mark.long
@pytest.mark.parametrize("which", ["libpd_host", "libpd_sanitized"])
def test_any_order_of_many_messages(which, request):
    host = request.getfixturevalue(which)
    fuzz(10000)(lambda does: survives(host, does))()


def test_a_crash_is_seen(libpd_host):
    """The instrument itself."""
    with pytest.raises(CrashError, match="status"):
        libpd_host.read_pointer(0)
    survives(libpd_host, [])


def test_sanitizers_see(libpd_sanitized):
    with pytest.raises(CrashError, match="AddressSanitizer: heap-buffer-overflow"):
        libpd_sanitized.read_pointer(1)
    survives(libpd_sanitized, [])

"""Whatever a box may be told: words, and values that it takes or refuses; files for it."""

import tempfile
from pathlib import Path

from hypothesis import strategies as st

from specml import AutoRegNN, AutoRegNN2, Unlearn, core
from specml.reference import autoregnn, autoregnn2, unlearn

NUMBERS = (0.0, 1.0, 2.0, 3.0, 7.0, 16.0, 33.0, 100.0, 2400.0, 0.5, 0.1, 1e-30, -1.0, -0.5, 1e6,
           2.0**24, 1e38, -1e38)  # fmt: skip
NOT_FINITE = (float("nan"), float("inf"), float("-inf"))
WORDS = ("w", "v", "tanh", "cosine", "euler", "symplectic", "foo", "table", *core.presets())
STRUCTURE = ("size", "width", "layers", "neurons", "inputs", "maxdelay", "external")
CHOICES = ("activation", "energy", "integrator", "preset", "table")
CONTROLS = (*autoregnn.CONTROLS, *autoregnn2.CONTROLS, *unlearn.CONTROLS)
SETTINGS = sorted({*CONTROLS, *STRUCTURE, *CHOICES, "seed", "scale", "learn", "excite", "fade"})

numbers = st.sampled_from(NUMBERS) | st.floats(0, 1, width=32) | st.integers(0, 20).map(float)
words = st.sampled_from(WORDS)
values = st.lists(numbers | numbers | words | st.sampled_from(NOT_FINITE), max_size=3)

# ---- files and snapshots ----

SNAPSHOTS = ("a", "b", "a name of two words", "x" * 65, "")


def _file(net) -> bytes:
    net.store("a")
    net.store("b")
    net.recall("a", 6400)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        net.save(path)
        return path.read_bytes()


_whole = _file(AutoRegNN())
FILES = {  # what stands there at first; None: nothing
    "one": _whole,
    "two": _file(AutoRegNN2(size=5)),
    "three": _file(Unlearn(5, 3, 7)),
    "wide": _file(AutoRegNN(30, 9, 2, seed=5)),
    "short": _whole[:-9],
    "odd": _whole.replace(b'"F64"', b'"I64"', 1),
    "nan": _whole[:-8] + b"\xff" * 8,
    "large": b"\xff" * 64,
    "empty": b"",
    "new": None,
    "nowhere/new": None,
}

files, names = st.sampled_from([*FILES]), st.sampled_from(SNAPSHOTS)
states = st.one_of(  # messages
    st.tuples(st.sampled_from(("write", "read")), files),
    st.tuples(st.just("read"), files, st.just("weights")),
    st.tuples(st.sampled_from(("store", "recall", "forget")), names),
    st.tuples(st.just("recall"), names, numbers),
    st.tuples(st.just("morph"), names, names, numbers),
    st.tuples(st.just("morph"), names, names, st.floats(0, 1, width=32), numbers),
    st.just(("snapshots",)),
    st.builds(lambda word, given: (word, *given),
              st.sampled_from(("write", "read", "store", "recall", "morph", "forget")), values),
)  # fmt: skip

"""Sound, messages and news of JACK, each on a thread of its own: no waiting, no race, no leak,
whatever stands on a line."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anything import NOT_FINITE, SETTINGS, numbers, values, words
from jack.stub import MODELS, Stub, here, racing, sanitized
from object.library import words as words_of
from traps import SPRUNG

BOXES = {
    "autoregnn": ["--channels", 2],
    "autoregnn2": [],
    "unlearn": [9, "--mc", "--external", 2, "--preset", "wind"],
}
EVERYWHERE = ("seed 7", "report", "reset", "clear", "learn 0", "store a", "learn 1", "recall a 5",
              "weights 3 0.25", "fade 3", "dump", "get seed", "morph a a 0.5", "snapshots",
              "forget a", "seed 8", "report")  # fmt: skip
OTHERS = {
    "autoregnn": ("size 20", "width 9", "layers 3", "lr 2", "autoreg 0.5"),
    "autoregnn2": ("mix 0.2", "layers 2", "width 9", "lr 2"),
    "unlearn": ("neurons 20", "preset wind", "energy tanh", "integrator euler", "maxdelay 9",
                "bang", "neurons 3"),
}  # fmt: skip
NEWS = {"STUB_NEWS": "1", "STUB_SIZES": "64 1 100 512"}
each_model = pytest.mark.parametrize("model", MODELS)


def talk(host: Stub, model: str, folder, **environment) -> list[str]:
    """Every message, and time for the other threads between them."""
    files = (
        f"write {folder}/it.st",
        "report",
        f"read {folder}/it.st",
        f"read {folder}/it.st weights",
    )
    told = [*EVERYWHERE, *OTHERS[model], *files, *EVERYWHERE]
    with host.start(model, *map(str, BOXES[model]), **NEWS, **environment) as program:
        for text in told:
            program.ask(f"{text}\nreport", "bytes")
        program.tell("quit")
        assert program.wait() == 0, program.errors
    assert not [line for line in program.errors if "must be" in line]
    return program.errors


@each_model
def test_a_block_allocates_locks_and_prints_nothing(trap, model, tmp_path):
    assert not [line for line in talk(here(), model, tmp_path, **trap) if "trap" in line]


def test_the_trap_catches(trap, sin):
    status, _, errors = here().end(["autoregnn"], SIN=sin, **trap)
    assert status == 77
    assert re.search(SPRUNG, errors)


@each_model
def test_three_threads_do_not_meet(model, tmp_path):
    talk(racing(), model, tmp_path)


def test_the_sanitizer_sees_a_race():
    status, _, errors = racing().end(["autoregnn"], "get lr\n" * 9, SIN="race", **NEWS)
    assert status == 66
    assert "ThreadSanitizer: data race" in errors


def test_what_is_not_finite_is_seen():
    """The stub's own eye for it."""
    assert here().end(["autoregnn"], SPOIL="1")[0] == 6


# ---- whatever stands on a line ----

BARE = ("reset", "clear", "bang", "report", "table", "weights", "dump", "get", "foo", "snapshots",
        "store a", "recall a", "forget a", "morph a a 1", "write", "read", "")  # fmt: skip
atoms = st.one_of(numbers, words, st.sampled_from(NOT_FINITE), st.integers(-3, 2000)).map(str)
heads = st.sampled_from(sorted({*SETTINGS, *(w.name for m in MODELS for w in words_of(m))}))
lines = st.one_of(
    st.builds(lambda head, said: " ".join([head, *map(str, said)]), heads, values),
    st.builds(lambda head, atom: f"{head} {atom}", heads, atoms),
    st.sampled_from(BARE),
    st.builds(lambda k, said: " ".join(["weights", str(k), *said]), st.integers(-1, 300),
              st.lists(atoms, max_size=40)),
    st.text(max_size=30),
)  # fmt: skip
BIG = 200  # neurons and units: larger ones only take longer


def is_small(line: str) -> bool:
    """Nothing is to be computed for minutes, and no file written where a word says."""
    parts = line.split()
    numbers = (p for p in parts[1:] if p.isascii() and p.replace(".", "", 1).isdigit())
    large = any(float(p) > BIG for p in numbers)
    return not large and not (len(parts) > 1 and parts[0] in ("write", "read"))


flags = st.sampled_from([*SETTINGS, "channels", "connect", "set", "name", "outs", "mc", "foo"])
boxes = st.lists(st.builds(lambda k, v: f"--{k}={v}", flags, atoms) | atoms, max_size=3)


def survives(host: Stub, model: str, box: list[str], told: list[str]) -> None:
    """It ends with 0, or 2 if it does not understand the command line."""
    small = [line for line in told if is_small(line)]
    status, _, errors = host.end(
        [model, *(word for word in box if is_small(f"x {word.split('=')[-1]}") and word),
         "--until-eof"],
        "\n".join(small).encode("utf-8", "surrogatepass"), **NEWS,
    )  # fmt: skip
    assert status in (0, 2), f"{status}\n{errors}"


def fuzz(host: Stub, examples: int) -> None:
    @settings(max_examples=examples)
    @given(st.sampled_from(MODELS), st.just([]) | boxes, st.lists(lines, max_size=40))
    def go(model, box, told):
        survives(host, model, [word for word in box if "\0" not in word], told)

    go()


def test_any_lines():
    fuzz(here(), 100)


def test_any_lines_under_sanitizers():
    fuzz(sanitized(), 40)


@pytest.mark.long
@pytest.mark.parametrize("host", [here, sanitized])
def test_any_lines_for_long(host):
    fuzz(host(), 3000)


@pytest.mark.parametrize(("sin", "error"), [("leak", "LeakSanitizer"), ("overrun", "overflow")])
def test_sanitizers_see(sin, error):
    status, _, errors = sanitized().end(["autoregnn", "--until-eof"], "lr 1\n", SIN=sin)
    assert status
    assert error in errors

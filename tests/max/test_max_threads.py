"""Perform, messages from two threads and changes of structure at once, under ThreadSanitizer."""

import functools

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import builds
from max.stub import Max, Script, build_driver, build_objects
from max.test_max_fuzz import deeds, survives

RACE = ("-fsanitize=thread",)
BOXES = {
    "autoregnn~": ("size 20; width 9; layers 3; lr 2.; autoreg 0.5", 113),
    "autoregnn2~": ("mix 0.2; layers 2; width 9; lr 2.", 226),
    "unlearn~": ("neurons 20; preset wind; energy tanh; integrator euler; maxdelay 9; bang", 80),
    "mc.unlearn~": ("neurons 20; preset wind; neurons 5; inputs 2; external 3", 80),
}
EVERYWHERE = ("seed 7; reset; clear; store a; learn 0; learn 1; report; weights; weights 3 0.25; "
              "fade 3.; write x; store b; morph a b 0.5; dump; get seed; table v; read x weights; "
              "table w; keep 1; seed 8; read x; snapshots; recall a 9.; forget b")  # fmt: skip
STRUCTURE = (
    ("dsp", 48000.0, 16), ("cords", 0, 1, 1, 0, 1), ("buffer", "w", 40, 1), ("off",),
    ("dsp", 44100.0, 100), ("rename", "w", "v"), ("release", "v"), ("cords", 0, 2),
    ("buffer", "w", 4000, 2), ("draw", "w", 3, 0.5, 0.25), ("save", 0), ("free", 1),
    ("dblclick", 0), ("dsp", 48000.0, 64), ("restore", 1, "BOX", "@file", "x"), ("save", 1),
)  # fmt: skip


@functools.cache
def racing(*flags: str) -> Max:
    """`setarch -R`: ThreadSanitizer needs its addresses free."""
    command = ("setarch", "-R", str(build_driver(*RACE, *flags)))
    environment = (("TSAN_OPTIONS", "halt_on_error=1"),)
    return Max(command, str(build_objects(*RACE)), environment=environment)


def everything(box: str, disk: str = "") -> Script:
    """All messages from both threads, and between them all changes of structure."""
    texts, points = BOXES[box]
    folder = builds.DIRECTORY / "max-states"
    folder.mkdir(exist_ok=True)
    (folder / "x").unlink(missing_ok=True)
    script = Script().do("folder", f"{disk}{folder}").do("buffer w", points, 1)
    script.do("new 0", box, "@table w @keep 1")
    script.do("new 1", box).do("dsp", 48000.0, 64)
    told = [text.split() for text in f"{EVERYWHERE}; {texts}; {EVERYWHERE}".split("; ")]
    for k, words in enumerate(told):
        script.do("send 0", *words).do("late 0", *words).do("lateinto 0", k % 5, "float", 0.25)
        script.do("late 1", *told[-k]).do("ask 0 seed")
        changes = STRUCTURE[k % len(STRUCTURE)]
        script.do(*(box if word == "BOX" else word for word in changes))
        script.do("ask 0 table").do("noise", 1, 0)
    return script


@pytest.mark.parametrize("box", BOXES)
def test_three_threads_do_not_meet(box):
    _, printed = racing().run(everything(box), "threads")
    for told in ("info: seed 7", "info: written ", "info: read ", "info: snapshot a"):
        assert told in printed


def test_nor_in_any_other_order():
    """Each is long: a thread needs time to meet another."""

    @settings(max_examples=8, phases=[Phase.explicit, Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(st.lists(deeds, min_size=30, max_size=80))
    def go(does):
        survives(racing(), [("new", 0, "unlearn~"), ("dsp", 48000.0, 64), *does], "threads")

    go()


def test_the_sanitizer_sees_messages_that_are_not_deferred():
    """On a Max that runs what is deferred at once, wherever it is: in one of ten runs."""
    with pytest.raises(RuntimeError, match="ThreadSanitizer: data race"):
        for _ in range(10):
            racing("-DSTUB_DEFERS_NOTHING").run(everything("autoregnn~"), "threads")

"""The help patches: they load without a word, and each example, switched on, sounds."""

import functools
import re

import numpy as np
import pytest
import soundfile

import builds
from pd.debian import TROUBLE
from pd.patches import Patch
from pd.sessions import RATE
from specml.examples import EXAMPLES

ROOT = builds.HERE.parent
FOLDER = ROOT / "help-patches" / "pd"
PATCHES = sorted(FOLDER.glob("*.pd"))
HELP = {"AutoRegNN": "autoregnn~", "AutoRegNN2": "autoregnn2~", "Unlearn": "unlearn~"}
EXPECTED = {*(f"{name}-help.pd" for name in HELP.values()), "specml-tour.pd", "specml-meta.pd"}
TOGGLE = re.compile(r"\btgl \S+ \S+ \S+ specml-(\S+) ")  # its receive name
SECONDS = 3.0
AUDIBLE, SILENT = 10 ** (-50 / 20), 10 ** (-100 / 20)  # of full scale
each_patch = pytest.mark.parametrize("path", PATCHES, ids=lambda path: path.stem)
each_example = pytest.mark.parametrize("name", EXAMPLES)


def help_patch(name: str):
    return FOLDER / f"{HELP[EXAMPLES[name].model]}-help.pd"


def test_all_patches_are_here():
    assert {path.name for path in PATCHES} >= EXPECTED


@each_example
def test_each_example_has_a_switch_in_the_help_patch_of_its_object(name):
    assert name in TOGGLE.findall(help_patch(name).read_text())


def test_no_switch_is_of_another_example():
    assert {name for path in PATCHES for name in TOGGLE.findall(path.read_text())} <= {*EXAMPLES}


@each_patch
def test_it_loads_without_a_word(debian, path):
    """In Debian's Pd: with the sound on, a while, and off."""
    patch = Patch()
    patch.at("go", 0.0, "; pd dsp 1")
    patch.at("go", 300.0, "; pd dsp 0")
    patch.at("go", 310.0, "; pd dsp 1")
    patch.at("go", 600.0, "; pd quit")
    assert debian.run(patch.text(), "go bang", opening=[path]) == ""


@each_patch
def test_it_loads_without_a_word_in_libpd(libpd_host, path):
    libpd_host.said()
    opened = libpd_host.open_file(str(path))
    for on in (True, False, True):
        libpd_host.dsp(on)
        libpd_host.process(np.zeros((2, RATE // 4)), 2)
    libpd_host.close(opened)
    assert libpd_host.said() == ""


@functools.cache
def recorded(debian, name: str):
    """Both channels while the example is on and after it is off, and the console."""
    n = int((SECONDS + 1.0) * RATE)
    patch = Patch()
    for side in ("left", "right"):
        patch.add(f"table heard-{side} {n}")
        source, sink = patch.add(f"catch~ specml-{side}"), patch.add(f"tabwrite~ heard-{side}")
        begins = patch.add("r go")
        patch.connect(source, 0, sink, 0)
        patch.connect(begins, 0, sink, 0)
    go, files = patch.add("r write"), patch.add("soundfiler")
    write = patch.message("write -wave -bytes 4 heard.wav heard-left heard-right")
    patch.connect(go, 0, write, 0)
    patch.connect(write, 0, files, 0)
    patch.at("go", 0.0, f"; pd dsp 1; specml-{name} 1")
    patch.at("go", 1000.0 * SECONDS, f"; specml-{name} 0")
    patch.at("go", 1000.0 * (SECONDS + 1.0) + 100.0, "; write bang; pd quit")
    log = debian.run(patch.text(), "go bang", opening=[help_patch(name)])
    y, _ = soundfile.read(debian.folder / "heard.wav", always_2d=True)
    return y[: int(SECONDS * RATE)], y[int((SECONDS + 0.5) * RATE) :], log


def moves(x: np.ndarray) -> float:
    """Root mean square without the mean, of the softer channel."""
    return float(np.min(np.std(x, axis=0)))


@each_example
def test_switched_on_it_sounds_and_switched_off_it_is_silent(debian, name):
    on, off, log = recorded(debian, name)
    assert not TROUBLE.findall(log)
    assert np.all(np.isfinite(on)), name
    assert np.max(np.abs(on)) <= 1.0, "too loud"
    assert moves(on) > AUDIBLE, "silent"
    assert np.max(np.abs(off)) < SILENT, "it goes on"


def test_each_example_is_another_sound(debian):
    sounds = [recorded(debian, name)[0] for name in EXAMPLES]
    for k, one in enumerate(sounds):
        assert all(np.any(one != other) for other in sounds[:k])


@each_example
def test_the_tour_opens_the_help_patch_and_plays(libpd_host, name):
    libpd_host.said()
    tour = libpd_host.open_file(str(FOLDER / "specml-tour.pd"))
    listener = Patch("listener")
    speaker = listener.add("dac~")
    for k, side in enumerate(("left", "right")):
        listener.connect(listener.add(f"catch~ specml-{side}"), 0, speaker, k)
    heard = libpd_host.open(listener.text(), "listener")
    libpd_host.dsp(True)
    libpd_host.send(f"{libpd_host.dollar_zero(tour)}-go-{name}", 1.0)
    y = libpd_host.process(np.zeros((2, 2 * RATE)), 2)
    libpd_host.send(f"pd-{help_patch(name).name}", "menuclose", 1.0)
    libpd_host.close(heard)
    libpd_host.close(tour)
    assert not TROUBLE.findall(libpd_host.said())
    assert np.all(np.isfinite(y))
    assert moves(y.T) > AUDIBLE


BOXES = [name for name, example in EXAMPLES.items() if example.model != "Unlearn"]


@pytest.mark.parametrize("name", BOXES)
def test_its_numbers_are_those_of_the_example(name):
    """The boxes of AutoRegNN spell them; those of Unlearn name a preset, which is the core's."""
    settings, text = dict(EXAMPLES[name].settings), help_patch(name).read_text()
    rates = settings["lr"] if isinstance(settings["lr"], tuple) else (settings["lr"],)
    for lr in rates:
        wanted = settings | {"lr": lr}
        order = ("mix size width lr ridge" if "mix" in settings else
                 "autoreg size width layers lr ridge").split()  # fmt: skip
        numbers = [wanted[key] for key in order]
        words = [r"\S+" if isinstance(x, str) else re.escape(f"{x:g}") for x in numbers]
        box = f"{HELP[EXAMPLES[name].model]} {' '.join(words)}"
        assert re.search(box.replace(r"e\-05", "e-0?5"), text), box


PRESETS = [name for name, example in EXAMPLES.items() if example.model == "Unlearn"]


@pytest.mark.parametrize("name", PRESETS)
def test_it_asks_for_its_preset(libpd_host, name):
    opened = libpd_host.open_file(str(help_patch(name)))
    spy = Patch("spy")
    spy.connect(spy.add(f"r {libpd_host.dollar_zero(opened)}-preset"), 0, spy.add("print asks"), 0)
    spying = libpd_host.open(spy.text(), "spy")
    libpd_host.said()
    libpd_host.send(f"specml-{name}", 1.0)
    libpd_host.process(np.zeros((2, RATE // 4)), 2)
    libpd_host.close(spying)
    libpd_host.close(opened)
    assert libpd_host.said() == f"asks: symbol {name}\n"


def test_what_deken_and_the_browser_read():
    """A line of description in each, and one version."""
    meta = (FOLDER / "specml-meta.pd").read_text()
    version = (ROOT / "VERSION").read_text().strip()
    assert re.search(rf"^#X text -?\d+ -?\d+ VERSION {re.escape(version)}\b", meta, re.M)
    for path in FOLDER.glob("*-help.pd"):
        text = path.read_text()
        assert len(re.findall(r"^#X text -?\d+ -?\d+ DESCRIPTION \S", text, re.M)) == 1, path.name
        assert re.search(r"^#X restore \d+ \d+ pd META;", text, re.M), path.name
        assert f"{path.name.removesuffix('-help.pd')}" in text

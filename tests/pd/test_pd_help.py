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
TOGGLE = re.compile(r"\btgl \S+ \S+ \S+ \\\$0-(\S+) ")  # its receive name, without the $0
SECONDS = 3.0
AUDIBLE, SILENT = 10 ** (-50 / 20), 10 ** (-100 / 20)  # of full scale
APART, DC = 3.0, 0.005  # dB between the loudest and the softest, and of full scale
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
    helps = {help_patch(name) for name in EXAMPLES}
    found = {name for path in helps for name in TOGGLE.findall(path.read_text())}
    assert found <= {*EXAMPLES, "state"}


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


def switches(patch: Patch) -> None:
    """What goes to ``switch`` goes to the toggle of the example that was looked for last."""
    found, switch, send = (patch.add(box) for box in ("r specml-found", "r switch", "send"))
    patch.connect(found, 0, send, 1)
    patch.connect(switch, 0, send, 0)


@functools.cache
def recorded(debian, name: str, windows: int = 1):
    """Both channels while the example is on, as it fades and after that, and the console."""
    n = int((SECONDS + 1.0) * RATE)
    patch = Patch()
    sides = [patch.add(f"catch~ specml-{side}") for side in ("left", "right")]
    patch.record("heard.wav", n, *sides)
    switches(patch)
    patch.at("go", 0.0, f"; pd dsp 1; specml-find symbol {name}; switch 1")
    patch.at("go", 1000.0 * SECONDS, "; switch 0")
    patch.at("go", 1000.0 * (SECONDS + 1.0) + 100.0, "; write bang; pd quit")
    log = debian.run(patch.text(), "go bang", opening=[help_patch(name)] * windows)
    y, _ = soundfile.read(debian.folder / "heard.wav", always_2d=True)
    on, off = int(SECONDS * RATE), int((SECONDS + 0.5) * RATE)
    return y[:on], y[on:off], y[off:], log


def moves(x: np.ndarray) -> float:
    """Root mean square without the mean, of the softer channel."""
    return float(np.min(np.std(x, axis=0)))


@each_example
def test_switched_on_it_sounds_and_switched_off_it_is_silent(debian, name):
    on, _, off, log = recorded(debian, name)
    assert not TROUBLE.findall(log)
    assert np.all(np.isfinite(on)), name
    assert np.max(np.abs(on)) <= 1.0, "too loud"
    assert moves(on) > AUDIBLE, "silent"
    assert np.max(np.abs(off)) < SILENT, "it goes on"


@each_example
def test_it_begins_and_ends_without_a_click(debian, name):
    """It fades in, and out: the first and last ms of 30 are soft."""
    on, fading, _, _ = recorded(debian, name)
    soft, ms = 0.1 * np.max(np.abs(on)), RATE // 1000
    assert np.max(np.abs(on[:ms])) < soft
    assert np.max(np.abs(fading[29 * ms : 31 * ms])) < soft
    assert np.max(np.abs(fading[100 * ms :])) < SILENT


def loudness(x: np.ndarray) -> float:
    """RMS without the mean, of both channels, in dB."""
    return float(10.0 * np.log10(np.mean(np.var(x, axis=0)) + 1e-30))


def test_all_are_equally_loud(debian):
    levels = {name: loudness(recorded(debian, name)[0]) for name in EXAMPLES}
    assert max(levels.values()) - min(levels.values()) <= APART, levels


@each_example
def test_it_has_no_dc(debian, name):
    assert np.max(np.abs(np.mean(recorded(debian, name)[0], axis=0))) <= DC


@each_example
def test_a_second_window_of_the_same_help_adds_nothing(debian, name):
    one, two = recorded(debian, name)[0], recorded(debian, name, windows=2)[0]
    assert abs(loudness(one) - loudness(two)) < 1.0
    if name not in ("feedback", "percussion"):  # Pd draws other random numbers there
        assert np.array_equal(one, two)


def test_each_example_is_another_sound(debian):
    sounds = [recorded(debian, name)[0] for name in EXAMPLES]
    for k, one in enumerate(sounds):
        assert all(np.any(one != other) for other in sounds[:k])


def listener() -> Patch:
    patch = Patch("listener")
    speaker = patch.add("dac~")
    for k, side in enumerate(("left", "right")):
        patch.connect(patch.add(f"catch~ specml-{side}"), 0, speaker, k)
    return patch


def toggles(host, tour, *names) -> Patch:
    """A patch that prints what the tour's toggles are told."""
    patch = Patch("toggles")
    for name in names:
        told = patch.add(f"r {host.dollar_zero(tour)}-show-{name}")
        patch.connect(told, 0, patch.add(f"print {name}"), 0)
    return patch


def silence(host, seconds: float):
    return host.process(np.zeros((2, int(seconds * RATE))), 2)


@each_example
def test_the_tour_opens_the_help_patch_and_plays(libpd_host, name):
    libpd_host.said()
    tour = libpd_host.open_file(str(FOLDER / "specml-tour.pd"))
    heard = libpd_host.open(listener().text(), "listener")
    libpd_host.dsp(True)
    libpd_host.send(f"{libpd_host.dollar_zero(tour)}-go-{name}", 1.0)
    y = silence(libpd_host, 2.0)
    libpd_host.send(f"pd-{help_patch(name).name}", "menuclose", 1.0)
    libpd_host.close(heard)
    libpd_host.close(tour)
    assert not TROUBLE.findall(libpd_host.said())
    assert np.all(np.isfinite(y))
    assert moves(y.T) > AUDIBLE


@each_example
def test_a_window_that_is_closed_switches_its_toggle_in_the_tour_off(libpd_host, name):
    tour = libpd_host.open_file(str(FOLDER / "specml-tour.pd"))
    spy = libpd_host.open(toggles(libpd_host, tour, name).text(), "toggles")
    libpd_host.said()
    libpd_host.send(f"{libpd_host.dollar_zero(tour)}-go-{name}", 1.0)
    silence(libpd_host, 1.0)
    assert libpd_host.said() == f"{name}: set 1\n"
    libpd_host.send(f"pd-{help_patch(name).name}", "menuclose", 1.0)
    silence(libpd_host, 1.0)
    libpd_host.close(spy)
    libpd_host.close(tour)
    assert libpd_host.said() == f"{name}: set 0\n"


def test_one_plays_at_a_time_wherever_its_toggle_is(libpd_host):
    """Two windows of one help, one of another, and the tour."""
    tour = libpd_host.open_file(str(FOLDER / "specml-tour.pd"))
    helps = [libpd_host.open_file(str(help_patch(name))) for name in ("sine", "sine", "wind")]
    numbers = [libpd_host.dollar_zero(opened) for opened in helps]
    spy = libpd_host.open(toggles(libpd_host, tour, "sine", "fm", "wind").text(), "toggles")
    for number, name, says in (
        (numbers[0], "sine", "sine: set 1\n"), (numbers[1], "sine", ""),
        (numbers[2], "wind", "sine: set 0\nwind: set 1\n"),
        (numbers[0], "fm", "wind: set 0\nfm: set 1\n"),
    ):  # fmt: skip
        libpd_host.said()
        libpd_host.send(f"{number}-{name}", 1.0)
        silence(libpd_host, 0.5)
        assert libpd_host.said() == says
        playing = Patch("playing")
        playing.connect(playing.add("r specml-playing"), 0, playing.add("print plays"), 0)
        asked = libpd_host.open(playing.text(), "playing")
        libpd_host.send("specml-ask", "bang")
        libpd_host.close(asked)
        assert libpd_host.said() == f"plays: {number:.0f}-{name} {name}\n"
    for opened in (spy, *helps, tour):
        libpd_host.close(opened)


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


@pytest.fixture
def unlearn_help(libpd_host):
    """An open help window of [unlearn~]: its number, and what the examples tell, to the console."""
    opened = libpd_host.open_file(str(FOLDER / "unlearn~-help.pd"))
    number = f"{libpd_host.dollar_zero(opened):.0f}"
    spy = Patch("spy")
    spy.connect(spy.add(f"r {number}-info"), 0, spy.add("print told"), 0)
    spying = libpd_host.open(spy.text(), "spy")
    libpd_host.dsp(True)
    libpd_host.said()
    yield number
    libpd_host.close(spying)
    libpd_host.close(opened)


def told(host) -> dict[str, str]:
    """What the examples have told last."""
    said = host.said()
    assert "error" not in said
    return dict(re.findall(r"^told: (\S+?):? (\S+)$", said, re.M))


def test_half_way_between_a_sine_and_a_pulse(libpd_host):
    """A click begins there; the sine has no third harmonic, the pulse one of a third."""
    opened = libpd_host.open_file(str(help_patch("interpolate")))
    number = f"{libpd_host.dollar_zero(opened):.0f}"
    spy = Patch("spy")
    spy.connect(spy.add(f"r {number}-mix"), 0, spy.add("print mix"), 0)
    spying = libpd_host.open(spy.text(), "spy")
    libpd_host.dsp(True)
    libpd_host.said()
    libpd_host.send(f"{number}-interpolate", 1.0)
    silence(libpd_host, 1.0)
    assert set(libpd_host.said().splitlines()) == {"mix: 0.5", "mix: set 0.5"}
    third = []
    for mix in (0.0, 0.5, 1.0):
        libpd_host.send(f"{number}-mix", mix)
        silence(libpd_host, 2.0)
        bins = np.abs(np.fft.rfft(libpd_host.read(f"{number}-said", 384)))
        third.append(bins[12] / bins[4])  # 384 points are 4 periods of 500 Hz
    libpd_host.close(spying)
    libpd_host.close(opened)
    assert third[0] < 0.1, "no sine at 0"
    assert third[2] > 0.2, "no pulse at 1"


PRESETS = [name for name, example in EXAMPLES.items() if example.model == "Unlearn"]


@pytest.mark.parametrize("name", PRESETS)
def test_it_is_the_preset(libpd_host, unlearn_help, name):
    """In its own box, and with what the example is set to, as the box tells."""
    assert f"unlearn~ -preset {name}" in help_patch(name).read_text()
    libpd_host.send(f"{unlearn_help}-{name}", 1.0)
    facts = told(libpd_host)
    for key, value in EXAMPLES[name].settings.items():
        got = facts[key]
        assert got == value if isinstance(value, str) else abs(float(got) - value) < 1e-5, key


def test_the_array_becomes_as_long_as_there_are_weights(libpd_host, unlearn_help):
    asking = Patch("asking")
    size, ask = asking.add(f"array size {unlearn_help}-weights"), asking.add("r how-long")
    asking.connect(ask, 0, size, 0)
    asking.connect(size, 0, asking.add("print told: size"), 0)
    opened = libpd_host.open(asking.text(), "asking")
    for name in ("resonances", "wind", "clicks"):
        libpd_host.send(f"{unlearn_help}-{name}", 1.0)
        silence(libpd_host, 0.5)
        libpd_host.send("how-long", "bang")
        facts = told(libpd_host)
        assert facts["size"] == facts["weights"]
        assert np.any(libpd_host.read(f"{unlearn_help}-weights", int(facts["weights"])))
    libpd_host.close(opened)


def test_a_drawing_reaches_what_plays(libpd_host, unlearn_help):
    libpd_host.send(f"{unlearn_help}-wind", 1.0)
    libpd_host.send(f"{unlearn_help}-to-lambda", 0.0)
    silence(libpd_host, 0.5)
    libpd_host.write(f"{unlearn_help}-weights", 3, [17.0])
    libpd_host.said()
    silence(libpd_host, 0.3)
    assert "told: range" in (said := libpd_host.said())
    assert max(float(high) for high in re.findall(r"told: range \S+ (\S+)", said)) > 10.0


def test_a_knob_turns_what_plays_and_a_click_begins_afresh(libpd_host, unlearn_help):
    for name, other in (("wind", "clicks"), ("clicks", "wind")):
        for value in (3.0, 7.0):
            libpd_host.send(f"{unlearn_help}-{name}", 1.0)
            silence(libpd_host, 0.3)
            assert float(told(libpd_host)["lambda"]) == EXAMPLES[name].settings["lambda"]
            libpd_host.send(f"{unlearn_help}-to-lambda", value)
            silence(libpd_host, 0.3)
            assert float(told(libpd_host)["lambda"]) == value
            libpd_host.send(f"{unlearn_help}-{other}", 1.0)


def test_the_knob_of_strength_turns_chatter_too(libpd_host, unlearn_help):
    """There a signal moves it."""
    libpd_host.send(f"{unlearn_help}-chatter", 1.0)
    silence(libpd_host, 1.0)
    assert 150.0 < float(told(libpd_host)["strength"]) < 160.0
    libpd_host.send(f"{unlearn_help}-to-strength", 20.0)
    silence(libpd_host, 0.3)
    assert float(told(libpd_host)["strength"]) == 20.0


def test_the_buttons_of_the_tour(libpd_host):
    """Next, from the last that played on, and stop."""
    names = [*EXAMPLES]
    tour = libpd_host.open_file(str(FOLDER / "specml-tour.pd"))
    spy = libpd_host.open(toggles(libpd_host, tour, *names).text(), "toggles")
    number = libpd_host.dollar_zero(tour)
    libpd_host.said()
    order, shows = [], re.compile(r"^(\S+): set 1$", re.M)
    for _ in names:
        libpd_host.send(f"{number}-next", "bang")
        silence(libpd_host, 0.3)
        order += shows.findall(libpd_host.said())
        libpd_host.send(f"{number}-stop", "bang")
        silence(libpd_host, 0.3)
        assert libpd_host.said() == f"{order[-1]}: set 0\n"
    assert sorted(order) == sorted(names)
    for path in {help_patch(name).name for name in names}:
        libpd_host.send(f"pd-{path}", "menuclose", 1.0)
    libpd_host.close(spy)
    libpd_host.close(tour)


@pytest.fixture(params=sorted(HELP.values()))
def state_window(request, libpd_host):
    """``[pd state]`` of a help window: its number; what its box tells goes to the console."""
    heard = libpd_host.open(listener().text(), "listener")
    opened = libpd_host.open_file(str(FOLDER / f"{request.param}-help.pd"))
    number = f"{libpd_host.dollar_zero(opened):.0f}"
    libpd_host.dsp(True)
    libpd_host.said()
    yield number
    libpd_host.close(opened)
    libpd_host.close(heard)


def test_what_is_trained_on_stage_is_stored_and_comes_back(libpd_host, state_window, tmp_path):
    """It sounds, without a click or a word, whatever of it is pressed."""
    number, box = state_window, f"{state_window}-state-set"
    libpd_host.send(f"{number}-state", 1.0)
    y = [silence(libpd_host, 2.0)]
    for message in (
        ("store", "a"), ("seed", 8.0), ("store", "b"), ("recall", "a", 2000.0), ("learn", 0.0),
        ("morph", "a", "b", 0.5, 100.0), ("write", str(tmp_path / "state")), ("seed", 3.0),
        ("read", str(tmp_path / "state")), ("learn", 1.0), ("snapshots",),
    ):  # fmt: skip
        libpd_host.send(box, *message)
        y.append(silence(libpd_host, 0.5))
    libpd_host.send(f"{number}-state", 0.0)
    after = silence(libpd_host, 1.0)[:, RATE // 2 :]
    assert libpd_host.said() == ""
    whole = np.concatenate(y, axis=1).T
    assert np.all(np.isfinite(whole)) and np.max(np.abs(whole)) <= 1.0
    assert moves(y[0].T) > AUDIBLE and moves(y[-1].T) > AUDIBLE
    assert np.max(np.abs(whole[: RATE // 1000])) < 0.1 * np.max(np.abs(whole))
    assert np.max(np.abs(after)) < SILENT
    assert -27.0 < loudness(y[0].T) < -21.0, "the examples have -24"


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

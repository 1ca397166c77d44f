"""Weights in an array: shown, drawn, and whatever happens to the array, the sound goes on."""

import numpy as np
import pytest

import takes
from pd.duets import Duet, sound, unlearn_from
from pd.patches import Patch, assert_same, listening
from pd.sessions import Session
from specml import AutoRegNN, AutoRegNN2
from specml.reference import autoregnn

LOOK = 1920  # samples: 40 ms
COUNT = {"autoregnn~": 113, "autoregnn2~": 226, "unlearn~": 80}
MISSING, SHORT = "no array {}", "array {} has {} points, needs {}"


def parameters(net) -> np.ndarray:
    return (net.weights if hasattr(net, "weights") else net.parameters).ravel().copy()


def set_parameters(net, values) -> None:
    if hasattr(net, "weights"):
        net.weights = np.reshape(values, net.weights.shape)
    else:
        net.parameters = np.reshape(values, net.parameters.shape)


def duet_of(host, name: str, arrays=("w",), table: str = "w", flags: str = "") -> Duet:
    if name == "unlearn~":
        net, held = unlearn_from("clicks")
        name += " -preset clicks"
    else:
        net, held = (AutoRegNN if name == "autoregnn~" else AutoRegNN2)(), None
    points = [(array, COUNT[name.split()[0]]) for array in arrays]
    return Duet(host, f"{name} -table {table} {flags}".strip(), net, held, points)


@pytest.fixture(params=COUNT)
def duet(request, libpd_host):
    with duet_of(libpd_host, request.param) as made:
        yield made


@pytest.fixture
def array(libpd_host):
    """Open and close patches with an array, as a person would make and delete it."""
    open_now = []

    def make(name="w", points=113):
        patch = Patch()
        patch.add(f"table {name} {points}")
        open_now.append(libpd_host.open(patch.text(), "array"))
        return open_now[-1]

    def delete(patch):
        open_now.remove(patch)
        libpd_host.close(patch)

    make.delete = delete
    yield make
    for patch in list(open_now):
        delete(patch)


def test_an_array_that_nobody_touches_shows_the_weights_and_changes_no_bit(duet):
    assert not duet.host.said()
    for _ in range(3):
        duet.go(LOOK)
        shown = parameters(duet.net)  # at the next look
        duet.go(64)
        assert_same("shown", duet.host.read("w", len(shown)), shown)
        duet.go(LOOK - 64)
    assert duet.report()["table"] == [["w"]]


def test_drawn_values_become_weights_and_no_others_change(duet):
    duet.go(LOOK)
    stroke = np.float32([0.25, -0.1, 1 / 3])
    duet.host.write("w", 5, stroke)
    duet.host.said()
    weights = parameters(duet.net)
    weights[5:8] = stroke
    set_parameters(duet.net, weights)
    duet.go(LOOK)
    duet.go(LOOK)


def test_reset_seed_and_shape_show_at_once(duet):
    duet.go(LOOK)
    for word, *values in (("seed", 5.0), ("reset",)):
        duet.send(word, *values)
        duet.net.reset(5)
        assert_same(word, duet.host.read("w", COUNT[duet.name]), parameters(duet.net))
        duet.go()
    word = "neurons" if duet.name == "unlearn~" else "size"
    assert not duet.send(word, 10.0)
    held = duet.host.read("w", 10)
    duet.host.process(np.zeros((0, LOOK)), 0)
    assert np.all(np.isfinite(held)), "fewer weights than points"


def test_what_no_weight_can_be_is_not_drawn(duet):
    """NaN and infinities are refused, what is too large too; the next look shows what holds."""
    duet.go(LOOK)
    duet.host.write("w", 0, [np.nan, np.inf, -np.inf])
    duet.go(LOOK)
    duet.go(64)
    shown = duet.host.read("w", COUNT[duet.name])
    assert np.all(np.isfinite(shown))
    if duet.name == "unlearn~":  # its last row but the first neuron's hears nothing
        duet.host.write("w", 9, [0.5])
        duet.go(LOOK)
        duet.go(LOOK)
        assert duet.host.read("w", 10)[9] == 0.0
    assert not duet.host.said()


TROUBLES = {
    "missing": ([("send", "x", "table", "nothing")], MISSING.format("nothing")),
    "renamed": ([("send", "w", "rename", "v")], MISSING.format("w")),
}


SHORTER = {"twenty": ("resize", "w", 20), "one": ("send", "w", "resize", 1.0)}


@pytest.mark.parametrize("deed", SHORTER)
def test_an_array_that_is_too_short_is_made_longer(duet, deed):
    duet.go(LOOK)
    duet.host.several([SHORTER[deed]])
    for _ in range(3):
        duet.go(LOOK)
    shown = parameters(duet.net)
    duet.go(64)
    assert_same("shown", duet.host.read("w", len(shown)), shown)
    assert not duet.host.said()


@pytest.mark.parametrize("points", [20, 1])
def test_an_array_of_fixed_size_is_left_alone_and_reported(libpd_host, points):
    with duet_of(libpd_host, "autoregnn~", flags="-fixed") as duet:
        duet.go(LOOK)
        libpd_host.several([("resize", "w", points)])
        for _ in range(6):
            duet.go(LOOK)
        assert libpd_host.said() == f"error: autoregnn~: {SHORT.format('w', points, 113)}\n"
        assert libpd_host.length("w") == points


@pytest.mark.parametrize("trouble", TROUBLES)
def test_one_clear_error_and_the_sound_goes_on(duet, trouble):
    duet.go(LOOK)
    deeds, error = TROUBLES[trouble]
    duet.host.several(deeds)
    for _ in range(6):
        duet.go(LOOK)
    assert duet.host.said() == f"error: {duet.name}: {error.format(COUNT[duet.name])}\n"
    duet.send("table")  # no more
    duet.go(LOOK)
    assert "table" not in duet.report()


@pytest.mark.parametrize(
    "deeds",
    [
        [("resize", "w", 20), ("resize", "w", 400)],
        [("resize", "w", 400)],
        [("resize", "w", 1), ("resize", "w", 113)],
        [("send", "w", "rename", "v"), ("send", "v", "rename", "w")],
    ],
    ids=["shorter and longer", "longer", "same", "renamed and back"],
)
def test_an_array_that_comes_back_at_once_is_shown_and_not_taken_for_a_drawing(libpd_host, deeds):
    with duet_of(libpd_host, "autoregnn~") as duet:
        duet.go(LOOK)
        libpd_host.several(deeds)
        duet.go(LOOK)
        shown = parameters(duet.net)
        duet.go(64)
        assert_same("shown", libpd_host.read("w", 113), shown)
        assert not libpd_host.said()


def test_an_array_that_comes_later_is_found(libpd_host, array):
    """While the sound runs: not there, made, deleted, made anew at once, twice, renamed."""
    with duet_of(libpd_host, "autoregnn~", ()) as duet:
        missing = f"error: autoregnn~: {MISSING.format('w')}\n"

        def expect(said: str) -> None:
            for _ in range(3):
                duet.go(LOOK)
            assert libpd_host.said() == said

        expect(missing)
        one = array()
        expect("")
        array.delete(one)
        expect(missing)
        one = array()
        expect("")
        array.delete(one)
        one = array()  # between two looks
        expect("")
        other = array()
        expect("warning: w: multiply defined\n")
        array.delete(one)
        expect("")
        assert np.count_nonzero(libpd_host.read("w", 113)) == 113
        libpd_host.send("w", "rename", "v")
        expect(missing)
        libpd_host.send("v", "rename", "w")
        expect("")
        array.delete(other)


def test_a_box_before_its_array_in_the_file(libpd_host):
    patch = Patch()
    patch.add("autoregnn~ -table late")
    patch.add("table late 113")
    libpd_host.said()
    opened = libpd_host.open(patch.text())
    libpd_host.process(np.zeros((0, LOOK + 64)), 0)
    assert not libpd_host.said()
    assert np.count_nonzero(libpd_host.read("late", 113)) == 113
    libpd_host.close(opened)


def test_the_second_box_at_an_array_is_refused(libpd_host):
    """It names the first, shows nothing and takes nothing; when the first has gone it may."""
    with duet_of(libpd_host, "autoregnn~", flags="-seed 5") as duet:
        duet.net.reset(5)
        libpd_host.said()
        other = libpd_host.open(listening("autoregnn2~ -table w", (0,), 3).replace("r x", "r y"))
        error = "error: autoregnn2~: array w already shows the weights of [autoregnn~ -table w "
        assert libpd_host.said() == f"{error}-seed 5 -fade 0]\n"
        for _ in range(3):
            libpd_host.process(np.float32(sound(LOOK))[np.newaxis], 2)
        libpd_host.said()
        libpd_host.send("y", "report")
        assert "table" not in libpd_host.said()
        assert libpd_host.length("w") == 113
    libpd_host.close(other)


def test_when_the_first_has_gone_another_box_may_show_itself(libpd_host, array):
    array("w", 113)
    first = libpd_host.open(listening("autoregnn~ -table w", (0,), 2))
    libpd_host.close(first)
    libpd_host.said()
    with duet_of(libpd_host, "autoregnn~", ()):
        assert not libpd_host.said()


EVENTS = (
    (-100.0, "pd-take0 obj 9 9 table w 113"),
    (80.0, "w resize 20"),
    (150.0, "w resize 113"),
    (220.0, "w rename v"),
    (290.0, "v rename w"),
    (360.0, "w resize 3; w resize 113"),
)


def test_in_debian_too_nothing_that_happens_to_the_array_changes_a_bit(debian):
    held = {name: control.initial for name, control in autoregnn.CONTROLS.items()}
    take = _Bound(AutoRegNN, {}, 24576, signals={"x": sound(24576)}, held=held)
    (y,) = debian.play(Session([take], 64, EVENTS))
    assert_same("sound", y, take.replay(), 2.0**-63)
    errors = [line for line in debian.log.splitlines() if line.startswith("error")]
    said = [MISSING.format("w"), MISSING.format("w")]
    assert errors == [f"error: autoregnn~: {text}" for text in said]


def test_in_debian_too_drawn_values_become_weights(debian):
    """An arch, at a time that is known to the sample."""
    (take,) = takes.of_example("multislider", 16 * 2048)
    assert [when for when, _, _ in take.drawings] == [0, 5 * LOOK, 15 * LOOK]
    (y,) = debian.play(Session([take]))
    assert_same("drawn", y, take.replay(), 2.0**-63)
    take = takes.Take(take.model, take.settings, take.samples, None, take.signals, take.held)
    assert np.any(y[0, 5 * LOOK :] != take.replay()[0, 5 * LOOK :])


class _Bound(takes.Take):
    def box(self, table):
        return "autoregnn~ -table w"

"""The classes say what the table of words says, and hand over what they are told in its order."""

import runpy
from collections import defaultdict

import numpy as np
import pytest

from sc import live, nets
from specml import AutoRegNN, core

SC = live.ROOT / "help-patches" / "sc"
SIGNALS = {"AutoRegNNFilter": ("in",), "AutoRegNNFilterBuffer": ("bufnum", "in"),
           "AutoRegNNFilter2": ("in1", "in2"), "Unlearn": ("bang", "in")}  # fmt: skip


@pytest.fixture(scope="module")
def said(plugins) -> dict[str, dict[tuple[str, str], list[str]]]:
    log = live.sclang(live.home(plugins), live.builds.HERE / "sc" / "classes.scd",
                      live.SOURCE / "HelpSource")  # fmt: skip
    found = defaultdict(dict)
    for line in log.splitlines():
        if line.startswith("SAYS "):
            _, what, one, other, *rest = line.split(" ")
            found[what][one, other] = [word for word in rest if word]
    assert "ERROR" not in log.replace("ERROR: Unlearn", ""), log
    return found


def test_what_is_made_is_what_is_there():
    """``python help-patches/sc/make.py`` makes it anew."""
    for path, text in runpy.run_path(str(SC / "make.py"))["files"]().items():
        assert path.read_text() == text, path


def test_each_method_hands_over_what_it_is_told(said):
    assert len(said["names"]) == 12
    for (ugen, method), names in said["names"].items():
        if ugen == "Unlearn" and method != "ar":
            continue
        told = dict(zip(names, map(float, said["told"][ugen, method]), strict=True))
        inputs = nets.words(nets.UGENS[ugen])
        expected = [told.get(word.name, 1.0) for word in inputs]  # external: one signal
        expected += [told[name] for name in SIGNALS[ugen]]
        assert [float(x) for x in said["inputs"][ugen, method]] == expected, (ugen, method)


def test_what_it_is_told_nothing_is_what_the_table_says(said):
    for (ugen, method), inputs in said["alone"].items():
        model = nets.UGENS[ugen]
        want = [*nets.initial(model).values(), *[0.0] * len(SIGNALS[ugen])]
        if method not in ("ar", "arError"):
            preset = core.presets()[{"sineAdapt": "sine-adapt"}.get(method, method)]
            known = {word.name: word for word in nets.words(model)}
            told = nets.initial(model) | {
                name: nets.number(known[name], value) for name, value in preset.items()
            }
            want = [*told.values(), 0.0, 0.0]
        assert np.array_equal(np.float32(inputs), np.float32(want)), (ugen, method)


def test_arguments_stand_in_the_order_of_the_source(said):
    names = {ugen: said["names"][ugen, "ar"] for ugen in nets.UGENS}
    for ugen, first in (
        ("AutoRegNNFilter", "in autoreg size width layers lr ridge"),
        ("AutoRegNNFilterBuffer", "bufnum in autoreg size width lr ridge"),
        ("AutoRegNNFilter2", "in1 in2 mix size width lr ridge"),
    ):
        assert " ".join(names[ugen][:7]) == first
    assert all(listed[-2:] == ["mul", "add"] for listed in names.values())


def test_each_output_is_multiplied_and_added_to(said):
    assert len(said["scaled"]) == 10
    for (ugen, method), found in said["scaled"].items():
        assert found == ["MulAdd", "0.5", "0.25"] * (2 if ugen == "Unlearn" else 1), method


def test_arrays_are_expanded(said):
    assert said["wide"]["AutoRegNNFilter", "ar"] == ["3"]
    external = len(nets.words("unlearn")) + 1
    assert said["wide"]["Unlearn", "ar"] == ["4", "3", str(external + 2)]
    assert said["wide"]["Unlearn", "none"] == ["2", str(external)]


def test_the_size_of_a_buffer_is_that_of_the_weights(said):
    sizes = map(int, said["size"]["AutoRegNNFilterBuffer", "bufferSize"])
    shapes = ({}, {"size": 8, "width": 8}, {"size": 5, "width": 3, "layers": 4})
    assert list(sizes) == [AutoRegNN(**shape).parameters.size for shape in shapes]


def test_a_choice_that_there_is_not_is_refused(said):
    text = " ".join(said["error"]["Unlearn", "ar"])
    assert "activation must be one of tanh, cosine, cosine-rad, dip, dip-rad, not sinh" in text


def test_every_help_file_is_read(said):
    files = {path.name for path in (live.SOURCE / "HelpSource").rglob("*.schelp")}
    assert {name for name, verdict in said["help"] if verdict == "read"} == files
    assert len(files) == 6


@pytest.mark.parametrize("ugen", nets.UGENS)
def test_the_help_has_every_argument(said, ugen):
    text = (live.SOURCE / "HelpSource" / "Classes" / f"{ugen}.schelp").read_text()
    for name in said["names"][ugen, "ar"]:
        assert f"\nargument:: {name}\n" in text
    for word in nets.words(nets.UGENS[ugen]):
        if word.name in said["names"][ugen, "ar"]:
            assert word.line[1:] in text, word.name

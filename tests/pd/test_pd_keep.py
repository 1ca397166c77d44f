"""With -keep the patch itself holds what was learnt, as it holds arrays: saved, copied, undone."""

import functools
import re
from pathlib import Path

import numpy as np
import pytest

from pd import relays
from pd.double import Double
from pd.patches import Patch, assert_same, listening
from pd.relays import Leg, heard, metadata, play, tensors
from specml import AutoRegNN

SAMPLES = 4800
LEAST = 2.0**-63  # what is smaller in size, [tabwrite~] makes 0
each_model = pytest.mark.parametrize("name", relays.MODELS)


def kept(text: str) -> list[str]:
    """The lines that a saved patch, or the console of the double, has for boxes to read."""
    return [line.strip() for line in re.findall(r"#A kept [^;]*;", text.replace("\n", " "))]


@pytest.fixture(scope="module")
def saved(hosts, tmp_path_factory):
    """Each model in each Pd, in a patch that is saved as it sounds: lines, and the state."""
    folder = tmp_path_factory.mktemp("saved")

    @functools.cache
    def save(kind: str, name: str):
        host, path = hosts[kind], folder / f"{kind}-{name}"
        rate = "lambda" if name == "unlearn~" else "lr"
        leg = Leg(f"{relays.MODELS[name]} -keep", heard(name, SAMPLES),
                  [(20.0, f"{rate} 0.5"), (60.0, f"write {path}.safetensors")])  # fmt: skip
        if isinstance(host, Double):
            play(host, Leg(leg.text, leg.x, [*leg.messages, (60.0, "save")]))
            return kept(host.log), Path(f"{path}.safetensors")
        play(host, leg, events=[(60.0, f"pd-take0 savetofile {path.name}.pd {folder}")])
        return kept(Path(f"{path}.pd").read_text()), Path(f"{path}.safetensors")

    return save


def contents(lines: list[str]) -> bytes:
    """The state file that they are."""
    words = [int(word) for line in lines for word in line.rstrip(";").split()[4:]]
    return np.array(words, "<u2").tobytes()


@pytest.fixture(scope="module")
def as_left(hosts, tmp_path_factory):
    """What a box says that reads such lines as a file."""
    path = tmp_path_factory.mktemp("left") / "left.safetensors"

    @functools.cache
    def go_on(name: str, state: bytes):
        path.write_bytes(state)
        leg = Leg(f"{relays.FRESH[name]} -file {path}", heard(name, SAMPLES))
        return play(hosts["double32"], leg)

    return go_on


@each_model
@pytest.mark.parametrize("reader", relays.KINDS)
@pytest.mark.parametrize("writer", relays.KINDS)
def test_a_saved_patch_sounds_as_it_was_left(hosts, saved, as_left, name, writer, reader):
    """Its shape, its weights, its controls: whatever Pd saved it and opens it."""
    lines, _ = saved(writer, name)
    fresh = f"{relays.FRESH[name]} -keep"
    y = play(hosts[reader], Leg(fresh, heard(name, SAMPLES), kept=lines))
    assert "error" not in hosts[reader].log
    assert_same(name, y, as_left(name, contents(lines)), LEAST)


@each_model
def test_every_pd_saves_the_same_lines(saved, name):
    first, *others = [saved(kind, name)[0] for kind in relays.KINDS]
    assert all(other == first for other in others)


@each_model
def test_it_is_the_state_but_for_the_past_of_the_sound(saved, name, tmp_path):
    lines, path = saved("debian", name)
    (tmp_path / "kept").write_bytes(contents(lines))
    assert metadata(tmp_path / "kept") == metadata(path)
    here, there = tensors(tmp_path / "kept"), tensors(path)
    assert 0 < len(here) < len(there)
    assert all(np.array_equal(value, there[key]) for key, value in here.items())
    assert not any(key.startswith(("past", "now", "clipped")) for key in here)


@each_model
def test_lines_are_whole_numbers_that_every_pd_prints(saved, name):
    """Of 16 bits, a few hundred in a line."""
    lines, _ = saved("debian", name)
    for k, line in enumerate(lines):
        assert re.fullmatch(rf"#A kept {k} {len(lines)}( [0-9]{{1,5}}){{1,250}};", line)
        assert all(int(word) < 2**16 for word in line.rstrip(";").split()[4:])


# ---- in a patch ----


class Window:
    """A patch in libpd, in a folder of its own; it is saved under its own name."""

    def __init__(self, host, folder: Path, text: str) -> None:
        self.host, self.path = host, folder / "patch.pd"
        self.path.write_text(text)
        self._open()

    def _open(self) -> None:
        self.host.said()
        self._patch = self.host.open_file(str(self.path))
        self.opening = self.host.said()

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self.host.close(self._patch)
        self.host.said()

    def save(self) -> str:
        self.host.send("pd-patch.pd", "menusave")
        return self.path.read_text()

    def reopen(self) -> str:
        """Without saving; return what the console says."""
        self.host.close(self._patch)
        self._open()
        return self.opening


def parts(lines: list[str], count: int) -> list[list[str]]:
    """The lines of so many boxes, which have equally many."""
    assert len(lines) % count == 0
    each = len(lines) // count
    return [lines[k * each : (k + 1) * each] for k in range(count)]


TWO = """#N canvas 0 0 600 400 12;
#X obj 10 10 autoregnn~ 1 20 -seed 2 -keep, f 30;
#X obj 10 50 array define -k between 3;
#A 0 1 2 3;
#X obj 10 90 unlearn~ 5 -keep;
#X obj 10 130 autoregnn~ -seed 3;
#X obj 10 170 r one;
#X obj 10 210 r two;
#X obj 10 250 r three;
#X connect 4 0 0 0;
#X connect 5 0 2 0;
#X connect 6 0 3 0;
"""


def learned(host, *receivers: str) -> None:
    """Weights that no seed draws."""
    for receiver in receivers:
        host.send(receiver, "weights", 0.0, 0.5, 0.25, 0.125)


def state(host, receiver: str, path: Path) -> dict[str, np.ndarray]:
    host.send(receiver, "write", str(path))
    return tensors(path)


def test_without_it_a_saved_patch_is_what_it_was(libpd_host, tmp_path):
    text = TWO.replace(" -keep", "")
    with Window(libpd_host, tmp_path, text) as window:
        learned(libpd_host, "one", "two", "three")
        assert window.save() == text


def test_each_box_of_a_patch_has_its_own(libpd_host, tmp_path):
    """And arrays theirs, and a box that keeps nothing is new."""
    libpd_host.dsp(False)
    paths = {name: tmp_path / f"{name}.safetensors" for name in ("one", "two", "three")}
    with Window(libpd_host, tmp_path, TWO) as window:
        learned(libpd_host, "one", "two", "three")
        before = {name: state(libpd_host, name, path) for name, path in paths.items()}
        text = window.save()
        assert [line for line in re.split(r"(?<=;)\n", text) if not line.startswith("#A kept")] == (
            re.split(r"(?<=;)\n", TWO)
        )
        assert window.reopen() == ""
        after = {name: state(libpd_host, name, path) for name, path in paths.items()}
        assert window.save() == text
        assert list(libpd_host.read("between", 3)) == [1, 2, 3]
    for name in ("one", "two"):
        for key, value in before[name].items():
            assert np.array_equal(value, after[name][key]), f"{name} {key}"
    assert not np.array_equal(before["three"]["layer1.weight"], after["three"]["layer1.weight"])


def test_saving_while_it_sounds_changes_nothing(libpd_host, tmp_path):
    x = np.float32(heard("autoregnn~", 6400))
    said = []
    for saves in (False, True):
        text = listening("autoregnn~ -keep", (0,), 2)
        with Window(libpd_host, tmp_path, text) as window:
            libpd_host.dsp(True)
            parts = []
            for part in np.split(x, 10, axis=1):
                parts.append(libpd_host.process(part, 2))
                if saves:
                    window.save()
            libpd_host.dsp(False)
        said.append(np.concatenate(parts, axis=1))
    assert_same("sound", said[1], said[0])


DOING = {
    "copy, paste": 2,
    "duplicate": 2,
    "cut, undo": 1,
    "cut, paste": 1,
    "copy, paste, selectall, duplicate, undo, redo, selectall, cut, undo": 4,
}  # fmt: skip  how many boxes there are then


@pytest.mark.parametrize("doing", DOING)
def test_what_is_copied_or_undone_has_the_weights_too(debian, tmp_path, doing):
    """In a window, which libpd has not."""
    top, window = Patch(), Patch()
    box = window.add("autoregnn~ -keep")
    window.connect(window.add("r x"), 0, box, 0)
    (tmp_path / "a.pd").write_text(window.text())
    does = "; ".join(f"pd-a.pd {deed}" for deed in ("vis 1", "editmode 1", "selectall"))
    does += "; " + "; ".join(f"pd-a.pd {deed}" for deed in doing.split(", "))
    top.at("go", 10.0, f"; x weights 0 0.5 0.25; x write {tmp_path}/a.safetensors; {does}")
    top.at("go", 20.0, f"; pd-a.pd savetofile b.pd {tmp_path}; pd quit")
    assert "error" not in debian.run(top.text(), "go bang", opening=[tmp_path / "a.pd"])
    text = (tmp_path / "b.pd").read_text()
    assert len(re.findall(r"#X obj \d+ \d+ autoregnn~", text)) == DOING[doing]
    (tmp_path / "b").write_bytes(contents(parts(kept(text), DOING[doing])[0]))
    assert len({contents(part) for part in parts(kept(text), DOING[doing])}) == 1
    want, got = tensors(tmp_path / "a.safetensors"), tensors(tmp_path / "b")
    assert all(np.array_equal(got[key], want[key]) for key in got)


def test_a_box_that_is_gone_is_spoken_to_no_more(debian, tmp_path):
    """Pd leaves #A with the last that was made by a message."""
    top = Patch()
    (tmp_path / "a.pd").write_text(Patch().text())
    deeds = "obj 10 10 autoregnn~ -keep, vis 1, editmode 1, selectall, cut"
    does = "; ".join(f"pd-a.pd {deed}" for deed in deeds.split(", "))
    top.at("go", 10.0, f"; {does}; #A kept 0 1 5; pd quit")
    log = debian.run(top.text(), "go bang", opening=[tmp_path / "a.pd"])
    assert log.strip() == "error: #A: no such object"


def test_an_abstraction_keeps_its_own_in_its_own_file(libpd_host, tmp_path):
    """Saved once, it is in every box that is made of it; the patch around it has nothing of it."""
    inside = TWO.replace("array define -k between 3", "bang").replace("#A 0 1 2 3;\n", "")
    (tmp_path / "around.pd").write_text("#N canvas 0 0 600 400 12;\n" + 2 * "#X obj 9 9 patch;\n")
    with Window(libpd_host, tmp_path, inside) as window:
        learned(libpd_host, "one", "two")
        window.save()
    libpd_host.said()
    around = libpd_host.open_file(str(tmp_path / "around.pd"))
    states = state(libpd_host, "one", tmp_path / "a.safetensors")  # of the box that came last
    libpd_host.send("pd-around.pd", "menusave")
    libpd_host.close(around)
    assert "error" not in libpd_host.said()
    assert list(states["layer1.weight"].ravel()[:3]) == [0.5, 0.25, 0.125]
    assert "#A" not in (tmp_path / "around.pd").read_text()


@pytest.mark.parametrize("array_first", [True, False], ids=["array first", "box first"])
@pytest.mark.parametrize("how", ["-keep", "-file a.safetensors"])
def test_an_array_of_the_patch_is_older_than_what_is_kept(libpd_host, tmp_path, how, array_first):
    """It was shown before the patch was saved, and has fewer bits."""
    libpd_host.dsp(False)
    box = f"#X obj 10 10 autoregnn~ -table w {how};"
    array = [
        "#X obj 10 40 array define -k w 113;",
        f"#A 0 {' '.join(113 * ['0.5'])};",
    ]
    boxes = [*array, box] if array_first else [box, *array]
    wire = f"#X connect 2 0 {int(array_first)} 0;"
    head = "#N canvas 0 0 600 400 12;"
    AutoRegNN(seed=9).save(tmp_path / "a.safetensors")
    with Window(
        libpd_host, tmp_path, "\n".join([head, *boxes, "#X obj 10 90 r x;", wire, ""])
    ) as window:
        libpd_host.send("x", "read", "a.safetensors")
        before = state(libpd_host, "x", tmp_path / "before")
        saved = window.save()
        assert f"#A 0 {113 * '0.5 '}".strip() in " ".join(saved.split())
        window.reopen()
        libpd_host.process(np.zeros((0, 9600)), 0)
        after = state(libpd_host, "x", tmp_path / "after")
        shown = libpd_host.read("w", 113)
    assert all(np.array_equal(after[key], before[key]) for key in before)
    assert_same("shown", shown, np.float32(AutoRegNN(seed=9).parameters))


# ---- broken ----


def without(k: int):
    return lambda lines: lines[:k] + lines[k + 1 :]


def changed(k: int, old: str, new: str):
    return lambda lines: [*lines[:k], re.sub(old, new, lines[k], count=1), *lines[k + 1 :]]


BROKEN = {
    "the first line is missing": (without(0), "line 0"),
    "a line is missing": (without(1), "line 1"),
    "the last line is missing": (without(2), "line 2"),
    "a line comes twice": (lambda lines: [*lines[:2], *lines[1:]], "line 2"),
    "a word instead of a number": (changed(1, r"(kept \d+ \d+) \d+", r"\1 foo"), "line 1"),
    "too few in a line": (changed(1, r" \d+;", ";"), "line 1"),
    "too many in a line": (changed(1, ";", " 5;"), "line 1"),
    "a number with a point": (changed(1, r"(kept \d+ \d+) \d+", r"\1 0.5"), "line 1"),
    "a number below 0": (changed(1, r"(kept \d+ \d+) \d+", r"\1 -1"), "line 1"),
    "a number too large": (changed(1, r"(kept \d+ \d+) \d+", r"\1 65536"), "line 1"),
    "another count": (changed(1, r"kept 1 3", "kept 1 4"), "line 1"),
    "less than a line": (lambda lines: ["#A kept;", "#A kept 0 3;"], "line 0"),
    "another number": (changed(0, r"(kept \d+ \d+) \d+", r"\1 7"), "cannot read what was kept"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_what_is_broken_is_told_once_and_the_box_is_new(libpd_host, tmp_path, how):
    breaks, says = BROKEN[how]
    text = listening("autoregnn~ -keep", (0,), 2)
    libpd_host.dsp(False)
    with Window(libpd_host, tmp_path, text) as window:
        new = state(libpd_host, "x", tmp_path / "new.safetensors")
        learned(libpd_host, "x")
        saved = window.save()
        lines = kept(saved)
        assert len(lines) == 3
        begins, ends = re.split(r"#A kept.*?(?<=;)\n(?=#X)", saved, flags=re.S)
        broken = "\n".join(breaks(lines))
        window.path.write_text(f"{begins}{broken}\n{ends}")
        said = window.reopen()
        libpd_host.process(np.zeros((0, 640)), 0)
        said += libpd_host.said()
        assert said.count("error: ") == 1 and said.startswith("error: autoregnn~: ")
        assert says in said
        got = state(libpd_host, "x", tmp_path / "got.safetensors")
        assert all(np.array_equal(got[key], new[key]) for key in new)


def test_more_than_a_patch_should_hold_is_refused(libpd_host, tmp_path):
    with Window(
        libpd_host, tmp_path, listening("autoregnn~ 1 1024 1024 2 -keep", (0,), 2)
    ) as window:
        assert kept(window.save()) == []
        assert "error: autoregnn~: a patch keeps 16 MB of weights at most" in libpd_host.said()

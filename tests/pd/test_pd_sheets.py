"""How the help patches look, read from their files: what Pd's window would show."""

import re

import pytest

import builds
from pd import sheets
from pd.sheets import Box, Cord, Rectangle, Sheet
from specml.examples import EXAMPLES

FOLDER = builds.HERE.parent / "help-patches" / "pd"
SCREEN = 1366, 768
TASKBAR, TITLE, MENU = 40, 30, 31  # what is lost of its height
HELP = {"AutoRegNN": "autoregnn~", "AutoRegNN2": "autoregnn2~", "Unlearn": "unlearn~"}
SHEETS = {
    name: sheet
    for path in sorted(FOLDER.glob("*.pd"))
    for name, sheet in sheets.read(path).within()
}
KNOBS = ("lambda", "mu", "nu", "strength", "radius", "friction", "centre", "pivot")
MORE = ("seed", "scale", "excite", "inputs", "maxdelay", "neurons", "activation", "energy",
        "integrator", "learn", "fade")  # fmt: skip
each_sheet = pytest.mark.parametrize("name", SHEETS)
each_example = pytest.mark.parametrize("name", EXAMPLES)


def window(name: str) -> Sheet:
    return SHEETS[f"{HELP[EXAMPLES[name].model]}-help"]


def inside(name: str) -> Sheet:
    return SHEETS[f"{HELP[EXAMPLES[name].model]}-help/{name}"]


@each_sheet
def test_each_window_fits_into_a_small_screen(name):
    sheet = SHEETS[name]
    (x, y), (width, height) = sheet.place, sheet.size
    assert x + width <= SCREEN[0]
    assert y + height <= SCREEN[1] - TASKBAR - TITLE - MENU


@pytest.mark.parametrize("name", sorted(HELP.values()))
def test_the_tour_stays_beside_the_help_window(name):
    tour = SHEETS["specml-tour"]
    assert tour.place[0] + tour.size[0] <= SHEETS[f"{name}-help"].place[0]


@each_sheet
def test_no_text_is_touched_crossed_or_cut_off(name):
    assert sheets.faults(SHEETS[name]) == []


@each_sheet
def test_texts_are_shown_as_they_are_written(name):
    """Pd breaks a line at a semicolon, and takes the point off a number."""
    for box in SHEETS[name].boxes:
        if box.is_text:
            assert ";" not in box.text
            assert not re.search(r"(^| )-?\d+\. ", box.text), box.text


@each_example
def test_its_subpatch_holds_the_objects_that_sound_and_rests_when_it_is_off(name):
    sheet, box = inside(name), HELP[EXAMPLES[name].model]
    assert sheet.count(box) == (3 if name in ("feedback", "percussion") else 1)
    assert sheet.count("switch~") == 1
    for part in ("specml-switch~", "specml-play~"):
        assert [b.text for b in sheet.boxes if b.words[0] == part] == [f"{part} $0 {name}"]


@pytest.mark.parametrize("name", sorted(HELP.values()))
def test_nothing_in_a_help_patch_has_a_name_that_two_windows_share(name):
    """But for what is the same to all: levels, questions and answers."""
    shared = {"specml-level", "specml-left", "specml-right"}
    names = ("r", "s", "r~", "s~", "throw~", "catch~", "table", "tabwrite", "tabwrite~")
    for path, sheet in SHEETS.items():
        for box in sheet.boxes if path.startswith(f"{name}-help") else ():
            if box.kind == "obj" and box.words[0] in names:
                assert box.words[1].startswith("$0-") or box.words[1] in shared, box.text


@pytest.mark.parametrize("knob", KNOBS)
def test_each_knob_of_unlearn_is_explained_beside_it(knob):
    sheet = SHEETS["unlearn~-help"]
    slider = next(b for b in sheet.boxes if b.words[0] == "hsl" and f"$0-to-{knob}" in b.words)
    beside = [b for b in sheet.boxes if b.is_text and abs(b.y - slider.y) < 12 and b.x > slider.x]
    assert len(beside) == 1
    assert "Useful: " in beside[0].text
    assert any(name in beside[0].text for name in EXAMPLES), "it says nothing of a sound"


@pytest.mark.parametrize("word", MORE)
def test_each_other_word_of_unlearn_is_explained_beside_its_messages(word):
    sheet = SHEETS["unlearn~-help/more"]
    messages = [b for b in sheet.boxes if b.kind == "msg" and b.words[0] == word]
    assert len(messages) == 2
    assert len({b.text for b in messages}) == 2
    assert [b for b in sheet.boxes if b.is_text and b.y == messages[0].y]


# ---- the measures themselves ----


def test_a_text_that_a_box_or_a_cord_touches_is_found():
    one, other = Box("obj", 10, 10, ["f"]), Box("obj", 10, 100, ["f"])
    sheet = Sheet("x", (0, 0), (200, 200), [one, other], [(0, 0, 1, 0)])
    assert sheets.faults(sheet) == []
    sheet.boxes.append(Box("text", 5, 60, ["crossed"]))
    assert len(sheets.faults(sheet)) == 1
    sheet.boxes[2].y = 105
    assert len(sheets.faults(sheet)) == 1
    sheet.boxes[2].x, sheet.boxes[2].y = 170, 60
    assert sheets.faults(sheet) == ["'crossed' is cut off"]


@pytest.mark.parametrize(
    ("cord", "crosses"),
    [
        (Cord(0, 0, 10, 10), True), (Cord(0, 0, 3, 10), False), (Cord(5, 0, 5, 3), False),
        (Cord(5, 0, 5, 20), True), (Cord(0, 8, 20, 8), False), (Cord(9, 0, 0, 9), True),
    ],
)  # fmt: skip
def test_a_straight_line_crosses_or_does_not(cord, crosses):
    assert Rectangle(4, 4, 7, 7).crossed(cord) is crosses


def test_lines_are_broken_between_words():
    assert sheets.lines("one two three", 7) == ["one two", "three"]
    assert sheets.lines("one two three", 8) == ["one two", "three"]
    assert sheets.lines("seventeen", 4) == ["seventeen"]

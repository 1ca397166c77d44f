"""All thirteen examples in one window, one click each."""

from pathlib import Path
from types import ModuleType

from patch import EDGE, GREY, Patch
from tabs import SOURCE, Example, Where

CELL, BAND = 166, 166  # width of a column, height of a row
TOUR = Where(tour=True)


def save(path: Path, helps: tuple[ModuleType, ...]) -> None:
    p = Patch(2 * EDGE + 6 * CELL - 10, 600)
    p.text(EDGE, 12, "specml: networks that learn while they sound", 600, 20, fontface=1)
    p.text(EDGE, 43, "Thirteen examples. Click a toggle, and it sounds; click another, and that one does. Double-click the box below it to look inside: there are knobs to turn, and patches to copy from.", 940, 13, textcolor=GREY)  # fmt: skip
    for row, each in enumerate(helps):
        y = 84 + row * BAND
        p.text(EDGE, y, f"{each.NAME}: {each.LINE}", 400, 12, fontface=1)
        for column, example in enumerate(each.EXAMPLES):
            cell(p, EDGE + column * CELL, y + 25, example)
    row2 = 84 + BAND
    x = EDGE + 2 * CELL
    level = p.dial(x, row2 + 25, "level", -70, 6, initial=-10, digits=0)
    p.cord(level, p.box(x, row2 + 85, "s specml-level"))
    p.text(x + 50, row2 + 40, "of all, in dB", 90)
    door = p.box(x + CELL, row2 + 85, "pcontrol")
    for k, each in enumerate(helps):
        p.cord(p.message(x + CELL + 120 * k, row2 + 45, f"help {each.NAME}"), door)
    p.text(x + CELL + 75, row2 + 85, "opens the help of an object", 220)
    p.text(x + CELL, row2 + 115, SOURCE, 480)
    p.save(path)


def cell(p: Patch, x: float, y: float, example: Example) -> None:
    toggle = p.ui(x, y + 28, "toggle", 24, 24)
    inside = p.sub(x, y + 62, example.name, example.page(TOUR))
    p.chain(p.box(x, y, f"r {TOUR.name(example.name)}"), toggle, inside)
    p.text(x, y + 86, example.line, CELL - 18)

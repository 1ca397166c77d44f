"""What the help patches have in common: their pages, and how an example begins and is heard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from patch import EDGE, GREY, PORT, Patch, needed, outlet

WIDTH, HEIGHT = 840, 574  # of a tab; 26 more for the row of tabs
WIDE = WIDTH - 2 * EDGE
COLUMN = 270  # where the objects that sound begin; the switch is at the left
SOURCE = (
    'After L. Döbereiner and D. Pirrò, "Speculative Machine Learning in Sound Synthesis", SMC 2024.'
)


@dataclass(frozen=True)
class Example:
    """One of the thirteen: how it is told in one line, and the page that sounds."""

    name: str
    line: str
    page: Callable[["Where"], Patch]


@dataclass(frozen=True)
class Where:
    """In which window an example stands: in a help patch a tab, in the overview a subpatch."""

    tour: bool = False

    def name(self, example: str) -> str:
        return f"tour-{example}" if self.tour else f"specml-{example}"


def page(title: str, lead: str, tab: bool = True, height: int = HEIGHT) -> Patch:
    p = Patch(WIDTH, height, tab)
    p.text(EDGE, 12, title, WIDE, 20, fontface=1)
    p.text(EDGE, 43, lead, WIDE, 13, textcolor=GREY)
    return p


def begin(p: Patch, where: Where, name: str, told: str, y: float = 105) -> Any:
    """The switch at the left, and the message that it sends when the example begins."""
    if where.tour:
        switch = p.box(EDGE, y + 65, f"specml.switch {where.name(name)}")
        p.chain(p.box(EDGE, y, "inlet"), switch)
    else:
        toggle = p.ui(EDGE, y + 30, "toggle", 24, 24)
        p.text(EDGE + 28, y + 32, "click: it begins", 110)
        switch = p.box(EDGE, y + 65, f"specml.switch {where.name(name)}")
        p.chain(p.box(EDGE, y, f"r {where.name(name)}"), toggle, switch)
    message = p.message(EDGE, y + 105, told, min(170, needed(told, 2)))
    return p.chain(switch, message)


def scope(p: Patch, x: float, y: float, source: Any, caption: str, out: int = 0,
          height: float = 90, reach: float = 0.4) -> Any:  # fmt: skip
    """What a signal looks like."""
    box = p.ui(x, y, "scope~", 195, height, bufsize=128, calccount=4, trigger=1,
               range=[-reach, reach])  # fmt: skip
    p.cord(source, box, out)
    p.text(x, y + height + 2, caption, 195)
    return box


def heard(p: Patch, x: float, y: float, where: Where, name: str, left: Any, right: Any) -> Any:
    """The loudspeakers."""
    box = p.show(x, y, "specml.output~", [where.name(name)], 172, 42)
    p.cord(left, box)
    p.cord(right, box, into=1)
    return box


def heard_mixed(p: Patch, where: Where, name: str, net: Any, level: float) -> None:
    """All channels of a network in MC, from left to right."""
    mixed = p.box(COLUMN, 345, "mc.mixdown~ 2 @autogain 1", 180)
    two = p.box(COLUMN, 375, "mc.unpack~ 2", 100)
    left, right = (p.box(COLUMN + 81 * side, 405, f"*~ {level}", 60) for side in range(2))
    p.chain(net, mixed, two, left)
    p.cord(two, right, 1)
    heard(p, COLUMN, 450, where, name, left, right)


def sliders(p: Patch, buffer: str, count: int) -> Any:
    """The weights in a buffer~, to draw in."""
    box = p.show(463, 375, "specml.weights", [buffer, count], 347, 122)
    p.text(463, 499, "all weights: draw here", 200)
    return box


def tries(p: Patch, x: float, y: float, sink: Any, lines: Sequence[tuple[str, str]],
          gap: float = 140, step: float = 30) -> None:  # fmt: skip
    """Messages to click, each with what it does, beside it or (gap 0) above; a bus at their left
    leads to the object.
    """
    for row, (said, does) in enumerate(lines):
        message = p.message(x, y + row * step, said)
        p.bus(message, sink, x - 12)
        p.text(x + gap, y + row * step + (1 if gap else -22), does)


def knobs(p: Patch, x: float, y: float, sink: Any, lines: Sequence[tuple[str, str]],
          width: float = 150, step: float = 30, told: float = 0) -> None:  # fmt: skip
    """An attrui for each attribute, with what is heard of it."""
    for row, (name, heard_of_it) in enumerate(lines):
        box = p.ui(x, y + row * step, "attrui", width, 22, attr=name)
        p.bus(box, sink, x - 12)
        p.text(x + width + 10, y + row * step + 1, heard_of_it, told or WIDTH - x - width - 40)


def about(name: str, others: Sequence[str], told: Sequence[str]) -> Patch:
    """The tab with a question mark."""
    lead = "Networks that learn while they sound, one step of learning for every sample."
    p = page(f"{name} is part of specml", lead)
    y = 90.0
    for paragraph in (*told, SOURCE):
        box = p.text(EDGE, y, paragraph, WIDE)
        y += box.patching_rect.h + 10
    y += 10
    p.text(EDGE, y, "See also", fontface=1)
    y += 30
    door = p.box(EDGE, y + 50, "pcontrol")
    x = float(EDGE)
    for other in (*(f"help {other}" for other in others), "load specml-overview.maxpat"):
        message = p.message(x, y, other)
        p.cord(message, door)
        x = outlet(message)[0] - PORT + message.patching_rect.w + 20
    return p


def save(path: Path, name: str, line: str, pages: Sequence[tuple[str, Patch]]) -> None:
    """A help file: each page is a tab."""
    root = Patch(WIDTH, HEIGHT + 26)
    root.patcher.showrootpatcherontab = 0
    root.patcher.showontab = 0
    root.text(EDGE, 12, name, 300, 20, fontface=1)
    root.text(EDGE, 45, line, WIDE)
    for k, (title, inside) in enumerate(pages):
        root.sub(EDGE + k % 6 * 120, 90 + k // 6 * 30, title, inside)
    root.save(path)

"""Patches as sheets: where Pd's window puts boxes, texts and cords, read from the file alone."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from crossing import goes_through

CHARACTER, LINE, COMMENT = 7, 15, 60  # of font 12: width, height; characters if not told
BESIDE = 2  # the least that keeps two things apart
LABELS = {
    "bng": 6,
    "tgl": 4,
    "hsl": 8,
    "cnv": 5,
}  # which word is the label, dx dy and font after it
SLIDER_LEFT, SLIDER_RIGHT = 3, 5  # a slider is drawn wider than it says
# of boxes that have not one: - stands for the number of arguments, $ for what an expression names
INLETS: dict[str, int | str] = {
    "autoregnn~": 5, "autoregnn2~": 5, "unlearn~": 9, "dac~": 2, "pack": "-", "f": 2, "symbol": 2,
    "list": 2, "expr": "$", "expr~": "$", "spigot": 2, "metro": 2, "delay": 2, "osc~": 2, "*~": 2,
    "+~": 2, "-~": 2, "phasor~": 2, "*": 2, "+": 2, ">": 2, "hip~": 2, "lop~": 2, "clip~": 3,
    "timer": 2, "random": 2, "sel": 2, "send": 2, "line": 3, "line~": 2, "tabwrite": 2, "text": 2,
    "until": 2,
}  # fmt: skip
OUTLETS: dict[str, int | str] = {
    "autoregnn~": 3, "autoregnn2~": 4, "unlearn~": 3, "t": "-", "unpack": "-", "sel": "-+",
    "route": "-+",
}  # fmt: skip


class Rectangle(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Rectangle", apart: float = 0.0) -> bool:
        """Whether they overlap, or are less than so far apart from side to side."""
        beside = self.left < other.right + apart and other.left < self.right + apart
        return beside and self.top < other.bottom and other.top < self.bottom

    def within(self) -> "Rectangle":
        """It without its edge."""
        return Rectangle(self.left + 1, self.top + 1, self.right - 1, self.bottom - 1)

    def crossed(self, cord: "Cord") -> bool:
        """Whether a straight line goes through it."""
        return goes_through(*cord, *self)


class Cord(NamedTuple):
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass
class Box:
    """What stands in a patch: kind is obj, msg, text, floatatom or restore."""

    kind: str
    x: int
    y: int
    words: list[str]
    width: int = 0  # characters, if it says so
    sheet: "Sheet | None" = None

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def is_text(self) -> bool:
        return self.kind == "text"

    @property
    def is_backdrop(self) -> bool:
        return self.kind == "obj" and self.words[:1] == ["cnv"]


@dataclass
class Sheet:
    """One window."""

    name: str
    place: tuple[int, int]
    size: tuple[int, int]
    boxes: list[Box] = field(default_factory=list)
    wires: list[tuple[int, int, int, int]] = field(default_factory=list)
    shown: tuple[int, int] | None = None  # size on its parent, if it is shown there
    folder: Path = Path()
    arrays: int = 0

    def within(self, name: str = "") -> Iterator[tuple[str, "Sheet"]]:
        """It and all its subpatches, by their paths."""
        path = f"{name}/{self.name}" if name else self.name
        yield path, self
        for box in self.boxes:
            if box.sheet and not box.sheet.arrays:
                yield from box.sheet.within(path)

    def count(self, *kinds: str) -> int:
        return sum(box.kind == "obj" and box.words[0] in kinds for box in self.boxes)


def read(path: Path) -> Sheet:
    stack: list[Sheet] = []
    done = None
    for record in re.split(r"(?<!\\);\n", path.read_text()):
        words = re.split(r"(?<!\\) ", record.replace("\n", " "))
        if words[:2] == ["#N", "canvas"]:
            x, y, w, h = map(int, words[2:6])
            name = words[6] if len(words) > 7 else path.stem
            stack.append(Sheet(name, (x, y), (w, h), folder=path.parent))
            done = stack[0]
        elif words[0] == "#X":
            _add(stack, words[1:])
    assert done
    return done


def _add(stack: list[Sheet], words: list[str]) -> None:
    kind, rest = words[0], words[1:]
    sheet = stack[-1]
    if kind == "connect":
        sheet.wires.append((int(rest[0]), int(rest[1]), int(rest[2]), int(rest[3])))
    elif kind == "coords":
        shown = rest[6:7] and rest[6] != "0"
        sheet.shown = (int(rest[4]), int(rest[5])) if shown else None
    elif kind == "array":
        sheet.arrays += 1
    elif kind == "f":
        sheet.boxes[-1].width = int(rest[0])
    elif kind in ("obj", "msg", "text", "floatatom", "restore"):
        inside = stack.pop() if kind == "restore" else None
        width = 0
        if rest[-2:-1] == ["f"] and rest[-3].endswith(","):
            width, rest = int(rest[-1]), [*rest[:-3], rest[-3].removesuffix(",")]
        words = " ".join(rest[2:]).replace(" \\,", ",").replace(" \\;", ";").replace("\\$", "$")
        parts = re.split(r"(?<!\\) ", words)
        box = Box(kind, int(rest[0]), int(rest[1]), parts, width, inside)
        stack[-1].boxes.append(box)


def lines(text: str, width: int) -> list[str]:
    """Broken as Pd breaks it: after a semicolon, and where a line would be longer than `width`."""
    broken, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            broken.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
        if word.endswith(";"):
            broken.append(line)
            line = ""
    return [*broken, line]


def label(x: float, y: float, text: str, size: float) -> Rectangle:
    """Of a knob or slider: y is its middle."""
    return Rectangle(x, y - size / 2, x + len(text) * size * CHARACTER / 12, y + size / 2)


def places(box: Box) -> tuple[Rectangle, list[Rectangle]]:
    """Where the box is, and where its labels are."""
    x, y, words = box.x, box.y, box.words
    if box.sheet and box.sheet.shown:
        width, height = box.sheet.shown
        return Rectangle(x, y, x + width, y + height), []
    if box.kind == "floatatom":
        at = Rectangle(x, y, x + CHARACTER * int(words[0]) + 3, y + LINE + 4)
        named = [] if words[4] == "-" else [words[4]]
        return at, [label(at.right + 2, y + 9, text, 12) for text in named]
    if box.kind == "obj" and words[0] in LABELS:
        return _knob(box)
    told = box.width or (COMMENT if box.kind in ("text", "msg") else len(box.text))
    broken = lines(box.text, told)
    longest = max(map(len, broken))
    if box.is_text:
        return Rectangle(x + 2, y + 2, x + 2 + CHARACTER * longest, y + 2 + LINE * len(broken)), []
    width = CHARACTER * max(box.width or longest, 2) + (9 if box.kind == "msg" else 5)
    return Rectangle(x, y, x + width, y + 5 + LINE * len(broken)), []


def _knob(box: Box) -> tuple[Rectangle, list[Rectangle]]:
    x, y, (kind, *words) = box.x, box.y, box.words
    name, dx, dy, _, font = words[LABELS[kind] : LABELS[kind] + 5]
    width, height = map(int, {"hsl": words[:2], "cnv": words[1:3]}.get(kind, words[:1] * 2))
    at = Rectangle(x, y, x + width, y + height)
    if kind == "hsl":
        at = Rectangle(x - SLIDER_LEFT, y, at.right + SLIDER_RIGHT, at.bottom)
    if name == "empty":
        return at, []
    return at, [label(x + int(dx), y + int(dy), name.replace("\\ ", " "), int(font))]


def ports(box: Box, folder: Path) -> tuple[int, int]:
    """Inlets and outlets."""
    inside = box.sheet
    name = box.words[0] if box.kind == "obj" else ""
    if name and (folder / f"{name}.pd").exists():
        inside = read(folder / f"{name}.pd")
    if inside:
        return inside.count("inlet", "inlet~"), inside.count("outlet", "outlet~")
    if box.kind == "obj":
        return _how_many(INLETS, box), _how_many(OUTLETS, box)
    return 1, 1


def _how_many(table: dict[str, int | str], box: Box) -> int:
    name, *arguments = box.words
    count = table.get(name, 1)
    if isinstance(count, int):
        return count
    if count == "$":
        return max([1, *(int(k) for k in re.findall(r"\$[fvsi](\d)", box.text))])
    return len(arguments) + {"-": 0, "-+": 1}[count]


def cords(sheet: Sheet) -> list[tuple[tuple[int, int, int, int], Cord]]:
    found = []
    for wire in sheet.wires:
        source, outlet, sink, inlet = wire
        one, other = sheet.boxes[source], sheet.boxes[sink]
        start = _port(places(one)[0], outlet, ports(one, sheet.folder)[1])
        end = _port(places(other)[0], inlet, ports(other, sheet.folder)[0])
        found.append((wire, Cord(start, places(one)[0].bottom, end, places(other)[0].top)))
    return found


def _port(at: Rectangle, which: int, count: int) -> float:
    assert which < count, "a cord to a port that there is not"
    wide = at.right - at.left - CHARACTER
    return at.left + CHARACTER / 2 + (wide * which / (count - 1) if count > 1 else 0.0)


def faults(sheet: Sheet) -> list[str]:
    """What is not as it should be: texts touched, crossed or cut off, boxes one upon another."""
    solid = [(b, places(b)) for b in sheet.boxes if not b.is_backdrop]
    texts = [(b, at) for b, (at, _) in solid if b.is_text]
    texts += [(b, at) for b in sheet.boxes for at in places(b)[1] if not b.is_backdrop]
    boxes = [(b, at) for b, (at, _) in solid if not b.is_text]
    found = []
    for (one, a), (other, b) in itertools.combinations(texts + boxes, 2):
        if one is not other and a.touches(b, BESIDE):
            found.append(f"{one.text[:40]!r} touches {other.text[:40]!r}")
    for (source, _, sink, _), cord in cords(sheet):
        ends = sheet.boxes[source], sheet.boxes[sink]
        for box, at in texts + [(b, at.within()) for b, at in boxes if b not in ends]:
            if at.crossed(cord):
                names = [end.text[:30] for end in ends]
                found.append(f"the cord {names[0]!r} to {names[1]!r} crosses {box.text[:40]!r}")
    whole = Rectangle(0, 0, *sheet.size)
    for box, at in texts + boxes:
        if at.left < 0 or at.top < 0 or at.right > whole.right or at.bottom > whole.bottom:
            found.append(f"{box.text[:40]!r} is cut off")
    return found

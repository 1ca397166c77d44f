"""Patches as sheets: where Pd's window puts boxes, texts and cords, read from the file alone."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

CHARACTER, LINE, COMMENT = 7, 15, 60  # of font 12: width, height; characters if not told
BESIDE = 2  # the least that keeps two things apart
ICONS = ("bng", "tgl")
SLIDER_LEFT, SLIDER_RIGHT = 3, 5  # a slider is drawn wider than it says
# of boxes that have not one inlet and one outlet; - stands for the number of arguments
INLETS = {
    "autoregnn~": 5, "autoregnn2~": 5, "unlearn~": 9, "adc~": 1, "dac~": 2, "pack": "-", "f": 2,
    "symbol": 2, "list": 2, "expr": "$", "expr~": "$", "spigot": 2, "metro": 2, "delay": 2,
    "osc~": 2, "phasor~": 2, "*~": 2, "+~": 2, "-~": 2, "*": 2, "+": 2, "-": 2, ">": 2, "hip~": 2,
    "lop~": 2, "clip~": 3, "timer": 2, "random": 2, "sel": 2, "send": 2, "line": 3, "line~": 2,
    "s": 1, "tabwrite": 2, "int": 2, "mod": 2, "throw~": 1, "text": 2, "tabosc4~": 2, "until": 2,
    "r": 0, "r~": 0, "catch~": 0, "loadbang": 0, "noise~": 1, "table": 0, "inlet": 0, "inlet~": 0,
    "route": 2, "namecanvas": 0, "block~": 1, "pdcontrol": 1,
}  # fmt: skip
OUTLETS = {
    "autoregnn~": 3, "autoregnn2~": 4, "unlearn~": 3, "t": "-", "unpack": "-", "sel": "-+",
    "route": "-+", "s": 0, "throw~": 0, "send": 0, "dac~": 0, "outlet": 0, "outlet~": 0, "s~": 0,
    "switch~": 0, "tabwrite~": 0, "tabwrite": 0, "namecanvas": 0, "print": 0, "table": 0,
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
        """Whether a straight line goes through it (Liang and Barsky)."""
        enters, leaves = 0.0, 1.0
        for start, end, low, high in (
            (cord.x1, cord.x2, self.left, self.right), (cord.y1, cord.y2, self.top, self.bottom)
        ):  # fmt: skip
            way = end - start
            if way == 0.0:
                if not low < start < high:
                    return False
                continue
            near, far = sorted(((low - start) / way, (high - start) / way))
            enters, leaves = max(enters, near), min(leaves, far)
        return enters < leaves


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
    """Broken as Pd breaks it: between words, where a line would be longer than `width`."""
    broken, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            broken.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*broken, line]


def label(x: float, y: float, text: str, size: float) -> Rectangle:
    """Of a knob or slider: y is its middle."""
    return Rectangle(x, y - size / 2, x + len(text) * size * CHARACTER / 12, y + size / 2)


def places(box: Box) -> tuple[Rectangle, list[Rectangle]]:
    """Where the box is, and where its labels are."""
    x, y, words = box.x, box.y, box.words
    if box.sheet and box.sheet.shown:
        w, h = box.sheet.shown
        return Rectangle(x, y, x + w, y + h), []
    if box.kind == "floatatom":
        wide = int(words[0]) * CHARACTER + 3
        at = Rectangle(x, y, x + wide, y + LINE + 4)
        named = [] if words[4] == "-" else [words[4]]
        return at, [label(at.right + 2, y + 9, text, 12) for text in named]
    if box.kind == "obj" and words[0] in (*ICONS, "hsl", "cnv"):
        return _knob(box)
    text = box.text
    if box.kind == "text" or box.kind == "msg" or box.width:
        broken = lines(text, box.width or COMMENT)
    else:
        broken = [text]
    wide = box.width or max(map(len, broken))
    if box.kind == "text":
        wide = max(map(len, broken))
        return Rectangle(x + 2, y + 2, x + 2 + CHARACTER * wide, y + 2 + LINE * len(broken)), []
    wide = CHARACTER * max(wide, 2) + (9 if box.kind == "msg" else 5)
    return Rectangle(x, y, x + wide, y + 5 + LINE * len(broken)), []


def _knob(box: Box) -> tuple[Rectangle, list[Rectangle]]:
    x, y, (kind, *words) = box.x, box.y, box.words
    if kind in ICONS:
        size = int(words[0])
        at = Rectangle(x, y, x + size, y + size)
        name, dx, dy, font = words[4 if kind == "tgl" else 6 :][:1] + _offsets(words, kind)
    elif kind == "hsl":
        w, h = int(words[0]), int(words[1])
        at = Rectangle(x - SLIDER_LEFT, y, x + w + SLIDER_RIGHT, y + h)
        name, dx, dy, font = words[8], int(words[9]), int(words[10]), int(words[12])
    else:
        size, w, h = map(int, words[:3])
        at = Rectangle(x, y, x + w, y + h)
        name, dx, dy, font = words[5], int(words[6]), int(words[7]), int(words[9])
    if name == "empty":
        return at, []
    return at, [label(x + dx, y + dy, name.replace("\\ ", " "), font)]


def _offsets(words: list[str], kind: str) -> list[int]:
    first = 5 if kind == "tgl" else 7
    return [int(words[first]), int(words[first + 1]), int(words[first + 3])]


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


def _how_many(table: dict, box: Box) -> int:
    name, *arguments = box.words
    if name in ("unlearn~",) and table is OUTLETS and "-outs" in arguments:
        return int(arguments[arguments.index("-outs") + 1]) + 1
    count = table.get(name, 1)
    if count == "-":
        return len(arguments)
    if count == "-+":
        return max(1, len(arguments)) + 1
    if count == "$":
        return max([1, *(int(k) for k in re.findall(r"\$[fvsi](\d)", box.text))])
    if name in ("route", "sel") and table is INLETS:
        return 2 if len(arguments) <= 1 else 1
    return count


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

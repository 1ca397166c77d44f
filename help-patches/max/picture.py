"""Patches as pictures: where Max puts boxes, texts and cords, read from the file alone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from matplotlib import font_manager
from PIL import Image, ImageDraw, ImageFont
from py2max.core.common import text_width

from crossing import goes_through
from patch import LINE, PORT, wrapped

SHARP = 2  # points of the picture for each of the patch
BORDERS = {"message": "#8a8f99", "newobj": "#5a6270", "comment": None}
FILLS = {"message": "#dfe2e8", "newobj": "#f7f8fa"}
CORDS = {"signal": "#2f9e44", "multichannelsignal": "#1971c2"}
PAGE, INK, CORD = "#eceef1", "#20242c", "#6b7280"


class Rectangle(NamedTuple):
    x: float
    y: float
    w: float
    h: float

    def touches(self, other: "Rectangle", apart: float = 0.0) -> bool:
        """Whether they overlap, or are less than so far apart."""
        beside = self.x < other.x + other.w + apart and other.x < self.x + self.w + apart
        return beside and self.y < other.y + other.h + apart and other.y < self.y + self.h + apart

    def crossed(self, x1: float, y1: float, x2: float, y2: float) -> bool:
        """Whether a straight line goes through it."""
        return goes_through(x1, y1, x2, y2, self.x, self.y, self.x + self.w, self.y + self.h)


@dataclass
class Cord:
    source: dict[str, Any]
    outlet: int
    sink: dict[str, Any]
    inlet: int
    way: list[tuple[float, float]]
    kind: str


@dataclass
class Sheet:
    """One window, tab or subpatch, or what is seen of one from outside."""

    name: str
    size: tuple[float, float]
    boxes: list[dict[str, Any]]
    cords: list[Cord] = field(default_factory=list)
    inside: list["Sheet"] = field(default_factory=list)
    is_tab: bool = False

    def all(self, path: str = "") -> Iterator[tuple[str, "Sheet"]]:
        """It and all its subpatches, by their paths."""
        path = f"{path}/{self.name}" if path else self.name
        yield path, self
        for sheet in self.inside:
            yield from sheet.all(path)


def rectangle(box: dict[str, Any], key: str = "patching_rect") -> Rectangle:
    return Rectangle(*box[key])


def name_of(box: dict[str, Any]) -> str:
    """What it is: the name of the object."""
    if box["maxclass"] != "newobj":
        return str(box["maxclass"])
    return str(box["text"].split()[0])


def read(path: Path) -> Sheet:
    return _sheet(path.stem, json.loads(path.read_text(encoding="utf-8"))["patcher"])


def _sheet(name: str, patcher: dict[str, Any]) -> Sheet:
    boxes = [each["box"] for each in patcher["boxes"]]
    by_id = {box["id"]: box for box in boxes}
    sheet = Sheet(name, tuple(patcher["rect"][2:]), boxes, is_tab=bool(patcher.get("showontab")))
    for line in (each["patchline"] for each in patcher["lines"]):
        (source, out), (sink, into) = line["source"], line["destination"]
        one, other = by_id[source], by_id[sink]
        numbers = line.get("midpoints", [])
        start, end = _port(one, out, "numoutlets"), _port(other, into, "numinlets")
        way = [start, *zip(numbers[::2], numbers[1::2], strict=True), end]
        kinds = one.get("outlettype", [])
        kind = kinds[out] if out < len(kinds) else ""
        sheet.cords.append(Cord(one, out, other, into, way, kind))
    for box in boxes:
        if "patcher" in box:
            sheet.inside.append(_sheet(box["text"].removeprefix("p "), box["patcher"]))
    return sheet


def _port(box: dict[str, Any], which: int, key: str) -> tuple[float, float]:
    at, count = rectangle(box), box[key]
    between = (at.w - 2 * PORT) / (count - 1) if count > 1 else 0.0
    return at.x + PORT + which * between, at.y + (at.h if key == "numoutlets" else 0.0)


class Picture:
    """A sheet as it looks, about."""

    def __init__(self, sheet: Sheet, folder: Path, key: str = "patching_rect") -> None:
        self.folder, self.key = folder, key
        size = [round(SHARP * length) for length in sheet.size]
        self.image = Image.new("RGB", (size[0], size[1]), PAGE)
        self.draw = ImageDraw.Draw(self.image)
        for box in sheet.boxes:
            if key in box:
                self._box(box)
        if key == "patching_rect":
            for cord in sheet.cords:
                way = [(SHARP * x, SHARP * y) for x, y in cord.way]
                self.draw.line(way, CORDS.get(cord.kind, CORD), 4 if cord.kind else 2)

    def _box(self, box: dict[str, Any]) -> None:
        kind, at = box["maxclass"], rectangle(box, self.key)
        if kind == "comment":
            self._text(box, at, colour=_hex(box.get("textcolor")))
        elif kind in FILLS:
            self._frame(at, FILLS[kind], BORDERS[kind])
            self._text(box, at)
        elif kind == "bpatcher":
            self._frame(at, "#e2e5ea", None)
            seen = read(self.folder / box["name"])
            seen.size = (at.w, at.h)
            inside = Picture(seen, self.folder, "presentation_rect").image
            self.image.paste(inside, (round(SHARP * at.x), round(SHARP * at.y)))
        else:
            self._drawn(kind, box, at)

    def _frame(self, at: Rectangle, fill: str | None, border: str | None = "#8a8f99") -> None:
        x1, y1, x2, y2 = (SHARP * v for v in (at.x, at.y, at.x + at.w, at.y + at.h))
        self.draw.rounded_rectangle((x1, y1, x2, y2), 6, fill, border, 2)

    def _text(self, box: dict[str, Any], at: Rectangle, colour: str = INK) -> None:
        size, bold = box.get("fontsize", 12.0), box.get("fontface", 0) == 1
        for row, line in enumerate(wrapped(box["text"], at.w, size)):
            y = at.y + 4 + row * LINE * size / 12
            self.write(at.x + 5, y, line, size, bold, colour)

    def write(self, x: float, y: float, line: str, size: float, bold: bool = False,
              colour: str = INK) -> None:  # fmt: skip
        """As wide as Arial would be."""
        if not line:
            return
        name = "DejaVu Sans:bold" if bold else "DejaVu Sans"
        path = font_manager.findfont(name)
        font = ImageFont.truetype(path, 100)
        wide = font.getlength(line) / 100
        fits = SHARP * text_width(line, size) * (1.06 if bold else 1.0) / wide
        font = ImageFont.truetype(path, fits)
        self.draw.text((SHARP * x, SHARP * (y + size * 0.95)), line, colour, font, anchor="ls")

    def _drawn(self, kind: str, box: dict[str, Any], at: Rectangle) -> None:
        dark = "#2b303b"
        if kind in ("toggle", "button", "ezdac~"):
            self._frame(at, "#ffffff")
            inner = sharp(at.x + 5, at.y + 5, at.x + at.w - 5, at.y + at.h - 5)
            if kind == "toggle":
                self.draw.line(inner, "#b0b5be", 3)
            else:
                self.draw.ellipse(inner, "#c3c8d0" if kind == "button" else "#74b816")
        elif kind == "live.dial":
            round_ = sharp(at.x + 9, at.y + 13, at.x + 35, at.y + 39)
            self.draw.arc(round_, 130, 410, "#5a6270", 5)
            self.write(at.x + 2, at.y, box["varname"], 10)
        elif kind == "live.gain~":
            self._frame(Rectangle(at.x, at.y + 8, at.w, 16), dark, None)
            self.write(at.x + 4, at.y + 24, "-10.0 dB", 10)
        elif kind == "scope~":
            self._frame(at, dark)
        elif kind == "multislider":
            self._sliders(int(box.get("size", 1)), at)
        else:
            self._frame(at, "#ffffff")
            self.write(at.x + 6, at.y + 4, str(box.get("attr", "0")), 12)

    def _sliders(self, count: int, at: Rectangle) -> None:
        self._frame(at, "#ffffff")
        wide, middle = at.w / count, at.y + at.h / 2
        for k in range(count):
            height = ((k * 37) % 23 - 11) / 11 * at.h * 0.4  # some weights
            x = at.x + (k + 0.5) * wide
            self.draw.line(sharp(x, middle, x, middle - height), "#1971c2", max(2, round(wide)))


def sharp(*lengths: float) -> list[float]:
    """In points of the picture."""
    return [SHARP * length for length in lengths]


def _hex(colour: list[float] | None) -> str:
    if colour is None:
        return INK
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour[:3])


def draw(path: Path, package: Path, to: Path) -> list[Path]:
    """Draw each window, tab and subpatch of a file."""
    drawn = []
    to.mkdir(parents=True, exist_ok=True)
    for name, sheet in read(path).all():
        file = to / (name.replace("/", "_").replace("?", "about") + ".png")
        Picture(sheet, package / "patchers").image.save(file)
        drawn.append(file)
    return drawn

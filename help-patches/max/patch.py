"""A patch of Max: boxes that are put somewhere, and cords between their ports.

py2max knows how many inlets and outlets each object has, how wide a text is, and what a file looks
like; a cord that cannot be is refused.
"""

import itertools
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import py2max
from py2max.core.common import Rect, box_width_for, text_width
from py2max.maxref import get_object_info, porttypes

import table

ROW = 30  # from one row of boxes to the next
EDGE = 30  # of a page
PORT = 9.5  # from the edge of a box to the middle of its first and last port
BOX, LINE = 22, 13.5  # height of a box of one line, and of each line more
SLACK = 1.06  # texts are wider on some systems
GREY = [0.35, 0.35, 0.4, 1.0]
NO_SIGNALS = ("peek~", "buffer~")
Place = tuple[float, float]


def wrapped(text: str, width: float, size: float = 12.0) -> list[str]:
    """The lines of a text in a box so wide."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size) * SLACK > width - 10:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def needed(text: str, ports: int) -> float:
    """How wide the box must be for one line."""
    return round(max(box_width_for(text, ports), text_width(text) * SLACK + 12))


def outlet(box: Any, which: int = 0) -> Place:
    """Where a cord leaves it."""
    return _port(box, which, box.numoutlets), box.patching_rect.y + box.patching_rect.h


def inlet(box: Any, which: int = 0) -> Place:
    """Where a cord enters it."""
    return _port(box, which, box.numinlets), box.patching_rect.y


def _port(box: Any, which: int, count: int) -> float:
    rect = box.patching_rect
    between = (rect.w - 2 * PORT) / (count - 1) if count > 1 else 0.0
    return rect.x + PORT + which * between


class Patch:
    """One window, tab or subpatch. Positions are pixels from its left upper corner."""

    known: ClassVar[
        dict[str, tuple[int, list[str]]]
    ] = {}  # abstractions of this package: their ports

    def __init__(self, width: int, height: int, tab: bool = False) -> None:
        self.patcher = py2max.Patcher(on_invalid="raise")
        self.patcher.rect = Rect(40, 80, width, height)
        self.patcher.appversion = {
            "major": 8, "minor": 2, "revision": 0, "architecture": "x64", "modernui": 1
        }  # fmt: skip
        if tab:
            self.patcher.rect = Rect(0, 26, width, height)
            self.patcher.showontab = 1
        self.numbers = itertools.count(1)

    def _add(self, kind: str, at: Rect, ins: int, outs: list[str], **more: Any) -> Any:
        box = py2max.Box(
            id=f"obj-{next(self.numbers)}", maxclass=kind, numinlets=ins, numoutlets=len(outs),
            patching_rect=at, **more,
        )  # fmt: skip
        if outs:
            box.outlettype = outs
        return self.patcher.add_box(box)

    def box(self, x: float, y: float, text: str, width: float = 0, **more: Any) -> Any:
        """An object."""
        ins, outs = ports_of(text)
        width = width or needed(text, max(ins, len(outs)))
        return self._add("newobj", Rect(x, y, width, BOX), ins, outs, text=text, **more)

    def message(self, x: float, y: float, text: str, width: float = 0) -> Any:
        """A message; commas send one after the other."""
        width = width or needed(text, 2)
        height = BOX + LINE * (len(wrapped(text, width)) - 1)
        return self._add("message", Rect(x, y, width, height), 2, [""], text=text)

    def text(self, x: float, y: float, text: str, width: float = 0, size: float = 12.0,
             **more: Any) -> Any:  # fmt: skip
        """A comment."""
        width = width or text_width(text, size) * SLACK + 12
        lines = wrapped(text, width, size)
        height = round(6.5 + LINE * size / 12 * len(lines), 1)
        return self._add("comment", Rect(x, y, width, height), 1, [], text=text, fontsize=size,
                         linecount=len(lines), **more)  # fmt: skip

    def ui(self, x: float, y: float, kind: str, width: float, height: float, **more: Any) -> Any:
        """A box that is not written but drawn."""
        ins, outs = ports_of(kind)
        return self._add(kind, Rect(x, y, width, height), ins, outs, **more)

    def dial(self, x: float, y: float, name: str, low: float, high: float, curve: float = 1.0,
             initial: float | None = None, digits: int = 2, **more: Any) -> Any:  # fmt: skip
        """A knob. With an initial value it sends that when the patch is opened."""
        valueof: dict[str, Any] = {
            "parameter_longname": name, "parameter_shortname": name, "parameter_type": 0,
            "parameter_mmin": low, "parameter_mmax": high, "parameter_exponent": curve,
            "parameter_unitstyle": 9, "parameter_units": f"%.{digits}f",
        }  # fmt: skip
        if initial is not None:
            valueof |= {"parameter_initial_enable": 1, "parameter_initial": [initial]}
        return self.ui(x, y, "live.dial", 44, 48, parameter_enable=1, varname=name,
                       saved_attribute_attributes={"valueof": valueof}, **more)  # fmt: skip

    def number(self, x: float, y: float, name: str, low: float, high: float,
               initial: float) -> Any:  # fmt: skip
        """A number to drag, which is sent when the patch is opened."""
        valueof = {
            "parameter_longname": name, "parameter_shortname": name, "parameter_type": 0,
            "parameter_mmin": low, "parameter_mmax": high, "parameter_unitstyle": 1,
            "parameter_initial_enable": 1, "parameter_initial": [initial],
        }  # fmt: skip
        return self.ui(x, y, "live.numbox", 60, 18, parameter_enable=1, varname=name,
                       saved_attribute_attributes={"valueof": valueof})  # fmt: skip

    def sub(self, x: float, y: float, name: str, inside: "Patch", width: float = 0) -> Any:
        """[p name]."""
        ins, outs = inside.ports()
        text = f"p {name}"
        width = width or needed(text, max(ins, len(outs)))
        box = self._add("newobj", Rect(x, y, width, BOX), ins, outs, text=text,
                        patcher=inside.patcher, varname=name)  # fmt: skip
        inside.patcher._parent = self.patcher
        return box

    def show(self, x: float, y: float, name: str, arguments: list[str | int], width: float,
             height: float) -> Any:  # fmt: skip
        """An abstraction of this package, seen from outside."""
        ins, outs = self.known[name]
        return self._add("bpatcher", Rect(x, y, width, height), ins, outs, name=f"{name}.maxpat",
                         args=arguments, border=0, embed=0)  # fmt: skip

    def ports(self) -> tuple[int, list[str]]:
        """Of the whole, as a box in another patch."""
        names = [box.text.split()[0] for box in self.patcher._boxes if box.maxclass == "newobj"]
        return names.count("inlet"), [""] * names.count("outlet")

    def cord(self, source: Any, sink: Any, out: int = 0, into: int = 0,
             via: Iterable[Place] = ()) -> None:  # fmt: skip
        """From an outlet to an inlet; via: the corners of a cord that is not straight."""
        line = self.patcher.add_patchline(source.id, out, sink.id, into)
        corners = [number for corner in via for number in corner]
        if corners:
            line._kwds["midpoints"] = corners

    def chain(self, *boxes: Any) -> Any:
        """A cord from each to the next, at the left; the last is returned."""
        for one, other in itertools.pairwise(boxes):
            self.cord(one, other)
        return boxes[-1]

    def bus(self, source: Any, sink: Any, x: float, out: int = 0, into: int = 0,
            down: float = 4, above: float = 8) -> None:  # fmt: skip
        """A cord that goes sideways to x, down there, and sideways to the inlet."""
        (x1, y1), (x2, y2) = outlet(source, out), inlet(sink, into)
        corners = [(x1, y1 + down), (x, y1 + down), (x, y2 - above), (x2, y2 - above)]
        self.cord(source, sink, out, into, corners)

    def save(self, path: Path) -> None:
        """As a file of Max."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self.patcher.to_dict(), indent=1) + "\n", encoding="utf-8")


def ports_of(text: str) -> tuple[int, list[str]]:
    """How many inlets, and the types of the outlets, of what stands in a box."""
    name = text.split()[0]
    if name in table.OBJECTS:
        outs = re.search(r"@outs (\d+)", text)
        return table.ports(name, int(outs.group(1)) if outs else 2)
    if name in ("mc.autoregnn~", "mc.autoregnn2~"):
        ins, outs_ = table.ports(name.removeprefix("mc."))
        return ins, ["multichannelsignal" if kind else "" for kind in outs_]
    if name in Patch.known:
        return Patch.known[name]
    info = get_object_info(name)
    if info is None:
        raise ValueError(f"Max has no object {name}")
    ins, outs_count = porttypes.port_counts(name, text)
    if name.startswith("mc."):
        by_arguments = porttypes.arg_port_counts(name, text)
        ins = by_arguments[0] or len(info["inlets"])
        outs_count = by_arguments[1] or len(info["outlets"])
    kinds = [outlet["type"] for outlet in info["outlets"]]
    kinds += kinds[-1:] * ((outs_count or 0) - len(kinds))
    return ins or 0, [_kind(name, k, kinds[k]) for k in range(outs_count or 0)]


def _kind(name: str, which: int, written: str) -> str:
    if name in NO_SIGNALS:
        return ""
    if name.startswith("mc.") and name.endswith("~") and name != "mc.unpack~":
        return "multichannelsignal"
    if written == "signal" or (name.endswith("~") and which == 0):
        return "signal"
    return written if written in ("bang", "int", "float") else ""

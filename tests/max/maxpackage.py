"""The Max package as generated, and what may be wrong with a patch in it."""

import functools
import itertools
import sys
import tempfile
from pathlib import Path

import builds

GENERATOR = builds.HERE.parent / "help-patches" / "max"
sys.path.insert(0, str(GENERATOR))

import make  # noqa: E402
from patch import wrapped  # noqa: E402
from picture import Rectangle, Sheet, name_of, read, rectangle  # noqa: E402

SCREEN = 1366, 768 - 88  # a small one, less its task bar, a title and a menu
BESIDE = 2.0  # the least that keeps two boxes apart
BACKDROPS = ("panel", "live.line")


@functools.cache
def package() -> Path:
    return make.make(Path(tempfile.mkdtemp(prefix="specml-max-")))


def patches() -> list[Path]:
    return sorted(p for p in package().rglob("*") if p.suffix in (".maxpat", ".maxhelp"))


def sheets() -> list[tuple[str, Sheet]]:
    """Every window, tab and subpatch of the package."""
    return [each for path in patches() for each in read(path).all()]


def told(box: dict) -> str:
    return str(box.get("text") or box.get("varname") or box.get("attr") or box["maxclass"])[:40]


def faults(sheet: Sheet) -> list[str]:
    """What is not as it should be: boxes one upon another, cords across them, texts cut off."""
    boxes = [(box, rectangle(box)) for box in sheet.boxes if box["maxclass"] not in BACKDROPS]
    found = []
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        if a.touches(b, BESIDE):
            found.append(f"{told(one)!r} touches {told(other)!r}")
    for cord in sheet.cords:
        for box, at in boxes:
            inner = Rectangle(at.x + 1, at.y + 1, at.w - 2, at.h - 2)
            legs = itertools.pairwise(cord.way)
            if any(inner.crossed(*start, *end) for start, end in legs):
                ends = f"{told(cord.source)!r} to {told(cord.sink)!r}"
                found.append(f"the cord {ends} crosses {told(box)!r}")
    width, height = sheet.size
    for box, at in boxes:
        if at.x < 0 or at.y < 0 or at.x + at.w > width or at.y + at.h > height:
            found.append(f"{told(box)!r} is cut off")
        if box["maxclass"] in ("comment", "newobj", "message"):
            size = box.get("fontsize", 12.0)
            lines = len(wrapped(box["text"], at.w, size))
            room = 6.5 + 13.5 * size / 12 * lines
            if (box["maxclass"] == "newobj" and lines > 1) or room > at.h + 1:
                found.append(f"{told(box)!r} does not fit into its box")
    return found


__all__ = ["SCREEN", "faults", "make", "name_of", "package", "patches", "read", "sheets", "told"]

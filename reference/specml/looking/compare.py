"""Compare two sounds or two state files, number by number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .contents import Part, content
from .difference import Difference, difference


@dataclass
class Comparison:
    """What is to be said, line by line; and the first part that differs, for a picture."""

    lines: list[str] = field(default_factory=list)
    first: tuple[Part, Part, Difference] | None = None
    numbers: int = 0

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return not self.lines


def compare(a: Path, b: Path) -> Comparison:
    """Compare what two files say of themselves, and their numbers as bits.

    Raises
    ------
    ValueError
        If one is neither a sound nor a state file, or they are one of each.
    OSError
        If one cannot be read.
    """
    one, other = content(a), content(b)
    if one.kind != other.kind:
        raise ValueError(f"{a} is a {one.kind} and {b} a {other.kind}: give two of a kind")
    found = Comparison(_told_apart(one.said, other.said))
    for name in dict.fromkeys([*one.parts, *other.parts]):
        if name in one.parts and name in other.parts:
            _compare_part(found, one.parts[name], other.parts[name])
        else:
            found.lines.append(f"{name}: only in {a if name in one.parts else b}")
    return found


def _told_apart(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Return a line for each thing that the files say differently of themselves."""
    return [f"{key}: {one.get(key, 'nothing')} and {other.get(key, 'nothing')}"
            for key in dict.fromkeys([*one, *other]) if one.get(key) != other.get(key)]  # fmt: skip


def _compare_part(found: Comparison, one: Part, other: Part) -> None:
    """Add what differs; of sounds what both have is compared, whatever their lengths."""
    if one.samplerate:
        one, other = _common(one, other)
    elif one.numbers.shape != other.numbers.shape or one.numbers.dtype != other.numbers.dtype:
        kinds = [f"{part.numbers.dtype} of shape {part.numbers.shape}" for part in (one, other)]
        found.lines.append(f"{one.name}: {' and '.join(kinds)}")
        return
    found.numbers += one.numbers.size
    differs = difference(one.numbers, other.numbers)
    if differs is None:
        return
    if found.first is None:
        found.first = one, other, differs
        found.lines.append(_first(one, other, differs))
    found.lines.append(_how_much(one, differs))


def _common(one: Part, other: Part) -> tuple[Part, Part]:
    """Return the samples and channels that both sounds have, in one format."""
    if one.step != other.step:
        one, other = one.scaled(), other.scaled()
    length, channels = map(min, one.numbers.shape, other.numbers.shape)
    cut = [Part("", part.numbers[:length, :channels], part.step, one.samplerate)
           for part in (one, other)]  # fmt: skip
    return cut[0], cut[1]


def _first(one: Part, other: Part, differs: Difference) -> str:
    values = [part.numbers.flat[differs.first] for part in (one, other)]
    apart = f", {counted(differs.first_steps, one.step)} apart" if one.step else ""
    return f"first at {one.place(differs.first)}: {values[0]!s} and {values[1]!s}{apart}"


def _how_much(one: Part, differs: Difference) -> str:
    name = f"{one.name}: " if one.name else ""
    said = [f"{name}{differs.count} of {one.numbers.size} numbers differ"]
    if one.step:
        most = counted(differs.most_steps, one.step)
        said.append(f"at most by {most} at {one.place(differs.most)}")
    if one.numbers.dtype.kind == "f":
        said.append(f"greatest difference {differs.greatest:.6g} at {one.place(differs.at)}")
    return ", ".join(said)


def counted(steps: int, unit: str) -> str:
    """Return a number of ulps, LSBs or steps in words."""
    one = unit.replace("ulps", "ulp").replace("LSBs", "LSB").replace("steps", "step")
    return f"{steps} {one if steps == 1 else unit}"

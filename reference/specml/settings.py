"""Settings as the metadata of a state file, and back; see docs/state.md."""

import math
import re
from collections.abc import Mapping
from typing import NamedTuple

from .header import short
from .layout import LAYOUTS, Layout, Range, Settings
from .snapshots import GRID, SNAPSHOTS_MAX, STEPS_MAX, checked_name

FORMAT = "specml 1"
CHANNELS_MAX = 1 << 16
LEARNING = ("lr", "lambda")  # the rate that `learn` 0 holds at 0

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,19}")


class Told(NamedTuple):
    """What the metadata say: kind, networks, settings, names of snapshots, steps and samples."""

    kind: str
    channels: int
    settings: Settings
    snapshots: list[str]
    glide: tuple[int, int] | None

    @property
    def layout(self) -> Layout:
        """Of this kind of model."""
        return LAYOUTS[self.kind]


def printed(value: float | int | str) -> str:
    """Return a setting as text: of a number as few digits as read back the same."""
    if not isinstance(value, float):
        return str(value)
    digits = next(text for p in range(17) if float(text := f"{abs(value):.{p}e}") == abs(value))
    mantissa, exponent = digits.split("e")
    figures, place = mantissa.replace(".", ""), int(exponent)
    if not -5 < place < 16:
        tail = f".{figures[1:]}" if figures[1:] else ""
        text = f"{figures[0]}{tail}e{place:+03d}"
    elif place < 0:
        text = f"0.{'0' * (-place - 1)}{figures}"
    else:
        whole, tail = figures[: place + 1].ljust(place + 1, "0"), figures[place + 1 :]
        text = f"{whole}.{tail}" if tail else whole
    return f"-{text}" if math.copysign(1.0, value) < 0 else text


def metadata_of(told: Told, version: str) -> dict[str, str]:
    """Return the metadata in the order of the file."""
    layout, settings = told.layout, told.settings
    facts = {"format": FORMAT, "model": told.kind, "version": version,
             "channels": printed(told.channels)}  # fmt: skip
    for names in (layout.controls, layout.wholes, layout.choices, ("seed",), layout.draws):
        facts |= {name: printed(settings[name]) for name in names}
    facts |= {"learn": "1"} | {name: printed(settings[name]) for name in layout.others}
    facts |= {f"snapshot{k + 1}": name for k, name in enumerate(told.snapshots)}
    return facts | ({"glide": "{} {}".format(*told.glide)} if told.glide else {})


def told_by(facts: Mapping[str, str]) -> Told:
    """Return what metadata say, whatever else is in them.

    Raises
    ------
    ValueError
        If they are not of such a file, or a setting is missing or not allowed.
    """
    if facts.get("format") != FORMAT:
        said = f"says {short(facts['format'])}" if "format" in facts else "does not say"
        raise ValueError(f"it is no state of specml: it should be of format {FORMAT!r}, and {said}")
    kind = _chosen(facts, "model", tuple(LAYOUTS))
    layout = LAYOUTS[kind]
    settings: Settings = {}
    for name, control in layout.controls.items():
        settings[name] = _real(facts, name, (control.low, control.high))
    for name, (low, high) in layout.wholes.items():
        most = min(high, settings["neurons"]) if name == "inputs" else high
        settings[name] = _whole(facts, name, low, most)
    for name, names in layout.choices.items():
        settings[name] = _chosen(facts, name, names)
    settings["seed"] = _whole(facts, "seed", 0, 2**64 - 1)
    for name, limits in {**layout.draws, **layout.others}.items():
        settings[name] = _real(facts, name, limits)
    if not _whole(facts, "learn", 0, 1):
        settings |= {name: 0.0 for name in LEARNING if name in settings}
    channels = _whole(facts, "channels", 1, CHANNELS_MAX)
    return Told(kind, channels, settings, _snapshots(facts), _glide(facts))


def _fact(facts: Mapping[str, str], name: str) -> str:
    if name not in facts:
        raise ValueError(f"its metadata lacks {name}")
    return facts[name]


def _chosen(facts: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    text = _fact(facts, name)
    if text not in allowed:
        raise ValueError(f"its {name} must be one of {', '.join(allowed)}, not {short(text)}")
    return text


def _real(facts: Mapping[str, str], name: str, limits: Range) -> float:
    text, (low, high) = _fact(facts, name), limits
    number = float(text) if len(text) < 40 and _NUMBER.fullmatch(text) else math.nan
    if not low <= number <= high:
        raise ValueError(f"its {name} must be within {low:g}..{high:g}, not {short(text)}")
    return number


def _whole(facts: Mapping[str, str], name: str, low: int, high: int) -> int:
    text = _fact(facts, name)
    number = -1
    if _WHOLE.fullmatch(text):
        number = int(text)
    elif len(text) < 40 and _NUMBER.fullmatch(text) and float(text).is_integer():
        number = int(float(text))
    if not low <= number <= high:
        raise ValueError(f"its {name} must be an integer within {low}..{high}, not {short(text)}")
    return number


def _snapshots(facts: Mapping[str, str]) -> list[str]:
    names: list[str] = []
    while (key := f"snapshot{len(names) + 1}") in facts:
        if len(names) == SNAPSHOTS_MAX:
            raise ValueError(f"it has more than {SNAPSHOTS_MAX} snapshots")
        name = checked_name(facts[key])
        if name in names:
            raise ValueError(f"it has two snapshots named {name!r}")
        names.append(name)
    return names


def _glide(facts: Mapping[str, str]) -> tuple[int, int] | None:
    if "glide" not in facts:
        return None
    match = re.fullmatch(r"([0-9]{1,10}) ([0-9]{1,2})", facts["glide"])
    steps, wait = map(int, match.groups()) if match else (0, 0)
    if not 1 <= steps <= STEPS_MAX or not 1 <= wait <= GRID:
        raise ValueError(
            f"its glide must be steps within 1..{STEPS_MAX} and samples within 1..{GRID}, "
            f"not {short(facts['glide'])}"
        )
    return steps, wait

"""What the objects are, from the one table in externals/object/.

The table is read by tests/object/library.py; in Max every word that has a value is an attribute.
"""

import functools
from dataclasses import dataclass

from object.library import Host, Word, arguments, inlets, outs, words

OBJECTS = ("autoregnn~", "autoregnn2~", "unlearn~", "mc.unlearn~")
COMMANDS_TOO = ("table",)  # a message that is an attribute as well
TABLE = "the buffer~ whose first channel shows the weights. Draw there, and they are taken in."


def model(name: str) -> str:
    """The stem: mc.unlearn~ is a class of its own, not a model."""
    return name.removeprefix("mc.").removesuffix("~")


@dataclass(frozen=True)
class Attribute:
    name: str
    type: str  # as refpages write it
    line: str
    unit: str
    initial: str
    low: float
    high: float
    choices: tuple[str, ...]
    effect: str


@functools.cache
def attributes(name: str) -> tuple[Attribute, ...]:
    """All of that object."""
    at_first = dict(line.split(" ", 1) for line in Host(model(name)).send("dump").splitlines())
    found = [
        _attribute(word, at_first)
        for word in words(model(name))
        if word.kind and word.name != "mc" and (word.name != "outs" or name == "unlearn~")
    ]
    return (*found, Attribute("table", "symbol", TABLE, "", "", 0, 0, (), "at once"))


def _attribute(word: Word, at_first: dict[str, str]) -> Attribute:
    initial = at_first.get(word.name, f"{word.initial:g}")
    if word.effect == "presets":
        initial = word.choices[int(word.initial)]
    elif not word.choices:
        initial = f"{float(initial):g}"
    types = {"real": "float64", "choice": "symbol"}
    line = word.line.replace("array", "buffer~")
    return Attribute(
        word.name, types.get(word.kind, "long"), line, word.unit, initial, word.low, word.high,
        word.choices, word.effect,
    )  # fmt: skip


def commands(name: str) -> tuple[Word, ...]:
    """Messages that are no attributes, or that may come without a value."""
    return tuple(word for word in words(model(name)) if not word.kind)


def in_order(name: str) -> tuple[str, ...]:
    """The words that arguments set."""
    return arguments(model(name))


def controls(name: str) -> tuple[str, ...]:
    """The words that have an inlet, from left to right."""
    moved = [word.name for word in words(model(name)) if word.effect == "moves"]
    return tuple(moved[: inlets(model(name)) - sources(name)])


def sources(name: str) -> int:
    return 2 if model(name) == "autoregnn2" else 1


def ports(name: str, signals: int = 2) -> tuple[int, list[str]]:
    """How many inlets, and the types of the outlets; unlearn~ has as many as @outs says."""
    count = outs(model(name)) or signals
    kinds = ["multichannelsignal"] if name.startswith("mc.") else ["signal"] * count
    return inlets(model(name)), [*kinds, ""]

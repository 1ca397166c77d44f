"""What a model may be told: the one table in externals/object/, as every host has it."""

import importlib.resources
import json
from functools import cache
from typing import Any, NamedTuple

from .. import checks


class Word(NamedTuple):
    """A setting: its name, what it does, unit, kind, range and value at first.

    `kind` is ``real``, ``whole``, ``choice`` or ``switch``; `effect` says when it counts, and of a
    control ``moves``. `choices` are the names for 0, 1, ..
    """

    name: str
    line: str
    unit: str
    kind: str
    effect: str
    low: float
    high: float
    initial: float
    choices: tuple[str, ...] = ()

    def checked(self, value: Any, high: float | None = None) -> Any:
        """Return `value`, or the number or name that it is the text of.

        Parameters
        ----------
        value : object
            What was told.
        high : float, optional
            The greatest that is allowed; the table's without it.

        Raises
        ------
        ValueError
            If it is not allowed: the error names it, and what is.

        Examples
        --------
        >>> table("autoregnn")["size"].checked("24")
        24
        """
        low, high = self.low, self.high if high is None else high
        if self.kind == "choice":
            return checks.name(self.name, value, self.choices)
        number = _number(value)
        if self.kind != "real":
            whole = int(number) if number == number // 1 else value
            return checks.integer(self.name, whole, int(low), int(high))
        if not low <= number <= high:
            raise ValueError(f"{self.name} must be a number within {low:g}..{high:g}, not {value}")
        return number

    @property
    def default(self) -> Any:
        """What it is at first: a name of a choice, a whole number, or a real one."""
        if self.choices:
            return self.choices[int(self.initial)]
        return self.initial if self.kind == "real" else int(self.initial)


def _number(value: object) -> float:
    """Return a number, or what is the text of one; nan for what is none."""
    try:
        return float("nan") if isinstance(value, bool) else float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return float("nan")


@cache
def _tables() -> dict[str, dict[str, Word]]:
    file = importlib.resources.files("specml.running") / "words.json"
    tables = json.loads(file.read_text(encoding="utf-8"))
    for entry in (entry for entries in tables.values() for entry in entries):
        entry["choices"] = tuple(entry.get("choices", ()))
    return {model: {entry["name"]: Word(**entry) for entry in entries}
            for model, entries in tables.items()}  # fmt: skip


def models() -> tuple[str, ...]:
    """Return the names of the models.

    Examples
    --------
    >>> models()
    ('autoregnn', 'autoregnn2', 'unlearn')
    """
    return tuple(_tables())


def table(model: str) -> dict[str, Word]:
    """Return all words of a model that have a value, by name.

    Examples
    --------
    >>> table("unlearn")["lambda"].unit
    '1/s'
    """
    return _tables()[model]


def controls(model: str) -> dict[str, Word]:
    """Return the words that may change with every sample.

    Examples
    --------
    >>> [*controls("autoregnn")]
    ['autoreg', 'lr', 'ridge', 'teacher']
    """
    return {name: word for name, word in table(model).items() if word.effect == "moves"}


def settings(model: str) -> dict[str, Word]:
    """Return the words that a network is made with, but for its seed.

    Examples
    --------
    >>> [*settings("autoregnn")]
    ['size', 'width', 'layers', 'scale']
    """
    made = ("rebuilds", "changes", "at reset")
    return {name: word for name, word in table(model).items() if word.effect in made}

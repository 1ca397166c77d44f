"""Words for sounds: rules on measures, in a file of TOML."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import toml
from .table import Table

NONE = 255  # the code of a row that no rule fits
MOST = 7  # words: as many colours are told apart


@dataclass(frozen=True)
class Word:
    """A word, and what must be measured for it.

    Attributes
    ----------
    name, about : str
        The word, and what it says.
    when : mapping of str to (float, float)
        The least and the greatest of each measure; a row must obey all.
    """

    name: str
    about: str
    when: Mapping[str, tuple[float, float]]

    def rule(self) -> str:
        """Return the rule as one reads it.

        Examples
        --------
        >>> Word("click", "", {"kurtosis": (12.0, float("inf")), "pauses": (0.3, 0.9)}).rule()
        'kurtosis ≥ 12, 0.3 ≤ pauses ≤ 0.9'
        """
        return ", ".join(_bounded(name, *ends) for name, ends in self.when.items())


def _bounded(name: str, low: float, high: float) -> str:
    if math.isinf(high):
        return f"{name} ≥ {low:g}"
    return f"{name} ≤ {high:g}" if math.isinf(low) else f"{low:g} ≤ {name} ≤ {high:g}"


def read(path: Path) -> list[Word]:
    """Read words, each a table ``[name]`` with ``about`` and, for measures, ``[least, greatest]``.

    Raises
    ------
    ValueError
        If the file says something else.
    OSError
        If it cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "words.toml"
    ...     _ = path.write_text("soft = {level = [-inf, -40]}")
    ...     [(word.name, word.rule()) for word in read(path)]
    [('soft', 'level ≤ -40')]
    """
    try:
        told = toml.read(path)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    if not 1 <= len(told) <= MOST:
        raise ValueError(f"{path} has {len(told)} words, not 1..{MOST}")
    return [_word(path, name, given) for name, given in told.items()]


def _word(path: Path, name: str, given: object) -> Word:
    if not isinstance(given, dict):
        raise ValueError(f"{path}: {name} is a table of measures, not {given!r}")
    rules = {key: value for key, value in given.items() if key != "about"}
    for key, ends in rules.items():
        if not (isinstance(ends, list) and len(ends) == 2 and all(map(_is_number, ends))):
            raise ValueError(f"{path}: {name}.{key} is [least, greatest], not {ends!r}")
    if not rules:
        raise ValueError(f"{path}: {name} has no measure")
    about = str(given.get("about", ""))
    return Word(name, about, {key: (float(low), float(high)) for key, (low, high) in rules.items()})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value)


def holds(word: Word, table: Table) -> NDArray[np.bool_]:
    """Return of which rows a word may be said, ``(rows,)``; what has no value obeys no bound.

    Raises
    ------
    ValueError
        If the table lacks a measure of the rule.

    Examples
    --------
    >>> levels = np.array([-60.0, -20.0, np.nan])
    >>> table = Table(Path("a.parquet"), {"row": np.arange(3), "level": levels}, {})
    >>> holds(Word("soft", "", {"level": (-np.inf, -40.0)}), table).tolist()
    [True, False, False]
    """
    for name in word.when:
        if name not in table.data:
            raise ValueError(f"{table.path.name} has no {name}, which {word.name} is about")
    obeyed = np.ones(table.rows, bool)
    for name, (low, high) in word.when.items():
        obeyed &= (table[name] >= low) & (table[name] <= high)
    return obeyed


def codes(words: Sequence[Word], table: Table) -> NDArray[np.uint8]:
    """Return for each row the first word that holds, as its number, or `NONE`.

    Examples
    --------
    >>> levels = np.array([-60.0, -20.0, np.nan])
    >>> table = Table(Path("a.parquet"), {"row": np.arange(3), "level": levels}, {})
    >>> soft = Word("soft", "", {"level": (-np.inf, -40.0)})
    >>> codes([soft, Word("any", "", {"level": (-np.inf, 0.0)})], table).tolist()
    [0, 1, 255]
    """
    found = np.full(table.rows, NONE, np.uint8)
    for code, word in reversed(list(enumerate(words))):
        found[holds(word, table)] = code
    return found

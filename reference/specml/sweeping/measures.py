"""Measures by name: those of the package, and functions that a user adds."""

import importlib
import inspect
from collections.abc import Sequence
from pathlib import Path

from ..analysis import MEASURES
from ..analysis.measures import Measure


def measure(name: str) -> Measure:
    """Return a measure.

    Parameters
    ----------
    name : str
        A key of `specml.analysis.MEASURES`, or ``module:function``: a function that takes a
        `specml.analysis.Recording` and returns a number.

    Raises
    ------
    ValueError
        If there is none of this name.

    Examples
    --------
    >>> measure("level").__name__
    'level'
    >>> measure("lvel")
    Traceback (most recent call last):
        ...
    ValueError: no measure is called lvel; there are level, ... and module:function, your own
    """
    if name in MEASURES:
        return MEASURES[name]
    module, colon, function = name.partition(":")
    if not colon:
        raise ValueError(
            f"no measure is called {name}; there are {', '.join(MEASURES)} "
            f"and module:function, your own"
        )
    try:
        found = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise ValueError(f"measure {name}: {error}") from error
    if not callable(found):
        raise ValueError(f"measure {name}: {function} is no function")
    return found  # type: ignore[no-any-return]


def modules(names: Sequence[str]) -> dict[str, Path]:
    """Return the file of each module whose functions are among the measures.

    Examples
    --------
    >>> modules(["level", "statistics:mean"])["statistics"].name
    'statistics.py'
    """
    users = sorted({name.partition(":")[0] for name in names if ":" in name})
    found = {module: inspect.getsourcefile(importlib.import_module(module)) for module in users}
    return {module: Path(path) for module, path in found.items() if path}

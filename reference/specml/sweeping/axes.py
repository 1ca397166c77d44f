"""What a sweep goes over: the values of one setting, control or seed, by a place in 0..1."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import exact
from ..reference.arrays import Array

SCALES = ("linear", "log")
EXACT = 2**53  # whole numbers up to here are doubles
FORMS = {("low", "high"): ("scale", "steps"), ("factor",): ("steps",), ("values",): ()}


@dataclass(frozen=True)
class Axis:
    """The values of one name.

    Attributes
    ----------
    name : str
        Of a setting or a control, as in the tables of the models, or ``seed``.
    values : tuple
        Numbers or names to choose from; else they lie between `low` and `high`.
    low, high : float
        The ends, both among the values.
    log : bool
        Equal ratios instead of equal steps.
    times : bool
        They are factors, which multiply what a run has itself.
    whole : bool
        Integers only, each as likely.
    steps : int
        How many of its values a grid has; 0 where it is no grid.
    """

    name: str
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0
    log: bool = False
    times: bool = False
    whole: bool = False
    steps: int = 0

    def at(self, places: Array) -> list[Any]:
        """Return the values at `places` in 0..1, by arithmetic that has one result everywhere.

        Parameters
        ----------
        places : ndarray (n,)
            0 is the lowest, 1 the highest.

        Returns
        -------
        list
            Numbers, integers or names.

        Examples
        --------
        >>> import numpy as np
        >>> places = np.array([0.0, 0.5, 1.0])
        >>> Axis("mu", low=0.25, high=4.0, log=True).at(places)
        [0.25, 1.0, 4.0]
        >>> Axis("width", low=4, high=8, whole=True).at(places)
        [4, 6, 8]
        >>> Axis("energy", values=("dip", "cosine")).at(places)
        ['dip', 'cosine', 'cosine']
        """
        if self.values:
            last = len(self.values) - 1
            chosen = np.minimum(np.floor(places * (last + 1)), last).astype(np.int64)
            return [self.values[k] for k in chosen.tolist()]
        if self.whole:
            between = np.floor(self._between(places, self.low, self.high + 1.0))
            return [int(value) for value in np.clip(between, self.low, self.high)]
        inside = np.clip(self._between(places, self.low, self.high), self.low, self.high)
        ends = np.where(places == 1.0, self.high, np.where(places == 0.0, self.low, inside))
        return [float(value) for value in ends]

    def _between(self, places: Array, low: float, high: float) -> Array:
        if self.log:
            return low * exact.power(np.full(places.shape, high / low), places)
        return low + (high - low) * places


def axis_of(name: str, given: Mapping[str, Any], kind: str, grid: bool) -> Axis:
    """Return what a table of a sweep's file says of one name.

    Parameters
    ----------
    name : str
        For the axis, and for errors.
    given : mapping
        ``{low, high, scale}``, ``{factor = [low, high]}`` or ``{values = [...]}``; in a grid the
        first two have ``steps``.
    kind : {"real", "whole", "choice"}
        What it takes.
    grid : bool
        Whether the design is a grid.

    Raises
    ------
    ValueError
        If a key is missing, unknown or out of range.

    Examples
    --------
    >>> axis = axis_of("lr", {"low": 0.01, "high": 1.0, "scale": "log"}, "real", grid=False)
    >>> axis.log, axis.whole
    (True, False)
    >>> axis_of("lr", {"low": 1.0}, "real", grid=False)
    Traceback (most recent call last):
        ...
    ValueError: lr: it takes low and high, factor, or values, not low
    """
    form = next((keys for keys in FORMS if set(keys) <= set(given)), None)
    if form is None:
        raise ValueError(f"{name}: it takes low and high, factor, or values, not {_said(given)}")
    unknown = sorted(set(given) - set(form) - set(FORMS[form]))
    if unknown:
        raise ValueError(f"{name}: {' and '.join(form)} goes with no {_said(unknown)}")
    if form == ("values",):
        values = _listed(name, given["values"], kind)
        return Axis(name, values, steps=len(values) if grid else 0)
    low, high = _ends(name, given, kind)
    scale = given.get("scale", "log" if "factor" in given else "linear")
    if scale not in SCALES:
        raise ValueError(f"{name}: scale is one of {', '.join(SCALES)}, not {scale!r}")
    if not low < high or (scale == "log" and low <= 0.0):
        rule = "0 < low < high" if scale == "log" else "low < high"
        raise ValueError(f"{name}: {scale} wants {rule}, not {low:g} and {high:g}")
    steps = _steps(name, given, grid, int(high - low) + 1 if kind == "whole" else EXACT)
    return Axis(name, (), low, high, scale == "log", "factor" in given, kind == "whole", steps)


def _ends(name: str, given: Mapping[str, Any], kind: str) -> tuple[float, float]:
    """Return the lowest and the highest."""
    if kind == "choice" or (kind == "whole" and "factor" in given):
        other = "values" if kind == "choice" else "low and high, or values"
        raise ValueError(f"{name}: it takes {other}, not {_said(given)}")
    ends = given["factor"] if "factor" in given else [given["low"], given["high"]]
    if not isinstance(ends, list) or len(ends) != 2:
        raise ValueError(f"{name}: factor is two numbers, [lowest, highest], not {ends!r}")
    low, high = (_number(name, end) for end in ends)
    whole = low.is_integer() and high.is_integer() and -EXACT < low < high < EXACT
    if kind == "whole" and not whole:
        raise ValueError(f"{name}: it takes integers, not {low:g} and {high:g}")
    return low, high


def _steps(name: str, given: Mapping[str, Any], grid: bool, most: int) -> int:
    """Return the steps of a grid; 0 where there is none."""
    if not grid:
        if "steps" in given:
            raise ValueError(f"{name}: steps are for design = 'grid'; here `points` says how many")
        return 0
    steps = given.get("steps")
    if not isinstance(steps, int) or isinstance(steps, bool) or not 2 <= steps <= most:
        upto = "or more" if most == EXACT else f"to {most}"
        raise ValueError(f"{name}: a grid wants steps, an integer of 2 {upto}, not {steps!r}")
    return steps


def _listed(name: str, values: object, kind: str) -> tuple[Any, ...]:
    if not isinstance(values, list) or not values:
        raise ValueError(f"{name}: values is a list, not {values!r}")
    made = tuple(_number(name, value) if kind == "real" else value for value in values)
    if len(set(map(str, made))) < len(made):
        raise ValueError(f"{name}: values has one of them twice")
    return made


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{name}: it takes finite numbers, not {value!r}")
    return float(value)


def _said(names: Iterable[str]) -> str:
    return " and ".join(names) or "nothing"

"""What a sweep goes over: the values of one setting, control or seed, by a place in 0..1."""

import math
from collections.abc import Mapping
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
        The ends, both among the values; with `times` those of a factor.
    log : bool
        Equal ratios instead of equal steps.
    times : bool
        The value is the run's own, times what lies between `low` and `high`.
    whole : bool
        Integers only, each as likely.
    steps : int
        How many values a grid has; 0 where it is no grid.
    """

    name: str
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0
    log: bool = False
    times: bool = False
    whole: bool = False
    steps: int = 0

    def at(self, places: Array, own: float = 1.0) -> list[Any]:
        """Return the values at `places` in 0..1, by arithmetic that has one result everywhere.

        Parameters
        ----------
        places : ndarray (n,)
            0 is the lowest, 1 the highest.
        own : float
            What the run has itself, for a factor.

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
        value = np.where(places == 1.0, self.high, np.where(places == 0.0, self.low, inside))
        scaled = value * own if self.times else value
        return [float(number) for number in scaled]

    def _between(self, places: Array, low: float, high: float) -> Array:
        if self.log:
            return low * exact.power(np.full(places.shape, high / low), places)
        return low + (high - low) * places


def axis_of(name: str, given: Mapping[str, Any], whole: bool, grid: bool) -> Axis:
    """Return what a table of a sweep's file says of one name.

    Parameters
    ----------
    name : str
        For the axis, and for errors.
    given : mapping
        ``{low, high, scale}``, ``{factor = [low, high]}`` or ``{values = [...]}``; in a grid the
        first two have ``steps``.
    whole : bool
        Whether it takes integers only.
    grid : bool
        Whether the design is a grid.

    Raises
    ------
    ValueError
        If a key is missing, unknown or out of range.

    Examples
    --------
    >>> axis_of("lr", {"low": 0.01, "high": 1.0, "scale": "log"}, whole=False, grid=False)
    Axis(name='lr', values=(), low=0.01, high=1.0, log=True, times=False, whole=False, steps=0)
    >>> axis_of("lr", {"low": 1.0}, whole=False, grid=False)
    Traceback (most recent call last):
        ...
    ValueError: lr: it takes low and high, factor, or values, not low
    """
    form = next((keys for keys in FORMS if set(keys) <= set(given)), None)
    if form is None:
        raise ValueError(f"{name}: it takes low and high, factor, or values, not {_said(given)}")
    unknown = set(given) - set(form) - set(FORMS[form])
    if unknown:
        raise ValueError(f"{name}: {' and '.join(form)} goes with no {_said(sorted(unknown))}")
    if form == ("values",):
        return Axis(name, values=_listed(name, given["values"]), whole=whole)
    ends = given["factor"] if form == ("factor",) else [given["low"], given["high"]]
    if not isinstance(ends, list) or len(ends) != 2:
        raise ValueError(f"{name}: factor is two numbers, [lowest, highest], not {ends!r}")
    low, high = (_number(name, end) for end in ends)
    scale = given.get("scale", "log" if form == ("factor",) else "linear")
    if scale not in SCALES:
        raise ValueError(f"{name}: scale is one of {', '.join(SCALES)}, not {scale!r}")
    if not low < high or (scale == "log" and low <= 0.0):
        rule = "0 < low < high" if scale == "log" else "low < high"
        raise ValueError(f"{name}: {scale} wants {rule}, not {low:g} and {high:g}")
    whole = whole and form != ("factor",)
    if whole and not (low.is_integer() and high.is_integer() and -EXACT < low < high < EXACT):
        raise ValueError(f"{name}: it takes integers, not {low:g} and {high:g}")
    steps = _steps(name, given, grid, int(high - low) + 1 if whole else EXACT)
    return Axis(name, (), low, high, scale == "log", form == ("factor",), whole, steps)


def _steps(name: str, given: Mapping[str, Any], grid: bool, most: int) -> int:
    if not grid:
        if "steps" in given:
            raise ValueError(f"{name}: steps are for design = 'grid'; here `points` says how many")
        return 0
    steps = given.get("steps")
    if not isinstance(steps, int) or isinstance(steps, bool) or not 2 <= steps <= most:
        upto = "or more" if most == EXACT else f"to {most}"
        raise ValueError(f"{name}: a grid wants steps, an integer of 2 {upto}, not {steps!r}")
    return steps


def _listed(name: str, values: object) -> tuple[Any, ...]:
    if not isinstance(values, list) or not values:
        raise ValueError(f"{name}: values is a list, not {values!r}")
    if len(set(map(str, values))) < len(values):
        raise ValueError(f"{name}: values has one of them twice")
    return tuple(values)


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{name}: it takes finite numbers, not {value!r}")
    return float(value)


def _said(names: object) -> str:
    return " and ".join(map(str, names)) or "nothing"  # type: ignore[call-overload]

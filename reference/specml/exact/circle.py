"""Sine and cosine of radians."""

import math
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..reference.arrays import Array
from .pairs import Pair, two_sum

_h = float.fromhex
_TWO_OVER_PI = _h("0x1.45f306dc9c883p-1")
# a quarter turn: five numbers of 24 bits, whose products with whole numbers below 2^29 are exact,
# and the rest
_QUARTER = tuple(
    map(
        _h,
        (
            "0x1.921fb40000000p+0",
            "0x1.4442d00000000p-24",
            "0x1.8469880000000p-48",
            "0x1.8cc5160000000p-72",
            "0x1.01b8380000000p-96",
            "0x1.a252049c1114dp-120",
        ),
    )
)
_NEAR = 2.0**29  # from here on the whole quarter turns are counted in integers
_SIN_SERIES = [(-1.0) ** k / math.factorial(2 * k + 1) for k in range(9, 0, -1)]
_COS_SERIES = [(-1.0) ** k / math.factorial(2 * k) for k in range(9, 1, -1)]


def sin(x: ArrayLike) -> Array:
    """Return the sine of `x`, elementwise, within 1 ulp.

    Parameters
    ----------
    x : array_like
        In radians. Of what is not finite it is nan.

    Returns
    -------
    ndarray
        Of the shape of `x`.

    Examples
    --------
    >>> sin([0.0, 0.5, 1e22]).round(6).tolist()
    [0.0, 0.479426, -0.852201]
    """
    x = np.asarray(x, np.float64)
    return np.where(x == 0, x, _turned(x, 0))  # -0 stays


def cos(x: ArrayLike) -> Array:
    """Return the cosine of `x`, elementwise, within 1 ulp.

    Parameters
    ----------
    x : array_like
        In radians. Of what is not finite it is nan.

    Returns
    -------
    ndarray
        Of the shape of `x`.

    Examples
    --------
    >>> cos([0.0, 0.5, 1e22]).round(6).tolist()
    [1.0, 0.877583, 0.523215]
    """
    return _turned(np.asarray(x, np.float64), 1)


def _turned(x: Array, quarters: int) -> Array:
    """Return the sine so many quarter turns later."""
    finite = np.isfinite(x)
    n, r = _reduced(np.where(finite, x, 0.0))
    n = n + quarters
    found = np.where(n & 1, _cosine(*r), _sine(*r))
    found = np.where(n & 2, -found, found)
    return np.where(finite, found, np.nan)


def _reduced(x: Array) -> tuple[NDArray[np.int64], Pair]:
    """Return the nearest whole number of quarter turns, and what is left of x."""
    near = np.abs(x) < _NEAR
    n = np.rint(np.where(near, x, 0.0) * _TWO_OVER_PI)
    r, low = np.where(near, x, 0.0) - n * _QUARTER[0], np.zeros_like(x)
    for part in _QUARTER[1:]:
        r, error = two_sum(r, -n * part)
        low = low + error
    r, low = two_sum(r, low)
    whole = n.astype(np.int64)
    for at in np.argwhere(~near):
        place = tuple(at)
        whole[place], r[place], low[place] = _reduced_far(float(x[place]))
    return whole, (r, low)


def _reduced_far(x: float) -> tuple[int, float, float]:
    """Return the same of one large number, by integers."""
    quarter, bits = _quarter_turn()
    over, under = x.as_integer_ratio()
    n, rest = divmod(2 * ((over << bits) // under) + quarter, 2 * quarter)
    rest = (rest - quarter) >> 1
    high = rest / (1 << bits)
    over, under = high.as_integer_ratio()
    return n & 3, high, (rest * under - (over << bits)) / (under << bits)


@cache
def _quarter_turn() -> tuple[int, int]:
    """Return pi / 2 times 2^bits, and bits: pi = 16 atan(1/5) - 4 atan(1/239), Machin 1706."""
    bits, guard = 1200, 32

    def arctangent(of: int) -> int:
        power = total = (1 << (bits + guard)) // of
        k = 1
        while power:
            power //= -of * of
            k += 2
            total += power // k
        return total

    return (8 * arctangent(5) - 2 * arctangent(239)) >> guard, bits


def _sine(r: Array, low: Array) -> Array:
    """Return the sine of r + low, abs(r) below 0.79, by its Taylor series."""
    z = r * r
    series = np.full_like(r, _SIN_SERIES[0])
    for term in _SIN_SERIES[1:]:
        series = series * z + term
    return r + (low * (1.0 - 0.5 * z) + r * z * series)


def _cosine(r: Array, low: Array) -> Array:
    """Return the cosine of the same."""
    z = r * r
    series = np.full_like(r, _COS_SERIES[0])
    for term in _COS_SERIES[1:]:
        series = series * z + term
    half = 0.5 * z
    first = 1.0 - half
    return first + (((1.0 - first) - half) + (z * z * series - r * low))

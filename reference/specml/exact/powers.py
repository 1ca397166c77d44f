"""Exponential, logarithms and powers."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..reference.arrays import Array
from .pairs import Pair, product, quick_sum, two_product, two_sum

_h = float.fromhex
_LN2 = (_h("0x1.62e42fefa3000p-1"), _h("0x1.3de6af278ece6p-42"))  # 41 bits, and the rest
_ONE_OVER_LN2 = _h("0x1.71547652b82fep+0")
_LOG10_E = (_h("0x1.bcb7b1526e50ep-2"), _h("0x1.95355baaafad3p-57"))
_THIRD = (1.0 / 3.0, _h("0x1.5555555555555p-56"))
_SQRT2 = _h("0x1.6a09e667f3bcdp+0")
_LEAST = 2.0**-1022  # of the normal numbers
_EXP_SERIES = [1.0 / math.factorial(k) for k in range(13, 1, -1)]
_LOG_SERIES = [1.0 / k for k in range(23, 3, -2)]  # of atanh, from its third term on


def exp(x: ArrayLike) -> Array:
    """Return e to the power of `x`, elementwise, within 1 ulp.

    Parameters
    ----------
    x : array_like
        Any numbers.

    Returns
    -------
    ndarray
        Of the shape of `x`.

    Examples
    --------
    >>> exp([0.0, 1.0]).round(6).tolist()
    [1.0, 2.718282]
    """
    x = np.asarray(x, np.float64)
    return np.where(np.isnan(x), np.nan, _exp_of_pair(np.nan_to_num(x), np.zeros_like(x)))


def log(x: ArrayLike) -> Array:
    """Return the natural logarithm of `x`, elementwise, within 1 ulp.

    Parameters
    ----------
    x : array_like
        Of 0 it is -inf, below 0 nan.

    Returns
    -------
    ndarray
        Of the shape of `x`.

    Examples
    --------
    >>> log([0.0, 1.0, 2.0]).round(6).tolist()
    [-inf, 0.0, 0.693147]
    """
    x = np.asarray(x, np.float64)
    return _edges(x, _log_pair(_inside(x))[0])


def log10(x: ArrayLike) -> Array:
    """Return the logarithm of `x` to the base 10, elementwise, within 1 ulp.

    Of a power of ten that is a double it is exact.

    Parameters
    ----------
    x : array_like
        Of 0 it is -inf, below 0 nan.

    Returns
    -------
    ndarray
        Of the shape of `x`.

    Examples
    --------
    >>> log10([0.01, 1000.0]).tolist()
    [-2.0, 3.0]
    """
    x = np.asarray(x, np.float64)
    return _edges(x, product(_log_pair(_inside(x)), _LOG10_E)[0])


def power(x: ArrayLike, y: ArrayLike) -> Array:
    """Return `x` to the power of `y`, elementwise, within 1 ulp, exact where that is a double.

    Parameters
    ----------
    x, y : array_like
        The base and the exponent. A base below 0 has powers of whole exponents only.

    Returns
    -------
    ndarray
        Of the shape that both have together.

    Examples
    --------
    >>> power([2.0, -3.0, 4.0, -1.0], [10.0, 3.0, 0.5, 0.5]).tolist()
    [1024.0, -27.0, 2.0, nan]
    """
    x, y = np.broadcast_arrays(np.asarray(x, np.float64), np.asarray(y, np.float64))
    base = np.abs(x)
    plain = np.isfinite(y) & (base > 0) & (base < np.inf)
    magnitude = np.where(plain, _positive_power(np.where(plain, base, 1.0), np.where(plain, y, 0)),
                         _power_at_ends(base, y))  # fmt: skip
    with np.errstate(invalid="ignore"):
        half = y * 0.5
        whole, odd = np.floor(y) == y, np.floor(half) != half
    below = np.copysign(1.0, x) < 0
    signed = np.where(below & whole & odd & np.isfinite(y), -magnitude, magnitude)
    found = np.where((x < 0) & ~whole & (base < np.inf), np.nan, signed)
    found = np.where(np.isnan(x) | np.isnan(y), np.nan, found)
    return np.where((x == 1) | (y == 0), 1.0, found)


def _positive_power(x: Array, y: Array) -> Array:
    """Return x^y of finite numbers, x > 0."""
    high, low = _log_pair(x)
    with np.errstate(over="ignore"):
        about = high * y
    far = np.abs(about) > 800  # beyond all doubles
    high, low = product((high, low), (np.where(far, 0.0, y), np.zeros_like(y)))
    return _exp_of_pair(np.where(far, about, high), low)


def _power_at_ends(x: Array, y: Array) -> Array:
    """Return x^y where x is 0 or inf, or y is infinite."""
    with np.errstate(invalid="ignore"):
        grows = np.where(x > 1, y, np.where(x < 1, -y, 0.0))
    return np.where(grows > 0, np.inf, np.where(grows < 0, 0.0, 1.0))


def _exp_of_pair(x: Array, low: Array) -> Array:
    """Return e^(x + low): 2^n e^r with abs(r) below 0.35."""
    x = np.minimum(np.maximum(x, -800.0), 800.0)
    n = np.rint(x * _ONE_OVER_LN2)
    r, rest = two_sum(x - n * _LN2[0], low - n * _LN2[1])
    series = np.full_like(r, _EXP_SERIES[0])
    for term in _EXP_SERIES[1:]:
        series = series * r + term
    one, more = two_sum(1.0, r)
    return _times_power_of_two(one + (more + (rest + r * r * series)), n.astype(np.int64))


def _times_power_of_two(x: Array, n: NDArray[np.int64]) -> Array:
    """Return x 2^n, rounded once, for x near 1 and abs(n) < 2000."""
    half = n >> 1
    with np.errstate(over="ignore", under="ignore"):
        return x * _power_of_two(half) * _power_of_two(n - half)


def _power_of_two(n: NDArray[np.int64]) -> Array:
    return ((n + 1023) << 52).view(np.float64)


def _log_pair(x: Array) -> Pair:
    """Return the logarithm of finite x > 0.

    x is 2^n m with m between sqrt(1/2) and sqrt(2), and log m = 2 atanh s, s = (m - 1) / (m + 1),
    which is 2 (s + s^3 / 3 + ..). The first two terms are pairs, the others doubles.
    """
    tiny = x < _LEAST
    bits = (x * np.where(tiny, 2.0**54, 1.0)).view(np.int64)
    octave = (bits >> 52) - 1023 - np.where(tiny, 54, 0)
    m = ((bits & ((1 << 52) - 1)) | (1023 << 52)).view(np.float64)
    large = m > _SQRT2
    m = np.where(large, m * 0.5, m)
    n: Array = (octave + large).astype(np.float64)
    s = _quotient(m - 1.0, two_sum(1.0, m))
    square = product(s, s)
    series = np.full_like(m, _LOG_SERIES[0])
    for term in _LOG_SERIES[1:]:
        series = series * square[0] + term
    cube = product(product(s, square), _THIRD)
    fifth = s[0] * square[0] * square[0] * series
    high, low = quick_sum(s[0], cube[0])
    part = quick_sum(2.0 * high, 2.0 * (low + (s[1] + (cube[1] + fifth))))
    high, low = two_sum(n * _LN2[0], part[0])
    return quick_sum(high, low + (n * _LN2[1] + part[1]))


def _quotient(a: Array, b: Pair) -> Pair:
    """Return a / b."""
    high = a / b[0]
    back = two_product(high, b[0])
    return quick_sum(high, ((a - back[0]) - back[1] - high * b[1]) / b[0])


def _inside(x: Array) -> Array:
    """Return x, or 1 where it has no finite logarithm."""
    return np.where((x > 0) & (x < np.inf), x, 1.0)


def _edges(x: Array, logarithm: Array) -> Array:
    """Return a logarithm, and what it is where it is not finite."""
    found = np.where(x > 0, np.where(x < np.inf, logarithm, np.inf), np.nan)
    return np.where(x == 0, -np.inf, found)

"""Numbers as sums of two doubles, the second below half an ulp of the first: about 104 bits.

Source: T. J. Dekker, "A floating-point technique for extending the available precision",
Numerische Mathematik 18, 1971; D. E. Knuth, The Art of Computer Programming 2, 4.2.2.
"""

from typing import TypeAlias

from ..reference.arrays import Array

Pair: TypeAlias = tuple[Array, Array]
_SPLIT = 2.0**27 + 1


def two_sum(a: Array | float, b: Array) -> Pair:
    """Return a + b without error."""
    total = a + b
    other = total - a
    return total, (a - (total - other)) + (b - other)


def quick_sum(a: Array, b: Array) -> Pair:
    """Return a + b without error where abs(a) >= abs(b)."""
    total = a + b
    return total, b - (total - a)


def two_product(a: Array, b: Array | float) -> Pair:
    """Return a b without error, where neither is beyond 2^990."""
    product = a * b
    a_high, a_low = _halves(a)
    b_high, b_low = _halves(b)
    error = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
    return product, error


def product(a: Pair, b: Pair | tuple[float, float]) -> Pair:
    """Return the product of two pairs."""
    high, low = two_product(a[0], b[0])
    return quick_sum(high, low + (a[0] * b[1] + a[1] * b[0]))


def _halves(a: Array | float) -> tuple[Array | float, Array | float]:
    """Return a as the sum of two numbers of 26 bits."""
    high = _SPLIT * a
    high = high - (high - a)
    return high, a - high

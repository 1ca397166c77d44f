"""Where two arrays of numbers first differ, by how many steps of their format, and how many do."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]  # float32, float64, int64 or uint64
PIECE = 1 << 20  # numbers looked at together, so that large files need little memory beside them


@dataclass(frozen=True)
class Difference:
    """What two arrays of one shape and kind do not have in common.

    Attributes
    ----------
    count : int
        Numbers whose bits differ, at least 1.
    first : int
        Index of the first of them, in the order of the arrays.
    first_steps, most_steps : int
        How many numbers of their format two are apart: at the first, and at most. 0 and -0 are 0.
    most : int
        Index of the first that is `most_steps` apart.
    greatest : float
        The greatest magnitude of a difference; NaN if one of two is.
    at : int
        Its index.
    """

    count: int
    first: int
    first_steps: int
    most_steps: int
    most: int
    greatest: float
    at: int


def difference(a: Numbers, b: Numbers) -> Difference | None:
    """Return what differs, or None if all bits are the same.

    Parameters
    ----------
    a, b : ndarray
        Of one shape and one type, float32, float64, int64 or uint64.
    """
    a, b = np.ascontiguousarray(a).ravel(), np.ascontiguousarray(b).ravel()
    found = None
    for begin in range(0, len(a), PIECE):
        piece = _of_piece(a[begin : begin + PIECE], b[begin : begin + PIECE], begin)
        found = _joined(found, piece) if found and piece else found or piece
    return found


def _of_piece(a: Numbers, b: Numbers, begin: int) -> Difference | None:
    bits = f"u{a.itemsize}"
    places = np.flatnonzero(a.view(bits) != b.view(bits))
    if not places.size:
        return None
    a, b = a[places], b[places]
    apart = steps(a, b)
    with np.errstate(invalid="ignore", over="ignore"):
        away = np.abs(a.astype(np.float64) - b.astype(np.float64))
    most, at = int(np.argmax(apart)), int(np.argmax(away))  # NaN counts as the greatest
    return Difference(
        len(places), int(places[0]) + begin, int(apart[0]), int(apart[most]),
        int(places[most]) + begin, float(away[at]), int(places[at]) + begin,
    )  # fmt: skip


def _joined(one: Difference, later: Difference) -> Difference:
    most = one if one.most_steps >= later.most_steps else later
    further = later.greatest > one.greatest or np.isnan(later.greatest)
    greatest = later if further and not np.isnan(one.greatest) else one
    return Difference(
        one.count + later.count, one.first, one.first_steps, most.most_steps, most.most,
        greatest.greatest, greatest.at,
    )  # fmt: skip


def steps(a: Numbers, b: Numbers) -> NDArray[np.uint64]:
    """Return how many numbers of their format each two are apart: of floats, ulps.

    That is 1 for neighbours, whatever their exponents; 0 and -0 are the same number.
    """
    keys = [_key(part) for part in (a, b)]
    return np.maximum(*keys) - np.minimum(*keys)


def _key(x: Numbers) -> NDArray[np.uint64]:
    """Return whole numbers in the order of `x`, one more for the next number of its format."""
    top = np.uint64(1 << 63)
    if x.dtype.kind == "u":
        return x.astype(np.uint64)
    if x.dtype.kind == "i":
        return x.astype(np.int64).view(np.uint64) ^ top
    sign = np.uint64(1 << (8 * x.itemsize - 1))
    bits = x.view(f"u{x.itemsize}").astype(np.uint64)
    return np.where(bits & sign != 0, top - (bits ^ sign), top + bits)

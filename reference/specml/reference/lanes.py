"""Lanes: units run fastest in memory, padded to a multiple of 8 whose padding stays zero."""

from .arrays import Array

LANES = 8


def padded(units: int) -> int:
    """Return `units` rounded up to whole blocks of lanes."""
    return -(-units // LANES) * LANES


def total(x: Array) -> float:
    """Sum a row ``(lanes,)``: blocks of 8 add up in order, then the 8 in a tree."""
    blocks = x.reshape(-1, LANES)
    a = blocks[0]
    for block in blocks[1:]:
        a = a + block
    b = a[:4] + a[4:]
    return float((b[0] + b[2]) + (b[1] + b[3]))


def dot(x: Array, y: Array) -> float:
    """Sum a row times a row, ``(lanes,)`` each, in the order of `total`."""
    return total(x * y)

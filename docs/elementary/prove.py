"""tanh of elementary.h never falls: bounds inside the pieces of its table, a walk at their borders.

    python prove.py        both, in half a minute

The result is RN(base + S), and RN is monotonic. Inside a piece base is constant, so it is enough
that the computed S never falls from one double to the next. It is the exact polynomial p, whose
growth over one step is at least ulp(a) min p', plus roundings, at most E at either end: 2 E must
be smaller. Each term r_k d^k carries the roundings of its power, of its product and of three
sums, u = 2^-53 each. Below 1/8 base is a itself: a grows by ulp(a), and what S may fall by, its
own slope and 2 E, must be smaller than that.
"""

import math
from itertools import pairwise

import numpy as np

from specml.reference import elementary as E

U = 2.0**-53
SLACK = 1.0001  # for second-order terms
# roundings in d^k as elementary.h multiplies it: where d is exact, and where e is a * a
POWER = (0, 0, 1, 2, 3, 4, 5, 6)
SMALL_POWER = (0, 0, 2, 4, 6, 8, 10, 12)
SUMS_AND_PRODUCT = 4
WALK = 2**15  # doubles on either side of a border


def borders() -> list[float]:
    """Return where the pieces begin, 1/8 first, and where 1 begins."""
    first = int(E._TANH_FIRST) + 1
    rows = np.arange(first, first + len(E.TANH) - 1, dtype=np.uint64)
    return (rows << E._TANH_SHIFT).view(np.float64).tolist()


def inside(begin: float, end: float, r: np.ndarray, lo: float, parts: int = 64) -> float:
    """Return the largest 2 E / growth of S over the parts of one piece."""
    worst = 0.0
    for d in np.linspace(0.0, end - begin, parts + 1)[1:]:
        terms = [abs(r[k]) * d**k for k in range(1, 8)]
        roundings = sum((POWER[k] + SUMS_AND_PRODUCT) * t for k, t in enumerate(terms, start=1))
        error = U * (roundings + 3 * abs(lo))
        bend = sum(k * (k - 1) * abs(r[k]) * d ** (k - 2) for k in range(2, 8))
        slope = sum(k * r[k] * d ** (k - 1) for k in range(1, 8)) - bend * (end - begin) / parts
        worst = max(worst, 2 * error * SLACK / (math.ulp(begin) * slope) if slope > 0 else math.inf)
    return worst


def below_an_eighth(parts: int = 256) -> float:
    """Return the largest (what S may fall by) / ulp(a); both go by a^2 of ulp(a), or faster."""
    r, worst = E.TANH[0], 0.0
    for a in np.linspace(0.0, E._TANH_SMALL, parts + 1)[1:]:
        terms = [abs(r[k]) * a ** (2 * k - 1) for k in range(2, 8)]
        slope = sum((2 * k - 1) * abs(r[k]) * a ** (2 * k - 2) for k in range(2, 8))
        roundings = ((SMALL_POWER[k] + SUMS_AND_PRODUCT) * t for k, t in enumerate(terms, start=2))
        error = U * sum(roundings)
        worst = max(worst, slope + 2 * error * SLACK / (U * a))  # ulp(a) >= u a
    return worst


def walk() -> int:
    """Return how many neighbours of the borders fall."""
    falls = 0
    for border in borders():
        middle = np.float64(border).view(np.int64)
        x = np.arange(middle - WALK, middle + WALK + 1).view(np.float64)
        falls += int(np.sum(np.diff(E.tanh(x)) < 0))
    return falls


def main() -> None:
    """Print the bounds and what the walk found."""
    begins = borders()
    ratios = [
        inside(begin, end, E.TANH[row], E._TANH_LO[row])
        for row, (begin, end) in enumerate(pairwise(begins), start=1)
    ]
    at = int(np.argmax(ratios))
    print(f"inside {len(ratios)} pieces: 2 E / growth <= {ratios[at]:.3f}, from {begins[at]:g} on")
    print(f"below 1/8: fall of S / ulp(a) <= {below_an_eighth():.3f}")
    print(f"at {len(begins)} borders, {WALK} doubles on either side: {walk()} fall")
    print(f"at most {float(E.tanh(1e308))}")


if __name__ == "__main__":
    main()

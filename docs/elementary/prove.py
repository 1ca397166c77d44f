"""tanh of elementary.h is monotonic for a < X0.

The result is RN(a - t), t = RN(num / den).  RN is monotonic, so between the
neighbours a and a' = a + ulp(a) only a growth of t by more than ulp(a) could do
harm.  den cannot fall: each operation in it is increasing, and so is its rounded
version.  num can grow by its exact growth and by one ulp for each rounding on the
way.  On each of many short pieces this bounds growth / ulp(a); it must be < 1.
Below 2^-27, t < ulp(a)/4 and there is nothing to show.
"""

import math
from math import frexp

from specml.reference import elementary as E


def ulp(v):
    """Return the unit in the last place of `v`, or of what is a little larger."""
    return math.ulp(v * (1 + 1e-12))


def growth(lo, hi):
    """Bound of num'/den' - num/den for neighbours in [lo, hi], in one binade."""
    da, a, z = math.ulp(lo), hi, hi * hi  # sizes are largest at hi
    dz = 2 * a * da + ulp(z)
    daz = z * da + a * dz + ulp(a * z)
    inner = E._N1 + z * E._N2
    dinner = dz * E._N2 + ulp(z * E._N2) + ulp(inner)
    dn = z * dinner + inner * dz + ulp(z * inner) + ulp(E._N0 + z * inner)
    n = E._N0 + z * inner
    dnum = a * z * dn + n * daz + ulp(a * z * n)
    z = lo * lo  # den is smallest at lo
    den = E._D0 + z * (E._D1 + z * (E._D2 + z))
    t_lo, t_hi = (float(x - E.tanh(x)) for x in (lo, hi))
    same_binade = frexp(t_lo * 0.999)[1] == frexp(t_hi * 1.001)[1]
    coarser = 0 if same_binade else ulp(t_hi * 1.001)  # RN(t + U) <= RN(t) + U + this
    return 1.0001 * dnum / den + coarser


def bound():
    """Return the largest growth of t, in ulp(a), over the pieces of [2^-27, X0), and where."""
    worst, lo = (0.0, 0.0), 2.0**-27
    while lo < E._TANH_X0:
        binade_end = 2.0 ** frexp(lo)[1]
        hi = min(E._TANH_X0, binade_end, lo * (1 + 2**-12))
        worst = max(worst, (growth(lo, hi) / math.ulp(lo), lo))
        lo = hi
    return worst


if __name__ == "__main__":
    worst, where = bound()
    verdict = "monotonic" if worst < 1 else "NOT PROVED"
    print(f"growth of t / ulp(a) <= {worst:.4f}, at a = {where:.5f}: {verdict}")

"""How the table of tanh was made.

    python table.py        writes elementary_table.c and elementary_table.py anew

A row serves one piece of the positive axis and holds r0..r7, a cache line. Row 0 serves
a < 1/8: there tanh a = a + (r2 a^3 + r3 a^5 + .. + r7 a^13), r0 = r1 = 0. Then 32 rows an
octave up to 19.5: with c where the piece begins and d = a - c,

    tanh a = r0 + (lo + r1 d + r2 d^2 + .. + r7 d^7)

r0 is tanh(c) rounded; lo, which r0 lacks of it, sits in the low half of r7, where it
changes r7 by less than 2^-20 of itself. The last row is that of 1. r1..r7 interpolate tanh at the
eight Chebyshev nodes of the piece; what their polynomial lacks at d = 0 belongs to lo too.
"""

import struct
from pathlib import Path

from fit import chebyshev, fit_polynomial
from mpmath import lu_solve, matrix, mp, mpf, sqrt, tanh

mp.prec = 300

FIRST, ROWS_AN_OCTAVE, ONE = -3, 32, mpf("19.5")  # 2^FIRST = 1/8, where row 0 ends
DEGREE = 7
EXTERNALS = Path(__file__).parents[2] / "externals" / "core"
REFERENCE = Path(__file__).parents[2] / "reference" / "specml" / "reference"


def bits(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def from_bits(b):
    return struct.unpack("<d", struct.pack("<Q", b))[0]


def with_low_half(x, lo):
    """The double nearest to x whose low 32 bits are the high 32 bits of lo, rounded."""
    half = (bits(float(lo)) + 2**31) >> 32 & 0xFFFFFFFF
    high = bits(float(x)) >> 32
    candidates = (from_bits(high + step << 32 | half) for step in (-1, 0, 1))
    return min(candidates, key=lambda y: abs(mpf(y) - x))


def piece(c, width):
    """The row of c <= a < c + width."""
    nodes = chebyshev(mpf(0), width, DEGREE + 1)
    powers = matrix([[(d / width) ** k for k in range(DEGREE + 1)] for d in nodes])
    scaled = lu_solve(powers, matrix([tanh(c + d) - tanh(c) for d in nodes]))
    constant, *slopes = [scaled[k] / width**k for k in range(DEGREE + 1)]
    r0 = float(tanh(c))
    lo = tanh(c) - mpf(r0) + constant
    return [r0, *(float(r) for r in slopes[:-1]), with_low_half(slopes[-1], lo)]


def small():
    """The row of a < 1/8: (tanh(a)/a - 1)/z is a polynomial in z = a^2, its error seen from a."""
    end = mpf(2) ** FIRST
    g = lambda z: (tanh(sqrt(z)) / sqrt(z) - 1) / z
    c, _ = fit_polynomial(g, lambda z: z, 5, mpf(0), end**2, lambda x: with_low_half(x, 0))
    return [0.0, 0.0, *c]


def rows():
    table, c, octave = [small()], mpf(2) ** FIRST, FIRST
    while c < ONE:
        width = mpf(2) ** octave / ROWS_AN_OCTAVE
        table.append(piece(c, width))
        c += width
        octave += c == mpf(2) ** (octave + 1)
    return [*table, [1.0, *[0.0] * DEGREE]]


C_FILE = """/* The table of tanh: 32 rows an octave. From docs/elementary/table.py. */
#include "elementary_table.h"

/* clang-format off */
const double elementary_tanh_table[TANH_ROWS][TANH_ROW] __attribute__((aligned(64))) = {{
{rows}
}};
"""
PYTHON_FILE = '''"""The table of tanh: 32 rows an octave. From docs/elementary/table.py."""

import numpy as np

HEX = """
{rows}
"""
TANH = np.array([float.fromhex(x) for x in HEX.split()]).reshape(-1, 8)
'''


def main():
    table = [[x.hex() for x in row] for row in rows()]
    in_c = "\n".join(f"{{{','.join(row[:4])},\n {','.join(row[4:])}}}," for row in table)
    in_python = "\n".join(f"{' '.join(row[:4])}\n{' '.join(row[4:])}" for row in table)
    (EXTERNALS / "elementary_table.c").write_text(C_FILE.format(rows=in_c))
    (REFERENCE / "elementary_table.py").write_text(PYTHON_FILE.format(rows=in_python))
    print(f"{len(table)} rows")


if __name__ == "__main__":
    main()

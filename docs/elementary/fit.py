"""How the coefficients of the cosine in elementary.h and elementary.py were found.

    python fit.py          prints every constant as a hex float, with its error

Each fit is a weighted linear least-squares fit at many Chebyshev nodes in
300-bit arithmetic, which is within a factor of about two of the minimax fit.
Polynomial coefficients are rounded to binary64 one at a time, lowest degree
first; those not yet rounded are refitted so that they absorb the rounding.
"""

from math import ulp

from mpmath import cos, log, lu_solve, matrix, mp, mpf, pi, sin, sqrt

mp.prec = 300


def chebyshev(lo, hi, count):
    return [
        (lo + hi) / 2 - (hi - lo) / 2 * cos(pi * (i + mpf(1) / 2) / count) for i in range(count)
    ]


def value(c, z):
    s = mpf(0)
    for a in reversed(c):
        s = s * z + a
    return s


def least_squares(rows, rhs):
    A, b = matrix(rows), matrix(rhs)
    return list(lu_solve(A.T * A, A.T * b))


def fit_polynomial(g, weight, degree, lo, hi, round_last=float):
    """c, max |weight (c(z) - g(z))|, with every c[i] a binary64 number."""
    nodes = chebyshev(lo, hi, 8 * (degree + 1))
    G, W = [g(z) for z in nodes], [weight(z) for z in nodes]
    c = []
    for k in range(degree + 1):
        free = least_squares(
            [[w * z**j for j in range(k, degree + 1)] for z, w in zip(nodes, W)],
            [w * (y - value(c, z)) for z, w, y in zip(nodes, W, G)],
        )
        c.append(mpf((float if k < degree else round_last)(free[0])))
    return [float(a) for a in c], largest(lambda z: weight(z) * (value(c, z) - g(z)), lo, hi)


def largest(error, lo, hi, count=2000):
    return max(abs(error(z)) for z in chebyshev(lo, hi, count))


def show(name, c, err=None):
    print(name if err is None else f"{name}   (approximation error 2^{float(log(err, 2)):.2f})")
    for i, a in enumerate(c):
        print(f"    [{i}] {float(a).hex():>24}  {float(a):.17g}")


def seven_or_eight(c, z):
    """Lo + z^4 hi exactly as elementary.h evaluates it, apart from the powers of
    z being multiplied in: at z = 1/4 they are powers of two, hence exact.
    """
    z2, top = z * z, c[6] + c[7] * z if len(c) == 8 else c[6]
    return (c[0] + c[1] * z) + z2 * (c[2] + c[3] * z) + z2 * z2 * ((c[4] + c[5] * z) + z2 * top)


def nudge(c, goal):
    """Move c[1] by last bits until c[0] + z (c[1] + ...) at z = 1/4 rounds to goal."""
    for step in sorted(range(-20, 21), key=abs):
        b = c[1:]
        b[0] += step * ulp(b[0])
        if c[0] + 0.25 * seven_or_eight(b, 0.25) == goal:
            return [c[0]] + b, step
    raise ValueError("no nudge reaches the goal")


def main():
    # sin^2(pi f/2) = z R(z) and -(pi/2) sin(pi f) = f T(z), z = f^2 <= 1/4.
    quarter = mpf(1) / 4
    g = lambda z: sin(pi * sqrt(z) / 2) ** 2 / z
    R, err = fit_polynomial(g, lambda z: 1 / g(z), 7, 0, quarter)
    R, step = nudge(R, 2.0)
    show(f"SIN2, [1] nudged by {step} ulp", R, err)
    h = lambda z: -pi / 2 * sin(pi * sqrt(z)) / sqrt(z)
    T, err = fit_polynomial(h, lambda z: 1 / h(z), 8, 0, quarter)
    T, step = nudge(T, -float(pi))
    show(f"SLOPE, [1] nudged by {step} ulp", T, err)


if __name__ == "__main__":
    main()

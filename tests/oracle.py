"""How far elementary functions are from the truth, which mpmath tells, in units in the last place.

mpmath's `libmp` works on plain tuples with a given precision: 10^6 points take seconds.
"""

import math
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from mpmath import libmp

PRECISION = 100  # bits: errors of the oracle are 2^-47 ulp
FINE = 30  # bits of an ulp that are measured
CHUNK = 25000  # points handed to a worker at a time


def _tanh(x):
    return libmp.mpf_tanh(x, PRECISION, "n")


def _cosine(x):
    """(1 + cos(pi x)) / 2 = cos^2(pi x / 2), which keeps its precision near its zeros."""
    half = libmp.mpf_cos_pi(libmp.mpf_shift(x, -1), PRECISION, "n")
    return libmp.mpf_mul(half, half, PRECISION, "n")


_HALF_PI = libmp.mpf_shift(libmp.mpf_pi(PRECISION), -1)


def _cosine_derivative(x):
    sine = libmp.mpf_sin_pi(x, PRECISION, "n")
    return libmp.mpf_neg(libmp.mpf_mul(_HALF_PI, sine, PRECISION, "n"))


TRUTH = {"tanh": _tanh, "cosine": _cosine, "cosine_derivative": _cosine_derivative}


def ulps(y: float, truth) -> float:
    """Distance of `y` from `truth`, in ulp of the truth."""
    negative, mantissa, exponent, bits = truth
    if not mantissa:
        return 0.0 if y == 0.0 else math.inf
    ulp = max(exponent + bits - 1, -1022) - 52
    unit = ulp - FINE
    shift = exponent - unit
    whole = mantissa << shift if shift >= 0 else mantissa >> -shift
    return abs(int(math.ldexp(y, -unit)) - (-whole if negative else whole)) / 2.0**FINE


def _worst_of_chunk(task) -> tuple[float, float]:
    name, x, y = task
    truth = TRUTH[name]
    errors = [
        ulps(b, truth(libmp.from_float(a))) for a, b in zip(x.tolist(), y.tolist(), strict=True)
    ]
    at = int(np.argmax(errors))
    return errors[at], float(x[at])


def worst(name: str, x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Return the greatest error of `y` as ``TRUTH[name](x)``, in ulp, and its x."""
    tasks = [(name, x[k : k + CHUNK], y[k : k + CHUNK]) for k in range(0, len(x), CHUNK)]
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        return max(pool.map(_worst_of_chunk, tasks))

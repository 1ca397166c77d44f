"""Finite by construction: what enters is repaired here, what stays is kept away from subnormals.

So nothing can become NaN or Inf, and flush-to-zero modes change no bit.
"""

import math

import numpy as np

from .arrays import Array

SAMPLE_MAX = 1e6  # a larger input sample is clipped to this
SAMPLE_MIN = 2.0**-126  # a smaller sample is 0: the least normal 32-bit float
STATE_MIN = 2.0**-500  # a smaller state variable is 0: its square is still normal
WEIGHT_MAX = 2.0**500  # the largest weight that can be written


def clamp(x: float | Array, low: float, high: float) -> Array:
    """Return `x`, or the bound it is beyond; elementwise."""
    raised = np.where(x > low, x, low)
    return np.where(raised < high, raised, high)


def output(x: float | Array) -> Array:
    """Return a sample that leaves the model: no subnormals, no -0; elementwise."""
    return np.where(np.abs(x) < SAMPLE_MIN, 0.0, x)


def input(x: float) -> tuple[float, int]:
    """Return a sample that enters the model, and 1 if it had to be repaired."""
    if abs(x) <= SAMPLE_MAX:
        return float(output(x)), 0
    return (math.copysign(SAMPLE_MAX, x) if math.isfinite(x) else 0.0), 1


def state(x: float | Array) -> Array:
    """Return a state variable after a step: no subnormals, no -0; elementwise."""
    return np.where(np.abs(x) < STATE_MIN, 0.0, x)


def control(x: float, old: float, low: float, high: float) -> float:
    """Return a control that is set, clamped to its range; `old` if `x` is not finite."""
    return float(clamp(output(x), low, high)) if math.isfinite(x) else old

"""Elementary functions, sums and spectra with the same bits on every machine.

NumPy's own choose among instruction sets, and so among roundings. Here every element takes the
same additions, multiplications, divisions and choices in a fixed order. What comes out is a double
or an array of doubles; out of range is inf, 0 or nan as in NumPy, but without a warning.
"""

from .circle import cos, sin
from .fourier import fft, hann
from .powers import exp, log, log10, power
from .sums import mean, total

__all__ = ["cos", "exp", "fft", "hann", "log", "log10", "mean", "power", "sin", "total"]

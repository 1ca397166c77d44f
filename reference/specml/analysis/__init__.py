"""Measures of sounds and of what models do, with their equations in docs/analysis.md."""

from .figures import centroids, flatnesses, high_levels, line_powers, swells
from .lags import correlations
from .measures import MEASURES, correlation, lyapunov, measured
from .powers import levels
from .recording import Recording, Twin
from .spectral import bubbles, centroid, flatness, lines
from .spectrum import Spectra, spectra
from .temporal import death, kurtosis, level, pauses
from .twins import divergence, exponent

__all__ = [
    "MEASURES", "Recording", "Spectra", "Twin", "bubbles", "centroid", "centroids", "correlation",
    "correlations", "death", "divergence", "exponent", "flatness", "flatnesses", "high_levels",
    "kurtosis", "level", "levels", "line_powers", "lines", "lyapunov", "measured", "pauses",
    "spectra", "swells",
]  # fmt: skip

"""Measures of sounds and of what models do, with their equations in docs/analysis.md."""

from .baselines import Comparison, compare
from .figures import centroids, flatnesses, high_levels, line_powers, swells
from .lags import correlations
from .measures import MEASURES, correlation, lyapunov, measured
from .powers import levels
from .recording import Recording, Twin
from .resonances import Poles, poles
from .sections import Section, orbit, section
from .spectral import bubbles, centroid, flatness, lines
from .spectrum import Spectra, spectra
from .temporal import death, kurtosis, level, pauses
from .twins import divergence, exponent

__all__ = [
    "MEASURES", "Comparison", "Poles", "Recording", "Section", "Spectra", "Twin", "bubbles",
    "centroid", "centroids", "compare", "correlation", "correlations", "death", "divergence",
    "exponent", "flatness", "flatnesses", "high_levels", "kurtosis", "level", "levels",
    "line_powers", "lines", "lyapunov", "measured", "orbit", "pauses", "poles", "section",
    "spectra", "swells",
]  # fmt: skip

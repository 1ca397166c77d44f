"""Figures of sounds and of what learns in them, for papers: on Matplotlib's axes.

Nothing here imports Matplotlib before the first name is asked for: it takes a second.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .curves import error_curve as error_curve
    from .curves import waveform as waveform
    from .evolution import weights as weights
    from .example import draw as draw
    from .panels import compose as compose
    from .source import Source as Source
    from .source import sound as sound
    from .source import traced as traced
    from .spectra import spectrogram as spectrogram
    from .spectra import spectrum as spectrum
    from .styles import COLOURS as COLOURS
    from .styles import page as page
    from .styles import style as style
    from .writing import ending as ending
    from .writing import write as write

_MODULES = {
    "curves": ("error_curve", "waveform"),
    "evolution": ("weights",),
    "example": ("draw",),
    "panels": ("compose",),
    "spectra": ("spectrogram", "spectrum"),
    "source": ("Source", "sound", "traced"),
    "styles": ("COLOURS", "page", "style"),
    "writing": ("ending", "write"),
}
_OF = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "COLOURS", "Source", "compose", "draw", "ending", "error_curve", "page", "sound",
    "spectrogram", "spectrum", "style", "traced", "waveform", "weights", "write",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Return a public name from the module that has it."""
    if name not in _OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_OF[name]}", __name__), name)

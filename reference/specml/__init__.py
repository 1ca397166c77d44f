"""Speculative machine learning for sound: networks that learn while they sound."""

from importlib.metadata import version

from .models import AutoRegNN, AutoRegNN2, Unlearn

__all__ = ["AutoRegNN", "AutoRegNN2", "Unlearn"]
__version__ = version("specml")

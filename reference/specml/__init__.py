"""Speculative machine learning for sound: networks that learn while they sound."""

from importlib.metadata import version

from .autoregnn import AutoRegNN
from .autoregnn2 import AutoRegNN2
from .unlearn import Unlearn

__all__ = ["AutoRegNN", "AutoRegNN2", "Unlearn"]
__version__ = version("specml")

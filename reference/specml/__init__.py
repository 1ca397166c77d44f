"""Speculative machine learning for sound: networks that learn while they sound."""

from importlib.metadata import version

from .autoregnn import AutoRegNN, process_many
from .autoregnn2 import AutoRegNN2
from .models import load
from .unlearn import Unlearn

__all__ = ["AutoRegNN", "AutoRegNN2", "Unlearn", "load", "process_many"]
__version__ = version("specml")

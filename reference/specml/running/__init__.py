"""Own sounds: a model runs over files, with controls that move, and its run can be repeated."""

from .config import Config
from .streams import process, start

__all__ = ["Config", "process", "start"]

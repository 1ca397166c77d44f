"""Own sounds: a model runs over files, with controls that move, and its run can be repeated."""

from .config import Config

__all__ = ["Config"]

"""The public models. Each runs on either engine, the C core or the NumPy reference: same bits."""

from .autoregnn import AutoRegNN
from .autoregnn2 import AutoRegNN2
from .model import ENGINES
from .unlearn import Unlearn

__all__ = ["ENGINES", "AutoRegNN", "AutoRegNN2", "Unlearn"]

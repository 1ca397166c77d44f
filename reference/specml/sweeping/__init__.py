"""Sweeps: many runs over settings, controls and seeds, and one table of what each measured."""

from .cluster import local, remote
from .spec import Spec
from .table import read_spec, row_config
from .told import from_dict, from_file
from .whole import repeat, sweep

__all__ = [
    "Spec", "from_dict", "from_file", "local", "read_spec", "remote", "repeat", "row_config",
    "sweep",
]  # fmt: skip

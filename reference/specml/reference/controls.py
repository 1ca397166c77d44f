"""Controls: the parameters that may change with every sample. Each model has one table of them."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from . import finite


class Control(NamedTuple):
    """A name, the range it is clamped to, and its value at the start."""

    low: float
    high: float
    initial: float


class Controls:
    """The values a model's controls hold.

    Parameters
    ----------
    table : mapping of name to `Control`
        In the model's order.
    """

    def __init__(self, table: Mapping[str, Control]) -> None:
        self.table = table
        self.values = {name: control.initial for name, control in table.items()}

    def set(self, name: str, value: float) -> None:
        """Clamp `value` to the control's range; one that is not finite is ignored."""
        low, high, _ = self.table[name]
        self.values[name] = finite.control(value, self.values[name], low, high)

    def follow(self, signals: Mapping[str, np.ndarray], i: int) -> None:
        """Let each control that has a signal ``(n,)`` take its value at sample `i`."""
        for name, signal in signals.items():
            self.set(name, float(signal[i]))

    def __getitem__(self, name: str) -> float:
        """Return the value a control holds."""
        return self.values[name]

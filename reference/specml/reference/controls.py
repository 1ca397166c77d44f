"""Controls: the parameters that may change with every sample. Each model has one table of them."""

import copy
import math
from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from . import finite
from .arrays import Signals

_T = TypeVar("_T", bound="Controlled")


class Control(NamedTuple):
    """A name, the range it is clamped to, and its value at the start."""

    low: float
    high: float
    initial: float


class Controls:
    """What a model's controls hold, and what they are now, which a signal may say.

    Parameters
    ----------
    table : mapping of name to `Control`
        In the model's order.
    """

    def __init__(self, table: Mapping[str, Control]) -> None:
        self.table = table
        self.held = {name: control.initial for name, control in table.items()}
        self.now = self.held.copy()

    def set(self, name: str, value: float) -> None:
        """Clamp `value` to the control's range; one that is not finite is ignored."""
        if math.isfinite(value):
            self.set_now(name, value)
            self.held[name] = self.now[name]

    def set_now(self, name: str, value: float) -> None:
        """Do what a sample of a signal does: what the control holds stays."""
        low, high, _ = self.table[name]
        self.now[name] = finite.control(value, self.now[name], low, high)

    def follow(self, signals: Signals, i: int) -> None:
        """Let each control take its signal's ``(n,)`` value at sample `i`, or what it holds."""
        for name, held in self.held.items():
            if name in signals:
                self.set_now(name, float(signals[name][i]))
            else:
                self.now[name] = held

    def __getitem__(self, name: str) -> float:
        """Return what a control is now."""
        return self.now[name]


class Controlled:
    """A model with controls: how they are set and read."""

    controls: Controls

    def set(self, name: str, value: float) -> None:
        """Set what a control holds; a value that is not finite is ignored."""
        self.controls.set(name, value)

    def held(self) -> dict[str, float]:
        """Return what each control holds."""
        return self.controls.held.copy()

    def now(self) -> dict[str, float]:
        """Return what each control is now: what it holds, or what a signal said last."""
        return self.controls.now.copy()

    def set_now(self, name: str, value: float) -> None:
        """Set what a control is now."""
        self.controls.set_now(name, value)

    def keep_controls(self, old: "Controlled") -> None:
        """Take over what the controls of another are and hold."""
        self.controls = copy.deepcopy(old.controls)

    def copy(self: _T) -> _T:
        """Return a second one that shares nothing with it."""
        return copy.deepcopy(self)

"""A player's hand on the learning rate."""

from collections.abc import Mapping
from typing import Any

RATES = ("lr", "lambda_")  # AutoRegNN's and Unlearn's
OCTAVE, STEPS = 4, 40  # four keys double it; within a thousand times more and less


class Hand:
    """What a player does to the learning rate: turn it up and down, hold it at 0."""

    def __init__(self) -> None:
        self.begin(frozen=False)

    def begin(self, frozen: bool) -> None:
        """Forget what was turned."""
        self.frozen, self._steps = frozen, 0

    @property
    def factor(self) -> float:
        """By which the learning rate is multiplied."""
        return float(2.0 ** (self._steps / OCTAVE))

    def turn(self, steps: int) -> None:
        """Turn it up by so many steps, or down."""
        self._steps = max(-STEPS, min(self._steps + steps, STEPS))

    def __call__(self, controls: Mapping[str, Any]) -> dict[str, Any]:
        """Return the controls as they are played; untouched, they are the same to the bit."""
        return {name: self._played(value) if name in RATES else value
                for name, value in controls.items()}  # fmt: skip

    def _played(self, rate: Any) -> Any:
        if self.frozen:
            return 0.0
        return rate * self.factor if self._steps else rate

    def __str__(self) -> str:
        """Return the factor, as a person reads it."""
        return "frozen" if self.frozen else f"x{self.factor:.3g}"

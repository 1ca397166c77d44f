"""What the public AutoRegNN and AutoRegNN2 share."""

from abc import abstractmethod
from collections.abc import Callable

import numpy as np

from . import checks
from .model import Model, choose


class NetworkModel(Model):
    """One network or two of one shape, with parameters to read and write."""

    def __init__(
        self, size: int = 12, width: int = 8, layers: int = 1, seed: int = 1, scale: float = 1.0,
        engine: str = "core",
    ) -> None:  # fmt: skip
        build = choose(engine, *self._engines())
        settings = checks.network(size, width, layers, seed, scale)
        super().__init__(settings[3], build(*settings))

    @staticmethod
    @abstractmethod
    def _engines() -> tuple[Callable, Callable]:
        """Return what makes the C core and the reference."""

    @property
    def parameters(self) -> np.ndarray:
        """Weights and biases ``(count,)``, of two networks ``(2, count)``, a copy; assignable.

        Canonical order: for each layer, for each unit its weights in input order (layer 1: newest
        sample first), then that layer's biases; then the output's weights, then its bias.
        """
        return self._engine.parameters

    @parameters.setter
    def parameters(self, values) -> None:
        self._engine.parameters = checks.parameters(values, self._engine.parameters.shape)

    def state(self) -> dict[str, np.ndarray]:
        """Return a copy of everything it remembers: parameters, past (newest first), clipped."""
        return self._state(parameters=self.parameters)

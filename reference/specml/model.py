"""What the public models share."""

from abc import abstractmethod
from collections.abc import Callable, Mapping

import numpy as np

from . import checks

ENGINES = ("core", "numpy")


class Model:
    """What the models share: an engine, a seed, controls, the count of repaired samples."""

    def __init__(self, seed: int, engine) -> None:
        self._seed = seed
        self._engine = engine

    @property
    def seed(self) -> int:
        """The seed of the last reset."""
        return self._seed

    @property
    def clipped(self) -> int:
        """Input samples repaired since the last reset: not finite, or beyond ±1e6."""
        return self._engine.clipped

    def reset(self, seed: int | None = None) -> None:
        """Draw new weights and forget sound; controls keep their values.

        Parameters
        ----------
        seed : int, optional
            0..2^64 - 1; without it, the last one again.

        Raises
        ------
        ValueError
            If `seed` is not such a number.
        """
        self._seed = self._seed if seed is None else checks.integer("seed", seed, 0, 2**64 - 1)
        self._engine.reset(self._seed)

    def clear(self) -> None:
        """Forget sound, keep weights."""
        self._engine.clear()

    def _set(self, controls: Mapping[str, object], n: int) -> dict[str, np.ndarray]:
        """Set the scalars among `controls`; return the others as signals ``(n,)``."""
        checked = {name: checks.control(name, value, n) for name, value in controls.items()}
        signals = {name: value for name, value in checked.items() if isinstance(value, np.ndarray)}
        for name, value in checked.items():
            if name not in signals:
                self._engine.set(name, value)
        return signals

    def _state(self, **parts: np.ndarray) -> dict[str, np.ndarray]:
        past = {f"past_{name}": row.copy() for name, row in self._engine.past().items()}
        return parts | past | {"clipped": np.array([self.clipped], np.uint64)}


def choose(engine: str, core_engine: Callable, reference: Callable) -> Callable:
    """Return what makes the engine of this name."""
    return (core_engine, reference)[ENGINES.index(checks.name("engine", engine, ENGINES))]


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

"""What the public models share."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from . import checks

ENGINES = ("core", "numpy")


class Model:
    """What the models share: an engine, a seed, controls, the count of repaired samples."""

    def __init__(self, seed: int, engine) -> None:
        self._seed = seed
        self._engine = engine

    if not TYPE_CHECKING:  # a checker of types finds such names by itself

        def __setattr__(self, name, value) -> None:
            """Refuse a name that does not exist: what is written there would do nothing."""
            if not name.startswith("_") and not hasattr(type(self), name):
                raise AttributeError(_unknown(type(self), name))
            super().__setattr__(name, value)

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


def _unknown(model: type, name: str) -> str:
    """Return what to say of a name that `model` does not have."""
    properties = {key: part for cls in model.__mro__ for key, part in vars(cls).items()
                  if isinstance(part, property) and part.fset}  # fmt: skip
    return (
        f"{model.__name__} has no {name!r} to assign; it has {', '.join(sorted(properties))}. "
        f"Controls are given to process()"
    )


def read_only(array: np.ndarray) -> np.ndarray:
    """Return `array`, which is a copy: to write to it raises an error instead of doing nothing."""
    array.flags.writeable = False
    return array


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
        """Weights and biases ``(count,)``, of two networks ``(2, count)``; assignable as a whole.

        What is read is a copy that cannot be written to: ``net.parameters = 0.5 * net.parameters``.
        Canonical order: for each layer, for each unit its weights in input order (layer 1: newest
        sample first), then that layer's biases; then the output's weights, then its bias.
        """
        return read_only(self._engine.parameters)

    @parameters.setter
    def parameters(self, values) -> None:
        self._engine.parameters = checks.parameters(values, self._engine.parameters.shape)

    def state(self) -> dict[str, np.ndarray]:
        """Return a copy of everything it remembers: parameters, past (newest first), clipped."""
        return self._state(parameters=self._engine.parameters)

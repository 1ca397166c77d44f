"""What the C core and the reference have in common, as the public models use it."""

# ruff: noqa: D102 (both say themselves what their methods do)

from collections.abc import Callable, Mapping
from typing import Protocol, TypeAlias, TypeVar

from . import checks
from .reference.arrays import Array

ENGINES = ("core", "numpy")
_E = TypeVar("_E", bound="Engine")
_Core = TypeVar("_Core")
_Reference = TypeVar("_Reference")


class Engine(Protocol):
    """One model: see `specml.core.Core`, or the references."""

    @property
    def scale(self) -> float: ...
    @property
    def clipped(self) -> int: ...
    @property
    def samples(self) -> int: ...

    def copy(self: _E) -> _E: ...
    def reset(self, seed: int) -> None: ...
    def clear(self) -> None: ...
    def set(self, name: str, value: float) -> None: ...
    def set_now(self, name: str, value: float) -> None: ...
    def held(self) -> dict[str, float]: ...
    def now(self) -> dict[str, float]: ...
    def past(self) -> dict[str, Array]: ...
    def set_past(self, past: Mapping[str, Array]) -> None: ...
    def set_scale(self, scale: float) -> None: ...
    def set_clipped(self, clipped: int) -> None: ...
    def set_samples(self, samples: int) -> None: ...


class NetworkEngine(Engine, Protocol):
    """One AutoRegNN or AutoRegNN2."""

    size: int
    width: int
    layers: int
    parameters: Array


NetworkMaker: TypeAlias = Callable[[int, int, int, int, float], NetworkEngine]


def choose(engine: str, core: _Core, reference: _Reference) -> _Core | _Reference:
    """Return what makes the engine of this name."""
    return core if checks.name("engine", engine, ENGINES) == "core" else reference

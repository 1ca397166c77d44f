"""Keep what models learn, every so many samples of a rendering, and none of its bits otherwise."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from . import __version__
from .autoregnn import AutoRegNN
from .autoregnn2 import AutoRegNN2
from .layout import LAYOUTS, tensors_of
from .reference.arrays import Array
from .settings import metadata_of
from .snapshots import cut
from .state import told_of
from .unlearn import Unlearn

AnyModel: TypeAlias = AutoRegNN | AutoRegNN2 | Unlearn
LARGEST = 2 * 10**9  # bytes of a trace, all of which are in memory until it is written


FORMAT = "specml 1 trace"
WIRING = ("source", "delay")  # of Unlearn, which does not move


class TooLargeError(ValueError):
    """A trace would hold more than 2 GB."""


class Trace:
    """What models have learnt at the samples 0, every, 2 every ..

    From here on each of them is processed in pieces that end there, which changes no bit (rule 7 of
    docs/models.md).

    Parameters
    ----------
    models : sequence of AutoRegNN, AutoRegNN2 or Unlearn
        Of one kind; what each learns is kept as a channel.
    samples : int
        How many each of them is going to process.
    every : int
        1..

    Raises
    ------
    TooLargeError
        If it would hold more than 2 GB; no model has been touched then.
    """

    def __init__(self, models: Sequence[AnyModel], samples: int, every: int) -> None:
        self.models = tuple(models)
        times = 1 + samples // every
        size = times * (8 + sum(part.nbytes for model in models for part in learnt(model).values()))
        if size > LARGEST:
            raise TooLargeError(
                f"a trace every {every} of {samples} samples would hold {size / 1e9:.3g} GB, "
                f"{LARGEST / 1e9:g} GB are allowed: every {-(-size * every // LARGEST)} will do"
            )
        self.every = every
        self.kept = [
            {name: np.full((times, *part.shape), np.nan) for name, part in learnt(model).items()}
            for model in models
        ]
        for model, kept in zip(self.models, self.kept, strict=True):
            _watch(model, kept, every)

    def metadata(self) -> dict[str, str]:
        """Return what a state file says of the first model, as it is now, and `every`."""
        told = told_of(self.models[0])._replace(channels=len(self.models), snapshots=[], glide=None)
        return metadata_of(told, __version__) | {"format": FORMAT, "every": str(self.every)}

    def tensors(self) -> dict[str, NDArray[Any]]:
        """Return all that was kept, by the names of docs/looking.md; it is not copied."""
        times = len(next(iter(self.kept[0].values())))
        found: dict[str, NDArray[Any]] = {"sample": np.arange(times) * np.int64(self.every)}
        for k, (model, kept) in enumerate(zip(self.models, self.kept, strict=True)):
            prefix = f"channel{k + 1}." if k else ""
            found |= {prefix + name: part for name, part in kept.items()}
            if isinstance(model, Unlearn):
                found |= {f"{prefix}source": model.sources, f"{prefix}delay": model.delays}
        return found


def learnt(model: AnyModel) -> dict[str, Array]:
    """Return a copy of what a model has learnt that moves, by the names of docs/state.md."""
    shape = {name: getattr(model, name) for name in model.settings}
    tensors = tensors_of(LAYOUTS[model._kind], shape, model._learnt())
    return {name: part for name, part in tensors.items() if name not in WIRING}


def _watch(model: AnyModel, kept: Mapping[str, Array], every: int) -> None:
    """Keep what `model` has learnt now, and after every so many samples that it processes."""
    done = 0

    def keep() -> None:
        for name, part in learnt(model).items():
            kept[name][done // every] = part

    def pieces(n: int) -> Iterator[slice]:
        nonlocal done
        begin = 0
        while begin < n:
            end = min(n, begin + every - done % every)
            yield slice(begin, end)
            done += end - begin
            begin = end
            if done % every == 0:
                keep()

    keep()
    engine: Any = model._engine
    stopping = _cut_unlearn if isinstance(model, Unlearn) else _cut_network
    engine.process = stopping(engine.process, pieces)


def _cut_network(process: Callable[..., Any], pieces: Callable[[int], Iterator[slice]]) -> Any:
    """Return the processing of a network, piece by piece."""

    def in_pieces(*arguments: Any) -> tuple[Array, ...]:
        *inputs, signals = arguments
        said = [process(*(x[part] for x in inputs), cut(signals, part))
                for part in pieces(len(inputs[0]))]  # fmt: skip
        return tuple(map(np.concatenate, zip(*said, strict=True)))

    return in_pieces


def _cut_unlearn(process: Callable[..., Any], pieces: Callable[[int], Iterator[slice]]) -> Any:
    """Return the processing of an Unlearn, piece by piece."""

    def in_pieces(external: Array | None, n: int, signals: Any, outs: int) -> Array:
        said = [process(None if external is None else external[:, part], part.stop - part.start,
                        cut(signals, part), outs) for part in pieces(n)]  # fmt: skip
        return np.concatenate(said, axis=1)

    return in_pieces

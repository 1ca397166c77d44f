"""State files: all there is of a model, as docs/state.md has it. The models save and load with it.

`read` and `write` are those of the container, for whoever wants the arrays alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from . import checks, container
from .container import Metadata, Name, read, write
from .header import Entry, short
from .layout import LAYOUTS, Settings, Tensor, learnt_of, tensors_of
from .reference.arrays import State
from .settings import Told, metadata_of, told_by
from .snapshots import Learnt

if TYPE_CHECKING:
    from .model import Model

__all__ = ["Contents", "read", "save", "write"]


def save(model: "Model", path: Name) -> None:
    """Write the state file of a model; see `Model.save`.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import specml.state
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     specml.state.save(specml.AutoRegNN(), Path(folder) / "net.safetensors")
    ...     specml.load(Path(folder) / "net.safetensors")
    AutoRegNN()
    """
    save_channels([model], path)


def save_channels(models: Sequence["Model"], path: Name) -> None:
    """Write several models as the channels of one state file, as hosts with channels do.

    Parameters
    ----------
    models : sequence of AutoRegNN, AutoRegNN2 or Unlearn
        Of one kind and shape, drawn with a seed, the one after it .., told the same.
    path : str or path-like
        The file.

    Raises
    ------
    ValueError
        If they differ in what all channels of a file have in common.
    OSError
        If the system cannot write it; nothing has changed then.

    Examples
    --------
    >>> import specml, tempfile, pathlib
    >>> nets = [specml.AutoRegNN(seed=seed) for seed in (5, 6)]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_channels(nets, pathlib.Path(folder, "two.safetensors"))
    ...     specml.load(pathlib.Path(folder, "two.safetensors"), channel=2).seed
    6
    """
    told = told_of(models[0])._replace(channels=len(models))
    for k, model in enumerate(models):
        seed = (int(told.settings["seed"]) + k) % 2**64
        if told_of(model) != told._replace(channels=1, settings=told.settings | {"seed": seed}):
            raise ValueError(f"model {k + 1} is told other things than the first, or has not its "
                             f"seed and {k}: they cannot be channels of one file")  # fmt: skip
    write(path, metadata_of(told, version("specml")), _tensors(models, told))


def _tensors(models: Sequence["Model"], told: Told) -> dict[str, NDArray[Any]]:
    """Return the tensors of all channels, then those of each snapshot, then those of a glide."""
    layout, settings = told.layout, told.settings
    tensors: dict[str, NDArray[Any]] = {}

    def add(first: str, channel: int, learnt: Learnt) -> None:
        parts = tensors_of(layout, settings, learnt)
        tensors.update({_prefix(first, channel) + name: part for name, part in parts.items()})

    for channel, model in enumerate(models):
        add("", channel, model._learnt())
        sound, prefix = model._sound() | model._more(), _prefix("", channel)
        tensors |= {prefix + name: sound[name] for name in layout.heard(settings)}
    for k, name in enumerate(told.snapshots):
        for channel, model in enumerate(models):
            add(f"snapshot{k + 1}.", channel, model._kept[name])
    for channel, model in enumerate(models):
        if model._glide:
            add("glide.", channel, model._glide.target)
    return tensors


def told_of(model: "Model") -> Told:
    """Return what the metadata of a model's file say."""
    layout, engine = LAYOUTS[model._kind], model._engine
    settings: Settings = engine.held()
    for name in (*layout.wholes, *layout.choices, *layout.draws, *layout.others):
        settings[name] = getattr(engine, name)
    settings["seed"] = model.seed
    glide = (model._glide.steps, max(model._wait(), 1)) if model._glide else None
    return Told(model._kind, 1, settings, [*model.snapshots], glide)


class Contents:
    """What a state file holds, read and looked at: nothing in it is what no model can hold.

    Parameters
    ----------
    path : str or path-like
        The file.
    channel : int
        Which of its networks is wanted, 1..
    allow : callable, optional
        Called with what the metadata say, before any tensor is read; refuses with a `ValueError`.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import specml.state
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     specml.AutoRegNN(seed=9).save(Path(folder) / "net.safetensors")
    ...     contents = specml.state.Contents(Path(folder) / "net.safetensors")
    >>> contents.told.kind, contents.has_sound
    ('autoregnn', True)
    """

    def __init__(
        self, path: Name, channel: int = 1, allow: Callable[[Told], None] | None = None
    ) -> None:
        self._allow, self._channel = allow, channel
        self._expected: dict[str, Tensor] = {}
        _, self._tensors = read(path, self._check)
        with container.of(Path(path)):
            for name, tensor in self._expected.items():
                _check_numbers(name, self._tensors[name], tensor)

    def _check(self, metadata: Metadata, entries: Mapping[str, Entry]) -> None:
        self.told = told_by(metadata)
        if self._allow:
            self._allow(self.told)
        self._channel = checks.integer("channel", self._channel, 1, self.told.channels) - 1
        self._learnt = self.told.layout.learnt(self.told.settings)
        self._heard = self.told.layout.heard(self.told.settings)
        self.has_sound = next(iter(self._heard)) in entries
        for name, tensor in self._tensors_of(entries):
            _check_entry(name, entries.get(name), tensor)
            self._expected[name] = tensor
        for name in entries:
            if name not in self._expected:
                raise ValueError(f"it has a tensor that such a state has not: {short(name)}")

    def _tensors_of(self, entries: Mapping[str, Entry]) -> Iterator[tuple[str, Tensor]]:
        """Yield the names of all tensors that must be there."""
        each = self._learnt | self._heard if self.has_sound else self._learnt
        channels = self.told.channels
        yield from _named("", channels, each)
        self._channels_kept = []
        for k in range(len(self.told.snapshots)):
            count, first = 1, next(iter(self._learnt))
            while _prefix(f"snapshot{k + 1}.", count) + first in entries:
                count += 1
            self._channels_kept.append(count)
            yield from _named(f"snapshot{k + 1}.", count, self._learnt)
        if self.told.glide:
            yield from _named("glide.", channels, self._learnt)

    def seed(self) -> int:
        """Return the seed that the channel was drawn with.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> import specml.state
        >>> net = specml.AutoRegNN(seed=9)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     net.save(Path(folder) / "net.safetensors")
        ...     contents = specml.state.Contents(Path(folder) / "net.safetensors")
        >>> contents.seed()
        9
        """
        return int(self.told.settings["seed"] + self._channel) % 2**64

    def learnt(self) -> Learnt:
        """Return what the channel has learnt.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> import specml.state
        >>> net = specml.AutoRegNN(seed=9)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     net.save(Path(folder) / "net.safetensors")
        ...     contents = specml.state.Contents(Path(folder) / "net.safetensors")
        >>> (contents.learnt()["parameters"] == net.parameters).all().item()
        True
        """
        return self._learnt_after("", self._channel)

    def heard(self) -> State:
        """Return what the channel has heard and said, if the file has it.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> import specml.state
        >>> net = specml.AutoRegNN(seed=9)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     net.save(Path(folder) / "net.safetensors")
        ...     contents = specml.state.Contents(Path(folder) / "net.safetensors")
        >>> [*contents.heard()]
        ['past_in', 'past_out', 'now', 'clipped', 'samples']
        """
        if not self.has_sound:
            return {}
        prefix = _prefix("", self._channel)
        return {name: self._tensors[prefix + name] for name in self._heard}

    def snapshots(self) -> dict[str, Learnt]:
        """Return the channel's part of each snapshot; beyond its channels its first comes again.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> import specml.state
        >>> net = specml.AutoRegNN(seed=9)
        >>> net.store("a")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     net.save(Path(folder) / "net.safetensors")
        ...     contents = specml.state.Contents(Path(folder) / "net.safetensors")
        >>> [*contents.snapshots()]
        ['a']
        """
        return {
            name: self._learnt_after(f"snapshot{k + 1}.", self._channel % self._channels_kept[k])
            for k, name in enumerate(self.told.snapshots)
        }

    def target(self) -> Learnt:
        """Return where the channel's weights glide to.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> import specml.state
        >>> net = specml.AutoRegNN(seed=9)
        >>> net.store("a")
        >>> net.recall("a", samples=4800)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     net.save(Path(folder) / "net.safetensors")
        ...     contents = specml.state.Contents(Path(folder) / "net.safetensors")
        >>> (contents.target()["parameters"] == net.parameters).all().item()
        True
        """
        return self._learnt_after("glide.", self._channel)

    def _learnt_after(self, first: str, channel: int) -> Learnt:
        prefix = _prefix(first, channel)
        tensors = {name: self._tensors[prefix + name] for name in self._learnt}
        return learnt_of(self.told.layout, tensors)


def _prefix(first: str, channel: int) -> str:
    return f"{first}channel{channel + 1}." if channel else first


def _named(first: str, channels: int, tensors: dict[str, Tensor]) -> Iterator[tuple[str, Tensor]]:
    for channel in range(channels):
        prefix = _prefix(first, channel)
        yield from ((prefix + name, tensor) for name, tensor in tensors.items())


def _check_entry(name: str, entry: Entry | None, tensor: Tensor) -> None:
    if entry is None:
        raise ValueError(f"it lacks the tensor {name!r}")
    if entry.dtype != tensor.dtype or entry.shape != tensor.shape:
        raise ValueError(
            f"{name} must be {tensor.dtype} of shape {tensor.shape}, "
            f"not {entry.dtype} of {entry.shape}"
        )


def _check_numbers(name: str, numbers: NDArray[Any], tensor: Tensor) -> None:
    wrong = ~((numbers >= tensor.low) & (numbers <= tensor.high))
    if np.any(wrong):
        place = tuple(np.argwhere(wrong)[0].tolist())
        low, high = (np.broadcast_to(limit, numbers.shape)[place] for limit in tensor[2:])
        raise ValueError(f"{name}{[*place]} must be within {low:g}..{high:g}, not {numbers[place]}")

"""What a state file, or a trace, holds of one channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import checks
from ..container import of, read
from ..layout import LAYOUTS
from ..settings import FORMAT as STATE
from ..settings import told_by
from ..state import Contents
from ..trace import FORMAT as TRACE
from ..trace import WIRING


@dataclass(frozen=True)
class Opened:
    """One channel of a file.

    Attributes
    ----------
    name : str
        Of the file, without its folder.
    metadata : mapping of str to str
        As the file has it.
    tensors : mapping of str to ndarray
        Of this channel, without its prefix; not those of snapshots and of a glide.
    channel, channels : int
        Which this is, 1.., and how many there are.
    """

    name: str
    metadata: Mapping[str, str]
    tensors: Mapping[str, NDArray[Any]]
    channel: int
    channels: int

    @property
    def model(self) -> str:
        """One of autoregnn, autoregnn2, unlearn."""
        return self.metadata["model"]

    @property
    def traced(self) -> bool:
        """Whether it is a trace: tensors have a leading dimension, in time."""
        return self.metadata["format"] == TRACE

    @property
    def now(self) -> dict[str, float]:
        """What each control is now; what it holds, if the file does not say."""
        names = LAYOUTS[self.model].controls
        if "now" in self.tensors:
            return dict(zip(names, self.tensors["now"].tolist(), strict=True))
        return {name: float(self.metadata[name]) for name in names}

    @property
    def samplerate(self) -> float | None:
        """In Hz, if the file says it."""
        return float(self.metadata["samplerate"]) if "samplerate" in self.metadata else None

    @property
    def parameters(self) -> dict[str, NDArray[Any]]:
        """Weights and biases, by name; of Unlearn w, where there is a synapse."""
        if self.model == "unlearn":
            return {"w": self.tensors["w"][..., self.fed()]}
        return {name: part for name, part in self.tensors.items()
                if name.endswith((".weight", ".bias"))}  # fmt: skip

    def fed(self) -> NDArray[np.bool_]:
        """Return where Unlearn has a synapse, ``(neurons, rows)``."""
        neurons, rows = self.tensors["w"].shape[-2:]
        inputs = self.tensors["delay"].shape[1]
        external = int(self.metadata["external"])
        neuron, row = np.arange(neurons)[:, np.newaxis], np.arange(rows)
        return np.asarray((row - inputs) * neurons + neuron < external)


def opened(path: Path, channel: int = 1) -> Opened:
    """Read a state file or a trace.

    Raises
    ------
    ValueError
        If it is neither, or has no such channel: it names file, defect and place.
    OSError
        If it cannot be read.
    """
    metadata, tensors = read(path)
    if metadata.get("format") == TRACE:
        with of(path):
            channels = _check_trace(metadata, tensors, channel)
    else:
        channels = Contents(path, channel).told.channels
    return Opened(path.name, metadata, of_channel(tensors, channel), channel, channels)


def _check_trace(
    metadata: Mapping[str, str], tensors: Mapping[str, NDArray[Any]], channel: int
) -> int:
    """Refuse what is no trace; return how many channels it has."""
    told = told_by({**metadata, "format": STATE})
    checks.integer("channel", channel, 1, told.channels)
    times = tensors.get("sample", np.empty(0)).shape
    if len(times) != 1 or times == (0,):
        raise ValueError("a trace must have sample, I64 of shape (T,), T from 1 on")
    mine = of_channel(tensors, channel)
    for name, tensor in told.layout.learnt(told.settings).items():
        wanted = tensor.shape if name in WIRING else times + tensor.shape
        found = mine.get(name, np.empty(0))
        if found.shape != wanted:
            raise ValueError(f"{name} must be of shape {wanted}, not {found.shape}")
        if not np.all((found >= tensor.low) & (found <= tensor.high)):
            raise ValueError(f"{name} holds {checks.worst(found):g}, which no {told.kind} can hold")
    return told.channels


def of_channel(tensors: Mapping[str, NDArray[Any]], channel: int) -> dict[str, NDArray[Any]]:
    """Return what belongs to a channel, by names without its prefix; what all share, too."""
    prefix = "" if channel == 1 else f"channel{channel}."
    elsewhere = ("channel", "snapshot", "glide.")
    begun = {name.removeprefix(prefix): part for name, part in tensors.items()
             if name.startswith(prefix)}  # fmt: skip
    found = {name: part for name, part in begun.items() if not name.startswith(elsewhere)}
    return found | {name: tensors[name] for name in ("sample",) if name in tensors}

"""A run: everything that decides what its samples are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

from ..autoregnn import AutoRegNN
from ..autoregnn2 import AutoRegNN2
from ..models import MODELS, load
from ..unlearn import Unlearn
from . import completed, words
from .texts import beside, relative

AnyModel: TypeAlias = AutoRegNN | AutoRegNN2 | Unlearn


@dataclass(frozen=True)
class Config:
    """A run of a model, complete and checked: `Config.from_dict` makes one.

    Attributes
    ----------
    model : {"autoregnn", "autoregnn2", "unlearn"}
        Which.
    samples : int
        Length.
    samplerate : float
        In Hz.
    seed : int
        Of the first network; that of each further channel is one more.
    begin : int
        The sample of inputs, control files and time at which it begins.
    channels : int
        Networks side by side, of which each hears a channel; of Unlearn one, which hears them all.
    settings : mapping
        What a network is made with, by the names of the table.
    controls : mapping
        Each control, by the names of the table: a number, an expression of time, or
        ``FILE:COLUMN``.
    inputs : mapping
        ``x`` of AutoRegNN, and ``target`` if it is to predict something else; ``x1`` and ``x2`` of
        AutoRegNN2; ``x`` of an Unlearn that hears: an
        expression of time, ``FILE`` or ``FILE:CHANNEL``. Files stand there with their whole path.
    signals : tuple of str
        What is written of an AutoRegNN, each with all channels: see `specml.running.streams`.
    outs : int
        Of Unlearn: the means of neurons j mod `outs`.
    recorded : bool
        Of Unlearn: without its DC and times 0.8, as the examples are recorded.
    state : str, optional
        The state file from which its networks go on.

    Examples
    --------
    >>> run = Config.from_dict({"model": "unlearn", "preset": "wind", "seconds": 1})
    >>> run.samples, run.settings["neurons"], run.controls["friction"]
    (48000, 16, 0.5)
    """

    model: str
    samples: int
    samplerate: float
    seed: int = 1
    begin: int = 0
    channels: int = 1
    settings: Mapping[str, Any] = field(default_factory=dict)
    controls: Mapping[str, float | str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    signals: tuple[str, ...] = ()
    outs: int = 0
    recorded: bool = False
    state: str | None = None

    @classmethod
    def from_dict(cls, told: Mapping[str, Any], folder: Path | None = None) -> Config:
        """Return the run that is told of, checked; what is not told is as in the table.

        Parameters
        ----------
        told : mapping
            Names as the attributes have them; ``seconds`` in place of ``samples``; ``preset`` of an
            Unlearn. What a run file holds, or what `as_dict` returns.
        folder : Path, optional
            Where its files are looked for; the current folder without it.

        Raises
        ------
        ValueError
            If something is missing or not allowed: the error names it, and what is.
        OSError
            If a file cannot be read.

        Examples
        --------
        >>> told = {"model": "autoregnn", "inputs": {"x": "sine(200*t)"}, "seconds": 0.5}
        >>> Config.from_dict(told).controls["lr"]
        0.1
        """
        return cls(**completed.fields(told, Path() if folder is None else folder))

    def as_dict(self, folder: Path | None = None) -> dict[str, Any]:
        """Return it as texts, numbers, lists and mappings, which JSON and TOML can hold.

        Parameters
        ----------
        folder : Path, optional
            Write files as they are found from there; without it, with their whole path.

        Examples
        --------
        >>> run = Config.from_dict({"model": "unlearn", "seconds": 1})
        >>> Config.from_dict(run.as_dict()) == run
        True
        """
        told = asdict(self) | {"signals": list(self.signals)}
        if folder is not None:
            for part in ("inputs", "controls"):
                told[part] = {name: beside(value, folder) if isinstance(value, str) else value
                              for name, value in told[part].items()}  # fmt: skip
            if self.state:
                told["state"] = relative(Path(self.state), folder).as_posix()
        left_out: dict[str, Any] = {"state": None, "signals": [], "outs": 0}
        if self.model != "unlearn":
            left_out["recorded"] = False
        return {name: value for name, value in told.items()
                if name not in left_out or value != left_out[name]}  # fmt: skip

    def told(self, values: Mapping[str, Any]) -> Config:
        """Return this run with other values: settings, controls or ``seed``, by their names.

        Raises
        ------
        ValueError
            If there is no such name, or a value is not allowed.

        Examples
        --------
        >>> run = Config.from_dict({"model": "unlearn", "seconds": 1})
        >>> run.told({"lambda": 3, "neurons": 32, "seed": 7}).settings["neurons"]
        32
        """
        settings, controls, more = dict(self.settings), dict(self.controls), dict[str, Any]()
        for name, value in values.items():
            if name in words.settings(self.model):
                settings[name] = value
            elif name in words.controls(self.model):
                controls[name] = value
            elif name == "seed":
                more[name] = value
            else:
                known = [*words.controls(self.model), *words.settings(self.model), "seed"]
                raise ValueError(f"{self.model} has no {name!r}; it has {', '.join(known)}")
        other = replace(self, settings=settings, controls=controls, **more)
        return Config.from_dict(other.as_dict())

    def make(self, engine: str = "core", channel: int = 0) -> AnyModel:
        """Return the network of a channel, as it is before the first sample.

        Parameters
        ----------
        engine : {"core", "numpy"}
            What it is to run on.
        channel : int
            Which, 0..`channels` - 1.

        Examples
        --------
        >>> Config.from_dict({"model": "unlearn", "seconds": 1, "seed": 5}).make().seed
        5
        """
        if self.state is None:
            told = {**self.settings, "seed": (self.seed + channel) % 2**64, "engine": engine}
            if self.model == "unlearn":
                told["samplerate"] = self.samplerate
            return MODELS[self.model](**told)
        found: Any = load(self.state, engine, channel + 1)
        if self.model == "unlearn":
            found.samplerate = self.samplerate
        return found  # type: ignore[no-any-return]

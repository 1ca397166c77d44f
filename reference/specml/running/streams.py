"""A run as a stream: what its networks hear and are told, and what they say, any stretch of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from ..autoregnn import AutoRegNN, process_many
from ..autoregnn2 import AutoRegNN2
from ..examples.example import BLOCK, Rendering
from ..examples.presets import recorded
from ..reference.arrays import Array
from ..unlearn import Unlearn
from .config import AnyModel, Config
from .curves import Channel, Table
from .expressions import Expression
from .sources import Sound, place
from .targets import predict

Watch = Callable[[str, Array], None]


class _Curve(Protocol):
    """A file, any stretch of it."""

    def read(self, begin: int, n: int) -> Array: ...
    def close(self) -> None: ...


class Feed:
    """What the networks of a run hear, and what their controls are.

    Parameters
    ----------
    config : Config
        The run.
    watch : callable, optional
        Is given the name and the samples ``(channels, n)`` of each stretch of a file that is read.

    Raises
    ------
    ValueError
        If a file or an expression is not what it should be.
    OSError
        If a file cannot be read.
    """

    def __init__(self, config: Config, watch: Watch = lambda name, samples: None) -> None:
        self._config, self._watch = config, watch
        self._curves: dict[str, _Curve | Expression | float] = {}
        for name, text in config.inputs.items():
            at = place(text)
            self._curves[name] = Sound(at) if at else self._expression(name, text, ())
        for name, value in config.controls.items():
            self._curves[name] = value if isinstance(value, float) else self._control(name, value)

    def _control(self, name: str, text: str) -> _Curve | Expression:
        at = place(text)
        if not at:
            return self._expression(name, text, tuple(self._config.inputs))
        return Table(at, name, self._config.samplerate) if at.is_table else Channel(at)

    def _expression(self, name: str, text: str, heard: tuple[str, ...]) -> Expression:
        end = self._config.begin + self._config.samples
        try:
            return Expression(text, self._config.samplerate, end, heard)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None

    def heard(self, begin: int, n: int) -> dict[str, Array]:
        """Return the inputs, ``(channels, n)`` each, from the run's sample `begin` on."""
        return {name: np.atleast_2d(self._read(name, begin, n, {})) for name in self._config.inputs}

    def told(self, begin: int, n: int, heard: Mapping[str, Array]) -> dict[str, float | Array]:
        """Return the controls: numbers, or signals ``(1, n)`` or with the channels of an input."""
        given = {name: x[0] if len(x) == 1 else x for name, x in heard.items()}
        told: dict[str, float | Array] = {}
        for name in self._config.controls:
            curve = self._curves[name]
            told[name] = curve if isinstance(curve, float) else np.atleast_2d(
                self._read(name, begin, n, given))  # fmt: skip
        return told

    def _read(self, name: str, begin: int, n: int, heard: Mapping[str, Array]) -> Array:
        curve, at = self._curves[name], self._config.begin + begin
        if isinstance(curve, Expression):
            values = curve.read(at, n, heard)
            wrong = ~np.isfinite(values)
            if np.any(wrong):
                k = int(np.argwhere(wrong)[0][-1])
                raise ValueError(
                    f"{name}: {curve.text!r} is {values[..., k].flat[0]:g} at sample {at + k}, "
                    f"{(at + k) / self._config.samplerate:g} s: it must be finite"
                )
            return values + 0.0  # -0 is 0
        assert not isinstance(curve, float)
        values = curve.read(at, n)
        self._watch(name, np.atleast_2d(values))
        return values

    def close(self) -> None:
        """Let go of all files."""
        for curve in self._curves.values():
            if not isinstance(curve, float | Expression):
                curve.close()


def rendering(
    config: Config, engine: str = "core", watch: Watch = lambda name, x: None
) -> Rendering:
    """Return the networks of a run, and the blocks that they make when asked.

    Parameters
    ----------
    config : Config
        The run.
    engine : {"core", "numpy"}
        What computes.
    watch : callable, optional
        As for `Feed`.

    Examples
    --------
    >>> run = Config.from_dict({"model": "unlearn", "seconds": 0.1})
    >>> [block.shape for block in rendering(run).blocks]
    [(2, 4800)]
    """
    models = tuple(config.make(engine, channel) for channel in range(config.channels))
    feed = Feed(config, watch)

    def blocks() -> Iterator[Array]:
        try:
            for begin in range(0, config.samples, BLOCK):
                yield _stretch(config, feed, models, 0, begin, min(BLOCK, config.samples - begin))
        finally:
            feed.close()

    return Rendering(models, recorded(blocks()) if config.recorded else blocks())


def start(config: Config, engine: str = "core") -> Iterator[Array]:
    """Return the blocks ``(channels, n)`` of a run, which are computed when asked for.

    The channels of the first signal come first, then those of the next. It takes as much memory as
    a block does, whatever the length.

    Examples
    --------
    >>> run = Config.from_dict({"model": "unlearn", "samples": 7, "outs": 3})
    >>> next(start(run)).shape
    (3, 7)
    """
    return rendering(config, engine).blocks


def process(config: Config, channel: int = 0) -> Callable[[AnyModel, int, int], Array]:
    """Return what lets a model go over a stretch of a run, as the network of a channel does.

    It takes the model, the first sample and how many, and returns ``(signals, n)``, of an
    Unlearn ``(outs, n)``, never with the filter of a recording.

    Examples
    --------
    >>> run = Config.from_dict({"model": "unlearn", "samples": 10})
    >>> process(run)(run.make(), 0, 10).shape
    (2, 10)
    """
    feed = Feed(config)
    return lambda model, begin, n: _stretch(config, feed, (model,), channel, begin, n)


def _stretch(
    config: Config, feed: Feed, models: Sequence[AnyModel], first: int, begin: int, n: int
) -> Array:
    """Return what the networks say, which are those of the channels from `first` on."""
    heard = feed.heard(begin, n)
    told = feed.told(begin, n, heard)
    if isinstance(models[0], Unlearn):
        return _unlearn(models[0], heard, told, n, config.outs)
    channels = range(first, first + len(models))
    rows = {name: _of_channels(x, channels) for name, x in heard.items()}
    controls = {name: value if isinstance(value, float) else _of_channels(value, channels)
                for name, value in told.items()}  # fmt: skip
    said = rows | (_one_each(models, rows, controls) if "x" in rows
                   else _two_each(models, rows, controls))  # fmt: skip
    return np.concatenate([said[name] for name in config.signals])


def _of_channels(x: Array, channels: range) -> Array:
    """Return a row for each channel; where there are fewer rows, they begin again."""
    return x[[channel % len(x) for channel in channels]]


def _one_each(
    models: Sequence[AnyModel], rows: Mapping[str, Array], controls: Mapping[str, Any]
) -> dict[str, Array]:
    nets = [model for model in models if isinstance(model, AutoRegNN)]
    wanted = rows.get("target")
    if wanted is None:
        wanted = rows["x"]
        out, error = process_many(nets, wanted, **controls)
    else:
        out, error = np.empty((2, *wanted.shape))
        for k, net in enumerate(nets):
            told = _of_one(controls, k)
            out[k], error[k] = predict(net, rows["x"][k], wanted[k], told)
    return {"out": out, "error": error, "prediction": wanted + error}


def _of_one(controls: Mapping[str, Any], k: int) -> dict[str, Any]:
    """Return the controls of one of several networks."""
    return {name: value if isinstance(value, float) else value[k]
            for name, value in controls.items()}  # fmt: skip


def _two_each(
    models: Sequence[AnyModel], rows: Mapping[str, Array], controls: Mapping[str, Any]
) -> dict[str, Array]:
    x1, x2 = rows["x1"], rows["x2"]
    out, error1, error2 = np.empty((3, *x1.shape))
    for k, model in enumerate(models):
        assert isinstance(model, AutoRegNN2)
        told = _of_one(controls, k)
        out[k], error1[k], error2[k] = model.process(x1[k], x2[k], **told)
    return {"out": out, "error1": error1, "error2": error2, "prediction1": x1 + error1,
            "prediction2": x2 + error2}  # fmt: skip


def _unlearn(
    net: Unlearn, heard: Mapping[str, Array], told: Mapping[str, Any], n: int, outs: int
) -> Array:
    given = _of_one(told, 0)
    given["lambda_"] = given.pop("lambda")
    if "x" in heard and net.external:
        return net.process(x=_of_channels(heard["x"], range(net.external)), **given, outs=outs)
    return net.process(n, **given, outs=outs)

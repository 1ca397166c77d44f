"""One row: a run is rendered, its samples are hashed and measured."""

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..analysis import Recording
from ..reference.arrays import Array
from ..running import Config, process, start
from ..running.streams import Feed
from .measures import measure
from .spec import Row


@dataclass(frozen=True)
class Twin:
    """What runs a configuration once more, for measures that disturb it."""

    make: Callable[[], Any]
    process: Callable[[Any, int, int], Array]


def recording(config: Config) -> Recording:
    """Return a rendered run, as measures take it.

    The input is the first channel of what it hears first.

    Examples
    --------
    >>> told = {"model": "autoregnn", "inputs": {"x": "sine(200*t)"}, "samples": 100}
    >>> made = recording(Config.from_dict(told))
    >>> made.samples.shape, made.input.shape
    ((1, 100), (100,))
    """
    samples = np.concatenate(list(start(config)), axis=1)
    return Recording(samples, config.samplerate, heard(config), Twin(config.make, process(config)))


def heard(config: Config) -> Array | None:
    """Return the first channel of what a run hears first ``(samples,)``, if it hears."""
    feed = Feed(config)
    try:
        inputs = feed.heard(0, config.samples)
    finally:
        feed.close()
    return next((x[0] for x in inputs.values()), None)


def digest(samples: Array) -> str:
    """Return the SHA-256 of ``(channels, n)`` samples: interleaved, little-endian, 32-bit floats.

    Examples
    --------
    >>> digest(np.zeros((1, 1)))[:8]
    'df3f6198'
    """
    return hashlib.sha256(np.ascontiguousarray(samples.T, "<f4").tobytes()).hexdigest()


def measured(row: Row, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the columns of a row that have to be computed: ``sha256``, measures and ``error``.

    What fails is missing, and said in ``error``; the rest is there.

    Examples
    --------
    >>> run = Config.from_dict({"model": "unlearn", "samples": 10})
    >>> measured(Row(0, "run", run, {"inputs": 17}, {}), ("level",))["error"]
    'run: ValueError: inputs must be an integer within 1..16, not 17'
    """
    found: dict[str, Any] = {"sha256": None, **dict.fromkeys(names), "error": None}
    try:
        made = recording(row.config())
        found["sha256"] = digest(made.samples)
    except Exception as error:  # whatever it is, the other rows go on
        return found | {"error": _said("run", error)}
    errors = []
    for name in names:
        try:
            found[name] = _plain(float(measure(name)(made)))
        except Exception as error:  # a user's own may raise anything
            errors.append(_said(name, error))
    return found | {"error": "; ".join(errors) or None}


def _plain(value: float) -> float:
    """Return a number; for every NaN the same, as processors make different ones."""
    return math.nan if math.isnan(value) else value


def _said(what: str, error: Exception) -> str:
    return f"{what}: {type(error).__name__}: {' '.join(str(error).split())}"

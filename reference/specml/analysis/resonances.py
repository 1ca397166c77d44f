"""The poles of a network as it learns."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..looking.linear import predictors
from ..looking.opened import Opened
from ..reference.arrays import Array
from ..trace import Trace
from .traces import traced


@dataclass(frozen=True, eq=False)
class Poles:
    """The poles of a linearised network over time.

    Attributes
    ----------
    times : ndarray, (times,)
        In s.
    frequencies : ndarray, (times, size)
        Of each pole, in Hz, below 0 of a conjugate; a column is one pole on its way.
    radii : ndarray, (times, size)
        Below 1 its tone decays, above it grows.

    Examples
    --------
    >>> from specml import AutoRegNN
    >>> found = poles(Trace([AutoRegNN(size=3)], 100, 50))
    >>> found.times.shape, found.radii.shape
    ((1,), (1, 3))
    """

    times: Array
    frequencies: Array
    radii: Array


def poles(
    trace: Trace | str | Path,
    around: ArrayLike | None = None,
    samplerate: float | None = None,
    channel: int = 1,
    network: int = 1,
) -> Poles:
    """Return the poles of a network at each moment of a trace.

    Around what it has just said or heard, a network is a linear predictor; if it hears its own
    prediction, these are the tones that it sustains, (1) and docs/looking.md.

    Parameters
    ----------
    trace : Trace, str or path
        Of AutoRegNN or AutoRegNN2.
    around : array_like (n,), optional
        The sound from sample 0 on whose past the network sees: what it says, or what it hears.
        Without it, the past is silence.
    samplerate : float, optional
        In Hz; without it what the trace says, or 48000.
    channel : int
        Which model of the trace, 1..
    network : {1, 2, 3}
        Of AutoRegNN2: the first, the second, or the mixture.

    Returns
    -------
    Poles
        Each moment's poles are matched with those of the moment before so that they move as little
        as can be; at first the largest comes first.

    Raises
    ------
    ValueError
        If it is no trace of such a network, or `around` ends before it.
    OSError
        If the file cannot be read.

    Notes
    -----
    The poles are eigenvalues, which LAPACK computes: the last bits are those of a machine.

    Source of the matching: H. W. Kuhn, "The Hungarian method for the assignment problem", 1955.

    Examples
    --------
    A network that has heard a tone of 3000 Hz sustains it:

    >>> import numpy as np
    >>> from specml import AutoRegNN
    >>> net, x = AutoRegNN(), 0.2 * np.sin(2 * np.pi * 3000 / 48000 * np.arange(48000))
    >>> trace = Trace([net], 48000, 4800)
    >>> _ = net.process(x, teacher=1.0, lr=0.5, ridge=0.0)
    >>> found = poles(trace, around=x)
    >>> near = np.abs(found.frequencies[-1] - 3000).argmin()
    >>> found.frequencies[-1, near].round(-1).item(), found.radii[-1, near].round(1).item()
    (3000.0, 1.0)
    """
    seen = traced(trace, channel)
    if seen.model == "unlearn":
        raise ValueError("unlearn predicts nothing: poles are of autoregnn and autoregnn2")
    rate = samplerate or seen.samplerate or 48000.0
    times = seen.tensors["sample"]
    heard = None if around is None else np.asarray(around, np.float64)
    if heard is not None and (heard.ndim != 1 or len(heard) < times[-1]):
        raise ValueError(f"around must be ({times[-1]},) or longer, not {heard.shape}")
    rows: list[NDArray[np.complex128]] = []
    for found in _moments(seen, heard, network):
        rows.append(_matched(found, rows[-1]) if rows else found)
    tracked = np.array(rows)
    return Poles(times / rate, np.angle(tracked) * (rate / (2 * np.pi)), np.abs(tracked))


def _moments(seen: Opened, heard: Array | None, network: int) -> Iterator[NDArray[np.complex128]]:
    """Yield the poles of each moment."""
    for k, sample in enumerate(seen.tensors["sample"].tolist()):
        tensors: dict[str, Any] = {name: part[k] for name, part in seen.parameters.items()}
        if heard is not None:
            size = tensors[next(iter(tensors))].shape[1]
            past = np.concatenate([np.zeros(size), heard[max(0, sample - size) : sample]])
            names = ("past_out", "past_in", "past_in1", "past_in2")
            tensors |= dict.fromkeys(names, past[: -size - 1 : -1])
        found = predictors(seen.model, tensors, seen.now)
        if not 1 <= network <= len(found):
            raise ValueError(f"network must be 1..{len(found)}, not {network}")
        yield found[network - 1].poles


def _matched(
    found: NDArray[np.complex128], before: NDArray[np.complex128]
) -> NDArray[np.complex128]:
    """Return poles in the order of those before, from which they are the least away."""
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(np.abs(before[:, np.newaxis] - found))
    ordered = np.empty_like(found)
    ordered[rows] = found[columns]
    return ordered

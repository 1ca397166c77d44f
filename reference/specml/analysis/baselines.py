"""Well-known adaptive predictors beside AutoRegNN, on the same sound."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from ..autoregnn import AutoRegNN
from ..reference.arrays import Array
from .powers import decibels

FILTERS = ("lms", "nlms", "rls")  # padasip's
RATES = {"lms": 0.01, "nlms": 0.5, "rls": 0.9999}  # rls that forgets faster diverges on pure tones


@dataclass(frozen=True, eq=False)
class Comparison:
    """Predictors of one sound.

    Attributes
    ----------
    signal : ndarray, (n,)
        The sound.
    samplerate : float
        In Hz.
    errors : mapping of str to ndarray (n,)
        What each predictor missed, sample by sample.

    Examples
    --------
    >>> import numpy as np
    >>> x = 0.5 * np.sin(0.1 * np.arange(100))
    >>> {name: error.shape for name, error in compare(x, size=2).errors.items()}["rls"]
    (100,)
    """

    signal: Array
    samplerate: float
    errors: Mapping[str, Array]

    def gains(self, after: float = 0.0) -> dict[str, float]:
        """Return the prediction gain of each, in dB.

        Parameters
        ----------
        after : float
            Seconds in which it may adapt, which do not count.

        Returns
        -------
        dict of str to float
            Power of the sound over power of the error; -inf of one that diverged, nan if nothing
            is left to count.

        Examples
        --------
        >>> import numpy as np
        >>> x = np.array([1.0, -1.0, 1.0, -1.0])
        >>> found = Comparison(x, 4.0, {"silence": x, "half": x / 10}).gains(after=0.5)
        >>> {name: round(gain, 6) for name, gain in found.items()}
        {'silence': 0.0, 'half': 20.0}
        """
        begin = max(0, round(after * self.samplerate))
        whole = _power(self.signal[begin:])
        return {name: _gain(whole, _power(error[begin:])) for name, error in self.errors.items()}

    def over_time(self, seconds: float = 0.1) -> tuple[Array, dict[str, Array]]:
        """Return the prediction gains of successive stretches.

        Parameters
        ----------
        seconds : float
            Length of a stretch.

        Returns
        -------
        times : ndarray, (stretches,)
            Their ends, in s.
        gains : dict of str to ndarray (stretches,)
            In dB.

        Examples
        --------
        >>> import numpy as np
        >>> x = np.array([1.0, -1.0, 1.0, -1.0])
        >>> Comparison(x, 2.0, {"silence": x}).over_time(1.0)[1]["silence"].tolist()
        [0.0, 0.0]
        """
        size = max(1, round(seconds * self.samplerate))
        count = len(self.signal) // size
        whole = _powers(self.signal, size)
        gains = {}
        for name, error in self.errors.items():
            powers = zip(whole.tolist(), _powers(error, size).tolist(), strict=True)
            gains[name] = np.array([_gain(*pair) for pair in powers], np.float64)
        return np.arange(1, count + 1) * np.float64(size / self.samplerate), gains


def compare(
    signal: ArrayLike,
    samplerate: float = 48000.0,
    size: int = 12,
    width: int = 8,
    layers: int = 1,
    seed: int = 1,
    lr: float = 0.1,
    ridge: float = 0.0,
    teacher: float = 1.0,
    rates: Mapping[str, float] | None = None,
) -> Comparison:
    """Let AutoRegNN and linear predictors of the same order predict the next sample of a sound.

    Parameters
    ----------
    signal : array_like, (n,)
        The sound, within ±1, which is all that the network can say.
    samplerate : float
        In Hz.
    size, width, layers, seed, lr, ridge, teacher
        Of AutoRegNN. With `teacher` 1 it learns from the true past, as the others do; with 0 and
        `autoreg` 1, which is how the examples play, from what it said itself.
    rates : mapping, optional
        The step of padasip's ``lms`` and ``nlms``, 0.01 and 0.5, and the forgetting factor of
        ``rls``, 0.9999, where they are to be others.

    Returns
    -------
    Comparison
        Of ``autoregnn``, ``lms``, ``nlms``, ``rls``; and of ``fixed``, which is not adaptive: the
        best fixed linear predictor in hindsight, by least squares over the whole sound.

    Raises
    ------
    ValueError
        If the sound is no such array, or a rate has another name.
    ImportError
        If padasip is missing: ``pip install specml[analysis]``.

    Notes
    -----
    All see the `size` samples before, and begin with silence and weights of 0 (AutoRegNN with those
    of its seed). Sources: B. Widrow, S. Stearns, Adaptive Signal Processing, 1985; S. Haykin,
    Adaptive Filter Theory, 2002; M. Cejnek, J. Vrba, "Padasip: an open-source Python toolbox for
    adaptive filtering", Journal of Computational Science 65, 2022. What padasip and LAPACK compute
    is not recorded by specml: the last bits are those of a machine.

    Examples
    --------
    >>> import numpy as np
    >>> x = 0.5 * np.sin(2 * np.pi * 440 / 48000 * np.arange(4800))
    >>> found = compare(x, size=4).gains(after=0.05)
    >>> list(found), found["rls"] > 20
    (['autoregnn', 'lms', 'nlms', 'rls', 'fixed'], True)
    """
    x = np.asarray(signal, np.float64)
    if x.ndim != 1 or not np.all(np.isfinite(x)):
        raise ValueError(f"signal must be one channel of finite samples, not {x.shape}")
    chosen = RATES | dict(rates or {})
    if unknown := chosen.keys() - RATES.keys():
        raise ValueError(f"rates has {', '.join(unknown)}, but there are only {', '.join(RATES)}")
    pasts = sliding_window_view(np.concatenate([np.zeros(size), x])[:-1], size)
    net, filters = AutoRegNN(size, width, layers, seed), _filters()
    errors = {"autoregnn": net.process(x, lr=lr, ridge=ridge, teacher=teacher)[1]}
    for name in FILTERS:
        made = getattr(filters, f"Filter{name.upper()}")(size, mu=chosen[name], w="zeros")
        with np.errstate(all="ignore"):  # a step too large diverges
            errors[name] = np.asarray(made.run(x, pasts)[1])
    weights = np.linalg.lstsq(pasts, x, rcond=None)[0]
    return Comparison(x, samplerate, errors | {"fixed": x - pasts @ weights})


def _filters() -> Any:
    try:
        from padasip import filters
    except ImportError:
        raise ImportError("padasip is missing: pip install specml[analysis]") from None
    return filters


def _power(x: Array) -> float:
    return float(_powers(x, len(x))[0]) if len(x) else float("nan")


def _powers(x: Array, size: int) -> Array:
    pieces = x[: len(x) // size * size].reshape(-1, size)
    with np.errstate(over="ignore", invalid="ignore"):
        return np.asarray(np.mean(pieces * pieces, axis=1))


def _gain(signal: float, error: float) -> float:
    """Return the gain in dB: 0 / 0 is none, and what is not finite has diverged."""
    if not np.isfinite(error):
        return -float("inf") if np.isfinite(signal) else float("nan")
    if not signal or not error:
        return float("nan") if not signal else float("inf")
    return float(decibels(signal / error))

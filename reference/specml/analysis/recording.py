"""What is measured."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from ..reference.arrays import Array
from .powers import deviations
from .spectrum import Spectra, spectra


class Twin(Protocol):
    """What makes the model of a recording once more, and lets it go over the same run.

    `make()` returns the model as it was before the first sample, `process(model, begin, n)` lets it
    go over the samples begin..begin + n of the run.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from specml import Unlearn
    >>> from specml.analysis import lyapunov
    >>> twin = SimpleNamespace(make=Unlearn, process=lambda net, begin, n: net.process(n))
    >>> sound = Unlearn().process(9600)
    >>> lyapunov(Recording(sound, 48000, twin=twin)) > 0
    True
    """

    @property
    def make(self) -> Callable[[], Any]:
        """What makes the model.

        Examples
        --------
        >>> from types import SimpleNamespace
        >>> from specml import Unlearn
        >>> SimpleNamespace(make=Unlearn).make().neurons
        16
        """

    @property
    def process(self) -> Callable[[Any, int, int], Any]:
        """What lets it go over a stretch.

        Examples
        --------
        >>> from types import SimpleNamespace
        >>> from specml import Unlearn
        >>> twin = SimpleNamespace(process=lambda net, begin, n: net.process(n))
        >>> twin.process(Unlearn(), 0, 100).shape
        (16, 100)
        """


@dataclass(frozen=True, eq=False)
class Recording:
    """A sound, and where it came from.

    Parameters
    ----------
    samples : array_like, (channels, n) or (n,)
        Kept as float64, ``(channels, n)``.
    samplerate : float
        In Hz.
    input : array_like (n,), optional
        What the model heard.
    twin : Twin, optional
        What can run it again.

    Raises
    ------
    ValueError
        If a shape is wrong, or a number not finite.

    Examples
    --------
    >>> Recording([0.0, 0.5, -0.5], 48000).samples.shape
    (1, 3)
    """

    samples: Array
    samplerate: float
    input: Array | None = None
    twin: Twin | None = None

    def __post_init__(self) -> None:
        """Check all, and give the samples their shape."""
        samples = _finite("samples", self.samples)
        samples = samples[np.newaxis] if samples.ndim == 1 else samples
        if samples.ndim != 2 or not len(samples):
            raise ValueError(f"samples must have shape (channels, n), not {samples.shape}")
        if not 0.0 < self.samplerate < np.inf:
            raise ValueError(f"samplerate must be above 0 Hz, not {self.samplerate}")
        object.__setattr__(self, "samples", samples)
        if self.input is not None:
            heard = _finite("input", self.input)
            if heard.shape != samples.shape[1:]:
                raise ValueError(f"input must have shape {samples.shape[1:]}, not {heard.shape}")
            object.__setattr__(self, "input", heard)

    @cached_property
    def deviations(self) -> Array:
        """Each channel without its mean, ``(channels, n)``."""
        return deviations(self.samples)

    @cached_property
    def long_spectra(self) -> Spectra:
        """Spectra of about a third of a second, whose lines are fine."""
        return spectra(self.deviations, self.samplerate, 0.35)

    @cached_property
    def short_spectra(self) -> Spectra:
        """Spectra of about a twenty-fifth, whose times are."""
        return spectra(self.deviations, self.samplerate, 0.04)


def _finite(name: str, values: ArrayLike) -> Array:
    array = np.asarray(values, np.float64)
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{name} must be finite")
    return array

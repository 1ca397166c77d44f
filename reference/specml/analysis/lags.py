"""How much of what was heard is in a sound, whatever the delay."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from ..exact import fft, ifft, total
from ..reference.arrays import Array
from .powers import deviations
from .spectrum import nearest_power_of_2

SILENT = 1e-18  # of the energies' product: what is below is rounding


def correlations(x: ArrayLike, y: ArrayLike, lags: int) -> Array:
    """Return the normalised cross-correlation of two signals, at each lag from -`lags` to `lags`.

    Parameters
    ----------
    x, y : array_like, (n,)
        The signals, without their means.
    lags : int
        Below n.

    Returns
    -------
    ndarray, (2 lags + 1,)
        -1..1. At lag k it is the sum of x(i) y(i + k) over the square root of the energies of what
        is summed; 0 where one of them is silent there. 1 at lag k: y is x, k samples later.

    Raises
    ------
    ValueError
        If the shapes differ, or there are not more samples than lags.

    Notes
    -----
    The sums are computed by fast convolution, piece by piece: T. G. Stockham, "High-speed
    convolution and correlation", 1966.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.random.default_rng(1).standard_normal(500)
    >>> found = correlations(x, np.roll(x, 7), 10)
    >>> int(found.argmax()) - 10
    7
    """
    x, y = deviations(x), deviations(y)
    n = x.shape[-1]
    if x.ndim != 1 or x.shape != y.shape or not 0 <= lags < n:
        raise ValueError(
            f"x and y must be of more than {lags} samples, not {x.shape} and {y.shape}"
        )
    both = np.concatenate([
        (_tails(x, lags) * _tails(y[::-1], lags))[:0:-1],
        _tails(x[::-1], lags) * _tails(y, lags),
    ])  # fmt: skip
    heard = both > SILENT * both[lags]
    return np.where(heard, _products(x, y, lags) / np.sqrt(np.where(heard, both, 1.0)), 0.0)


def _tails(x: Array, lags: int) -> Array:
    """Return the energy of x from each of the samples 0..lags on."""
    squares = x * x
    backwards = np.concatenate([[total(squares[lags:])], squares[:lags][::-1]])
    return np.add.accumulate(backwards)[::-1]


def _products(x: Array, y: Array, lags: int) -> Array:
    """Return the sums of x(i) y(i + k), ``(2 lags + 1,)``."""
    size = 4 * nearest_power_of_2(2.0 * lags + 2.0)
    hop = size - 2 * lags
    count = -(-len(x) // hop)
    pieces = np.zeros((count, size))
    pieces[:, :hop] = np.pad(x, (0, count * hop - len(x))).reshape(count, hop)
    around = sliding_window_view(np.pad(y, (lags, count * hop + lags - len(y))), size)[::hop]
    (x_re, x_im), (y_re, y_im) = fft(pieces), fft(around)
    re, im = total(x_re * y_re + x_im * y_im, 0), total(x_re * y_im - x_im * y_re, 0)
    return ifft(re, im)[: 2 * lags + 1]

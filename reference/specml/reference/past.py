"""The last samples of a signal."""

import numpy as np

from .arrays import Array


class Past:
    """A row of samples, oldest first.

    Parameters
    ----------
    size : int
        Samples remembered.
    """

    def __init__(self, size: int) -> None:
        self.row = np.zeros(size)

    def clear(self) -> None:
        """Forget."""
        self.row = np.zeros(len(self.row))

    def push(self, sample: float) -> None:
        """Remember one more sample, and forget the oldest."""
        self.row = np.append(self.row[1:], sample)


def blend(x: Array, y: Array, share: float) -> Array:
    """Return ``share x + (1 - share) y``."""
    return share * x + (1.0 - share) * y

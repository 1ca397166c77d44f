"""SplitMix64 (Steele, Lea, Flood 2014): every 64-bit seed is a good one, its state is its seed."""

import numpy as np

from .arrays import Array

GAMMA = 0x9E3779B97F4A7C15
MASK = 0xFFFFFFFFFFFFFFFF


class SplitMix64:
    """A generator of 64-bit numbers that both languages share."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def next(self) -> int:
        """Return the next of 2^64 numbers."""
        self.state = (self.state + GAMMA) & MASK
        z = self.state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
        return z ^ (z >> 31)

    def uniform(self) -> float:
        """Return a number in [0, 1), a multiple of 2^-53."""
        return (self.next() >> 11) * 2.0**-53

    def bipolar(self) -> float:
        """Return a number in [-1, 1)."""
        return 2.0 * self.uniform() - 1.0


def white_noise(n: int, seed: int, start: int = 0) -> Array:
    """Return `n` numbers in [-1, 1) of ``SplitMix64(seed)`` at once, ``(n,)``, after `start`."""
    with np.errstate(over="ignore"):
        k = np.arange(start + 1, start + n + 1, dtype=np.uint64)
        z = np.uint64(seed) + k * np.uint64(GAMMA)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return 2.0 * ((z >> np.uint64(11)).astype(np.float64) * 2.0**-53) - 1.0

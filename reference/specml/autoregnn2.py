"""The public AutoRegNN2, on either engine."""

from __future__ import annotations  # help() shows signatures as they are written here

from numpy.typing import ArrayLike

from . import checks, core
from .engines import NetworkMaker
from .model import NetworkModel
from .reference.arrays import Array
from .reference.autoregnn2 import CONTROLS, AutoRegNN2Reference
from .snapshots import cut, glided


class AutoRegNN2(NetworkModel):
    """Two networks, each learning its own input; what speaks is a mixture of their parameters.

    Parameters
    ----------
    size, width, layers, seed, scale, engine
        As for `AutoRegNN`, for both networks; the second draws its weights after the first.

    Raises
    ------
    ValueError
        If a number is out of range, `scale` not finite or `engine` unknown.

    Notes
    -----
    Source: L. Döbereiner and D. Pirrò, "Speculative Machine Learning in Sound Synthesis", SMC 2024.

    Examples
    --------
    >>> from specml import AutoRegNN2
    >>> AutoRegNN2(size=8).parameters.shape
    (2, 81)
    """

    _kind = "autoregnn2"
    controls = CONTROLS
    _engine: core.AutoRegNN2Core | AutoRegNN2Reference

    @staticmethod
    def _engines() -> tuple[NetworkMaker, NetworkMaker]:
        return core.AutoRegNN2Core, AutoRegNN2Reference

    def process(
        self,
        x1: ArrayLike,
        x2: ArrayLike,
        mix: float | ArrayLike = 0.5,
        lr: float | ArrayLike = 0.5,
        ridge: float | ArrayLike = 1e-3,
        autoreg: float | ArrayLike = 1.0,
        teacher: float | ArrayLike = 0.0,
    ) -> tuple[Array, Array, Array]:
        """Learn both inputs and speak, one sample after the other.

        Every call sets every control: one that it does not name gets its default. A number is what
        the control holds from then on, a signal moves it as long as it lasts.

        Parameters
        ----------
        x1, x2 : array_like, (n,)
            Input samples, repaired as in `AutoRegNN.process`.
        mix : float or array_like (n,)
            0 speaks with the first network's parameters, 1 with the second's; clamped to 0..1.
        lr, ridge, autoreg, teacher : float or array_like (n,)
            As in `AutoRegNN.process`, for both networks.

        Returns
        -------
        out : ndarray, (n,)
            What the mixture says, within ±1.
        error1, error2 : ndarray, (n,)
            Each network's prediction minus its input, before each step of learning.

        Raises
        ------
        ValueError
            If a shape is wrong or a control not finite; the networks are then as they were.
        KeyboardInterrupt
            As in `AutoRegNN.process`.

        Examples
        --------
        >>> import numpy as np
        >>> from specml import AutoRegNN, AutoRegNN2
        >>> t = np.arange(1000)
        >>> sine, pulse = np.sin(0.1 * t), np.sign(np.sin(0.1 * t))
        >>> out, error1, error2 = AutoRegNN2().process(sine, pulse, mix=np.linspace(0, 1, 1000))
        >>> out.shape, error1.shape
        ((1000,), (1000,))
        """
        heard1, heard2 = checks.signal("x1", x1), checks.signal("x2", x2)
        n = len(heard1)
        if len(heard2) != n:
            raise ValueError(f"x2 must have as many samples as x1, {n}, not {len(heard2)}")
        controls = {"mix": mix, "lr": lr, "ridge": ridge, "autoreg": autoreg, "teacher": teacher}
        signals = self._set(controls, n)
        out, error1, error2 = glided(
            [self], n,
            lambda at: self._engine.process(heard1[at], heard2[at], cut(signals, at)),
        )  # fmt: skip
        return out, error1, error2

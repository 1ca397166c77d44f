"""The public AutoRegNN, on either engine."""

from __future__ import annotations  # help() shows signatures as they are written here

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from . import checks, core
from .engines import NetworkMaker
from .model import NetworkModel
from .reference.arrays import Array, Signals
from .reference.autoregnn import CONTROLS, AutoRegNNReference
from .snapshots import cut, glided

_AnyEngine: TypeAlias = "core.AutoRegNNCore | AutoRegNNReference"


class AutoRegNN(NetworkModel):
    """A feed-forward network that predicts the next sample and learns from each miss.

    Per sample it makes two forward passes, one to learn and one to speak, and one gradient step
    between them.

    Parameters
    ----------
    size : int
        P, past samples seen, 1..1024.
    width : int
        H, units in a hidden layer, 1..1024.
    layers : int
        L, hidden layers, 1..8.
    seed : int
        Of the initial weights, 0..2^64 - 1.
    scale : float
        Initial weights are drawn from U(-1, 1) scale / sqrt(inputs of the unit); clamped to 0..100.
    engine : {"core", "numpy"}
        The C core, or the reference in NumPy: the same bits, 1000 times slower.

    Raises
    ------
    ValueError
        If a number is out of range, `scale` not finite or `engine` unknown.

    Notes
    -----
    Source: L. Döbereiner and D. Pirrò, "Speculative Machine Learning in Sound Synthesis", SMC 2024.

    Examples
    --------
    >>> from specml import AutoRegNN
    >>> net = AutoRegNN(size=24, width=16)
    >>> net
    AutoRegNN(size=24, width=16)
    >>> net.parameters.shape
    (417,)
    """

    _kind = "autoregnn"
    controls = CONTROLS
    _engine: core.AutoRegNNCore | AutoRegNNReference

    @staticmethod
    def _engines() -> tuple[NetworkMaker, NetworkMaker]:
        return core.AutoRegNNCore, AutoRegNNReference

    def process(
        self,
        x: ArrayLike,
        autoreg: float | ArrayLike = 1.0,
        lr: float | ArrayLike = 0.1,
        ridge: float | ArrayLike = 1e-4,
        teacher: float | ArrayLike = 0.0,
    ) -> tuple[Array, Array]:
        """Learn and speak, one sample after the other.

        Every call sets every control: one that it does not name gets its default. A number is what
        the control holds from then on, a signal moves it as long as it lasts.

        Parameters
        ----------
        x : array_like, (n,)
            Input samples. What is not finite counts as 0, what is beyond ±1e6 as ±1e6; `clipped`
            counts both.
        autoreg : float or array_like (n,)
            1 hears only its own past output, 0 only the input; clamped to 0..1.
        lr : float or array_like (n,)
            Learning rate, clamped to 0..10; 0 freezes the weights.
        ridge : float or array_like (n,)
            Weight decay, clamped to 0..1.
        teacher : float or array_like (n,)
            0 learns from the past it speaks from, 1 from the input's; clamped to 0..1.

        Returns
        -------
        out : ndarray, (n,)
            What it says, within ±1.
        error : ndarray, (n,)
            Prediction minus input, before each step of learning.

        Raises
        ------
        ValueError
            If a shape is wrong or a control not finite; the network is then as it was.
        KeyboardInterrupt
            On Ctrl-C, within a tenth of a second. The network is then as after the last finished
            block, of about 10 ms of work (of one sample, on the reference); what it said is lost.

        Examples
        --------
        >>> import numpy as np
        >>> from specml import AutoRegNN
        >>> x = np.sin(2 * np.pi * 200 / 48000 * np.arange(48000))
        >>> out, error = AutoRegNN().process(x, lr=0.1)
        >>> round(np.corrcoef(out[-2400:], x[-2400:])[0, 1].item(), 2)
        1.0
        """
        heard = checks.signal("x", x)
        controls = {"autoreg": autoreg, "lr": lr, "ridge": ridge, "teacher": teacher}
        signals = self._set(controls, len(heard))
        out, error = glided(
            [self],
            len(heard),
            lambda piece: self._engine.process(heard[piece], cut(signals, piece)),
        )
        return out, error


def process_many(
    nets: Sequence[AutoRegNN],
    x: ArrayLike,
    autoreg: float | ArrayLike = 1.0,
    lr: float | ArrayLike = 0.1,
    ridge: float | ArrayLike = 1e-4,
    teacher: float | ArrayLike = 0.0,
) -> tuple[Array, Array]:
    """Let several networks learn and speak at once: the bits of each alone, but sooner.

    Neighbours of one shape go side by side, up to four small ones at a time; other shapes may
    stand among them.

    Parameters
    ----------
    nets : sequence of AutoRegNN
        At least one, each once, all on the same engine.
    x : array_like, (nets, n)
        What each of them hears, as in `AutoRegNN.process`.
    autoreg, lr, ridge, teacher : float or array_like (n,), (nets, 1) or (nets, n)
        As in `AutoRegNN.process`: a number or a signal for all of them, a number for each, or a
        signal for each.

    Returns
    -------
    out, error : ndarray, (nets, n)
        What each of them says, and its prediction minus its input.

    Raises
    ------
    ValueError
        If the networks are not such, a shape is wrong or a control not finite; the networks are
        then as they were.
    KeyboardInterrupt
        As in `AutoRegNN.process`; all of them are then as after the same sample.

    Examples
    --------
    >>> import numpy as np
    >>> from specml import AutoRegNN, process_many
    >>> x = np.sin(np.arange(3000)).reshape(3, 1000)
    >>> nets = [AutoRegNN(seed=k) for k in (1, 2, 3)]
    >>> out, error = process_many(nets, x, lr=[[0.1], [0.2], [0.3]])
    >>> (out[1] == AutoRegNN(seed=2).process(x[1], lr=0.2)[0]).all().item()
    True
    """
    nets = list(nets)
    engines = _engines_of(nets)
    heard = checks.samples("x", x)
    if heard.ndim != 2 or len(heard) != len(engines):
        raise ValueError(f"x must have shape ({len(engines)}, n), not {heard.shape}")
    controls = {"autoreg": autoreg, "lr": lr, "ridge": ridge, "teacher": teacher}
    checked = {name: checks.controls(name, value, heard.shape) for name, value in controls.items()}
    signals = {name: values for name, values in checked.items()
               if np.ndim(controls[name]) and values.shape == heard.shape}  # fmt: skip
    for name, values in checked.items():
        if name not in signals:
            for engine, value in zip(engines, values[:, 0].tolist(), strict=True):
                engine.set(name, value)
    out, error = glided(
        nets, heard.shape[1],
        lambda piece: _together(engines, heard[:, piece], cut(signals, piece)),
    )  # fmt: skip
    return out, error


def _together(engines: Sequence[_AnyEngine], x: Array, signals: Signals) -> tuple[Array, Array]:
    """Return out and error of engines that are all of the one kind or of the other."""
    if references := [engine for engine in engines if isinstance(engine, AutoRegNNReference)]:
        return AutoRegNNReference.process_many(references, x, signals)
    cores = [engine for engine in engines if isinstance(engine, core.AutoRegNNCore)]
    return core.AutoRegNNCore.process_many(cores, x, signals)


def _engines_of(nets: list[AutoRegNN]) -> list[_AnyEngine]:
    """Return the engines of networks that can be computed together."""
    if not nets:
        raise ValueError("nets holds no network")
    for k, net in enumerate(nets):
        if not isinstance(net, AutoRegNN):
            raise ValueError(f"nets[{k}] must be an AutoRegNN, not {net!r}")
        if type(net._engine) is not type(nets[0]._engine):
            raise ValueError(f"nets[{k}] runs on another engine than nets[0]")
        if any(net is other for other in nets[:k]):
            raise ValueError(f"nets[{k}] is in nets twice")
    return [net._engine for net in nets]

"""The public AutoRegNN, on either engine."""

from . import checks, core
from .model import NetworkModel
from .reference.autoregnn import CONTROLS, AutoRegNNReference


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
    """

    controls = CONTROLS

    @staticmethod
    def _engines():
        return core.AutoRegNNCore, AutoRegNNReference

    def process(self, x, autoreg=1.0, lr=0.1, ridge=1e-4, teacher=0.0):
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
        """
        x = checks.signal("x", x)
        controls = {"autoreg": autoreg, "lr": lr, "ridge": ridge, "teacher": teacher}
        return self._engine.process(x, self._set(controls, len(x)))

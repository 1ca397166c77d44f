"""The public models. Each runs on either engine, the C core or the NumPy reference: same bits."""

import math
import numbers
from collections.abc import Mapping

import numpy as np

from . import core, finite
from .autoregnn import AutoRegNNReference
from .autoregnn2 import AutoRegNN2Reference
from .unlearn import FUNCTIONS, INTEGRATORS, UnlearnReference

ENGINES = ("core", "numpy")


class _Model:
    """What the models share: a checked seed, controls, the count of repaired samples."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    @property
    def seed(self) -> int:
        """The seed of the last reset."""
        return self._seed

    @property
    def clipped(self) -> int:
        """Input samples repaired since the last reset: not finite, or beyond ±1e6."""
        return self._engine.clipped

    def reset(self, seed: int | None = None) -> None:
        """Draw new weights and forget sound; controls keep their values.

        Parameters
        ----------
        seed : int, optional
            0..2^64 - 1; without it, the last one again.

        Raises
        ------
        ValueError
            If `seed` is not such a number.
        """
        self._seed = self._seed if seed is None else _integer("seed", seed, 0, 2**64 - 1)
        self._engine.reset(self._seed)

    def clear(self) -> None:
        """Forget sound, keep weights."""
        self._engine.clear()

    def _control(self, controls: Mapping[str, object], n: int) -> dict[str, np.ndarray]:
        """Set the scalars among `controls`; return the others as signals ``(n,)``."""
        checked = {name: _control(name, value, n) for name, value in controls.items()}
        signals = {name: value for name, value in checked.items() if isinstance(value, np.ndarray)}
        for name, value in checked.items():
            if name not in signals:
                self._engine.set(name, value)
        return signals


class AutoRegNN(_Model):
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

    def __init__(
        self, size: int = 12, width: int = 8, layers: int = 1, seed: int = 1, scale: float = 1.0,
        engine: str = "core",
    ) -> None:  # fmt: skip
        build = _choose(engine, core.AutoRegNNCore, AutoRegNNReference)
        settings = _network(size, width, layers, seed, scale)
        super().__init__(settings[3])
        self._engine = build(*settings)

    def process(self, x, autoreg=1.0, lr=0.1, ridge=1e-4, teacher=0.0):
        """Learn and speak, one sample after the other.

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
        x = _signal("x", x)
        controls = {"autoreg": autoreg, "lr": lr, "ridge": ridge, "teacher": teacher}
        return self._engine.process(x, self._control(controls, len(x)))

    @property
    def parameters(self) -> np.ndarray:
        """Weights and biases ``(count,)``, a copy; assignable.

        Canonical order: for each layer, for each unit its weights in input order (layer 1: newest
        sample first), then that layer's biases; then the output's weights, then its bias.
        """
        return self._engine.parameters

    @parameters.setter
    def parameters(self, values) -> None:
        self._engine.parameters = _parameters(values, self._engine.parameters.shape)

    def state(self) -> dict[str, np.ndarray]:
        """Return a copy of everything it remembers: parameters, past (newest first), clipped."""
        return _state(self, parameters=self.parameters)


class AutoRegNN2(_Model):
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
    """

    def __init__(
        self, size: int = 12, width: int = 8, layers: int = 1, seed: int = 1, scale: float = 1.0,
        engine: str = "core",
    ) -> None:  # fmt: skip
        build = _choose(engine, core.AutoRegNN2Core, AutoRegNN2Reference)
        settings = _network(size, width, layers, seed, scale)
        super().__init__(settings[3])
        self._engine = build(*settings)

    def process(self, x1, x2, mix=0.5, lr=0.5, ridge=1e-3, autoreg=1.0, teacher=0.0):
        """Learn both inputs and speak, one sample after the other.

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
        """
        x1, x2 = _signal("x1", x1), _signal("x2", x2)
        if len(x1) != len(x2):
            raise ValueError(f"x2 must have as many samples as x1, {len(x1)}, not {len(x2)}")
        controls = {"mix": mix, "lr": lr, "ridge": ridge, "autoreg": autoreg, "teacher": teacher}
        return self._engine.process(x1, x2, self._control(controls, len(x1)))

    @property
    def parameters(self) -> np.ndarray:
        """Weights and biases ``(2, count)``, a copy; assignable. Order as for `AutoRegNN`."""
        return self._engine.parameters

    @parameters.setter
    def parameters(self, values) -> None:
        self._engine.parameters = _parameters(values, self._engine.parameters.shape)

    def state(self) -> dict[str, np.ndarray]:
        """Return a copy of everything it remembers: parameters, past (newest first), clipped."""
        return _state(self, parameters=self.parameters)


class Unlearn(_Model):
    """Neurons in a delay network whose weights circle on small limit cycles and never settle.

    Parameters
    ----------
    neurons : int
        N, 1..1024.
    inputs : int
        K, inputs of a neuron from the network, 1..N; N: all to all, in order.
    maxdelay : int
        Delays are drawn uniformly from 1..maxdelay samples; 1..480000.
    external : int
        M, external signals, 0..1024; signal j feeds neuron j mod N through one more synapse.
    activation, energy : {"tanh", "cosine"}
        f and g; cosine is (1 + cos(pi x)) / 2.
    integrator : {"symplectic", "euler"}
        Structure-preserving splitting, or the plain explicit step.
    seed : int
        Of sources, delays, weights and first outputs, 0..2^64 - 1.
    scale : float
        Initial weights are drawn from U(-1, 1) scale; clamped to 0..100.
    excite : float
        First outputs and bangs are drawn from U(-1, 1) excite; clamped to 0..1.
    samplerate : float
        In Hz, 1..1e6.
    engine : {"core", "numpy"}
        The C core, or the reference in NumPy: the same bits, 1000 times slower.

    Raises
    ------
    ValueError
        If a number is out of range or not finite, or a name unknown.

    Notes
    -----
    Source: L. Döbereiner and D. Pirrò, "Speculative Machine Learning in Sound Synthesis", SMC 2024.
    """

    def __init__(
        self, neurons: int = 16, inputs: int = 3, maxdelay: int = 2400, external: int = 1,
        activation: str = "tanh", energy: str = "tanh", integrator: str = "symplectic",
        seed: int = 1, scale: float = 2.0, excite: float = 0.1, samplerate: float = 48000,
        engine: str = "core",
    ) -> None:  # fmt: skip
        build = _choose(engine, core.UnlearnCore, UnlearnReference)
        self._neurons = _integer("neurons", neurons, 1, 1024)
        self._external = _integer("external", external, 0, 1024)
        shape = (
            self._neurons,
            _integer("inputs", inputs, 1, self._neurons),
            _integer("maxdelay", maxdelay, 1, 480000),
            self._external,
        )
        rate = _number("samplerate", samplerate)
        if not 1.0 <= rate <= 1e6:
            raise ValueError(f"samplerate must be within 1..1e6 Hz, not {samplerate!r}")
        super().__init__(_integer("seed", seed, 0, 2**64 - 1))
        draws = (self._seed, _number("scale", scale), _number("excite", excite))
        names = {
            "activation": _name("activation", activation, FUNCTIONS),
            "energy": _name("energy", energy, FUNCTIONS),
            "integrator": _name("integrator", integrator, INTEGRATORS),
        }
        self._engine = build(*shape, rate, *draws)
        for setting, name in names.items():
            setattr(self._engine, setting, name)

    def process(
        self, n, lambda_=60.0, mu=0.4, nu=0.4, strength=0.1, radius=0.01, friction=0.0, centre=0.0,
        outs=None,
    ) -> np.ndarray:  # fmt: skip
        """Run the network.

        Parameters
        ----------
        n : int or array_like (external, n)
            A number of samples without input, or the external signals, repaired as in
            `AutoRegNN.process`; a single one may be ``(n,)``.
        lambda_ : float or array_like (n,)
            Learning rate in 1/s, clamped to ±20000; 0 stops learning.
        mu, nu : float or array_like (n,)
            The two parts of the energy, clamped to ±1e6.
        strength : float or array_like (n,)
            Pull of the limit cycle, clamped to 0..1e6.
        radius : float or array_like (n,)
            Its radius, clamped to 0..1000.
        friction : float or array_like (n,)
            In 1/s, clamped to 0..1e6.
        centre : float or array_like (n,)
            0: the cycle is drawn around 0, as printed in the source; 1: around the slow trace.
        outs : int, optional
            Mix down to 1..neurons outputs: output j is the mean of neurons i with i mod outs = j.

        Returns
        -------
        ndarray, (neurons, n) or (outs, n)
            The neurons' outputs.

        Raises
        ------
        ValueError
            If a shape is wrong or a control not finite; the network is then as it was.
        """
        external, n = self._input(n)
        outs = self._neurons if outs is None else _integer("outs", outs, 1, self._neurons)
        controls = {
            "lambda": lambda_, "mu": mu, "nu": nu, "strength": strength, "radius": radius,
            "friction": friction, "centre": centre,
        }  # fmt: skip
        return self._engine.process(external, n, self._control(controls, n), outs)

    def _input(self, n) -> tuple[np.ndarray | None, int]:
        if np.ndim(n) == 0:
            return None, _integer("n", n, 0, 2**62)
        x = _array("n", n)
        x = x[np.newaxis] if x.ndim == 1 and self._external == 1 else x
        if x.ndim != 2 or len(x) != self._external:
            raise ValueError(
                f"n must be a number of samples or an array of shape ({self._external}, n), "
                f"not {np.shape(n)}"
            )
        return x, x.shape[1]

    def bang(self) -> None:
        """Push the newest output of each neuron: a silent tanh network needs it."""
        self._engine.bang()

    @property
    def weights(self) -> np.ndarray:
        """Weights w ``(neurons, inputs + ceil(external / neurons))``, a copy; assignable.

        Columns from `inputs` on belong to external signals, 0 where no signal feeds the neuron.
        """
        return self._engine.synapses()[0]

    @weights.setter
    def weights(self, values) -> None:
        old = self.weights
        values = _array("weights", values)
        if values.shape != old.shape:
            raise ValueError(f"weights must have shape {old.shape}, not {values.shape}")
        if not np.all(np.abs(values) <= 1e6):
            raise ValueError(f"weights must be finite and within ±1e6, not {_worst(values)}")
        fed = np.array([[self._feeds(i, k) for k in range(old.shape[1])] for i in range(len(old))])
        if np.any(values[~fed] != 0.0):
            raise ValueError("weights must be 0 where no external signal feeds the neuron")
        for index in np.flatnonzero(fed):
            self._engine.set_weight(int(index), float(values.flat[index]))

    def _feeds(self, neuron: int, row: int) -> bool:
        inputs = self.sources.shape[1]
        return row < inputs or (row - inputs) * self._neurons + neuron < self._external

    @property
    def velocities(self) -> np.ndarray:
        """Velocities v, shaped as `weights`."""
        return self._engine.synapses()[1]

    @property
    def traces(self) -> np.ndarray:
        """Slow traces u, shaped as `weights`."""
        return self._engine.synapses()[2]

    @property
    def sources(self) -> np.ndarray:
        """The neuron that each synapse hears, ``(neurons, inputs)``."""
        return self._engine.sources.copy()

    @property
    def delays(self) -> np.ndarray:
        """Delays in samples, ``(neurons, inputs)``."""
        return self._engine.delays.copy()

    @property
    def energy_sum(self) -> float:
        """S, the sum of the neurons' last outputs."""
        return self._engine.energy_sum

    def state(self) -> dict[str, np.ndarray]:
        """Return a copy of everything it remembers: synapses, past (newest first), S, clipped."""
        weights, velocities, traces = self._engine.synapses()
        return _state(
            self,
            weights=weights,
            velocities=velocities,
            traces=traces,
            energy_sum=np.array([self.energy_sum]),
        )


def _state(model: _Model, **parts: np.ndarray) -> dict[str, np.ndarray]:
    past = {f"past_{name}": row.copy() for name, row in model._engine.past().items()}
    return parts | past | {"clipped": np.array([model.clipped], np.uint64)}


def _choose(engine: str, core_engine, reference):
    return (core_engine, reference)[ENGINES.index(_name("engine", engine, ENGINES))]


def _network(size, width, layers, seed, scale) -> tuple[int, int, int, int, float]:
    return (
        _integer("size", size, 1, 1024),
        _integer("width", width, 1, 1024),
        _integer("layers", layers, 1, 8),
        _integer("seed", seed, 0, 2**64 - 1),
        _number("scale", scale),
    )


def _name(what: str, value, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"{what} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def _integer(what: str, value, low: int, high: int) -> int:
    is_integer = isinstance(value, numbers.Integral) and not isinstance(value, bool)
    if not is_integer or not low <= value <= high:
        raise ValueError(f"{what} must be an integer within {low}..{high}, not {value!r}")
    return int(value)


def _number(what: str, value) -> float:
    try:
        number = float(value) if isinstance(value, numbers.Real) else math.nan
    except OverflowError:  # an integer beyond all floats
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"{what} must be a finite number, not {value!r}")
    return number


def _array(what: str, value) -> np.ndarray:
    array = np.asarray(value)
    if array.dtype.kind not in "fiub":
        raise ValueError(f"{what} must hold real numbers, not {array.dtype}")
    return array.astype(np.float64, order="C")


def _signal(what: str, value) -> np.ndarray:
    array = _array(what, value)
    if array.ndim != 1:
        raise ValueError(f"{what} must have shape (n,), not {array.shape}")
    return array


def _control(what: str, value, n: int) -> float | np.ndarray:
    if type(value) is float and math.isfinite(value):
        return value
    array = _array(what, value)
    if array.ndim and array.shape != (n,):
        raise ValueError(f"{what} must be a number or have shape ({n},), not {array.shape}")
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{what} must be finite, not {_worst(array)}")
    return array if array.ndim else float(array)


def _parameters(values, shape: tuple[int, ...]) -> np.ndarray:
    array = _array("parameters", values)
    if array.shape != shape:
        raise ValueError(f"parameters must have shape {shape}, not {array.shape}")
    if not np.all(np.abs(array) <= finite.WEIGHT_MAX):
        raise ValueError(f"parameters must be finite and within ±2^500, not {_worst(array)}")
    return array


def _worst(array: np.ndarray) -> float:
    """Return the first value that is not finite, or the largest."""
    flat = array.ravel()
    bad = flat[~np.isfinite(flat)]
    return float(bad[0]) if bad.size else float(flat[np.argmax(np.abs(flat))])

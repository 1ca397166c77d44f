"""The public Unlearn, on either engine."""

from __future__ import annotations  # help() shows signatures as they are written here

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import checks, core
from .checks import Ranges
from .engines import choose
from .model import Model, read_only
from .reference.arrays import Array, Integers, State
from .reference.unlearn import CONTROLS, FUNCTIONS, INTEGRATORS, STATE_MAX, UnlearnReference
from .snapshots import Learnt, cut, glided

CHOICES = {"activation": FUNCTIONS, "energy": FUNCTIONS, "integrator": INTEGRATORS}


class Unlearn(Model):
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
    activation, energy : {"tanh", "cosine", "cosine-rad", "dip", "dip-rad"}
        f and g; cosine is (1 + cos(pi x)) / 2, dip is (1 - cos(pi x)) / 2; rad: without pi.
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
    Told nothing, it is the source's example "wind", and goes on sounding.

    Source: L. Döbereiner and D. Pirrò, "Speculative Machine Learning in Sound Synthesis", SMC 2024.

    Examples
    --------
    >>> from specml import Unlearn
    >>> Unlearn(neurons=8, activation="tanh", energy="tanh")
    Unlearn(neurons=8, activation='tanh', energy='tanh')
    """

    _kind = "unlearn"
    controls = CONTROLS
    settings = ("neurons", "inputs", "maxdelay", "external")
    _engine: core.UnlearnCore | UnlearnReference

    def __init__(
        self, neurons: int = 16, inputs: int = 3, maxdelay: int = 2400, external: int = 1,
        activation: str = "cosine-rad", energy: str = "dip-rad", integrator: str = "symplectic",
        seed: int = 1, scale: float = 2.0, excite: float = 0.1, samplerate: float = 48000,
        engine: str = "core",
    ) -> None:  # fmt: skip
        build = choose(engine, core.UnlearnCore, UnlearnReference)
        neurons = checks.integer("neurons", neurons, *checks.UNLEARN["neurons"])
        shape = (
            neurons,
            checks.integer("inputs", inputs, 1, neurons),
            checks.integer("maxdelay", maxdelay, *checks.UNLEARN["maxdelay"]),
            checks.integer("external", external, *checks.UNLEARN["external"]),
        )
        rate = checks.samplerate(samplerate)
        seed = checks.integer("seed", seed, 0, 2**64 - 1)
        draws = (seed, checks.number("scale", scale), checks.number("excite", excite))
        super().__init__(seed, build(*shape, rate, *draws))
        self.activation, self.energy, self.integrator = activation, energy, integrator

    @property
    def neurons(self) -> int:
        """N, neurons.

        Examples
        --------
        >>> from specml import Unlearn
        >>> Unlearn().neurons
        16
        """
        return self._engine.neurons

    @property
    def inputs(self) -> int:
        """K, inputs of a neuron from the network.

        Examples
        --------
        >>> from specml import Unlearn
        >>> Unlearn().inputs
        3
        """
        return self._engine.inputs

    @property
    def maxdelay(self) -> int:
        """The longest delay that can be drawn, in samples.

        Examples
        --------
        >>> from specml import Unlearn
        >>> Unlearn().maxdelay
        2400
        """
        return self._engine.maxdelay

    @property
    def external(self) -> int:
        """M, external signals.

        Examples
        --------
        >>> from specml import Unlearn
        >>> Unlearn().external
        1
        """
        return self._engine.external

    @property
    def activation(self) -> str:
        """f, one of tanh, cosine, cosine-rad, dip, dip-rad; assignable.

        Examples
        --------
        >>> from specml import Unlearn
        >>> net = Unlearn()
        >>> net.activation
        'cosine-rad'
        >>> net.activation = "tanh"
        >>> net
        Unlearn(activation='tanh')
        """
        return str(self._engine.activation)

    @activation.setter
    def activation(self, value: str) -> None:
        self._engine.activation = checks.name("activation", value, FUNCTIONS)

    @property
    def energy(self) -> str:
        """g, one of tanh, cosine, cosine-rad, dip, dip-rad; assignable.

        Examples
        --------
        >>> from specml import Unlearn
        >>> net = Unlearn()
        >>> net.energy
        'dip-rad'
        >>> net.energy = "dip"
        >>> net
        Unlearn(energy='dip')
        """
        return str(self._engine.energy)

    @energy.setter
    def energy(self, value: str) -> None:
        self._engine.energy = checks.name("energy", value, FUNCTIONS)

    @property
    def integrator(self) -> str:
        """One of symplectic, euler; assignable.

        Examples
        --------
        >>> from specml import Unlearn
        >>> net = Unlearn()
        >>> net.integrator
        'symplectic'
        >>> net.integrator = "euler"
        >>> net
        Unlearn(integrator='euler')
        """
        return str(self._engine.integrator)

    @integrator.setter
    def integrator(self, value: str) -> None:
        self._engine.integrator = checks.name("integrator", value, INTEGRATORS)

    @property
    def excite(self) -> float:
        """Of the next first outputs and bangs; assignable, clamped to 0..1.

        Examples
        --------
        >>> from specml import Unlearn
        >>> net = Unlearn()
        >>> net.excite = 7.0
        >>> net.excite
        1.0
        """
        return float(self._engine.excite)

    @excite.setter
    def excite(self, value: float) -> None:
        self._engine.set_excite(checks.number("excite", value))

    @property
    def samplerate(self) -> float:
        """In Hz; assignable, 1..1e6.

        Examples
        --------
        >>> from specml import Unlearn
        >>> net = Unlearn()
        >>> net.samplerate = 44100
        >>> net.samplerate
        44100.0
        """
        return float(self._engine.samplerate)

    @samplerate.setter
    def samplerate(self, value: float) -> None:
        self._engine.set_samplerate(checks.samplerate(value))

    def process(
        self,
        samples: int | None = None,
        *,
        x: ArrayLike | None = None,
        lambda_: float | ArrayLike = 10.0,
        mu: float | ArrayLike = 235.0,
        nu: float | ArrayLike = 900.0,
        strength: float | ArrayLike = 0.1,
        radius: float | ArrayLike = 0.02,
        friction: float | ArrayLike = 0.5,
        centre: float | ArrayLike = 0.0,
        pivot: float | ArrayLike = 0.0,
        outs: int | None = None,
    ) -> Array:
        """Run the network for a number of samples, or as long as the signals that it hears.

        Every call sets every control: one that it does not name gets its default. A number is what
        the control holds from then on, a signal moves it as long as it lasts.

        Parameters
        ----------
        samples : int
            How many, if it hears nothing: ``process(48000)``.
        x : array_like (external, n)
            What it hears, repaired as in `AutoRegNN.process`; a single signal may be ``(n,)``.
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
        pivot : float or array_like (n,)
            0: a weight turns around 0, as printed in the source; 1: around its slow trace.
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
        KeyboardInterrupt
            As in `AutoRegNN.process`.

        Examples
        --------
        >>> import numpy as np
        >>> from specml import Unlearn
        >>> net = Unlearn()
        >>> net.process(4800, outs=2).shape
        (2, 4800)
        >>> net.process(x=np.sin(np.arange(100)), lambda_=np.linspace(10, 0, 100)).shape
        (16, 100)
        """
        heard, n = self._input(samples, x)
        outs = self.neurons if outs is None else checks.integer("outs", outs, 1, self.neurons)
        controls = {
            "lambda": lambda_, "mu": mu, "nu": nu, "strength": strength, "radius": radius,
            "friction": friction, "centre": centre, "pivot": pivot,
        }  # fmt: skip
        signals = self._set(controls, n)

        def run(piece: slice) -> tuple[Array]:
            external = None if heard is None else heard[:, piece]
            samples = piece.stop - piece.start
            return (self._engine.process(external, samples, cut(signals, piece), outs),)

        return glided([self], n, run)[0]

    def _input(self, samples: ArrayLike | None, x: ArrayLike | None) -> tuple[Array | None, int]:
        """Return the external signals, or None for silence, and how many samples."""
        if x is None:
            if samples is None:
                raise ValueError("process takes samples, how many, or x, the signals that it hears")
            if np.ndim(samples):
                raise ValueError(
                    f"samples must be a number of samples, not an array of shape "
                    f"{np.shape(samples)}: signals are given by name, process(x=...)"
                )
            return None, checks.integer("samples", samples, 0, 2**62)
        if samples is not None:
            raise ValueError("process takes samples or x, whose length says how many, not both")
        signals = checks.samples("x", x)
        signals = signals[np.newaxis] if signals.ndim == 1 and self.external == 1 else signals
        if signals.ndim != 2 or len(signals) != self.external:
            raise ValueError(f"x must have shape ({self.external}, n), not {np.shape(x)}")
        return signals, signals.shape[1]

    def bang(self) -> None:
        """Push the newest output of each neuron.

        It wakes a silent network of tanh if the squares of a neuron's weights add up to about 1 (3
        inputs: scale 1). If they are smaller, or if a cosine has come to rest, no push lasts:
        reset, another seed or a larger scale. A cosine that forgot its sound needs none.

        Examples
        --------
        >>> from specml import Unlearn
        >>> net = Unlearn(activation="tanh", excite=0.0)
        >>> net.process(4800).any().item()
        False
        >>> net.excite = 0.1
        >>> net.bang()
        >>> net.process(4800).any().item()
        True
        """
        self._engine.bang()

    @property
    def weights(self) -> Array:
        """Weights w ``(neurons, inputs + ceil(external / neurons))``; assignable as a whole.

        What is read is a copy that cannot be written to, here as in `velocities` and the others.

        Columns from `inputs` on belong to external signals, 0 where no signal feeds the neuron.

        Examples
        --------
        >>> import numpy as np
        >>> from specml import Unlearn
        >>> net = Unlearn(neurons=4, inputs=2, external=1)
        >>> net.weights.shape, net.weights[:, 2].nonzero()[0].tolist()
        ((4, 3), [0])
        >>> net.weights = 0.5 * net.weights
        """
        return read_only(self._engine.synapses()[0])

    @weights.setter
    def weights(self, values: ArrayLike) -> None:
        old, new = self.weights, checks.reals("weights", values)
        if new.shape != old.shape:
            raise ValueError(f"weights must have shape {old.shape}, not {new.shape}")
        if not np.all(np.abs(new) <= 1e6):
            raise ValueError(f"weights must be finite and within ±1e6, not {checks.worst(new)}")
        fed = self._fed()
        if np.any(new[~fed] != 0.0):
            raise ValueError("weights must be 0 where no external signal feeds the neuron")
        for index in np.flatnonzero(fed):
            self._engine.set_weight(int(index), float(new.flat[index]))

    def _fed(self) -> NDArray[np.bool_]:
        """Return where there is a synapse, ``(neurons, rows)``."""
        neurons, rows = self.weights.shape
        neuron, row = np.arange(neurons)[:, np.newaxis], np.arange(rows)
        return (row - self.inputs) * self.neurons + neuron < self.external

    @property
    def velocities(self) -> Array:
        """Velocities v, shaped as `weights`.

        Examples
        --------
        >>> from specml import Unlearn
        >>> net = Unlearn()
        >>> net.velocities.any().item(), net.process(10).shape, net.velocities.any().item()
        (False, (16, 10), True)
        """
        return read_only(self._engine.synapses()[1])

    @property
    def traces(self) -> Array:
        """Slow traces u, shaped as `weights`.

        Examples
        --------
        >>> from specml import Unlearn
        >>> net = Unlearn()
        >>> (net.traces == net.weights).all().item()
        True
        """
        return read_only(self._engine.synapses()[2])

    @property
    def sources(self) -> Integers:
        """The neuron that each synapse hears, ``(neurons, inputs)``.

        Examples
        --------
        >>> from specml import Unlearn
        >>> Unlearn(neurons=3, inputs=3).sources.tolist()
        [[0, 1, 2], [0, 1, 2], [0, 1, 2]]
        """
        return read_only(self._engine.sources.copy())

    @property
    def delays(self) -> Integers:
        """Delays in samples, ``(neurons, inputs)``.

        Examples
        --------
        >>> from specml import Unlearn
        >>> delays = Unlearn(maxdelay=100).delays
        >>> delays.shape, ((delays >= 1) & (delays <= 100)).all().item()
        ((16, 3), True)
        """
        return read_only(self._engine.delays.copy())

    @property
    def energy_sum(self) -> float:
        """S, the sum of the neurons' last outputs.

        Examples
        --------
        >>> from specml import Unlearn
        >>> net = Unlearn()
        >>> out = net.process(100)
        >>> round((net.energy_sum - out[:, -1].sum()).item(), 9)
        0.0
        """
        return float(self._engine.energy_sum)

    def _learnt(self) -> Learnt:
        names = ("weights", "velocities", "traces")
        return {
            **dict(zip(names, self._engine.synapses(), strict=True)),
            "sources": self._engine.sources.copy(),
            "delays": self._engine.delays.copy(),
        }

    def _learn(self, learnt: Learnt) -> None:
        engine = self._engine
        engine.set_synapses(*(learnt[name] for name in ("weights", "velocities", "traces")))
        engine.set_wiring(learnt["sources"], learnt["delays"])

    def _more(self) -> State:
        return {
            "energy_sum": np.array([self.energy_sum]),
            "random": np.array([self._engine.random], np.uint64),
            "excite": np.array([self.excite]),
            "samplerate": np.array([self.samplerate]),
            **{key: np.array([names.index(getattr(self, key))]) for key, names in CHOICES.items()},
        }

    def _ranges(self) -> Ranges:
        most = np.where(self._fed(), STATE_MAX, 0.0)
        return super()._ranges() | {
            **dict.fromkeys(("weights", "velocities", "traces"), (-most, most)),
            "sources": (0, self.neurons - 1),
            "delays": (1, self.maxdelay),
            "past_out": (-STATE_MAX, STATE_MAX),
            "energy_sum": (-self.neurons, self.neurons),
            "random": (0, 2**64 - 1),
            "excite": (0.0, 1.0),
            "samplerate": (1.0, 1e6),
            **{key: (0, len(names) - 1) for key, names in CHOICES.items()},
        }

    def _restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        super()._restore(state)
        engine = self._engine
        engine.set_energy_sum(float(state["energy_sum"][0]))
        engine.set_random(int(state["random"][0]))
        engine.set_excite(float(state["excite"][0]))
        engine.set_samplerate(float(state["samplerate"][0]))
        for key, names in CHOICES.items():
            setattr(engine, key, names[int(state[key][0])])

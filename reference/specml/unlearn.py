"""The public Unlearn, on either engine."""

import numpy as np

from . import checks, core
from .model import Model, choose
from .reference.unlearn import FUNCTIONS, INTEGRATORS, UnlearnReference


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
    """

    def __init__(
        self, neurons: int = 16, inputs: int = 3, maxdelay: int = 2400, external: int = 1,
        activation: str = "cosine-rad", energy: str = "dip-rad", integrator: str = "symplectic",
        seed: int = 1, scale: float = 2.0, excite: float = 0.1, samplerate: float = 48000,
        engine: str = "core",
    ) -> None:  # fmt: skip
        build = choose(engine, core.UnlearnCore, UnlearnReference)
        self._neurons = checks.integer("neurons", neurons, 1, 1024)
        self._external = checks.integer("external", external, 0, 1024)
        shape = (
            self._neurons,
            checks.integer("inputs", inputs, 1, self._neurons),
            checks.integer("maxdelay", maxdelay, 1, 480000),
            self._external,
        )
        rate = checks.number("samplerate", samplerate)
        if not 1.0 <= rate <= 1e6:
            raise ValueError(f"samplerate must be within 1..1e6 Hz, not {samplerate!r}")
        seed = checks.integer("seed", seed, 0, 2**64 - 1)
        draws = (seed, checks.number("scale", scale), checks.number("excite", excite))
        names = {
            "activation": checks.name("activation", activation, FUNCTIONS),
            "energy": checks.name("energy", energy, FUNCTIONS),
            "integrator": checks.name("integrator", integrator, INTEGRATORS),
        }
        super().__init__(seed, build(*shape, rate, *draws))
        for setting, name in names.items():
            setattr(self._engine, setting, name)

    def process(
        self, n, lambda_=10.0, mu=235.0, nu=900.0, strength=0.1, radius=0.02, friction=0.5,
        centre=0.0, pivot=0.0, outs=None,
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
        """
        external, n = self._input(n)
        outs = self._neurons if outs is None else checks.integer("outs", outs, 1, self._neurons)
        controls = {
            "lambda": lambda_, "mu": mu, "nu": nu, "strength": strength, "radius": radius,
            "friction": friction, "centre": centre, "pivot": pivot,
        }  # fmt: skip
        return self._engine.process(external, n, self._set(controls, n), outs)

    def _input(self, n) -> tuple[np.ndarray | None, int]:
        if np.ndim(n) == 0:
            return None, checks.integer("n", n, 0, 2**62)
        x = checks.reals("n", n)
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
        values = checks.reals("weights", values)
        if values.shape != old.shape:
            raise ValueError(f"weights must have shape {old.shape}, not {values.shape}")
        if not np.all(np.abs(values) <= 1e6):
            raise ValueError(f"weights must be finite and within ±1e6, not {checks.worst(values)}")
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
        return self._state(
            weights=weights,
            velocities=velocities,
            traces=traces,
            energy_sum=np.array([self.energy_sum]),
        )

"""Unlearn: the core and the reference, bit for bit after every call."""

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from bits import NOT_FINITE, samples, seeds
from machine import ModelMachine, scales, sizes
from specml import Unlearn
from specml.reference import unlearn
from twins import Twins

functions = st.sampled_from(unlearn.FUNCTIONS)
integrators = st.sampled_from(unlearn.INTEGRATORS)
rates = (48000.0, 44100.0, 1.0, 1e6, 96000.0)


class UnlearnMachine(ModelMachine):
    model, table = Unlearn, unlearn.CONTROLS

    def make(self, draw):
        self.neurons = draw(sizes)
        self.external = draw(st.one_of(st.integers(0, 2), st.integers(0, 2 * self.neurons + 1)))
        inputs = draw(st.one_of(st.integers(1, self.neurons), st.just(self.neurons)))
        settings = {
            "neurons": self.neurons, "inputs": inputs, "external": self.external,
            "maxdelay": draw(st.one_of(st.integers(1, 3), st.integers(1, 30))),
            "activation": draw(functions), "energy": draw(functions),
            "integrator": draw(integrators), "seed": draw(seeds), "scale": draw(scales),
            "excite": draw(st.one_of(st.floats(0, 1), st.sampled_from((2.0, -1.0, 1e-40)))),
            "samplerate": draw(st.sampled_from(rates)),
        }  # fmt: skip
        return Twins(Unlearn, settings, self.builds)

    def inputs(self, draw, n):
        """A number of samples: silence; or one signal drawn, the others made from it."""
        if draw(st.booleans()) in (True, None) or not self.external:
            return [n]
        first = draw(samples(n))
        gains = 0.75 ** np.arange(self.external)
        with np.errstate(invalid="ignore"):
            return [np.multiply.outer(gains, first)]

    def extras(self, draw):
        return {"outs": draw(st.one_of(st.none(), st.integers(1, self.neurons)))}

    def run_engine(self, model, inputs, signals):
        x = inputs[0]
        external, n = (None, x) if isinstance(x, int) else (x, x.shape[1])
        return model._engine.process(external, n, signals, self.neurons)

    @rule()
    def bang(self):
        self.twins("bang", lambda model: model.bang())

    @rule(seed=seeds, spread=st.sampled_from((1.0, 1e-3, 1e5, 2.0**-500)))
    def assign_weights(self, seed, spread):
        """Noise where a synapse stands."""
        reference = self.twins.reference
        new = spread * np.random.default_rng(seed).uniform(-1, 1, reference.weights.shape)
        for neuron, row in np.ndindex(new.shape):
            if not reference._engine.feeds(neuron, row):
                new[neuron, row] = 0.0
        self.twins("weights", lambda model: setattr(model, "weights", new))

    @rule(data=st.data(), bad=st.sampled_from((*NOT_FINITE, 1.1e6)))
    def refuse_weights(self, data, bad):
        new = self.twins.reference.weights.copy()
        new.flat[data.draw(st.integers(0, new.size - 1))] = bad
        self.twins.refuses(f"weights with {bad!r}", lambda model: setattr(model, "weights", new))

    @rule(activation=functions, energy=functions, integrator=integrators)
    def set_functions(self, activation, energy, integrator):
        """While it plays, as hosts allow."""

        def action(model):
            model.activation, model.energy, model.integrator = activation, energy, integrator

        self.twins("set_functions", action)

    @rule(excite=st.one_of(st.floats(0, 1), st.sampled_from((-1.0, 5.0, *NOT_FINITE))))
    def set_excite(self, excite):
        """For the next reset or bang."""
        self.twins("set_excite", lambda model: model._engine.set_excite(excite))

    @rule(rate=st.one_of(st.floats(1, 1e6), st.sampled_from((0.5, 2e6, *NOT_FINITE))))
    def set_samplerate(self, rate):
        self.twins("set_samplerate", lambda model: model._engine.set_samplerate(rate))


class TestUnlearn(UnlearnMachine.TestCase):
    settings = settings(max_examples=200, stateful_step_count=20)


@pytest.mark.long
class TestUnlearnLong(UnlearnMachine.TestCase):
    settings = settings(max_examples=1000, stateful_step_count=40)

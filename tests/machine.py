"""The stateful machine that the models share: every public call a rule, all bits after each."""

import copy
import pickle
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bits import NOT_FINITE, control, samples, seeds, values
from specml import load
from twins import BUILDS, Twins, call, cut, joined, pieces, process

sizes = st.one_of(st.integers(1, 9), st.integers(1, 40))
lengths = st.one_of(st.just(0), st.integers(1, 6), st.integers(1, 24))
scales = st.one_of(st.sampled_from((0.0, 1.0, 2.0, 100.0, 1e9, -1.0, 2.0**-149)), st.floats(0, 4))
engines = st.sampled_from(("core", "numpy"))
labels = st.sampled_from(("a", "b", "é/x"))
glides = st.sampled_from((0, 1, 63, 64, 65, 200, 10**9))
COPIES = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda model: pickle.loads(pickle.dumps(model)),
}


class ModelMachine(RuleBasedStateMachine):
    """Rules for any model; a subclass says how to make one and what it hears."""

    table: dict  # of controls
    builds = BUILDS

    def make(self, draw) -> Twins:
        raise NotImplementedError

    def inputs(self, draw, n: int) -> list:
        """Arguments of the public process: arrays, or one number of samples."""
        raise NotImplementedError

    def extras(self, draw) -> dict:
        """Further arguments of the public process."""
        return {}

    @initialize(data=st.data())
    def start(self, data):
        self.twins = self.make(data.draw)

    def controls(self, draw, n: int) -> dict:
        """Some controls, by their names in the public process."""
        chosen = draw(st.lists(st.sampled_from(sorted(self.table)), unique=True))
        strategies = {name: control(*self.table[name][:2], n) for name in chosen}
        drawn = draw(st.fixed_dictionaries(strategies))
        return {"lambda_" if name == "lambda" else name: value for name, value in drawn.items()}

    @rule(data=st.data(), n=lengths)
    def process(self, data, n):
        """The reference hears the signal whole, the core in pieces."""
        inputs, controls = self.inputs(data.draw, n), self.controls(data.draw, n)
        extras = self.extras(data.draw)
        cuts = data.draw(st.lists(st.integers(0, n), max_size=3))
        self.twins(
            "process",
            lambda model: process(model, inputs, controls, **extras),
            lambda model: process(model, inputs, controls, cuts, **extras),
        )

    @rule(data=st.data(), n=lengths)
    def process_held(self, data, n):
        """Below the public call: what is not finite changes nothing; a signal passes and leaves
        what a control holds, whole on the reference, in pieces on the core.
        """
        names = st.sampled_from(sorted(self.table))
        value = st.one_of(st.sampled_from(NOT_FINITE), st.floats(0, 1), st.floats())
        settings = data.draw(st.dictionaries(names, value, max_size=3))
        signals = data.draw(
            st.dictionaries(names, samples(n).map(np.ascontiguousarray), max_size=2)
        )
        inputs, cuts = self.inputs(data.draw, n), data.draw(st.lists(st.integers(0, n), max_size=2))

        def action(model, cuts=()):
            for name, new in settings.items():
                model._engine.set(name, new)
            held = model.held
            results = []
            for piece in pieces(n, cuts):
                heard = [cut(x, piece) for x in inputs]
                followed = {name: signal[piece].copy() for name, signal in signals.items()}
                results.append(self.run_engine(model, heard, followed))
            assert model.held == held, "a signal changed what a control holds"
            return joined(results)

        self.twins("process_held", action, lambda model: action(model, cuts))

    def run_engine(self, model, inputs, signals):
        return model._engine.process(*inputs, signals)

    @rule(data=st.data(), n=st.integers(0, 4))
    def refuse_control(self, data, n):
        """One bad control among good ones: the same error, and nothing changed."""
        inputs, controls = self.inputs(data.draw, n), self.controls(data.draw, n)
        name = data.draw(st.sampled_from(sorted(self.table)))
        name = "lambda_" if name == "lambda" else name
        bad = data.draw(st.sampled_from((*NOT_FINITE, np.zeros(n + 1), np.zeros((n, 1)), "1")))
        everything = controls | {name: bad}
        self.twins.refuses(f"{name} = {bad!r}", lambda model: call(model, inputs, **everything))
        self.process_quietly()

    def process_quietly(self):
        """Two samples of what it is, with the controls it holds."""
        inputs = self.inputs(lambda strategy: None, 2)
        self.twins("held controls", lambda model: self.run_engine(model, inputs, {}))

    @rule(seed=seeds)
    def reset(self, seed):
        self.twins("reset", lambda model: model.reset(seed))

    @rule()
    def reset_again(self):
        self.twins("reset to the last seed", lambda model: model.reset())

    @rule(seed=st.sampled_from((-1, 2**64, 0.5, 1.0, True, "1")))
    def refuse_seed(self, seed):
        self.twins.refuses(f"seed {seed!r}", lambda model: model.reset(seed))

    @rule()
    def clear(self):
        self.twins("clear", lambda model: model.clear())

    @rule(scale=st.one_of(scales, st.sampled_from(NOT_FINITE)))
    def set_scale(self, scale):
        """For the next reset; below the public call, where what is not finite is ignored."""
        self.twins("set_scale", lambda model: model._engine.set_scale(scale))

    @rule(scale=scales)
    def assign_scale(self, scale):
        self.twins("scale", lambda model: setattr(model, "scale", scale))

    @rule(engine=engines, way=st.sampled_from(sorted(COPIES)), seed=seeds)
    def copy(self, engine, way, seed):
        """Go on with a copy; what then happens to the original does not touch it."""

        def replaced(model):
            twin = COPIES[way](model)
            model.reset(seed)
            self.run_engine(model, self.inputs(lambda strategy: None, 3), {})
            return twin

        self.twins.replace(way, engine, replaced)

    @rule(engine=engines, giver=engines, seed=seeds)
    def restore(self, engine, giver, seed):
        """Go on with a fresh model that was given the state, its own or the other engine's."""
        given = self.twins.reference if giver == "numpy" else self.twins.cores[-1][1]
        before = given.state()

        def replaced(model):
            shape = {name: getattr(model, name) for name in model.settings}
            twin = type(model)(**shape, seed=seed, engine=engine)
            self.run_engine(twin, self.inputs(lambda strategy: None, 5), {})
            twin.restore(before)
            return twin

        self.twins.replace("restore", engine, replaced)

    @rule(name=labels)
    def store(self, name):
        self.twins("store", lambda model: model.store(name))

    @rule(data=st.data(), length=glides)
    def recall(self, data, length):
        """Whatever has been stored, or what has not, which is refused."""
        if names := self.twins.reference.snapshots:
            name = data.draw(st.sampled_from(names))
            self.twins("recall", lambda model: model.recall(name, length))
        else:
            self.twins.refuses("recall", lambda model: model.recall("a", length))

    @rule(data=st.data(), x=st.one_of(st.sampled_from((0, 0.5, 1)), st.floats(0, 1)), length=glides)
    def morph(self, data, x, length):
        if names := self.twins.reference.snapshots:
            pair = data.draw(st.tuples(*[st.sampled_from(names)] * 2))
            self.twins("morph", lambda model: model.morph(*pair, x, length))
            self.process_held_on()
        else:
            self.twins.refuses("morph", lambda model: model.morph("a", "a", x, length))

    def process_held_on(self):
        """Go on for as long as a glide has one more step, on the core cut in two."""
        inputs = self.inputs(lambda strategy: None, 66)
        self.twins(
            "glide",
            lambda model: process(model, inputs, {}),
            lambda model: process(model, inputs, {}, (63,)),
        )

    @rule(engine=engines, giver=engines)
    def save_and_load(self, engine, giver):
        """Go on with what is loaded from a file, which either engine wrote."""
        saver = self.twins.reference if giver == "numpy" else self.twins.cores[-1][1]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "state"
            saver.save(path)
            self.twins.replace("load", engine, lambda model: load(path, engine))

    @rule(giver=engines)
    def load_weights(self, giver):
        """Those that a file has, of a model that heard something else."""
        saver = copy.copy(self.twins.reference if giver == "numpy" else self.twins.cores[-1][1])
        process(saver, self.inputs(lambda strategy: None, 3), {})
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "state"
            saver.save(path)
            self.twins("load_weights", lambda model: model.load_weights(path))

    @rule(data=st.data())
    def forget(self, data):
        if names := self.twins.reference.snapshots:
            name = data.draw(st.sampled_from(names))
            self.twins("forget", lambda model: model.forget(name))
            assert name not in self.twins.reference.snapshots


weight_values = st.one_of(
    st.floats(-2, 2), st.sampled_from((0.0, -0.0, 2.0**500, -(2.0**500), 2.0**-500, -(2.0**-501)))
)


class NetworkMachine(ModelMachine):
    """AutoRegNN and AutoRegNN2: what their networks share."""

    model: type

    def make(self, draw) -> Twins:
        settings = {
            "size": draw(sizes), "width": draw(sizes), "layers": draw(st.integers(1, 3)),
            "seed": draw(seeds), "scale": draw(scales),
        }  # fmt: skip
        return Twins(self.model, settings, self.builds)

    @rule(data=st.data(), seed=seeds, spread=st.sampled_from((1.0, 1e-150, 2.0**-499, 1e150)))
    def assign_parameters(self, data, seed, spread):
        """Noise of any size, a few entries of it written by hand."""
        shape = self.twins.reference.parameters.shape
        new = spread * np.random.default_rng(seed).uniform(-3, 3, shape)
        places = st.integers(0, new.size - 1)
        for at, value in data.draw(st.dictionaries(places, weight_values, max_size=3)).items():
            new.flat[at] = value
        self.twins("parameters", lambda model: setattr(model, "parameters", new))

    @rule(bad=st.sampled_from((*NOT_FINITE, 2.0**501)), data=st.data())
    def refuse_parameters(self, bad, data):
        new = self.twins.reference.parameters.copy()
        new.flat[data.draw(st.integers(0, new.size - 1))] = bad
        self.twins.refuses(
            f"parameters with {bad!r}", lambda model: setattr(model, "parameters", new)
        )

    @rule(data=st.data(), value=st.one_of(values(-1, 1), st.sampled_from(NOT_FINITE)))
    def set_one_parameter(self, data, value):
        """By index, as hosts do with what a person draws; beyond the end it is refused."""
        old = self.twins.reference.parameters
        at = data.draw(st.integers(0, old.size + 1))
        fits = at < old.size and abs(value) <= 2.0**500
        new = old.copy()
        if fits:
            new.flat[at] = value

        def on_core(model):
            assert model._engine._call("set_parameter", at, value) == (0 if fits else -1)

        self.twins("set_parameter", lambda model: setattr(model, "parameters", new), on_core)

"""The largest Lyapunov exponent, of systems whose exponent is known."""

import math

import numpy as np
import pytest

from specml import AutoRegNN, Unlearn, analysis, core
from specml.analysis import Recording, divergence, exponent, lyapunov, twins
from specml.looking.linear import predictors
from specml.reference.random import white_noise
from specml.reference.unlearn import CONTROLS


class Numbers:
    """A map of a few numbers."""

    def __init__(self, *x: float) -> None:
        self.x = np.array(x)

    def state(self):
        return {"x": self.x.copy(), "name": np.array([7])}

    def restore(self, state):
        self.x = np.array(state["x"])


def iterated(step):
    def process(model, begin, n):
        for _ in range(n):
            model.x = step(model.x)

    return process


def test_the_logistic_map_doubles_differences():
    """x -> 4 x (1 - x): ln 2 a step (Ulam and von Neumann, 1947)."""
    step = iterated(lambda x: 4.0 * x * (1.0 - x))
    assert exponent(lambda: Numbers(0.3), step, 20000, 1.0) == pytest.approx(math.log(2), abs=0.01)


def test_henon_s_map():
    """0.419 a step at 1.4 and 0.3, as it is usually given."""
    step = iterated(lambda x: np.array([1.0 - 1.4 * x[0] ** 2 + x[1], 0.3 * x[0]]))
    assert exponent(lambda: Numbers(0.1, 0.1), step, 20000, 1.0) == pytest.approx(0.419, abs=0.01)


@pytest.mark.parametrize("samplerate", [1.0, 48000.0])
@pytest.mark.parametrize("radius, angle", [(0.999, 0.1), (0.5, 2.0), (1.0, 0.3), (1.001, 0.05)])
def test_a_filter_s_is_its_pole_s(radius, angle, samplerate):
    a, b = 2 * radius * math.cos(angle), -(radius**2)
    step = iterated(lambda x: np.array([a * x[0] + b * x[1], x[0]]))
    found = exponent(lambda: Numbers(1.0, 0.0), step, 4000, samplerate)
    assert found == pytest.approx(math.log(radius) * samplerate, abs=0.002 * samplerate)


def test_what_forgets_at_once_has_none_that_is_finite():
    assert exponent(lambda: Numbers(1.0), iterated(lambda x: 0.0 * x), 100, 1.0) == -math.inf


def settled(seed: int, scale: float) -> tuple[AutoRegNN, np.ndarray]:
    """A network that does not learn any more and has come to rest, where it is linear."""
    net = AutoRegNN(4, 4, seed=seed, scale=scale)
    net.process(np.zeros(9600), lr=0.0)
    return net, net._engine.past()["out"]


@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize("scale", [0.7, 1.0])
def test_a_frozen_network_s_is_that_of_its_linearisation(seed, scale):
    """Its largest pole; the weights, which stand still, must not count as a direction."""
    net, past = settled(seed, scale)
    layer, output = net.parameters[:16].reshape(4, 4), net.parameters[20:24]
    tensors = {"layer1.weight": layer, "layer1.bias": net.parameters[16:20],
               "output.weight": output[None], "output.bias": net.parameters[24:25],
               "past_out": past, "past_in": past}  # fmt: skip
    (linear,) = predictors("autoregnn", tensors, {"autoreg": 1.0})
    assert np.ptp(past) < 1e-12, "it rests"

    class Frozen(AutoRegNN):
        """Only its past moves."""

        def _learnt(self):
            return {}

        def _learn(self, learnt):
            pass

    def make():
        twin = Frozen(4, 4, seed=seed, scale=scale)
        twin._engine.set_past(net._engine.past())
        return twin

    found = exponent(make, lambda m, begin, n: m.process(np.zeros(n), lr=0.0), 2400, 48000.0)
    assert found == pytest.approx(math.log(abs(linear.poles[0])) * 48000, rel=0.02)


def test_frozen_weights_are_a_direction_in_which_nothing_changes():
    found = exponent(AutoRegNN, lambda m, begin, n: m.process(np.zeros(n), lr=0.0), 9600, 48000.0)
    assert found == pytest.approx(0.0, abs=1.0)


CLICKS = core.presets()["clicks"]


def clicks() -> Unlearn:
    return Unlearn(**{key: value for key, value in CLICKS.items() if key not in CONTROLS})


def clicking(net, begin, n):
    told = {key.replace("lambda", "lambda_"): CLICKS[key] for key in CONTROLS}
    return net.process(n, **told, outs=1)


def test_interval_distance_and_direction_do_not_matter():
    """After eight seconds; after one, directions still differ by a tenth."""
    rates = []
    for more in ({}, {"every": 1200}, {"distance": 1e-10}, {"seed": 2}, {"seed": 3}):
        grown = divergence(clicks, clicking, 8 * 48000, **{"every": 4800, **more})
        rates.append(np.mean(grown[len(grown) // 4 :]) * 48000 / more.get("every", 4800))
    assert rates == pytest.approx([rates[0]] * 5, rel=0.01)
    assert rates[0] > 10, "it is chaotic"


class Run:
    """A twin as a recording has it."""

    make = staticmethod(lambda: AutoRegNN(seed=3))
    heard = 0.5 * white_noise(9600, 1)

    def process(self, model, begin, n):
        return model.process(self.heard[begin : begin + n])


def test_a_recording_with_a_twin_has_an_exponent():
    recording = Recording(np.zeros(9600), 48000.0, twin=Run())
    run = Run()
    assert lyapunov(recording) == exponent(run.make, run.process, 9600, 48000.0)
    assert analysis.measured(recording, ["lyapunov"]) == {"lyapunov": lyapunov(recording)}


def test_a_twin_leaves_what_cannot_be_otherwise():
    """Outputs within ±1, no weights where nothing is fed, and the wiring of Unlearn."""
    net = Unlearn(activation="tanh", energy="tanh", scale=100.0, excite=1.0)
    net.process(100)
    here = twins._moving(net)
    twins._place(net, here, {name: np.ones_like(part) for name, part in here.items()}, 1e-3)
    assert np.max(net._engine.past()["out"]) <= 1e6
    assert not np.any(net.weights[1:, 3]), "neurons that hear no external signal"


@pytest.mark.parametrize("samples, every, distance, what", [
    (10, 0, 1.0, "every"), (10, 11, 1.0, "every"), (10, 1, 0.0, "distance"),
    (10, 1, float("nan"), "distance"),
])  # fmt: skip
def test_what_cannot_be_is_refused(samples, every, distance, what):
    with pytest.raises(ValueError, match=what):
        divergence(lambda: Numbers(0.3), iterated(lambda x: x), samples, every, distance)

"""Structure: without s, a, μ and ν the symplectic step keeps w² + v² of every synapse.

That is so while a weight turns around 0. One that turns around its trace is damped by the
equations: w - u = d gives d' = λ v - d and v' = -λ d, so d² + v² falls as e^-t.
"""

from fractions import Fraction

import numpy as np
import pytest

from specml import Unlearn

RATE = 48000
FREE = {"mu": 0.0, "nu": 0.0, "strength": 0.0, "friction": 0.0}


def energies(net) -> list[Fraction]:
    """Twice each oscillator's energy, exactly."""
    pairs = zip(net.weights.ravel().tolist(), net.velocities.ravel().tolist(), strict=True)
    return [Fraction(w) ** 2 + Fraction(v) ** 2 for w, v in pairs]


def drift(net, seconds: int, **controls) -> tuple[float, float]:
    """Greatest relative change of an oscillator's energy, and velocity, seen once a second."""
    start, worst, fastest = energies(net), 0.0, 0.0
    for _ in range(seconds):
        net.process(RATE, outs=1, **FREE, **controls)
        ratios = zip(energies(net), start, strict=True)
        worst = max(worst, *(abs(float(now / then - 1)) for now, then in ratios))
        fastest = max(fastest, float(np.max(np.abs(net.velocities))))
    return worst, fastest


# The examples' rates, the ends of the range, and what lies between.
LAMBDAS = (60.0, 0.4, 10.0, 28.0, 1.0, 0.1, 1e-3, 440.0, 3000.0, 7777.7, 12345.6, 20000.0,
           -60.0, -20000.0)  # fmt: skip


@pytest.mark.parametrize("lam", LAMBDAS)
def test_a_minute_keeps_the_energy(lam):
    net = Unlearn(8, 1, 10, 0, scale=2.0, excite=0.5, samplerate=RATE)
    found, fastest = drift(net, 60, lambda_=lam)
    print(f"lambda {lam}: drift {found:.2e} in a minute")
    assert found < 1e-9
    assert fastest > 0.01, "nothing moved"


def test_the_rotation_that_rounds_worst():
    """Where q² just exceeds 2^-55, C is 1 - 2^-53; weights just above 1 lose a whole ulp.

    Each sample then takes 3 times 2^-53 of the energy, 9.6e-10 in a minute: near the promise.
    """
    net = Unlearn(8, 1, 10, 0, samplerate=RATE)
    net.weights = np.array([1.0, 1.001, 1.01, 0.5005, 1.5, 0.999, 0.251, 1.9])[:, np.newaxis]
    found, _ = drift(net, 60, lambda_=5.06e-4)
    assert 9e-10 < found < 1e-9


@pytest.mark.parametrize("centre", [0.5, 1.0])
def test_the_centre_does_not_matter_without_a_cycle(centre):
    net = Unlearn(8, 1, 10, 0, samplerate=RATE)
    assert drift(net, 60, lambda_=60.0, centre=centre)[0] < 1e-9


@pytest.mark.parametrize("engine", ["core", "numpy"])
@pytest.mark.parametrize("lam", [60.0, -440.0, 3000.0])
def test_a_rotation_around_the_trace_is_damped(engine, lam):
    """d² + v² falls as e^-t, however fast it turns."""
    rate, seconds = (48000, 10) if engine == "core" else (12000, 1)
    net = Unlearn(4, 1, 10, 0, scale=2.0, excite=0.5, samplerate=rate, engine=engine)
    net.process(2, **FREE, lambda_=lam, pivot=1.0)
    net.weights = net.weights + 0.5  # u is left behind
    distance = lambda: (net.weights - net.traces) ** 2 + net.velocities**2  # noqa: E731
    start = distance()
    net.process(seconds * rate, outs=1, **FREE, lambda_=lam, pivot=1.0)
    fallen = distance() / start
    assert fallen == pytest.approx(np.full(fallen.shape, np.exp(-seconds)), rel=0.02)


@pytest.mark.parametrize("lam", [20000.0, -20000.0, 60.0, 1e-3])
@pytest.mark.parametrize("pivot", [1.0, 0.5])
def test_a_rotation_around_the_trace_is_stable(lam, pivot):
    net = Unlearn(8, 1, 10, 0, scale=2.0, excite=0.5, samplerate=RATE)
    start = np.abs(net.weights).max()
    net.process(20 * RATE, outs=1, **FREE, lambda_=lam, pivot=pivot)
    assert max(np.abs(net.weights).max(), np.abs(net.velocities).max()) < 1.5 * start


def test_euler_feeds_the_rotation():
    """The instrument itself: the explicit step multiplies w² + v² by 1 + λ²h² a sample."""
    net = Unlearn(8, 1, 10, 0, integrator="euler", samplerate=RATE)
    found, _ = drift(net, 1, lambda_=60.0)
    assert found == pytest.approx(60.0**2 / RATE, rel=0.05)

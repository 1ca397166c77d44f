"""The engines against docs/models.md: a sample of each model in mpmath, from its equations alone.

Here, and only here, values are compared with a tolerance: the equations are exact, the engines
round. What both engines could get wrong together is found here.
"""

import itertools

import mpmath
import numpy as np
import pytest
from mpmath import mp, mpf

from specml import AutoRegNN, AutoRegNN2, Unlearn
from specml.reference import unlearn
from specml.reference.random import white_noise

mp.prec = 120
CLOSE = 1e-13  # relative to the largest of the array: about 500 roundings


def assert_close(name: str, got: np.ndarray, want) -> None:
    want = np.array([float(x) for x in want])
    error = np.abs(got - want)
    at = int(np.argmax(error))
    most = CLOSE * max(1e-3, np.max(np.abs(want)))
    assert error[at] <= most, f"{name}[{at}]: {got[at].hex()} is not {want[at].hex()}"


def predict(theta, x, size: int, width: int, layers: int):
    """Equations (3) and (4); `theta` in canonical order, `x` newest first."""
    theta = iter(theta)
    take = lambda n: list(itertools.islice(theta, n))  # noqa: E731
    a = list(x)
    for inputs in [size] + [width] * (layers - 1):
        rows = [take(inputs) for _ in range(width)]
        biases = take(width)
        a = [mpmath.tanh(b + mpmath.fdot(row, a)) for row, b in zip(rows, biases, strict=True)]
    return mpmath.tanh(mpmath.fdot(take(width), a) + next(theta))


def is_bias(size: int, width: int, layers: int) -> list[bool]:
    """Which parameters are biases, in canonical order."""
    marks = []
    for inputs in [size] + [width] * (layers - 1):
        marks += [False] * (width * inputs) + [True] * width
    return marks + [False] * width + [True]


def blended(share: float, x, y) -> list:
    """Share x + (1 - share) y."""
    return [mpf(share) * a + (1 - mpf(share)) * b for a, b in zip(x, y, strict=True)]


def learnt(old, t, heard: float, eta: float, rho: float, shape) -> list:
    """θ ← κ θ - η ∂(e²/2)/∂θ from the past `t`, with the derivative taken numerically."""

    def loss(theta):
        return (predict(theta, t, *shape) - mpf(heard)) ** 2 / 2

    tiny, new = mpf(2) ** -40, []
    for k, bias in enumerate(is_bias(*shape)):
        up, down = ([*old[:k], old[k] + d, *old[k + 1 :]] for d in (tiny, -tiny))
        slope = (loss(up) - loss(down)) / (2 * tiny)
        new.append((1 if bias else max(0, 1 - mpf(eta) * mpf(rho))) * old[k] - eta * slope)
    return new


@pytest.mark.parametrize("engine", ["core", "numpy"])
@pytest.mark.parametrize("shape", [(1, 1, 1), (3, 2, 1), (2, 3, 2), (2, 2, 3)])
@pytest.mark.parametrize("alpha, tau", [(1.0, 0.0), (0.25, 0.0), (0.5, 0.75), (0.0, 1.0)])
def test_autoregnn_steps_down_the_gradient(engine, shape, alpha, tau):
    """(5) and (7), κ θ - η ∂(e²/2)/∂θ the derivative taken numerically; then it speaks, (8)."""
    size, eta, rho = shape[0], 0.7, 0.05
    net = AutoRegNN(*shape, seed=5, engine=engine)
    controls = {"autoreg": alpha, "teacher": tau, "lr": eta, "ridge": rho}
    heard = white_noise(6, 8)
    net.process(heard[:5], **controls)
    old, state = [mpf(x) for x in net.parameters], net.state()
    # (1) and (2)
    g = blended(alpha, state["past_out"], state["past_in"])
    t = blended(tau, state["past_in"], g)
    new = learnt(old, t, heard[5], eta, rho, shape)
    out, error = net.process(heard[5:], **controls)
    assert_close("error", error, [predict(old, t, *shape) - mpf(heard[5])])
    assert_close("parameters", net.parameters, new)
    assert_close("out", out, [predict(new, g, *shape)])
    assert net.state()["past_in"][:size].tolist() == heard[5 : 5 - size : -1].tolist()


@pytest.mark.parametrize("engine", ["core", "numpy"])
@pytest.mark.parametrize("shape", [(1, 1, 1), (3, 2, 1), (2, 3, 2), (2, 2, 3)])
@pytest.mark.parametrize("alpha, tau", [(1.0, 0.0), (0.25, 0.0), (0.5, 0.75), (0.0, 1.0)])
@pytest.mark.parametrize("mix", [0.25, 0.625])
def test_autoregnn2_learns_both_and_speaks_between(engine, shape, alpha, tau, mix):
    """Each network learns its own input; (1 - m) θ1 + m θ2 speaks, from inputs mixed alike."""
    size, eta, rho = shape[0], 0.7, 0.05
    pair = AutoRegNN2(*shape, seed=5, engine=engine)
    controls = {"mix": mix, "autoreg": alpha, "teacher": tau, "lr": eta, "ridge": rho}
    heard = white_noise(12, 8).reshape(2, 6)
    pair.process(*heard[:, :5], **controls)
    old, state = [[mpf(x) for x in row] for row in pair.parameters], pair.state()
    ins = [[mpf(x) for x in state[name]] for name in ("past_in1", "past_in2")]
    taught = [blended(tau, past, blended(alpha, state["past_out"], past)) for past in ins]
    new = [
        learnt(theta, t, x[5], eta, rho, shape)
        for theta, t, x in zip(old, taught, heard, strict=True)
    ]
    out, *errors = pair.process(*heard[:, 5:], **controls)
    for k in range(2):
        missed = predict(old[k], taught[k], *shape) - mpf(heard[k, 5])
        assert_close(f"error {k + 1}", errors[k], [missed])
        assert_close(f"parameters of network {k + 1}", pair.parameters[k], new[k])
    g = blended(alpha, state["past_out"], blended(mix, ins[1], ins[0]))
    assert_close("out", out, [predict(blended(mix, new[1], new[0]), g, *shape)])
    pasts = pair.state()
    for k in range(2):
        assert pasts[f"past_in{k + 1}"].tolist() == heard[k, 5 : 5 - size : -1].tolist()
    assert pasts["past_out"][0] == out[0]


FUNCTIONS = {
    "tanh": mpmath.tanh,
    "cosine": lambda x: (1 + mpmath.cospi(x)) / 2,
    "cosine-rad": lambda x: (1 + mpmath.cos(x)) / 2,
    "dip": lambda x: (1 - mpmath.cospi(x)) / 2,
    "dip-rad": lambda x: (1 - mpmath.cos(x)) / 2,
}


def test_no_function_is_forgotten():
    assert tuple(FUNCTIONS) == unlearn.FUNCTIONS


@pytest.mark.parametrize("engine", ["core", "numpy"])
@pytest.mark.parametrize("integrator", ["symplectic", "euler"])
@pytest.mark.parametrize("f, g", list(itertools.product(FUNCTIONS, FUNCTIONS)))
@pytest.mark.parametrize("centre, pivot", [(0.0, 0.0), (1.0, 0.0), (0.25, 0.75), (0.0, 1.0)])
def test_unlearn_follows_its_equations(engine, integrator, f, g, centre, pivot):
    """A sample: the outputs (11), (12), S (13), the force (14) and a step of every synapse."""
    neurons, inputs, external = 4, 2, 5
    net = Unlearn(neurons, inputs, 3, external, f, g, integrator, seed=3, engine=engine)
    p = {"lambda_": 900.0, "mu": 300.0, "nu": 500.0, "strength": 700.0, "radius": 0.9,
         "friction": 40.0, "centre": centre, "pivot": pivot}  # fmt: skip
    signals = white_noise(external * 9, 4).reshape(external, 9)
    net.process(x=signals[:, :8], **p)
    s, rows = net.state(), net.weights.shape[1]
    heard = [[mpf(s["past_out"][net.sources[i, k], net.delays[i, k] - 1]) for k in range(inputs)]
             + [mpf(signals[j, 8]) for j in range(i, external, neurons)]
             for i in range(neurons)]  # fmt: skip
    fed = [(i, k) for i in range(neurons) for k in range(len(heard[i]))]
    z = [
        mpmath.fsum(mpf(s["weights"][i, k]) * x for k, x in enumerate(heard[i]))
        for i in range(neurons)
    ]
    x = [FUNCTIONS[f](value) for value in z]
    total = mpmath.fsum(x)
    slope_f = [mpmath.diff(FUNCTIONS[f], value) for value in z]
    slope_g = mpmath.diff(FUNCTIONS[g], total)
    step = symplectic if integrator == "symplectic" else euler
    want = np.zeros((3, neurons, rows), object)
    for i, k in fed:
        force = slope_f[i] * heard[i][k] * (p["nu"] * slope_g - p["mu"])
        w, v, u = (mpf(s[name][i, k]) for name in ("weights", "velocities", "traces"))
        want[:, i, k] = step(w, v, u, force, mpf(1) / 48000, *map(mpf, p.values()))
    out = net.process(x=signals[:, 8:], **p)
    assert_close("out", out[:, 0], x)
    assert_close("S", np.array([net.energy_sum]), [total])
    for name, values in zip(("weights", "velocities", "traces"), want, strict=True):
        assert_close(name, getattr(net, name).ravel(), values.ravel())


def euler(w, v, u, force, h, lam, mu, nu, s, r, a, c, p):
    """Equation (22) of (15), (16) and (17)."""
    pull = s * (r - mpmath.sqrt((w - u) ** 2 + v**2))
    return (w + h * (lam * v + pull * (w - c * u)),
            v + h * (-lam * (w - p * u) + force + pull * v - a * v),
            u + h * (w - u))  # fmt: skip


def symplectic(w, v, u, force, h, lam, mu, nu, s, r, a, c, p):
    """Equations (18), (19), (20) and (21), C as it is usually written."""
    q = lam * h / 2
    cosine, sine = (1 - q**2) / (1 + q**2), 2 * q / (1 + q**2)
    d = w - p * u
    w, v = p * u + cosine * d + sine * v, cosine * v - sine * d
    v = (v + h * force) / (1 + a * h)
    z = h * s * (r - mpmath.sqrt((w - u) ** 2 + v**2))
    m = 1 / (1 - z + z**2 / 2)
    w, v = c * u + (w - c * u) * m, v * m
    return w, v, u + h / (1 + h) * (w - u)


@pytest.mark.parametrize("engine", ["core", "numpy"])
@pytest.mark.parametrize("outs", [1, 2, 3, 7])
def test_outs_are_means(engine, outs):
    """(23): output j is the mean of neurons i with i mod outs = j."""
    each = Unlearn(7, 3, engine=engine).process(30)
    mixed = Unlearn(7, 3, engine=engine).process(30, outs=outs)
    for j in range(outs):
        assert np.max(np.abs(mixed[j] - each[j::outs].mean(axis=0))) <= 1e-15


@pytest.mark.parametrize("engine", ["core", "numpy"])
def test_a_bang_pushes_the_newest_output(engine):
    """A silent tanh network stays silent until a bang."""
    functions = {"activation": "tanh", "energy": "tanh"}
    net = Unlearn(6, 3, 2, **functions, excite=0.0, engine=engine)
    assert not np.any(net.process(20))
    pushed = Unlearn(6, 3, 2, **functions, excite=0.5, engine=engine)
    pushed.clear()
    assert not np.any(pushed.process(20))
    pushed.bang()
    assert np.all(pushed.state()["past_out"][:, 0] != 0)
    assert np.any(pushed.process(20))

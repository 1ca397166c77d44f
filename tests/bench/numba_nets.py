"""The same plain loops in Python, compiled by Numba with fastmath."""

import numpy as np
from numba import njit

from bench import cases
from bench.cases import Case
from bench.turns import Program


@njit(fastmath=True)
def _forward(w, b, wo, bo, past, a):
    x = past
    for layer in range(len(w)):
        for i in range(wo.size):
            z = b[layer][i]
            for j in range(x.size):
                z += w[layer][i, j] * x[j]
            a[layer, i] = np.tanh(z)
        x = a[layer]
    y = bo[0]
    for i in range(wo.size):
        y += wo[i] * x[i]
    return np.tanh(y)


@njit(fastmath=True)
def _backward(w, wo, a, delta, delta_out):
    last = len(w) - 1
    for i in range(wo.size):
        delta[last, i] = wo[i] * delta_out * (1.0 - a[last, i] ** 2)
    for layer in range(last, 0, -1):
        below = delta[layer - 1]
        below[:] = 0.0
        for i in range(wo.size):
            for k in range(wo.size):
                below[k] += w[layer][i, k] * delta[layer, i]
        for k in range(wo.size):
            below[k] *= 1.0 - a[layer - 1, k] ** 2


@njit(fastmath=True)
def _learn(w, b, wo, bo, past, a, delta, target, lr, ridge):
    y = _forward(w, b, wo, bo, past, a)
    delta_out, keep = (y - target) * (1.0 - y * y), 1.0 - lr * ridge
    _backward(w, wo, a, delta, delta_out)
    x = past
    for layer in range(len(w)):
        for i in range(wo.size):
            step = lr * delta[layer, i]
            for j in range(x.size):
                w[layer][i, j] = keep * w[layer][i, j] - step * x[j]
            b[layer][i] -= step
        x = a[layer]
    for i in range(wo.size):
        wo[i] = keep * wo[i] - lr * delta_out * x[i]
    bo[0] -= lr * delta_out


@njit(fastmath=True)
def _remember(past, sample):
    for j in range(past.size - 1, 0, -1):
        past[j] = past[j - 1]
    past[0] = sample


@njit(fastmath=True)
def _autoregnn(net, past, a, delta, heard, lr, ridge):
    out = np.empty(heard.size)
    for t in range(heard.size):
        _learn(*net, past, a, delta, heard[t], lr, ridge)
        out[t] = _forward(*net, past, a)
        _remember(past, out[t])
    return out


@njit(fastmath=True)
def _autoregnn2(theta, net, other, mixed, past, a, delta, heard, heard2, mix, lr, ridge):
    out = np.empty(heard.size)
    for t in range(heard.size):
        _learn(*net, past, a, delta, heard[t], lr, ridge)
        _learn(*other, past, a, delta, heard2[t], lr, ridge)
        for i in range(theta.shape[1]):
            theta[2, i] = (1.0 - mix) * theta[0, i] + mix * theta[1, i]
        out[t] = _forward(*mixed, past, a)
        _remember(past, out[t])
    return out


@njit(fastmath=True)
def _activate(source, delay, w, heard, past, x, now):
    neurons, inputs = w.shape
    total = 0.0
    for i in range(neurons):
        z = 0.0
        for k in range(inputs):
            then = now - delay[i, k]
            heard[i, k] = past[source[i, k], then + past.shape[1] if then < 0 else then]
            z += w[i, k] * heard[i, k]
        x[i] = np.tanh(z)
        total += x[i]
    return total


@njit(fastmath=True)
def _step(w, v, u, heard, x, slope, lam, strength, radius, friction):
    h = 1.0 / 48000.0
    q = lam * h / 2.0
    c, d, follow = (1.0 - q * q) / (1.0 + q * q), 2.0 * q / (1.0 + q * q), h / (1.0 + h)
    damp = 1.0 / (1.0 + friction * h)
    for i in range(w.shape[0]):
        force = h * (1.0 - x[i] * x[i]) * slope
        for k in range(w.shape[1]):
            w1, v1 = c * w[i, k] + d * v[i, k], c * v[i, k] - d * w[i, k]
            v1 = (v1 + force * heard[i, k]) * damp
            away = w1 - u[i, k]
            z = h * strength * (radius - np.sqrt(away * away + v1 * v1))
            m = 1.0 / (1.0 - z + z * z / 2.0)
            w[i, k], v[i, k] = w1 * m, v1 * m
            u[i, k] += follow * (w[i, k] - u[i, k])


@njit(fastmath=True)
def _unlearn(
    n, source, delay, w, v, u, heard, past, x, now, lam, mu, nu, strength, radius, friction
):  # fmt: skip
    out = np.empty(n)
    for t in range(n):
        total = _activate(source, delay, w, heard, past, x, now[0])
        g = np.tanh(total)
        _step(w, v, u, heard, x, nu * (1.0 - g * g) - mu, lam, strength, radius, friction)
        for i in range(x.size):
            past[i, now[0]] = x[i]
        now[0] = now[0] + 1 if now[0] + 1 < past.shape[1] else 0
        out[t] = total / x.size
    return out


def _unlearn_runner(net) -> Program:
    wiring, weights, first = (net.sources, net.delays), net.weights, net.state()["past_out"][:, 0]
    past, now = np.zeros((len(weights), cases.MAXDELAY)), np.zeros(1, np.int64)
    w, v, u, heard = (np.zeros_like(weights) for _ in range(4))
    state = (w, v, u, heard, past, np.zeros(len(weights)), now)
    controls = [*cases.UNLEARN.values()]

    def restart() -> None:
        w[:], v[:], u[:], past[:], now[:] = weights, 0.0, weights, 0.0, 0
        past[:, -1] = first

    restart()
    return Program(lambda n: _unlearn(n, *wiring, *state, *controls), restart)


def _views(theta: np.ndarray, shape: tuple[int, ...]) -> tuple:
    """The weights and biases of each layer, the output's weights and its bias, within `theta`."""
    size, width, layers = shape
    weights, biases, at, inputs = [], [], 0, size
    for _ in range(layers):
        weights.append(theta[at : at + width * inputs].reshape(width, inputs))
        biases.append(theta[at + width * inputs :][:width])
        at, inputs = at + width * (inputs + 1), width
    return tuple(weights), tuple(biases), theta[at:-1], theta[-1:]


def runner(case: Case, net) -> Program:
    """Return a program that begins where `net` is, which must not have run."""
    if case.model == "Unlearn":
        return _unlearn_runner(net)
    size, width, layers = case.shape
    scratch = [np.zeros(size), np.zeros((layers, width)), np.zeros((layers, width))]
    theta, rates = np.array(net.parameters, ndmin=2), (cases.LR, cases.RIDGE)
    if case.model == "AutoRegNN":
        views = _views(theta[0], case.shape)
        return Program(lambda n: _autoregnn(views, *scratch, cases.SINE[:n], *rates))
    theta = np.vstack((theta, theta[:1]))
    nets = [_views(row, case.shape) for row in theta]
    settings = (cases.MIX, *rates)
    return Program(
        lambda n: _autoregnn2(theta, *nets, *scratch, cases.SINE[:n], cases.SQUARE[:n], *settings)
    )

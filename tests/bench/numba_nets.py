"""The same plain loops in Python, compiled by Numba with fastmath."""

import numpy as np
from numba import njit

from bench import cases
from bench.cases import Case


@njit(fastmath=True)
def _forward(theta, size, width, layers, past, a):
    at, inputs, x = 0, size, past
    for layer in range(layers):
        for i in range(width):
            z = theta[at + inputs * width + i]
            for j in range(inputs):
                z += theta[at + i * inputs + j] * x[j]
            a[layer, i] = np.tanh(z)
        at += width * (inputs + 1)
        inputs, x = width, a[layer]
    y = theta[at + width]
    for i in range(width):
        y += theta[at + i] * x[i]
    return np.tanh(y)


@njit(fastmath=True)
def _backward(theta, width, layers, a, delta, delta_out):
    at = theta.size - width - 1
    for i in range(width):
        delta[layers - 1, i] = theta[at + i] * delta_out * (1.0 - a[layers - 1, i] ** 2)
    for layer in range(layers - 1, 0, -1):
        at -= width * (width + 1)
        delta[layer - 1, :] = 0.0
        for i in range(width):
            for k in range(width):
                delta[layer - 1, k] += theta[at + i * width + k] * delta[layer, i]
        for k in range(width):
            delta[layer - 1, k] *= 1.0 - a[layer - 1, k] ** 2


@njit(fastmath=True)
def _learn(theta, size, width, layers, past, a, delta, target, lr, ridge):
    y = _forward(theta, size, width, layers, past, a)
    delta_out, keep = (y - target) * (1.0 - y * y), 1.0 - lr * ridge
    _backward(theta, width, layers, a, delta, delta_out)
    at, inputs, x = 0, size, past
    for layer in range(layers):
        for i in range(width):
            step = lr * delta[layer, i]
            for j in range(inputs):
                theta[at + i * inputs + j] = keep * theta[at + i * inputs + j] - step * x[j]
            theta[at + inputs * width + i] -= step
        at += width * (inputs + 1)
        inputs, x = width, a[layer]
    for i in range(width):
        theta[at + i] = keep * theta[at + i] - lr * delta_out * x[i]
    theta[at + width] -= lr * delta_out


@njit(fastmath=True)
def _remember(past, sample):
    for j in range(past.size - 1, 0, -1):
        past[j] = past[j - 1]
    past[0] = sample


@njit(fastmath=True)
def _autoregnn(theta, size, width, layers, past, a, delta, heard, lr, ridge):
    out = np.empty(heard.size)
    for t in range(heard.size):
        _learn(theta, size, width, layers, past, a, delta, heard[t], lr, ridge)
        out[t] = _forward(theta, size, width, layers, past, a)
        _remember(past, out[t])
    return out


@njit(fastmath=True)
def _autoregnn2(
    theta, other, size, width, layers, past, a, delta, heard, heard2, mix, lr, ridge
):  # fmt: skip
    out, mixed = np.empty(heard.size), np.empty_like(theta)
    for t in range(heard.size):
        _learn(theta, size, width, layers, past, a, delta, heard[t], lr, ridge)
        _learn(other, size, width, layers, past, a, delta, heard2[t], lr, ridge)
        for i in range(theta.size):
            mixed[i] = (1.0 - mix) * theta[i] + mix * other[i]
        out[t] = _forward(mixed, size, width, layers, past, a)
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


def runner(case: Case, net):
    """Return a program that begins where `net` is, which must not have run."""
    if case.model == "Unlearn":
        w = net.weights
        past = np.zeros((case.shape[0], cases.MAXDELAY))
        past[:, -1] = net.state()["past_out"][:, 0]
        state = [w, np.zeros_like(w), w.copy(), np.zeros_like(w), past, np.zeros(len(w))]
        now, controls = np.zeros(1, np.int64), cases.UNLEARN.values()
        return lambda n: _unlearn(n, net.sources, net.delays, *state, now, *controls)
    size, width, layers = case.shape
    scratch = [np.zeros(size), np.zeros((layers, width)), np.zeros((layers, width))]
    theta, numbers = np.atleast_2d(net.parameters), (cases.LR, cases.RIDGE)
    if case.model == "AutoRegNN":
        return lambda n: _autoregnn(theta[0], *case.shape, *scratch, cases.SINE[:n], *numbers)
    return lambda n: _autoregnn2(
        *theta, *case.shape, *scratch, cases.SINE[:n], cases.SQUARE[:n], cases.MIX, *numbers
    )

"""What a new shape keeps of an old one, from the canonical order of parameters alone."""

import numpy as np


def layers_of(parameters, size, width, layers):
    """The weights ``(units, rows)`` and biases ``(units,)`` of each layer, as views."""
    rows = [size] + [width] * layers
    units = [width] * layers + [1]
    at, parts = 0, []
    for r, u in zip(rows, units, strict=True):
        weights = parameters[at : at + u * r].reshape(u, r)
        parts.append((weights, parameters[at + u * r : at + u * r + u]))
        at += u * r + u
    return parts


def kept(old, before, fresh, after):
    """`fresh`, in which what has the same layer, unit and input as in `old` is as there."""
    fresh = fresh.copy()
    olds, news = layers_of(old, *before), layers_of(fresh, *after)
    shared = [*zip(olds[:-1], news[:-1], strict=False), (olds[-1], news[-1])]
    for (weights, biases), (new_weights, new_biases) in shared:
        units, rows = np.minimum(weights.shape, new_weights.shape)
        new_weights[:units, :rows] = weights[:units, :rows]
        new_biases[:units] = biases[:units]
    return fresh

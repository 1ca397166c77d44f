"""Checks of what a person hands in: each error names the value and what is allowed."""

import math
import numbers
from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .reference import finite
from .reference.arrays import Array, State

_Limit: TypeAlias = float | NDArray[Any]
Ranges: TypeAlias = dict[str, tuple[_Limit, _Limit]]  # of the parts of a state

# what shapes there are; a neuron of Unlearn has no more inputs than there are neurons
NETWORK = {"size": (1, 1024), "width": (1, 1024), "layers": (1, 8)}
UNLEARN = {"neurons": (1, 1024), "inputs": (1, 1024), "maxdelay": (1, 480000),
           "external": (0, 1024)}  # fmt: skip


def network(
    size: object, width: object, layers: object, seed: object, scale: object
) -> tuple[int, int, int, int, float]:
    """Return size, width, layers, seed and scale, each checked."""
    return (
        integer("size", size, *NETWORK["size"]),
        integer("width", width, *NETWORK["width"]),
        integer("layers", layers, *NETWORK["layers"]),
        integer("seed", seed, 0, 2**64 - 1),
        number("scale", scale),
    )


def name(what: str, value: object, allowed: tuple[str, ...]) -> str:
    """Return `value` if it is one of the allowed names."""
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"{what} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def integer(what: str, value: object, low: int, high: int) -> int:
    """Return `value` if it is an integer within low..high."""
    whole = None if isinstance(value, bool) else value
    if not isinstance(whole, numbers.Integral) or not low <= int(whole) <= high:
        raise ValueError(f"{what} must be an integer within {low}..{high}, not {value!r}")
    return int(whole)


def number(what: str, value: object) -> float:
    """Return `value` if it is a finite number."""
    try:
        number = float(value) if isinstance(value, numbers.Real) else math.nan
    except OverflowError:  # an integer beyond all floats
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"{what} must be a finite number, not {value!r}")
    return number


def samplerate(value: object) -> float:
    """Return `value` if it is a sample rate."""
    rate = number("samplerate", value)
    if not 1.0 <= rate <= 1e6:
        raise ValueError(f"samplerate must be within 1..1e6 Hz, not {value!r}")
    return rate


def reals(what: str, value: object) -> Array:
    """Return `value` as float64, a copy; a mask is refused, since it would be lost."""
    array = unmasked(what, value)
    if array.dtype.kind not in "fiub":
        raise ValueError(f"{what} must hold real numbers, not {array.dtype}")
    return array.astype(np.float64, order="C")


def unmasked(what: str, value: object) -> NDArray[Any]:
    """Return `value` as an array if neither it nor a row of it has a mask."""
    rows = [value, *value] if isinstance(value, list | tuple) else [value]
    if any(isinstance(row, np.ma.MaskedArray) for row in rows):
        raise ValueError(f"{what} has a mask, which would be lost: fill it, as {what}.filled(0.0)")
    return np.asarray(value)


def samples(what: str, value: object) -> Array:
    """Return samples of sound as float64, a copy; whole numbers that may be PCM are refused.

    A list of Python's own integers is taken if each is -1, 0 or 1.
    """
    array = unmasked(what, value)
    if array.dtype.kind in "iu":
        written = isinstance(value, list | tuple) and array.dtype == np.asarray(0).dtype
        if not written:
            raise ValueError(
                f"{what} holds {array.dtype}, not samples within ±1: {_scaling(what, array)}"
            )
        if np.any(np.abs(array) > 1):
            raise ValueError(
                f"{what} holds the integer {int(worst(array))}, where samples are within ±1: "
                f"scale it, as 16-bit sound by 1/32768, or write floats"
            )
    return reals(what, array)


def _scaling(what: str, array: NDArray[Any]) -> str:
    full = 2 ** (8 * array.dtype.itemsize - 1)
    sound = f"({what} - {full}.0)" if array.dtype.kind == "u" else what
    return f"scale it, as {sound} / {full}, or say {what}.astype(float) if its numbers are meant"


def signal(what: str, value: object) -> Array:
    """Return samples of sound as float64 if they have shape ``(n,)``."""
    array = samples(what, value)
    if array.ndim != 1:
        raise ValueError(f"{what} must have shape (n,), not {array.shape}")
    return array


def control(what: str, value: object, n: int) -> float | Array:
    """Return `value` if it is a finite number or a finite signal ``(n,)``."""
    if type(value) is float and math.isfinite(value):
        return value
    array = reals(what, value)
    if array.ndim and array.shape != (n,):
        raise ValueError(f"{what} must be a number or have shape ({n},), not {array.shape}")
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{what} must be finite, not {worst(array)}")
    return array if array.ndim else float(array)


def controls(what: str, value: object, shape: tuple[int, int]) -> Array:
    """Return `value` as ``(nets, n)`` if it holds signals, ``(nets, 1)`` if only numbers."""
    nets, n = shape
    array = reals(what, value)
    if array.shape not in ((), (n,), (nets, 1), (nets, n)):
        raise ValueError(
            f"{what} must be a number or have shape ({n},), ({nets}, 1) or ({nets}, {n}), "
            f"not {array.shape}"
        )
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{what} must be finite, not {worst(array)}")
    return np.broadcast_to(array, (nets, 1) if array.shape in ((), (nets, 1)) else shape)


def parameters(values: object, shape: tuple[int, ...]) -> Array:
    """Return `values` as float64 if of this shape and within ±2^500."""
    array = reals("parameters", values)
    if array.shape != shape:
        raise ValueError(f"parameters must have shape {shape}, not {array.shape}")
    if not np.all(np.abs(array) <= finite.WEIGHT_MAX):
        raise ValueError(f"parameters must be finite and within ±2^500, not {worst(array)}")
    return array


def state(given: Mapping[str, NDArray[Any]], like: State, ranges: Ranges) -> State:
    """Return `given` if its parts have the names, shapes and kinds of `like`, within `ranges`."""
    for names, says in ((set(like) - set(given), "lacks"), (set(given) - set(like), "cannot have")):
        if names:
            raise ValueError(f"state {says} {', '.join(sorted(map(str, names)))}")
    mine, its = np.asarray(like["shape"]), np.asarray(given["shape"])
    if not np.array_equal(mine, its):
        raise ValueError(f"state must be of shape {mine.tolist()}, not {its.tolist()}")
    return {name: state_part(name, given[name], part, ranges[name]) for name, part in like.items()}


def state_part(
    what: str, value: object, like: NDArray[Any], limits: tuple[_Limit, _Limit]
) -> NDArray[Any]:
    """Return one part of a state as an array like `like`, within `limits`, element by element."""
    array = np.asarray(value)
    kinds = "fiu" if like.dtype.kind == "f" else "iu"
    if array.dtype.kind not in kinds or array.shape != like.shape:
        raise ValueError(
            f"state: {what} must be {like.dtype} of shape {like.shape}, "
            f"not {array.dtype} of {array.shape}"
        )
    low, high = limits
    wrong = ~((array >= low) & (array <= high))
    if np.any(wrong):
        raise ValueError(f"state: {what} cannot hold {array[wrong][0].item()!r} in such a model")
    return array.astype(like.dtype, order="C")


def worst(array: NDArray[Any]) -> float:
    """Return the first value that is not finite, or the largest."""
    flat = array.ravel()
    bad = flat[~np.isfinite(flat)]
    return float(bad[0]) if bad.size else float(flat[np.argmax(np.abs(flat))])

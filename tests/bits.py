"""Equality as bits, and signals that look for its end."""

import numpy as np
from hypothesis import strategies as st

from specml.reference.random import white_noise


def assert_same(name: str, got, want) -> None:
    """Compare arrays, numbers, and tuples or dicts of them, bit by bit.

    The error names the field, the index and both values in hex.
    """
    if want is None:
        assert got is None, f"{name}: {got!r} is not None"
    elif isinstance(want, dict):
        assert got.keys() == want.keys(), f"{name}: fields {list(got)} are not {list(want)}"
        for field in want:
            assert_same(f"{name}.{field}", got[field], want[field])
    elif isinstance(want, tuple | list):
        assert len(got) == len(want), f"{name}: {len(got)} parts are not {len(want)}"
        for k, (one, other) in enumerate(zip(got, want, strict=True)):
            assert_same(f"{name}[{k}]", one, other)
    else:
        _assert_same_array(name, np.asarray(got), np.asarray(want))


def _assert_same_array(name: str, got: np.ndarray, want: np.ndarray) -> None:
    assert got.dtype == want.dtype, f"{name}: type {got.dtype} is not {want.dtype}"
    assert got.shape == want.shape, f"{name}: shape {got.shape} is not {want.shape}"
    pair = [np.ascontiguousarray(a) for a in (got, want)]
    one, other = (a.view(np.uint64) if a.dtype == np.float64 else a for a in pair)
    differ = np.argwhere(one != other)
    if len(differ):
        at = tuple(differ[0].tolist())
        index = f"[{', '.join(map(str, at))}]" if at else ""
        raise AssertionError(
            f"{name}{index}: {_hex(got[at])} is not {_hex(want[at])} "
            f"({len(differ)} of {got.size} differ)"
        )


def _hex(value) -> str:
    if not isinstance(value, np.floating):
        return hex(value)
    return f"{float(value).hex()} (0x{value.view(np.uint64):016x})"


def atom(value) -> str:
    """What a host reads as this value: every digit of a number, a word as it is."""
    return value if isinstance(value, str) else f"{float(value):.17g}"


TINY = (2.0**-126, np.nextafter(2.0**-126, 0), 2.0**-127, 2.0**-149, 2.0**-500, 2.0**-501,
        2.0**-1022, 5e-324)  # fmt: skip
EDGES = (0.0, 1e-3, 0.5, 1.0, np.nextafter(1.0, 2), 1e6, np.nextafter(1e6, 2e6), 1e300, *TINY)
NOT_FINITE = (float("nan"), float("inf"), float("-inf"))
SPECIAL = tuple(float(s * x) for x in EDGES for s in (1, -1)) + NOT_FINITE

seeds = st.one_of(st.integers(0, 3), st.integers(0, 2**64 - 1), st.just(2**64 - 1))


def samples(n: int) -> st.SearchStrategy[np.ndarray]:
    """Signals ``(n,)``: silence, noise of all sizes, extremes, NaN, Inf, subnormals."""
    noise = st.builds(
        lambda seed, size: size * white_noise(n, seed),
        seeds, st.sampled_from((1.0, 1e-3, 2e6, 2.0**-126, 2.0**-149, 1e300)),
    )  # fmt: skip
    value = st.one_of(st.sampled_from(SPECIAL), st.floats(-2, 2), st.floats())
    written = st.lists(value, min_size=n, max_size=n).map(lambda x: np.array(x, np.float64))
    silence = st.just(np.zeros(n))
    sparse = st.builds(_sparse, st.just(n), st.integers(0, max(n - 1, 0)), value)
    return st.one_of(silence, noise, noise, written, sparse)


def _sparse(n: int, at: int, value: float) -> np.ndarray:
    x = np.zeros(n)
    x[at : at + 1] = value
    return x


def values(low: float, high: float) -> st.SearchStrategy[float]:
    """Finite numbers for a control: in its range, at its ends, beyond, tiny."""
    ends = (low, high, 0.0, -0.0, 2.0 * high, -1.0 - high, 1e300, -1e300, *TINY)
    return st.one_of(st.floats(low, high), st.floats(0.0, min(1.0, high)), st.sampled_from(ends))


def control(low: float, high: float, n: int) -> st.SearchStrategy:
    """A number, or a signal ``(n,)`` of such numbers."""
    noise = st.builds(lambda seed: (high - low) * 0.6 * white_noise(n, seed) + 0.5 * high, seeds)
    written = st.lists(values(low, high), min_size=n, max_size=n).map(np.array)
    return st.one_of(values(low, high), values(low, high), noise, written.map(np.float64))

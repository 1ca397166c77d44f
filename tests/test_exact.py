"""specml.exact: the truth by mpmath and SciPy, and the same bits whatever the processor can do."""

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
import scipy.fft
import scipy.signal
from hypothesis import given
from hypothesis import strategies as st
from mpmath import libmp

import foreign
import recordable
from bits import assert_same
from oracle import ulps
from plainnumpy import features, printed
from specml import exact

PRECISION = 240
LN10 = libmp.mpf_ln10(PRECISION)


def true_power(x, y):
    return libmp.mpf_exp(libmp.mpf_mul(y, libmp.mpf_log(x, PRECISION)), PRECISION)


TRUTH = {
    "exp": lambda x: libmp.mpf_exp(x, PRECISION),
    "log": lambda x: libmp.mpf_log(x, PRECISION),
    "log10": lambda x: libmp.mpf_div(libmp.mpf_log(x, PRECISION), LN10, PRECISION),
    "sin": lambda x: libmp.mpf_sin(x, PRECISION),
    "cos": lambda x: libmp.mpf_cos(x, PRECISION),
    "power": true_power,
}
# In ulp: what docs/analysis.md states. Measured over 10^5 points each: at most 0.76.
BOUNDS = {"exp": 0.75, "log": 0.51, "log10": 0.51, "sin": 0.8, "cos": 0.8, "power": 0.75}


def points(name: str, count: int) -> tuple[np.ndarray, ...]:
    """Points of every kind that a function knows: about 4 `count`."""
    random = np.random.default_rng(5)
    binades = np.ldexp(random.uniform(1, 2, count), random.integers(-1074, 1023, count))
    near_one = 1 + random.uniform(-0.5, 1, count) * 2.0 ** random.uniform(-52, 0, count)
    if name == "exp":
        least = np.minimum(binades, 1.0)
        return (np.concatenate([random.uniform(-745, 709, 2 * count), random.uniform(-2, 2, count),
                                least]),)  # fmt: skip
    if name in ("log", "log10"):
        return (np.concatenate([binades, near_one, random.uniform(0.5, 2, count)]),)
    if name == "power":
        x = np.concatenate([2.0 ** random.uniform(-3, 3, count), binades, near_one])
        y = random.uniform(-708, 708, len(x)) / np.maximum(np.abs(np.log(x)), 1e-300)
        return x, np.where(np.abs(y) < 1e250, y, 1.0)
    quarters = np.concatenate([np.arange(1.0, count), random.integers(1, 2**45, count)])
    return (np.concatenate([random.uniform(-9, 9, count), random.uniform(-(2**29), 2**29, count),
                            quarters * (np.pi / 2), binades]),)  # fmt: skip


def worst(name: str, *x: np.ndarray) -> tuple[float, tuple[str, ...]]:
    y = getattr(exact, name)(*x).tolist()
    rows = list(zip(*(part.tolist() for part in x), strict=True))
    errors = [
        ulps(b, TRUTH[name](*map(libmp.from_float, row))) for b, row in zip(y, rows, strict=True)
    ]
    at = int(np.argmax(errors))
    return errors[at], tuple(value.hex() for value in rows[at])


@pytest.mark.parametrize("name", TRUTH)
def test_errors_are_within_the_stated_bounds(name):
    error, at = worst(name, *points(name, 1000))
    assert error <= BOUNDS[name], f"{name}{at} is {error:.3f} ulp off"


@pytest.mark.long
@pytest.mark.parametrize("name", TRUTH)
def test_errors_are_within_the_stated_bounds_at_many_points(name):
    error, at = worst(name, *points(name, 30000))
    print(f"{name}: worst {error:.3f} ulp at {at}")
    assert error <= BOUNDS[name], f"{name}{at} is {error:.3f} ulp off"


FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize("name", ["sin", "cos"])
@given(x=FINITE)
def test_every_double_has_its_sine(name, x):
    assert worst(name, np.array([x]))[0] <= BOUNDS[name]


@given(x=st.floats(5e-324, 1.7e308))
def test_every_positive_double_has_its_logarithm(x):
    for name in ("log", "log10"):
        assert worst(name, np.array([x]))[0] <= BOUNDS[name]


@pytest.mark.parametrize("name", ["exp", "log", "log10", "sin", "cos", "power"])
def test_what_is_not_ordinary_is_as_numpy_has_it(name):
    """Zeros with their signs, infinities, NaN, what overflows and underflows; and no warning."""
    given = (
        np.meshgrid(recordable.SPECIAL, recordable.SPECIAL)
        if name == "power"
        else [recordable.SPECIAL]
    )
    found = getattr(exact, name)(*given)
    with np.errstate(all="ignore"):
        want = getattr(np, name)(*given)
    np.testing.assert_allclose(found, want, rtol=1e-12)
    told = ~np.isnan(want)
    assert np.array_equal(np.signbit(found[told]), np.signbit(want[told]))


def test_powers_that_are_doubles_are_exact():
    bases, exponents = np.meshgrid(np.arange(-40, 41), np.arange(40))
    true = np.array(
        [int(b) ** int(e) for b, e in zip(bases.flat, exponents.flat, strict=True)], object
    )
    small = np.abs(true) < 2**53
    assert small.sum() > 1000
    found = exact.power(bases.ravel(), exponents.ravel())
    assert_same("powers", found[small], true[small].astype(float))
    halves = exact.power(np.arange(1.0, 1000) ** 2, 0.5)
    assert_same("roots", halves, np.arange(1.0, 1000))
    tens = np.arange(-22, 309)
    assert_same("log10", exact.log10([float(f"1e{k}") for k in tens]), tens.astype(float))


@given(x=arrays.arrays(float, arrays.array_shapes(max_dims=3, max_side=9),
                       elements=st.floats(-1e6, 1e6)), data=st.data())  # fmt: skip
def test_sums_are_sums(x, data):
    axis = data.draw(st.integers(-x.ndim, x.ndim - 1))
    bound = 1e-15 * np.abs(x).sum(axis) + 1e-300
    assert np.all(np.abs(exact.total(x, axis) - x.sum(axis)) <= bound)
    assert np.all(np.abs(exact.mean(x, axis) - x.mean(axis)) <= bound)
    assert_same("rows alone", exact.total(x)[..., np.newaxis], exact.total(x[..., np.newaxis, :]))


def test_sums_of_nothing():
    assert exact.total(np.ones((3, 0))).tolist() == [0.0] * 3
    assert np.isnan(exact.mean([]))


@pytest.mark.parametrize("n", [2**k for k in range(1, 14)])
def test_the_transform_is_scipy_s(n):
    frames = np.random.default_rng(n).standard_normal((2, 3, n))
    re, im = exact.fft(frames)
    want = scipy.fft.rfft(frames)
    assert re.shape == want.shape
    assert np.abs(re + 1j * im - want).max() <= 1e-15 * np.log2(n) * np.abs(want).max() + 1e-15
    one, _ = exact.fft(frames[1, 2])
    assert_same("a frame alone", one, re[1, 2])


@pytest.mark.parametrize("n", [2**k for k in range(1, 14)])
def test_the_way_back_is_scipy_s(n):
    random = np.random.default_rng(n)
    re, im = random.standard_normal((2, 3, 2, n // 2 + 1))
    im[..., [0, -1]] = 0.0
    want = scipy.fft.irfft(re + 1j * im, n)
    assert (
        np.abs(exact.ifft(re, im) - want).max() <= 1e-15 * np.log2(n) * np.abs(want).max() + 1e-15
    )
    frames = random.standard_normal((2, n))
    assert np.abs(exact.ifft(*exact.fft(frames)) - frames).max() < 1e-14


@pytest.mark.parametrize("bins", [0, 1, 4])
def test_spectra_of_other_lengths_are_refused(bins):
    with pytest.raises(ValueError, match="bins"):
        exact.ifft(np.ones(bins), np.ones(bins))
    with pytest.raises(ValueError, match="bins"):
        exact.ifft(np.ones(5), np.ones(bins))


@pytest.mark.parametrize("frames", [np.ones(3), np.ones(1), np.ones((4, 0)), 1.0])
def test_frames_of_other_lengths_are_refused(frames):
    with pytest.raises(ValueError, match="power of 2"):
        exact.fft(frames)


def test_the_window_is_scipy_s():
    for n in (2, 5, 1024):
        np.testing.assert_allclose(exact.hann(n), scipy.signal.get_window("hann", n), atol=4e-16)


def test_the_bits_are_those_of_every_machine():
    assert recordable.of_functions(exact) == recordable.FUNCTIONS


@pytest.mark.skipif(not features(), reason="NumPy knows nothing here that it could do without")
def test_the_bits_do_not_depend_on_the_processor():
    """NumPy's own do, or this test would see nothing."""
    ours, numpy_s = (f"import recordable as r; print(r.of_functions(r.{source}))"
                     for source in ("exact", "np"))  # fmt: skip
    assert printed(ours) == recordable.FUNCTIONS
    if "X86_V4" in features():
        assert printed(numpy_s) != recordable.of_functions(np)


@pytest.mark.long
@pytest.mark.parametrize("numpy", [foreign.oldest_numpy(), "numpy"])
def test_the_oldest_and_the_newest_numpy(numpy):
    python = foreign.python_with(numpy)
    assert recordable.said_by((python,), foreign.package()) == recordable.BOTH


@pytest.mark.long
def test_arm64():
    """Another processor, with another NumPy, under qemu: functions and measures."""
    assert recordable.said_by(foreign.arm_python()) == recordable.BOTH

"""The elementary functions: the truth by mpmath, and the same bits in C and NumPy."""

import importlib.util
import itertools
import math
import sys
from unittest import mock

import numpy as np
import pytest
from mpmath import libmp

import builds
import oracle
from bits import SPECIAL, assert_same
from specml import Unlearn, core
from specml.reference import elementary, elementary_table, finite

POINTS = 10**6
# In ulp, as elementary.h states them.
BOUNDS = {"tanh": 0.6, "cosine": 2.8, "cosine_derivative": 2.8}
# where a piece of tanh's table begins: 32 an octave from 1/8 on, the last is that of 1
CHANGES = [2.0**k * (1 + i / 32) for k in range(-3, 5) for i in range(32)]
CHANGES = [x for x in CHANGES if x <= 19.5]


def every_binade(random, low: int, high: int, each: int) -> np.ndarray:
    """`each` points of each binade 2^low..2^high, subnormals included, of both signs."""
    exponents = np.repeat(np.arange(low, high), each)
    x = np.ldexp(random.uniform(1, 2, len(exponents)), exponents)
    ends = np.ldexp(1.0, np.arange(low, high))
    return np.concatenate([x * random.choice([-1, 1], len(x)), ends, -ends])


def neighbours(x: float, count: int) -> np.ndarray:
    """The doubles next to positive x, `count` on either side, ascending."""
    middle = np.float64(x).view(np.int64)
    return np.arange(middle - count, middle + count + 1).view(np.float64)


def points(name: str) -> np.ndarray:
    random = np.random.default_rng(2024)
    if name == "tanh":
        first = [every_binade(random, -1074, 1024, 100), *(neighbours(x, 500) for x in CHANGES)]
        spread = [lambda n: random.uniform(-2, 2, n), lambda n: random.uniform(-20, 20, n),
                  lambda n: 2 ** random.uniform(-28, 5, n)]  # fmt: skip
    else:
        near = np.round(random.uniform(-40, 40, 10**5)) / 2
        near = near + random.choice([-1, 1], 10**5) * 2.0 ** random.uniform(-52, -2, 10**5)
        first = [every_binade(random, -1074, 20, 100), near]
        spread = [lambda n: random.uniform(-2, 2, n), lambda n: random.uniform(-50, 50, n),
                  lambda n: random.uniform(-(2**20), 2**20, n)]  # fmt: skip
    left = POINTS - sum(map(len, first))
    assert left > 0
    return np.concatenate([*first, *(draw(-(-left // len(spread))) for draw in spread)])


@pytest.mark.parametrize("name", BOUNDS)
def test_error_is_within_the_stated_bound(name):
    x = points(name)
    assert len(x) >= POINTS
    y = getattr(elementary, name)(x)
    error, at = oracle.worst(name, x, y)
    print(f"{name}: worst of {len(x)} points {error:.3f} ulp at {at.hex()}")
    assert error <= BOUNDS[name], f"{name}({at.hex()}) is {error:.3f} ulp off"


@pytest.mark.parametrize("name", BOUNDS)
def test_core_equals_reference(name, isa):
    """On the same points, and for tanh on what no model would ask: NaN, Inf."""
    x = points(name)
    x = np.concatenate([x, SPECIAL, [1e308, -1e308]]) if name == "tanh" else x
    assert_same(f"{name} on {isa}", core.elementwise(name, x), getattr(elementary, name)(x))


@pytest.mark.parametrize("length", range(20))
def test_lengths_of_arrays(length, isa):
    """Vectors have ends: every length around them."""
    x = np.linspace(-3, 3, length)
    for name in BOUNDS:
        want = [float(getattr(elementary, name)(v)) for v in x]
        assert_same(f"{name} on {isa}", core.elementwise(name, x), np.array(want, np.float64))


def test_the_oracle_sees_one_ulp():
    """The instrument itself: right values pass, their neighbours are about one ulp off."""
    for x in (0.3, 1e-310, 5e-324, 3.0, 1e-9):
        truth = oracle.TRUTH["tanh"](libmp.from_float(x))
        y = libmp.to_float(truth, rnd="n")
        assert oracle.ulps(y, truth) <= 0.5
        assert 0.5 <= oracle.ulps(np.nextafter(y, 1), truth) <= 1.5
    assert oracle.ulps(1e-9, libmp.fzero) == math.inf


def test_tanh_is_odd_bounded_and_keeps_zeros():
    x = np.concatenate([np.abs(points("tanh")), [0.0, np.inf, 1.7e308]])
    y = elementary.tanh(x)
    assert_same("tanh(-x)", elementary.tanh(-x), -y)
    assert np.max(y) == 1.0 and np.min(y) == 0.0
    zeros = np.array([0.0, -0.0])
    assert_same("tanh(±0)", elementary.tanh(zeros), zeros)
    assert_same("tanh(±Inf)", elementary.tanh(np.array([np.inf, -np.inf])), np.array([1.0, -1.0]))


def test_tanh_of_tiny_numbers_is_the_number():
    x = every_binade(np.random.default_rng(5), -1074, -27, 200)
    assert_same("tanh(x)", elementary.tanh(x), x)


def test_tanh_is_monotonic():
    """On dense runs where its formula changes, at the ends of binades, and on random runs."""
    random = np.random.default_rng(7)
    starts = [*CHANGES, *np.ldexp(1.0, np.arange(-30, 5)), *(2 ** random.uniform(-28, 4.4, 200))]
    for start in starts:
        x = neighbours(start, 5000)
        falls = np.flatnonzero(np.diff(elementary.tanh(x)) < 0)
        assert not len(falls), f"tanh falls after {x[falls[0]].hex()}"
    x = np.sort(np.abs(points("tanh")))
    assert np.all(np.diff(elementary.tanh(x)) >= 0)


def script(name: str):
    """A file of docs/elementary, imported."""
    folder = builds.HERE.parent / "docs" / "elementary"
    spec = importlib.util.spec_from_file_location(f"elementary_{name}", folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    with mock.patch.object(sys, "path", [str(folder), *sys.path]):
        spec.loader.exec_module(module)
    return module


def test_the_table_is_what_its_script_makes():
    assert_same("table", elementary_table.TANH, np.array(script("table").rows()))


def test_inside_its_pieces_tanh_is_proved_monotonic():
    """A piece too wide for that is seen: there roundings could undo the growth."""
    prove = script("prove")
    ends = [*prove.borders(), 20.0]
    pieces = list(zip(itertools.pairwise(ends), elementary_table.TANH[1:], strict=True))[:-1]
    lo = elementary._TANH_LO[1:]
    ratios = [prove.inside(*ends, r, lo[k]) for k, (ends, r) in enumerate(pieces)]
    assert max(ratios) < 1 and prove.below_an_eighth() < 1
    assert prove.inside(0.125, 1.125, elementary_table.TANH[1], lo[0]) > 1


def test_cosine_is_exact_at_integers_and_half_integers():
    n = np.concatenate([np.arange(-5000, 5001), [2**20, -(2**20), 2**20 - 1, 1 - 2**20]])
    n = n.astype(np.float64)
    even = n % 2 == 0
    assert_same("cosine(n)", elementary.cosine(n), np.where(even, 1.0, 0.0))
    assert np.all(elementary.cosine_derivative(n) == 0.0)
    assert_same("cosine(n + 1/2)", elementary.cosine(n + 0.5), np.full(len(n), 0.5))
    slope = np.where(even, -math.pi / 2, math.pi / 2)  # the double nearest to pi / 2
    assert_same("cosine'(n + 1/2)", elementary.cosine_derivative(n + 0.5), slope)


PERIODIC = ("cosine", "cosine-rad", "dip", "dip-rad")


@pytest.mark.parametrize("name", PERIODIC)
def test_functions_of_neurons_are_the_reference_s(name, isa):
    """A neuron whose only weight is 1 puts out f of what it hears."""
    x = np.clip(points("cosine")[:: POINTS // 20000], -1e6, 1e6)
    net = Unlearn(1, 1, 1, activation=name, excite=0.0)
    net.weights = [[0.0, 1.0]]
    y = net.process(x=x, lambda_=0.0, mu=0.0, nu=0.0, strength=0.0)[0]
    heard = finite.output(x)
    want = finite.output(getattr(elementary, name.replace("-", "_"))(heard))
    assert_same(f"{name} on {isa}", y, want)


@pytest.mark.parametrize("name", PERIODIC)
def test_functions_of_neurons_are_true(name):
    """Near 0 to a few roundings of 1; in radians the argument is rounded twice more."""
    x = points("cosine")
    turn = x if name.endswith("-rad") else np.pi * x
    sign = -1.0 if name.startswith("dip") else 1.0
    scale = 1.0 if name.endswith("-rad") else np.pi
    f = name.replace("-", "_")
    allowed = 4e-16 * (1 + np.abs(turn))
    assert np.all(np.abs(getattr(elementary, f)(x) - (1 + sign * np.cos(turn)) / 2) <= allowed)
    slope = -sign * scale * np.sin(turn) / 2
    assert np.all(np.abs(getattr(elementary, f"{f}_derivative")(x) - slope) <= scale * allowed)


def test_cosine_stays_within_0_and_1():
    y = elementary.cosine(points("cosine"))
    assert np.min(y) >= 0.0 and np.max(y) <= 1.0

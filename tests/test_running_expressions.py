"""Expressions of time: what they compute, cut anywhere; what they refuse, and what they say."""

import importlib
import math
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from specml import exact
from specml.running.expressions import (
    DEPTH_MAX,
    FUNCTIONS,
    LENGTH_MAX,
    OPERATORS,
    Expression,
)

RATE, SAMPLES = 1000.0, 500
LEAVES = st.one_of(
    st.sampled_from(["t", "n", "rate", "samples", "pi", "x", "noise(3)"]),
    st.floats(0, 1e6).map(repr),
)
SIGNS = ["+", "-", "*", "/", "%", "**", "<", "<=", ">", ">="]


def grown(smaller):
    calls = [(name, function.takes) for name, function in FUNCTIONS.items() if name != "noise"]
    return st.one_of(
        st.tuples(smaller, st.sampled_from(SIGNS), smaller).map(lambda p: f"({' '.join(p)})"),
        smaller.map(lambda one: f"(-{one})"),
        st.sampled_from(calls).flatmap(
            lambda call: st.tuples(*[smaller] * call[1]).map(
                lambda values: f"{call[0]}({', '.join(values)})"
            )
        ),
    )


TEXTS = st.recursive(LEAVES, grown, max_leaves=6).filter(lambda text: len(text) <= LENGTH_MAX)


def expression(text):
    return Expression(text, RATE, SAMPLES, ("x",))


@given(TEXTS, st.integers(0, 400), st.integers(1, 20), st.integers(1, 20))
def test_any_stretch_has_the_bits_of_the_whole(text, begin, first, second):
    """Of no library's vectors, whose last elements are computed by other instructions."""
    one = expression(text)
    x = np.linspace(-1, 1, first + second)
    whole = one.read(begin, first + second, {"x": x})
    parts = [one.read(begin, first, {"x": x[:first]}),
             one.read(begin + first, second, {"x": x[first:]})]  # fmt: skip
    assert np.concatenate(parts).tobytes() == whole.tobytes(), text


@given(TEXTS)
def test_python_itself_finds_nearly_the_same(text):
    """At one sample, with the functions of `math`: so no sign means another than one thinks."""
    names = {
        "t": 0.125, "n": 125.0, "rate": RATE, "samples": 500.0, "pi": math.pi, "x": 0.3,
        "noise": lambda seed: float(expression(f"noise({seed})").read(125, 1, {"x": x})[0]),
        "saw": lambda p: 2 * (p + 0.5 - math.floor(p + 0.5)) - 1,
        "sine": lambda p: math.sin(2 * math.pi * math.fmod(p, 1)), "abs": abs, "max": max,
        "min": min, "clip": lambda v, low, high: min(max(v, low), high),
        "where": lambda condition, a, b: a if condition != 0 else b,
        **{name: getattr(math, name) for name in ("ceil", "cos", "exp", "floor", "log", "log10",
                                                  "sin", "sqrt", "tanh")},
    }  # fmt: skip
    x = np.array([0.3])
    ours = float(expression(text).read(125, 1, {"x": x})[0])
    try:
        theirs = eval(text, {"__builtins__": {}}, names)  # the test's own text
    except (ValueError, OverflowError, ZeroDivisionError, TypeError):
        return  # where Python raises, there is inf or nan, or another convention of %
    if isinstance(theirs, complex) or not math.isfinite(theirs) or "%" in text or "saw" in text:
        return  # what jumps may jump one ulp earlier
    if any(jump in text for jump in ("floor", "ceil", "<", ">", "sin", "cos", "sine", "**")):
        return
    assert ours == pytest.approx(float(theirs), rel=1e-6, abs=1e-9), text


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        ("0.1*exp(-t/3)", 300, 0.1 * math.exp(-0.1)),
        ("2**10 - 1", 0, 1023.0),
        ("sin(2*pi*t)", 250, 1.0),
        ("sine(t)", 250, 1.0),
        ("(0.1 < t) * (t < 0.3)", 200, 1.0),
        ("(0.1 < t) * (t < 0.3)", 300, 0.0),
        ("where(n >= 10, 5, 7)", 9, 7.0),
        ("-7 % 3", 0, 2.0),
        ("floor(-0.5) + ceil(0.5)", 0, 0.0),
        ("clip(5, 0, 1) + max(2, 3) * min(2, 3)", 0, 7.0),
        ("n / samples", 250, 0.5),
        ("log10(1000) + sqrt(16) + abs(-1)", 0, 8.0),
    ],
)
def test_they_mean_what_they_say(text, at, value):
    x = np.zeros(1)
    assert expression(text).read(at, 1, {"x": x})[0] == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize("name", ["cos", "exp", "log", "log10", "sin"])
def test_no_library_s_function_is_behind_a_name(name):
    """On this machine NumPy's may have the same bits; on another they have others."""
    assert FUNCTIONS[name].of is getattr(exact, name)


ALL = """
import hashlib, numpy as np
from specml.running.expressions import FUNCTIONS, Expression
x, digest = np.linspace(-4, 4, 4803), hashlib.sha256()
for name, function in FUNCTIONS.items():
    values = ", ".join(["7"] if name == "noise" else ["x", "x * x", "t"][: function.takes])
    text = f"{name}({values}) + (x % 0.3) ** 3 / 7"
    digest.update(np.nan_to_num(Expression(text, 48000, 4803, ("x",)).read(9, 4803, {"x": x})))
print(digest.hexdigest())
"""


def test_a_processor_without_vectors_finds_the_same_bits():
    """As far as NumPy can be told to leave out what this one has."""
    core = "core" if np.__version__.startswith("1.") else "_core"
    inside = importlib.import_module(f"numpy.{core}._multiarray_umath")
    there = [name for name in inside.__cpu_dispatch__ if inside.__cpu_features__[name]]
    found = set()
    for without in ("", " ".join(there)):
        environment = os.environ | {"NPY_DISABLE_CPU_FEATURES": without}
        command = [sys.executable, "-c", ALL]
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        found.add(ran.stdout)
    assert len(found) == 1, found


def test_powers_and_exponentials_are_the_exact_ones():
    x = np.linspace(-1, 1, 100)
    t = np.arange(100) / RATE
    found = expression("exp(x)**t").read(0, 100, {"x": x})
    assert found.tobytes() == exact.power(exact.exp(x), t).tobytes()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("__import__('os').system('true')", "__import__"),
        ("t.real", "t.real"),
        ("(1).__class__", "__class__"),
        ("'a' * 9999", "no finite number"),
        ("[t for t in n]", "not known"),
        ("lambda: 1", "not known"),
        ("t[0]", "not known"),
        ("t if t else 1", "not known"),
        ("t and n", "not known"),
        ("f'{t}'", "not known"),
        ("(y := 3)", "not known"),
        ("exp", "exp is a function"),
        ("expp(t)", "'expp' is no function"),
        ("tt", "'tt' is not known"),
        ("exp(1, t)", "exp takes 1 value, not 2"),
        ("max(t)", "max takes 2 values, not 1"),
        ("abs(t, t)", "abs takes 1 value"),
        ("exp(x=t)", "without names"),
        ("exp(*t)", "without names"),
        ("0 < t < 1", "one comparison at a time"),
        ("t == 1", "Eq"),
        ("t // 2", "FloorDiv"),
        ("not t", "Not"),
        ("t; n", "invalid syntax"),
        ("t = 1", "invalid syntax"),
        ("1 +", "invalid syntax"),
        ("", "invalid syntax"),
        ("t\0", "null"),
        ("1j", "no finite number"),
        ("True", "no finite number"),
        ("1e999", "no finite number"),
        ("9" * 400, "no finite number"),
        ("noise(t)", "seed"),
        ("noise(-1)", "seed"),
        ("noise(0.5)", "seed"),
        ("-" * 900 + "t", "nested"),
        ("(" * 400 + "t" + ")" * 400, "nested"),
    ],
)
def test_what_is_no_expression_is_named_with_what_is_allowed(text, said):
    with pytest.raises(ValueError) as raised:
        expression(text)
    message = str(raised.value)
    assert said in message and "\n" not in message and len(message) < 600
    assert text[:20] in message or repr(text)[1:20] in message
    for allowed in ("sqrt", "samples", "**", ", x"):
        assert allowed in message


def test_an_expression_has_no_more_than_so_many_characters():
    expression("t" + " " * (LENGTH_MAX - 2) + "\n")
    with pytest.raises(ValueError, match="1000 characters, not 1001"):
        expression("t" + " " * LENGTH_MAX)


def test_how_deep_is_counted_and_no_matter_of_python_s_stack():
    """Each sum stands within the next."""
    expression("t" + "+t" * (DEPTH_MAX - 2))
    with pytest.raises(ValueError, match="nested deeper than 100"):
        expression("t" + "+t" * (DEPTH_MAX - 1))


def test_huge_powers_cost_nothing():
    assert expression("9**9**9**9").read(0, 1, {"x": np.zeros(1)})[0] == math.inf


def test_no_function_of_numpy_is_handed_out_that_writes():
    """A ufunc takes an array to write to as one value more."""
    for name, function in FUNCTIONS.items():
        values = ", ".join(["t"] * (function.takes + 1))
        with pytest.raises(ValueError, match="takes"):
            expression(f"{name}({values})")
    assert len(OPERATORS) == len(SIGNS) + 2

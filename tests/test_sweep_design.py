"""Every point of a sweep is a function of its number."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sweeps
from specml.sweeping import design, told
from specml.sweeping.axes import Axis

SOBOL = [[0.5665615750476718, 0.7457817571703345], [0.0665615750476718, 0.24578175717033446]]
RANDOM = [[0.5665615751722809, 0.7457817572627011]]
MADE = {
    "grid": lambda begin, end: design.grid([3, 4, 5], begin, end),
    "random": lambda begin, end: design.random(3, 7, begin, end),
    "sobol": lambda begin, end: design.sobol(3, 7, begin, end),
}


@given(st.sampled_from(sorted(MADE)), st.integers(0, 60), st.integers(0, 60))
def test_points_do_not_depend_on_where_a_stretch_begins(name, a, b):
    whole, (begin, end) = MADE[name](0, 60), sorted((a, b))
    assert np.array_equal(MADE[name](begin, end), whole[begin:end])


@pytest.mark.parametrize("axes", [1, 2, 5])
def test_sobol_fills_equal_boxes(axes):
    points = design.sobol(axes, 3, 0, 64)
    for axis in range(axes):
        assert sorted(np.floor(64 * points[:, axis])) == list(range(64))
    if axes >= 2:  # the first two axes: 8 x 8 boxes, one point each
        assert len({tuple(box) for box in np.floor(8 * points[:, :2])}) == 64


def test_the_numbers_of_the_generators_stay():
    # written down once: a table that was begun with one version goes on with another
    assert design.sobol(2, 1, 0, 2).tolist() == SOBOL
    assert design.random(2, 1, 0, 1).tolist() == RANDOM


def test_another_seed_is_another_design():
    for made in (design.random, design.sobol):
        assert not np.array_equal(made(2, 1, 0, 8), made(2, 2, 0, 8))


@given(st.integers(2, 40), st.integers(1, 1000), st.integers(0, 60), st.booleans())
def test_whole_numbers_are_all_met_and_none_beyond(steps, low, more, log):
    span = steps - 1 + more
    axis = Axis("width", low=low, high=low + span, log=log, whole=True)
    values = axis.at(np.linspace(0.0, 1.0, 50 * (span + 1)))
    assert sorted(set(values)) == list(range(low, low + span + 1)) or log
    assert min(values) == low and max(values) == low + span
    even = axis.at(design.grid([span + 1], 0, span + 1)[:, 0])
    assert log or even == list(range(low, low + span + 1))


@given(st.floats(1e-9, 1e3), st.floats(1.001, 1e6), st.booleans())
def test_ends_are_met_exactly_and_nothing_lies_beyond(low, ratio, log):
    axis = Axis("mu", low=low, high=low * ratio, log=log)
    values = axis.at(np.linspace(0.0, 1.0, 101))
    assert values[0] == low and values[-1] == low * ratio
    assert values == sorted(values)


def test_a_grid_goes_over_every_combination_once(tmp_path):
    spec = told.from_dict(
        {
            "run": {"model": "autoregnn", "inputs": {"x": "sine(200*t)"}, "seconds": 0.01},
            "sweep": {
                "seeds": [5, 9],
                "over": {
                    "lr": {"low": 0.01, "high": 1, "scale": "log", "steps": 3},
                    "width": {"values": [4, 16]},
                },
            },
        },
        tmp_path,
    )
    found = [tuple(row.values.values()) for row in spec.between(0, spec.rows)]
    expected = [
        (lr, width, seed) for lr in (0.01, 0.1, 1.0) for width in (4, 16) for seed in (5, 9)
    ]
    assert [(round(lr, 12), width, seed) for lr, width, seed in found] == expected


def test_factors_multiply_what_each_run_has(tmp_path):
    spec = told.from_file(sweeps.written(tmp_path))
    own = {"wind": 235.0, "chatter": 0.4}
    for row in spec.between(0, spec.rows):
        assert row.values["mu"] == own[row.base] * row.factors["mu"]
        assert 0.25 <= row.factors["mu"] <= 4.0


WRONG = [
    ({"over": {"mu": {"low": 0}}}, "mu: it takes low and high, factor, or values, not low"),
    ({"over": {"mo": {"values": [1]}}}, "unlearn has no 'mo'; it has neurons, inputs"),
    ({"over": {"mu": {"low": 0, "high": 2e6, "steps": 2}}}, "mu must be a number within -1e"),
    ({"over": {"mu": {"factor": [1, 1e9], "steps": 2}}}, "mu must be a number within -1e"),
    ({"over": {"radius": {"low": 0, "high": 1, "scale": "log", "steps": 2}}}, "log wants 0 < low"),
    ({"over": {"mu": {"low": 0, "high": 1}}}, "mu: a grid wants steps, an integer of 2 or more"),
    ({"over": {"neurons": {"low": 1, "high": 3, "steps": 4}}}, "steps, an integer of 2 to 3"),
    ({"over": {"neurons": {"factor": [1, 2], "steps": 2}}}, "takes low and high, or values"),
    ({"over": {"energy": {"values": ["sine"]}}}, "energy must be one of tanh, cosine"),
    ({"over": {"energy": {"low": 0, "high": 1}}}, "energy: it takes values, not low and high"),
    ({"over": {"mu": {"values": [1, 1]}}}, "mu: values has one of them twice"),
    ({"design": "halton"}, "design must be one of grid, random, sobol, not 'halton'"),
    ({"design": "sobol"}, "design 'sobol' wants something in [sweep.over]"),
    ({"points": 4}, "points: a grid has as many as its steps make"),
    ({"measures": ["lewel"]}, "no measure is called lewel; there are level"),
    ({"measures": ["no.such:thing"]}, "measure no.such:thing: No module named 'no'"),
    ({"seeds": "5:1"}, "seeds: FIRST:LAST wants first <= last"),
    ({"seeds": "0:18446744073709551615"}, "seeds: FIRST:LAST wants first <= last < 2^64, at most"),
    ({"measures": "level"}, "measures is a list of names, each once, not 'level'"),
    ({"over": 3}, "it has no table [over]"),
    ({"over": {"mu": {"low": 0, "high": 1, "steps": 2 * 10**9}}}, "at most 1000000000 rows, not 2"),
    ({"seconds": 0}, "0 seconds hold no sample at 48000 Hz"),
    ({"sowing": 1}, "[sweep] has no 'sowing'; there is design, points"),
]


@pytest.mark.parametrize(("sweep", "said"), WRONG)
def test_what_is_wrong_is_said_before_anything_is_run(tmp_path, sweep, said):
    given = {"run": {"around": ["wind"]}, "sweep": {"seconds": 1} | sweep}
    with pytest.raises(ValueError, match=re.escape(said)):
        told.from_dict(given, tmp_path)

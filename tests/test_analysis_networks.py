"""Poles over time, and sections through orbits: networks whose ways are known."""

import math

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from specml import AutoRegNN, AutoRegNN2, Unlearn
from specml.__main__ import main
from specml.analysis import orbit, poles, section, traces
from specml.looking.linear import predictors
from specml.looking.opened import opened
from specml.reference.random import white_noise
from specml.trace import Trace

RATE = 48000.0


def tone(frequency: float, n: int = 48000) -> np.ndarray:
    return 0.1 * np.sin(2 * np.pi * frequency / RATE * np.arange(n))


def heard(net: AutoRegNN, x: np.ndarray, every: int) -> Trace:
    trace = Trace([net], len(x), every)
    net.process(x, teacher=1.0, lr=0.5, ridge=0.0)
    return trace


@pytest.mark.parametrize("frequency", [2000.0, 6000.0, 15000.0])
def test_a_network_that_learnt_a_tone_has_its_pole(frequency):
    """A pair on the circle, there and at the conjugate; at first there was none."""
    x = tone(frequency)
    found = poles(heard(AutoRegNN(seed=2), x, 4800), around=x)
    assert found.times.tolist() == [k / 10 for k in range(11)]
    for sign in (1, -1):
        near = np.abs(found.frequencies[-1] - sign * frequency).argmin()
        assert found.frequencies[-1, near] == pytest.approx(sign * frequency, rel=0.005)
        assert found.radii[-1, near] == pytest.approx(1.0, abs=0.005)
        assert found.radii[0, near] < 0.99


def test_they_are_the_poles_of_the_state_that_it_has_then(tmp_path):
    """What `specml show` draws of its file."""
    net, x = AutoRegNN(5, 4), white_noise(300, 1)
    trace = Trace([net], 300, 100)
    said, _ = net.process(x)
    net.save(tmp_path / "net.safetensors")
    state = opened(tmp_path / "net.safetensors")
    (linear,) = predictors("autoregnn", state.tensors, state.now)
    found = poles(trace, around=said)
    last = found.radii[-1] * np.exp(2j * np.pi * found.frequencies[-1] / RATE)
    want = np.sort_complex(linear.poles)
    np.testing.assert_allclose(np.sort_complex(last), want, atol=1e-9)


def test_poles_are_conjugate_and_the_first_are_sorted():
    found = poles(heard(AutoRegNN(), tone(4000), 480))
    assert np.all(np.diff(found.radii[0]) <= 1e-9)
    as_numbers = found.radii * np.exp(2j * np.pi * found.frequencies / RATE)
    for row in as_numbers:
        np.testing.assert_allclose(np.sort_complex(row), np.sort_complex(row.conj()), atol=1e-9)
        assert abs(row.imag.sum()) < 1e-9


def test_a_column_is_one_pole_on_its_way():
    """Sorted by size alone, they jump from one to the other."""
    found = poles(heard(AutoRegNN(), tone(4000), 96))
    tracked = found.radii * np.exp(2j * np.pi * found.frequencies / RATE)
    order = np.argsort(-found.radii, axis=1, kind="stable")
    by_size = np.take_along_axis(tracked, order, axis=1)
    moved, jumped = (np.abs(np.diff(way, axis=0)).max() for way in (tracked, by_size))
    assert moved < 0.3 < jumped


def test_a_trace_that_goes_on_has_what_it_has_reached():
    net, weights = AutoRegNN(3, 2), Unlearn(4, 2, 50)
    trace, orbits = Trace([net], 1000, 100), Trace([weights], 1000, 100)
    net.process(tone(3000, 250))
    weights.process(250)
    found = poles(trace)
    assert found.times.tolist() == [0.0, 100 / RATE, 200 / RATE] and found.radii.shape == (3, 3)
    samples, path = orbit(orbits)
    assert samples.tolist() == [0, 100, 200] and np.all(np.isfinite(path)) and len(path) == 3


def test_poles_of_a_file_are_those_of_the_trace(tmp_path):
    words = ["render", "interpolate", "-o", str(tmp_path), "--seconds", "0.1", "--trace", "480",
             "--no-plot"]  # fmt: skip
    assert CliRunner().invoke(main, words).exit_code == 0
    path = tmp_path / "interpolate.trace.safetensors"
    found = [poles(path, network=k) for k in (1, 2, 3)]
    assert found[0].times[1] == 0.01 and found[0].radii.shape == (11, 12)
    assert len({float(part.radii[-1, 0]) for part in found}) == 3
    assert poles(str(path), samplerate=100.0).times[1] == 4.8
    assert np.array_equal(traces.traced(path).tensors["sample"], opened(path).tensors["sample"])


def test_both_networks_of_autoregnn2_have_poles():
    net = AutoRegNN2(4, 4)
    trace = Trace([net], 1000, 500)
    net.process(tone(3000, 1000), tone(6000, 1000))
    assert poles(trace, network=3).radii.shape == (3, 4)
    with pytest.raises(ValueError, match=r"network must be 1\.\.3"):
        poles(trace, network=4)


def test_what_has_no_poles_is_refused(tmp_path):
    net = AutoRegNN()
    trace = Trace([net], 100, 10)
    net.process(np.zeros(100))
    with pytest.raises(ValueError, match="around must be"):
        poles(trace, around=np.zeros(99))
    with pytest.raises(ValueError, match=r"channel must be 1\.\.1"):
        poles(trace, channel=2)
    with pytest.raises(ValueError, match="unlearn predicts nothing"):
        poles(Trace([Unlearn()], 100, 10))
    AutoRegNN().save(tmp_path / "net.safetensors")
    with pytest.raises(ValueError, match="not a trace"):
        poles(tmp_path / "net.safetensors")


@pytest.mark.parametrize("lambda_", [50.0, 300.0, -300.0])
def test_a_weight_s_limit_cycle_is_a_point_of_the_section(lambda_):
    """Nothing but rotation and the pull of the cycle: a circle of radius r, 2 pi / lambda long."""
    radius = 0.2
    net = Unlearn(4, 2, 50, scale=0.3, samplerate=4800.0)
    told = {"mu": 0.0, "nu": 0.0, "strength": 200.0, "radius": radius, "friction": 0.0}
    net.process(72000, lambda_=lambda_, **told)  # until the slow trace has come to rest, too
    trace = Trace([net], 2400, 1)
    net.process(2400, lambda_=lambda_, **told)
    samples, path = orbit(trace, 3, 1)
    assert samples.tolist() == list(range(2401)) and path.shape == (2401, 3)
    found = section(path, 0)
    turn = 2 * math.atan(lambda_ / 4800.0 / 2)  # Cayley's step
    np.testing.assert_allclose(found.periods, 2 * np.pi / abs(turn), rtol=1e-3)
    np.testing.assert_allclose(found.points[:, 1], math.copysign(radius, lambda_), rtol=0.01)
    assert np.ptp(found.points[:, 1]) < 2e-3 and not np.any(found.points[:, 0])
    crossing = section(path, 1, radius / 2)
    np.testing.assert_allclose(np.abs(crossing.points[:, 0]), radius * math.sqrt(0.75), rtol=0.01)


@given(radius=st.floats(1e-3, 1e3), period=st.floats(20, 500), phase=st.floats(0, 6.28),
       value=st.floats(-0.9, 0.9))  # fmt: skip
def test_the_section_of_a_circle_is_a_point(radius, period, phase, value):
    angle = 2 * np.pi * np.arange(2000) / period + phase
    circle = radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    found = section(circle, 1, value * radius)
    assert abs(len(found.times) - 1999 / period) <= 1
    bend = (np.pi / period) ** 2  # how far a chord is inside of its arc, in radii
    root = math.sqrt(1 - value**2)
    np.testing.assert_allclose(found.points[:, 0], radius * root, atol=radius * 3 * bend / root)
    np.testing.assert_allclose(found.periods, period, atol=period * bend / root + 1e-6)
    assert np.all(found.points[:, 1] == value * radius)


def test_only_what_goes_upwards_crosses():
    path = np.array([[-1.0, 0.0], [1.0, 4.0], [-1.0, 8.0], [0.0, 9.0], [0.0, 10.0], [3.0, 11.0]])
    found = section(path)
    assert found.times.tolist() == [0.5, 3.0]
    assert found.points.tolist() == [[0.0, 2.0], [0.0, 9.0]]
    assert section(path, 0, 9.0).points.shape == (0, 2)


def test_what_is_no_path_is_refused():
    with pytest.raises(ValueError, match="path must have shape"):
        section(np.zeros(3))
    with pytest.raises(ValueError, match=r"across must be 0\.\.1"):
        section(np.zeros((3, 2)), 2)
    trace = Trace([Unlearn(4, 2, 50)], 10, 1)
    for neuron, synapse in ((4, 0), (1, 2), (0, 3), (-1, 0)):
        with pytest.raises(ValueError, match=f"neuron {neuron} has no synapse {synapse}"):
            orbit(trace, neuron, synapse)
    with pytest.raises(ValueError, match="not of autoregnn"):
        orbit(Trace([AutoRegNN()], 10, 1))

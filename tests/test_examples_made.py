"""How the examples of AutoRegNN are put together, as their choices and the source say."""

import numpy as np
import pytest

from specml import AutoRegNN, signals
from specml.examples import EXAMPLES, Run, networks, presets

RATE = 48000


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_hand_draws_an_arch_over_twenty_sliders_every_three_seconds(monkeypatch, seed):
    """At 1.5 s, 4.5 s, .., each time elsewhere; what it does not draw stays."""
    strokes, heard = [], [0]
    parameters = AutoRegNN.parameters

    def draw(net, values):
        strokes.append((heard[0] / RATE, np.array(parameters.fget(net)), np.array(values)))
        parameters.fset(net, values)

    process = AutoRegNN.process

    def count(net, x, **controls):
        heard[0] += len(x)
        return process(net, x, **controls)

    monkeypatch.setattr(AutoRegNN, "parameters", property(parameters.fget, draw))
    monkeypatch.setattr(AutoRegNN, "process", count)
    for _ in EXAMPLES["multislider"].start(Run(9 * RATE, seed)).blocks:
        pass
    first, *later = strokes
    assert first[0] == 0.0 and np.abs(first[2]).max() > 0.9, "the first sliders are random"
    assert [when for when, _, _ in later] == [1.5, 4.5, 7.5]
    arch = 1.0 - np.linspace(-1.0, 1.0, 20) ** 2
    places = set()
    for _, before, after in later:
        place = int(np.flatnonzero(before != after)[0])
        stroke = after[place : place + 20]
        assert np.array_equal(np.delete(before, np.s_[place : place + 20]),
                              np.delete(after, np.s_[place : place + 20]))  # fmt: skip
        height = stroke[9] / arch[9]
        assert np.abs(stroke - height * arch).max() < 1e-12 and 0.01 < abs(height) <= 1.0
        places.add(place)
    assert len(places) == 3


def test_the_sliders_of_lr_and_ridge_move_after_three_seconds(monkeypatch):
    given, process = [], AutoRegNN.process

    def note(net, x, **held):
        given.append(held)
        return process(net, x, **held)

    monkeypatch.setattr(AutoRegNN, "process", note)
    for _ in EXAMPLES["multislider"].start(Run(30 * RATE)).blocks:
        pass
    assert all(held == {"lr": 0.1, "ridge": 0.001} for held in given[:10])
    assert len({held["lr"] for held in given[10:]}) == 9
    assert all(0 < held["lr"] <= 0.5 and 1e-6 <= held["ridge"] <= 1e-2 for held in given)
    assert max(held["lr"] for held in given) > 0.1 > min(held["lr"] for held in given[10:])


def test_the_notes_are_those_of_the_source():
    """MIDI 40, 51, 82 and 99, each at 0.2, and nothing else."""
    x = networks.four_sines(signals.times(0, 10 * RATE), float(RATE)) * np.hanning(10 * RATE)
    spectrum = np.abs(np.fft.rfft(x)) / (10 * RATE / 4)
    for note in (40, 51, 82, 99):
        at = round(10 * 440.0 * 2.0 ** ((note - 69) / 12))
        assert spectrum[at - 3 : at + 4].max() == pytest.approx(0.2, rel=0.15)
        spectrum[at - 10 : at + 11] = 0.0
    assert spectrum.max() < 1e-3


@pytest.mark.parametrize("name", ["feedback", "percussion"])
def test_the_filters_of_the_ring(monkeypatch, name):
    """High-passes of 2 Hz at its entries, a low-pass of 10 Hz back, 20 Hz for the recording."""
    made = []
    for kind in ("highpass", "lowpass"):
        original = getattr(signals, kind)
        monkeypatch.setattr(
            signals, kind, lambda f, rate, kind=kind, original=original:
            made.append((kind, f, rate)) or original(f, rate),
        )  # fmt: skip
    next(EXAMPLES[name].start(Run(64)).blocks)
    wanted = [("highpass", 2.0)] * 3 + [("highpass", 20.0)] * 2 + [("lowpass", 10.0)]
    assert sorted(made) == [(kind, f, float(RATE)) for kind, f in wanted]


@pytest.mark.parametrize("name", [*EXAMPLES])
def test_an_example_goes_on_after_its_rendering(name):
    """In any blocks; what changes over the rendering then stays, drums and noise are new ones."""
    example = EXAMPLES[name]
    run = Run(24000, block=333, endless=True)
    got, blocks = [], example.start(run).blocks
    while sum(block.shape[1] for block in got) < 36000:
        got.append(next(blocks))
    played = np.concatenate(got, axis=1)
    whole = np.concatenate([*example.start(Run(24000)).blocks], axis=1)
    assert played[:, :24000].tobytes() == whole.tobytes()
    assert np.isfinite(played).all() and played[:, 24000:].all(axis=0).any()


@pytest.mark.parametrize("name", [*EXAMPLES])
def test_a_hand_is_on_every_model(name):
    """What it makes of the controls is what they hold, or learn by."""
    rates = {"AutoRegNN": "lr", "AutoRegNN2": "lr", "Unlearn": "lambda_"}
    rate, given = rates[EXAMPLES[name].model], []

    def turn(controls):
        given.append(controls[rate])
        return dict(controls) | {rate: 0.0}

    rendering = EXAMPLES[name].start(Run(4800, turn=turn))
    learnt = [model.state() for model in rendering.models]
    for _ in rendering.blocks:
        pass
    assert np.max(given[0]) > 0.0
    for model, before in zip(rendering.models, learnt, strict=True):
        assert model.held[rate.strip("_")] == 0.0
        if rate == "lr":  # Unlearn's weights circle without learning too
            assert model.state()["parameters"].tobytes() == before["parameters"].tobytes()


def test_the_strength_of_chatter_stays_where_it_has_fallen_to():
    strength = presets.falling_strength(Run(1000, endless=True), 900, 200)["strength"]
    assert (strength[:100] > 18.0).all() and (strength[100:] == 18.0).all()

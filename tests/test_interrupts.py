"""Ctrl-C: heard between two calls of the core, and then the network is as after a whole block.

The signal is raised by the core's own call, or in a step of the reference: nothing is timed.
"""

import itertools
import signal
import threading

import numpy as np
import pytest

from bits import assert_same
from specml import AutoRegNN, AutoRegNN2, Unlearn, binding, core, process_many
from specml.reference import finite
from specml.reference.random import white_noise
from twins import call, state

pytestmark = pytest.mark.usefixtures("ctrl_c")
MODELS = {AutoRegNN: "autoregnn", AutoRegNN2: "autoregnn2", Unlearn: "unlearn"}
N = 10**6
NOISE = white_noise(2 * N, 1).reshape(2, N)


class Library:
    """The core, one of whose functions interrupts with its third call."""

    def __init__(self, function: str) -> None:
        self._function, self.lengths = function, []

    def __getattr__(self, name: str):
        function = getattr(binding.LIBRARY, name)
        return self._interrupting(function) if name == self._function else function

    def _interrupting(self, function):
        def process(net, *rest):
            function(net, *rest)
            self.lengths.append(rest[-1] if self._function.endswith("many") else rest[0])
            if len(self.lengths) == 3:
                signal.raise_signal(signal.SIGINT)

        return process


def inputs(model, n: int) -> list:
    return [n] if model is Unlearn else list(NOISE[: 2 if model is AutoRegNN2 else 1, :n])


@pytest.mark.parametrize("model", MODELS)
def test_the_core_is_as_after_the_last_block(model):
    net, same = model(), model()
    net._engine._library = library = Library(f"{MODELS[model]}_process")
    with pytest.raises(KeyboardInterrupt):
        call(net, inputs(model, N), **({"outs": 1} if model is Unlearn else {}))
    done = sum(library.lengths)
    assert len(library.lengths) == 3 and 0 < done < N
    call(same, inputs(model, done))
    assert_same("state", state(net), state(same))
    library.lengths = [0] * 3  # and it goes on
    assert_same("then", call(net, inputs(model, 99)), call(same, inputs(model, 99)))


def test_many_are_as_after_the_same_block():
    nets, same = ([AutoRegNN(seed=k) for k in range(2)] for _ in range(2))
    nets[0]._engine._library = library = Library("autoregnn_process_many")
    with pytest.raises(KeyboardInterrupt):
        process_many(nets, NOISE)
    process_many(same, NOISE[:, : sum(library.lengths)])
    for one, other in zip(nets, same, strict=True):
        assert_same("state", state(one), state(other))


@pytest.mark.parametrize("cells", [1, 113, 4225, 10**6, 8 * 1024 * 1025])
def test_a_call_is_a_hundredth_of_a_second_at_most(cells):
    """By what a cell costs at worst: 2.5 ns; one sample of the largest network is 21 ms."""
    parts = list(core.blocks(N, cells))
    assert parts[0].start == 0 and parts[-1].stop == N
    assert all(one.stop == other.start for one, other in itertools.pairwise(parts))
    longest = max(part.stop - part.start for part in parts)
    assert longest == 1 or longest * (100 + 2.5 * cells) <= 10e6


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("place", range(1, 40, 4))
def test_the_reference_is_as_after_a_whole_sample(model, place, monkeypatch):
    """Wherever in a sample it comes: here when a number of the state is repaired."""
    net, same = (model(3, 2, seed=2, engine="numpy") for _ in range(2))
    repair, step = finite.state, net._engine.step
    repairs, steps = itertools.count(1), itertools.count()

    def interrupting(x):
        if next(repairs) == place:
            signal.raise_signal(signal.SIGINT)
        return repair(x)

    def counting(*heard):
        next(steps)
        return step(*heard)

    monkeypatch.setattr(finite, "state", interrupting)
    net._engine.step = counting
    with pytest.raises(KeyboardInterrupt):
        call(net, inputs(model, 50))
    monkeypatch.undo()
    done = next(steps)
    assert 1 <= done < 50
    call(same, inputs(model, done))
    assert_same("state", state(net), state(same))


def test_a_handler_that_does_not_raise_lets_it_go_on():
    came = []
    signal.signal(signal.SIGINT, lambda *what: came.append(what))
    net = AutoRegNN(engine="numpy")
    step = net._engine.step
    net._engine.step = lambda sample: (signal.raise_signal(signal.SIGINT), step(sample))[1]
    out, _ = net.process(NOISE[0, :5])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    assert len(came) == 5 and np.all(np.isfinite(out))


def test_in_another_thread_and_when_ignored():
    """No handler is touched where none can be, or none is."""
    want = AutoRegNN(engine="numpy").process(NOISE[0, :5])
    got = []
    thread = threading.Thread(
        target=lambda: got.append(AutoRegNN(engine="numpy").process(NOISE[0, :5]))
    )
    thread.start()
    thread.join()
    assert_same("thread", got[0], want)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    assert_same("ignored", AutoRegNN(engine="numpy").process(NOISE[0, :5]), want)
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    signal.signal(signal.SIGINT, signal.default_int_handler)

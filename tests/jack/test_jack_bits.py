"""What the program says in JACK is what the core says, in 32 bits, from its first sample on."""

import numpy as np
import pytest

from bits import assert_same
from jack import jackd
from specml import AutoRegNN, AutoRegNN2, Unlearn, core
from specml.reference import unlearn
from specml.reference.random import white_noise

SAMPLES = 48000
SIZES = (16, 64, 1024, 128, 512, 32, 256)  # the last is that of the beginning


def tracks(*names: str) -> dict[str, np.ndarray]:
    """Something to hear, which begins at 0: until it begins there is silence."""
    made = {}
    for k, name in enumerate(names):
        x = 0.5 * np.sin(2 * np.pi * 110 * (k + 1) * np.arange(SAMPLES) / 48000)
        made[name] = np.float32(
            x + 0.1 * white_noise(SAMPLES, k) * np.minimum(np.arange(SAMPLES), 1)
        )
    return made


def heard(x: np.ndarray, before: int) -> np.ndarray:
    return np.concatenate([np.full(before, x[0]), x]).astype(np.float64)


def assert_recorded(name: str, got: np.ndarray, before: int, block: int, replay) -> None:
    """It had lived some blocks in silence when it was connected.

    replay: what a core says after so much silence, ``(outlets, samples)``, of the whole recording.
    """
    silent = np.float32(replay(1 << 16)[:, : (1 << 16) + got.shape[1]])
    for lived in range(0, 1 << 16, block):
        if np.array_equal(silent[:, lived : lived + before], got[:, :before]):
            break
    else:
        raise AssertionError(f"{name}: nothing like it in the first {1 << 16} samples")
    want = np.float32(replay(lived))[:, lived:]
    assert_same(name, np.float64(got), np.float64(want))


MODELS = {
    "autoregnn": (("in_1",), ("out_1", "error_1")),
    "autoregnn2": (("in_1", "in_2"), ("out_1", "error_1", "error_2")),
    "unlearn --preset sine-adapt": (("in_1",), ("out_1", "out_2")),
}
MODES = {
    "block 256": {}, "freewheel": {"freewheel": True}, "blocks of all sizes": {"sizes": SIZES},
}  # fmt: skip


def made(model: str):
    """What takes ``(samples,)`` for each source and returns ``(outlets, samples)``."""
    if model == "autoregnn":
        return AutoRegNN().process
    if model == "autoregnn2":
        return AutoRegNN2().process
    settings = dict(core.presets()["sine-adapt"])
    held = {name: settings.pop(name) for name in unlearn.CONTROLS}
    held["lambda_"] = held.pop("lambda")
    net = Unlearn(**settings)
    return lambda x: net.process(x=x, **held, outs=2)


def check(served: jackd.Server, model: str, block: int, mode: str) -> None:
    ins, outs = MODELS[model]
    played = tracks(*ins)
    with served.start(*model.split(), "--name", "it") as program:
        got, before = served.record(program, "it", played, outs, SAMPLES, **MODES[mode])

    def replay(lived: int) -> np.ndarray:
        x = [np.concatenate([np.zeros(lived), heard(x, before)]) for x in played.values()]
        return np.stack(made(model)(*x))

    assert got.shape == (len(outs), before + SAMPLES)
    assert np.ptp(got[0]) > 0.01
    assert_recorded(model, got, before, block, replay)


@pytest.mark.parametrize("mode", MODES)
def test_each_model(mode):
    with jackd.server() as served:
        for model in MODELS:
            check(served, model, 16 if mode == "blocks of all sizes" else 256, mode)

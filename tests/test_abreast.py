"""Networks that go side by side: each has the bits that it has alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bits import assert_same
from specml import AutoRegNN, AutoRegNN2, process_many
from specml.reference.random import white_noise
from twins import ISAS, Build, state

CONTROLS = {"autoreg": (0, 1), "lr": (0, 2), "ridge": (0, 1), "teacher": (0, 1)}
# few shapes, so that neighbours often are alike; the last is too large to go abreast
shapes = st.sampled_from(((3, 2, 1), (3, 2, 1), (12, 8, 1), (5, 9, 2), (70, 20, 1)))
kinds = st.sampled_from(("number", "signal", "numbers", "signals"))


def controls(kinds, nets: int, n: int, seed: int) -> dict[str, np.ndarray]:
    """Noise, now and then at the ends of its range: of each kind of array that is taken."""
    given = {}
    for k, ((name, (low, high)), kind) in enumerate(zip(CONTROLS.items(), kinds, strict=True)):
        rows = nets if kind in ("numbers", "signals") else 1
        columns = n if kind in ("signal", "signals") else 1
        noise = 0.75 * white_noise(rows * columns, seed + k).reshape(rows, columns) + 0.5
        values = low + (high - low) * np.clip(noise, 0, 1)
        given[name] = values if kind.endswith("s") else values[0, 0] if columns == 1 else values[0]
    return given


def compare(engine, shapes, n, seed, kinds):
    """Two calls, so that what a network keeps between them is its own too."""
    alone = [AutoRegNN(*shape, seed=k, engine=engine) for k, shape in enumerate(shapes)]
    abreast = [AutoRegNN(*shape, seed=k, engine=engine) for k, shape in enumerate(shapes)]
    for call in range(2):
        x = 1.3 * white_noise(n * len(shapes), seed + call).reshape(-1, n)
        x[0, n // 2] = np.nan  # repaired and counted
        together = controls(kinds, len(shapes), n, seed)
        out, error = process_many(abreast, x, **together)
        for k, net in enumerate(alone):
            own = {
                name: v if np.ndim(v) < 2 else v[k] if v.shape[1] == n else float(v[k, 0])
                for name, v in together.items()
            }
            want = net.process(x[k], **own)
            assert_same(f"network {k} of {shapes}", (out[k], error[k]), want)
            assert_same(f"state of network {k} of {shapes}", state(abreast[k]), state(net))


@pytest.mark.parametrize("isa", ISAS)
@given(st.lists(shapes, min_size=1, max_size=9), st.integers(1, 40), st.integers(0, 99),
       st.tuples(*[kinds] * len(CONTROLS)))  # fmt: skip
def test_alone_and_abreast(isa, shapes, n, seed, kinds):
    with Build(isa).running():
        compare("core", shapes, n, seed, kinds)


@given(st.lists(shapes, min_size=1, max_size=4), st.integers(1, 9), st.integers(0, 99),
       st.tuples(*[kinds] * len(CONTROLS)))  # fmt: skip
@settings(max_examples=20)
def test_the_reference_too(shapes, n, seed, kinds):
    compare("numpy", shapes, n, seed, kinds)


def test_longer_than_one_call_of_the_core():
    """Streams go on where the last call ended, those of controls too."""
    n = 60000
    nets, same = ([AutoRegNN(3, 2, seed=k) for k in range(3)] for _ in range(2))
    x, lr = white_noise(3 * n, 1).reshape(3, n), np.abs(white_noise(3 * n, 2).reshape(3, n))
    out, error = process_many(nets, x, lr=lr, autoreg=lr[0])
    for k, net in enumerate(same):
        want = net.process(x[k], lr=lr[k], autoreg=lr[0])
        assert_same(f"network {k}", (out[k], error[k]), want)


@pytest.mark.parametrize("engine", ["core", "numpy"])
def test_what_is_refused_changes_nothing(engine):
    """Not even the controls that the others hold."""
    nets = [AutoRegNN(seed=k, engine=engine) for k in range(2)]
    before = [state(net) for net in nets]
    x, other = np.zeros((2, 5)), AutoRegNN(engine="numpy" if engine == "core" else "core")
    wrong = [
        ([], x[:0], {}, "no network"),
        ([nets[0], AutoRegNN2(engine=engine)], x, {}, r"nets\[1\] must be an AutoRegNN"),
        ([nets[0], other], x, {}, r"nets\[1\] runs on another engine"),
        ([nets[0], nets[1], nets[0]], np.zeros((3, 5)), {}, r"nets\[2\] is in nets twice"),
        (nets, x[:1], {}, r"\(2, n\), not \(1, 5\)"),
        (nets, x[0], {}, r"\(2, n\), not \(5,\)"),
        (nets, x.astype(np.int16), {}, "scale it"),
        (nets, x, {"lr": 0.7, "teacher": np.nan}, "teacher must be finite"),
        (nets, x, {"lr": 0.7, "ridge": np.zeros((2, 4))}, r"ridge .*\(5,\), \(2, 1\) or \(2, 5\)"),
        (nets, x, {"lr": 0.7, "ridge": np.zeros(2)}, r"ridge .*not \(2,\)"),
    ]
    for together, heard, held, says in wrong:
        with pytest.raises(ValueError, match=says):
            process_many(together, heard, **held)
    for net, old in zip(nets, before, strict=True):
        assert_same("state", state(net), old)
        same = AutoRegNN(seed=net.seed, engine=engine)
        got, want = (each._engine.process(np.ones(4), {}) for each in (net, same))
        assert_same("with the controls it holds", got, want)

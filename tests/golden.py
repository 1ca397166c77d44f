"""Golden vectors, written by the reference alone: `python tests/golden.py` writes them anew.

They hold what today's reference says, in hex floats. A change of any bit of them is a change of
the models' sound, and belongs into CHANGELOG.md.
"""

import json
from pathlib import Path

import numpy as np

from specml import AutoRegNN, AutoRegNN2, Unlearn
from specml.reference import elementary
from specml.reference.random import SplitMix64, white_noise
from twins import call

DIRECTORY = Path(__file__).parent / "golden"
MODELS = {"autoregnn": AutoRegNN, "autoregnn2": AutoRegNN2, "unlearn": Unlearn}
SPECIAL = [float("nan"), float("inf"), float("-inf"), 1e300, -1e300, 1e6, -1000001.0, 2.0**-126,
           2.0**-127, 5e-324, -0.0, 0.5]  # fmt: skip


def _noise(n: int, seed: int) -> list[float]:
    return white_noise(n, seed).tolist()


TANH = {"activation": "tanh", "energy": "tanh"}
MILD = {"lambda_": 60.0, "mu": 0.4, "nu": 0.4, "radius": 0.01, "friction": 0.0}
# Each case: why this shape, the model's settings, what it hears, its controls.
CASES = {
    "autoregnn": [
        ("the least network", {"size": 1, "width": 1}, [_noise(24, 1)], {}),
        ("the source's sizes, a block exactly full", {"size": 12, "width": 8}, [_noise(24, 2)],
         {"lr": 0.1, "ridge": 1e-4}),
        ("one lane beyond a block, deep", {"size": 5, "width": 9, "layers": 3}, [_noise(16, 3)],
         {"lr": 1.0, "ridge": 0.5, "autoreg": 0.25, "teacher": 0.75}),
        ("two full blocks", {"size": 3, "width": 16, "layers": 2}, [_noise(12, 4)],
         {"autoreg": 0.0}),
        ("one lane short of a block; NaN, Inf, clipped and tiny samples",
         {"size": 4, "width": 7}, [SPECIAL], {"autoreg": 0.5, "lr": 10.0}),
        ("controls as signals, beyond their ranges", {"size": 4, "width": 5}, [_noise(16, 5)],
         {"lr": [3 * x for x in _noise(16, 6)], "teacher": [1.5 * x for x in _noise(16, 7)]}),
        ("no samples: the first draws", {"size": 2, "width": 3, "seed": 2**64 - 1}, [[]], {}),
    ],
    "autoregnn2": [
        ("the source's mix", {"size": 12, "width": 8}, [_noise(16, 1), _noise(16, 2)], {}),
        ("unlike inputs, deep, a moving mix", {"size": 3, "width": 9, "layers": 2},
         [_noise(12, 3), SPECIAL], {"mix": [k / 11 for k in range(12)], "autoreg": 0.5}),
    ],
    "unlearn": [
        ("the least network", {"neurons": 1, "inputs": 1, "maxdelay": 1, "external": 0, **TANH},
         [24], MILD),
        ("all to all, silent input", {"neurons": 8, "inputs": 8, "maxdelay": 5, **TANH},
         [24], MILD | {"lambda_": 900.0}),
        ("one lane beyond a block, cosine, euler",
         {"neurons": 9, "inputs": 3, "maxdelay": 7, "activation": "cosine", "energy": "cosine",
          "integrator": "euler"}, [[_noise(16, 1)]], {"mu": 235.0, "nu": 900.0, "friction": 0.5}),
        ("more signals than neurons, special samples",
         {"neurons": 3, "inputs": 2, "maxdelay": 4, "external": 4, "activation": "tanh",
          "energy": "cosine"},
         [[SPECIAL, SPECIAL[::-1], _noise(12, 2), _noise(12, 3)]],
         {"strength": 160.0, "centre": 1.0, "radius": 0.5, "friction": 6.8}),
        ("around the trace, in radians, beyond two blocks",
         {"neurons": 17, "inputs": 3, "maxdelay": 6, "activation": "cosine-rad",
          "energy": "dip-rad", "scale": 3.5}, [24],
         {"lambda_": 28.0, "mu": 0.02, "radius": 0.2, "friction": 6.8, "centre": 1.0,
          "pivot": 1.0}),
        ("dips, euler, a moving pivot", {"neurons": 5, "inputs": 5, "maxdelay": 9,
          "activation": "dip", "energy": "dip-rad", "integrator": "euler"}, [[_noise(16, 4)]],
         {"pivot": [k / 15 for k in range(16)], "centre": 0.5, "lambda_": -440.0}),
        ("radians and dips the other way round", {"neurons": 4, "inputs": 2, "maxdelay": 3,
          "activation": "dip-rad", "energy": "cosine-rad"}, [[_noise(12, 5)]], {"pivot": 0.25}),
        ("told nothing but short delays", {"maxdelay": 9}, [12], {"outs": 4}),
        ("chatter, mixed down", {"neurons": 16, "inputs": 3, "maxdelay": 6, **TANH}, [24],
         MILD | {"lambda_": 0.4, "strength": [160.0 - k for k in range(24)], "centre": 1.0,
                 "outs": 2}),
    ],
}  # fmt: skip
POINTS = [0.0, -0.0, 5e-324, 1e-310, 2.0**-27, 0.1, 0.5, 0.6874, 0.6875, 0.6876, 1.0, -1.5, 2.5,
          3.7, -10.25, 19.06, 19.99, 20.0, 700.0, 1048575.75]  # fmt: skip


def run(name: str, settings: dict, inputs: list, controls: dict, engine: str):
    """Return outputs and all state of a case."""
    model = MODELS[name](engine=engine, **settings)
    arrays = {k: np.array(v) if isinstance(v, list) else v for k, v in controls.items()}
    heard = [x if isinstance(x, int) else np.array(x, np.float64) for x in inputs]
    result = call(model, heard, **arrays)
    outputs = result if isinstance(result, tuple) else (result,)
    return dict(zip(("out", "error1", "error2"), outputs, strict=False)) | model.state()


def elementary_values() -> dict[str, np.ndarray]:
    """The reference's elementary functions at POINTS."""
    names = ("tanh", "cosine", "cosine_derivative")
    return {name: getattr(elementary, name)(np.array(POINTS)) for name in names}


def encode(value):
    """Floats as hex, arrays as lists."""
    if isinstance(value, np.ndarray):
        return encode(value.tolist())
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {name: encode(item) for name, item in value.items()}
    return value.hex() if isinstance(value, float) else value


def decode(value):
    """What `encode` wrote."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if isinstance(value, dict):
        return {name: decode(item) for name, item in value.items()}
    is_hex = isinstance(value, str) and value.lstrip("-").startswith(("0x", "nan", "inf"))
    return float.fromhex(value) if is_hex else value


def contents() -> dict[str, object]:
    """Everything in the files, computed by the reference."""
    files = {}
    for name, cases in CASES.items():
        files[name] = [
            {"reason": reason, "settings": settings, "inputs": inputs, "controls": controls,
             "expect": run(name, settings, inputs, controls, "numpy")}
            for reason, settings, inputs, controls in cases
        ]  # fmt: skip
    files["elementary"] = {"x": POINTS, "expect": elementary_values()}
    random = SplitMix64(1234567)
    files["random"] = {"seed": 1234567, "next": [random.next() for _ in range(8)],
                       "bipolar": white_noise(8, 1234567)}  # fmt: skip
    return {name: encode(value) for name, value in files.items()}


if __name__ == "__main__":
    DIRECTORY.mkdir(exist_ok=True)
    for file, value in contents().items():
        (DIRECTORY / f"{file}.json").write_text(json.dumps(value, indent=1) + "\n")

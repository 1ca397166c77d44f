"""Golden vectors: both engines say today what the reference said when they were written."""

import json

import numpy as np
import pytest

import golden
from bits import assert_same
from specml import core
from specml.reference import elementary
from specml.reference.random import SplitMix64, white_noise
from twins import ISAS, Build


def read(name: str):
    return golden.decode(json.loads((golden.DIRECTORY / f"{name}.json").read_text()))


CASES = [(name, case) for name in golden.MODELS for case in read(name)]


@pytest.mark.parametrize("engine", ["numpy", *ISAS])
@pytest.mark.parametrize("name, case", CASES, ids=[f"{n}: {c['reason']}" for n, c in CASES])
def test_models(engine, name, case):
    what = case["settings"], case["inputs"], case["controls"]
    with Build(*([engine] if engine in ISAS else [])).running():
        got = golden.run(name, *what, "core" if engine in ISAS else engine)
    want = case["expect"]
    assert got.keys() == want.keys()
    for field, value in got.items():
        assert_same(field, value, np.array(want[field], value.dtype).reshape(value.shape))


def test_elementary(isa):
    file = read("elementary")
    x = np.array(file["x"])
    for name, want in file["expect"].items():
        assert_same(f"{name}, reference", getattr(elementary, name)(x), np.array(want))
        assert_same(f"{name} on {isa}", core.elementwise(name, x), np.array(want))


def test_random():
    file = read("random")
    random = SplitMix64(file["seed"])
    assert [random.next() for _ in file["next"]] == file["next"]
    assert_same("bipolar", white_noise(8, file["seed"]), np.array(file["bipolar"]))


def test_files_and_cases_belong_together():
    """No file without its cases, no case that is not written, nothing edited by hand."""
    files = {path.stem for path in golden.DIRECTORY.iterdir()} - {"renderings"}
    assert files == set(golden.contents())
    for name, value in golden.contents().items():
        written = (golden.DIRECTORY / f"{name}.json").read_text()
        assert json.dumps(value, indent=1) + "\n" == written, f"{name}: run tests/golden.py"

"""What a fuzzer found in an hour, read again: by the C reader under sanitizers, and by Python's."""

import os
import subprocess

import pytest

import specml
from object.fuzzing import ENVIRONMENT, SAFE, build, unpack
from object.library import MODELS


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return unpack(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def verdicts(corpus) -> list[dict[str, str]]:
    """Of each file, what the reader says of it for each model."""
    program = build("fuzzed", "-DFUZZ_REPLAY", *SAFE)
    ran = subprocess.run(
        [program, *corpus], env=os.environ | ENVIRONMENT, capture_output=True, text=True,
        errors="replace",
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    assert len(lines) == len(MODELS) * len(corpus)
    return [dict(zip(MODELS, lines[k : k + 3], strict=True)) for k in range(0, len(lines), 3)]


def test_each_is_refused_with_its_reason_or_read(verdicts):
    """And those that are read sound, are written, and read again are the same: see fuzz.c."""
    reasons = {line[:12] for verdict in verdicts for line in verdict.values()}
    assert len(verdicts) > 200 and len(reasons) > 20
    for model in MODELS:
        assert sum(verdict[model] == "read" for verdict in verdicts) >= 3


def test_python_reads_and_refuses_the_same(corpus, verdicts):
    """It has a reader of its own: docs/state.md says enough of the format to write another."""
    for path, verdict in zip(corpus, verdicts, strict=True):
        try:
            model = type(specml.load(path)).__name__.lower()
        except ValueError as error:
            assert "read" not in verdict.values(), f"{path.name}: {error}"
            assert str(error).startswith(f"{path}: ") and "\n" not in str(error)
        else:
            assert verdict[model] == "read", f"{path.name}: {verdict[model]}"

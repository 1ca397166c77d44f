"""Whole renderings are those that are promised, to the last bit, on every engine and machine."""

import numpy as np
import pytest
from click.testing import CliRunner

import foreign
import renderings
from specml import signals, verify
from specml.__main__ import main
from specml.examples import EXAMPLES, Run
from twins import CHOSEN, ISAS, Build

PROMISES = {(name, *promise[:2]): promise for name in EXAMPLES for promise in verify.promised(name)}
SHORT = [key for key in PROMISES if key[2] == renderings.SHORT]
FULL = [key for key in PROMISES if key[2] != renderings.SHORT]
LEAST = {"feedback": 0.5, "percussion": 0.5}  # peaks
OTHERS = [isa for isa in ISAS if isa != CHOSEN]


def test_two_seeds_of_every_example_are_promised():
    assert set(PROMISES) == {
        (name, seed, samples)
        for name, example in EXAMPLES.items()
        for seed in renderings.seeds(example)
        for samples in renderings.lengths(example)
    }
    digests = [p.sha256 for p in PROMISES.values()] + [p.sha256_double for p in PROMISES.values()]
    assert len(set(digests)) == len(digests), "two renderings are the same"


def check(name, seed, samples, engine="core"):
    """Render; return the largest sample of what the example says."""
    digest, peak = verify.Digest(), 0.0
    outs = [not channel.startswith("in") for channel in EXAMPLES[name].channels]
    for block in EXAMPLES[name].start(Run(samples, seed, engine)).blocks:
        digest.add(block)
        peak = max(peak, float(np.abs(block[outs]).max()))
    assert digest.promise(seed) == PROMISES[name, seed, samples], "run tests/renderings.py?"
    return peak


@pytest.mark.parametrize("engine", ["numpy", *ISAS])
@pytest.mark.parametrize(("name", "seed", "samples"), SHORT)
def test_short_renderings(name, seed, samples, engine):
    """On both engines, and on every instruction set."""
    if engine == "numpy":
        check(name, seed, samples, engine)
        return
    with Build(engine).running():
        check(name, seed, samples)


@pytest.mark.parametrize(("name", "seed", "samples"), FULL)
def test_whole_renderings(name, seed, samples):
    """Loud enough to be heard, and within what a sound card can play."""
    assert LEAST.get(name, 0.1) <= check(name, seed, samples) <= 1.0


@pytest.mark.long
@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize(("name", "seed", "samples"), FULL)
def test_whole_renderings_on_other_instruction_sets(name, seed, samples, other):
    with Build(other).running():
        check(name, seed, samples)


@pytest.mark.long
@pytest.mark.parametrize("numpy", [foreign.oldest_numpy(), "numpy"])
def test_the_oldest_and_the_newest_numpy(numpy):
    """Whole renderings on the C core, short ones on both engines."""
    said = foreign.check((foreign.python_with(numpy),))
    assert said.count("as promised") == len(FULL) + 2 * len(SHORT)
    if "==" in numpy:
        assert said.startswith(numpy.replace("==", " "))


@pytest.mark.long
def test_short_renderings_on_arm64():
    """Python, NumPy and the core under qemu, both engines."""
    said = foreign.check(foreign.arm_python(), "short")
    assert said.count("as promised") == 2 * len(SHORT)


@pytest.mark.long
@pytest.mark.parametrize("name", EXAMPLES)
def test_whole_renderings_on_arm64(name):
    said = foreign.check(foreign.arm_python(), name)
    assert said.count("as promised") == 6


def cli(*words):
    return CliRunner().invoke(main, ["verify", *words])


def test_verify_says_that_it_is_as_promised():
    short, full = cli("sine"), cli("sine", "--full")
    assert short.exit_code == full.exit_code == 0
    assert short.output.endswith("state values, as promised\n")
    assert full.output == "".join(
        f"sine: as promised, 192000 samples with seed {seed}\n" for seed in (1, 2)
    )


@pytest.mark.parametrize("words", [("saw",), ("saw", "--full")])
def test_verify_says_where_a_promise_is_broken(monkeypatch, words):
    """Both engines are wrong in the same way, which only the promise shows."""
    whole = signals.saw
    monkeypatch.setattr(signals, "saw", lambda phase: np.nextafter(whole(phase), 2.0))
    said = cli(*words)
    assert said.exit_code == 1
    assert said.output.startswith("saw: DIFFERENT from what is promised of ")
    samples = 2000 if len(words) == 1 else 192000
    assert f"{samples} samples with seed 1: SHA-256 " in said.output
    assert PROMISES["saw", 1, samples].sha256_double in said.output

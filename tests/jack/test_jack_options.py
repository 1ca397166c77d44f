"""What stands on the command line, and what it refuses."""

from pathlib import Path

import pytest

import builds
import externals
from jack.jackd import headers
from jack.stub import MODELS, here
from object.library import arguments, words

each_model = pytest.mark.parametrize("model", MODELS)


def refused(*given) -> str:
    status, said, errors = here().end(given)
    assert (status, said) == (2, "")
    assert errors.endswith("specml-jack: specml-jack --help says what can be said\n")
    return errors.splitlines()[0]


def test_what_the_command_line_refuses():
    models = "autoregnn autoregnn2 unlearn"
    assert refused() == f"specml-jack: the model must be one of {models}, not nothing"
    assert refused("foo").endswith(" unlearn, not foo")
    assert refused("autoregnn", "--lr", 11) == "autoregnn: lr must be a number within 0..10, not 11"
    assert refused("autoregnn", "--lr=x").endswith("not x")
    assert refused("autoregnn", "--set", "lr=11").endswith("not 11")
    followed = "set must be followed by"
    assert refused("autoregnn", "--set", "lr").endswith(f"{followed} NAME=VALUE, not lr")
    assert refused("autoregnn", "--set").endswith(f"{followed} something, not nothing")
    assert refused("autoregnn", "--write=").endswith("be followed by something, not nothing")
    assert "there is no flag -foo; flags are" in refused("autoregnn", "--foo", 3)
    assert "argument 7, 1, is one too many" in refused("autoregnn", *[1] * 7)
    assert refused("unlearn", "--mc=3").endswith("mc takes no value, not 3")
    for channels in ("0", "1.5", "1025", "x", "nan"):
        assert f"within 1..1024, not {channels}" in refused("autoregnn", "--channels", channels)
    for flag in ("-keep", "-fixed", "-table w"):
        assert "there are no arrays and patches" in refused("autoregnn", *flag.split())


@each_model
def test_a_setting_can_be_said_in_every_way(model):
    for given in (["-seed", 7], ["--seed", 7], ["--seed=7"], ["--set", "seed=7"], ["--set=seed=7"]):
        said, errors = here().run([model, *given, "--until-eof"], "get seed")
        assert (said, errors) == ("seed 7\n", "")
    name = arguments(model)[1]
    first = 5 if model == "unlearn" else 1
    said, errors = here().run([model, first, 3, "--until-eof"], f"get {name}")
    assert (said, errors) == (f"{name} 3\n", "")


@each_model
def test_help_says_every_word(model):
    said, errors = here().run([model, "--help"])
    for word in words(model):
        shown = word.name not in ("fixed", "keep", "table")
        assert (word.line in said) == shown, word.name
    assert not errors
    said, _ = here().run(["--help"])
    assert "--until-eof" in said


@pytest.mark.parametrize(
    ("fails", "error"),
    [("open", "there is no JACK server: start one, say by jackd -d alsa"),
     ("activate", "JACK does not let it begin"), ("ports", "JACK gives no port ridge")],
)  # fmt: skip
def test_what_jack_refuses(fails, error):
    status, _, errors = here().end(["autoregnn"], STUB_FAILS=fails)
    assert (status, errors) == (1, f"specml-jack: {error}\n")


@pytest.mark.parametrize(("rate", "lines"), [(1_000_000_000, 1), (8000, 0)])
def test_what_it_costs_goes_by_the_sample_rate_of_the_server(rate, lines):
    """No machine computes the first in time, every one the second."""
    _, errors = here().run(["autoregnn", "--until-eof"], "get seed", STUB_RATE=rate)
    assert errors.count("will not play without gaps: here it takes about ") == lines
    assert len(errors.splitlines()) == lines


def test_files_that_cannot_be(tmp_path: Path):
    status, _, errors = here().end(["autoregnn", "--read", tmp_path / "no"])
    assert status == 1
    assert errors.startswith("autoregnn: cannot read ")
    status, _, errors = here().end(["autoregnn", "--write", tmp_path / "no/no", "--until-eof"])
    assert status == 1
    assert errors.startswith("autoregnn: cannot write ")


def test_it_is_built_as_a_user_builds_it():
    headers()
    folder = externals.build("jack", "-Dpd=disabled", "-Djack=enabled")
    program = folder / "externals" / "jack" / "specml-jack"
    assert builds.run(program, "--help") == here().run(["--help"])[0]

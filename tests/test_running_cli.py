"""`specml run` as a person types it: its help, its errors, its files."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from specml import core
from specml.__main__ import main
from specml.examples import EXAMPLES
from specml.running import Config, runfile
from specml.running.words import models, table

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

OF_HOSTS = {"learn", "fade", "fixed", "keep", "mc"}  # how a box lives on a stage


def run(*given_words):
    return CliRunner().invoke(main, [str(word) for word in given_words])


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    x = 0.5 * np.random.default_rng(1).uniform(-1, 1, (80, 2))
    soundfile.write("in.wav", x, 8000, "FLOAT")
    soundfile.write("other.wav", x, 16000, "FLOAT")
    Path("moves.csv").write_text("time,lr,loudness\n0,0.5,1\n")
    return tmp_path


@pytest.mark.parametrize("model", models())
def test_each_word_of_the_table_is_an_option_with_unit_range_and_default(model):
    """The package's copy of the table is held to C's by tests/web/test_web_words.py."""
    text = " ".join(run("run", model, "--help").output.split())
    preset = core.presets()["wind"] if model == "unlearn" else {}
    for word in table(model).values():
        assert (f"--{word.name} " in text) == (word.name not in OF_HOSTS)
        if word.name in OF_HOSTS | {"seed", "outs"}:
            continue
        allowed = " ".join(word.choices) or f"{word.low:.16g}..{word.high:.16g}"
        unit = f" {word.unit}" if word.unit else ""
        initial = preset.get(word.name, word.initial)
        initial = f"{initial:g}" if not isinstance(initial, str) else initial
        initial = word.choices[int(word.initial)] if word.name == "preset" else initial
        said = f"{word.line} [{allowed}{unit}; default: {initial}]"
        assert said.replace("-", "") in text.replace("- ", "").replace("-", ""), word.name


def test_what_is_told_nothing_of_begins_as_in_python():
    """So no default stands anywhere else."""
    config = Config.from_dict({"model": "unlearn", "samples": 1})
    assert config.controls == {name: control.initial
                               for name, control in config.make().controls.items()}  # fmt: skip
    for name, value in config.settings.items():
        assert getattr(config.make(), name) == value


AUTOREGNN = ("run", "autoregnn", "in.wav", "o.wav")


@pytest.mark.parametrize(
    ("given_words", "said"),
    [
        ((*AUTOREGNN, "--lr", "20"), "lr must be a number within 0..10, not 20"),
        ((*AUTOREGNN, "--lr", "nan"), "lr must be a number within 0..10, not nan"),
        ((*AUTOREGNN, "--lr", "2t"), "lr: '2t': invalid decimal literal at character 1"),
        ((*AUTOREGNN, "--lr", "no.csv"), "no.csv: No such file"),
        ((*AUTOREGNN, "--lr", "moves.csv:z"), "columns lr, loudness: say which"),
        ((*AUTOREGNN, "--lr", "other.wav:1"), "8000 samples a second, "),
        ((*AUTOREGNN, "--controls", "moves.csv"), "no 'loudness'; there is autoreg, lr"),
        ((*AUTOREGNN, "--controls", "moves.csv", "--lr", "1"), "lr is told twice"),
        ((*AUTOREGNN, "--size", "1.5"), "size must be an integer within 1..1024, not '1.5'"),
        ((*AUTOREGNN, "--size", "0"), "size must be an integer within 1..1024, not 0"),
        ((*AUTOREGNN, "--scale", "many"), "scale must be a number within 0..100, not many"),
        ((*AUTOREGNN, "--seed", "-1"), "seed must be an integer within 0.."),
        ((*AUTOREGNN, "--signals", "out,err"), "one of out, error, prediction, x, not 'err'"),
        ((*AUTOREGNN, "--signals", "target"), "one of out, error, prediction, x, not 'target'"),
        ((*AUTOREGNN, "--samplerate", "44100"), "in.wav has 8000 samples a second, samplerate is"),
        ((*AUTOREGNN, "--target", "other.wav"), "other.wav has 16000"),
        ((*AUTOREGNN, "--target", "moves.csv"), "moves.csv is a table"),
        ((*AUTOREGNN, "--seconds", "0"), "0 seconds hold no sample at 8000 Hz"),
        ((*AUTOREGNN, "--seconds", "inf"), "seconds must be a finite number, not inf"),
        ((*AUTOREGNN, "--begin", "1"), "begin must be before 80"),
        ((*AUTOREGNN, "--begin", "-1"), "begin must be"),
        ((*AUTOREGNN, "--channels", "1"), "channels must be an integer within 2..1024, not 1"),
        ((*AUTOREGNN, "--state-in", "in.wav"), "in.wav"),
        (("run", "autoregnn", "in.wav:3", "o.wav"), "in.wav has channels 1..2"),
        (("run", "autoregnn", "no.wav", "o.wav"), "no.wav: No such file"),
        (("run", "autoregnn", "moves.csv", "o.wav"), "moves.csv is a table"),
        (("run", "autoregnn", "t", "o.wav"), "nothing says how long"),
        (("run", "autoregnn", "in.wav", "o.mp3"), "the sound must be a .wav, not o.mp3"),
        (("run", "autoregnn", "in.wav"), "autoregnn takes IN and OUT, not in.wav"),
        (("run", "autoregnn2", "in.wav", "o.wav"), "autoregnn2 hears x1 and x2: x2 is missing"),
        (("run", "unlearn", "o.wav"), "nothing says how long: give seconds"),
        (("run", "unlearn", "o.wav", "--preset", "x"), "one of resonances, chatter"),
        (("run", "unlearn", "o.wav", "--seconds", "1", "--inputs", "17"), "within 1..16, not 17"),
        (("run", "unlearn", "in.wav", "o.wav", "--external", "1"), "x has 2 channels"),
        (("run", "unlearn", "o.wav", "--seconds", "1", "--outs", "17"), "within 1..16, not 17"),
        (("run", "unlearner", "o.wav"), "unlearner is none of autoregnn, autoregnn2, unlearn"),
        (("run", "no.toml"), "no.toml: No such file"),
        (("run", "no.json", "o.wav"), "no.json: No such file"),
    ],
)
def test_what_cannot_be_is_one_line_that_names_it(here, given_words, said):
    before = {path.name for path in here.iterdir()}
    result = run(*given_words)
    assert result.exit_code in (1, 2), result.output
    assert said in result.output, result.output
    assert len([line for line in result.output.splitlines() if "Error" in line]) == 1
    assert {path.name for path in here.iterdir()} == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("model = autoregnn", "line 1"),
        ("model = 'autoregnn'\nsecs = 3", "a run has no 'secs'; there is model"),
        ("model = 'auto'", "model must be one of autoregnn, autoregnn2, unlearn, not 'auto'"),
        ("model = 'unlearn'\nseconds = 1\nsamples = 9", "samples and seconds"),
        ("model = 'unlearn'\nseconds = 'x'", "seconds must be a finite number, not 'x'"),
        ("model = 'unlearn'\nseconds = 1\ncontrols = 3", "controls must be values by name, not 3"),
        ("model = 'unlearn'\nseconds = 1\n[controls]\nmu = [1]", "mu must be a number"),
        ("model = 'unlearn'\nseconds = 1\n[settings]\nneurons = true", "must be an integer"),
        ("model = 'unlearn'\nseconds = 1\n[settings]\nsize = 3", "settings has no 'size'"),
        ("model = 'unlearn'\nseconds = 1\noutput = 3", "output must be the name of a file"),
        ("model = 'unlearn'\nseconds = 1", "names no output: specml run x.toml OUT"),
        ("model = 'unlearn'\nseconds = 1\nrecorded = 1", "recorded must be true or false, not 1"),
        ("model = 'unlearn'\nseconds = 1\nsamplerate = 1.5\noutput = 'o.wav'", "whole sample rate"),
        ("model = 'unlearn'\nseconds = 1\nstate = 3", "state must be the name of a file, not 3"),
        ("model = 'autoregnn'\nseconds = 1\n[inputs]\nx = [1]", "x must be FILE"),
        ("model = 'autoregnn'\npreset = 'wind'", "autoregnn has no preset"),
        ("model = 'autoregnn'\nseconds = 1\nouts = 2\n[inputs]\nx = 't'", "has no outs"),
        ("model = 'unlearn'\nseconds = 1\nsignals = ['out']", "unlearn has outs"),
        ("model = 'autoregnn'\nseconds = 1\nsignals = 3\n[inputs]\nx = 't'", "signals must be"),
    ],
)  # fmt: skip
def test_a_run_file_that_cannot_be(here, text, said):
    Path("x.toml").write_text(text)
    result = run("run", "x.toml")
    assert result.exit_code == 1 and said in result.output, result.output
    assert len(result.output.splitlines()) == 1 and not Path("o.wav").exists()


SCALARS = st.one_of(st.text(), st.integers(-(2**63), 2**64), st.booleans(), st.floats(
    allow_nan=False, allow_infinity=False), st.lists(st.text(), max_size=3))  # fmt: skip
TOLD = st.dictionaries(st.sampled_from("abcd"), st.one_of(
    SCALARS, st.dictionaries(st.sampled_from("xyz"), SCALARS, max_size=3)))  # fmt: skip


@given(TOLD)
def test_a_run_file_is_read_as_it_was_told(told):
    told = {key: value for key, value in told.items() if value != {}}
    found = tomllib.loads(runfile.text(told, "x.toml"))
    assert found == told
    assert repr(sorted(found.items())) == repr(sorted(told.items()))  # -0.0, and 1.0 is no 1


def test_list_tells_programs_all_there_is():
    found = json.loads(run("list", "--json").output)
    assert [one["name"] for one in found] == [*EXAMPLES]
    for one, example in zip(found, EXAMPLES.values(), strict=True):
        assert one["settings"] == json.loads(json.dumps(dict(example.settings)))
        assert (one["seconds"], one["seed"]) == (example.seconds, example.seed)
        assert one["takes_input"] == (example.name == "percussion")


def test_a_model_may_be_asked_for_help_and_so_may_a_file():
    for words_ in (("run", "-h"), ("run", "x.toml", "--help"), ("run", "unlearn", "-h")):
        result = run(*words_)
        assert result.exit_code == 0 and "Usage: " in result.output

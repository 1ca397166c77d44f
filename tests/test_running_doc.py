"""What docs/running.md tells one to type prints what stands there, and is true."""

import doctest
import importlib
import pkgutil
import re
import shlex

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

import builds
import specml.running
from specml.__main__ import main
from specml.running.completed import SIGNALS
from specml.running.expressions import FUNCTIONS, TIME

TEXT = (builds.HERE.parent / "docs" / "running.md").read_text(encoding="utf-8")


def blocks(language):
    found = re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.M | re.S)
    assert found, f"no block of {language}"
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two seconds of sounds, short enough to hear them often."""
    here, t = tmp_path_factory.mktemp("running"), np.arange(96000) / 48000
    voice = 0.4 * np.stack([np.sin(1400 * t), np.sign(np.sin(700 * t))], axis=1)
    soundfile.write(here / "voice.wav", voice, 48000, "PCM_16")
    soundfile.write(here / "room.wav", voice[:, 1], 48000, "PCM_16")
    soundfile.write(here / "curves.wav", np.abs(voice), 48000, "FLOAT")
    (here / "moves.csv").write_text("time,lr,ridge\n0,0.5,0\n1,0.1,0.001\n")
    return here


def test_the_lines_print_what_stands_there(folder, monkeypatch):
    monkeypatch.chdir(folder)
    session = re.split(r"^\$ specml ", "".join(blocks("console")), flags=re.M)[1:]
    assert len(session) > 15
    check = doctest.OutputChecker()
    for line, _, expected in (one.partition("\n") for one in session):
        result = CliRunner().invoke(main, shlex.split(line))
        assert (result.exit_code == 0) == (not expected.startswith("Error")), result.output
        assert check.check_output(expected, result.output, doctest.ELLIPSIS), (
            f"specml {line}\n{result.output}"
        )
    parts = [soundfile.read(f"{name}.wav")[0] for name in "ab"]
    CliRunner().invoke(main, ["run", "autoregnn", "voice.wav", "whole.wav"])
    assert np.array_equal(np.concatenate(parts), soundfile.read("whole.wav")[0])


def test_the_run_file_runs(folder, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / "short.toml").write_text("".join(blocks("toml")))
    result = CliRunner().invoke(main, ["run", "short.toml"])
    assert result.output.split() == ["short.wav", "short.json"], result.output
    assert soundfile.info("short.wav").frames == 24000


def test_python_prints_what_stands_there(folder, monkeypatch):
    monkeypatch.chdir(folder)
    test = doctest.DocTestParser().get_doctest("".join(blocks("pycon")), {}, "running.md", None, 0)
    said = []
    runner = doctest.DocTestRunner()
    runner.run(test, out=said.append)
    assert runner.summarize(verbose=False).attempted > 4 and not said, "".join(said)


def modules():
    found = [one.name for one in pkgutil.iter_modules(specml.running.__path__, "specml.running.")]
    return [*found, "specml.wav", "specml.state"]


@pytest.mark.parametrize("name", modules())
def test_the_examples_of_its_functions_are_true(name):
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert not failed


def test_all_names_of_expressions_and_signals_are_told():
    told = set(re.findall(r"`(\w+)[(`]", TEXT))
    assert told >= {*FUNCTIONS, *TIME}
    assert told >= {name for names in SIGNALS.values() for name in names
                    if not name.startswith("prediction")}  # fmt: skip

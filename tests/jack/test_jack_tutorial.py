"""The tutorial's commands start, and its lines are understood."""

import re
import shlex

import pytest

import tutorials
from jack.stub import MODELS, here

RUN = "./run jack "


@pytest.mark.parametrize("model", ["autoregnn", "unlearn"])
def test_every_line_is_understood(model, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for block in tutorials.blocks("jack", f"jack {model}"):
        for lines in re.split(r"^(?=read )", block, flags=re.M):  # a file is written meanwhile
            said, errors = here().run([model, "--until-eof"], lines)
            assert not errors, errors
            assert said if "dump" in lines else True


def test_every_command_starts(tmp_path, monkeypatch):
    """In a folder where the file is that an earlier step has written; where nothing is to be
    connected to.
    """
    monkeypatch.chdir(tmp_path)
    here().run(["autoregnn", "--until-eof", "--write", "mine.safetensors"])
    lines = re.findall(r"\./run jack .*", tutorials.text("jack"))
    assert len(lines) > 5
    for line in lines:
        given = shlex.split(line.replace(" --connect", "").removeprefix(RUN))
        assert {"--help", *MODELS} & set(given), line
        more = [] if "--help" in given else ["--until-eof"]
        _, errors = here().run([*given, *more])
        assert not errors, f"{line}\n{errors}"

"""What the tutorials tell one to type does what they say: Python, and what Max's boxes are told.

Those of the other hosts are tested beside them.
"""

import doctest
import re

import pytest

import tutorials
from object.library import MODELS, words


def test_python_prints_what_stands_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    session = "".join(tutorials.blocks("python", "pycon"))
    test = doctest.DocTestParser().get_doctest(session, {}, "python.md", None, 0)
    said = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(test, out=said.append)
    assert runner.summarize(verbose=False).attempted > 30
    assert not said, "".join(said)


def test_max_understands_every_message(tmp_path, monkeypatch):
    """The blocks about one network come first, then the one of unlearn~."""
    monkeypatch.chdir(tmp_path)
    *network, unlearn = tutorials.blocks("max", "max")
    told = re.findall(r"^\((.*)\)$", "".join(network), re.M)
    assert len(told) > 10 and not tutorials.refused("autoregnn", told)
    assert not tutorials.refused("unlearn", re.findall(r"^\((.*)\)$", unlearn, re.M))


@pytest.mark.parametrize("host", ["max", "pd"])
def test_boxes_are_made(host):
    found = tutorials.boxes(tutorials.text(host))
    assert len(found) > 3
    for model, given in found:
        assert not tutorials.refused(model, [], given)


def test_max_has_every_attribute():
    known = {word.name for model in MODELS for word in words(model)} | {"table", "chans"}
    found = set(re.findall(r"@(\w+)", tutorials.text("max")))
    assert len(found) > 4 and found <= known

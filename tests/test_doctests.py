"""Every example in a docstring of the package runs, and everything public has one."""

import doctest
import importlib.metadata
import importlib.util
import inspect
import pkgutil
import re

import pytest

import specml

MODULES = ["specml", *(found.name for found in pkgutil.walk_packages(specml.__path__, "specml.")
                       if not found.name.endswith(("__main__", "specml-core")))]  # fmt: skip


def module(name):
    """A module; the test is skipped if a package of another is missing that it needs."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in ("", "specml"):
            raise
        pytest.skip(f"{name} needs {missing}, which is not installed")


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["specml"])
    said = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
    for test in doctest.DocTestFinder(exclude_empty=True).find(module(name)):
        runner.run(test, out=said.append)
    text = "".join(said)
    if lacking := missing(text):
        pytest.skip(f"examples of {name} need {lacking}, which is not installed")
    assert not said, text


def missing(text):
    """The package that is not installed, if that is what an example failed for."""
    for name in re.findall(r"No module named '(\w+)", text):
        if importlib.util.find_spec(name) is None:
            return name
    for extra in re.findall(r"specml\[(\w+)\]", text):
        for line in importlib.metadata.requires("specml"):
            name = re.match(r"[\w-]+", line)[0]
            if re.search(rf"extra == ['\"]{extra}['\"]", line) and not installed(name):
                return name
    return None


def installed(name):
    try:
        return bool(importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return False


def test_what_is_missing_is_found():
    """And what is there is no excuse."""
    assert missing("No module named 'nowhere.at_all'") == "nowhere"
    assert missing("No module named 'numpy.nothing'") is None
    assert missing("pip install specml[sweep]") in (None, "distributed", "pyarrow")


def public(name):
    """What the `__all__` of a module names: functions, classes, and what these have."""
    for key in getattr(module(name), "__all__", ()):
        part = getattr(module(name), key)
        if inspect.isclass(part) or inspect.isroutine(part):
            yield f"{name}.{key}", part
        for member, own in inspect.getmembers(part) if inspect.isclass(part) else ():
            function = own.fget if isinstance(own, property) else own
            mine = (getattr(function, "__module__", None) or "").startswith("specml")
            if not member.startswith("_") and mine and inspect.isroutine(function):
                yield f"{name}.{key}.{member}", own


@pytest.mark.parametrize("name", MODULES)
def test_everything_public_has_an_example(name):
    texts = {key: inspect.getdoc(part) or "" for key, part in public(name)}
    without = [key for key, text in texts.items() if ">>> " not in text.partition("Examples\n")[2]]
    assert not without


def test_the_public_is_found():
    """Or nothing would be looked at: the models with what they inherit, and the plots."""
    found = {key for name in ("specml", "specml.state", "specml.plot", "specml.examples")
             for key, _ in public(name)}  # fmt: skip
    assert {"specml.AutoRegNN.process", "specml.AutoRegNN.snapshots", "specml.Unlearn.excite",
            "specml.load", "specml.state.read", "specml.plot.weights", "specml.Unlearn.save",
            "specml.examples.Run.blocks"} <= found  # fmt: skip

"""What goes into a model and comes out of it, by the names that hosts have for it."""

import inspect
import re
from collections.abc import Iterator

import hosts
import refpages
from object.library import outs, words

HEAD = ("Pure Data, Max", "", "port of JACK", "Python")


def rows(model: str) -> list[tuple[str, str, str, str]]:
    """Return inlets and outlets from left to right."""
    return [*_sources(model), *_controls(model), *_outlets(model)]


def _sources(model: str) -> Iterator[tuple[str, str, str, str]]:
    lines = refpages.INPUTS[f"{model}~"]
    for k, (line, given) in enumerate(zip(lines, hosts.SOURCES[model], strict=True), 1):
        yield f"in {k}", refpages.sentence(line), f"`in_{k}`", f"`{given}`"


def _controls(model: str) -> Iterator[tuple[str, str, str, str]]:
    for word in words(model):
        where = hosts.inlet(model, word)
        if where:
            python = "lambda_" if word.name == "lambda" else word.name
            line = f"[{word.name}](#{word.name}): {word.line}"
            yield f"in {where}", line, f"`{word.name}`", f"`{python}`"


def _outlets(model: str) -> Iterator[tuple[str, str, str, str]]:
    """Those of Unlearn are as many as it is told."""
    lines, returned = refpages.OUTPUTS[f"{model}~"], _returned(model)
    errors = 0
    for k, line in enumerate(lines, 1):
        errors += line.startswith("error")
        port = f"error_{errors}" if errors else f"out_{k}"
        more = "" if outs(model) else " .."
        line = refpages.sentence(line.replace("@", ""))
        yield f"out {k}{more}", line, f"`{port}`{more}", f"`{returned[k - 1]}`" if returned else ""


def _returned(model: str) -> list[str]:
    """Return the names of what `process` returns, as its docstring has them."""
    text = inspect.getdoc(hosts.PYTHON[model].process) or ""
    named = re.findall(r"^(\w.*) : ndarray", text.partition("Returns\n")[2], re.M)
    return [name for names in named for name in names.split(", ")]

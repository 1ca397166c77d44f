"""How a word of the table is said in each host."""

import inspect
import re
from collections.abc import Callable

import classes
import pages as help_of_sc
import specml
import table
from object.library import Word, arguments, inlets, words

HOSTS = ("Pure Data", "Max", "SuperCollider", "JACK", "Python")
PYTHON = {"autoregnn": specml.AutoRegNN, "autoregnn2": specml.AutoRegNN2,
          "unlearn": specml.Unlearn}  # fmt: skip
SOURCES = {model: [name for name in inspect.signature(made.process).parameters if name[0] == "x"]
           for model, made in PYTHON.items()}  # fmt: skip
NO_JACK = ("fixed", "keep", "table")  # they belong to arrays and patches
# words of other names in Python; "" stands for none
OTHERWISE = {
    "weights": "parameters", "write": "save", "table": "", "fixed": "", "keep": "",
}  # fmt: skip
INSTEAD = {
    "get": "`net.held`, `net.seed` and others",
    "dump": "`net.state()`",
    "report": "`net.clipped`, `net.samples`",
    "learn": "a rate of 0",
    "fade": "`net.recall(name, samples)`",
    "preset": "`specml.examples.EXAMPLES`",
    "mc": "`net.process()` without `outs`",
    "read": "`specml.load(file)`, `net.load_weights(file)`",
}
SC_INSTEAD = {
    ("autoregnn", "table"): "`AutoRegNNFilterBuffer.ar`",
    ("unlearn", "preset"): "`Unlearn.clicks` and others",
    ("unlearn", "external"): "as many as the array `in` has",
}
NOTHING = "–"


def written(model: str) -> dict[str, str]:
    """Return how the model itself is written in each host, with its arguments."""
    box = f"`[{model}~ {' '.join(arguments(model))}]`"
    made = [f"`{name}.ar`" for name, of in help_of_sc.MODELS.items() if of == model]
    signature = inspect.signature(PYTHON[model])
    given = ", ".join(f"{p.name}={p.default!r}" for p in signature.parameters.values())
    return {
        "Pure Data": box,
        "Max": box + (f", `[mc.{model}~]`" if model != "unlearn" else ", `[mc.unlearn~]`"),
        "SuperCollider": ", ".join(made),
        "JACK": f"`specml-jack {model} {' '.join(arguments(model))}`",
        "Python": f"`specml.{PYTHON[model].__name__}({given})`",
    }


def said(model: str, word: Word) -> dict[str, str]:
    """Return how a word is said in each host, as Markdown."""
    ways: tuple[Callable[[str, Word], list[str]], ...] = (_pd, _max, _sc, _jack, _python)
    return {
        host: ", ".join(way(model, word)) or NOTHING for host, way in zip(HOSTS, ways, strict=True)
    }


def initial(model: str, word: Word) -> str:
    """Return what it is at first, in a box that is told nothing."""
    known = {each.name: each.initial for each in table.attributes(f"{model}~")}
    return known.get(word.name) or f"{word.initial:g}"


def inlet(model: str, word: Word) -> int | None:
    """Return which inlet moves it, counted from 1 at the left."""
    moved = [each.name for each in words(model) if each.effect == "moves"]
    first = len(SOURCES[model]) + 1
    if word.name not in moved or first + moved.index(word.name) > inlets(model):
        return None
    return first + moved.index(word.name)


def _pd(model: str, word: Word) -> list[str]:
    if not word.kind:
        message = f"`[{f'{word.name} {word.unit}'.strip()}(`"
        return [message, *{"table": ["`-table name`"], "read": ["`-file file`"]}.get(word.name, [])]
    flag = f"`-{word.name}`" if word.kind == "switch" else f"`-{word.name} {initial(model, word)}`"
    found = [] if word.effect == "box only" else [f"`[{word.name} {initial(model, word)}(`"]
    where = inlet(model, word)
    return [*found, flag, *([f"inlet {where}"] if where else [])]


def _max(model: str, word: Word) -> list[str]:
    if not word.kind:
        extra = {"table": "`@table name`", "read": "`@file name`"}.get(word.name)
        return [f"`{f'{word.name} {word.unit}'.strip()}`", *([extra] if extra else [])]
    if word.name not in {each.name for each in table.attributes(f"{model}~")}:
        return ["`[mc.unlearn~]`"] if word.name == "mc" else []
    where = inlet(model, word)
    return [f"`@{word.name} {initial(model, word)}`", *([f"inlet {where}"] if where else [])]


def _sc(model: str, word: Word) -> list[str]:
    """Return an argument of the UGen, or methods that ask a synth."""
    made = next(name for name, of in help_of_sc.MODELS.items() if of == model)
    if (model, word.name) in SC_INSTEAD:
        return [SC_INSTEAD[model, word.name]]
    if not word.kind:
        asked = classes.methods("SpecmlUGen")
        told = [f"{word.name}Weights", word.name] if word.name == "read" else [word.name]
        found = [name for name in reversed(told) if name in asked]
        if found:
            return [f"`{made}.{name}({_given(asked[name])})`" for name in found]
    if word.name not in {argument.name for argument in classes.methods(made)["ar"]}:
        return []
    value = f"'{initial(model, word)}'" if word.choices else initial(model, word)
    given = f" {value}" if word.kind else ""
    fixed = help_of_sc.WHEN["rebuilds"] if word.effect == "box only" else "At any rate."
    return [f"`{word.name}:{given}`", _small(help_of_sc.WHEN.get(word.effect, fixed))]


def _given(arguments: list[classes.Argument]) -> str:
    """Return those that have to be given."""
    return ", ".join(argument.name for argument in arguments if not argument.initial)


def _small(line: str) -> str:
    return line[:1].lower() + line[1:].removesuffix(".")


def _jack(model: str, word: Word) -> list[str]:
    if word.name in NO_JACK:
        return []
    if not word.kind:
        return [f"`{f'{word.name} {word.unit}'.strip()}`"]
    given = (
        f"`--{word.name}`" if word.kind == "switch" else f"`--{word.name} {initial(model, word)}`"
    )
    return [given, *([f"port `{word.name}`"] if inlet(model, word) else [])]


def _python(model: str, word: Word) -> list[str]:
    made = PYTHON[model]
    name = "lambda_" if word.name == "lambda" else word.name
    if word.name in INSTEAD:
        for each in re.findall(r"net\.(\w+)", INSTEAD[word.name]):
            getattr(made, each)
        return [INSTEAD[word.name]]
    if name in inspect.signature(made.process).parameters:
        return [f"`net.process(.., {name}=..)`"]
    if name in inspect.signature(made).parameters:
        return [f"`{made.__name__}({name}=..)`"]
    if name == "weights" and model == "unlearn":
        return ["`net.weights`"]
    name = OTHERWISE.get(name, name)
    if not name:
        return []
    found = getattr(made, name)
    if isinstance(found, property):
        return [f"`net.{name}`"]
    given = [p for p in inspect.signature(found).parameters if p != "self"]
    return [f"`net.{name}({', '.join(given)})`"]

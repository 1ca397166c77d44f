"""A page for each model: what it is in every host, and every word with its errors."""

from collections.abc import Iterable

import autoregnn
import autoregnn2
import errors
import hosts
import playground
import ports
import refpages
import texts
import unlearn
from examples import EXAMPLES, OBJECTS, sentence
from object.library import MODELS, Word, words
from object.page import EFFECTS

HELPS = {"autoregnn": autoregnn, "autoregnn2": autoregnn2, "unlearn": unlearn}
SC = {"autoregnn": "AutoRegNNFilter", "autoregnn2": "AutoRegNNFilter2", "unlearn": "Unlearn"}


def pages() -> dict[str, str]:
    """Return the page of each."""
    return {f"objects/{model}.md": page(model) for model in MODELS}


def page(model: str) -> str:
    """Return the page of a model."""
    settings = [word for word in words(model) if word.kind]
    messages = [word for word in words(model) if not word.kind]
    return "\n\n".join([
        f"# {model}",
        sentence(HELPS[model].LINE),
        sentence(_plain(texts.DESCRIPTION[SC[model]])),
        playground.link("Play it here", "../", model, "{ .md-button .md-button--primary }"),
        _as_table(("host", "written as"), hosts.written(model).items()),
        f"Equations: [models](../models.md#{model}). Classes and methods in Python: "
        f"[Python](../python.md#specml.{hosts.PYTHON[model].__name__}).",
        "## In and out",
        _as_table(ports.HEAD, ports.rows(model)),
        "In Pure Data and Max the last outlet tells what `get`, `dump`, `report`, `weights` and"
        " `snapshots` ask for. Where a control has an inlet, a signal moves it sample by sample.",
        "## Settings",
        _overview(model, settings),
        *(_setting(model, word) for word in settings),
        "## Messages",
        *(_message(model, word) for word in messages),
        "## What else is refused",
        "What is wrong changes nothing, and the sound goes on.",
        _as_table(("told", "answered"), (
            (f"`{wrong}`", said) for wrong, said in errors.of_model(model)
        )),
        "## Examples",
        "\n".join(
            f"- [{each.name}](../examples/{each.name}.md): {each.about}"
            for each in EXAMPLES.values() if OBJECTS[each.model] == model
        ),
        "",
    ])  # fmt: skip


def _plain(text: str) -> str:
    """Return a text of SuperCollider's help without its marks."""
    return text.replace("code::", "`").replace("::", "`")


def _overview(model: str, settings: list[Word]) -> str:
    rows = (
        (f"[{word.name}](#{word.name})", allowed(word), hosts.initial(model, word), word.line)
        for word in settings
    )
    return _as_table(("", "allowed", "at first", ""), rows)


def allowed(word: Word) -> str:
    """Return what a setting may be, with its unit."""
    if word.choices:
        return ", ".join(f"`{choice}`" for choice in word.choices)
    if word.kind == "switch":
        return "there or not"
    whole = ", whole" if word.kind == "whole" else ""
    return f"{word.low:.16g}..{word.high:.16g}{f' {word.unit}' if word.unit else ''}{whole}"


def _setting(model: str, word: Word) -> str:
    heard = HELPS[model].HEARD.get(word.name, "")
    wrong = errors.of_word(model, word)
    return "\n\n".join(part for part in [
        f"### {word.name}",
        sentence(word.line),
        f"*{sentence(heard)}*" if heard and sentence(heard) != sentence(word.line) else "",
        f"{sentence(allowed(word))[:-1]}; at first {hosts.initial(model, word)}; "
        f"{EFFECTS[word.effect]}.",
        _as_table(hosts.HOSTS, [hosts.said(model, word).values()]),
        f"`{wrong[0]}` is answered: {wrong[1]}" if wrong else "",
    ] if part)  # fmt: skip


def _message(model: str, word: Word) -> str:
    more = refpages.MORE.get(word.name, "") if word.name in ("morph", "report") else ""
    return "\n\n".join([
        f"### {word.name}",
        f"{sentence(word.line)} {more}".strip(),
        _as_table(hosts.HOSTS, [hosts.said(model, word).values()]),
    ])  # fmt: skip


def _as_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in lines)

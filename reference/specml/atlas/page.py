"""The page: one file of HTML that holds the table and plays its sounds."""

import base64
import html
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from string import Template
from typing import Any

import numpy as np

from .table import Table, Values
from .words import Word, codes

TYPES = {"f4": "<f4", "f8": "<f8", "u1": "u1", "u2": "<u2", "u8": "<u8"}
RAMP = "magma"  # as in spectrograms: its lightness only rises, so it is a scale in grey, too


def page(
    table: Table,
    title: str,
    words: Sequence[Word] = (),
    sounds: Mapping[str, Any] | None = None,
    beside: Mapping[str, Any] | None = None,
    shown: Mapping[str, str] | None = None,
) -> str:
    """Return the page of a table.

    Parameters
    ----------
    table : Table
        Its numbers go into the page as they are, settings with 64 bits and measures with 32.
    title : str
        What it is called.
    words : sequence of Word, optional
        Rules that give rows a colour and a filter more.
    sounds : mapping, optional
        Where sounds are: ``folder`` and ``ending`` around the number of a row, and ``rows``, those
        that have one, or ``"all"``.
    beside : mapping, optional
        What stands beside the page: ``compute`` and ``playground``, addresses and bases.
    shown : mapping, optional
        The columns that are ``x``, ``y`` and ``colour`` at first.

    Examples
    --------
    >>> from pathlib import Path
    >>> rows = {"row": np.arange(2), "base": np.full(2, "run"), "model": np.full(2, "unlearn"),
    ...         "mu": np.array([1.0, 2.0]), "seed": np.ones(2), "samples": np.full(2, 48000),
    ...         "samplerate": np.full(2, 48000.0)}
    >>> text = page(Table(Path("a.parquet"), rows, {}), "Two sounds")
    >>> "<title>Two sounds</title>" in text, "2 sounds of 1 s." in text
    (True, True)
    """
    data = _data(table, words)
    facts = {
        "rows": table.rows,
        "bases": table.bases,
        "columns": [vars(column) for column in table.columns],
        "words": [{"name": word.name, "about": word.about, "rule": word.rule()} for word in words],
        "sounds": sounds,
        "shown": _shown(table, words) | dict(shown or {}),
        "ramp": _ramp(),
    } | dict(beside or {})
    if facts.get("compute"):
        data["sha256"] = ("u1", np.frombuffer(bytes.fromhex("".join(table["sha256"])), np.uint8))
    return Template(_asset("index.html")).substitute(
        title=html.escape(title),
        about=html.escape(_about(table)),
        style=_asset("style.css"),
        facts=json.dumps(facts, ensure_ascii=False).replace("</", "<\\/"),
        columns="\n".join(_script(name, *column) for name, column in data.items()),
        modules=json.dumps({"imports": _modules()}),
    )


def _data(table: Table, words: Sequence[Word]) -> dict[str, tuple[str, Values]]:
    wide = {"setting": "f8", "measure": "f4"}
    places = {name: code for code, name in enumerate(table.bases)}
    data = {name: ("f8", table[name]) for name in ("row", "samples", "samplerate")}
    data["seed"] = ("u8", table["seed"])
    data["base"] = ("u2", np.array([places[name] for name in table["base"]]))
    data |= {column.name: (wide[column.role], table[column.name]) for column in table.columns}
    return data | ({"word": ("u1", codes(words, table))} if words else {})


def _script(name: str, kind: str, values: Values) -> str:
    text = base64.b64encode(values.astype(TYPES[kind]).tobytes()).decode()
    data = f'data-name="{html.escape(name)}" data-type="{kind}"'
    return f'<script class="column" type="text/plain" {data}>{text}</script>'


def _about(table: Table) -> str:
    seconds = np.unique(table["samples"] / table["samplerate"])
    length = f"{seconds[0]:g}" if len(seconds) == 1 else f"{seconds[0]:g} to {seconds[-1]:g}"
    around = f" around {', '.join(table.bases)}" if len(table.bases) > 1 else ""
    failed = f"; {len(table.errors)} more failed" if table.errors else ""
    return f"{table.rows} sounds of {length} s{around}{failed}."


def _shown(table: Table, words: Sequence[Word]) -> dict[str, str]:
    """Return the first two that were gone over, and the words or else the first measure."""
    names = list(dict.fromkeys(column.name for column in (*table.over, *table.columns)))
    measures = [column.name for column in table.columns if column.role == "measure"]
    x, y = names[0], names[min(1, len(names) - 1)]
    return {"x": x, "y": y, "colour": "word" if words else [*measures, x][0]}


def _ramp() -> str:
    """Return the colour map, 256 times red, green and blue."""
    from matplotlib import colormaps

    colours = np.rint(255 * colormaps[RAMP](np.arange(256))[:, :3]).astype(np.uint8)
    return base64.b64encode(colours.tobytes()).decode()


def _asset(name: str) -> str:
    return (files("specml.atlas") / "page" / name).read_text(encoding="utf-8")


def _modules() -> dict[str, str]:
    """Return the modules as addresses that hold them, so that a page opened as a file has them."""
    folder = files("specml.atlas") / "page"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".js"))
    head = "data:text/javascript;charset=utf-8;base64,"
    return {
        f"atlas/{name}": head + base64.b64encode(_asset(name).encode()).decode() for name in names
    }

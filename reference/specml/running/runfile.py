"""Runs as TOML files, to be read, written and repeated."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import toml
from ..settings import printed

HEAD = "# A run of specml: specml run {}\n"


def read(path: Path) -> tuple[dict[str, Any], str | None]:
    r"""Return what a run file tells, for `Config.from_dict`, and its output, if it names one.

    Raises
    ------
    ValueError
        If it is no TOML: the error names the place.
    OSError
        If it cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "run.toml")
    ...     _ = path.write_text('model = "unlearn"\noutput = "o.wav"')
    ...     read(path)
    ({'model': 'unlearn'}, 'o.wav')
    """
    try:
        told = toml.read(path)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    output = told.pop("output", None)
    if output is not None and not isinstance(output, str):
        raise ValueError(f"{path}: output must be the name of a file, not {output!r}")
    return told, output


def text(told: Mapping[str, Any], name: str, output: str | None = None) -> str:
    """Return a run as TOML; `told` is what `Config.as_dict` returns, `name` that of the file.

    Examples
    --------
    >>> print(text({"model": "unlearn", "controls": {"mu": 0.1, "nu": "sin(t)"}}, "a.toml"))
    # A run of specml: specml run a.toml
    model = "unlearn"
    <BLANKLINE>
    [controls]
    mu = 0.1
    nu = "sin(t)"
    <BLANKLINE>
    """
    facts = dict(told) if output is None else {**told, "output": output}
    tables = {key: value for key, value in facts.items() if isinstance(value, Mapping)}
    lines = [f"{key} = {_value(value)}" for key, value in facts.items() if key not in tables]
    for key, table in tables.items():
        if table:
            lines += ["", f"[{key}]", *(f"{name} = {_value(one)}" for name, one in table.items())]
    return HEAD.format(name) + "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, float):
        digits = printed(value)
        return digits if "." in digits or "e" in digits else f"{digits}.0"
    return str(value)

"""Inputs and controls as texts: numbers, expressions of time, columns of files."""

import os
from pathlib import Path

from .sources import Place, place


def located(text: str, folder: Path) -> str:
    """Return a text whose file, if it names one, is found from anywhere.

    Examples
    --------
    >>> located("sin(t)", Path("/there"))
    'sin(t)'
    """
    at = place(text)
    return str(Place(Path(os.path.abspath(folder / at.path)), at.column)) if at else text


def beside(text: str, folder: Path) -> str:
    """Return a text whose file, if it names one, is written as seen from `folder`.

    With ``/`` between folders on every system. Where there is no way, on another drive of Windows,
    it stays as it is.

    Examples
    --------
    >>> beside(str(Path("there/in.wav").absolute()), Path("there"))
    'in.wav'
    """
    at = place(text)
    if not at:
        return text
    path = relative(at.path, folder).as_posix()
    return path if at.column is None else f"{path}:{at.column}"


def relative(path: Path, folder: Path) -> Path:
    """Return a path as seen from `folder`."""
    try:
        return Path(os.path.relpath(path, folder))
    except ValueError:
        return path

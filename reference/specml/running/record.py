"""The record of a run: all that is needed to compute it again, and what came out."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ..files import sha256
from ..reference.arrays import Array
from ..render import circumstances
from .config import Config
from .sources import place
from .texts import relative


class Decoded:
    """The SHA-256 of what was read from each file, as samples: interleaved 64-bit floats."""

    def __init__(self) -> None:
        self._digests: dict[str, Any] = {}

    def add(self, name: str, samples: Array) -> None:
        """Take in a stretch ``(channels, n)`` of an input or a control."""
        digest = self._digests.setdefault(name, hashlib.sha256())
        digest.update(np.ascontiguousarray(samples.T, "<f8").tobytes())

    def all(self) -> dict[str, str]:
        """Return what there is, by the names of inputs and controls."""
        return {name: digest.hexdigest() for name, digest in self._digests.items()}


def files(config: Config) -> list[Path]:
    """Return the files that a run reads, each once.

    Examples
    --------
    >>> files(Config.from_dict({"model": "unlearn", "seconds": 1}))
    []
    """
    texts = [*config.inputs.values(), *config.controls.values()]
    places = [place(text) for text in texts if isinstance(text, str)]
    found = [at.path for at in places if at] + ([Path(config.state)] if config.state else [])
    return [*dict.fromkeys(found)]


def channels(config: Config) -> list[str]:
    """Return what each channel of a run's sound is.

    Examples
    --------
    >>> channels(Config.from_dict({"model": "unlearn", "seconds": 1}))
    ['out 1', 'out 2']
    """
    if config.model == "unlearn":
        return [f"out {k + 1}" for k in range(config.outs)]
    return [f"{name} {k + 1}" if config.channels > 1 else name
            for name in config.signals for k in range(config.channels)]  # fmt: skip


def describe(
    config: Config, folder: Path, engine: str, facts: Mapping[str, object]
) -> dict[str, object]:
    """Return the record of a run, whose files are named as they are found from `folder`."""
    return {
        "run": config.as_dict(folder),
        "channels": channels(config),
        "files": [{"file": relative(path, folder).as_posix(), "sha256": sha256(path)}
                  for path in files(config)],
        **facts,
        **circumstances(engine),
    }  # fmt: skip


def read(path: Path) -> dict[str, Any]:
    """Return what a record says.

    Raises
    ------
    ValueError
        If it is no record.
    OSError
        If it cannot be read.
    """
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} is no record: {error}") from error
    whole = isinstance(said, dict) and "sha256" in said
    if whole and "example" not in said:
        whole = isinstance(said.get("run"), dict) and _listed(said.get("files"))
    if not whole:
        raise ValueError(f"{path} is no record of specml run or specml render")
    return dict(said)


def _listed(files: object) -> bool:
    """Return whether these are files with their SHA-256."""
    return isinstance(files, list) and all(
        isinstance(entry, dict) and isinstance(entry.get("file"), str) and "sha256" in entry
        for entry in files
    )


def changed(said: Mapping[str, Any], folder: Path) -> str | None:
    """Return which file of a run's record is missing or another now; None if all are the same."""
    for entry in said.get("files", ()):
        path = folder / entry["file"]
        if not path.is_file():
            return f"{path} is missing"
        now = sha256(path)
        if now != entry["sha256"]:
            return f"{path} has changed: its SHA-256 was {entry['sha256'][:12]}.., it is now " \
                   f"{now[:12]}.."  # fmt: skip
    return None

"""The files of a rendering: written beside those that are there, and renamed together."""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .reference.interrupts import held_back

ENDS = ("json", "png", "trace.safetensors", "wav")


@contextmanager
def unit(folder: Path, stem: str, ends: Sequence[str] = ENDS) -> Iterator[Path]:
    """Hand out a folder for new files of a rendering, which then appear together.

    They are called ``STEM.wav``, ``.json``, ``.png`` and ``.trace.safetensors``, or end as `ends`
    says, the record first, the sound last. What is written there replaces the files of these names
    in `folder`: an older picture or trace goes, even if there is no new one. Whatever fails before
    that, or Ctrl-C, leaves all as it was.

    Raises
    ------
    OSError
        If `folder` cannot be made or written to; it is looked at before anything is handed out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for path in _files(folder, stem, ends):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    with named(folder):
        beside = Path(tempfile.mkdtemp(prefix=f".{stem}.", dir=folder))
    try:
        yield beside
        with held_back():
            _publish(beside, folder, stem, ends)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _publish(beside: Path, folder: Path, stem: str, ends: Sequence[str]) -> None:
    """Remove the old files, record first; bring the new ones, record last.

    So whatever stops it, a record that is there belongs to the files beside it.
    """
    for path in _files(folder, stem, ends)[:-1]:
        path.unlink(missing_ok=True)
    for path in reversed(_files(beside, stem, ends)):
        if path.exists():
            path.replace(folder / path.name)


def _files(folder: Path, stem: str, ends: Sequence[str]) -> list[Path]:
    return [folder / f"{stem}.{end}" for end in ends]


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Let an error of the system within name `path`, as one who writes to a file may not."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()

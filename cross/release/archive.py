"""Archives whose bytes depend on nothing but what is put in, and folders to make them of."""

from __future__ import annotations

import gzip
import os
import shutil
import stat
import tarfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

from .hosts import ROOT, run

NAME = "specml"
VERSION = (ROOT / "VERSION").read_text().strip()
MODELS = ("autoregnn~", "autoregnn2~", "unlearn~")
FOLDER = ROOT / "build" / "dist" / "packages"  # what archives are made of
EARLIEST = 315532800  # 1980, where the time of zip begins


def moment() -> int:
    """Return when everything in an archive was written: SOURCE_DATE_EPOCH, or else the commit."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    return max(EARLIEST, int(told or run("git", "-C", ROOT, "log", "-1", "--format=%ct")))


def fresh(*parts: str) -> Path:
    """Return an empty folder to make an archive of."""
    folder = FOLDER.joinpath(*parts)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def put(folder: Path, *sources: Path) -> None:
    """Copy files into a folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources:
        shutil.copyfile(source, folder / source.name)
        (folder / source.name).chmod(_mode(source))


def _mode(path: Path) -> int:
    """Return what may be done with a file: whether it runs is all that is kept of it."""
    return 0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644


def _files(folder: Path) -> Iterable[tuple[str, Path]]:
    """Yield each file with its name in an archive of this folder, in the order of names."""
    files = (path for path in folder.rglob("*") if path.is_file())
    yield from sorted((path.relative_to(folder.parent).as_posix(), path) for path in files)


def zip_folder(folder: Path, out: Path) -> Path:
    """Make a zip with this folder in it."""
    with zipfile.ZipFile(out, "w") as archive:
        for name, path in _files(folder):
            entry = zipfile.ZipInfo(name, time.gmtime(moment())[:6])
            entry.create_system = 3  # Unix, wherever this runs: so the mode counts
            entry.external_attr = (stat.S_IFREG | _mode(path)) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes(), compresslevel=9)
    return out


def unzip(archive: Path, folder: Path) -> None:
    """Unpack a zip into a folder, with what may be done with its files."""
    with zipfile.ZipFile(archive) as packed:
        for entry in packed.infolist():
            Path(packed.extract(entry, folder)).chmod(entry.external_attr >> 16 & 0o777)


def tar_folder(folder: Path, out: Path) -> Path:
    """Make a tar.gz with this folder in it."""
    with (
        out.open("wb") as file,
        gzip.GzipFile("", "wb", 9, file, moment()) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, path in _files(folder):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = path.stat().st_size, _mode(path), moment()
            with path.open("rb") as content:
                archive.addfile(entry, content)
    return out

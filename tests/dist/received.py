"""What a user receives, unpacked as a user does: nothing of it is built here."""

import functools
import shutil
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest

import builds
from specml.reference import elementary_table

DIST = builds.HERE.parent / "dist"


def file(pattern: str) -> Path:
    """Return the one file of the release that is named so."""
    found = [path for path in DIST.glob("*") if path.match(pattern)]
    if not found:
        pytest.fail(f"dist/ has no {pattern}: ./run dist makes it")
    (one,) = found
    return one


@functools.cache
def unpacked(pattern: str) -> Path:
    """Return a folder with what is in an archive or a wheel."""
    folder = Path(tempfile.mkdtemp(prefix="received-", dir=builds.DIRECTORY))
    put(pattern, folder)
    return folder


def put(pattern: str, folder: Path) -> None:
    """Unpack into a folder, which may hold other things."""
    archive = file(pattern)
    if archive.suffix == ".gz":
        shutil.unpack_archive(archive, folder, filter="data")
    else:
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(folder)


DEK = "specml[[]v*.dek"


def pd_objects() -> Path:
    """Return the folder that a user finds among Pd's externals."""
    return unpacked(DEK) / "specml"


def spoilt(binary: Path) -> Path:
    """Return a copy of a binary in which one bit of a row of the table of tanh is another."""
    code = bytearray(binary.read_bytes())
    at = code.find(struct.pack("<d", elementary_table.TANH[8, 0]))
    assert at > 0, f"{binary.name} has no table of tanh"
    code[at] ^= 1
    copy = Path(tempfile.mkdtemp(prefix="spoilt-", dir=builds.DIRECTORY)) / binary.name
    copy.write_bytes(code)
    return copy

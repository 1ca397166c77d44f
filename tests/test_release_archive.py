"""Archives of a release: the same bytes from the same files, wherever and whenever."""

import os
import sys
import tarfile
import zipfile

import pytest

from release import archive

FILES = {"b.txt": "b", "a/run": "#!/bin/sh", "a/empty": "", "ä.txt": "ä"}
FILES |= {f"{k:02}.txt": str(k) for k in range(30)}  # a folder may give a few in order
RUNS = "a/run"
EARLY = "86400"  # before zip can say when

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a release is packed on a Unix")


@pytest.fixture
def folder(tmp_path):
    """Two folders with the same in it: of another order, time, and what others may."""

    def make(place, names, mask, when):
        for name in names:
            path = tmp_path / place / "top" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(FILES[name])
            path.chmod((0o777 if name == RUNS else 0o666) & ~mask)
            os.utime(path, (when, when))
        return tmp_path / place / "top"

    return make("one", list(FILES), 0o022, 1e9), make("other", list(FILES)[::-1], 0o077, 1.5e9)


@pytest.mark.parametrize("pack", [archive.zip_folder, archive.tar_folder])
def test_the_same_files_make_the_same_bytes(pack, folder, tmp_path):
    one, other = (pack(each, tmp_path / f"{k}.out") for k, each in enumerate(folder))
    assert one.read_bytes() == other.read_bytes()


def test_names_are_in_order(folder, tmp_path):
    with zipfile.ZipFile(archive.zip_folder(folder[0], tmp_path / "zip")) as made:
        names = made.namelist()
    with tarfile.open(archive.tar_folder(folder[0], tmp_path / "tar")) as made:
        assert made.getnames() == names == sorted(names)


def test_another_time_is_in_the_bytes(folder, tmp_path, monkeypatch):
    """Or else the property above would hold of archives without times."""
    for pack in (archive.zip_folder, archive.tar_folder):
        before = pack(folder[0], tmp_path / "out").read_bytes()
        with monkeypatch.context() as patched:
            patched.setenv("SOURCE_DATE_EPOCH", "1700000000")
            assert pack(folder[0], tmp_path / "out").read_bytes() != before


def test_what_is_in_a_zip(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EARLY)
    with zipfile.ZipFile(archive.zip_folder(folder[0], tmp_path / "out")) as made:
        assert {
            name.removeprefix("top/"): made.read(name).decode() for name in made.namelist()
        } == FILES
        modes = {entry.filename[4:]: entry.external_attr >> 16 & 0o777 for entry in made.infolist()}
        assert {entry.date_time[0] for entry in made.infolist()} == {1980}
    assert modes == dict.fromkeys(FILES, 0o644) | {RUNS: 0o755}
    archive.unzip(tmp_path / "out", tmp_path / "unpacked")
    assert os.access(tmp_path / "unpacked" / "top" / RUNS, os.X_OK)


def test_what_is_in_a_tar(folder, tmp_path):
    with tarfile.open(archive.tar_folder(folder[0], tmp_path / "out")) as made:
        entries = {entry.name.removeprefix("top/"): entry for entry in made}
        assert {
            name: made.extractfile(entry).read().decode() for name, entry in entries.items()
        } == FILES
    assert {name: entry.mode for name, entry in entries.items()} == dict.fromkeys(FILES, 0o644) | {
        RUNS: 0o755
    }
    assert {(entry.uid, entry.gid, entry.uname, entry.gname) for entry in entries.values()} == {
        (0, 0, "", "")
    }
    assert {entry.mtime for entry in entries.values()} == {archive.moment()}

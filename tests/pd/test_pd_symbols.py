"""What an external shows to the process that loads it, and what it carries about."""

import shutil
import sys

import pytest

import builds
import takes

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="nm -D reads ELF libraries"),
    pytest.mark.skipif(not shutil.which("nm"), reason="no nm here: install binutils"),
]


@pytest.fixture(params=takes.NAMES.values())
def files(request, externals):
    """An object for floats of 32 bits, and for 64."""
    found = [path for path in externals.glob(f"{request.param}.*") if path.is_file()]
    assert len(found) == 2
    return request.param, found


def test_an_external_shows_its_setup_and_nothing_else(files):
    """So that two in one process never meet, whoever links them."""
    name, paths = files
    for path in paths:
        listed = builds.run("nm", "-D", "--defined-only", "-P", path).splitlines()
        assert [line.split()[0] for line in listed] == [f"{name[:-1]}_tilde_setup"]


def test_a_release_is_stripped(files):
    _, paths = files
    for path in paths:
        sections = builds.run("readelf", "-S", "-W", path)
        assert ".text" in sections and ".symtab" not in sections and ".debug" not in sections
        assert path.stat().st_size < 620_000

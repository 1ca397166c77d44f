"""What a plugin shows to the server that loads it."""

import shutil
import sys

import pytest

import builds

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="nm -D reads ELF libraries"),
    pytest.mark.skipif(not shutil.which("nm"), reason="no nm here: install binutils"),
]


@pytest.mark.parametrize("name", ["specml", "specml_supernova"])
def test_a_plugin_shows_what_the_server_asks_for_and_nothing_else(plugins, name):
    listed = builds.run("nm", "-D", "--defined-only", "-P", plugins / f"{name}.so").splitlines()
    assert {line.split()[0] for line in listed} == {"api_version", "server_type", "load"}

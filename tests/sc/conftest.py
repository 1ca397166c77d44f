"""The plugins, built once as a user would, and the servers to run them."""

import shutil
from pathlib import Path

import pytest

from externals import missing
from sc.fakes import build_plugins
from sc.servers import NAMES, Server


@pytest.fixture(scope="session")
def plugins() -> Path:
    """Their folder."""
    return build_plugins("sc", "-Dbuildtype=release")


@pytest.fixture(params=NAMES)
def server(request, plugins) -> Server:
    """Each of scsynth and supernova."""
    if not shutil.which(request.param):
        missing(f"{request.param} (Debian: supercollider-server, supercollider-supernova)")
    return Server(request.param, plugins)

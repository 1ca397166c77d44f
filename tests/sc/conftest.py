"""The plugins, built once as a user would, and the servers to run them."""

import shutil
from pathlib import Path

import pytest

from externals import build, missing
from sc.servers import NAMES, Server


@pytest.fixture(scope="session")
def plugins() -> Path:
    """Their folder."""
    try:
        made = build("sc", "-Dpd=disabled", "-Dsc=true", "-Dbuildtype=release")
    except AssertionError as error:
        if "SC_PlugIn.h was not found" not in str(error):
            raise
        missing("SC_PlugIn.h (Debian: supercollider-dev)")
    return made / "externals" / "sc"


@pytest.fixture(params=NAMES)
def server(request, plugins) -> Server:
    """Each of scsynth and supernova."""
    if not shutil.which(request.param):
        missing(f"{request.param} (Debian: supercollider-server, supercollider-supernova)")
    return Server(request.param, plugins)

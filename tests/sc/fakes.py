"""Servers of the tests' own, server.cpp and threads.cpp, for either plugin."""

from pathlib import Path

import builds
from externals import build, missing

PLUGINS = {"specml": (), "specml_supernova": ("-DSUPERNOVA",)}
HERE = builds.HERE / "sc"
HEADERS = ("-isystem/usr/include/SuperCollider/plugin_interface",
           "-isystem/usr/include/SuperCollider/common")  # fmt: skip


def _needs_headers(function, *words):
    try:
        return function(*words)
    except (AssertionError, RuntimeError) as error:
        if "SC_PlugIn.h" not in str(error):
            raise
        missing("SC_PlugIn.h (Debian: supercollider-dev)")


def build_fake(program: str, plugin: str, *flags: str) -> Path:
    """Build one of them for this plugin."""
    return _needs_headers(_build_fake, program, plugin, *flags)


def _build_fake(program: str, plugin: str, *flags: str) -> Path:
    sources = [HERE / f"{program}.cpp", HERE / "fake.cpp"]
    return builds.compile_c(
        f"{program}-{plugin}", sources, "-std=c++17", "-O1", "-w", *HEADERS, *flags,
        *PLUGINS[plugin], "-ldl", "-lpthread", cc="c++",
    )  # fmt: skip


def build_plugins(name: str, *options: str) -> Path:
    """Build both plugins; return their folder."""
    options = ("-Dpd=disabled", "-Dsc=true", *options)
    return _needs_headers(build, name, *options) / "externals" / "sc"

"""The externals, built once as a user would and once with sanitizers, and the Pds to run them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import builds
from pd import libpd
from pd.debian import DebianPd

SANITIZE = ("-Db_sanitize=address,undefined", "-Db_lundef=false", "-Doptimization=1")


def missing(what: str) -> None:
    """Skip, but on a machine that has to have everything fail."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{what} is not here")


def build_externals(name: str, *options: str) -> Path:
    """Build with meson; return the folder of the externals."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path}
    folder = builds.DIRECTORY / name
    meson = (
        "meson",
        "setup",
        folder,
        builds.HERE.parent,
        "-Dpython=false",
        "-Dpd=enabled",
        *options,
    )
    for command in (meson, ("ninja", "-C", folder)):
        ran = subprocess.run(
            list(map(str, command)), env=environment, capture_output=True, text=True, check=False
        )
        if ran.returncode and "m_pd.h was not found" in ran.stdout + ran.stderr:
            missing("m_pd.h (Debian: puredata-dev)")
        assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder / "externals" / "pd"


@pytest.fixture(scope="session")
def externals() -> Path:
    return build_externals("pd", "-Dbuildtype=release")


@pytest.fixture(scope="session")
def sanitized() -> Path:
    return build_externals("pd-sanitized", *SANITIZE)


@pytest.fixture(scope="session")
def sanitizing() -> dict[str, str]:
    """The environment in which a host that was built without sanitizers runs them."""
    runtime = builds.run(builds.compiler(), "-print-file-name=libasan.so").strip()
    return {
        "LD_PRELOAD": runtime,
        "ASAN_OPTIONS": "detect_leaks=0:abort_on_error=1:allocator_may_return_null=1",
        "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
    }


@pytest.fixture(scope="session")
def debian(externals) -> DebianPd:
    if not shutil.which("pd"):
        missing("pd (Debian: puredata-core)")
    return DebianPd(externals)


@pytest.fixture(scope="module")
def libpd_host(externals):
    if not libpd.library():
        missing("cypd, from PyPI")
    host = libpd.LibPd(externals)
    yield host
    host.end()


@pytest.fixture(scope="module")
def libpd_sanitized(sanitized, sanitizing):
    if not libpd.library():
        missing("cypd, from PyPI")
    host = libpd.LibPd(sanitized, **sanitizing)
    yield host
    host.end()


@pytest.fixture(params=["debian", "libpd_host"])
def host(request):
    """Pd 0.53 of Debian, and libpd 0.56."""
    return request.getfixturevalue(request.param)

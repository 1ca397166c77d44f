"""The externals, built once as a user would and once with sanitizers, and the Pds to run them."""

import shutil
from pathlib import Path

import numpy as np
import pytest

import builds
from externals import build, missing
from pd import libpd
from pd.debian import DebianPd
from pd.double import Double

SANITIZE = ("-Db_sanitize=address,undefined", "-Db_lundef=false", "-Doptimization=1")


def build_externals(name: str, *options: str) -> Path:
    """Return the folder of the externals."""
    return build(name, "-Dpd=enabled", *options) / "externals" / "pd"


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


@pytest.fixture(scope="module")
def hosts(debian, libpd_host, externals):
    """Every kind of Pd that is here, by the names in `relays.KINDS`."""
    return {
        "debian": debian,
        "libpd": libpd_host,
        "double32": Double(externals, np.float32),
        "double64": Double(externals, np.float64),
    }

"""Tests of the release: ./run test --dist makes it and runs them."""

import pytest

import windows
from max import wine as max_wine


@pytest.fixture
def ran(record_property):
    """Record that something was run: on which platform, in which host, and what."""

    def record(platform: str, host: str, what: str) -> None:
        record_property("ran", (platform, host, what))

    return record


@pytest.fixture(scope="session")
def wine():
    """A Windows for as long as the tests run."""
    if windows.missing():
        pytest.skip(f"for Windows: {windows.missing()}")
    windows.start(max_wine.build_driver())
    yield
    windows.stop()

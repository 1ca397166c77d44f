"""Tests of the release: ./run test --dist makes it and runs them."""

import pytest


@pytest.fixture
def ran(record_property):
    """Record that something was run: on which platform, in which host, and what."""

    def record(platform: str, host: str, what: str) -> None:
        record_property("ran", (platform, host, what))

    return record

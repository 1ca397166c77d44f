"""What every test starts from: subnormals on, the chosen instruction set, Hypothesis' profiles."""

import os
import signal

import hypothesis
import pytest

import fpmode
import traps
import twins
from specml import core

_common = {
    "deadline": None,
    "phases": [phase for phase in hypothesis.Phase if phase.name != "explain"],  # it takes minutes
    "suppress_health_check": [
        hypothesis.HealthCheck.too_slow,
        hypothesis.HealthCheck.data_too_large,
        hypothesis.HealthCheck.large_base_example,
    ],
}
hypothesis.settings.register_profile("local", print_blob=True, **_common)
hypothesis.settings.register_profile("ci", derandomize=True, database=None, **_common)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(autouse=True)
def plain_floating_point():
    """Every test begins and ends with FTZ and DAZ off, on the instruction set chosen at load."""
    assert not fpmode.flushes(), "flush-to-zero is on: something changed the floating-point mode"
    yield
    assert not fpmode.flushes(), "the test left flush-to-zero on"
    assert core.isa() == twins.CHOSEN, "the test left another instruction set"


@pytest.fixture
def ctrl_c():
    """SIGINT raises KeyboardInterrupt, though whoever started the tests may have it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler, "it was not put back"
    signal.signal(signal.SIGINT, before)


@pytest.fixture(params=twins.ISAS)
def isa(request):
    """Each instruction set that this machine has, running."""
    with twins.Build(request.param).running():
        yield request.param


@pytest.fixture(scope="session", params=traps.TRAPS)
def trap(request) -> dict[str, str]:
    """The environment in which the hosts of the tests set a trap around perform."""
    return request.param()


@pytest.fixture(params=["malloc", "lock", "write", "printf"])
def sin(request, trap) -> str:
    """What each trap must spring at."""
    if request.param == "printf" and "RTSAN_OPTIONS" in trap:
        pytest.skip("RealtimeSanitizer does not know printf")
    return request.param

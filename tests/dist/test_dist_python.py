"""The wheels of the release under Debian's Python for that processor: no compiler, no other NumPy."""

import pytest

import foreign
from dist import unpacked
from dist.unpacked import PROCESSORS, version
from specml.examples import EXAMPLES

pytestmark = pytest.mark.dist

REFERENCE = ("saw", "interpolate", "wind")
WHOLE = ("sine", "saw", "interpolate", "clicks")


def python(platform: str) -> str:
    """From PyPI NumPy alone, or what Debian has for another processor."""
    if PROCESSORS[platform].is_here:
        return "Python and NumPy"
    return version(platform, "python3", "--version")


def said(platform: str, *words: str) -> str:
    folder = unpacked.wheel(platform)
    python = foreign.python_for(PROCESSORS[platform], folder)
    return foreign.check(python, *words, seen=folder)


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("platform", PROCESSORS)
def test_short_renderings(platform, example, ran):
    assert said(platform, "short", "core", example).count("as promised") == 2
    ran(platform, python(platform), "wheel: 13 examples, SHA-256")


@pytest.mark.parametrize("example", REFERENCE)
@pytest.mark.parametrize("platform", PROCESSORS)
def test_the_reference(platform, example, ran):
    """One example of each model: NumPy takes long on a processor that is imitated."""
    assert said(platform, "short", example).count(f"{example}: numpy") == 2
    ran(platform, python(platform), f"reference: {', '.join(REFERENCE)}, SHA-256")


@pytest.mark.parametrize("example", WHOLE)
@pytest.mark.parametrize("platform", PROCESSORS)
def test_whole_renderings(platform, example, ran):
    assert said(platform, "core", example).count("as promised") == 4
    ran(platform, python(platform), f"wheel: all of {', '.join(WHOLE)}, SHA-256")

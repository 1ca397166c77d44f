"""The wheels of the release under Debian's Python for that processor: no compiler, no other NumPy."""

import pytest

import foreign
from dist import unpacked
from dist.unpacked import PROCESSORS, host
from specml.examples import EXAMPLES

pytestmark = pytest.mark.dist

PYTHON = "Python 3.11 and NumPy"
WHOLE = ("sine", "saw", "interpolate", "clicks")


def said(platform: str, *words: str) -> str:
    folder = unpacked.wheel(platform)
    python = foreign.python_for(PROCESSORS[platform], folder)
    return foreign.check(python, *words, seen=folder)


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("platform", PROCESSORS)
def test_short_renderings_on_both_engines(platform, example, ran):
    assert said(platform, "short", example).count("as promised") == 4
    ran(platform, host(PYTHON, platform), "wheel: 13 examples, both engines, SHA-256")


@pytest.mark.parametrize("example", WHOLE)
@pytest.mark.parametrize("platform", PROCESSORS)
def test_whole_renderings(platform, example, ran):
    assert said(platform, example).count("as promised") == 6
    ran(platform, host(PYTHON, platform), f"wheel: all of {', '.join(WHOLE)}, SHA-256")

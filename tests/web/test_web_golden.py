"""What is promised of every example, by the module in node."""

import pytest

import takes
from dist.played import SHORT, check
from release.web import MODULES
from specml import verify
from web.node import Played

each_example = pytest.mark.parametrize("name", takes.EXAMPLE_NAMES)
each_module = pytest.mark.parametrize("module", MODULES)


@each_module
@each_example
def test_in_node(name, module):
    check(name, Played(module).play)


@pytest.mark.long
@each_module
@each_example
def test_whole_in_node(name, module):
    (whole,) = {promise.samples for promise in verify.promised(name)} - {SHORT}
    check(name, Played(module).play, whole)

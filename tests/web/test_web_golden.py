"""What is promised of every example, by the module in node and in a browser."""

import functools

import pytest

import takes
from dist.played import SHORT, check
from specml import verify
from web import browser
from web.node import MODULES, Played

each_example = pytest.mark.parametrize("name", takes.EXAMPLE_NAMES)
each_module = pytest.mark.parametrize("module", MODULES)


@pytest.fixture(scope="module")
def opened():
    with browser.page() as made:
        yield made


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


@each_module
@each_example
def test_in_a_browser(name, module, opened):
    check(name, functools.partial(browser.play, opened, module))

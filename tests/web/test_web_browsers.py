"""Nodes in real browsers: bit for bit, from the first sample on, and what is promised."""

import functools
from dataclasses import replace

import numpy as np
import pytest

import takes
from bits import assert_same
from dist.played import check
from release.web import MODULES
from web import browser, firefox

SAMPLES = 32 * 1024
each_example = pytest.mark.parametrize("name", takes.EXAMPLE_NAMES)
with_and_without_vectors = pytest.mark.parametrize("vectors", [True, False])


# until it is ready, or says why it cannot be
PLAYGROUND = """async () => {
  const frame = document.body.appendChild(document.createElement("iframe"));
  frame.src = "page/index.html#clicks";
  await new Promise((loaded) => (frame.onload = loaded));
  const page = frame.contentWindow, { body } = page.document;
  const line = page.document.querySelector("#line");
  const done = () => body.classList.contains("ready") || line.className === "error";
  await new Promise((resolve) => {
    const look = () => done() && resolve();
    new page.MutationObserver(look).observe(body, { attributes: true, subtree: true });
    look();
  });
  return { said: line.textContent, values: page.specml?.net.values };
}"""


@pytest.fixture(scope="module", params=[browser.page, firefox.page], ids=["chromium", "firefox"])
def opened(request):
    with request.param() as made:
        yield made


def same(name: str, got: np.ndarray, take: takes.Take, want: np.ndarray) -> None:
    assert got.shape == (take.outlets, take.samples)
    assert_same(name, np.float64(got), np.float64(np.float32(want)))


@with_and_without_vectors
@each_example
def test_each_example(name, vectors, opened):
    for k, take in enumerate(takes.of_example(name, SAMPLES, 3)):
        signals = {key: np.float64(np.float32(x)) for key, x in take.signals.items()}
        undrawn = replace(take, signals=signals, drawings=[])  # messages have no exact time here
        # a browser does not say whether a parameter that stands still is connected
        first = {key: x[0] for key, x in signals.items() if not key.startswith("x")}
        box = replace(undrawn, held=undrawn.held | first)
        got = browser.render(opened, box, vectors)
        same(f"{name} {k}", got, take, undrawn.replay(np.float64))


@with_and_without_vectors
def test_each_neuron_of_each_preset(vectors, opened):
    for preset in takes.PRESETS:
        take = takes.of_preset(preset, 4800, 5, 16)
        same(preset, browser.render(opened, take, vectors), take, take.replay(np.float64))


@pytest.mark.parametrize("module", MODULES)
@each_example
def test_what_is_promised(name, module, opened):
    """In 64 bits, of a box in an AudioWorklet."""
    check(name, functools.partial(browser.play, opened, module))


def test_the_playground_is_ready(opened):
    found = opened.evaluate(PLAYGROUND)
    assert not found["said"] and found["values"]["activation"] == "cosine"

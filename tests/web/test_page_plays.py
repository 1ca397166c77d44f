"""The playground in Chromium: each piece sounds, softly, and as its score says."""

import numpy as np
import pytest

from takes import EXAMPLE_NAMES
from web.playground import BEGINNINGS, FINITE_AND_LOUD, Playground, playground


@pytest.fixture(scope="module")
def here():
    with playground() as made:
        yield made


@pytest.mark.parametrize("name", (*EXAMPLE_NAMES, *BEGINNINGS))
def test_each_piece_sounds(name, here: Playground):
    with here.opened(f"#{name}") as page:
        assert page.locator("#title").text_content() == name
        page.click("#play")
        page.wait_for_function(FINITE_AND_LOUD)
        page.click("#play")
        page.wait_for_function("specml.player.context.state === 'suspended'")


def test_every_piece_can_be_picked_while_another_plays(here):
    with here.opened("#sine") as page:
        page.click("#play")
        for name in ("feedback", "unlearn", "interpolate", "sine"):
            page.select_option("#pick", name)
            page.wait_for_function("name => specml.state.name === name", arg=name)
            page.wait_for_function(FINITE_AND_LOUD)


def test_nothing_sounds_before_it_is_asked_for(here):
    with here.opened() as page:
        assert page.evaluate("specml.player.context.state") == "suspended"


TAP = """() => {
  const { output, context } = specml.player;
  const loud = new OscillatorNode(context, { frequency: 100 });
  loud.connect(new GainNode(context, { gain: 4 })).connect(output.enter);
  loud.start();
  const tap = (globalThis.tap = new AudioWorkletNode(context, "limiter"));
  globalThis.heard = [];
  tap.port.onmessage = ({ data: { rows: [row], last } }) => {
    heard.push(...row.map(Math.abs));
    globalThis.ended = last;
  };
  output.volume.connect(tap).connect(context.destination);
  tap.port.postMessage({ record: true });
}"""


def test_it_begins_and_ends_softly_and_is_never_too_loud(here):
    """The volume at its highest, and a sine four times too loud: each sample that leaves."""
    with here.opened("#autoregnn&lr=0&in1=silence") as page:
        page.evaluate("specml.player.output.setVolume(0)")
        page.evaluate(TAP)
        page.click("#play")
        page.wait_for_function("specml.player.context.currentTime > 2")
        page.click("#play")
        page.wait_for_function("specml.player.context.state === 'suspended'")
        page.evaluate("tap.port.postMessage({ record: false })")
        page.wait_for_function("globalThis.ended")
        heard = np.array(page.evaluate("heard"))
    begin = np.flatnonzero(heard)[0]
    assert 0.6 < heard.max() <= 0.7 + 1e-6
    assert heard[begin : begin + 4800].max() < 0.7 / 5  # a sixth of the way in 0.1 s
    assert heard[-480:].max() == 0.0
    assert np.abs(np.diff(heard)).max() < 0.02  # no click: the sine itself has 0.01


def test_the_hand_of_multislider_draws_until_another_does(here):
    with here.opened("#multislider") as page:
        page.click("#play")
        page.wait_for_function("specml.net.values.ridge !== 0.001", timeout=60000)
        page.locator("[data-name=lr] > .slider > input").press("ArrowRight")
        lr = page.evaluate("specml.state.told[0].lr")
        now = page.evaluate("specml.player.context.currentTime")
        page.wait_for_function("now => specml.player.context.currentTime > now + 3.5", arg=now)
        assert page.evaluate("specml.net.values.lr") == lr


def test_a_hand_takes_a_control_from_the_score(here):
    """The sawtooth moves lr, the time lambda; what a slider says then counts alone."""
    for piece, name in (("#saw", "lr"), ("#sine-adapt", "lambda"), ("#chatter", "strength")):
        with here.opened(piece) as page:
            row = page.locator(f"[data-name={name}]")
            assert "moved" in row.text_content()
            row.locator("> .slider > input").press("ArrowRight")
            assert "moved" not in row.text_content()
            assert page.evaluate("specml.player.piece.wires.size") == 0


def test_sine_adapt_loses_its_sine(here):
    """At 1:19, here a second from now."""
    with here.opened("#sine-adapt") as page:
        page.evaluate("""async () => {
          const { scores } = await import("./scores.js");
          const score = scores.get("sine-adapt");
          score.hears[0].until = score.moved.lambda.until = 1;
          await specml.pick("sine-adapt");
          const heard = new AnalyserNode(specml.player.context, { fftSize: 1024 });
          specml.player.piece.heard.connect(heard);
          globalThis.loudest = () => {
            const samples = new Float32Array(1024);
            heard.getFloatTimeDomainData(samples);
            return Math.max(...samples);
          };
        }""")
        page.click("#play")
        page.wait_for_function("loudest() > 0.9")
        page.wait_for_function("loudest() === 0")
        page.wait_for_function(FINITE_AND_LOUD)
        page.wait_for_function("specml.net.values.lambda === 0")


def test_a_piece_that_has_ended_computes_no_more(here):
    """Its node answers when it is asked what it has learnt, but once."""
    with here.opened("#sine") as page:
        page.click("#play")
        page.evaluate("""() => {
          globalThis.old = specml.net;
          globalThis.looks = 0;
          old.addEventListener("learnt", () => ++looks);
        }""")
        page.wait_for_function("looks > 3")
        page.select_option("#pick", "fm")
        page.wait_for_function("specml.state.name === 'fm' && specml.looks.learnt")
        page.evaluate("() => { looks = 0; old.look = true; }")
        now = page.evaluate("specml.player.context.currentTime")
        page.wait_for_function("now => specml.player.context.currentTime > now + 0.5", arg=now)
        assert page.evaluate("looks") <= 1


def test_sliders_go_with_the_score_and_stay_where_a_hand_takes_them(here):
    with here.opened("#chatter") as page:
        slider = page.locator("[data-name=strength] > .slider > input")
        page.wait_for_function(
            "document.querySelector('[data-name=strength] output').textContent === '160'"
        )
        page.click("#play")
        page.wait_for_function(
            "Number(document.querySelector('[data-name=strength] output').textContent) < 158"
        )
        slider.press("ArrowLeft")
        page.wait_for_function(
            "specml.net.values.strength > 50 && specml.net.values.strength < 160"
        )


def test_the_limiter_looks_ahead(here):
    """A half is quietly lowered before a four comes, in 5 ms, and both arrive 5 ms late."""
    with here.opened() as page:
        said = page.evaluate("""async () => {
          const context = new OfflineAudioContext(2, 9600, 48000);
          await context.audioWorklet.addModule("limiter.js");
          const source = new ConstantSourceNode(context, { offset: 0.5 });
          source.offset.setValueAtTime(4, 0.1);
          source.start();
          const limiter = new AudioWorkletNode(context, "limiter", { outputChannelCount: [2] });
          source.connect(limiter).connect(context.destination);
          return [...(await context.startRendering()).getChannelData(1)];
        }""")
    said, step = np.array(said), 4800 + 239
    assert np.all(said[239 : step - 239] == 0.5)  # untouched to the bit
    assert np.allclose(said[step:], 0.7)
    assert np.abs(np.diff(said[239:step])).max() < 0.5 / 240

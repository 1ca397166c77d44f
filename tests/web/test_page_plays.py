"""The playground in Chromium: each piece sounds, and whatever is on the page acts on it."""

import re

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


def test_it_begins_and_ends_softly_and_is_never_too_loud(here):
    """The volume at its highest, and a sine four times too loud: 0.7 comes out."""
    with here.opened("#autoregnn2") as page:
        page.evaluate("specml.player.output.setVolume(0)")
        page.evaluate("""() => {
          const { output, context } = specml.player;
          const loud = new OscillatorNode(context, {frequency: 100});
          loud.start();
          loud.connect(new GainNode(context, {gain: 4})).connect(output.enter);
          globalThis.tapped = new AnalyserNode(context, {fftSize: 2048});
          output.volume.connect(tapped);
          globalThis.peaks = [];
          const f = new Float32Array(2048);
          globalThis.watch = setInterval(() => {
            tapped.getFloatTimeDomainData(f);
            peaks.push(Math.max(...f.map(Math.abs)));
          }, 10);
        }""")
        page.click("#play")
        page.wait_for_function("peaks.some((x) => x > 0.65)")
        page.click("#play")
        page.wait_for_function("specml.player.context.state === 'suspended'")
        peaks = page.evaluate("peaks.filter((x) => x > 0)")
        assert max(peaks) <= 0.7000001
        assert peaks[0] < 0.35
        assert page.evaluate("specml.player.output.fade.gain.value") == 0


def test_each_control_reaches_the_box(here):
    with here.opened("#wind") as page:
        controls = page.evaluate("specml.net.model && [...specml.panel.fields.keys()]")
        assert {"lambda", "mu", "neurons", "activation", "scale", "learn"} <= set(controls)
        for name in ("lambda", "mu", "nu", "strength", "radius", "friction", "centre", "pivot"):
            before = page.evaluate("name => specml.net.values[name]", name)
            slider = page.locator(f"[data-name={name}] > .slider > input")
            slider.press("End" if name in ("centre", "pivot") else "ArrowRight")
            page.wait_for_function(
                "([name, before]) => specml.net.values[name] > before", arg=[name, before]
            )
        page.evaluate("document.querySelector('details').open = true")
        page.fill("[data-name=neurons] input", "9")
        page.press("[data-name=neurons] input", "Enter")
        page.wait_for_function("specml.net.values.neurons === 9")
        page.select_option("[data-name=activation] select", "tanh")
        page.wait_for_function("specml.net.values.activation === 'tanh'")
        page.click("[data-name=learn] input")
        page.wait_for_function("specml.net.values.learn === 0")


def test_a_number_out_of_range_is_not_sent(here):
    with here.opened("#sine") as page:
        page.evaluate("document.querySelector('details').open = true")
        page.fill("[data-name=size] input", "0")
        page.press("[data-name=size] input", "Enter")
        page.fill("[data-name=width] input", "5")
        page.press("[data-name=width] input", "Enter")
        page.wait_for_function("specml.net.values.width === 5")
        assert page.evaluate("specml.net.values.size") == 12
        assert page.text_content("#line") == ""  # the box would have refused it


def test_what_a_box_refuses_is_said(here):
    with here.opened("#sine") as page:
        page.evaluate("specml.net.send('lr', 11)")
        page.wait_for_function("document.getElementById('line').textContent.includes('lr')")
        assert page.get_attribute("#line", "aria-live") == "polite"


def test_an_oscillator_moves_a_control(here):
    """Nothing is learnt without a learning rate; the oscillator brings some, and takes it away."""
    with here.opened("#sine&lr=0&ridge=0&lr~osc,5,0.4") as page:
        assert page.input_value("[data-name=lr] .move select") == "oscillator"
        page.wait_for_function("specml.looks.learnt")
        now = "specml.looks.learnt['output.bias'].numbers[0]"
        before = page.evaluate(now)
        page.click("#play")
        page.wait_for_function(f"before => {now} !== before", arg=before)
        page.select_option("[data-name=lr] .move select", "none")
        page.wait_for_function("!location.hash.includes('lr~')")
        page.wait_for_function(f"""() => {{
          const before = globalThis.before;
          globalThis.before = {now};
          globalThis.equal = globalThis.before === before ? globalThis.equal + 1 : 0;
          return globalThis.equal > 20; // frames
        }}""")


def test_the_microphone_is_asked_for_only_when_chosen(here):
    with here.opened("#sine") as page:
        page.evaluate("""() => {
          const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
          globalThis.asked = 0;
          navigator.mediaDevices.getUserMedia = (what) => (++asked, ask(what));
        }""")
        page.click("#play")
        page.wait_for_function(FINITE_AND_LOUD)
        assert page.evaluate("asked") == 0
        page.select_option("[data-name=lr] .move select", "microphone")
        page.wait_for_function("asked === 1")
        page.select_option("#hears select", "microphone")
        page.wait_for_function("specml.player.piece.signals[0].kind === 'microphone'")
        assert page.evaluate("asked") == 1
        page.wait_for_function("document.getElementById('line').textContent.includes('headphones')")
        assert page.evaluate("specml.player.piece.aloud.gain.value") == 0  # it would hear itself


def test_drawing_acts(here):
    with here.opened("#multislider&lr=0") as page:
        page.click("#play")
        page.wait_for_function("specml.looks.weights.numbers.length === 81")
        box = page.locator("#weights").bounding_box()
        page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.2 * box["height"])
        page.mouse.down()
        page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.2 * box["height"], steps=5)
        page.mouse.up()
        page.evaluate("specml.net.send('ridge', 0)")
        told = "Object.values(specml.looks.learnt).flatMap(({ numbers }) => [...numbers])"
        page.wait_for_function(
            f"{told}.slice(25, 40).every((x, _, all) => Math.abs(x - all[0]) < 1e-3)"
        )


def test_keys_draw(here):
    with here.opened("#sine&lr=0") as page:
        page.click("#play")
        page.wait_for_function("specml.looks.weights.numbers.length === 113")
        page.focus("#weights")
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        before = page.evaluate("specml.looks.weights.numbers[1]")
        page.keyboard.press("PageUp")
        page.wait_for_function(
            "before => specml.looks.learnt['layer1.weight'].numbers[1] > before + 0.1", arg=before
        )
        assert re.match(r"layer1.weight 2 of 96: ", page.get_attribute("#weights", "aria-valuetext"))


def test_snapshots(here):
    with here.opened("#sine&lr=0") as page:
        page.click("#play")
        page.wait_for_function("specml.looks.learnt")
        page.click("text=store")
        page.wait_for_selector("text=a >> nth=0")
        page.click("text=reset")
        page.get_by_role("button", name="recall a").click()
        page.get_by_role("button", name="store").click()
        page.get_by_label("between a and b").press("End")
        page.get_by_role("button", name="forget b").click()
        page.wait_for_function("specml.messages.names.join() === 'a'")


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


def test_weights_are_seen_and_drawn_before_it_sounds(here):
    with here.opened("#sine") as page:
        page.wait_for_function("specml.looks.weights.numbers.length === 113")
        page.focus("#weights")
        page.keyboard.press("PageUp")
        drawn = page.evaluate("specml.looks.weights.numbers[0]")
        page.wait_for_function(
            "drawn => specml.looks.learnt['layer1.weight'].numbers[0] === drawn", arg=drawn
        )
        assert page.evaluate("specml.player.context.state") == "suspended"

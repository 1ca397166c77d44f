"""The playground in Chromium: whatever a hand does on the page reaches the box."""

import numpy as np
import pytest
from scipy.io import wavfile

from web.playground import FINITE_AND_LOUD, playground


@pytest.fixture(scope="module")
def here():
    with playground() as made:
        yield made


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
        said = page.get_attribute("#weights", "aria-valuetext")
        assert said.startswith("layer1.weight 2 of 96: ")


def test_snapshots(here):
    """What was drawn after it glides back; between two of them a slider does."""
    now = "specml.looks.learnt['layer1.weight'].numbers[0]"
    with here.opened("#sine&lr=0&ridge=0") as page:
        page.click("#play")
        page.wait_for_function("specml.looks.weights.numbers.length === 113")
        before = page.evaluate(now)
        page.get_by_role("button", name="store").click()
        page.focus("#weights")
        page.keyboard.press("PageUp")
        page.wait_for_function(f"before => {now} > before + 0.1", arg=before)
        page.get_by_role("button", name="store").click()
        page.get_by_role("button", name="recall a").click()
        page.wait_for_function(f"before => Math.abs({now} - before) < 1e-9", arg=before)
        page.get_by_label("between a and b").press("End")
        page.wait_for_function(f"before => {now} > before + 0.1", arg=before)
        page.get_by_role("button", name="forget b").click()
        page.wait_for_function("specml.messages.names.join() === 'a'")


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


def test_a_mark_goes_where_a_moving_control_is(here):
    with here.opened("#wind&mu~osc,2,0.3") as page:
        page.click("#play")
        page.evaluate("globalThis.marks = new Set()")
        page.wait_for_function("""() => {
          const slider = document.querySelector("[data-name=mu] > .slider > input");
          marks.add(Number(slider.style.getPropertyValue("--now")));
          return Math.max(...marks) - Math.min(...marks) > 0.4;
        }""")
        page.select_option("[data-name=mu] .move select", "none")
        page.wait_for_function("""() => {
          const slider = document.querySelector("[data-name=mu] > .slider > input");
          return slider.style.getPropertyValue("--now") === "-1";
        }""")


def test_the_weight_under_the_pointer_has_its_name(here):
    with here.opened("#sine") as page:
        page.wait_for_function("specml.looks.weights.numbers.length === 113")
        box = page.locator("#weights").bounding_box()
        page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 20)
        assert page.text_content("#hint").startswith("output.bias 1 of 1: ")
        page.mouse.move(0, 0)
        assert page.text_content("#hint").startswith("draw")


def test_what_has_no_inlet_moves_too(here):
    """Of autoregnn2 autoreg has none: block by block it is told."""
    with here.opened("#interpolate&autoreg~osc,5,0.5") as page:
        page.click("#play")
        page.evaluate("""() => {
          const { net } = specml;
          globalThis.got = new Set();
          net.addEventListener("tell", ({ detail: { name, list } }) => {
            if (name === "autoreg") got.add(list[0]);
          });
          setInterval(() => net.send("get autoreg"), 20);
        }""")
        page.wait_for_function("Math.min(...got) < 0.6 && Math.max(...got) > 0.9")


def test_a_sound_file_is_heard_again_and_again(here, tmp_path):
    wavfile.write(tmp_path / "a.wav", 48000, np.full((4800, 2), 0.25, np.float32))
    (tmp_path / "b.wav").write_bytes(b"no sound")
    with here.opened("#sine") as page:
        page.select_option("#hears select", "file")
        page.set_input_files("#hears input[type=file]", tmp_path / "b.wav")
        page.wait_for_function("document.getElementById('line').textContent.includes('b.wav')")
        page.set_input_files("#hears input[type=file]", tmp_path / "a.wav")
        page.wait_for_function("specml.player.sounds.length === 1")
        page.click("#play")
        page.wait_for_function("specml.player.context.currentTime > 0.5")
        page.wait_for_function("""() => {
          const samples = new Float32Array(4096);
          specml.player.output.heard.getFloatTimeDomainData(samples);
          return samples.every((x) => x === 0.25);
        }""")
        assert page.evaluate("specml.address()").endswith("#sine&in1=file")

"""What the playground keeps: recordings, states of every host, links, and itself offline."""

import io
from pathlib import Path

import numpy as np
import pytest
from scipy.io import wavfile

import specml
from specml.examples import EXAMPLES, Run
from web.playground import FINITE_AND_LOUD, playground


@pytest.fixture(scope="module")
def here():
    with playground() as made:
        yield made


def saved(page, click: str) -> bytes:
    with page.expect_download() as download:
        page.click(click)
    return Path(download.value.path()).read_bytes()


def put(page, file: bytes) -> None:
    page.set_input_files("#file", {"name": "a", "mimeType": "", "buffer": file})


def test_python_goes_on_with_a_state_of_the_page(here, tmp_path):
    """And the page with Python's, to the bit: what it saves then is what Python saved."""
    with here.opened("#clicks&lambda=20") as page:
        page.click("#play")
        page.wait_for_function(FINITE_AND_LOUD)
        page.click("#play")
        page.wait_for_function("specml.player.context.state === 'suspended'")
        file = tmp_path / "a.safetensors"
        file.write_bytes(saved(page, "#save"))
        net = specml.load(file)
        assert net.samples > 0
        net.process(4800)
        net.save(file)
        put(page, file.read_bytes())
        page.wait_for_function("specml.panel.adopted")
        assert saved(page, "#save") == file.read_bytes()


def test_a_state_of_another_model_begins_its_own_piece(here, tmp_path):
    net = specml.AutoRegNN(size=5, width=3, layers=2, seed=9)
    net.save(tmp_path / "a.safetensors")
    with here.opened("#wind") as page:
        put(page, (tmp_path / "a.safetensors").read_bytes())
        page.wait_for_function("specml.state.name === 'autoregnn' && specml.panel.adopted")
        assert page.evaluate("specml.net.values.layers") == 2
        page.click("#play")
        page.wait_for_function(FINITE_AND_LOUD)
        put(page, b"no state")
        page.wait_for_function("document.getElementById('line').className === 'error'")


def test_what_a_file_brought_is_in_the_link(here, tmp_path):
    net = specml.Unlearn(neurons=5, inputs=2, seed=4, activation="cosine")
    net.save(tmp_path / "a.safetensors")
    with here.opened("#wind") as page:
        put(page, (tmp_path / "a.safetensors").read_bytes())
        page.wait_for_function("specml.panel.adopted")
        address = page.evaluate("specml.address()")
    with here.opened("#" + address.split("#")[1]) as page:
        values = page.evaluate("specml.net.values")
        assert (values["neurons"], values["inputs"], values["seed"]) == (5, 2, 4)
        assert values["activation"] == "cosine"


def test_a_recording_is_every_sample(here):
    """Of a constant a third: no sample is another, none is missing."""
    with here.opened("#unlearn&lambda=0&excite=0&scale=0") as page:
        page.evaluate("""() => {
          const { output, context, piece } = specml.player;
          piece.leave.disconnect();
          const a = new ConstantSourceNode(context, {offset: 1 / 3});
          a.connect(output.enter);
          a.start();
        }""")
        page.click("#play")
        page.wait_for_function("specml.player.context.currentTime > 0.2")
        page.click("#record")
        begin = page.evaluate("specml.player.context.currentTime")
        page.wait_for_function("begin => specml.player.context.currentTime > begin + 1", arg=begin)
        rate, samples = wavfile.read(io.BytesIO(saved(page, "#record")))
    assert rate == 48000
    assert samples.dtype == np.float32 and samples.shape[1] == 2
    assert 48000 <= len(samples) < 10 * 48000
    assert np.all(samples == np.float32(1 / 3))


@pytest.mark.parametrize("name", ["resonances", "clicks", "wind", "blubber"])
def test_the_page_plays_what_python_renders(name, here):
    """To what a filter of 32 bits leaves over; the filter has forgotten the fade-in by then."""
    with here.opened(f"#{name}") as page:
        page.click("#record")
        page.click("#play")
        page.wait_for_function("specml.player.context.currentTime > 1.5")
        _, samples = wavfile.read(io.BytesIO(saved(page, "#record")))
    want = np.concatenate(list(EXAMPLES[name].start(Run(60000)).blocks), axis=1)
    late = slice(12000, 60000)
    assert np.abs(samples[late].T - want[:, late]).max() < 1e-6


@pytest.mark.parametrize(
    "link",
    [
        "#saw",
        "#feedback&lr=0.5&2.seed=7&3.size=9&2.lr~osc,0.3,0.25",
        "#interpolate&mix~osc,2,0.5&in1=saw,110&in2=noise",
        "#unlearn&activation=cosine-rad&neurons=8&in1=sine,300",
    ],
)
def test_a_link_brings_back_the_piece(link, here):
    with here.opened(link) as page:
        assert page.evaluate("specml.address()").endswith(link)
        assert page.text_content("#line") == ""


def test_a_link_has_what_hands_did(here):
    with here.opened("#sine") as page:
        page.locator("[data-name=lr] > .slider > input").press("ArrowRight")
        page.select_option("[data-name=ridge] .move select", "oscillator")
        page.select_option("#hears select", "pulse")
        page.wait_for_function("location.hash.includes('in1=pulse,500')")
        link = page.evaluate("specml.address()").split("#")[1]
        lr = page.evaluate("specml.net.values.lr")
    assert f"lr={lr:g}" in link
    assert "ridge~osc,0.2,0.2" in link
    with here.opened("#" + link) as page:
        assert page.evaluate("specml.net.values.lr") == lr


@pytest.mark.parametrize(
    "link", ["#sine&lr=20", "#sine&nothing=1", "#sine&lr~osc,a,b", "#gone", "#%", "#sine&in1=tuba"]
)
def test_a_wrong_link_is_said_and_plays(link, here):
    with here.opened(link) as page:
        assert "address" in page.text_content("#line")
        page.click("#play")
        page.wait_for_function(FINITE_AND_LOUD)


def test_it_plays_without_a_network_once_it_was_loaded(here):
    context = here.browser.new_context()
    page = context.new_page()
    page.goto(f"{here.address}/page/")
    page.wait_for_selector("body.offline", state="attached")
    context.set_offline(True)
    page.reload()
    page.wait_for_selector("body.ready")
    page.click("#play")
    page.wait_for_function(FINITE_AND_LOUD)
    context.close()

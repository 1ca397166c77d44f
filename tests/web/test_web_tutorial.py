"""The tutorial's page, block by block as it stands there: it sounds, answers, draws and keeps."""

import doctest
import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

import builds
import specml
import tutorials
from externals import missing
from release.archive import tar_folder
from release.web import MODULES, README, fill
from web import browser
from web.node import module, run
from web.npm import check_types

# what the page keeps for itself, shown to the test, and an ear before the loudspeakers
SHOWN = """
const hears = new AnalyserNode(context);
loudness.connect(hears);
globalThis.mine = { context, node, hears };
"""
REST = "Object.assign(mine, { net, another, second, canvas, see: () => weights });"
LOUD = """() => {
  const samples = new Float32Array(mine.hears.fftSize);
  mine.hears.getFloatTimeDomainData(samples);
  const energy = samples.reduce((sum, x) => sum + x * x, 0);
  if (!Number.isFinite(energy)) throw new Error("it is not finite");
  return energy > 1e-3;
}"""
GET = """(name) => new Promise((resolve) => {
  const heard = ({ detail }) => detail.name === name && resolve(detail.list[0]);
  mine.node.addEventListener("tell", heard);
  mine.node.send("get", name);
})"""
SAID = re.compile(r"// (error: .*|\d+ samples|[-\d.]+ [-\d.]+)$", re.M)


def type_into(place: Path, *lines: str) -> None:
    for line in lines:
        ran = subprocess.run(["bash", "-c", line], cwd=place, capture_output=True, text=True)
        assert not ran.returncode, f"{line}\n{ran.stdout}{ran.stderr}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Where it was typed, with a package of this version, and a page that shows itself."""
    place, made = tmp_path_factory.mktemp("typed"), tmp_path_factory.mktemp("made") / "package"
    made.mkdir()
    fill(made, {name: module(name) for name in MODULES})
    tar_folder(made, place / "specml-0-npm.tgz")
    *lines, serves = tutorials.blocks("web", "sh")[0].splitlines()
    assert serves == "python3 -m http.server --directory my-page"
    type_into(place, *lines)
    (first,) = tutorials.blocks("web", "html")
    blocks = "\n".join(tutorials.blocks("web", "js"))
    for name, more in (("first", SHOWN), ("index", f"{blocks}{SHOWN}{REST}")):
        text = first.replace("</script>", f"{more}</script>")
        (place / "my-page" / f"{name}.html").write_text(text)
    (place / "my-page" / "favicon.ico").touch()  # which a browser asks for by itself
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(place)
        session = "".join(tutorials.blocks("web", "pycon"))
        test = doctest.DocTestParser().get_doctest(session, {}, "web.md", None, 0)
        assert not doctest.DocTestRunner().run(test).failed
    return place


@pytest.fixture(scope="module")
def opened(folder):
    """Open a page of it; what it says on the console comes too. It is silent until a click."""
    clicks = "--autoplay-policy=document-user-activation-required"
    with browser.served(folder / "my-page") as address, browser.chromium(clicks) as chromium:
        yield lambda name, said=None: browser.opened(chromium, f"{address}/{name}.html", said)


def test_the_first_page_sounds_after_a_click(opened):
    with opened("first") as page:
        page.wait_for_function("globalThis.mine")
        assert page.evaluate("mine.context.state") == "suspended"
        page.click("#play")
        page.wait_for_function(LOUD)


def test_the_whole_page(opened, folder, tmp_path):
    said = []
    with opened("index", said) as page:
        page.wait_for_function("globalThis.mine?.see?.().length === 113")
        _draw(page)
        page.click("#play")
        page.wait_for_function(LOUD)
        assert page.evaluate(GET, "seed") == 2
        assert page.evaluate(GET, "lambda") == 60
        page.wait_for_function("mine.node.parameters.get('mu').value > 235")
        _saves(page, tmp_path / "mine.safetensors")
        _goes_on(page, folder / "my-page" / "theirs.safetensors", tmp_path / "ours.safetensors")
    expected = SAID.findall("".join(tutorials.blocks("web", "js")))
    assert len(expected) == 2 and set(expected) <= set(said)


def _draw(page) -> None:
    """One weight, before it sounds and is learnt over; it is seen where it was drawn."""
    box = page.locator("canvas").bounding_box()
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 10
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 0.25, y)
    page.mouse.up()
    page.wait_for_function("Math.abs(mine.see()[37] - 0.8) < 0.02")
    seen = "mine.canvas.getContext('2d').getImageData(100, {}, 1, 1).data[3]"
    assert page.evaluate(seen.format(50)) > 200 and page.evaluate(seen.format(5)) == 0


def _saves(page, file: Path) -> None:
    with page.expect_download() as download:
        page.get_by_role("button", name="save").click()
    assert download.value.suggested_filename == "mine.safetensors"
    download.value.save_as(file)
    net = specml.load(file)
    assert (net.size, net.width) == (12, 8) and net.samples > 0


def _goes_on(page, theirs: Path, ours: Path) -> None:
    """As in Python, bit for bit."""
    later = bytes(page.evaluate("mine.another.write().then((bytes) => [...bytes])"))
    ours.write_bytes(later)
    samples, net = specml.load(ours).samples, specml.load(theirs)
    assert samples > net.samples == 48000
    net.process(np.zeros(samples - net.samples), lr=0)
    net.save(ours)
    assert ours.read_bytes() == later


def test_every_message_is_understood(tmp_path):
    blocks = "".join(tutorials.blocks("web", "js"))
    for name, model in (("node", "unlearn"), ("net", "autoregnn")):
        lines = re.findall(rf"^{name}\.send\((.*)\);.*", blocks, re.M)
        told = "\n".join(json.dumps(json.loads(f"[{line}]")) for line in lines)
        said = run("speak.mjs", module("wasm32"), model, "", tmp_path, told=told).splitlines()
        assert len(lines) >= 3
        refused = [line for line in said if re.match("error|warning", line)]
        assert refused == (SAID.findall(blocks)[:1] if name == "node" else [])


@pytest.fixture(scope="module")
def installed(folder) -> Path:
    """The same folder, after npm."""
    if not shutil.which("npm"):
        missing("npm (Debian: npm)")
    (line,) = tutorials.blocks("web", "sh")[1].splitlines()
    type_into(folder, line)
    return folder


def test_node_prints_what_stands_there(installed):
    (block,) = tutorials.blocks("web", "mjs")
    (installed / "one.mjs").write_text(block)
    assert [builds.run("node", installed / "one.mjs").strip()] == SAID.findall(block)


def test_types_are_right(installed):
    """And the error is one that is expected there, or else that is an error. Npm's page too."""
    (tutorial,) = tutorials.blocks("web", "ts")
    (shown,) = re.findall(r"^```js\n(.*?)^```", README.read_text(), re.M | re.S)
    (installed / "one.ts").write_text(tutorial)
    (installed / "two.mts").write_text(f"declare const button: HTMLButtonElement;\n{shown}")
    files = installed / "one.ts", installed / "two.mts"
    check_types("--strict", "--module", "nodenext", "--lib", "es2022,dom", "--types", "", *files)

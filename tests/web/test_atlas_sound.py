"""The sounds of an atlas in headless Chromium: from files, from a server, computed in the page."""

import threading

import pytest
from click.testing import CliRunner

import atlases
from specml.__main__ import main
from specml.atlas import table as tables
from specml.atlas.page import page
from specml.atlas.serve import ADDRESS, server
from specml.examples import EXAMPLES
from web import browser

UNLEARN = [name for name, example in EXAMPLES.items() if example.model == "Unlearn"]
FALLS = {"chatter": {"strength": [160, 18]}}
HELD = {"sine-adapt": {"lambda": 1}}
SINE = {"sine-adapt": 100}
# what the element plays, decoded: its length in seconds and its largest sample
HEARD = """async () => {
  const bytes = await (await fetch(atlas.sound.element.currentSrc)).arrayBuffer();
  const { duration, numberOfChannels, ...sound } = await new OfflineAudioContext(2, 1, 48000)
    .decodeAudioData(bytes).then((buffer) => ({
      duration: buffer.duration, numberOfChannels: buffer.numberOfChannels,
      peak: buffer.getChannelData(0).reduce((most, x) => Math.max(most, Math.abs(x)), 0),
    }));
  return [duration, numberOfChannels, sound.peak];
}"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("atlas")
    return atlases.swept(folder / "small.parquet", UNLEARN, points=2, seconds=0.3)


@pytest.fixture(scope="module")
def chromium():
    with browser.chromium() as made:
        yield made


def click_a_point(page) -> int:
    """A hand on the third row."""
    page.wait_for_selector("body.ready")
    x, y = page.evaluate("[atlas.map.px[2] / atlas.map.ratio, atlas.map.py[2] / atlas.map.ratio]")
    page.locator("#marks").click(position={"x": 64 + x, "y": 12 + y})
    page.wait_for_function("atlas.sound.element.played.length > 0")
    return page.evaluate("atlas.map.chosen")


def sounds(page, row: int, ending: str) -> None:
    """The element plays that row's sound, and it is one."""
    assert page.evaluate("atlas.sound.element.currentSrc").endswith(f"{row}{ending}")
    seconds, channels, peak = page.evaluate(HEARD)
    assert seconds == pytest.approx(0.3, abs=0.01)
    assert channels == 2
    assert peak > 0.01


def test_a_click_plays_the_file_beside_the_page(path, chromium, tmp_path):
    words = ["atlas", path, "-o", tmp_path, "--sounds", "all", "--format", "none"]
    made = CliRunner().invoke(main, list(map(str, words)))
    assert made.exit_code == 0, made.output
    with (
        browser.served(tmp_path) as address,
        browser.opened(chromium, f"{address}/index.html") as opened,
    ):
        row = click_a_point(opened)
        end = next((tmp_path / "sounds").iterdir()).suffix
        sounds(opened, row, end)
        opened.focus("#marks")
        opened.keyboard.press("Escape")
        assert opened.evaluate("atlas.sound.element.paused")


def test_a_click_plays_what_the_server_renders(path, chromium):
    table = tables.read(path)
    told = {"folder": ADDRESS, "ending": ".wav", "rows": "all"}
    with server(table, page(table, "served", sounds=told)) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        with browser.opened(chromium, f"http://127.0.0.1:{served.server_port}/") as opened:
            sounds(opened, click_a_point(opened), ".wav")
        served.shutdown()


def test_a_page_beside_the_package_computes_the_tables_own_bits(path, chromium):
    """Every row of all six examples, those that move over time and that hear a sine among them."""
    table, package = tables.read(path), browser.package()
    bases = {name: {"words": f"-preset {name}", "falls": FALLS.get(name, {}),
                    "held": HELD.get(name, {}), "sine": SINE.get(name, 0)}
             for name in UNLEARN}  # fmt: skip
    made = page(table, "computed", beside={"compute": {"core": "./", "bases": bases}})
    (package / "atlas.html").write_text(made, encoding="utf-8")
    with (
        browser.served() as address,
        browser.opened(chromium, f"{address}/atlas.html") as opened,
    ):
        click_a_point(opened)
        assert opened.text_content("#told") == "computed here just now: the table's bits"
        seconds, channels, peak = opened.evaluate(HEARD)
        assert (seconds, channels) == (pytest.approx(0.3, abs=0.01), 2) and peak > 0.01
        same = opened.evaluate("""async () => {
          const { sound, table } = atlas, said = [];
          for (let k = 0; k < table.facts.rows; ++k) said.push((await sound.play(k)).same);
          return said;
        }""")
        assert same == [True] * table.rows, dict(zip(table["base"], same, strict=True))

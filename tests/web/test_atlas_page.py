"""The page of an atlas in headless Chromium, with as many points as a large sweep has."""

import json

import numpy as np
import pytest

import atlases
from specml.atlas import table as tables
from specml.atlas.page import page
from specml.atlas.words import Word
from web import browser
from web.npm import packages

MANY = 100_000
WORDS = [
    Word("loud", "", {"level": (-25.0, np.inf)}),
    Word("still", "", {"level": (-40.0, np.inf), "friction": (-np.inf, 1.0)}),
]
SIZES = ((360, 740), (1024, 768), (1680, 1050))
AXE = "axe-core@4.14.1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("atlas")
    for name, rows in (("small", 300), ("large", MANY)):
        given = atlases.columns(rows)
        given["level"][7] = np.nan
        table = tables.read(atlases.write(made / f"{name}.parquet", given))
        text = page(table, f"A <{name}> atlas", WORDS if name == "small" else ())
        (made / f"{name}.html").write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def chromium():
    with browser.chromium() as made:
        yield made


def opened(chromium, folder, name, said="", **form):
    """The page as a file, which a browser gives fewest rights."""
    return browser.opened(chromium, f"file://{folder / name}.html{said}", **form)


@pytest.fixture(scope="module")
def large(chromium, folder):
    with opened(chromium, folder, "large", viewport={"width": 1280, "height": 900}) as made:
        made.wait_for_selector("body.ready")
        yield made


def test_a_hundred_thousand_points_are_drawn_each_in_its_place(large, folder):
    table = tables.read(folder / "large.parquet")
    seen = large.evaluate("({seen: atlas.map.seen, x: [...atlas.map.ux.subarray(0, 50)]})")
    assert seen["seen"] == MANY
    x = np.log10(table["mu_factor"])
    wide = 0.05 * (x.max() - x.min())
    expected = (x - x.min() + wide) / (x.max() - x.min() + 2 * wide)
    assert seen["x"] == pytest.approx(expected[:50], abs=1e-6)


def test_numbers_are_the_tables_own(large, folder):
    table = tables.read(folder / "large.parquet")
    said = large.evaluate("""() => {
      const { lambda, seed, level } = atlas.table.columns;
      return [[...lambda.slice(-9)], [...seed.slice(-9)].map(String), [...level.slice(-9)]];
    }""")
    assert said[0] == table["lambda"][-9:].tolist()
    assert said[1] == [str(seed) for seed in table["seed"][-9:]]
    assert said[2] == np.float32(table["level"][-9:]).tolist()


def test_the_nearest_point_is_found(large):
    """By the grid, as by asking all of them."""
    wrong = large.evaluate("""() => {
      const { map } = atlas, wrong = [];
      for (let k = 0; k < 200; ++k) {
        const left = 84 + ((k * 97) % (map.width - 40)), top = 32 + ((k * 61) % (map.height - 40));
        const x = (left - 64) * map.ratio, y = (top - 12) * map.ratio;
        const far = (row) => Math.hypot(map.px[row] - x, map.py[row] - y);
        let best = 0;
        for (let row = 1; row < map.px.length; ++row) if (far(row) < far(best)) best = row;
        if (far(map.at(left, top)) !== far(best)) wrong.push([left, top]);
      }
      return wrong;
    }""")
    assert not wrong


def test_keys_go_to_neighbours_and_a_screen_reader_hears_where(chromium, folder):
    with opened(chromium, folder, "small") as page:
        page.wait_for_selector("body.ready")
        page.focus("#marks")
        page.keyboard.press("ArrowRight")
        for key, sign in (("ArrowRight", 1), ("ArrowRight", 1), ("ArrowLeft", -1)):
            before = page.evaluate("[atlas.map.chosen, atlas.map.px[atlas.map.chosen]]")
            page.keyboard.press(key)
            after = page.evaluate("[atlas.map.chosen, atlas.map.px[atlas.map.chosen]]")
            assert after[0] != before[0] and sign * (after[1] - before[1]) > 0
        row = page.evaluate("atlas.table.columns.row[atlas.map.chosen]")
        said = page.text_content("#said")
        assert f"row {row}:" in said and "lambda" in said and "1/s" in said
        assert f"row={row}" in page.evaluate("location.hash")


def test_a_filter_leaves_the_rows_within_it(chromium, folder):
    table = tables.read(folder / "small.parquet")
    with opened(chromium, folder, "small") as page:
        page.wait_for_selector("body.ready")
        page.get_by_label("least friction").evaluate(
            "(e) => { e.value = 500; e.dispatchEvent(new Event('input')); }"
        )
        page.get_by_role("button", name="clicks").click()
        friction = table["friction"]
        middle = friction.min() + 0.5 * (friction.max() - friction.min())
        expected = ((friction >= middle) & (table["base"] == "clicks")).sum()
        page.wait_for_function(f"atlas.map.seen === {expected}")
        assert page.text_content("#many") == f"{expected} of 300 sounds"
        page.get_by_role("button", name="show all").click()
        page.wait_for_function("atlas.map.seen === 300")


def test_words_and_bases_are_colours(chromium, folder):
    with opened(chromium, folder, "small", "#colour=base") as page:
        page.wait_for_selector("body.ready")
        assert page.text_content("#legend") == "windclicks"
        page.select_option("#colour", "word")
        assert page.text_content("#legend") == "loudstillno word"
        said = "[...atlas.map.index].map((code, k) => [code, atlas.table.columns.level[k]])"
        level = page.evaluate(said)
        assert all((code == 0) == (value is not None and value >= -25) for code, value in level)


def test_a_row_without_a_measure_has_no_place_on_it(chromium, folder):
    with opened(chromium, folder, "small", "#x=level&y=mine") as page:
        page.wait_for_selector("body.ready")
        assert page.evaluate("[atlas.map.seen, atlas.map.shown[7]]") == [299, 0]


def test_a_row_without_a_sound_says_so(chromium, folder):
    with opened(chromium, folder, "small", "#row=12") as page:
        page.wait_for_selector("body.ready")
        page.click("#play")
        page.wait_for_selector("#told.wrong")
        assert page.text_content("#told").startswith("no sound was made of this row")


def test_rows_at_one_place_lie_beside_each_other(chromium, tmp_path):
    """As those of a design around several bases do, and of several seeds: each can be clicked."""
    given = atlases.columns(12)
    for name in ("mu_factor", "lambda"):
        given[name] = np.repeat([0.5, 2.0], 6)
    table = tables.read(atlases.write(tmp_path / "a.parquet", given))
    (tmp_path / "a.html").write_text(page(table, "a"), encoding="utf-8")
    with opened(chromium, tmp_path, "a") as made:
        made.wait_for_selector("body.ready")
        found = made.evaluate("""[...atlas.map.px].map((x, k) => {
          const { map } = atlas;
          return map.at(64 + x / map.ratio, 12 + map.py[k] / map.ratio);
        })""")
        assert found == list(range(12))


def test_coming_closer_and_back(chromium, folder):
    with opened(chromium, folder, "small") as page:
        page.wait_for_selector("body.ready")
        page.click("#closer")
        assert 0 < page.evaluate("atlas.map.seen") < 300
        page.click("#whole")
        assert page.evaluate("atlas.map.seen") == 300


@pytest.mark.parametrize("width,height", SIZES)
def test_nothing_is_wider_than_the_screen(width, height, chromium, folder):
    form = {"viewport": {"width": width, "height": height}}
    with opened(chromium, folder, "small", **form) as page:
        page.wait_for_selector("body.ready")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme, chromium, folder):
    axe = (packages(AXE) / "axe-core" / "axe.min.js").read_text()
    with opened(chromium, folder, "small", "#colour=word&row=3", color_scheme=scheme) as page:
        page.wait_for_selector("body.ready")
        page.evaluate(axe)
        found = page.evaluate("axe.run()")["violations"]
        told = [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found]
        assert not told, json.dumps(told, indent=1)


def test_nothing_comes_from_elsewhere(folder):
    text = (folder / "small.html").read_text(encoding="utf-8")
    assert "://" not in text

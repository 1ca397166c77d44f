"""The playground for everyone: keys alone, screen readers, a phone, both schemes."""

import json

import pytest

from web.npm import packages
from web.playground import FINITE_AND_LOUD, playground

AXE = "axe-core@4.14.1"
SIZES = ((360, 740), (1024, 768), (1680, 1050))


@pytest.fixture(scope="module")
def here():
    with playground() as made:
        yield made


@pytest.mark.parametrize("piece", ["#sine", "#feedback", "#wind"])
@pytest.mark.parametrize("width,height", SIZES)
def test_nothing_is_wider_than_the_screen(width, height, piece, here):
    with here.opened(piece, viewport={"width": width, "height": height}) as page:
        page.evaluate("document.querySelector('details').open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("#play").bounding_box()["y"] < height / 2


@pytest.fixture(scope="module")
def axe():
    """The source of axe-core, from the npm registry."""
    return (packages(AXE) / "axe-core" / "axe.min.js").read_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("piece", ["#saw&lr~osc,1,0.5", "#feedback", "#wind"])
def test_axe_finds_nothing(piece, scheme, axe, here):
    with here.opened(piece, color_scheme=scheme) as page:
        page.evaluate("document.querySelector('details').open = true")
        page.evaluate(axe)
        found = page.evaluate("axe.run()")["violations"]
        told = [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found]
        assert not told, json.dumps(told, indent=1)


def test_keys_alone_play_it(here):
    with here.opened("#sine") as page:
        page.keyboard.press("Tab")
        for _ in range(12):
            if page.evaluate("document.activeElement.id") == "play":
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.wait_for_function(FINITE_AND_LOUD)
        assert page.get_attribute("#play", "aria-pressed") == "true"


def test_what_is_focused_is_seen(here):
    with here.opened("#sine") as page:
        for where in ("#play", "#record", "[data-name=lr] > .slider > input", "#weights"):
            page.focus(where)
            page.keyboard.press("Shift")  # a key: the browser then shows focus
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_every_field_has_the_tables_line(here):
    """Name, unit and line stand in words.js alone."""
    with here.opened("#unlearn") as page:
        said = page.evaluate("""async () => {
          const { words } = await import("../words.js");
          return [...specml.panel.fields].map(([name, { row }]) => {
            const { unit, line } = words.unlearn.settings.find((entry) => entry.name === name);
            return [name, ...[name, line, unit].map((text) => row.textContent.includes(text))];
          });
        }""")
        assert len(said) > 10
        assert all(all(found) for _, *found in said), said


def test_who_wants_no_motion_sees_pictures_seldom(here):
    with here.opened("#wind", reduced_motion="reduce") as page:
        page.evaluate("""() => {
          const { looks } = specml, draw = looks.draw.bind(looks);
          globalThis.drawn = [];
          looks.draw = (...all) => (drawn.push(performance.now()), draw(...all));
        }""")
        page.wait_for_function("drawn.length > 5")
        assert page.evaluate("(drawn[5] - drawn[0]) / 5") >= 240

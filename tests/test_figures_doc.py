"""The page about figures: every line does what it says, and its pictures are what they draw."""

import re
import shlex
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from click.testing import CliRunner

import builds
import printed
from specml.__main__ import main
from specml.plot import panels

DOCS = builds.HERE.parent / "docs"
TEXT = (DOCS / "figures.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A folder in which all lines of the page were typed, from top to bottom.

    Commands write a PNG in place of a PDF; what Python writes has another name.
    """
    folder, names = tmp_path_factory.mktemp("typed"), {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for language, block in re.findall(r"^```(sh|python)\n(.*?)^```", TEXT, re.M | re.S):
            if language == "python":
                exec(block, names)
                continue
            _, *words = shlex.split(block)
            words = [re.sub(r"(?<=.)\.pdf$", ".png", word) for word in words]
            result = CliRunner().invoke(main, words)
            assert result.exit_code == 0, f"{words}: {result.output}"
    return folder


def test_every_kind_has_its_place():
    for kind in panels.KINDS:
        assert f"--kind {kind}" in TEXT and f"(figures/{kind}.png)" in TEXT
    pictures = set(re.findall(r"\(figures/(.*?)\)", TEXT))
    assert pictures == {path.name for path in (DOCS / "figures").iterdir()}


@pytest.mark.parametrize("name", [*panels.KINDS, "page"])
def test_pictures_are_what_is_drawn(made, name):
    """As large, and as dark where they are dark; letters may be drawn otherwise elsewhere."""
    shown, drawn = (PIL.Image.open(folder / f"{name}.png")
                    for folder in (DOCS / "figures", made))  # fmt: skip
    assert shown.size == drawn.size
    small = [np.asarray(each.convert("L").resize((60, 60)), float) for each in (shown, drawn)]
    assert np.abs(small[0] - small[1]).mean() < 4.0


@pytest.mark.parametrize("name", [*panels.KINDS, "page"])
def test_python_draws_on_a_page_as_wide(made, name):
    page = printed.read(made / f"{name}-python.pdf")
    assert page.size[0] == pytest.approx(17.5 if name == "page" else 8.5)
    assert any(re.search(r"time|frequency", text) for text in page.texts)

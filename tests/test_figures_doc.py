"""The page about figures: every line does what it says, and its pictures are what they draw."""

import re
import shlex
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from click.testing import CliRunner

import builds
import pages
from specml.__main__ import main
from specml.plot import panels

DOCS = builds.HERE.parent / "docs"
TEXT = (DOCS / "figures.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A folder in which all lines of the page were typed, from top to bottom; pictures as PNG too.

    What Python writes has another name, and so has no command's.
    """
    folder, names = tmp_path_factory.mktemp("typed"), {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for language, block in re.findall(r"^```(sh|python)\n(.*?)^```", TEXT, re.M | re.S):
            if language == "python":
                exec(block, names)
                continue
            _, *words = shlex.split(block)
            typed = [words]
            if words[0] == "figure":
                typed = [[re.sub(r"(?<=.)\.pdf$", end, word) for word in words]
                         for end in (".pdf", ".png")]  # fmt: skip
            for each in typed:
                result = CliRunner().invoke(main, each)
                assert result.exit_code == 0, f"{each}: {result.output}"
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
    width = 17.5 if name == "page" else 8.5
    assert pages.read(made / f"{name}.pdf").size[0] == pytest.approx(width)


@pytest.mark.parametrize("name", panels.KINDS)
def test_python_draws_the_same_labels(made, name):
    """What the function draws on an axis of its own, the command has on its page."""
    one, other = (set(re.findall(r"[A-Za-z][A-Za-z ]+(?:\[[\w/]+\])?", "\n".join(texts)))
                  for texts in (pages.read(made / f"{name}{by}.pdf").texts
                                for by in ("", "-python")))  # fmt: skip
    assert other and other <= one

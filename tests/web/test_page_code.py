"""The page's code: formatted, linted, short, all from here; and the types of the package."""

import subprocess

import pytest

from release.web import SOURCE as WEB
from web.npm import TYPESCRIPT, packages

BIOME = "@biomejs/biome@2.6.8"
USE = """
import { load } from "./index.js";
load(new AudioContext()).then(({ node }) => {
  const made = node("unlearn", "-preset clicks", { outs: 2 });
  made.addEventListener("learnt", ({ detail }) => detail[0].w.numbers.fill(0));
  made.send("lambda", 2);
  made.end();
});
"""


def run(*words) -> None:
    ran = subprocess.run(
        list(map(str, words)), cwd=WEB, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_formatted_and_linted():
    run(packages(BIOME) / ".bin" / "biome", "ci", "--colors=off")


def test_types(tmp_path):
    (tmp_path / "use.ts").write_text(USE)
    for file in WEB.glob("*.d.ts"):
        (tmp_path / file.name).write_text(file.read_text())
    run(
        packages(TYPESCRIPT) / ".bin" / "tsc", "--noEmit", "--strict", "--target", "es2022",
        "--lib", "es2022,dom", "--types", "", tmp_path / "use.ts",
    )  # fmt: skip


@pytest.mark.parametrize("file", sorted((WEB / "page").glob("*.js")), ids=lambda file: file.name)
def test_short(file):
    assert len(file.read_text().splitlines()) < 250


def test_nothing_comes_from_elsewhere():
    """No address of another server, and none that begins at this one's root."""
    for file in (WEB / "page").iterdir():
        text = file.read_text().replace("http://www.w3.org/2000/svg", "")
        for address in ("://", 'href="/', 'src="/', 'from "/', "url(/"):
            assert address not in text, f"{file.name}: {address}"

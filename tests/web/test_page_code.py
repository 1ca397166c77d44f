"""The code of pages: formatted, linted, short, all from here; and the types of the package."""

import subprocess

import pytest

from release.web import SOURCE as WEB
from web.npm import check_types, packages

USE = """
import { load } from "./index.js";
load(new AudioContext()).then(({ node }) => {
  const made = node("unlearn", "-preset clicks", { outs: 2 });
  made.addEventListener("learnt", ({ detail }) => detail[0].w.numbers.fill(0));
  made.send("lambda", 2);
  made.end();
});
"""
ELSEWHERE = ("limiter.js", "sw.js")  # on threads of their own
PAGE = [path for path in sorted((WEB / "page").glob("*.js")) if path.name not in ELSEWHERE]
# files, and what is there where they run
PLACES = {
    "page": ([WEB / "index.js", WEB / "core.js", *PAGE], "dom,dom.iterable", ""),
    "sound": ([WEB / "processor.js", WEB / "page" / "limiter.js"], "es2022", "audioworklet"),
    "offline": ([WEB / "page" / "sw.js"], "webworker", ""),
}


def test_formatted_and_linted():
    biome = packages("@biomejs/biome@2.6.8") / ".bin" / "biome"
    words = [biome, "ci", "--colors=off"]
    ran = subprocess.run(words, cwd=WEB.parents[1], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_types(tmp_path):
    (tmp_path / "use.ts").write_text(USE)
    for file in WEB.glob("*.d.ts"):
        (tmp_path / file.name).write_text(file.read_text())
    check_types("--strict", "--lib", "es2022,dom", "--types", "", tmp_path / "use.ts")


@pytest.mark.parametrize("place", PLACES)
def test_the_code_has_the_types_that_it_says(place):
    files, library, types = PLACES[place]
    check_types(
        "--allowJs", "--checkJs", "--strict", "false", "--module", "es2022",
        "--moduleResolution", "bundler", "--lib", f"es2022,{library}", "--types", types, *files,
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

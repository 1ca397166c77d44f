"""The package for npm, as it is received: in node, in pages."""

import functools
import json
import re
import shutil
import tarfile
import tempfile
from pathlib import Path

import pytest

import builds
import takes
from dist.played import check
from dist.received import ROOT, one
from dist.unpacked import PROCESSORS
from externals import missing
from release.archive import VERSION
from release.web import MODULES, SOURCE
from web import browser, firefox
from web.node import Played

pytestmark = pytest.mark.dist

HERE = next(name for name, processor in PROCESSORS.items() if processor.is_here)
BROWSERS = {"chromium": browser.page, "firefox-esr": firefox.page}
each_module = pytest.mark.parametrize("module", MODULES)
each_example = pytest.mark.parametrize("name", takes.EXAMPLE_NAMES)
# imported by its name, as whoever has installed it does
IMPORT = """
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Box, words } from "specml";
import { hasVectors } from "specml/core.js";
const file = import.meta.resolve(`specml/specml${hasVectors() ? "-simd" : ""}.wasm`);
const module = await WebAssembly.compile(await readFile(fileURLToPath(file)));
const box = new Box(module, "unlearn", "-preset clicks");
const [[left]] = box.process([[], ...box.controls.map(() => [])], 128);
console.log(Object.keys(words).join(), left.some((x) => x !== 0));
"""


def tarball() -> Path:
    return one("specml-*-npm.tgz")


@functools.cache
def installed() -> Path:
    """A folder into which npm has installed it; where there is no npm, tar does what it does."""
    folder = Path(tempfile.mkdtemp(prefix="npm-", dir=builds.DIRECTORY))
    (folder / "package.json").write_text('{"private": true}')
    place = folder / "node_modules" / "specml"
    if shutil.which("npm"):
        builds.run("npm", "install", "--prefix", folder, "--offline", "--no-audit", tarball())
    else:
        place.mkdir(parents=True)
        builds.run("tar", "-xzf", tarball(), "-C", place, "--strip-components=1")
    return place


@functools.cache
def version(program: str) -> str:
    if not shutil.which(program):
        missing(f"{program} (Debian: {program})")
    return re.search(r"\d+\.[\d.]+", builds.run(program, "--version"))[0].rstrip(".")


def test_it_has_what_its_package_says_and_nothing_else():
    with tarfile.open(tarball()) as archive:
        names = {entry.name for entry in archive}
        said = json.load(archive.extractfile("package/package.json"))
    sources = {path.name for pattern in ("*.js", "*.d.ts") for path in SOURCE.glob(pattern)}
    others = {"package.json", "README.md", "LICENSE", "LICENSE-musl", "LICENSE-wasi-libc"}
    assert names == {f"package/{name}" for name in sources | others | {*MODULES.values()}}
    assert (said["name"], said["version"]) == ("specml", VERSION)
    ways = re.findall(r'"\./([\w.-]+\.(?:d\.ts|js|wasm|json))"', json.dumps(said["exports"]))
    assert len(ways) > 8 and {f"package/{way}" for way in ways} <= names


def test_no_module_knows_where_it_was_built():
    for name in MODULES.values():
        code = (installed() / name).read_bytes()
        assert code[:4] == b"\0asm"
        assert str(ROOT).encode() not in code and b"ziglang" not in code


def test_node_imports_it_by_its_name(ran):
    script = installed().parents[1] / "import.mjs"
    script.write_text(IMPORT)
    said = builds.run("node", script).strip()
    assert said == "autoregnn,autoregnn2,unlearn true"
    ran(HERE, f"node {version('node')}", "package for npm: imported")


@each_module
@each_example
def test_every_example_in_node(name, module, ran):
    check(name, Played(module, package=installed()).play)
    ran(HERE, f"node {version('node')}", "package for npm: 13 examples, SHA-256")


@pytest.fixture(scope="module", params=BROWSERS)
def opened(request, tmp_path_factory):
    """A page that has the package, in a browser; and what that is called."""
    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(installed(), folder, dirs_exist_ok=True)
    host = f"Debian's {request.param} {version(request.param)}"
    with BROWSERS[request.param](browser.ready(folder)) as made:
        yield made, host


@each_module
@each_example
def test_every_example_in_a_browser(name, module, opened, ran):
    page, host = opened
    check(name, functools.partial(browser.play, page, module))
    ran(HERE, host, "package for npm: 13 examples, SHA-256")

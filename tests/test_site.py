"""The documentation site: built strictly, complete, and in need of nothing from elsewhere."""

import functools
import json
import os
import re
import shutil
import sys
import urllib.parse
from html.parser import HTMLParser
from pathlib import Path

import pytest

import builds
from externals import missing
from object.library import MODELS, words
from specml.examples import EXAMPLES

pytest.importorskip("mkdocs", reason="mkdocs is missing: pip install '.[docs]'")

ROOT = builds.HERE.parent
REHEARSAL = {"SPECML_SITE": "rehearsal", "NO_MKDOCS_2_WARNING": "1"}
LOADED = {"script": "src", "img": "src", "audio": "src", "iframe": "src", "source": "src"}


class Page(HTMLParser):
    """What a page loads, where it leads, and which anchors it has."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loads, self.leads, self.anchors = [], [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.anchors |= {given[key] for key in ("id", "name") if given.get(key)}
        if given.get(LOADED.get(tag, "")):
            self.loads.append(given[LOADED[tag]])
        if tag == "link" and "stylesheet" in given.get("rel", ""):
            self.loads.append(given["href"])
        if tag == "a" and given.get("href"):
            self.leads.append(given["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The site, with renderings of some samples.

    mkdocs.yml is strict, so a warning ends it; unless it is not said, as with ``--quiet``.
    """
    folder, played = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("played")
    (played / "page").mkdir()
    (played / "page" / "index.html").write_text("<header><h1>where the playground is</h1></header>")
    given = REHEARSAL | {"SPECML_PLAYGROUND": str(played)}
    words = ["env", *(f"{key}={value}" for key, value in given.items())]
    builds.run(*words, sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file",
               ROOT / "mkdocs.yml", "--site-dir", folder)  # fmt: skip
    return folder


def said(path: Path) -> str:
    """What stands on a page itself."""
    return re.search(r"<article.*?</article>", path.read_text(encoding="utf-8"), re.S)[0]


@functools.cache
def read(path: Path) -> Page:
    return Page(path)


def pages(site: Path) -> list[Path]:
    return [path for path in site.rglob("*.html") if path.name != "404.html"]


def test_nothing_is_loaded_from_elsewhere(site):
    """No script, style, font, picture or sound."""
    assert len(pages(site)) > 50
    for path in pages(site):
        elsewhere = [url for url in read(path).loads if re.match(r"(https?:)?//", url)]
        assert not elsewhere, path
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert not re.findall(r"url\([\"']?(?:https?:)?//[^)]*|@import[^;]*", styles)


def test_every_link_leads_somewhere(site):
    """Those that MkDocs does not look at too: sounds, downloads, anchors of pages that are made."""
    for path in pages(site):
        for url in read(path).loads + read(path).leads:
            parts = urllib.parse.urlsplit(url)
            if parts.scheme or parts.netloc:
                continue
            there = path
            if parts.path:
                there = Path(os.path.normpath(path.parent / urllib.parse.unquote(parts.path)))
            assert there.is_file(), f"{path}: {url}"
            if parts.fragment and there.suffix == ".html" and "play" not in there.parts:
                fragment = urllib.parse.unquote(parts.fragment)
                assert fragment in read(there).anchors, f"{path}: {url}"


@pytest.mark.parametrize("model", MODELS)
def test_every_word_of_an_object_has_its_place(site, model):
    """Under its own name, with how it is said in five hosts, and what is answered to nonsense."""
    file = site / "objects" / f"{model}.html"
    text = file.read_text(encoding="utf-8")
    for word in words(model):
        assert word.name in read(file).anchors
        part = re.split(r"<h[23] ", text.partition(f'<h3 id="{word.name}"')[2])[0]
        assert part.count("<th>") == 5 and part.count("<td>") == 5, word.name
        assert word.line.split(".")[0].split("'")[0][1:] in part, word.name
        if word.kind in ("real", "whole", "choice") and word.effect != "box only":
            assert f"{word.name} must be" in part, word.name


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_has_its_page(site, name):
    example, file = EXAMPLES[name], site / "examples" / f"{name}.html"
    assert {f"{name}.png", f"{name}.mp3"} <= set(read(file).loads)
    assert f"../play/page/index.html#{name}" in read(file).leads
    text = file.read_text(encoding="utf-8")
    told, chosen = text.split('id="what-the-source-says"')[1].split('id="what-is-a-choice"')
    for key in example.settings:
        part = chosen if key in example.left_open else told
        assert f"<code>{key} " in part, key
    assert example.told and set(example.left_open) <= set(example.settings)


def test_the_playground_leads_back(site):
    assert "../../index.html" in read(site / "play" / "page" / "index.html").leads


def test_the_first_page_leads_to_what_is_installed(site):
    assert "installing.html" in read(site / "index.html").leads


def test_every_equation_can_be_led_to(site):
    """Under its number, with its indices below and its powers above."""
    text = (ROOT / "docs/models.md").read_text(encoding="utf-8")
    numbers = re.findall(r"^    .*\((\d+)\)$", text, re.M)
    file = site / "models.html"
    assert len(numbers) > 20 and {f"eq-{n}" for n in numbers} <= read(file).anchors
    assert not re.search(r"\w_\w|\d\^", re.sub(r"<code>.*?</code>|<[^>]*>", "", said(file)))


def test_the_search_works_without_a_server(site):
    """Its index is a script too, which a page that was opened from a folder may load."""
    script = (site / "search" / "search_index.js").read_text(encoding="utf-8")
    index = json.loads(script[script.index("{") : script.rindex("}") + 1])
    found = {entry["location"] for entry in index["docs"] if "friction" in entry["text"]}
    assert any(location.startswith("objects/unlearn.html") for location in found)
    assert not any(entry["location"].startswith("source/") for entry in index["docs"])


def test_the_search_finds_in_a_browser(site, tmp_path):
    """In a page that was opened from its folder, as whoever unpacks the site opens it."""
    browser = shutil.which("chromium")
    if not browser:
        missing("chromium (Debian: chromium)")
    address = (site / "index.html").as_uri() + "?q=friction"
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=10000")
    page = builds.run(browser, *flags, f"--user-data-dir={tmp_path}", "--dump-dom", address)
    assert re.search(r"\d+ matching documents", page)
    assert 'objects/unlearn.html?h=friction#friction"' in page

"""What MkDocs asks for while it builds the site: pages that are made, and what fits pages to it."""

import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# the table of words, and what the hosts' help says of it
sys.path[:0] = [str(HERE), str(ROOT / "tests"), str(ROOT / "help-patches" / "max"),
                str(ROOT / "help-patches" / "sc")]  # fmt: skip

import builds  # noqa: E402

builds.PROMISED += ("-O0",)  # no sound is made with what is asked for its words

import atlas  # noqa: E402
import commands  # noqa: E402
import equations  # noqa: E402
import examples  # noqa: E402
import formulas  # noqa: E402
import listings  # noqa: E402
import notebooks  # noqa: E402
import objects  # noqa: E402
import papers  # noqa: E402
import playground  # noqa: E402
import start  # noqa: E402


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages of examples where they belong, and those that have no place into the last."""
    placed = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    others = sorted(path.name for path in (ROOT / "docs").glob("*.md") if path.name not in placed)
    next(iter(config.nav[-1].values())).extend(others)
    for part in config.nav:
        if "Examples" in part:
            part["Examples"] += [f"examples/{name}.md" for name in examples.EXAMPLES]
    if playground.IS_HERE:
        config.nav.insert(1, {"Play": playground.PAGE})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add everything that no file of docs/ holds."""
    made = objects.pages() | examples.pages() | examples.media()
    made |= notebooks.pages() | papers.pages() | playground.files() | atlas.files()
    made |= {"index.md": start.page(), "commands.md": commands.page()}
    made |= {f"assets/{path.name}": path for path in (HERE / "assets").iterdir()}
    for name, content in made.items():
        files.append(_file(config, name, content))
    for name, content in listings.pages(files).items():
        files.append(_file(config, name, content))
    return files


def _file(config: MkDocsConfig, name: str, content: str | bytes | Path) -> File:
    if isinstance(content, Path):
        return File.generated(config, name, abs_src_path=str(content))
    return File.generated(config, name, content=content)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Links to files that are no pages lead to their listings; equations are set."""
    return equations.typeset(listings.linked(markdown, page.file.src_uri), page.file.src_uri)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Formulas become MathML, which browsers draw by themselves."""
    return formulas.drawn(html)

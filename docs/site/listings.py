"""Files of the project that pages link to, as pages: the site has them where a forge would."""

import logging
import os
import posixpath
import re
from pathlib import Path

from mkdocs.structure.files import Files

ROOT = Path(__file__).parents[2]
log = logging.getLogger("mkdocs.hooks.listings")
# code, or a link of the project's own
LINK = re.compile(
    r"^(`{3,}).*?^\1|`[^`\n]+`|(?<=\]\()(?!https?:|#|mailto:)([^)\s#]+)(?=[)#])", re.M | re.S
)
NAMED = re.compile(r"\[(\w+)\.md\]\((\1\.md)")  # a page called by its file
LANGUAGES = {".py": "python", ".c": "c", ".h": "c", ".json": "json", ".cpp": "cpp", ".sc": "text"}
MOVED = {"README.md": "index.md", "CHANGELOG.md": "changelog.md"}
MADE = (".ipynb",)  # files of docs/ whose pages are made of them


def target(link: str, page: str) -> str | None:
    """Return the path from the project's folder, if it is one for which a listing is made."""
    path = posixpath.normpath(posixpath.join("docs", posixpath.dirname(page), link))
    inside = path.startswith("docs/") and not path.endswith((*LANGUAGES, *MADE))
    return None if inside else path


def page_of(path: str) -> str:
    """Return the page that stands for a file of the project."""
    if path.endswith(MADE):
        return f"{os.path.splitext(path.removeprefix('docs/'))[0]}.md"
    return MOVED.get(path, f"source/{path}.md")


def pages(files: Files) -> dict[str, str]:
    """Return a page for each file that some page links to."""
    found = {}
    for file in files.documentation_pages():
        for _, link in LINK.findall(file.content_string):
            path = link and target(link, file.src_uri)
            if not path:
                continue
            if (ROOT / path).is_file():
                if page_of(path).startswith("source/"):
                    found[page_of(path)] = _listing(path)
            else:
                log.warning("%s links to %s, which is no file", file.src_uri, link)
    return found


def linked(markdown: str, page: str) -> str:
    """Return a page whose links lead to listings."""
    here = posixpath.dirname(page) or "."

    def replaced(found: re.Match[str]) -> str:
        path = found[2] and target(found[2], page)
        if not path:
            return found[0]
        return posixpath.relpath(page_of(path), here)

    return NAMED.sub(r"[\1](\2", LINK.sub(replaced, markdown))


def _listing(path: str) -> str:
    text = (ROOT / path).read_text(encoding="utf-8")
    language = LANGUAGES.get(os.path.splitext(path)[1], "text")
    fence = "`" * 4
    return (
        f"---\nsearch: {{exclude: true}}\nhide: [toc, navigation]\n---\n\n# {path}\n\n"
        f'{fence}{language} linenums="1"\n{text}{fence}\n'
    )

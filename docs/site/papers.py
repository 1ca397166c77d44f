"""Pages whose text stands in the project's own papers: README, CHANGELOG, CITATION.cff."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"(?<=\]\()(?!https?:|#)([^)\s]+)(?=\))")


def pages() -> dict[str, str]:
    """Return them by their names."""
    return {
        "following.md": _section("Follow one sample"),
        "changelog.md": _from_docs(_read("CHANGELOG.md")),
        "citing.md": _citing(),
    }


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _section(title: str) -> str:
    """Return a section of the README as a page."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", _read("README.md"), re.M | re.S)
    if not found:
        raise ValueError(f"README.md has no section {title}")
    return _from_docs(f"# {title}\n{found[1]}")


def _from_docs(text: str) -> str:
    """Return a text whose links begin at the project's folder, for a page in docs/."""
    return LINK.sub(lambda link: link[1].removeprefix("docs/") if link[1].startswith("docs/")
                    else f"../{link[1]}", text)  # fmt: skip


def _citing() -> str:
    text = _section("Cite")
    if (ROOT / "CITATION.cff").exists():
        text += f"\n```yaml\n{_read('CITATION.cff')}```\n"
    return text

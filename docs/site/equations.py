"""Equations as they stand in models.md, where they can be read as text, set with their numbers."""

import html
import re

PAGES = ("models.md",)
BLOCK = re.compile(r"(?:^    .+\n)+", re.M)
NUMBERED = re.compile(r"^    (.*?)\s+\((\d+)\)$")
INDEX = re.compile(r"(?<![\w`])([A-Za-zΣδΔ]+\d?)_(\w+|\([^)]*\))")
POWER = re.compile(r"(?<=[\de])\^(-?\w+)")
CODE = re.compile(r"(`[^`\n]+`)")


def typeset(markdown: str, page: str) -> str:
    """Return a page with its equations set, and its indices and powers where they belong."""
    if page not in PAGES:
        return markdown
    markdown = BLOCK.sub(_block, markdown)
    parts = CODE.split(markdown)
    return "".join(part if k % 2 else _indexed(part) for k, part in enumerate(parts))


def _block(found: re.Match[str]) -> str:
    """Return a block of equations; what has no number is part of a list."""
    lines = found[0].splitlines()
    if not any(map(NUMBERED.match, lines)):
        return found[0]
    return f'<div class="equations">{"".join(map(_line, lines))}</div>\n'


def _line(line: str) -> str:
    numbered = NUMBERED.match(line)
    text, number = numbered.groups() if numbered else (line.strip(), "")
    said = _indexed(html.escape(text, quote=False))
    said = re.sub(r"\s{2,}", '<span class="gap"></span>', said)
    mark = f'<span id="eq-{number}">({number})</span>' if number else "<span></span>"
    return f"<p><span>{said}</span>{mark}</p>"


def _indexed(text: str) -> str:
    text = INDEX.sub(lambda found: f"{found[1]}<sub>{found[2].strip('()')}</sub>", text)
    return POWER.sub(r"<sup>\1</sup>", text)

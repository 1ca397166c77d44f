"""The tutorials of docs/tutorials, block by block."""

import re

import builds
from object.library import MODELS, Host, words

FOLDER = builds.HERE.parent / "docs" / "tutorials"


def text(host: str) -> str:
    return (FOLDER / f"{host}.md").read_text(encoding="utf-8")


def blocks(host: str, language: str) -> list[str]:
    """What stands in the blocks of that language, from top to bottom."""
    found = re.findall(rf"^```{language}\n(.*?)^```", text(host), re.M | re.S)
    assert found, f"no block of {language}"
    return found


def boxes(lines: str) -> list[tuple[str, str]]:
    """The project's own boxes in a text, ``[autoregnn~ 1 12]``: model and arguments."""
    found = re.findall(r"\[(\w+)~ ?([^]@]*)", lines)
    return [(model, given.strip()) for model, given in found if model in MODELS]


def refused(model: str, lines: list[str], box: str = "") -> str:
    """What a box says that is told these lines, and is no answer."""
    host = Host(model, box)
    known = {word.name for word in words(model) if word.effect != "box only"}
    said = host.said()
    for line in lines:
        assert line.split()[0] in known, line
        said += host.send(line)
    host.close()
    return "\n".join(line for line in said.splitlines() if re.match("error|warning", line))

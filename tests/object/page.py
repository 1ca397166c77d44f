"""The page of all words, from the tables: ``PYTHONPATH=tests python tests/object/page.py``."""

import builds
from object.library import MODELS, Word, words

PAGE = builds.HERE.parent / "docs" / "words.md"
HEAD = """# All words

What a box may be told, the same in every host. Made from the tables in `externals/object/`, and
compared with them by a test. Every setting is a message, and with a dash a flag of the box
(`-seed 5`); a control may be moved by a signal too. Whole numbers go as far as the host's numbers
name them all: in a Pure Data of 32 bits to 16777216.
"""
EFFECTS = {
    "moves": "control",
    "rebuilds": "another network, which keeps what it can",
    "changes": "the same network goes on, faded",
    "at reset": "from the next draw on",
    "redraws": "a new draw at once",
    "at once": "at once",
    "presets": "sets other words",
    "box only": "only in the box",
}


def _row(word: Word) -> str:
    if not word.kind:
        return f"| `{word.name}` | {word.unit or '-'} | {word.line} |"
    allowed = f"{word.low:.16g}..{word.high:.16g}"
    if word.choices:
        allowed = ", ".join(word.choices)
    elif word.kind == "switch":
        allowed = "-"
    elif word.kind == "whole":
        allowed += ", whole"
    initial = word.choices[int(word.initial)] if word.choices else f"{word.initial:g}"
    return (
        f"| `{word.name}` | {allowed} | {word.unit or '-'} | {initial} | {EFFECTS[word.effect]} "
        f"| {word.line} |"
    )


def page() -> str:
    parts = [HEAD]
    for model in MODELS:
        settings = [_row(word) for word in words(model) if word.kind]
        commands = [_row(word) for word in words(model) if not word.kind]
        parts += [
            f"\n## {model}\n\n| setting | allowed | unit | at first | takes effect | |",
            "|---|---|---|---|---|---|\n" + "\n".join(settings),
            "\n| message | with | |\n|---|---|---|\n" + "\n".join(commands),
        ]
    parts += [
        "\nWhat `unlearn` is at first stands in its preset `wind`, but for `seed`, `learn` and"
        " `fade`.\n"
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page())

"""Make what externals/web and Python have of the tables: ``python help-patches/web/make.py``."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from object.library import MODELS, Word, arguments, controls, inlets, words  # noqa: E402
from specml.examples import EXAMPLES, Example  # noqa: E402

HEAD = """\
// All that a box may be told: docs/words.md. Made from the tables in externals/object/ by
// help-patches/web/make.py, and compared with them by a test.

export const words = """

EXAMPLES_HEAD = """\
// What the examples of the source are: reference/specml/examples/. Made from them by
// help-patches/web/make.py, and compared with them by a test.

export const examples = """


def _entry(word: Word) -> dict:
    """A setting, or a message, of which only name and line are known."""
    if not word.kind:
        return {"name": word.name, "takes": word.unit, "line": word.line}
    entry = {
        "name": word.name, "line": word.line, "unit": word.unit, "kind": word.kind,
        "effect": word.effect, "low": word.low, "high": word.high, "initial": word.initial,
    }  # fmt: skip
    return entry | ({"choices": list(word.choices)} if word.choices else {})


def _model(name: str) -> dict:
    found = words(name)
    settings = [word for word in found if word.kind]
    return {
        "sources": inlets(name) - controls(name),
        "controls": [word.name for word in settings[: controls(name)]],
        "arguments": list(arguments(name)),
        "settings": [_entry(word) for word in settings],
        "messages": [_entry(word) for word in found if not word.kind],
    }


def _example(example: Example) -> dict:
    """What its networks are told; the signals are those of page/scores.js."""
    preset = example.model == "Unlearn"
    settings = {"preset": example.name} if preset else dict(example.settings)
    return {
        "name": example.name, "model": example.model.lower(), "about": example.about,
        "seed": example.seed, "settings": settings,
    }  # fmt: skip


def _json(table: object) -> str:
    return json.dumps(table, indent=2, ensure_ascii=False)


def files() -> dict[Path, str]:
    """What stands in each."""
    web = ROOT / "externals" / "web"
    words_of = {name: _model(name) for name in MODELS}
    settings = {name: model["settings"] for name, model in words_of.items()}
    examples = [_example(example) for example in EXAMPLES.values()]
    return {
        web / "words.js": f"{HEAD}{_json(words_of)};\n",
        web / "page" / "examples.js": f"{EXAMPLES_HEAD}{_json(examples)};\n",
        ROOT / "reference" / "specml" / "running" / "words.json": f"{_json(settings)}\n",
    }


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text)

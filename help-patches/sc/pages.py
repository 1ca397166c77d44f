"""The help files, from the one table of words: externals/sc/HelpSource."""

import classes
import texts
from object.library import Word, words

MODELS = {"AutoRegNNFilter": "autoregnn", "AutoRegNNFilterBuffer": "autoregnn",
          "AutoRegNNFilter2": "autoregnn2", "Unlearn": "unlearn"}  # fmt: skip
EXAMPLES = {"AutoRegNNFilter": ("sine", "fm", "saw", "feedback"),
            "AutoRegNNFilterBuffer": ("multislider",),
            "AutoRegNNFilter2": ("interpolate",)}  # fmt: skip
SEEDS = 16777216  # inputs of 32 bits name every whole number up to here
WHEN = {
    "moves": "At audio, control or scalar rate.",
    "rebuilds": "Fixed once the synth is made.",
    "changes": "At control or scalar rate.",
    "at reset": "At control or scalar rate.",
    "redraws": "At control or scalar rate.",
    "at once": "At control or scalar rate.",
}


def files() -> dict[str, str]:
    """What stands in each."""
    made = {f"Classes/{name}.schelp": _of_class(name) for name in MODELS}
    return made | {"Classes/SpecmlUGen.schelp": texts.COMMON, "Guides/specml.schelp": texts.GUIDE}


def _of_class(name: str) -> str:
    others = [f"Classes/{other}" for other in MODELS if other != name]
    parts = [
        f"class:: {name}\nsummary:: {texts.SUMMARY[name]}\n"
        f"categories:: Libraries>specml, UGens>Neural\n"
        f"related:: Guides/specml, {', '.join(others)}\n",
        f"description::\n{texts.DESCRIPTION[name]}\n\n{texts.SOURCE}\n",
        "classmethods::\n",
    ]
    known = {word.name: word for word in words(MODELS[name]) if word.kind}
    for method, arguments in classes.methods(name).items():
        parts.append(f"method:: {method}\n{texts.METHODS[name].get(method, '')}\n")
        if method in texts.IN_FULL:
            parts += [_argument(name, argument, known.get(argument.name)) for argument in arguments]
    parts.append("examples::\n" + "\n".join(_examples(name)))
    return "\n".join(parts)


def _argument(name: str, argument: classes.Argument, word: Word | None) -> str:
    line = texts.ARGUMENTS.get((name, argument.name), texts.ARGUMENTS.get(argument.name))
    if line is None:
        line = described(word)
    return f"argument:: {argument.name}\n{line}\n"


def described(word: Word) -> str:
    """Its line, its range, and at which rates it is heard."""
    line = word.line[:1].upper() + word.line[1:]
    unit = f" {word.unit}" if word.unit else ""
    high = min(word.high, SEEDS)
    scope = (f"One of {', '.join(word.choices)}, or its place among them."
             if word.choices else f"{word.low:g}..{high:.16g}{unit}.")  # fmt: skip
    return f"{line} {scope} {WHEN[word.effect]}"


def _examples(name: str) -> list[str]:
    folder = classes.FOLDER.parent / "examples"
    blocks = [(folder / f"{example}.scd").read_text() for example in EXAMPLES.get(name, ())]
    return [f"code::\n{block}::\n" for block in (*blocks, *texts.EXAMPLES.get(name, ()))]

"""What the help patches say of each word is what the table of words says, word by word."""

import functools

import pytest

import builds
from pd import sheets

ROOT = builds.HERE.parent
MODELS = {"autoregnn": "autoregnn~", "autoregnn2": "autoregnn2~", "unlearn": "unlearn~"}


@functools.cache
def table() -> list[list[str]]:
    """One row a word, command or argument: model, name, line, kind, and what the kind has."""
    folder = ROOT / "externals" / "object"
    files = [builds.HERE / "pd" / "words.c", *sorted(folder.glob("*.c")), *builds.sources()]
    program = builds.compile_c("words", files, "-std=c11", "-w", f"-I{folder}")
    return [line.split("\t") for line in builds.run(program).splitlines()]


@functools.cache
def reference(box: str) -> list[tuple[str, str]]:
    """The texts of ``[pd reference]``: each head that ends in - with what stands right of it.

    ``[pd files]`` in it is a part of it.
    """
    path = ROOT / "help-patches" / "pd" / f"{box}-help.pd"
    pairs = []
    for name, sheet in sheets.read(path).within():
        if not name.endswith(("/reference", "/reference/files")):
            continue
        texts = [b for b in sheet.boxes if b.is_text]
        for head in texts:
            right = [b for b in texts if b.y == head.y and b.x > head.x]
            if head.text.endswith(" -") and right:
                pairs.append((head.text.removesuffix(" -"), min(right, key=lambda b: b.x).text))
        pairs += [("", b.text) for b in texts]
    return pairs


def said_of(box: str, name: str) -> str:
    """What the reference says of a message or a flag."""
    found = [text for head, text in reference(box) if head.split(" ")[0].lstrip("-") == name]
    assert len(found) == 1, f"{box}: {len(found)} lines for {name}"
    return found[0]


def in_a_patch(line: str) -> str:
    """A semicolon would break the line there."""
    return line.replace(";", ",")


@pytest.mark.parametrize("model", MODELS)
def test_each_word_has_its_line_its_range_and_its_default(model):
    words = [row for row in table() if row[0] == model and row[3] not in ("command", "argument")]
    assert len(words) > 10
    for _, name, line, kind, scope, default, *choices in words:
        said = said_of(MODELS[model], name)
        assert said.endswith(in_a_patch(line)), name
        if kind == "choice":
            assert said.startswith(" or ".join([", ".join(choices[:-1]), choices[-1]])), name
        elif kind != "switch":
            assert said.startswith(f"{scope} "), name
        assert kind == "switch" or f"(default {default}): " in said, name


@pytest.mark.parametrize("model", MODELS)
def test_each_command_has_its_line(model):
    commands = [row for row in table() if row[0] == model and row[3] == "command"]
    assert len(commands) > 5
    for _, name, line, _, takes in commands:
        heads = [head for head, text in reference(MODELS[model]) if text == in_a_patch(line)]
        assert [head.split(" ")[0] for head in heads if head] == [name], name
        assert all(word in heads[0] for word in takes.strip("[]").split(", ") if word), name


@pytest.mark.parametrize("model", MODELS)
def test_the_arguments_stand_in_their_order(model):
    arguments = [row[2] for row in table() if row[0] == model and row[3] == "argument"]
    assert ("", ", ".join(arguments)) in reference(MODELS[model])


@pytest.mark.parametrize("model", MODELS)
def test_it_has_no_word_that_there_is_not(model):
    known = {row[1] for row in table() if row[0] == model} | {
        "float/signal", "signal", "anything", "file",
    }  # fmt: skip

    heads = {head.split(" ")[0].lstrip("-") for head, _ in reference(MODELS[model]) if head}
    assert heads == known

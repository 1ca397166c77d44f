"""What a box says to what it cannot do: it is asked, not told twice."""

from object.library import Host, Word, arguments, words

LOUD = "loud"  # a word where a number is wanted
KEPT = ("a", "b")  # snapshots that there are
LINES = (
    "weights 100000 1", "weights 0 loud", "store", "recall mine", "recall a loud", "morph a b 2",
    "forget mine", "write", "read", "read nothing.safetensors", "get loud",
)  # fmt: skip


def of_word(model: str, word: Word) -> tuple[str, str] | None:
    """Return something wrong to say of a setting, and the answer."""
    if word.effect == "box only":
        wrong = f"-{word.name} {LOUD}"
        said = _of_box(model, wrong)
    else:
        wrong = f"{word.name} {LOUD if word.choices or word.kind != 'whole' else _beyond(word)}"
        said = _answer(Host(model).send(wrong))
    return (wrong, said) if said else None


def of_model(model: str) -> list[tuple[str, str]]:
    """Return other things that are wrong, each with the answer."""
    count = len(arguments(model))
    boxes = ["-loud 1", "loud", " ".join(["1"] * (count + 1)), f"-{words(model)[0].name}"]
    found = [(f"[{model}~ {box}]", _of_box(model, box)) for box in boxes]
    host = Host(model)
    for name in KEPT:
        host.send("store", name)
    found += [(line, _answer(host.send(line))) for line in LINES]
    return [(wrong, said) for wrong, said in found if said]


def _beyond(word: Word) -> str:
    return f"{word.low - 1:g}"


def _of_box(model: str, box: str) -> str:
    return _answer(Host(model, box).said())


def _answer(said: str) -> str:
    lines = [line.removeprefix("error: ") for line in said.splitlines()]
    return "; ".join(lines) if said.startswith("error: ") else ""

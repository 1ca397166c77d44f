"""All that a box can be told, right and wrong, and what is said to it, for hosts to be compared."""

import re

from object.library import words


def plain(line: str) -> list:
    """Words and numbers, however many digits they have."""
    parts = line.split()
    return [float(part) if re.fullmatch(r"[-+.e\d]+", part) else part for part in parts]


def everything(model: str) -> list[tuple]:
    """Each word with right and wrong values, and what else is answered at once."""
    told = []
    for word in words(model):
        if not word.kind or word.effect == "box only":
            continue
        right = word.choices[-1] if word.choices else min(word.high, 9.0)
        for value in ("nonsense", "nan", "inf", "1e999", -30000.0, 0.5, right):
            told.append((word.name, value))
        told += [(word.name,), ("get", word.name)]
    told += [("dump",), ("get", "foo"), ("get",), ("weights", 1.0, "x"), ("weights", 70000.0, 1.0)]
    told += [("store",), ("store", "a"), ("store", "0.5"), ("snapshots",), ("forget", "b"),
             ("forget", "a"), ("recall", "c", 3.0), ("recall", "0.5", -3.0), ("morph", "0.5", "d"),
             ("morph", "0.5", "0.5", 2.0), ("write",), ("read", "no/file"), ("read", "a", "b"),
             ("read",), ("write", "no/folder/file"), ("snapshots",)]  # fmt: skip
    return told

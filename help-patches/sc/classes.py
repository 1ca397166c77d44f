"""The classes as their files have them: methods and their arguments in order."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "externals" / "sc" / "Classes"
METHOD = re.compile(r"^\t\*(\w+) \{ \|([^|]*)\|", re.M)


@dataclass(frozen=True)
class Argument:
    name: str
    initial: str  # "" if it has none


def methods(name: str) -> dict[str, list[Argument]]:
    """Class methods of a class that have arguments, in their order."""
    found = {}
    for path in sorted(FOLDER.glob("*.sc")):
        for part in re.split(r"^(?=\+? ?[A-Z]\w+ (?:: \w+ )?\{)", path.read_text(), flags=re.M):
            if re.match(rf"(\+ )?{name} ", part):
                found |= {m[1]: _arguments(m[2]) for m in METHOD.finditer(part)}
    return {method: given for method, given in found.items() if not method.startswith("pr")}


def _arguments(text: str) -> list[Argument]:
    pairs = [part.split("=") for part in text.replace("\n", " ").split(",")]
    return [Argument(pair[0].strip(), pair[1].strip() if pair[1:] else "") for pair in pairs]

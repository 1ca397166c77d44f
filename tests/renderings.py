"""What is promised of the examples: SHA-256 of their samples, the same on every machine.

``python tests/renderings.py`` renders all on the C core and writes them anew, in a minute;
a change is a change of the examples' sound and belongs into CHANGELOG.md.
``python tests/renderings.py check`` compares what this machine says: renderings of full length on
the C core, the short ones on both engines. It needs NumPy and the package, and nothing else;
further words are names of examples, ``short``, which leaves the full ones out, and ``core``, which
leaves out the reference.
"""

import json
import sys

import numpy as np

from specml import core
from specml.examples import EXAMPLES, Example, Run
from specml.verify import Digest, Promise, promised, rendered

SHORT = 2000  # samples: what `specml verify` compares, and the reference takes a few seconds for


def seeds(example: Example) -> tuple[int, int]:
    """The two that are promised."""
    return example.seed, example.seed + 1


def lengths(example: Example) -> tuple[int, int]:
    """In samples: a short rendering, and a whole one."""
    return SHORT, int(example.seconds * 48000)


def measured(example: Example, seed: int, samples: int) -> Promise:
    """Render on the C core."""
    digest = Digest()
    for block in example.start(Run(samples, seed)).blocks:
        digest.add(block)
    return digest.promise(seed)


def write(path) -> None:
    """Render all of it, and write."""
    table = {}
    for name, example in EXAMPLES.items():
        cases = [(seed, n) for seed in seeds(example) for n in lengths(example)]
        table[name] = [measured(example, *case)._asdict() for case in cases]
        print(name, flush=True)
    path.write_text(json.dumps(table, indent=1) + "\n")


def check(words: list[str]) -> int:
    """Compare and say so; return how many differ."""
    names = [word for word in words if word not in ("short", "core")] or list(EXAMPLES)
    engines = ("core",) if "core" in words else ("core", "numpy")
    differ = 0
    print(f"numpy {np.__version__}, instruction set {core.isa()}", flush=True)
    for name in names:
        for promise in promised(name):
            short = promise.samples == SHORT
            for engine in engines if short else () if "short" in words else ("core",):
                found = rendered(EXAMPLES[name], promise, engine).found
                differ += found is not None
                verdict = f"DIFFERENT, {found}" if found else "as promised"
                print(f"{name}: {engine}, {promise[:2]}: {verdict}", flush=True)
    return differ


if __name__ == "__main__":
    if sys.argv[1:2] == ["check"]:
        sys.exit(min(check(sys.argv[2:]), 100))
    from golden import DIRECTORY

    write(DIRECTORY / "renderings.json")

"""Run both engines side by side and compare everything as bits; compare with what is promised."""

import hashlib
import importlib.resources
import json
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .examples import Example, Run
from .reference.arrays import Array

__all__ = [
    "Difference",
    "Digest",
    "Promise",
    "Verdict",
    "compare",
    "promised",
    "rendered",
    "verify",
]


@dataclass(frozen=True)
class Difference:
    """The first value that differs: where it stands, and what it is on either engine.

    Examples
    --------
    >>> from specml.verify import Difference
    >>> print(Difference("output", 3, 0.5, 0.25))
    output[3]: core 0x1.0000000000000p-1, numpy 0x1.0000000000000p-2
    """

    field: str
    index: int
    core: float
    numpy: float

    def __str__(self) -> str:
        """Return the difference with both values in hex."""
        return f"{self.field}[{self.index}]: core {self.core.hex()}, numpy {self.numpy.hex()}"


class Promise(NamedTuple):
    """A rendering at 48 kHz, and the SHA-256 of its samples on every machine.

    Interleaved, little-endian: `sha256` of 32-bit floats, as in the record of a rendering,
    `sha256_double` of 64-bit floats, as they were computed.

    Examples
    --------
    >>> from specml.verify import promised
    >>> promised("sine")[0].seed, len(promised("sine")[0].sha256)
    (1, 64)
    """

    seed: int
    samples: int
    sha256: str
    sha256_double: str


class Verdict(NamedTuple):
    """What was compared, and the first difference, if there is one.

    `promise` is what was promised of this rendering, if anything, `found` what was found instead.

    Examples
    --------
    >>> from specml.verify import Verdict
    >>> Verdict(samples=100, values=81, difference=None).found is None
    True
    """

    samples: int
    values: int
    difference: Difference | None
    promise: Promise | None = None
    found: Promise | None = None


class Digest:
    """The SHA-256 of samples, as they come.

    Examples
    --------
    >>> import numpy as np
    >>> from specml.verify import Digest
    >>> whole, pieces = Digest(), Digest()
    >>> whole.add(np.zeros((2, 10)))
    >>> for _ in range(2):
    ...     pieces.add(np.zeros((2, 5)))
    >>> whole.promise(1) == pieces.promise(1)
    True
    """

    def __init__(self) -> None:
        self.samples = 0
        self._single, self._double = hashlib.sha256(), hashlib.sha256()

    def add(self, block: Array) -> None:
        """Take in a block ``(channels, n)``.

        Examples
        --------
        >>> import numpy as np
        >>> from specml.verify import Digest
        >>> digest = Digest()
        >>> digest.add(np.zeros((2, 5)))
        >>> digest.samples
        5
        """
        interleaved = np.ascontiguousarray(block.T, "<f8")
        self._double.update(interleaved.tobytes())
        self._single.update(interleaved.astype("<f4").tobytes())
        self.samples += block.shape[1]

    def promise(self, seed: int) -> Promise:
        """Return what these samples would promise.

        Examples
        --------
        >>> from specml.verify import Digest
        >>> Digest().promise(1).sha256[:8]
        'e3b0c442'
        """
        return Promise(seed, self.samples, self._single.hexdigest(), self._double.hexdigest())


def promised(name: str) -> list[Promise]:
    """Return what this version promises of an example: two seeds, some samples and its length.

    Examples
    --------
    >>> from specml.verify import promised
    >>> {promise.seed for promise in promised("wind")}
    {1, 2}
    """
    file = importlib.resources.files("specml") / "renderings.json"
    table = json.loads(file.read_text(encoding="utf-8"))
    return [Promise(**entry) for entry in table.get(name, ())]


def compare(field: str, core: NDArray[Any], reference: NDArray[Any]) -> Difference | None:
    """Return the first difference in bits of two arrays of 64-bit numbers.

    Examples
    --------
    >>> import numpy as np
    >>> from specml.verify import compare
    >>> print(compare("x", np.array([1.0, 0.0]), np.array([1.0, -0.0])))
    x[1]: core 0x0.0p+0, numpy -0x0.0p+0
    """
    core, reference = (np.ascontiguousarray(part).ravel() for part in (core, reference))
    differs = np.flatnonzero(core.view(np.uint64) != reference.view(np.uint64))
    if not differs.size:
        return None
    first = int(differs[0])
    return Difference(field, first, float(core[first]), float(reference[first]))


def verify(example: Example, samples: int, seed: int | None = None) -> Verdict:
    """Render an example on both engines and compare samples and state, block by block.

    Where something is promised of a rendering of this length and seed, it is compared as well.

    Examples
    --------
    >>> from specml.examples import EXAMPLES
    >>> from specml.verify import verify
    >>> verdict = verify(EXAMPLES["sine"], 20)
    >>> verdict.difference, verdict.samples
    (None, 20)
    """
    seed = example.seed if seed is None else seed
    core, reference = (example.start(Run(samples, seed, engine)) for engine in ("core", "numpy"))
    values, digest = 0, Digest()
    for mine, other in zip(core.blocks, reference.blocks, strict=True):
        digest.add(mine)
        pairs = {"output": (mine, other)}
        for k, models in enumerate(zip(core.models, reference.models, strict=True)):
            states = [model.state() for model in models]
            pairs |= {f"model {k} {name}": (states[0][name], states[1][name]) for name in states[0]}
        for field, (a, b) in pairs.items():
            difference = compare(field, a, b)
            if difference:
                return Verdict(digest.samples, values, difference)
            values += a.size if field != "output" else 0
    return Verdict(digest.samples, values, None, *_judge(example, digest.promise(seed)))


def rendered(example: Example, promise: Promise, engine: str = "core") -> Verdict:
    """Render as much as is promised, and compare.

    Examples
    --------
    >>> from specml.examples import EXAMPLES
    >>> from specml.verify import promised, rendered
    >>> shortest = min(promised("sine"), key=lambda promise: promise.samples)
    >>> rendered(EXAMPLES["sine"], shortest).found is None
    True
    """
    digest = Digest()
    for block in example.start(Run(promise.samples, promise.seed, engine)).blocks:
        digest.add(block)
    found = digest.promise(promise.seed)
    return Verdict(digest.samples, 0, None, promise, None if found == promise else found)


def _judge(example: Example, found: Promise) -> tuple[Promise | None, Promise | None]:
    for promise in promised(example.name):
        if promise[:2] == found[:2]:
            return promise, None if found == promise else found
    return None, None

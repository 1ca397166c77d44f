"""What an example is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..autoregnn import AutoRegNN
from ..autoregnn2 import AutoRegNN2
from ..reference.arrays import Array
from ..unlearn import Unlearn

BLOCK = 4800  # samples between two looks at the progress bar


@dataclass(frozen=True)
class Run:
    """One rendering: what may differ from one to the next.

    Attributes
    ----------
    samples : int
        Length.
    seed : int
        Of the first model; further ones take the numbers after it.
    engine : {"core", "numpy"}
        What computes.
    samplerate : float
        In Hz.
    input : ndarray (samples,), optional
        The live input, for an example that has one.
    """

    samples: int
    seed: int = 1
    engine: str = "core"
    samplerate: float = 48000.0
    input: Array | None = None

    def blocks(self, size: int = BLOCK) -> Iterator[tuple[int, int]]:
        """Yield the start and the length of each block."""
        for start in range(0, self.samples, size):
            yield start, min(size, self.samples - start)


@dataclass(frozen=True)
class Rendering:
    """The models at work, and the blocks ``(channels, n)`` that they make when asked."""

    models: tuple[AutoRegNN | AutoRegNN2 | Unlearn, ...]
    blocks: Iterator[Array]


@dataclass(frozen=True)
class Example:
    """An example of the source.

    Attributes
    ----------
    name, model : str
        Its name, and the model that sounds.
    about : str
        What to listen to.
    seconds : float
        Its length, unless told otherwise.
    settings : mapping
        Every parameter of its models, for the record.
    channels : tuple of str
        Of the recording.
    start : callable
        Takes a `Run`, returns a `Rendering`.
    choices : tuple of str
        What the source leaves open, and what was chosen.
    takes_input : bool
        Whether it listens to a live input.
    neurons : callable, optional
        For Unlearn: takes a `Run`, yields every neuron's output, ``(neurons, n)``.
    seed : int
        Its own, which it has unless told otherwise.
    """

    name: str
    model: str
    about: str
    seconds: float
    settings: Mapping[str, object]
    channels: tuple[str, ...]
    start: Callable[[Run], Rendering]
    choices: tuple[str, ...] = ()
    takes_input: bool = False
    neurons: Callable[[Run], Iterator[Array]] | None = None
    seed: int = 1

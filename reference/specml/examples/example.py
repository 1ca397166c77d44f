"""What an example is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from ..autoregnn import AutoRegNN
from ..autoregnn2 import AutoRegNN2
from ..reference.arrays import Array
from ..unlearn import Unlearn

BLOCK = 4800  # samples between two looks at the progress bar


@dataclass(frozen=True)
class Run:
    """One rendering, or one that is played: what may differ from one to the next.

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
    hear : callable, optional
        Instead of `input`: returns the next samples of it, as many as it is told.
    block : int
        Samples that are made at a time. They are the same however they are cut.
    endless : bool
        Go on after `samples`: with what changes over a recording as at its end, and with `input`
        from its beginning.
    turn : callable
        Takes the controls that a stretch has, returns those that it gets: a player's hand.

    Examples
    --------
    >>> from specml.examples import Run
    >>> Run(48000, seed=2).samplerate
    48000.0
    """

    samples: int
    seed: int = 1
    engine: str = "core"
    samplerate: float = 48000.0
    input: Array | None = None
    hear: Callable[[int], Array] | None = None
    block: int = BLOCK
    endless: bool = False
    turn: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict

    def blocks(self, size: int | None = None) -> Iterator[tuple[int, int]]:
        """Yield the start and the length of each block.

        Examples
        --------
        >>> from specml.examples import Run
        >>> [*Run(10000).blocks()]
        [(0, 4800), (4800, 4800), (9600, 400)]
        """
        size = self.block if size is None else size
        for start in count(0, size) if self.endless else range(0, self.samples, size):
            yield start, size if self.endless else min(size, self.samples - start)


@dataclass(frozen=True)
class Rendering:
    """The models at work, and the blocks ``(channels, n)`` that they make when asked.

    Examples
    --------
    >>> from specml.examples import EXAMPLES, Run
    >>> rendering = EXAMPLES["wind"].start(Run(5000))
    >>> rendering.models, [block.shape for block in rendering.blocks]
    ((Unlearn(),), [(2, 4800), (2, 200)])
    """

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
    told : tuple of str
        What the source says of it, beside the settings.
    left_open : tuple of str
        Settings that the source does not give.

    Examples
    --------
    >>> from specml.examples import EXAMPLES
    >>> EXAMPLES["sine"].channels, EXAMPLES["sine"].settings["lr"]
    (('in', 'out'), 0.1)
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
    told: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()

"""Snapshots: what was learnt, under names, and the way of the weights from one to another.

docs/state.md has the rules, in its section on snapshots.
"""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from . import checks
from .engines import Engine
from .reference import finite
from .reference.arrays import Array, State
from .reference.interrupts import held_back

GRID = 64  # samples from one step of a glide to the next
STEPS_MAX = 2**32 - 1
SNAPSHOTS_MAX, NAME_MAX = 1000, 64  # bytes

Learnt: TypeAlias = State  # what a model has learnt, by the names of its state; never written to


class Glide(NamedTuple):
    """Weights on their way: where to, steps left, and at what count of samples the next is due."""

    target: Learnt
    steps: int
    due: int


class Snapshots:
    """What a model shares that keeps what it learnt under names, and glides between them."""

    _engine: Engine
    _kept: dict[str, Learnt]
    _glide: Glide | None

    @abstractmethod
    def _learnt(self) -> Learnt:
        """Return a copy of what it has learnt."""

    @abstractmethod
    def _learn(self, learnt: Learnt) -> None:
        """Write what it has learnt."""

    @property
    def snapshots(self) -> tuple[str, ...]:
        """The names of its snapshots, sorted by their bytes in UTF-8.

        Examples
        --------
        >>> from specml import AutoRegNN
        >>> net = AutoRegNN()
        >>> net.store("late")
        >>> net.store("early")
        >>> net.snapshots
        ('early', 'late')
        """
        return tuple(sorted(self._kept, key=str.encode))

    def store(self, name: str) -> None:
        """Keep what it has learnt under a name; an older snapshot of this name goes.

        Controls and sound are no part of it. Snapshots are copied, pickled and saved with the
        model; `reset` leaves them.

        Parameters
        ----------
        name : str
            1..64 bytes in UTF-8, no control characters.

        Raises
        ------
        ValueError
            If `name` is no such name, or there are 1000 snapshots already.

        Examples
        --------
        >>> import numpy as np
        >>> from specml import AutoRegNN
        >>> net = AutoRegNN()
        >>> net.store("before")
        >>> out, error = net.process(np.sin(np.arange(1000)))
        >>> net.recall("before")
        >>> (net.parameters == AutoRegNN().parameters).all().item()
        True
        """
        checked_name(name)
        if name not in self._kept and len(self._kept) >= SNAPSHOTS_MAX:
            raise ValueError(f"there are {SNAPSHOTS_MAX} snapshots already, {name!r} is too much")
        self._kept[name] = self._learnt()

    def forget(self, name: str) -> None:
        """Let go of a snapshot. Weights on their way to it go on.

        Raises
        ------
        ValueError
            If there is none of this name.

        Examples
        --------
        >>> from specml import AutoRegNN
        >>> net = AutoRegNN()
        >>> net.store("a")
        >>> net.forget("a")
        >>> net.snapshots
        ()
        """
        self._find(name)
        del self._kept[name]

    def recall(self, name: str, samples: int = 0) -> None:
        """Bring back what was stored, at once or in a glide, during which it goes on learning.

        Of a glide there are 1 + samples // 64 steps: the first is taken at once, the others each 64
        samples later, however the sound is cut. It ends with the snapshot's very weights, with a
        later glide or with a reset.

        Parameters
        ----------
        name : str
            Of the snapshot.
        samples : int
            Length of the glide, 0..274877906879.

        Raises
        ------
        ValueError
            If there is no snapshot of this name, or `samples` no such number.

        Examples
        --------
        >>> import numpy as np
        >>> from specml import AutoRegNN
        >>> net, silence = AutoRegNN(), np.zeros(4800)
        >>> net.store("a")
        >>> net.parameters = np.zeros(113)
        >>> net.recall("a", samples=4800)
        >>> out, error = net.process(silence, lr=0.0)
        >>> (net.parameters == AutoRegNN().parameters).all().item()
        True
        """
        self._begin(self._find(name), samples)

    def morph(self, a: str, b: str, x: float, samples: int = 0) -> None:
        """Bring what lies between two snapshots, A + (B - A) x, at once or in a glide.

        Unlearn's sources and delays, which are whole, come at once from the nearer one, from `b` at
        0.5.

        Parameters
        ----------
        a, b : str
            Names of snapshots.
        x : float
            0: `a`, 1: `b`; 0..1.
        samples : int
            Length of the glide, as in `recall`.

        Raises
        ------
        ValueError
            If there is no snapshot of such a name, or a number is out of range.

        Examples
        --------
        >>> import numpy as np
        >>> from specml import AutoRegNN
        >>> net = AutoRegNN()
        >>> for name, value in (("a", 1.0), ("b", 3.0)):
        ...     net.parameters = np.full(113, value)
        ...     net.store(name)
        >>> net.morph("a", "b", 0.25)
        >>> net.parameters[0].item()
        1.5
        """
        first, second = self._find(a), self._find(b)
        share = checks.number("x", x)
        if not 0.0 <= share <= 1.0:
            raise ValueError(f"x must be within 0..1, not {x!r}")
        self._begin(between(first, second, share), samples)

    def _find(self, name: str) -> Learnt:
        if not isinstance(name, str) or name not in self._kept:
            names = ", ".join(map(repr, self.snapshots)) if self._kept else "none"
            raise ValueError(f"there is no snapshot {name!r}; there is {names}")
        return self._kept[name]

    def _begin(self, target: Learnt, samples: int) -> None:
        """Set out for `target`, with the first step at once."""
        samples = checks.integer("samples", samples, 0, GRID * STEPS_MAX - 1)
        with held_back():
            self._glide = Glide(target, 1 + samples // GRID, self._engine.samples)
            self._step()

    def _step(self) -> None:
        """Take the next step; the last one ends the glide."""
        glide = self._glide
        assert glide
        if glide.steps == 1:
            self._learn(glide.target)
            self._glide = None
        else:
            self._learn(approached(self._learnt(), glide.target, glide.steps))
            self._set_glide(glide.target, glide.steps - 1, GRID)

    def _set_glide(self, target: Learnt, steps: int, wait: int) -> None:
        """Be on the way to `target`, with so many steps left, the next in `wait` samples."""
        self._glide = Glide(target, steps, (self._engine.samples + wait) % 2**64)

    def _wait(self) -> int:
        """Return the samples until the next step, 1..64; 0: it is due."""
        assert self._glide
        wait = (self._glide.due - self._engine.samples) % 2**64
        return wait if wait <= GRID else 0


def checked_name(name: object) -> str:
    """Return `name` if a snapshot can have it."""
    if not isinstance(name, str):
        raise ValueError(f"the name of a snapshot must be a string, not {name!r}")
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        raise ValueError(f"the name of a snapshot must be UTF-8, not {name!r}") from None
    if not 1 <= size <= NAME_MAX or any(one < " " or one == "\x7f" for one in name):
        raise ValueError(
            f"the name of a snapshot must have 1..{NAME_MAX} bytes and no control characters, "
            f"not {name!r}"
        )
    return name


def between(first: Learnt, second: Learnt, x: float) -> Learnt:
    """Return ``first + (second - first) x``; of whole numbers the nearer one.

    What is too small to be kept is 0 at once, so that flush-to-zero modes change no bit. While x
    is below 1, rounding brings nothing beyond the two.
    """
    if x == 1.0:
        return second
    return {
        name: finite.state(a + (second[name] - a) * x) if a.dtype == np.float64
        else (second[name] if x >= 0.5 else a)
        for name, a in first.items()
    }  # fmt: skip


def approached(learnt: Learnt, target: Learnt, steps: int) -> Learnt:
    """Return what is learnt after one of so many steps: whole numbers are there in the first."""
    share = 1.0 / steps
    return {
        name: now + (target[name] - now) * share if now.dtype == np.float64 else target[name]
        for name, now in learnt.items()
    }


Run: TypeAlias = Callable[[slice], tuple[Array, ...]]


def glided(models: Sequence[Snapshots], n: int, run: Run) -> tuple[Array, ...]:
    """Return what `run` returns for `n` samples, in pieces between the steps of all glides.

    A step and the sample before it are one for Ctrl-C, so that no interrupt comes between them.
    """
    if n == 0 or not any(model._glide for model in models):
        return run(slice(0, n))
    results, at = [], 0
    while at < n:
        wait = min((max(model._wait(), 1) for model in models if model._glide), default=n + 1)
        if wait > 1:
            piece = slice(at, min(at + wait - 1, n))
            results.append(run(piece))
        else:
            piece = slice(at, at + 1)
            with held_back():
                results.append(run(piece))
                for model in models:
                    if model._glide and model._wait() == 0:
                        model._step()
        at = piece.stop
    return tuple(np.concatenate(parts, axis=-1) for parts in zip(*results, strict=True))


def cut(signals: Mapping[str, Array], piece: slice) -> dict[str, Array]:
    """Return a piece of each signal."""
    return {name: signal[..., piece] for name, signal in signals.items()}

"""What the public models share."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import checks, core, kept
from .checks import Ranges
from .container import Name
from .engines import ENGINES, Engine, NetworkEngine, NetworkMaker, choose
from .reference import finite
from .reference.arrays import Array, State
from .reference.controls import Control
from .settings import Told
from .snapshots import Glide, Learnt, Snapshots
from .state import Contents, save

_T = TypeVar("_T", bound="Model")
_A = TypeVar("_A", bound=NDArray[Any])


class Model(Snapshots):
    """What the models share: an engine, a seed, controls, a state that can be put back."""

    controls: Mapping[str, Control]  # the table, by name
    _kind: str  # as files name it
    settings: tuple[str, ...]  # of the shape: what never changes, by the constructor's names
    _engine: Engine

    def __init__(self, seed: int, engine: Engine) -> None:
        self._seed = seed
        self._engine = engine
        self._kept: dict[str, Learnt] = {}
        self._glide: Glide | None = None

    if not TYPE_CHECKING:  # a checker of types finds such names by itself

        def __setattr__(self, name: str, value: object) -> None:
            """Refuse a name that does not exist: what is written there would do nothing."""
            if not name.startswith("_") and not hasattr(type(self), name):
                raise AttributeError(_unknown(type(self), name))
            super().__setattr__(name, value)

    def __repr__(self) -> str:
        """Return how one like it is made: what differs from the defaults."""
        from .notebook import text

        return text(self)

    def _repr_html_(self) -> str:
        """Return what a notebook shows of it: see `specml.notebook.shown`."""
        from .notebook import shown

        return shown(self)

    @property
    def engine(self) -> str:
        """What it runs on, ``core`` or ``numpy``.

        Examples
        --------
        >>> from specml import AutoRegNN
        >>> AutoRegNN(engine="numpy").engine
        'numpy'
        """
        return ENGINES[0] if isinstance(self._engine, core.Core) else ENGINES[1]

    @property
    def seed(self) -> int:
        """The seed of the last reset.

        Examples
        --------
        >>> from specml import AutoRegNN
        >>> net = AutoRegNN(seed=5)
        >>> net.reset(7)
        >>> net.seed
        7
        """
        return self._seed

    @property
    def scale(self) -> float:
        """Of the initial weights of the next reset; assignable, clamped to 0..100.

        Examples
        --------
        >>> from specml import AutoRegNN
        >>> net = AutoRegNN()
        >>> net.scale = 1000.0
        >>> net.scale
        100.0
        """
        return float(self._engine.scale)

    @scale.setter
    def scale(self, value: float) -> None:
        self._engine.set_scale(checks.number("scale", value))

    @property
    def held(self) -> dict[str, float]:
        """What each control holds: the last number that `process` was given for it.

        A signal moves a control only as long as it lasts.

        Examples
        --------
        >>> from specml import AutoRegNN
        >>> net = AutoRegNN()
        >>> out, error = net.process([0.1, 0.2], lr=0.5)
        >>> net.held
        {'autoreg': 1.0, 'lr': 0.5, 'ridge': 0.0001, 'teacher': 0.0}
        """
        return dict(self._engine.held())

    @property
    def clipped(self) -> int:
        """Input samples repaired since the last reset or clear: not finite, or beyond ±1e6.

        Examples
        --------
        >>> from specml import AutoRegNN
        >>> net = AutoRegNN()
        >>> out, error = net.process([0.5, float("nan"), 1e9])
        >>> net.clipped
        2
        """
        return self._engine.clipped

    @property
    def samples(self) -> int:
        """Samples processed since its weights were drawn; `clear` leaves the count.

        Examples
        --------
        >>> from specml import Unlearn
        >>> net = Unlearn()
        >>> out = net.process(480)
        >>> net.samples
        480
        """
        return self._engine.samples

    def reset(self, seed: int | None = None) -> None:
        """Draw new weights, forget sound and both counts of samples; a glide ends.

        Parameters
        ----------
        seed : int, optional
            0..2^64 - 1; without it, the last one again.

        Raises
        ------
        ValueError
            If `seed` is not such a number.

        Examples
        --------
        >>> from specml import Unlearn
        >>> net = Unlearn(seed=3)
        >>> first = net.process(100)
        >>> net.reset()
        >>> (net.process(100) == first).all().item(), net.samples
        (True, 100)
        """
        self._seed = self._seed if seed is None else checks.integer("seed", seed, 0, 2**64 - 1)
        self._engine.reset(self._seed)
        self._glide = None

    def clear(self) -> None:
        """Forget sound and the count of repaired samples, keep weights.

        Examples
        --------
        >>> import numpy as np
        >>> from specml import AutoRegNN
        >>> net = AutoRegNN()
        >>> out, error = net.process(np.sin(np.arange(100)))
        >>> learnt = net.parameters
        >>> net.clear()
        >>> (net.parameters == learnt).all().item(), net.state()["past_out"].any().item()
        (True, False)
        """
        self._engine.clear()

    def _set(self, controls: Mapping[str, object], n: int) -> dict[str, Array]:
        """Set the scalars among `controls`; return the others as signals ``(n,)``."""
        checked = {name: checks.control(name, value, n) for name, value in controls.items()}
        for name, value in checked.items():
            if not isinstance(value, np.ndarray):
                self._engine.set(name, value)
        return {name: value for name, value in checked.items() if isinstance(value, np.ndarray)}

    def state(self) -> State:
        """Return a copy of everything it is and remembers: arrays of 64-bit numbers by name.

        Two models with equal states stay equal for ever, on either engine, if they are told the
        same. `restore` puts a state back; `copy.copy`, `copy.deepcopy` and `pickle` work too.

        Returns
        -------
        dict of str to ndarray
            The shape, seed, settings, what the controls hold and are now, the past
            (newest first), how many samples were repaired, and how many it has lived; what it has
            learnt; of an `Unlearn` S, generator, sample rate and functions, as places in
            ``FUNCTIONS`` and ``INTEGRATORS`` of `specml.reference.unlearn`. What each snapshot
            holds, as ``snapshots/NAME/parameters``. Of a glide ``glide``, its steps and the samples
            until the next, and where to, as ``glide/parameters``.

        Examples
        --------
        >>> from specml import AutoRegNN
        >>> state = AutoRegNN(size=2, width=3).state()
        >>> state["shape"].tolist(), state["parameters"].shape
        ([2, 3, 1], (13,))
        """
        snapshots = kept.of_snapshots(self._kept) | self._of_glide()
        return self._sound() | self._learnt() | self._more() | snapshots

    def _of_glide(self) -> State:
        """Return what of a state belongs to a glide, if there is one."""
        if not self._glide:
            return {}
        way = np.array([self._glide.steps, max(self._wait(), 1)])
        return {"glide": way, **kept.renamed("glide/", self._glide.target)}

    def _more(self) -> State:
        """Return what only some models remember."""
        return {}

    def _sound(self) -> State:
        """Return what is told to a model, and what it remembers of the sound."""
        shape = [getattr(self._engine, name) for name in self.settings]
        return {
            "shape": np.array(shape, np.int64),
            "seed": np.array([self._seed], np.uint64),
            "scale": np.array([self.scale]),
            "held": np.array([*self._engine.held().values()]),
            "now": np.array([*self._engine.now().values()]),
            **{f"past_{name}": row.copy() for name, row in self._engine.past().items()},
            "clipped": np.array([self.clipped], np.uint64),
            "samples": np.array([self.samples], np.uint64),
        }

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Become what a model of this shape was, on either engine, when it gave this `state`.

        Raises
        ------
        ValueError
            If a part is missing, unknown, of another shape, or nothing such a model can hold; it is
            then as it was.

        Examples
        --------
        >>> import numpy as np
        >>> from specml import AutoRegNN
        >>> x, net, twin = np.sin(np.arange(200)), AutoRegNN(), AutoRegNN(seed=2, engine="numpy")
        >>> out, error = net.process(x[:100])
        >>> twin.restore(net.state())
        >>> (net.process(x[100:])[0] == twin.process(x[100:])[0]).all().item()
        True
        """
        own, snapshots, glide = kept.parted(state)
        ranges, learnt = self._ranges(), self._learnt()
        checked = checks.state(own, self._sound() | learnt | self._more(), ranges)
        found = {name: kept.checked(repr(name), parts, learnt, ranges)
                 for name, parts in snapshots.items()}  # fmt: skip
        way = kept.checked_glide(glide, learnt, ranges)
        self._restore(checked)
        self._learn(checked)
        self._kept, self._glide = found, None
        if way:
            self._set_glide(*way)

    def _ranges(self) -> Ranges:
        """Return the least and the greatest that each part of a state may hold."""
        shape = np.array([getattr(self._engine, name) for name in self.settings])
        low, high, _ = np.array([*self.controls.values()]).T
        return {
            "shape": (shape, shape),
            "scale": (0.0, 100.0),
            "held": (low, high),
            "now": (low, high),
            **dict.fromkeys(("seed", "clipped", "samples"), (0, 2**64 - 1)),
        }

    def _restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        engine = self._engine
        self._seed = int(state["seed"][0])
        engine.set_scale(float(state["scale"][0]))
        for k, name in enumerate(self.controls):
            engine.set(name, float(state["held"][k]))
            engine.set_now(name, float(state["now"][k]))
        past = {name: row for name, row in state.items() if name.startswith("past_")}
        engine.set_past({name.removeprefix("past_"): row for name, row in past.items()})
        engine.set_clipped(int(state["clipped"][0]))
        engine.set_samples(int(state["samples"][0]))

    def save(self, path: Name) -> None:
        """Write all there is of it into a file, which Pure Data and Max read too.

        Equal models are equal files. The format is safetensors; docs/state.md says what is in it.
        An old file stays whole whatever happens meanwhile, until the new one takes its place.

        Parameters
        ----------
        path : str or path-like
            The file.

        Raises
        ------
        OSError
            If the system cannot write it; nothing has changed then.

        Notes
        -----
        It takes as much memory as the weights, the synapses and the delay lines have, once.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> import specml
        >>> net = specml.Unlearn(neurons=4)
        >>> out = net.process(100)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     net.save(Path(folder) / "net.safetensors")
        ...     twin = specml.load(Path(folder) / "net.safetensors")
        >>> (net.process(100) == twin.process(100)).all().item()
        True
        """
        save(self, path)

    def load_weights(self, path: Name, channel: int = 1) -> None:
        """Take what a file's network has learnt; sound, controls and snapshots stay. A glide ends.

        Parameters
        ----------
        path : str or path-like
            A state file of a model of this kind and shape.
        channel : int
            Which of the file's networks, 1..

        Raises
        ------
        ValueError
            If it is no such file, as for `specml.load`; the model is then as it was.
        OSError
            If the system cannot read it.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> from specml import AutoRegNN
        >>> net, other = AutoRegNN(seed=1), AutoRegNN(seed=2)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     net.save(Path(folder) / "net.safetensors")
        ...     other.load_weights(Path(folder) / "net.safetensors")
        >>> (net.parameters == other.parameters).all().item()
        True
        """
        self._begin(Contents(path, channel, self._allow).learnt(), 0)

    def _allow(self, told: Told) -> None:
        """Refuse a file of another kind or shape."""
        if told.kind != self._kind:
            raise ValueError(f"it is of the model {told.kind}, this is {self._kind}")
        mine = [getattr(self._engine, name) for name in self.settings]
        its = [told.settings[name] for name in self.settings]
        if mine != its:
            raise ValueError(f"it must be of shape {mine}, not {its}")

    def _take(self, contents: Contents) -> None:
        """Become what a file holds; it was made with its settings."""
        held = np.array([contents.told.settings[name] for name in self.controls])
        told = {"held": held, "now": held} | contents.heard()
        self._restore(self._sound() | self._more() | told)
        self._learn(contents.learnt())
        self._kept = contents.snapshots()
        if contents.told.glide:
            self._set_glide(contents.target(), *contents.told.glide)

    def __copy__(self: _T) -> _T:
        """Return a second one that shares nothing with it."""
        twin = type(self).__new__(type(self))
        Model.__init__(twin, self._seed, self._engine.copy())
        twin._kept, twin._glide = self._kept.copy(), self._glide  # what they hold never changes
        return twin

    def __deepcopy__(self: _T, memo: dict[int, object]) -> _T:
        """Return a second one that shares nothing with it."""
        return self.__copy__()

    def __reduce__(self) -> tuple[Callable[..., "Model"], tuple[object, ...]]:
        """Pickle its shape, engine and state."""
        settings = {name: getattr(self._engine, name) for name in self.settings}
        return remade, (type(self), settings | {"engine": self.engine}, self.state())


def remade(
    model: Callable[..., _T], settings: Mapping[str, object], state: Mapping[str, NDArray[Any]]
) -> _T:
    """Return what was pickled."""
    made = model(**settings)
    made.restore(state)
    return made


def _unknown(model: type, name: str) -> str:
    """Return what to say of a name that `model` does not have."""
    properties = {key: part for cls in model.__mro__ for key, part in vars(cls).items()
                  if isinstance(part, property) and part.fset}  # fmt: skip
    return (
        f"{model.__name__} has no {name!r} to assign; it has {', '.join(sorted(properties))}. "
        f"Controls are given to process()"
    )


def read_only(array: _A) -> _A:
    """Return `array`, which is a copy: to write to it raises an error instead of doing nothing."""
    array.flags.writeable = False
    return array


class NetworkModel(Model):
    """One network or two of one shape, with parameters to read and write."""

    settings = ("size", "width", "layers")
    _engine: NetworkEngine

    def __init__(
        self, size: int = 12, width: int = 8, layers: int = 1, seed: int = 1, scale: float = 1.0,
        engine: str = "core",
    ) -> None:  # fmt: skip
        build = choose(engine, *self._engines())
        settings = checks.network(size, width, layers, seed, scale)
        super().__init__(settings[3], build(*settings))

    @staticmethod
    @abstractmethod
    def _engines() -> tuple[NetworkMaker, NetworkMaker]:
        """Return what makes the C core and the reference."""

    @property
    def size(self) -> int:
        """P, past samples seen.

        Examples
        --------
        >>> from specml import AutoRegNN
        >>> AutoRegNN().size
        12
        """
        return int(self._engine.size)

    @property
    def width(self) -> int:
        """H, units in a hidden layer.

        Examples
        --------
        >>> from specml import AutoRegNN
        >>> AutoRegNN().width
        8
        """
        return int(self._engine.width)

    @property
    def layers(self) -> int:
        """L, hidden layers.

        Examples
        --------
        >>> from specml import AutoRegNN
        >>> AutoRegNN().layers
        1
        """
        return int(self._engine.layers)

    @property
    def parameters(self) -> Array:
        """Weights and biases ``(count,)``, of two networks ``(2, count)``; assignable as a whole.

        What is read is a copy that cannot be written to: ``net.parameters = 0.5 * net.parameters``.
        Canonical order: for each layer, for each unit its weights in input order (layer 1: newest
        sample first), then that layer's biases; then the output's weights, then its bias.

        Examples
        --------
        >>> import numpy as np
        >>> from specml import AutoRegNN
        >>> net = AutoRegNN(size=8, width=8)
        >>> net.parameters.shape
        (81,)
        >>> net.parameters = np.zeros(81)
        >>> round(net.process([0.5])[0].item(), 3)
        0.05
        """
        return read_only(self._engine.parameters)

    @parameters.setter
    def parameters(self, values: ArrayLike) -> None:
        self._engine.parameters = checks.parameters(values, self._engine.parameters.shape)

    def _learnt(self) -> Learnt:
        return {"parameters": self._engine.parameters}

    def _learn(self, learnt: Learnt) -> None:
        self._engine.parameters = learnt["parameters"]

    def _ranges(self) -> Ranges:
        ins = (-finite.SAMPLE_MAX, finite.SAMPLE_MAX)
        return super()._ranges() | {
            "parameters": (-finite.WEIGHT_MAX, finite.WEIGHT_MAX),
            **dict.fromkeys(("past_in", "past_in1", "past_in2"), ins),
            "past_out": (-1.0, 1.0),
        }

"""A sweep: what varies around which runs, so that every row is known before anything is run."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import __version__, checks
from ..reference.arrays import Array
from ..running import Config
from ..running.texts import relative
from . import design
from .axes import Axis

ROWS_MAX = 10**9


@dataclass(frozen=True)
class Row:
    """One run of a sweep.

    Attributes
    ----------
    row : int
        Its number.
    base : str
        The name of the run that it varies.
    run : Config
        That run.
    values : mapping
        What is told to it instead, by name.
    factors : mapping
        By which some of these were multiplied.
    """

    row: int
    base: str
    run: Config
    values: Mapping[str, Any]
    factors: Mapping[str, float]

    def config(self) -> Config:
        """Return all that it is told.

        Raises
        ------
        ValueError
            If a value is not allowed beside the others, as more inputs than neurons.

        Examples
        --------
        >>> run = Config.from_dict({"model": "unlearn", "seconds": 1})
        >>> Row(0, "run", run, {"mu": 0.5, "seed": 9}, {}).config().seed
        9
        """
        return self.run.told(self.values)


@dataclass(frozen=True)
class Spec:
    """A sweep: every row is a pure function of it and of the row's number.

    Attributes
    ----------
    bases : mapping of str to Config
        The runs that are varied, by name: of an example, or ``run``.
    design : {"grid", "random", "sobol"}
        How its points lie.
    axes : tuple of Axis
        What it goes over.
    points : int
        For each base.
    seeds : range or tuple of int
        Each point is run with each of them; empty: with the base's own.
    seed : int
        Of the design.
    measures : tuple of str
        What is measured.
    files, modules : mapping
        The SHA-256 of every file that a run reads, by its path, and of every module whose
        functions are measures, by its name.

    Examples
    --------
    >>> run = Config.from_dict({"model": "unlearn", "seconds": 1})
    >>> spec = Spec({"run": run}, "sobol", (Axis("mu", low=0.0, high=1.0),), points=8)
    >>> spec.rows, spec.seed, spec.measures
    (8, 1, ())
    """

    bases: Mapping[str, Config]
    design: str
    axes: tuple[Axis, ...]
    points: int
    seeds: Sequence[int] = ()
    seed: int = 1
    measures: tuple[str, ...] = ()
    files: Mapping[Path, str] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many runs it has: bases x points x seeds.

        Examples
        --------
        >>> run = Config.from_dict({"model": "unlearn", "seconds": 1})
        >>> Spec({"run": run}, "grid", (), points=1, seeds=range(1, 6)).rows
        5
        """
        return len(self.bases) * self.points * max(len(self.seeds), 1)

    def between(self, begin: int, end: int) -> list[Row]:
        """Return rows ``begin .. end - 1``.

        Bases are outermost, then points; seeds run fastest.

        Examples
        --------
        >>> run = Config.from_dict({"model": "unlearn", "seconds": 1})
        >>> axis = Axis("mu", low=0.0, high=1.0, steps=3)
        >>> spec = Spec({"run": run}, "grid", (axis,), points=3, seeds=(1, 2))
        >>> [row.values for row in spec.between(1, 4)]
        [{'mu': 0.0, 'seed': 2}, {'mu': 0.5, 'seed': 1}, {'mu': 0.5, 'seed': 2}]
        """
        block = self.rows // len(self.bases)
        return [row for k, name in enumerate(self.bases)
                for row in self._of(name, k * block, max(begin, k * block),
                                    min(end, (k + 1) * block))]  # fmt: skip

    def _of(self, name: str, offset: int, begin: int, end: int) -> list[Row]:
        """Return those of the rows of a base, which begin at `offset`."""
        if begin >= end:
            return []
        run, seeds = self.bases[name], max(len(self.seeds), 1)
        low, high = (begin - offset) // seeds, (end - 1 - offset) // seeds + 1
        values, factors = self._points(run, low, high)
        found = []
        for row in range(begin, end):
            point, seed = divmod(row - offset, seeds)
            own = {"seed": self.seeds[seed]} if self.seeds else {}
            found.append(Row(row, name, run, values[point - low] | own, factors[point - low]))
        return found

    def _points(self, run: Config, low: int, high: int) -> tuple[list[dict[str, Any]], ...]:
        """Return what is told at points ``low .. high - 1``, and the factors in it."""
        values: list[dict[str, Any]] = [{} for _ in range(low, high)]
        factors: list[dict[str, Any]] = [{} for _ in range(low, high)]
        places = self.places(low, high)
        for k, axis in enumerate(self.axes):
            for point, value in enumerate(axis.at(places[:, k])):
                values[point][axis.name] = (
                    multiplied(run, axis.name, value) if axis.times else value
                )
                if axis.times:
                    factors[point][axis.name] = value
        return values, factors

    def places(self, begin: int, end: int) -> Array:
        """Return points ``begin .. end - 1`` as places in 0..1, ``(end - begin, axes)``.

        Examples
        --------
        >>> run = Config.from_dict({"model": "unlearn", "seconds": 1})
        >>> axis = Axis("mu", low=200.0, high=300.0, steps=3)
        >>> Spec({"run": run}, "grid", (axis,), points=3).places(1, 3).tolist()
        [[0.5], [1.0]]
        """
        if self.design == "grid":
            return design.grid([axis.steps for axis in self.axes], begin, end)
        made = design.random if self.design == "random" else design.sobol
        return made(len(self.axes), self.seed, begin, end)

    def described(self, folder: Path) -> dict[str, Any]:
        """Return all that rows depend on, as JSON can hold it: equal for equal sweeps.

        Parameters
        ----------
        folder : Path
            Files are named as they are found from there.

        Examples
        --------
        >>> run = Config.from_dict({"model": "unlearn", "seconds": 1})
        >>> spec = Spec({"run": run}, "grid", (), points=1, seeds=range(1, 6))
        >>> read(spec.described(Path()), Path()) == spec
        True
        """
        return {
            "specml": __version__,
            "design": self.design,
            "points": self.points,
            "seed": self.seed,
            "seeds": _seeds(self.seeds),
            "axes": [vars(axis) | {"values": list(axis.values)} for axis in self.axes],
            "measures": list(self.measures),
            "bases": {name: run.as_dict(folder) for name, run in self.bases.items()},
            "files": {relative(path, folder).as_posix(): digest
                      for path, digest in self.files.items()},
            **({"modules": dict(self.modules)} if self.modules else {}),
        }  # fmt: skip


def multiplied(run: Config, name: str, factor: float) -> float | str:
    """Return a run's own value times a factor; what moves over time moves times it.

    Examples
    --------
    >>> run = Config.from_dict({"model": "unlearn", "preset": "chatter"})
    >>> multiplied(run, "nu", 0.5), multiplied(run, "strength", 0.5)
    (0.2, '0.5 * (max(18, 160 - 142 * n / samples))')
    """
    own = run.controls[name] if name in run.controls else run.settings[name]
    if isinstance(own, str):
        return f"{factor!r} * ({own})"
    return factor * own


def read(described: Mapping[str, Any], folder: Path) -> Spec:
    """Return the sweep that `Spec.described` described, as seen from `folder`."""
    bases = {name: Config.from_dict(told, folder) for name, told in described["bases"].items()}
    axes = [Axis(**told | {"values": tuple(told["values"])}) for told in described["axes"]]
    return Spec(
        bases, described["design"], tuple(axes), described["points"], seeds_of(described["seeds"]),
        described["seed"], tuple(described["measures"]),
        {folder / name: digest for name, digest in described["files"].items()},
        described.get("modules", {}),
    )  # fmt: skip


def seeds_of(told: object) -> Sequence[int]:
    """Return seeds: ``"1:5"`` is 1 to 5; else a list of them, or one number.

    Examples
    --------
    >>> seeds_of("1:3"), seeds_of(7), seeds_of([2, 9])
    (range(1, 4), (7,), (2, 9))
    """
    if isinstance(told, str) and (found := re.fullmatch(r"(\d{1,20}):(\d{1,20})", told)):
        low, high = map(int, found.groups())
        if not low <= high < min(2**64, low + ROWS_MAX):
            raise ValueError(
                f"seeds: FIRST:LAST wants first <= last < 2^64, at most {ROWS_MAX}, not {told}"
            )
        return range(low, high + 1)
    listed = told if isinstance(told, list) else [told]
    if len(set(map(str, listed))) < len(listed):
        raise ValueError(f"seeds: FIRST:LAST, a number, or a list, each once, not {told!r}")
    return tuple(checks.integer("seeds", seed, 0, 2**64 - 1) for seed in listed)


def _seeds(seeds: Sequence[int]) -> str | list[int]:
    """Return seeds as they are told."""
    return f"{seeds[0]}:{seeds[-1]}" if isinstance(seeds, range) else list(seeds)

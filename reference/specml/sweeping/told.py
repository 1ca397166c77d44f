"""A sweep as it is told: a file of TOML, checked before anything is run."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import checks, core, toml
from ..files import sha256
from ..running import Config, words
from ..running.record import files
from ..running.sources import place
from . import design
from .axes import Axis, axis_of
from .measures import measure, modules
from .spec import ROWS_MAX, Spec, multiplied, seeds_of

TABLES = ("run", "sweep")
SWEEP = ("design", "points", "seed", "seeds", "seconds", "measures", "over")
SEED = words.table("unlearn")["seed"]
MOST = 1 << design.BITS  # points


def from_file(path: Path) -> Spec:
    r"""Return the sweep that a file tells of.

    Raises
    ------
    ValueError
        If it is no TOML, or something is missing or not allowed: the error names it.
    OSError
        If it, or a file that it names, cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "seeds.toml"
    ...     _ = path.write_text('[run]\naround = "wind"\n[sweep]\nseeds = "1:20"\nseconds = 1')
    ...     from_file(path).rows
    20
    """
    try:
        told = toml.read(path)
    except ValueError as error:
        raise ValueError(f"it is no TOML: {error}") from error
    return from_dict(told, path.parent)


def from_dict(told: Mapping[str, Any], folder: Path) -> Spec:
    """Return the sweep that tables tell of, as a file has them; files are found from `folder`.

    Examples
    --------
    >>> told = {"run": {"around": ["wind", "clicks"]},
    ...         "sweep": {"design": "sobol", "points": 8, "seconds": 1, "measures": ["level"],
    ...                   "over": {"mu": {"factor": [0.5, 2]}}}}
    >>> from_dict(told, Path()).rows
    16
    """
    _known("a sweep", told, TABLES)
    run, sweep = _table("run", told), _table("sweep", told)
    _known("[sweep]", sweep, SWEEP)
    bases = _bases(run, sweep, folder)
    kind = checks.name("design", sweep.get("design", "grid"), design.DESIGNS)
    axes = tuple(_axis(name, given, bases, kind == "grid")
                 for name, given in _table("over", {"over": {}, **sweep}).items())  # fmt: skip
    seeds = seeds_of(sweep["seeds"]) if "seeds" in sweep else ()
    if seeds and any(axis.name == "seed" for axis in axes):
        raise ValueError("seeds and over.seed: one of them says which seeds, not both")
    names = _measures(sweep.get("measures", []))
    spec = Spec(
        bases, kind, axes, _points(sweep, kind, axes), seeds,
        checks.integer("seed", sweep.get("seed", 1), 0, 2**64 - 1), names,
        {path: sha256(path) for run in bases.values() for path in files(run)},
        {module: sha256(path) for module, path in modules(names).items()},
    )  # fmt: skip
    if spec.rows > ROWS_MAX:
        raise ValueError(f"a sweep has at most {ROWS_MAX} rows, not {spec.rows}")
    return spec


def _table(name: str, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a table of the file."""
    if not isinstance(told.get(name), Mapping):
        raise ValueError(f"it has no table [{name}]")
    table: Mapping[str, Any] = told[name]
    return table


def _measures(names: object) -> tuple[str, ...]:
    """Return the names of measures that there are."""
    if not isinstance(names, list) or len(set(map(str, names))) < len(names):
        raise ValueError(f"measures is a list of names, each once, not {names!r}")
    for name in names:
        measure(str(name))
    return tuple(map(str, names))


def _known(what: str, told: Mapping[str, Any], names: tuple[str, ...]) -> None:
    unknown = [name for name in told if name not in names]
    if unknown:
        raise ValueError(f"{what} has no {unknown[0]!r}; there is {', '.join(names)}")


def _bases(run: Mapping[str, Any], sweep: Mapping[str, Any], folder: Path) -> dict[str, Config]:
    """Return the runs that are varied, by name."""
    length = {"seconds": sweep["seconds"]} if "seconds" in sweep else {}
    if length and ("seconds" in run or "samples" in run):
        raise ValueError("seconds stands in [run] and in [sweep]: once is enough")
    told = {**run, **length}
    if "around" not in run:
        return {"run": Config.from_dict(told, folder)}
    around = told.pop("around")
    names = [around] if isinstance(around, str) else list(around)
    if not names or len(set(names)) < len(names):
        raise ValueError(f"around: a list of examples, each once, not {around!r}")
    for name in names:
        checks.name("around", name, tuple(core.presets()))
    return {name: Config.from_dict({"model": "unlearn", **told, "preset": name}, folder)
            for name in names}  # fmt: skip


def _axis(name: str, given: object, bases: Mapping[str, Config], grid: bool) -> Axis:
    """Return an axis; both of its ends are allowed in every run."""
    if not isinstance(given, Mapping):
        raise ValueError(f"{name}: it takes {{low = .., high = ..}} and the like, not {given!r}")
    axis = None
    for base, run in bases.items():
        known = {**words.settings(run.model), **words.controls(run.model), "seed": SEED}
        if name not in known:
            raise ValueError(f"{run.model} has no {name!r}; it has {', '.join(known)}")
        word = known[name]
        axis = axis_of(name, given, word.kind, grid)
        for value in axis.values or (axis.low, axis.high):
            if not axis.times:
                word.checked(value)
            elif not isinstance(told := _multiplied(run, base, name, value), str):
                word.checked(told)
    assert axis is not None
    return axis


def _multiplied(run: Config, base: str, name: str, factor: float) -> float | str:
    """Return a value of a run times a factor, if it can be multiplied."""
    own = run.controls.get(name)
    if isinstance(own, str) and place(own):
        raise ValueError(f"{name}: no factor multiplies {own}, of which {base} takes it")
    return multiplied(run, name, factor)


def _points(sweep: Mapping[str, Any], kind: str, axes: tuple[Axis, ...]) -> int:
    """Return how many points there are around each run."""
    if kind == "grid":
        if "points" in sweep:
            raise ValueError("points: a grid has as many as its steps make")
        return design.count([axis.steps for axis in axes])
    if not axes:
        raise ValueError(f"design {kind!r} wants something in [sweep.over]")
    return checks.integer("points", sweep.get("points"), 1, MOST)

"""What a reviewer asks: whether a record, computed again here, gives the same samples."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import soundfile

from .. import __version__, core
from ..examples import EXAMPLES, Example, Run
from ..files import sha256
from ..reference.arrays import Array
from ..render import bar_of, fitted, read_input
from . import record
from .config import Config
from .record import Decoded
from .streams import rendering

SAME, DIFFERENT, IMPOSSIBLE = 0, 1, 2


class Answer(NamedTuple):
    """0: the same, 1: different, 2: it could not be computed; and one line that says it."""

    code: int
    line: str


class _Again(NamedTuple):
    """What is rendered again: what it is, rate in Hz, length, samples, the sound if that is there.

    `decoded` is what has been read from files meanwhile.
    """

    what: str
    samplerate: float
    samples: int
    blocks: Iterator[Array]
    sound: Path
    decoded: Decoded


def judged(path: Path, progress: bool = False) -> Answer:
    """Render again what a record tells of, and compare the SHA-256 of its samples.

    Parameters
    ----------
    path : Path
        A record of ``specml render`` or ``specml run``.
    progress : bool
        Show a bar on a terminal.

    Returns
    -------
    Answer
        What came out. Where the sound stands beside the record, a difference is named by its first
        sample.

    Examples
    --------
    >>> import tempfile
    >>> from specml.running.saving import save
    >>> run = Config.from_dict({"model": "unlearn", "samples": 9})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = save(run, Path(folder, "o.wav"))
    ...     judged(Path(folder, "o.json")).code
    0
    """
    try:
        said = record.read(path)
        again = _run(said, path) if "run" in said else _example(said, path)
        with bar_of(path.name, again.samples, progress) as bar:
            return _compared(said, again, path, bar.update)
    except (ValueError, OSError, KeyError, TypeError) as error:
        why = f"it lacks {error}" if isinstance(error, KeyError) else _one_line(error)
        return Answer(IMPOSSIBLE, f"{path.name}: CANNOT be rendered again: {why}")


def _one_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return " ".join(str(error).split())


def _run(said: Mapping[str, Any], path: Path) -> _Again:
    other = record.changed(said, path.parent)
    if other:
        raise ValueError(other)
    config, decoded = Config.from_dict(said["run"], path.parent), Decoded()
    what = f"{config.model}, seed {config.seed}"
    blocks = rendering(config, "core", decoded.add).blocks
    return _Again(
        what, config.samplerate, config.samples, blocks, path.parent / said["file"], decoded
    )


def _example(said: Mapping[str, Any], path: Path) -> _Again:
    if said["example"] not in EXAMPLES:
        raise ValueError(f"there is no example {said['example']!r} in specml {__version__}")
    example = EXAMPLES[said["example"]]
    x = _played(said, path, example) if said["input"] else None
    run = Run(said["samples"], said["seed"], "core", said["samplerate"], x)
    what = f"{example.name}, seed {run.seed}"
    blocks = example.start(run).blocks
    return _Again(what, run.samplerate, run.samples, blocks, path.with_suffix(".wav"), Decoded())


def _played(said: Mapping[str, Any], path: Path, example: Example) -> Array:
    """Return what an example heard, from the record's folder or the current one."""
    told = said["input"]
    if not told["file"]:
        raise ValueError(f"{example.name} heard a sound that is in no file")
    places = [folder / told["file"] for folder in (path.parent, Path())]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise ValueError(f"{told['file']}, which {example.name} heard, is missing")
    heard = read_input(found, said["samplerate"])
    if heard.file_sha256 != told["file_sha256"]:
        raise ValueError(f"{found} has changed since {example.name} heard it")
    x = fitted(heard.samples, said["samples"])
    if hashlib.sha256(x.astype("<f8").tobytes()).hexdigest() != told["sha256"]:
        raise ValueError(f"{found} is decoded or resampled to other samples here")
    return x


def _compared(
    said: Mapping[str, Any], again: _Again, path: Path, done: Callable[[int], object]
) -> Answer:
    digest, samples, channels = hashlib.sha256(), 0, 0
    sound = _Sound(again.sound, said["file_sha256"])
    for block in again.blocks:
        frames = np.ascontiguousarray(block.T, "<f4")
        digest.update(frames.tobytes())
        sound.compare(frames, samples)
        samples, channels = samples + len(frames), frames.shape[1]
        done(len(frames))
    then, now = said["sha256"], digest.hexdigest()
    versions = _versions(said["versions"]["specml"])
    of = f"{channels} channel{'s' * (channels != 1)}"
    facts = f"{again.what}, {samples} samples of {of} at {again.samplerate:g} Hz"
    for name, its in again.decoded.all().items():
        if its != said["decoded"].get(name):
            return Answer(IMPOSSIBLE, f"{path.name}: CANNOT be rendered again: {name} is decoded "
                          f"from its file to other samples here ({facts})")  # fmt: skip
    if then == now:
        return Answer(SAME, f"{path.name}: SAME SHA-256 {then[:16]}.., {facts}; {versions}")
    where = sound.where(again.samplerate)
    return Answer(DIFFERENT, f"{path.name}: DIFFERENT SHA-256, {now[:16]}.. and not {then[:16]}..; "
                  f"{where}; {facts}; {versions}")  # fmt: skip


def _versions(then: str) -> str:
    isa = f"on {core.isa()} here"
    if then == __version__:
        return f"specml {then} then and now, {isa}"
    return f"specml {then} then, {__version__} now, {isa}"


class _Sound:
    """The sound beside a record, if it is the one that the record tells of."""

    def __init__(self, path: Path, digest: str) -> None:
        self._path, self._first = path, ""
        whole = path.is_file() and sha256(path) == digest
        self._file = soundfile.SoundFile(path) if whole else None

    def compare(self, now: Any, begin: int) -> None:
        """Find the first sample that differs, ``(n, channels)`` from `begin` on."""
        if self._file is None or self._first:
            return
        then = self._file.read(len(now), "float32", always_2d=True)
        if then.shape != now.shape:
            self._first = "other channels or samples"
            return
        differs = np.argwhere(then.view(np.uint32) != now.view(np.uint32))
        if len(differs):
            at, channel = (int(k) for k in differs[0])
            pair = f"{float(then[at, channel]).hex()} then, {float(now[at, channel]).hex()} now"
            self._first = f"{begin + at}, channel {channel + 1}: {pair}"

    def where(self, samplerate: float) -> str:
        """Return where the first difference is."""
        if self._first[:1].isdigit():
            seconds = int(self._first.split(",")[0]) / samplerate
            return f"first at {seconds:.6f} s, sample {self._first}"
        if self._file is not None:
            return self._first or f"{self._path.name} holds what is rendered now"
        return f"{self._path.name} is not there as it was, to say where"

"""A run as files: the sound, its record, and the state in which it ended."""

import errno
import os
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ..examples import Rendering
from ..files import named, unit
from ..render import bar_of, write_record
from ..state import save_channels
from ..wav import Wav
from .config import Config
from .record import Decoded, channels, describe, files
from .streams import Feed, rendering


class Written(NamedTuple):
    """What a run has come to: its networks, and what a record says of its samples."""

    networks: Rendering
    facts: dict[str, object]

    @property
    def repaired(self) -> int:
        """Input samples that were not finite, or beyond ±1e6."""
        return int(str(self.facts["repaired"]))


def write(config: Config, file: BinaryIO, engine: str = "core", progress: bool = False) -> Written:
    """Run, and write a WAV to a file or a pipe, block by block.

    Parameters
    ----------
    config : Config
        The run.
    file : binary file
        Is written to.
    engine : {"core", "numpy"}
        What computes.
    progress : bool
        Show a bar on a terminal.

    Raises
    ------
    ValueError, OSError
        If a file or an expression is not what it should be; if `file` cannot be written.

    Examples
    --------
    >>> import io
    >>> run = Config.from_dict({"model": "unlearn", "samples": 100})
    >>> write(run, io.BytesIO()).facts["repaired"]
    0
    """
    decoded = Decoded()
    started = rendering(config, engine, decoded.add)
    before = sum(model.clipped for model in started.models)
    wav = Wav(file, config.samplerate, len(channels(config)), config.samples)
    with bar_of(config.model, config.samples, progress) as bar:
        for block in started.blocks:
            wav.write(block)
            bar.update(block.shape[1])
    repaired = sum(model.clipped for model in started.models) - before
    return Written(started, {
        "sha256": wav.sha256, "file_sha256": wav.file_sha256, "decoded": decoded.all(),
        "repaired": repaired,
    })  # fmt: skip


def save(
    config: Config, path: Path, engine: str = "core", progress: bool = False,
    state: Path | None = None,
) -> Written:  # fmt: skip
    """Run, and write NAME.wav and the record NAME.json, and if asked for the state.

    Sound and record appear together when both are whole, the state before them; whatever fails, or
    Ctrl-C, leaves all as it was.

    Parameters
    ----------
    config : Config
        The run.
    path : Path
        The sound.
    engine : {"core", "numpy"}
        What computes.
    progress : bool
        Show a bar on a terminal.
    state : Path, optional
        Where the networks are kept as they are in the end, each channel's.

    Raises
    ------
    ValueError
        If `path` is no WAV, or one of these is a file that the run reads; as for `write`.
    OSError
        If a file cannot be read or written; it names the file.

    Examples
    --------
    >>> import tempfile
    >>> run = Config.from_dict({"model": "unlearn", "samples": 9})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = save(run, Path(folder, "o.wav"))
    ...     sorted(path.name for path in Path(folder).iterdir())
    ['o.json', 'o.wav']
    """
    if path.suffix.lower() != ".wav":
        raise ValueError(f"the sound must be a .wav, not {path}")
    record = path.with_suffix(".json")
    check(config, [path, record], state)
    with unit(path.parent, path.stem, ("json", path.suffix[1:])) as beside:
        try:
            with (beside / path.name).open("wb") as file:
                written = write(config, file, engine, progress)
        except OSError as error:
            with named(path if error.filename is None else Path(error.filename)):
                raise
        said = describe(config, path.parent, engine, {"file": path.name} | written.facts)
        with named(record):
            write_record(beside / record.name, said)
        if state:
            save_channels(written.networks.models, state)
    return written


def check(config: Config, paths: list[Path], state: Path | None = None) -> None:
    """Find out whether a run can be read and written, before it is computed.

    Parameters
    ----------
    config : Config
        The run.
    paths : list of Path
        What will be written.
    state : Path, optional
        Where the state will be written, which may be the one from which it goes on.

    Raises
    ------
    ValueError
        If one of them is a file that the run reads, or the state is one of the others.
    OSError
        If a file cannot be read, or there is no folder for the state.

    Examples
    --------
    >>> check(Config.from_dict({"model": "unlearn", "samples": 9}), [Path("o.wav")])
    """
    Feed(config).close()
    read = [path.resolve() for path in files(config)]
    kept = [state] if state else []
    for path in paths + kept:
        goes_on = path is state and config.state is not None and (
            path.resolve() == Path(config.state).resolve())  # fmt: skip
        if path.resolve() in read and not goes_on:
            raise ValueError(f"{path} is read by the run: write to another file")
    if state and state.resolve() in [path.resolve() for path in paths]:
        raise ValueError(f"{state} cannot be the sound, its record and the state at once")
    for path in kept:
        if not path.absolute().parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path.parent))

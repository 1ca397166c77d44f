"""Render an example to files: the sound, a picture of it, and a record of what was computed."""

import hashlib
import io
import json
import platform
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import scipy
import scipy.io.wavfile
import soundfile
from numpy.typing import NDArray
from tqdm import tqdm

from . import __version__, core
from .container import write
from .examples import Example, Rendering, Run
from .files import named, sha256, unit
from .reference.arrays import Array
from .settings import printed
from .trace import Trace
from .wav import Wav

__all__ = ["Heard", "describe", "read_input", "render", "save"]

SOURCE = (
    "L. Döbereiner and D. Pirrò, Speculative Machine Learning in Sound Synthesis, "
    "Sound and Music Computing Conference, 2024"
)


class Heard(NamedTuple):
    """A sound from a file: one channel ``(n,)``, its rate in Hz, the file's name and SHA-256.

    Examples
    --------
    >>> import numpy as np
    >>> from specml.render import Heard
    >>> Heard(np.zeros(10), 48000.0, "in.wav", "e3b0").file
    'in.wav'
    """

    samples: Array
    samplerate: float
    file: str
    file_sha256: str


def render(
    example: Example, run: Run, progress: bool = False,
    watch: Callable[[Rendering], None] = lambda rendering: None,
) -> Array:  # fmt: skip
    """Return the samples of an example, ``(channels, samples)``.

    Parameters
    ----------
    example : Example
        One of `specml.examples.EXAMPLES`.
    run : Run
        Length, seed, engine, sample rate, input.
    progress : bool
        Show a bar on a terminal.
    watch : callable, optional
        Is given the models before they are asked for the first block.

    Examples
    --------
    >>> from specml.examples import EXAMPLES, Run
    >>> from specml.render import render
    >>> render(EXAMPLES["interpolate"], Run(480)).shape
    (3, 480)
    """
    samples = np.empty((len(example.channels), run.samples))
    done = 0
    rendering = example.start(run)
    watch(rendering)
    with bar_of(example.name, run.samples, progress) as bar:
        for block in rendering.blocks:
            samples[:, done : done + block.shape[1]] = block
            done += block.shape[1]
            bar.update(block.shape[1])
    return samples


def stream(example: Example, run: Run, file: BinaryIO, progress: bool = False) -> None:
    """Write the samples of an example as a WAV to a file or a pipe, as they come."""
    wav = Wav(file, run.samplerate, len(example.channels), run.samples)
    with bar_of(example.name, run.samples, progress) as bar:
        for block in example.start(run).blocks:
            wav.write(block)
            bar.update(block.shape[1])


def bar_of(name: str, samples: int, progress: bool) -> Any:
    """Return a bar for so many samples, which is shown on a terminal if `progress` says so."""
    return tqdm(total=samples, desc=name, unit=" samples", unit_scale=True, leave=False, delay=0.5,
                disable=None if progress else True)  # fmt: skip


def save(
    example: Example, run: Run, folder: Path, plot: bool = True, progress: bool = False,
    heard: Heard | None = None, trace: int | None = None, paper: bool = False,
) -> list[Path]:  # fmt: skip
    """Render an example and write NAME.wav, NAME.json and, unless told not to, NAME.png.

    If told to, NAME.trace.safetensors as well. NAME is the example's, followed by ``-seedN`` if
    the seed is not its own. The sound is 32-bit float; the record holds every parameter and the
    SHA-256 of the file and of its samples (interleaved, little-endian). The files appear together
    when all are whole, or none does; an older picture or trace does not stay.

    Parameters
    ----------
    heard : Heard, optional
        The file that ``run.input`` is from, for the record.
    trace : int, optional
        Keep what was learnt every so many samples, in memory until it is written: 2 GB at most.
    paper : bool
        Whether the picture is to be printed, as for `specml.plot.draw`.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ImportError
        If a picture is wanted and Matplotlib or SciPy cannot draw it; nothing is rendered then.
    TooLargeError
        If a trace would be larger.
    OSError
        If the folder or a file cannot be written; it names the file.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from specml.examples import EXAMPLES, Run
    >>> from specml.render import save
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = save(EXAMPLES["wind"], Run(480, seed=5), Path(folder), plot=False)
    >>> [path.name for path in paths]
    ['wind-seed5.wav', 'wind-seed5.json']
    """
    if plot:
        from .plot import draw  # here, because Matplotlib takes a second to import

    stem = example.name if run.seed == example.seed else f"{example.name}-seed{run.seed}"
    ends = ["wav", "json", *(["png"] if plot else []), *(["trace.safetensors"] if trace else [])]
    sound, record, *others = (folder / f"{stem}.{end}" for end in ends)
    traces: list[Trace] = []

    def watch(rendering: Rendering) -> None:
        if trace:
            traces.append(Trace(rendering.models, run.samples, trace))

    with unit(folder, stem) as beside:
        samples = render(example, run, progress, watch).astype(np.float32)
        interleaved = np.ascontiguousarray(samples.T, "<f4")
        with named(sound):
            # not by libsndfile, which writes the time into the file
            scipy.io.wavfile.write(beside / sound.name, round(run.samplerate), interleaved)
        described = describe(example, run, interleaved, sha256(beside / sound.name), heard)
        with named(record):
            write_record(beside / record.name, described)
        if plot:
            with named(others[0]):
                draw(beside / others[0].name, example, samples, run.samplerate, paper=paper)
        for kept in traces:
            with named(others[-1]):
                said = {"samplerate": printed(run.samplerate), "example": example.name}
                write(beside / others[-1].name, kept.metadata() | said, kept.tensors())
    return [sound, record, *others]


def describe(
    example: Example,
    run: Run,
    interleaved: NDArray[np.float32],
    file_sha256: str,
    heard: Heard | None,
) -> dict[str, object]:
    """Return the record of a rendering: all that is needed to compute it again.

    Examples
    --------
    >>> import numpy as np
    >>> from specml.examples import EXAMPLES, Run
    >>> from specml.render import describe
    >>> record = describe(EXAMPLES["sine"], Run(1), np.zeros((1, 2), np.float32), "", None)
    >>> record["sha256"][:8], record["settings"]["ridge"]
    ('af5570f5', 0.0001)
    """
    played = None if run.input is None else hashlib.sha256(run.input.astype("<f8").tobytes())
    return {
        "example": example.name,
        "model": example.model,
        "settings": dict(example.settings),
        "choices": list(example.choices),
        "seed": run.seed,
        "samplerate": run.samplerate,
        "samples": run.samples,
        "channels": list(example.channels),
        "sha256": hashlib.sha256(interleaved.tobytes()).hexdigest(),
        "file_sha256": file_sha256,
        "input": None
        if played is None
        else {
            "sha256": played.hexdigest(),
            "file": heard and heard.file,
            "file_sha256": heard and heard.file_sha256,
        },
    } | circumstances(run.engine)


def write_record(path: Path, facts: Mapping[str, object]) -> None:
    """Write a record, as one reads it."""
    text = json.dumps(facts, indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def circumstances(engine: str) -> dict[str, object]:
    """Return what a record says of this machine and its versions, and the source."""
    return {
        "engine": engine,
        "instruction_set": core.isa() if engine == "core" else None,
        "processor": {"machine": platform.machine(), "model": processor()},
        "versions": {
            "specml": __version__,
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "soundfile": soundfile.__version__,
            "libsndfile": soundfile.__libsndfile_version__,
        },
        "source": SOURCE,
    }


def processor() -> str | None:
    """Return the name of the processor's model, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:  # not Linux
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or None


def read_input(path: Path, samplerate: float | None) -> Heard:
    """Read a sound as one channel.

    Parameters
    ----------
    path : Path
        Any file that libsndfile reads; channels are averaged.
    samplerate : float, optional
        In Hz, to resample to; without it the file's own.

    Raises
    ------
    ValueError
        If the file is no sound, or empty.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import numpy as np
    >>> import soundfile
    >>> from specml.render import read_input
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     soundfile.write(Path(folder) / "in.wav", np.zeros((441, 2)), 44100)
    ...     heard = read_input(Path(folder) / "in.wav", 48000)
    >>> heard.samples.shape, heard.samplerate, heard.file
    ((480,), 48000, 'in.wav')
    """
    content = path.read_bytes()
    try:
        channels, rate = soundfile.read(io.BytesIO(content), always_2d=True)
    except soundfile.LibsndfileError as error:
        raise ValueError(
            f"{path} is no sound file that can be read: {error.error_string}"
        ) from error
    if not len(channels):
        raise ValueError(f"{path} holds no samples")
    x, digest = channels.mean(axis=1), hashlib.sha256(content).hexdigest()
    if samplerate is None or samplerate == rate:
        return Heard(x, float(rate), path.name, digest)
    from scipy.signal import resample_poly  # here, because it takes half a second to import

    return Heard(resample_poly(x, round(samplerate), rate), samplerate, path.name, digest)


def fitted(played: Array, samples: int) -> Array:
    """Return what is played, cut or followed by silence."""
    return np.pad(played[:samples], (0, max(0, samples - len(played))))

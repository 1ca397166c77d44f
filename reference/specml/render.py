"""Render an example to files: the sound, a picture of it, and a record of what was computed."""

import hashlib
import json
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly
from tqdm import tqdm

from . import __version__, core
from .examples import Example, Run

SOURCE = (
    "L. Döbereiner and D. Pirrò, Speculative Machine Learning in Sound Synthesis, "
    "Sound and Music Computing Conference, 2024"
)


def render(example: Example, run: Run, progress: bool = False) -> np.ndarray:
    """Return the samples of an example, ``(channels, samples)``.

    Parameters
    ----------
    example : Example
        One of `specml.examples.EXAMPLES`.
    run : Run
        Length, seed, engine, sample rate, input.
    progress : bool
        Show a bar on a terminal.
    """
    samples = np.empty((len(example.channels), run.samples))
    done = 0
    bar = tqdm(total=run.samples, desc=example.name, unit=" samples", unit_scale=True, leave=False,
               delay=0.5, disable=None if progress else True)  # fmt: skip
    with bar:
        for block in example.start(run).blocks:
            samples[:, done : done + block.shape[1]] = block
            done += block.shape[1]
            bar.update(block.shape[1])
    return samples


def save(
    example: Example, run: Run, folder: Path, plot: bool = True, progress: bool = False
) -> list[Path]:
    """Render an example and write NAME.wav, NAME.json and, unless told not to, NAME.png.

    The sound is 32-bit float; the record holds every parameter, and the SHA-256 of the sound's
    samples (interleaved, little-endian). A file appears when it is whole, or not at all.

    Returns
    -------
    list of Path
        The files written.
    """
    samples = render(example, run, progress).astype(np.float32)
    sound, record, picture = (folder / f"{example.name}.{end}" for end in ("wav", "json", "png"))
    interleaved = np.ascontiguousarray(samples.T, "<f4")
    with whole(sound) as path:
        soundfile.write(path, interleaved, round(run.samplerate), "FLOAT", format="WAV")
    with whole(record) as path:
        text = json.dumps(describe(example, run, interleaved), indent=2, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")
    if not plot:
        return [sound, record]
    from .plot import draw  # matplotlib takes a second to import

    with whole(picture) as path:
        draw(path, example, samples, run.samplerate)
    return [sound, record, picture]


def describe(example: Example, run: Run, interleaved: np.ndarray) -> dict[str, object]:
    """Return the record of a rendering: all that is needed to compute it again."""
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
        "input_sha256": None
        if run.input is None
        else hashlib.sha256(run.input.tobytes()).hexdigest(),
        "engine": run.engine,
        "instruction_set": core.isa() if run.engine == "core" else None,
        "specml": __version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
        "source": SOURCE,
    }


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Hand out a path to write to, which becomes `path` if all goes well and vanishes if not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def read_input(path: Path, samplerate: float | None) -> tuple[np.ndarray, float]:
    """Read a sound as one channel ``(n,)``; return it with its sample rate.

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
    """
    try:
        channels, rate = soundfile.read(path, always_2d=True)
    except soundfile.LibsndfileError as error:
        raise ValueError(f"{path} is no sound file that can be read: {error}") from error
    if not len(channels):
        raise ValueError(f"{path} holds no samples")
    x = channels.mean(axis=1)
    if samplerate is None or samplerate == rate:
        return x, float(rate)
    return resample_poly(x, round(samplerate), rate), samplerate

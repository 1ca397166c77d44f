"""The numbers in a sound or in a state file, as they stand there."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from ..container import read

WHOLE = {"PCM_S8": 8, "PCM_U8": 8, "PCM_16": 16, "PCM_24": 24, "PCM_32": 32}  # bits
STEPS = {"float32": "ulps of 32-bit float", "float64": "ulps of 64-bit float"}


@dataclass(frozen=True)
class Part:
    """A tensor, or all samples of a sound.

    Attributes
    ----------
    name : str
        Of the tensor; empty for a sound.
    numbers : ndarray
        Of a sound ``(samples, channels)``; whole ones as they stand in the file.
    step : str
        What a difference between two of them is counted in.
    samplerate : int
        In Hz, of a sound; 0 for a tensor.
    bits : int
        Of whole samples; 0 for all others.
    """

    name: str
    numbers: NDArray[Any]
    step: str
    samplerate: int = 0
    bits: int = 0

    def place(self, index: int) -> str:
        """Return where the number with this index stands."""
        at = [int(k) for k in np.unravel_index(index, self.numbers.shape)]
        if not self.samplerate:
            return f"{self.name}[{', '.join(map(str, at))}]"
        return f"sample {at[0]} ({at[0] / self.samplerate:.6f} s), channel {at[1] + 1}"

    def scaled(self) -> "Part":
        """Return the numbers as 64-bit floats, samples within ±1."""
        numbers = self.numbers / 2.0 ** (self.bits - 1 if self.bits else 0)
        return Part(self.name, numbers.astype(np.float64), "", self.samplerate)


@dataclass(frozen=True)
class Content:
    """A file: which of the two kinds it is, what it says of itself, and its numbers by name."""

    kind: str
    said: Mapping[str, str]
    parts: Mapping[str, Part]


def content(path: Path) -> Content:
    """Read a state file, a trace, or any sound that libsndfile reads.

    Raises
    ------
    ValueError
        If it is none of them.
    OSError
        If it cannot be read.
    """
    with path.open("rb") as file:
        begins = file.read(9)
    if path.suffix == ".safetensors" or begins[8:] == b"{":
        metadata, tensors = read(path)
        parts = {name: Part(name, numbers, STEPS.get(numbers.dtype.name, "steps"))
                 for name, numbers in tensors.items()}  # fmt: skip
        return Content("state file", metadata, parts)
    try:
        return _sound(path)
    except soundfile.LibsndfileError as error:
        raise ValueError(f"{path} is no sound and no state file: {error.error_string}") from error


def _sound(path: Path) -> Content:
    with soundfile.SoundFile(path) as file:
        bits = WHOLE.get(file.subtype, 0)
        kind = "int32" if bits else "float64" if file.subtype == "DOUBLE" else "float32"
        numbers = file.read(dtype=kind, always_2d=True)
        said = {
            "sample format": file.subtype_info,
            "sample rate": f"{file.samplerate} Hz",
            "samples": str(len(numbers)),
            "channels": str(file.channels),
        }
        if bits:  # libsndfile hands them out as the upper bits of 32
            numbers = (numbers >> (32 - bits)).astype(np.int64)
        step = STEPS.get(kind, f"LSBs of {bits} bits")
        return Content("sound", said, {"": Part("", numbers, step, file.samplerate, bits)})

"""Where a run goes: a WAV of 32-bit floats, written as it comes, to a file or a pipe."""

import hashlib
import struct
from typing import BinaryIO

import numpy as np

from .reference.arrays import Array

FLOAT = 3  # the tag of IEEE floats
MOST = 0xFFFFFFFF  # bytes that a WAV can count


class Wav:
    """A WAV whose length is known beforehand, so that nothing is ever sought in it.

    The bytes are those that SciPy writes; nothing in it says when it was written. What is longer
    than 4 GB is an RF64 (EBU Tech 3306), which libsndfile and most programs read.

    Parameters
    ----------
    file : binary file
        Is written to; a pipe will do.
    samplerate : float
        In Hz, a whole number.
    channels, samples : int
        Of what will be written.

    Raises
    ------
    ValueError
        If the rate is not whole.

    Examples
    --------
    >>> import io
    >>> wav = Wav(io.BytesIO(), 48000.0, channels=2, samples=1)
    >>> wav.write(np.array([[0.5], [-0.5]]))
    >>> wav.sha256[:8]
    'deea3b24'
    """

    def __init__(self, file: BinaryIO, samplerate: float, channels: int, samples: int) -> None:
        if samplerate != round(samplerate):
            raise ValueError(f"a WAV has a whole sample rate, not {samplerate:g} Hz")
        self._file = file
        self._samples, self._all = hashlib.sha256(), hashlib.sha256()
        self._put(header(round(samplerate), channels, samples))

    def write(self, block: Array) -> None:
        """Write a block ``(channels, n)``."""
        data = np.ascontiguousarray(block.T, "<f4").tobytes()
        self._samples.update(data)
        self._put(data)

    def _put(self, data: bytes) -> None:
        self._all.update(data)
        self._file.write(data)

    @property
    def sha256(self) -> str:
        """The SHA-256 of its samples: interleaved 32-bit floats, little-endian."""
        return self._samples.hexdigest()

    @property
    def file_sha256(self) -> str:
        """The SHA-256 of the file."""
        return self._all.hexdigest()


def header(samplerate: int, channels: int, samples: int) -> bytes:
    """Return all that stands before the samples, whose rate is in Hz.

    Examples
    --------
    >>> header(48000, 2, 1)[:4], header(48000, 2, 2**30)[:4]
    (b'RIFF', b'RF64')
    """
    frame = 4 * channels
    data = frame * samples
    rate = min(frame * samplerate, MOST)  # bytes a second, which nobody reads
    form = struct.pack("<HHIIHHH", FLOAT, channels, samplerate, rate, frame, 32, 0)
    chunks = _chunk(b"fmt ", form) + _chunk(b"fact", struct.pack("<I", min(samples, MOST)))
    size = 4 + len(chunks) + 8 + data
    if size <= MOST:
        return b"RIFF" + struct.pack("<I", size) + b"WAVE" + chunks + b"data" + _length(data)
    long = struct.pack("<QQQI", size + 36, data, samples, 0)
    chunks = _chunk(b"ds64", long) + chunks
    return b"RF64" + _length(MOST) + b"WAVE" + chunks + b"data" + _length(MOST)


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + _length(len(content)) + content


def _length(bytes_: int) -> bytes:
    return struct.pack("<I", bytes_)

"""What a figure is drawn of: a sound with the names of its channels, or a trace."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from ..files import named
from ..looking.opened import opened
from ..reference.arrays import Array

USUAL = 48000.0  # Hz, where a trace does not say

# what records call a channel that a model heard, and one that it said
HEARD, SAID = ("in", "in1", "in2", "x", "x1", "x2"), ("out", "prediction")


@dataclass(frozen=True)
class Source:
    """A sound, and how its channels are called.

    Attributes
    ----------
    rows : sequence of ndarray (n,)
        Its channels.
    samplerate : float
        In Hz.
    names : sequence of str
        Of the channels: ``in`` .. or ``x`` .. is what was heard, ``out`` or ``prediction`` what was
        said.

    Examples
    --------
    >>> import numpy as np
    >>> from specml import plot
    >>> heard, said = np.zeros((2, 480))
    >>> plot.Source([heard, said], 48000.0, ("in", "out")).seconds
    0.01
    """

    rows: Sequence[Array]
    samplerate: float
    names: Sequence[str]

    @property
    def seconds(self) -> float:
        """How long its longest channel is.

        Examples
        --------
        >>> import numpy as np
        >>> from specml import plot
        >>> source = plot.Source([np.zeros(480), np.ones(480)], 48000.0, ("in", "out"))
        >>> source.seconds
        0.01
        """
        return max(map(len, self.rows)) / self.samplerate

    def only(self, channels: Sequence[int]) -> "Source":
        """Return some of its channels, counted from 1.

        Raises
        ------
        ValueError
            If it has not all of them.

        Examples
        --------
        >>> import numpy as np
        >>> from specml import plot
        >>> source = plot.Source([np.zeros(480), np.ones(480)], 48000.0, ("in", "out"))
        >>> source.only([2]).names
        ['out']
        """
        for k in channels:
            if not 1 <= k <= len(self.rows):
                raise ValueError(f"channel must be within 1..{len(self.rows)}, not {k}")
        at = [k - 1 for k in channels]
        return replace(self, rows=[self.rows[k] for k in at], names=[self.names[k] for k in at])

    def errors(self) -> "Source":
        """Return its channels ``error`` .., or else ``out`` minus each that was heard, ``in`` ..

        Of two channels with other names it is the second minus the first.

        Raises
        ------
        ValueError
            If it has neither these nor two channels, or the two of a recording, left and right.

        Examples
        --------
        >>> import numpy as np
        >>> from specml import plot
        >>> source = plot.Source([np.zeros(480), np.ones(480)], 48000.0, ("in", "out"))
        >>> errors = source.errors()
        >>> errors.names, errors.rows[0].mean().item()
        (['out − in'], 1.0)
        """
        if own := [k + 1 for k, name in enumerate(self.names) if name.startswith("error")]:
            return self.only(own)
        heard = [k for k, name in enumerate(self.names) if name in HEARD]
        spoken = [k for k, name in enumerate(self.names) if name in SAID]
        if not (heard and len(spoken) == 1):
            if len(self.rows) != 2 or set(self.names) == {"left", "right"}:
                raise ValueError(
                    f"an error wants channels in and out, or error, or any two but left and "
                    f"right, not {', '.join(self.names)}"
                )
            heard, spoken = [0], [1]
        out = self.rows[spoken[0]]
        short = [min(len(self.rows[k]), len(out)) for k in heard]
        rows = [out[:n] - self.rows[k][:n] for k, n in zip(heard, short, strict=True)]
        names = [f"{self.names[spoken[0]]} − {self.names[k]}" for k in heard]
        return replace(self, rows=rows, names=names)


def sound(path: Path | str) -> Source:
    """Read a sound file, or the one that stands beside its record.

    Channels have the names that a record says (``NAME.json`` beside ``NAME.wav``), or numbers.

    Parameters
    ----------
    path : Path or str
        Any file that libsndfile reads, or ``NAME.json``.

    Raises
    ------
    ValueError
        If it is no such file, is empty, or is not the one of the record.
    OSError
        If the system cannot read it.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from specml import plot
    >>> from specml.examples import EXAMPLES, Run
    >>> from specml.render import save
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = save(EXAMPLES["sine"], Run(4800), Path(folder), plot=False)
    ...     found = plot.sound(Path(folder) / "sine.wav")
    >>> found.names, found.samplerate, found.seconds
    (['in', 'out'], 48000.0, 0.1)
    """
    path = Path(path)
    asked, record = path.suffix.lower() == ".json", None
    try:
        record = _record(path.with_suffix(".json"))
    except (OSError, ValueError):
        if asked:
            raise
    path = path.with_suffix(".wav") if asked else path
    rows, rate = _samples(path)
    names = [str(k + 1) for k in range(rows.shape[1])]
    if record:
        interleaved = np.ascontiguousarray(rows, "<f4").tobytes()
        if record["sha256"] == hashlib.sha256(interleaved).hexdigest():
            names = [str(name) for name in record["channels"]]
        elif asked:
            raise ValueError(f"{path} is not the file that its record describes")
    return Source(list(rows.T), rate, names)


def _samples(path: Path) -> tuple[Array, float]:
    """Return the samples of a file ``(n, channels)``, and its rate in Hz."""
    with named(path), path.open("rb") as file:
        try:
            rows, rate = soundfile.read(file, always_2d=True)
        except soundfile.LibsndfileError as error:
            raise ValueError(f"{path} is no sound file: {error.error_string}") from None
    if not len(rows):
        raise ValueError(f"{path} holds no samples")
    if not np.isfinite(rows).all():
        raise ValueError(f"{path} holds samples that are not finite")
    return rows, float(rate)


def _record(path: Path) -> dict[str, Any]:
    """Return what a record says of the samples and the channels of its sound."""
    with named(path):
        text = path.read_text(encoding="utf-8")
    try:
        found = json.loads(text)
        return {name: found[name] for name in ("sha256", "channels")}
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"{path} is no record of a rendering") from None


def together(sounds: Mapping[Path, Source]) -> Source:
    """Return several sounds as channels of one, named after their files.

    Raises
    ------
    ValueError
        If their sample rates differ.
    """
    (first, found), *others = sounds.items()
    if not others:
        return found
    for path, other in others:
        if other.samplerate != found.samplerate:
            raise ValueError(f"{path} has {other.samplerate:g} Hz, {first} has "
                             f"{found.samplerate:g} Hz: a figure has one sample rate")  # fmt: skip
    rows = [row for each in sounds.values() for row in each.rows]
    names = [path.stem if len(each.rows) == 1 else f"{path.stem} {name}"
             for path, each in sounds.items() for name in each.names]  # fmt: skip
    return replace(found, rows=rows, names=names)


def traced(path: Path | str, channel: int = 1) -> tuple[Array, dict[str, Array]]:
    """Read what was learnt from a trace.

    Parameters
    ----------
    path : Path or str
        As ``specml render --trace`` writes it.
    channel : int
        Which of its models, 1..

    Returns
    -------
    times : ndarray (T,)
        In s.
    parts : dict of str to ndarray (T, numbers)
        Of a network the weights and biases of each layer, of an `Unlearn` the weights w.

    Raises
    ------
    ValueError
        If it is no trace, or has no such model.
    OSError
        If the system cannot read it.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from specml import plot
    >>> from specml.examples import EXAMPLES, Run
    >>> from specml.render import save
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = save(EXAMPLES["sine"], Run(4800), Path(folder), plot=False, trace=480)
    ...     times, parts = plot.traced(Path(folder) / "sine.trace.safetensors")
    >>> times[-1].item(), {name: part.shape for name, part in parts.items()}
    (0.1, {'layer1': (11, 104), 'output': (11, 9)})
    """
    from ..looking.evolved import evolving  # which draws with this package

    seen = opened(Path(path), channel)
    if not seen.traced:
        raise ValueError(f"{path} is a state, no trace: specml render --trace N makes one")
    times = seen.tensors["sample"] / (seen.samplerate or USUAL)
    parts = evolving(seen)
    parts = {"weights w": parts["weights w"]} if seen.model == "unlearn" else parts
    return times, parts

"""A channel of a trace, from memory or from its file."""

from pathlib import Path

import numpy as np

from ..looking.opened import Opened, of_channel, opened
from ..trace import Trace


def traced(trace: Trace | str | Path, channel: int = 1) -> Opened:
    """Return a channel of a trace.

    Parameters
    ----------
    trace : Trace, str or path
        What `specml.trace.Trace` keeps, or a file of ``specml render --trace``.
    channel : int
        Which of its models, 1..

    Returns
    -------
    Opened
        What it says of itself, and its tensors ``(times, ..)``: as many as the model has reached.

    Raises
    ------
    ValueError
        If it is no trace, or has no such channel.
    OSError
        If the file cannot be read.

    Examples
    --------
    >>> from specml import AutoRegNN
    >>> net = AutoRegNN(2, 3)
    >>> trace = Trace([net], 100, 10)
    >>> _ = net.process([0.0] * 100)
    >>> traced(trace).tensors["layer1.weight"].shape
    (11, 3, 2)
    """
    if not isinstance(trace, Trace):
        found = opened(Path(trace), channel)
        if not found.traced:
            raise ValueError(f"{trace} is a state, not a trace")
        return found
    channels = len(trace.models)
    if not 1 <= channel <= channels:
        raise ValueError(f"channel must be 1..{channels}, not {channel}")
    moving = trace.kept[channel - 1]
    first = next(iter(moving.values()))
    reached = np.count_nonzero(np.isfinite(first.reshape(len(first), -1)[:, 0]))
    tensors = {name: part[:reached] if name in moving or name == "sample" else part
               for name, part in of_channel(trace.tensors(), channel).items()}  # fmt: skip
    return Opened("trace", trace.metadata(), tensors, channel, channels)

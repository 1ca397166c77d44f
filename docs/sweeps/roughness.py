"""A measure of your own: how much of the sound changes from one sample to the next."""

import numpy as np

from specml import exact
from specml.analysis import Recording


def roughness(recording: Recording) -> float:
    """Return the level of the differences, of that of the sound; nan if it is silent."""
    x = recording.samples
    steps = np.diff(x, axis=1)
    whole, changed = exact.total(x * x, axis=1), exact.total(steps * steps, axis=1)
    loud = float(exact.total(whole))
    return float(exact.total(changed)) / loud if loud else float("nan")

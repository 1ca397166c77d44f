"""The picture of a trace: each layer's weights as they evolved, and their norm."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from ..reference.arrays import Array
from .opened import Opened

FINEST = 1000  # cells of a heat map in each direction; beyond, every second, third .. is drawn

COLOURED = 0.995  # of the numbers are within the colours


def draw(seen: Opened, samplerate: float) -> Figure:
    """Return the picture of one channel."""
    parts = evolving(seen)
    times = seen.tensors["sample"] / samplerate
    rows = len(parts) + 1
    figure = Figure(figsize=(11, 1.9 * rows + 1.0), layout="constrained")
    *maps, norms = figure.subplots(rows, 1, sharex=True, height_ratios=[1.0] * (rows - 1) + [1.4])
    for axis, (name, part) in zip(maps, parts.items(), strict=True):
        _heat(figure, axis, name, part, times)
    for name, part in parts.items():
        norms.plot(times, norm(part), label=name, linewidth=1.2)
    norms.set(xlabel="time [s]", ylabel="norm", title="norm of each", xlim=_span(times))
    norms.set_ylim(0.0, norms.get_ylim()[1] * (1.1 + 0.15 * -(-len(parts) // 5)))  # for the legend
    norms.grid(alpha=0.3)
    norms.legend(fontsize="small", loc="upper right", ncols=5)
    figure.align_ylabels([*maps, norms])
    return figure


def evolving(seen: Opened) -> dict[str, NDArray[Any]]:
    """Return what is drawn, ``(times, numbers)`` each: weights and biases of a layer together."""
    if seen.model == "unlearn":
        fed = seen.fed()
        names = {"w": "weights w", "v": "velocities v", "u": "slow traces u"}
        return {said: seen.tensors[name][:, fed] for name, said in names.items()}
    stems = [name.removesuffix(".weight") for name in seen.parameters if name.endswith(".weight")]
    return {stem: _flat(seen.parameters, stem) for stem in stems}


def _flat(parameters: Mapping[str, NDArray[Any]], stem: str) -> Array:
    kinds = [parameters[f"{stem}.{kind}"] for kind in ("weight", "bias")]
    return np.concatenate([part.reshape(len(part), -1) for part in kinds], axis=1)


def norm(part: Array) -> Array:
    """Return the root of the sum of squares at each time."""
    return np.asarray(np.sqrt(np.einsum("tk,tk->t", part, part)))


def _heat(figure: Figure, axis: Axes, name: str, part: Array, times: Array) -> None:
    """Draw numbers over time, the first on top."""
    steps = [-(-length // FINEST) for length in part.shape]
    cells = part[:: steps[0], :: steps[1]].T
    # so that a few large ones do not leave the others without colour
    largest = float(np.quantile(np.abs(cells), COLOURED)) or 1.0
    begin, end = _span(times)
    image = axis.imshow(
        cells, cmap="RdBu_r", vmin=-largest, vmax=largest, aspect="auto", interpolation="nearest",
        extent=(begin, end, part.shape[1] - 0.5, -0.5),
    )  # fmt: skip
    axis.set(title=name, ylabel="index")
    axis.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    figure.colorbar(image, ax=axis, pad=0.01, extend="both")


def _span(times: Array) -> tuple[float, float]:
    """Return when the first and the last column begin and end."""
    return float(times[0]), float(times[-1]) if len(times) > 1 else float(times[0]) + 1e-3

"""The picture of an AutoRegNN or AutoRegNN2: weights, their histogram, response and poles."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from ..plot import COLOURS
from .linear import Predictor
from .opened import Opened

COLUMNS = 4  # pictures of weights in a row, at most
POINTS = 2048  # of a response
MANY = 128  # poles, of which more are drawn as dots
LOWEST = 20.0  # Hz


def draw(seen: Opened, linear: Sequence[Predictor], samplerate: float) -> Figure:
    """Return the picture of one channel; `linear` are its networks, linearised."""
    names = [name.removesuffix(".weight") for name in seen.parameters if name.endswith(".weight")]
    columns = _columns(names, seen.model)
    rows = -(-len(names) // columns)
    figure = Figure(figsize=(11, 2.7 * rows + 4.2), layout="constrained")
    top, bottom = figure.subfigures(2, 1, squeeze=False, height_ratios=(2.7 * rows, 4.0))[:, 0]
    axes = top.subplots(rows, columns, squeeze=False).ravel()
    for axis, name in zip(axes, names, strict=False):
        layer_picture(top, axis, name, seen.parameters)
    for axis in axes[len(names) :]:
        axis.axis("off")
    left, middle, right = bottom.subplots(1, 3, width_ratios=(3, 4, 3))
    histogram(left, _groups(names, seen))
    _response(middle, linear, samplerate)
    _poles(right, linear)
    return figure


def _columns(names: Sequence[str], model: str) -> int:
    """Return how many pictures stand in a row: of two networks the layers below each other."""
    together = len(names) // (2 if model == "autoregnn2" else 1)
    return -(-together // -(-together // COLUMNS))


def layer_picture(
    figure: SubFigure, axis: Axes, name: str, tensors: Mapping[str, NDArray[Any]]
) -> None:
    """Draw weights, a row for each unit, and after a gap the biases; of one output as heights."""
    weights, bias = tensors[f"{name}.weight"], tensors[f"{name}.bias"]
    units, inputs = weights.shape
    gap = max(1, inputs // 24)
    cells = np.full((units, inputs + 2 * gap), np.nan)
    cells[:, :inputs] = weights
    cells[:, inputs + gap :] = bias[:, np.newaxis]
    end = inputs + 2 * gap + 0.5
    first = name.endswith("layer1")
    axis.set(title=name, xlabel="samples ago" if first else "unit of the layer before")
    if name.endswith("output"):
        axis.stairs(cells[0], np.arange(0.5, end + 0.5), fill=True, color=COLOURS[1])
        axis.axhline(0.0, color="black", linewidth=0.6)
        axis.set(ylabel="weight", xlim=(0.5, end))
    else:
        largest = float(np.nanmax(np.abs(cells))) or 1.0
        image = axis.imshow(
            cells, cmap="RdBu_r", vmin=-largest, vmax=largest, aspect="auto",
            interpolation="nearest", extent=(0.5, end, units + 0.5, 0.5),
        )  # fmt: skip
        axis.set(ylabel="unit", yticks=_marks(units))
        figure.colorbar(image, ax=axis, pad=0.02)
    place = inputs + 1.5 * gap + 0.5
    marks = [mark for mark in _marks(inputs) if mark < place - 0.2 * end]
    axis.set_xticks([*marks, place], [*map(str, marks), "bias"])


def _marks(count: int) -> list[int]:
    """Return which of 1..count have a number at an axis."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200) if count <= 6 * step)
    return [k for k in range(1, count + 1) if k == 1 or (k % step == 0 and (k > 2 or step == 1))]


def histogram(axis: Axes, parts: Mapping[str, Sequence[NDArray[Any]]]) -> None:
    """Draw how the numbers of each part, of one array or more, are spread."""
    values = {name: np.concatenate([a.ravel() for a in part]) for name, part in parts.items()}
    fewest = min(len(part) for part in values.values())
    bins = min(41, max(9, 2 * int(np.sqrt(fewest))))
    edges = np.histogram_bin_edges(np.concatenate([*values.values()]), bins)
    for name, part in values.items():
        share = np.histogram(part, edges)[0] * (100.0 / max(1, len(part)))
        axis.stairs(share, edges, label=name, linewidth=1.3)
    axis.set(title="weights", xlabel="value", ylabel="share [%]")
    axis.set_ylim(0.0, axis.get_ylim()[1] * (1.08 + 0.1 * len(values)))  # room for the legend
    axis.xaxis.set_major_locator(MaxNLocator(4))
    axis.legend(fontsize="small", loc="upper right")


def _groups(names: Sequence[str], seen: Opened) -> dict[str, list[NDArray[Any]]]:
    """Return the weights whose spread is compared: of networks, or of layers."""
    groups: dict[str, list[NDArray[Any]]] = {}
    for name in names:
        network, _, layer = name.rpartition(".")
        hidden = "hidden layers" if len(names) > COLUMNS and layer != "output" else layer
        groups.setdefault(network or hidden, []).append(seen.parameters[f"{name}.weight"])
    return groups


def _response(axis: Axes, linear: Sequence[Predictor], samplerate: float) -> None:
    """Draw the magnitude of each linearised network, fed with what it says."""
    lowest = min(LOWEST, samplerate / 100.0)
    frequencies = np.geomspace(lowest, samplerate / 2.0, POINTS)
    for predictor, colour in zip(linear, colours(len(linear)), strict=True):
        level = 20.0 * np.log10(predictor.response(frequencies / samplerate))
        axis.semilogx(frequencies, level, color=colour, label=predictor.name, linewidth=1.3)
    axis.set(title="response of the linearised network", xlabel="frequency [Hz]",
             ylabel="magnitude [dB]", xlim=(lowest, samplerate / 2.0))  # fmt: skip
    axis.grid(alpha=0.3)
    if len(linear) > 1:
        axis.legend(fontsize="small")


def _poles(axis: Axes, linear: Sequence[Predictor]) -> None:
    """Draw the poles of each, and the circle on which a tone neither decays nor grows."""
    circle = np.exp(2j * np.pi * np.linspace(0.0, 1.0, 361))
    axis.plot(circle.real, circle.imag, color="#999999", linewidth=0.8)
    axis.axhline(0.0, color="#cccccc", linewidth=0.6)
    axis.axvline(0.0, color="#cccccc", linewidth=0.6)
    for predictor, colour in zip(linear, colours(len(linear)), strict=True):
        poles = predictor.poles
        shape, size = ("x", 6) if len(poles) <= MANY else (".", 3)
        axis.plot(poles.real, poles.imag, shape, color=colour, markersize=size)
    reach = 1.1 * max(1.0, *(float(abs(predictor.poles[0])) for predictor in linear))
    axis.set(title="its poles in the z-plane", xlabel="real part", ylabel="imaginary part",
             aspect="equal", xlim=(-reach, reach), ylim=(-reach, reach))  # fmt: skip


def colours(count: int) -> tuple[str, ...]:
    """Return a colour for each network; the last is what speaks."""
    return (COLOURS[2],) if count == 1 else COLOURS[:3]


def largest_pole(predictor: Predictor, samplerate: float) -> tuple[float, float]:
    """Return the radius of the largest pole, and its frequency in Hz."""
    pole = predictor.poles[0]
    return float(abs(pole)), float(abs(np.angle(pole)) / (2.0 * np.pi) * samplerate)

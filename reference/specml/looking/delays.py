"""The picture of an Unlearn: the delay network as a graph, weights over delay, their histogram."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ..plot import COLOURS
from ..reference.arrays import Array
from .networks import histogram
from .opened import Opened

MOST = 1500  # synapses drawn in a graph
BEND = 0.18  # of a synapse away from a straight line, so that there and back are two
THICKEST = 3.0  # points; of more than 150 synapses less
ARROW = 0.05  # length of a head
SPOKE, SPREAD = 0.16, 0.08  # length of an external input, and turn from one to the next
REACH = 1.24  # of the picture, where the circle's radius is 1
NUMBERED = 40  # neurons, at most, that have their numbers beside them


@dataclass(frozen=True)
class Synapses:
    """One entry for each: its weight, the neuron that has it, the one that is heard, its delay.

    External inputs count as heard from neuron -1, the next of the same neuron from -2, and so on,
    with a delay of 0 samples.
    """

    weight: Array
    neuron: NDArray[np.int64]
    source: NDArray[np.int64]
    delay: NDArray[np.int64]


def synapses(seen: Opened) -> Synapses:
    """Return all there are in one channel."""
    w, source, delay = (seen.tensors[name] for name in ("w", "source", "delay"))
    outside = w.shape[1] - source.shape[1]
    fed = seen.fed()
    enters = np.broadcast_to(-1 - np.arange(outside), (len(w), outside))
    wide = np.hstack([source, enters]), np.hstack([delay, 0 * enters])
    neuron = np.broadcast_to(np.arange(len(w))[:, np.newaxis], w.shape)
    return Synapses(w[fed], neuron[fed], wide[0][fed], wide[1][fed])


def draw(seen: Opened, samplerate: float) -> Figure:
    """Return the picture of one channel."""
    all_of_them, neurons = synapses(seen), len(seen.tensors["w"])
    figure = Figure(figsize=(11, 5.8), layout="constrained")
    left, right = figure.subfigures(1, 2, squeeze=False, width_ratios=(6, 5))[0]
    graph = left.subplots(squeeze=False)[0, 0]
    image = _graph(graph, all_of_them, neurons)
    left.colorbar(image, ax=graph, label="weight w", shrink=0.6, pad=0.01)
    over, spread = right.subplots(2, 1, squeeze=False)[:, 0]
    _over_delay(over, all_of_them, samplerate)
    w, u = (seen.tensors[name][seen.fed()] for name in ("w", "u"))
    histogram(spread, {"weights w": [w], "slow traces u": [u]})
    spread.set(title="weights and traces")
    return figure


def _graph(axis: Axes, found: Synapses, neurons: int) -> LineCollection:
    """Draw neurons on a circle, and a curve to each from each that it hears."""
    places = np.exp(0.5j * np.pi - 2j * np.pi * np.arange(neurons) / neurons)
    order = np.argsort(np.abs(found.weight), kind="stable")[-MOST:]  # the strongest on top
    weight, source = found.weight[order], found.source[order]
    end = places[found.neuron[order]]
    outer = (1.0 + SPOKE) * end * np.exp(-1j * SPREAD * source)
    begin = np.where(source < 0, outer, places[np.maximum(source, 0)])
    curves = _curves(begin, end, source == found.neuron[order])
    largest = float(np.abs(found.weight).max(initial=0.0)) or 1.0
    scale = Normalize(-largest, largest)
    thickest = THICKEST * min(1.0, np.sqrt(150.0 / len(weight)))
    lines = LineCollection(
        list(np.stack([curves.real, curves.imag], axis=-1)), cmap="coolwarm", norm=scale,
        linewidths=thickest * (0.1 + 0.9 * np.abs(weight) / largest), array=weight,
    )  # fmt: skip
    axis.add_collection(lines)
    lengths = ARROW * (0.4 + 0.6 * np.abs(weight) / largest)
    heads = _heads(curves, lengths) if len(weight) <= 10 * NUMBERED else curves[:0, :3]
    corners = list(np.stack([heads.real, heads.imag], axis=-1))
    ends = PolyCollection(corners, cmap="coolwarm", norm=scale, array=weight[: len(heads)])
    axis.add_collection(ends)
    outside = begin[source < 0]
    axis.plot(outside.real, outside.imag, "s", color=COLOURS[3], markersize=4)
    size = 14 if neurons <= NUMBERED else 2
    axis.plot(places.real, places.imag, "o", color="black", markersize=size, zorder=3)
    if neurons <= NUMBERED:
        for k, place in enumerate(places):
            axis.text(place.real, place.imag, str(k), color="white", ha="center", va="center",
                      fontsize=8, zorder=4)  # fmt: skip
    shown = f"the strongest {MOST} of " if len(found.weight) > MOST else ""
    axis.set(title=f"{neurons} neurons, {shown}{len(found.weight)} synapses", aspect="equal",
             xlim=(-REACH, REACH), ylim=(-REACH, REACH))  # fmt: skip
    axis.axis("off")
    return lines


def _curves(begin: Array, end: Array, itself: NDArray[np.bool_]) -> NDArray[np.complex128]:
    """Return each synapse as 25 points in the plane, those of a neuron with itself as loops."""
    t = np.linspace(0.0, 1.0, 25)
    chord = (end - begin)[:, np.newaxis]
    curved = begin[:, np.newaxis] + chord * (t + 2.0j * BEND * t * (1.0 - t))
    loop = end[:, np.newaxis] * (1.0 + 0.08 * (1.0 - np.exp(2j * np.pi * t)))
    return np.asarray(np.where(itself[:, np.newaxis], loop, curved))


def _heads(curves: NDArray[np.complex128], lengths: Array) -> NDArray[np.complex128]:
    """Return the corners of an arrowhead near the end of each curve."""
    tip, before = curves[:, -4], curves[:, -6]
    along = lengths * (tip - before) / np.maximum(np.abs(tip - before), 1e-12)
    foot = tip - along
    return np.stack([tip, foot + 0.4j * along, foot - 0.4j * along], axis=1)


def _over_delay(axis: Axes, found: Synapses, samplerate: float) -> None:
    """Draw each synapse as a point: its delay, its weight."""
    inside = found.source >= 0
    ms, weight = 1000.0 / samplerate * found.delay, found.weight
    few = len(weight) <= 2000
    size = 4 if few else 1
    points = axis.plot(ms[inside], weight[inside], "o", color=COLOURS[1], markersize=size)
    points[0].set_rasterized(not few)  # in a PDF or SVG
    if not inside.all():
        axis.plot(ms[~inside], weight[~inside], "s", color=COLOURS[3],
                  markersize=size + 1, label="external input")  # fmt: skip
        axis.legend(fontsize="small")
    axis.axhline(0.0, color="#cccccc", linewidth=0.6)
    xlabel = f"delay [ms at {samplerate:g} Hz]"
    axis.set(title="weights over delay", xlabel=xlabel, ylabel="weight w")

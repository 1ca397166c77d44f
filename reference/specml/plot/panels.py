"""Several panels on one page: their axes aligned, legends and colour bars in one margin."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec

from ..reference.arrays import Array
from . import curves, evolution, spectra, styles
from .axes import WHOLE, Frequencies, Span, stretch, tag
from .source import Source

HEIGHTS = {"spectrogram": 3.2, "waveform": 2.2, "error": 2.4, "weights": 2.6, "spectrum": 3.2}  # cm
KINDS = tuple(HEIGHTS)
WIDE = 12.0  # cm, from which on channels stand side by side
MARGIN = 0.25  # cm, of a colour bar
BESIDE = 3.0  # cm, of all labels
NAMED = 1.6  # times the largest amplitude, so that a name in the corner hides no sample
Traced: TypeAlias = tuple[Array, Mapping[str, Array]]


class Shown(NamedTuple):
    """Which part of a sound is shown: in s and in Hz, and whether the latter stand in octaves."""

    time: Span
    frequency: Frequencies | None
    log: bool


def compose(
    kinds: Sequence[str],
    sound: Source | None = None,
    trace: Traced | None = None,
    *,
    columns: int = 1,
    width: float | None = None,
    height: float | None = None,
    time: Span = WHOLE,
    frequency: Frequencies | None = None,
    log: bool = True,
    lines: bool = False,
) -> Figure:
    """Return a figure with panels of some kinds, one below the other.

    Channels of a spectrogram, or of a waveform that is longer than 4000 samples, stand side by
    side in a figure of 12 cm or more, else one below the other. Each axis has its label; panels
    over time that stand on each other have one time axis.

    Parameters
    ----------
    kinds : sequence of str
        From above to below: spectrogram, waveform, error, weights, spectrum.
    sound : Source, optional
        What all but weights are drawn of.
    trace : tuple, optional
        What weights are drawn of, as `traced` returns it.
    columns, width : int, float
        As for `page`.
    height : float, optional
        In cm; without it what is good for the panels.
    time, frequency, log
        As for `spectrogram`.
    lines : bool
        As for `weights`.

    Returns
    -------
    Figure
        Its axes have the kind as their label.

    Raises
    ------
    ValueError
        If a kind is unknown or comes twice, or there is nothing to draw it of.

    Examples
    --------
    >>> import numpy as np
    >>> from specml import AutoRegNN, plot
    >>> heard = np.sin(0.1 * np.arange(9600))
    >>> said, _ = AutoRegNN().process(heard)
    >>> source = plot.Source([heard, said], 48000.0, ("in", "out"))
    >>> figure = plot.compose(("spectrogram", "error"), source)
    >>> [axes.get_label() for axes in figure.axes if axes.get_xlim()[1] == 200.0]  # ms
    ['spectrogram', 'spectrogram', 'error']
    """
    if not kinds or len(set(kinds)) < len(kinds):
        raise ValueError(f"kinds must be some, each once, not {', '.join(kinds) or 'none'}")
    panels = {kind: _panels(kind, sound, trace, time) for kind in kinds}
    wide = styles.COLUMNS.get(columns, 0.0) if width is None else width
    rows = {kind: 1 if wide >= WIDE and kind != "weights" else count
            for kind, count in panels.items()}  # fmt: skip
    if height is None:
        height = 1.0 + sum(HEIGHTS[kind] * count for kind, count in rows.items())
    page = _Page(styles.page(columns, height, width), panels, rows, _beside(kinds, sound, lines))
    for kind in kinds:
        axes, margin = page.next(kind)
        if trace and kind == "weights":
            _weights(evolution.within(*trace, time), axes, margin, lines)
        elif sound:
            _sound(kind, sound, axes, margin, Shown(time, frequency, log))
    page.finish()
    return page.figure


def _panels(kind: str, sound: Source | None, trace: Traced | None, time: Span) -> int:
    """Return how many panels a kind has."""
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, not {kind!r}")
    if kind == "weights":
        if not trace:
            raise ValueError("weights are drawn of a trace: specml render --trace N makes one")
        return len(trace[1])
    if not sound:
        raise ValueError(f"kind {kind} is drawn of a sound, and there is none")
    spans = [stretch(len(row), sound.samplerate, time) for row in sound.rows]
    few = max(at.stop - at.start for at in spans) <= curves.FEW
    each = kind == "spectrogram" or (kind == "waveform" and not few)
    return len(sound.rows) if each else 1


def _beside(kinds: Sequence[str], sound: Source | None, lines: bool) -> bool:
    """Return whether anything stands beside the panels."""
    bars = "spectrogram" in kinds or ("weights" in kinds and not lines)
    return bars or bool(sound and len(sound.rows) > 1)


class _Page:
    """The grid of a figure, which hands out the axes of one kind after the other."""

    def __init__(
        self, figure: Figure, panels: Mapping[str, int], rows: Mapping[str, int], beside: bool
    ) -> None:
        self.figure, self.panels, self.rows = figure, panels, rows
        self.columns = max(panels[kind] // rows[kind] for kind in panels)
        room = float(figure.get_size_inches()[0]) / styles.CM - BESIDE
        margin = MARGIN * self.columns / max(room, 1.0) if beside else 1e-3
        self.grid = GridSpec(
            sum(rows.values()), self.columns + 1, figure,
            width_ratios=[1.0] * self.columns + [margin],
            height_ratios=[HEIGHTS[kind] for kind, count in rows.items() for _ in range(count)],
        )  # fmt: skip
        self.stacks: list[list[Axes]] = []  # the axes of each row

    def next(self, kind: str) -> tuple[list[Axes], Axes]:
        """Return the axes of the next kind, and those of its margin."""
        rows, beside = self.rows[kind], self.panels[kind] // self.rows[kind]
        span, at = self.columns // beside, len(self.stacks)
        margin = self.figure.add_subplot(self.grid[at : at + rows, self.columns])
        mine = [[self.figure.add_subplot(self.grid[row, k * span : (k + 1) * span], label=kind)
                 for k in range(beside)] for row in range(at, at + rows)]  # fmt: skip
        self.stacks += mine
        return [axis for row in mine for axis in row], margin

    def finish(self) -> None:
        """Let panels on each other have one time axis, and their labels stand in one line."""
        axes = [axis for row in self.stacks for axis in row]
        for axis in axes:  # a trace may end before its sound does
            others = [other for other in axes if other.get_label() != "weights"
                      and other.get_xlabel() == axis.get_xlabel()]  # fmt: skip
            if axis.get_label() == "weights" and others:
                axis.set_xlim(others[0].get_xlim())
        for upper, lower in zip(self.stacks, self.stacks[1:], strict=False):
            labels = {axis.get_xlabel() for axis in (*upper, *lower)}
            if len(upper) == len(lower) and len(labels) == 1 and "time" in labels.pop():
                for one in upper:
                    one.tick_params(labelbottom=False)
                    one.set_xlabel("")
        self.figure.align_ylabels(axes)


def _sound(kind: str, sound: Source, axes: Sequence[Axes], margin: Axes, shown: Shown) -> None:
    names, rate = sound.names, sound.samplerate
    if kind == "spectrogram":
        spectra.spectrogram(sound.rows, rate, axes, time=shown.time, frequency=shown.frequency,
                           log=shown.log, names=names, colorbar=margin)  # fmt: skip
        return
    margin.axis("off")
    if kind == "waveform" and len(axes) > 1:
        _waveforms(sound, axes, shown.time)
    elif kind == "waveform":
        curves.waveform(sound.rows, rate, axes[0], time=shown.time, names=names, legend=margin)
    elif kind == "error":
        wrong = sound.errors()
        curves.error_curve(wrong.rows, rate, axes[0], time=shown.time, names=wrong.names,
                           legend=margin)  # fmt: skip
    else:
        spectra.spectrum(sound.rows, rate, axes[0], time=shown.time, frequency=shown.frequency,
                        names=names, legend=margin)  # fmt: skip


def _waveforms(sound: Source, axes: Sequence[Axes], time: Span) -> None:
    """Draw each channel on its own, with one scale and room for its name."""
    for axis, row in zip(axes, sound.rows, strict=True):
        curves.waveform(row, sound.samplerate, axis, time=time, legend=False)
        axis.sharey(axes[0])
    reach = max(float(np.abs(axis.dataLim.intervaly).max()) for axis in axes) or 1.0
    axes[0].set_ylim(-1.05 * reach, NAMED * reach)
    tag(axes, sound.names)


def _weights(trace: Traced, axes: Sequence[Axes], margin: Axes, lines: bool) -> None:
    times, parts = trace
    largest = max(map(evolution.reach, parts.values()))
    for k, (axis, part) in enumerate(zip(axes, parts.values(), strict=True)):
        bar = margin if k == 0 and not lines else False
        evolution.weights(part, times, axis, lines=lines, largest=largest, colorbar=bar)
        if lines and len(parts) > 1:  # room for its name
            low, high = axis.get_ylim()
            axis.set_ylim(low, high + 0.3 * (high - low))
    if lines:
        margin.axis("off")
    tag(axes, list(parts))

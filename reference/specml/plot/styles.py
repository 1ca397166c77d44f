"""How figures look on a page of a journal: size, font, colours and line styles."""

import difflib
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

import matplotlib
from cycler import Cycler, cycler
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

# Of the colours of Okabe and Ito, which eyes of every kind tell apart, three that grey tells apart
# too (L* 71, 46, 0); what comes after them has another line as well.
COLOURS = ("#E69F00", "#0072B2", "#000000", "#D55E00", "#56B4E9", "#009E73")
LINES = ("-", (0, (4, 1)), (0, (1, 1)), (0, (4, 1, 1, 1)), (0, (8, 1)), (0, (2, 2)))
COLUMNS = {1: 8.5, 2: 17.5}  # cm: the width of one column of a journal, and of two
CM = 1.0 / 2.54  # in inches
DPI, SCREEN = 300, 100  # where there are pixels: in print, on a screen
SMALLEST, LARGEST = 2.0, 100.0  # cm


def style(font: str = "DejaVu Sans", points: float = 8.0) -> AbstractContextManager[None]:
    """Return a context in which figures are made for print: text stays text, in one font.

    Colours and line styles of curves are told apart by colour-blind eyes and in grey.

    Parameters
    ----------
    font : str
        A family that Matplotlib finds, or the path of a font file.
    points : float
        Size of the text, 4..24; ticks and legends are a little smaller.

    Raises
    ------
    ValueError
        If there is no such font, or the size is out of range.

    Notes
    -----
    Colours: M. Okabe and K. Ito, "Color Universal Design", 2008.

    Examples
    --------
    >>> from specml import plot
    >>> with plot.style("STIXGeneral", points=9):
    ...     figure = plot.page(columns=1, height=4)
    ...     label = figure.subplots().set_xlabel("time [s]")
    >>> label.get_fontname(), label.get_fontsize()
    ('STIXGeneral', 9.0)
    """
    if not 4.0 <= points <= 24.0:
        raise ValueError(f"points must be within 4..24, not {points:g}")
    look: dict[Any, Any] = {
        "font.family": [family(font)],
        "font.size": points,
        "axes.titlesize": points,
        "axes.labelsize": points,
        "figure.titlesize": points,
        "figure.labelsize": points,
        "legend.fontsize": points - 1.0,
        "xtick.labelsize": points - 1.0,
        "ytick.labelsize": points - 1.0,
        "axes.linewidth": 0.5,
        "lines.linewidth": 0.8,
        "grid.linewidth": 0.4,
        **{f"{axis}tick.major.width": 0.5 for axis in "xy"},
        **{f"{axis}tick.minor.width": 0.4 for axis in "xy"},
        **{f"{axis}tick.major.size": 2.5 for axis in "xy"},
        **{f"{axis}tick.minor.size": 1.5 for axis in "xy"},
        "axes.labelpad": 2.0,
        "axes.prop_cycle": curves(),
        "legend.handlelength": 1.6,
    }
    return matplotlib.rc_context(look)


def curves() -> "Cycler[str, Any]":
    """Return the colours and the line styles of curves, which change together."""
    return cycler(color=COLOURS) + cycler(linestyle=LINES)


def family(font: str) -> str:
    """Return the family of a font, by its name or its file.

    Raises
    ------
    ValueError
        If there is none, and it names those that are most alike; or if it has no minus sign.
    """
    if Path(font).suffix.lower() in (".ttf", ".otf", ".ttc") and Path(font).is_file():
        font_manager.fontManager.addfont(font)
        found = font_manager.FontProperties(fname=font).get_name()
    else:
        found = _known(font)
    path = font_manager.findfont(found)
    if ord("−") not in font_manager.get_font(path).get_charmap():
        raise ValueError(f"font {font!r} has no minus sign, U+2212, which figures want")
    return found


def _known(font: str) -> str:
    """Return the family of this name, or with Roman after it."""
    for look in (set, font_manager.findSystemFonts):  # it may be newer than Matplotlib's list
        for path in set(look()) - {entry.fname for entry in font_manager.fontManager.ttflist}:
            with suppress(RuntimeError):  # what is no font
                font_manager.fontManager.addfont(path)
        names = sorted({entry.name for entry in font_manager.fontManager.ttflist})
        for name in names:
            if name.lower() in (font.lower(), f"{font.lower()} roman"):
                return name
    alike = difflib.get_close_matches(font, names, 5, 0.4) or ["DejaVu Sans", "STIXGeneral"]
    raise ValueError(f"there is no font {font!r}; there is {', '.join(alike)}, or a file's path")


def page(columns: int = 1, height: float = 6.0, width: float | None = None) -> Figure:
    """Return an empty figure of a size that it keeps when it is written.

    Parameters
    ----------
    columns : {1, 2}
        How many columns of a journal it is wide: 8.5 cm or 17.5 cm.
    height : float
        In cm, 2..100.
    width : float, optional
        In cm, 2..100, instead of `columns`.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> from specml import plot
    >>> (2.54 * plot.page(columns=2, height=5).get_size_inches()).round(3).tolist()
    [17.5, 5.0]
    """
    if columns not in COLUMNS:
        raise ValueError(f"columns must be one of 1, 2, not {columns!r}")
    size = (COLUMNS[columns] if width is None else width, height)
    for name, value in zip(("width", "height"), size, strict=True):
        if not SMALLEST <= value <= LARGEST:
            raise ValueError(f"{name} must be within {SMALLEST:g}..{LARGEST:g} cm, not {value:g}")
    figure = Figure(figsize=(size[0] * CM, size[1] * CM), dpi=DPI, layout="constrained")
    return spaced(figure, 0.02)


def spaced(figure: Figure, inches: float) -> Figure:
    """Leave so much space around each of its axes and at its edges."""
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine)
    engine.set(w_pad=inches, h_pad=inches, hspace=0.0, wspace=0.0)
    return figure

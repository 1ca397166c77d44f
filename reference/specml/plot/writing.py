"""Figures as files: what they may be, and that the same figure is the same bytes."""

import io
import warnings
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from ..container import replace
from .styles import DPI

# what a picture may be, and what keeps the time of day out of it
FORMATS = {".png": {}, ".pdf": {"CreationDate": None}, ".svg": {"Date": None}}
# text stays text: in a PDF with its font, in an SVG by its font's name
AS_TEXT: dict[Any, Any] = {"svg.hashsalt": "specml", "svg.fonttype": "none", "pdf.fonttype": 42}

TOO_SMALL = "constrained_layout not applied"  # how Matplotlib begins to say so


def ending(path: Path | str) -> str:
    """Return what a picture ends in, in small letters, if it can be written.

    Raises
    ------
    ValueError
        If it ends otherwise.

    Examples
    --------
    >>> from specml import plot
    >>> plot.ending("figure.PDF")
    '.pdf'
    >>> plot.ending("figure.jpg")
    Traceback (most recent call last):
    ValueError: figure.jpg must end in .png, .pdf, .svg, by what it is to be
    """
    found = Path(path).suffix.lower()
    if found not in FORMATS:
        raise ValueError(f"{path} must end in {', '.join(FORMATS)}, by what it is to be")
    return found


def write(figure: Figure, path: Path | str, dpi: float = DPI) -> None:
    """Write a figure without the time of day; the ending says what as.

    It is there whole or not at all. The size is the figure's own, text stays text.

    Parameters
    ----------
    figure : Figure
        From `page`, or any other.
    path : Path or str
        Ends in ``.png``, ``.pdf`` or ``.svg``.
    dpi : float
        Pixels to the inch: of a PNG, and of what is pixels in a PDF or an SVG.

    Raises
    ------
    ValueError
        If `path` ends otherwise, or the figure is too small for what it holds.
    OSError
        If the system cannot write it; an older file is then as it was.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from specml import plot
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     plot.write(plot.page(), Path(folder) / "empty.pdf")
    ...     print((Path(folder) / "empty.pdf").read_bytes()[:5])
    b'%PDF-'
    """
    kind = ending(path)
    content = io.BytesIO()
    with matplotlib.rc_context(AS_TEXT), warnings.catch_warnings():
        warnings.filterwarnings("error", TOO_SMALL)
        try:
            figure.savefig(content, format=kind[1:], dpi=dpi, metadata=FORMATS[kind])
        except UserWarning:
            width, height = 2.54 * figure.get_size_inches()
            raise ValueError(
                f"{width:g} x {height:g} cm are too small for what is to be drawn"
            ) from None
    replace(path, content.getbuffer())

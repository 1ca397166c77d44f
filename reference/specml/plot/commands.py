"""The command that draws figures for papers."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from ..looking.commands import refuse

if TYPE_CHECKING:
    from .axes import Span
    from .panels import Traced
    from .source import Source

KINDS = ("spectrogram", "waveform", "error", "weights", "spectrum")
OF_SOUND, OF_TRACE = ("waveform", "spectrogram"), ("weights",)  # if nothing else is wanted
TRACE = ".safetensors"
Kinds: TypeAlias = tuple[str, ...]
NUMBER = r"\d+(?:\.\d*)?|\.\d+"


def kinds_of(ctx: click.Context, param: click.Parameter, value: str | None) -> Kinds | None:
    """Return names with commas between."""
    kinds = tuple(value.split(",")) if value is not None else None
    for kind in kinds or ():
        if kind not in KINDS:
            raise click.BadParameter(f"{kind!r} is none of {', '.join(KINDS)}")
    if kinds and len(set(kinds)) < len(kinds):
        raise click.BadParameter(f"{value!r} has a kind twice")
    return kinds


def channels_of(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> tuple[int, ...] | None:
    """Return numbers with commas between."""
    if value is None:
        return None
    if not re.fullmatch(r"[1-9]\d{0,4}(,[1-9]\d{0,4})*", value):
        raise click.BadParameter(f"{value!r} must be numbers from 1 on, with commas between")
    return tuple(map(int, value.split(",")))


def span_of(ctx: click.Context, param: click.Parameter, value: str | None) -> "Span | None":
    """Return from where to where, None where nothing is said."""
    if value is None:
        return None
    found = re.fullmatch(rf"({NUMBER})?:({NUMBER})?", value)
    if not found or value == ":":
        raise click.BadParameter(f"{value!r} must be FROM:TO, such as 0.5:10, 0.5: or :10")
    low, high = (float(part) if part else None for part in found.groups())
    if high is not None and (low or 0.0) >= high:
        raise click.BadParameter(f"{value!r} must rise")
    return low, high


def size_of(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> tuple[float, float] | None:
    """Return width and height in cm."""
    if value is None:
        return None
    found = re.fullmatch(rf"({NUMBER})[x,×]({NUMBER})", value)
    width, height = map(float, found.groups()) if found else (0.0, 0.0)
    if not (2.0 <= width <= 100.0 and 2.0 <= height <= 100.0):
        raise click.BadParameter(f"{value!r} must be WxH in cm, each within 2..100")
    return width, height


@click.command("figure", short_help="Draw sounds and traces for a paper: PDF, SVG or PNG.")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE..",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@click.option(
    "-o", "--output", "to", required=True, metavar="FIGURE",
    type=click.Path(dir_okay=False, path_type=Path), help="PDF, SVG or PNG by its ending.",
)  # fmt: skip
@click.option(
    "--kind", "kinds", callback=kinds_of, metavar="KIND,..",
    help=f"What is drawn, from above to below: {', '.join(KINDS)}. Without it waveform and "
    "spectrogram of a sound, weights of a trace.",
)  # fmt: skip
@click.option(
    "--columns", type=click.Choice(["1", "2"]), default="1", show_default=True,
    help="Of a journal: 8.5 cm or 17.5 cm wide, and as high as is good.",
)  # fmt: skip
@click.option("--size", callback=size_of, metavar="WxH", help="In cm, instead of --columns: 8.5x6.")
@click.option("--font", default="DejaVu Sans", show_default=True, metavar="FONT",
              help="A family on this machine, or the file of a font.")  # fmt: skip
@click.option("--points", type=click.FloatRange(4, 24), default=8.0, show_default=True,
              help="Size of the text.")  # fmt: skip
@click.option("--time", "span", callback=span_of, metavar="FROM:TO", help="In seconds.")
@click.option(
    "--frequency",
    callback=span_of,
    metavar="FROM:TO",
    help="In Hz; 20 to half the sample rate without it.",
)
@click.option("--linear", is_flag=True, help="Frequencies of a spectrogram on a linear axis.")
@click.option(
    "--channels",
    callback=channels_of,
    metavar="N,..",
    help="Which of a sound's; of a trace's models one.",
)
@click.option("--lines", is_flag=True, help="Weights as lines, not as a map.")
@click.option("--title", metavar="TEXT", help="There is none without it.")
@click.option("--dpi", type=click.IntRange(300, 2400), default=300, show_default=True,
              help="Pixels to the inch: of a PNG, and of spectrograms and maps.")  # fmt: skip
def figure(files: tuple[Path, ...], to: Path, **given: Any) -> None:
    """Draw sounds (WAV and the like, or the record of a rendering) and a trace.

    Several sounds, of one sample rate, are channels of one figure, named after their files.

    An error is channel `error`, or else what `out` says minus what was heard; of a sound without
    such names the second of two --channels minus the first.
    """
    try:
        draw(files, to, **given)
    except (OSError, ValueError, ImportError) as error:
        refuse(error)
    click.echo(to)


def draw(
    files: Sequence[Path], to: Path, *, kinds: Kinds | None, columns: str,
    size: tuple[float, float] | None, font: str, points: float, span: "Span | None",
    frequency: "Span | None", linear: bool, channels: tuple[int, ...] | None, lines: bool,
    title: str | None, dpi: int,
) -> None:  # fmt: skip
    """Draw a figure of files."""
    from . import panels, styles, writing  # here, because Matplotlib takes a second to import

    writing.ending(to)
    with styles.style(font, points):
        span = span or (None, None)
        sound, trace = read(files, channels)
        kinds = kinds or (*OF_SOUND * bool(sound), *OF_TRACE * bool(trace))
        page = panels.compose(
            kinds, sound, trace, columns=int(columns), width=size and size[0],
            height=size and size[1], time=span, frequency=frequencies(frequency, sound),
            log=not linear, lines=lines,
        )  # fmt: skip
        if title:
            page.suptitle(title)
        writing.write(page, to, dpi)


def read(
    files: Sequence[Path], channels: tuple[int, ...] | None
) -> "tuple[Source | None, Traced | None]":
    """Return all sounds as one, and the trace.

    Raises
    ------
    ValueError
        If they do not go together.
    """
    from . import source

    traces = [path for path in files if path.suffix.lower() == TRACE]
    if len(traces) > 1:
        raise ValueError(f"{traces[1]} is a second trace, of which a figure has one")
    sounds = {path: source.sound(path) for path in files if path not in traces}
    together = None
    if sounds:
        together = source.together(sounds)
        together = together.only(channels) if channels and not traces else together
    if not traces:
        return together, None
    model = channels[0] if channels else 1
    return together, source.traced(traces[0], model)


def frequencies(wanted: "Span | None", sound: "Source | None") -> tuple[float, float] | None:
    """Return from where to where frequencies are shown.

    Raises
    ------
    ValueError
        If that is beyond half the sample rate.
    """
    if not wanted or not sound:
        return None
    low, high = wanted
    top = sound.samplerate / 2.0
    found = (20.0 if low is None else low, top if high is None else min(high, top))
    if found[0] >= found[1]:
        raise ValueError(f"frequency {found[0]:g} Hz must be below {found[1]:g} Hz")
    return found

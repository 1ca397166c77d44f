"""The commands that look at files: show and compare."""

import sys
from pathlib import Path
from typing import NoReturn

import click

from .compare import compare

READABLE = click.Path(path_type=Path)


@click.command("show", short_help="Draw a state file or a trace, and say what it is.")
@click.argument("file", type=READABLE)
@click.option(
    "-o",
    "--output",
    "picture",
    metavar="PICTURE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="PNG, PDF or SVG by its ending; without it a PNG beside the file.",
)
@click.option(
    "--channel", type=click.IntRange(min=1), default=1, show_default=True, help="Which is shown."
)
@click.option(
    "--samplerate",
    type=click.FloatRange(1.0, 1e6),
    help="In Hz, of frequencies and times; the file's own, or 48000, without it.",
)
def show_file(file: Path, picture: Path | None, channel: int, samplerate: float | None) -> None:
    """Draw a state file: its weights, and how the network resonates around its present past; of
    Unlearn the delay network. Draw a trace: how its weights evolved.
    """  # noqa: D205
    picture = picture or file.with_suffix(".png")
    try:
        from .show import show  # here, because Matplotlib takes a second to import

        lines = show(file, picture, channel, samplerate)
    except (OSError, ValueError, ImportError) as error:
        refuse(error)
    for line in [*lines, str(picture)]:
        click.echo(line)


@click.command("compare", short_help="Say where two sounds or two state files first differ.")
@click.argument("a", type=READABLE)
@click.argument("b", type=READABLE)
@click.option(
    "-o",
    "--output",
    "picture",
    metavar="PICTURE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw both around the first difference: PNG, PDF or SVG by its ending.",
)
def compare_files(a: Path, b: Path, picture: Path | None) -> None:
    """Compare two sounds, or two state files, as bits: where they first differ, by how many steps
    of their format (ulps of floats, LSBs of whole samples), and how much elsewhere.

    Ends with 0 if they are equal, 1 if they differ, 2 if one cannot be read.
    """  # noqa: D205
    try:
        found = compare(a, b)
        if picture and found.first:
            from ..plot import write
            from ..plot.styles import SCREEN
            from . import apart

            write(apart.draw((a.name, b.name), *found.first), picture, SCREEN)
    except (OSError, ValueError, ImportError) as error:
        refuse(error)
    if found.equal:
        click.echo(f"{a} and {b} are equal: {found.numbers} numbers, bit for bit")
        return
    click.echo(f"{a} and {b} differ")
    for line in [*found.lines, *([str(picture)] if picture and found.first else [])]:
        click.echo(line)
    sys.exit(1)


def refuse(error: Exception) -> NoReturn:
    """Say in one line what is wrong, and end with 2."""
    said = str(error)
    if isinstance(error, OSError) and error.strerror and error.filename:
        said = f"{error.filename}: {error.strerror}"
    click.echo(f"Error: {said}", err=True)
    sys.exit(2)

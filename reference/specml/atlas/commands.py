"""The command that makes maps and a page of a table of sounds, or serves them."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from tqdm import tqdm

from .. import plot
from ..files import named
from ..reference.interrupts import held_back
from . import maps, sounds
from .page import page
from .pictures import Asked, pictures
from .serve import ADDRESS, server
from .table import Table, read
from .words import Word, codes
from .words import read as read_words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def how_many(_context: click.Context, _option: click.Parameter, said: str) -> int | None:
    """Return a number, or nothing for all."""
    if said != "all" and not said.isdigit():
        raise click.BadParameter(f"{said} is neither a number nor all")
    return None if said == "all" else int(said)


FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("atlas", short_help="Draw maps of a sweep's table, and make a page that plays it.")
@click.argument("path", metavar="TABLE", type=FILE)
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where maps, page and sounds go.",
)
@click.option("--x", "across", metavar="NAME", help="What maps have across; the first swept.")
@click.option("--y", "upwards", metavar="NAME", help="What they have upwards; the second swept.")
@click.option("--measure", "measures", metavar="NAME", multiple=True,
              help="What maps are of, several times for several; all without it.")  # fmt: skip
@click.option("--base", "bases", metavar="NAME", multiple=True,
              help="Around what maps lie, several times for several; all without it.")  # fmt: skip
@click.option("--pairs", is_flag=True, help="A map of each pair of what was swept, for each base.")
@click.option("--statistic", type=click.Choice(maps.STATISTICS), default="mean", show_default=True,
              help="What is said of the sounds in a cell.")  # fmt: skip
@click.option("--format", "kind", type=click.Choice(["pdf", "svg", "png", "none"]), default="pdf",
              show_default=True, help="What maps are written as.")  # fmt: skip
@click.option("--words", "rules", metavar="FILE", type=FILE,
              help="Rules on measures that give sounds words, in TOML.")  # fmt: skip
@click.option("--title", help="Of the page; the table's name without it.")
@click.option("--sounds", "many", metavar="N|all", default="0", callback=how_many,
              help="Make so many, spread over the table, for the page to play.")  # fmt: skip
@click.option("--serve", is_flag=True, help="Serve the page to this machine alone; any row sounds.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Of the server; any free.")
def atlas(
    path: Path, folder: Path | None, across: str | None, upwards: str | None,
    measures: tuple[str, ...], bases: tuple[str, ...], pairs: bool, statistic: str, kind: str,
    rules: Path | None, title: str | None, many: int | None, serve: bool, port: int,
) -> None:  # fmt: skip
    """Draw maps of a table of `specml sweep`, and make a page on which each point plays.

    Maps show the mean of a measure over two settings, one for each base. The page holds the table
    and needs nothing else but the sounds, which --sounds makes beforehand and --serve on demand.
    """
    if (folder is None) == (not serve):
        raise click.UsageError("it wants either -o DIR or --serve")
    table = opened(path)
    words = said_words(rules, table)
    title = title or path.stem
    if serve:
        serve_page(table, title, words, port)
        return
    assert folder is not None
    asked = Asked(across, upwards, measures, bases, pairs, statistic)
    drawn = {} if kind == "none" else drawings(table, asked, words)
    rows = sounds.chosen(table, many)
    with unit(folder) as beside:
        for name, draw in tqdm(drawn.items(), "maps", disable=None, leave=False):
            plot.write(draw(), beside / f"{name}.{kind}")
        made = write_sounds(table, rows, beside)
        (beside / "index.html").write_text(page(table, title, words, made), encoding="utf-8")
    click.echo(folder / "index.html")


def opened(path: Path) -> Table:
    """Return the table; say in one line what prevents it."""
    try:
        return read(path)
    except ImportError as error:
        raise click.ClickException(f"{error.name} is missing: pip install specml[sweep]") from error
    except (OSError, ValueError) as error:
        raise click.BadParameter(str(error), param_hint="'TABLE'") from error


def said_words(rules: Path | None, table: Table) -> list[Word]:
    """Return the words of a file of rules, all of them about what the table has."""
    try:
        words = read_words(rules) if rules else []
        codes(words, table)
        return words
    except (OSError, ValueError) as error:
        raise click.BadParameter(str(error), param_hint="'--words'") from error


def drawings(table: Table, asked: Asked, words: list[Word]) -> "dict[str, Callable[[], Figure]]":
    """Return what is to be drawn; say in one line what cannot be."""
    try:
        return pictures(table, asked, words)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def write_sounds(table: Table, rows: list[int], beside: Path) -> dict[str, object] | None:
    """Write the sounds of rows into ``sounds``; return what the page is to know of them."""
    if not rows:
        return None
    folder = beside / "sounds"
    folder.mkdir()
    sounds.write(table, tqdm(rows, "sounds", disable=None, leave=False), folder)
    all_of_them = len(rows) == table.rows
    return {"folder": "sounds/", "ending": sounds.ending(table),
            "rows": "all" if all_of_them else rows}  # fmt: skip


def serve_page(table: Table, title: str, words: list[Word], port: int) -> None:
    """Serve until Ctrl-C."""
    made = page(table, title, words, {"folder": ADDRESS, "ending": ".wav", "rows": "all"})
    try:
        served = server(table, made, port)
    except OSError as error:
        raise click.BadParameter(f"{port}: {error.strerror}", param_hint="'--port'") from error
    click.echo(f"http://127.0.0.1:{served.server_port}/ until Ctrl-C")
    with served:
        try:
            served.serve_forever()
        except KeyboardInterrupt:
            return


@contextmanager
def unit(folder: Path) -> Iterator[Path]:
    """Hand out a folder whose files appear in `folder` together, or not at all.

    Raises
    ------
    click.ClickException
        If the system does not let it.
    """
    beside = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with named(folder):
            beside = Path(tempfile.mkdtemp(prefix=".atlas.", dir=folder))
        yield beside
        with held_back():
            for new in beside.iterdir():
                old = folder / new.name
                if old.is_dir():
                    shutil.rmtree(old)
                new.replace(old)
    except OSError as error:
        raise click.ClickException(f"cannot write {error.filename}: {error.strerror}") from error
    finally:
        if beside:
            shutil.rmtree(beside, ignore_errors=True)

"""The command of the command line that runs sweeps."""

import functools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from . import cluster, told
from .gather import LostError
from .whole import folder_of, repeat
from .whole import sweep as carry_out

PATH = click.Path(path_type=Path)


@click.command("sweep", short_help="Run a design of many runs, and write a table of measures.")
@click.argument(
    "given", metavar="SPEC.toml|TABLE.parquet", type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "-o",
    "--output",
    metavar="TABLE.parquet|DIR",
    type=PATH,
    help="The table; beside SPEC.toml, and called like it, without this. With --row the folder.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="Processes on this machine; as many as it has processors, without it.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Run on the workers of this Dask scheduler.")
@click.option("--dashboard", is_flag=True, help="Serve Dask's pages while it runs.")
@click.option(
    "--row",
    type=click.IntRange(min=0),
    metavar="N",
    help="Run a row of TABLE.parquet once more, and write its sound and record.",
)
def sweep(
    given: Path, output: Path | None, workers: int | None, scheduler: str | None, dashboard: bool,
    row: int | None,
) -> None:  # fmt: skip
    """Run all that SPEC.toml tells of, and write a table: a row for each run, with its measures.

    What has been run is kept in a folder beside the table. Stop it whenever you like: the same
    command goes on.
    """
    if row is not None:
        with said():
            click.echo(repeat(given, row, output or Path(), progress=True))
        return
    if given.suffix == ".parquet":
        raise click.UsageError(f"{given} is a table: --row says which of its rows is run once more")
    path = output or given.with_suffix(".parquet")
    sys.path.insert(0, str(given.parent.absolute()))  # measures may stand beside it
    try:
        spec = told.from_file(given)
    except (ValueError, OSError) as error:
        raise click.BadParameter(f"{given}: {error}", param_hint="SPEC.toml") from error
    used = functools.partial(cluster.remote, scheduler) if scheduler else functools.partial(
        cluster.local, workers, dashboard)  # fmt: skip
    try:
        with said():
            failed = carry_out(spec, path, used, progress=True)
    except KeyboardInterrupt:
        click.echo(f"stopped; what has been run is in {folder_of(path)}: the same command goes on")
        sys.exit(130)
    click.echo(f"{path}: {spec.rows} rows" + (f", {failed} of them with an error" * bool(failed)))


@contextmanager
def said() -> Iterator[None]:
    """Say in one line what prevents it."""
    try:
        yield
    except ImportError as error:
        wanted = "bokeh" if error.name == "bokeh" else "specml[sweep]"
        raise click.ClickException(f"{error}: pip install {wanted}") from error
    except LostError as error:
        raise click.ClickException(f"{error}; the same command goes on") from error
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error

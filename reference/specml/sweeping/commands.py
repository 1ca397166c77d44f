"""The command of the command line that runs sweeps."""

import functools
import sys
from pathlib import Path

import click

from . import cluster, told
from .gather import LostError
from .sweep import folder_of
from .sweep import sweep as carry_out

PATH = click.Path(dir_okay=False, path_type=Path)


@click.command("sweep", short_help="Run a design of many runs, and write a table of measures.")
@click.argument("told_by", metavar="SPEC.toml", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--output",
    "table",
    metavar="TABLE.parquet",
    type=PATH,
    help="The table; beside SPEC.toml, and called like it, without this.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="Processes on this machine; as many as it has processors, without it.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Run on the workers of this Dask scheduler.")
@click.option("--dashboard", is_flag=True, help="Serve Dask's pages while it runs.")
def sweep(
    told_by: Path, table: Path | None, workers: int | None, scheduler: str | None, dashboard: bool
) -> None:
    """Run all that SPEC.toml tells of, and write a table: a row for each run, with its measures.

    What has been run is kept in a folder beside the table. Stop it whenever you like: the same
    command goes on.
    """
    path = told_by.with_suffix(".parquet") if table is None else table
    sys.path.insert(0, str(told_by.parent.absolute()))  # measures may stand beside it
    try:
        spec = told.from_file(told_by)
    except (ValueError, OSError) as error:
        raise click.BadParameter(f"{told_by}: {error}", param_hint="SPEC.toml") from error
    if scheduler:
        used = functools.partial(cluster.remote, scheduler)
    else:
        used = functools.partial(cluster.local, workers, dashboard)
    try:
        carry_out(spec, path, used, progress=True)
    except KeyboardInterrupt:
        click.echo(f"stopped; what has been run is in {folder_of(path)}: the same command goes on")
        sys.exit(130)
    except ImportError as error:
        raise click.ClickException(f"{error}: pip install specml[sweep]") from error
    except LostError as error:
        raise click.ClickException(f"{error}; the same command goes on") from error
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(path)

"""Build what a release carries: ``./run dist --help``."""

import click

from . import native
from .targets import TARGETS


@click.command()
@click.argument("names", nargs=-1, metavar="[TARGET]...", type=click.Choice(list(TARGETS)))
def main(names: tuple[str, ...]) -> None:
    """Build everything for each TARGET, or for all."""
    for name in names or TARGETS:
        click.echo(f"{name}: {native.build(name)}")


main(prog_name="./run dist")

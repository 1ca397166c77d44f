"""Build and pack what a release carries: ``./run dist --help``."""

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from . import jack, max, native, pd, python, sbom, sc, sign, sums, web
from .hosts import ROOT, run
from .targets import TARGETS

OUT = ROOT / "dist"
PACKERS = {
    "pd": pd.pack, "max": max.pack, "sc": sc.pack, "jack": jack.pack, "python": python.pack,
    "web": web.pack,
}  # fmt: skip


def _chosen(_context: click.Context, _parameter: click.Parameter, told: str) -> list[str]:
    words = told.split(",") if told else []
    if unknown := set(words) - set(PACKERS):
        raise click.BadParameter(f"{', '.join(sorted(unknown))}: there is {', '.join(PACKERS)}")
    return words


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", nargs=-1, metavar="[TARGET]...", type=click.Choice(list(TARGETS)))
@click.option("--only", default=",".join(PACKERS), show_default=True, callback=_chosen,
              help="Pack this, leave the rest of dist/; '' packs nothing.")  # fmt: skip
@click.option("--sign", "identity", metavar="IDENTITY", help=sign.HELP)
def main(names: tuple[str, ...], only: list[str], identity: str | None) -> None:
    """Build everything for each TARGET, or for all, and pack it into dist/.

    A TARGET is a system on a processor, such as linux-arm64.
    """
    if sys.platform == "linux":
        _make(names or tuple(TARGETS), only)
    elif not identity:
        raise click.UsageError("a release is built on Linux; a Mac may --sign it")
    if identity:
        click.echo(sign.sign(OUT, identity))
    if only or identity:
        _tell([sbom.write(OUT), sums.write(OUT)])


def _make(names: tuple[str, ...], only: list[str]) -> None:
    if run("git", "-C", ROOT, "status", "--porcelain"):
        click.echo("Not everything here is committed: the sdist has only what is.", err=True)
    builds = {name: native.build(name) for name in names}
    if len(only) == len(PACKERS):
        shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(exist_ok=True)
    for host in only:
        _tell(PACKERS[host](builds, OUT))


def _tell(made: Iterable[Path]) -> None:
    for path in made:
        click.echo(f"{path.stat().st_size / 1e6:6.2f} MB  {path.name}")


main(prog_name="./run dist")

"""The command that runs models over own sounds: `specml run`."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click

from ..files import unit
from ..state import save_channels
from . import record, runfile, words
from .config import Config
from .curves import columns
from .expressions import FUNCTIONS, SIGNS
from .options import ModelCommand, of_model, repeating
from .saving import check, save, write
from .texts import relative

ABOUT = {
    "autoregnn": "Let a network predict IN, or from it a --target, and write what it says to OUT.",
    "autoregnn2": "Let two networks predict IN and --x2, and write to OUT what a network between "
    "them says.",
    "unlearn": "Let a network of neurons sound, and hear IN if there is one: each channel of it is "
    "an external input.",
}
PLACES = (
    "IN is a sound, FILE:CHANNEL, or an expression of time as 'sine(200 * t)'; OUT a .wav, beside "
    "which stands its record, or - for standard output. Each channel has a network of its own."
)
PLACE = (
    "IN is a sound, FILE:CHANNEL, or an expression of time as 'sine(200 * t)'; OUT a .wav, beside "
    "which stands its record, or - for standard output."
)
TOLD = ("preset", "seed", "seconds", "samplerate", "channels", "signals", "outs", "recorded")


class Runs(click.Group):
    """The models, and any FILE.toml or RECORD.json."""

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return what runs a model, or repeats a file."""
        if Path(name).suffix.lower() in (".toml", ".json"):
            return repeated(Path(name))
        return super().get_command(ctx, name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say what there is, where there is no such model."""
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise click.BadParameter(
                f"{args[0]} is none of {', '.join(self.commands)}, no FILE.toml and no RECORD.json",
                ctx, param_hint="'MODEL'",
            )  # fmt: skip
        return super().resolve_command(ctx, args)


HELP = f"""Run a model over sounds, expressions and files of controls; or run again what stands in
a FILE.toml or in the RECORD.json of a sound.

\b
specml run autoregnn voice.wav out.wav --lr "0.1*exp(-t/3)" --width 16
specml run unlearn out.wav --preset wind --seconds 60 --seed 7
specml run autoregnn voice.wav out.wav --write voice.toml
specml run voice.toml
specml run out.json again.wav

An expression is made of numbers, of t (s), n (sample), rate (Hz), samples (where it ends), pi, in
controls also of what is heard, x, or x1 and x2; of {SIGNS}; and of the functions
{" ".join(FUNCTIONS)}."""


@click.group(
    "run", cls=Runs, help=HELP, short_help="Run a model over your own sounds.",
    subcommand_metavar="MODEL|FILE.toml|RECORD.json [OPTIONS] ...",
)  # fmt: skip
def run() -> None:
    """Run a model."""


def told_by(model: str, values: Mapping[str, Any], source: str | None) -> dict[str, Any]:
    """Return what the options of a command tell, as `Config.from_dict` takes it."""
    given = {name: value for name, value in values.items() if value is not None}
    controls = {name: given[name] for name in words.controls(model) if name in given}
    if "moves" in given:
        for column in columns(given["moves"]):
            if column in controls:
                raise ValueError(f"{column} is told twice, by --{column} and by {given['moves']}")
            controls[column] = f"{given['moves']}:{column}"
    settings = {name: given[name] for name in words.settings(model) if name in given}
    told: dict[str, Any] = {name: given[name] for name in TOLD if name in given}
    first = "x1" if model == "autoregnn2" else "x"
    heard = {first: source} if source is not None else {}
    heard |= {name: given[name] for name in ("x2", "target") if name in given}
    if "state_in" in given:
        told["state"] = str(given["state_in"])
    if model == "unlearn" and given.get("state_out"):
        told.setdefault("recorded", False)
    return {"model": model, **told, "settings": settings, "controls": controls, "inputs": heard}


def config_by(model: str, values: Mapping[str, Any], source: str | None) -> Config:
    """Return the run that a command tells of."""
    told = told_by(model, values, source)
    config = Config.from_dict(told)
    if values["begin"]:
        told["begin"] = round(values["begin"] * config.samplerate)
        config = Config.from_dict(told)
    return config


def command(model: str) -> click.Command:
    """Return the command of a model."""

    def callback(paths: tuple[str, ...], **values: Any) -> None:
        wanted = (1, 2) if model == "unlearn" else (2,)
        if len(paths) not in wanted:
            hears = "[IN] OUT" if model == "unlearn" else "IN and OUT"
            raise click.UsageError(f"{model} takes {hears}, not {' '.join(paths) or 'nothing'}")
        source = paths[0] if len(paths) == 2 else None
        with refused():
            config = config_by(model, values, source)
            if values["write"]:
                write_run(config, values["write"], paths[-1])
            else:
                out(config, paths[-1], values["engine"], values["state_out"])

    help_ = f"{ABOUT[model]}\n\n{PLACE if model == 'unlearn' else PLACES}"
    return ModelCommand(model, params=of_model(model), callback=callback, help=help_,
                        short_help=ABOUT[model].split(",")[0] + ".")  # fmt: skip


def repeated(path: Path) -> click.Command:
    """Return the command that runs what stands in a file."""

    def callback(out_: str | None, engine: str, state_out: Path | None) -> None:
        with refused():
            if path.suffix.lower() == ".toml":
                told, output = runfile.read(path)
                target = out_ or (str(path.parent / output) if output else None)
            else:
                told, target = _recorded(path), out_
            config = Config.from_dict(told, path.parent)
            if target is None:
                raise ValueError(f"{path} names no output: specml run {path} OUT")
            out(config, target, engine, state_out)

    params = [click.Argument(["out_"], required=False, metavar="[OUT]"), *repeating()]
    return ModelCommand(path.name, params=params, callback=callback,
                        help=f"Run again what stands in {path.name}.")  # fmt: skip


def _recorded(path: Path) -> dict[str, Any]:
    said = record.read(path)
    if "run" not in said:
        raise ValueError(f"{path} is the record of an example: specml verify {path} renders it "
                         f"again")  # fmt: skip
    other = record.changed(said, path.parent)
    if other:
        raise ValueError(f"{other}: this would be another run than {path}")
    return dict(said["run"])


def write_run(config: Config, path: Path, output: str) -> None:
    """Write a run as TOML, with files as they are found from there."""
    check(config, [path])
    named = None if output == "-" else relative(Path(output).absolute(), path.parent.absolute())
    told = config.as_dict(path.parent)
    text = runfile.text(told, path.name, named.as_posix() if named else None)
    with unit(path.parent, path.stem, [path.suffix[1:]]) as beside:
        (beside / path.name).write_text(text, encoding="utf-8")
    click.echo(path)


def out(config: Config, target: str, engine: str, state: Path | None) -> None:
    """Write a run to a file, or to standard output."""
    if target == "-":
        check(config, [], state)
        written = write(config, standard_output(), engine, progress=True)
        if state:
            save_channels(written.networks.models, state)
    else:
        path = Path(target)
        written = save(config, path, engine, progress=True, state=state)
        for name in (path, path.with_suffix(".json"), *([state] if state else [])):
            click.echo(name)
    if written.repaired:
        click.echo(f"{written.repaired} samples of the input were not finite or beyond ±1e6, and "
                   f"were repaired", err=True)  # fmt: skip


def standard_output() -> BinaryIO:
    """Return standard output for bytes, if it is no terminal."""
    if sys.stdout.isatty():
        raise ValueError("standard output is a terminal, and no place for a WAV")
    return sys.stdout.buffer


@contextmanager
def refused() -> Iterator[None]:
    """Say in one line what prevents a run."""
    try:
        yield
    except BrokenPipeError:  # whoever listened has gone
        raise
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        raise click.ClickException(f"{named}{error.strerror or error}") from error
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    except MemoryError as error:
        raise click.ClickException("not enough memory") from error


for _model in words.models():
    run.add_command(command(_model))

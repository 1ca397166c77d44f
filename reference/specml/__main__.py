"""The command line: list, render and verify examples.

`looking.commands` and `playing.commands` have the others.
"""

import math
import sys
from pathlib import Path

import click
import numpy as np

from . import __version__
from .atlas.commands import atlas
from .engines import ENGINES
from .examples import EXAMPLES, Example, Run
from .looking.commands import compare_files, show_file
from .playing.commands import play
from .plot.commands import figure
from .reference.arrays import Array
from .render import Heard, read_input, save
from .sweeping.commands import sweep
from .trace import TooLargeError
from .verify import Verdict, promised, rendered, verify

NAMES = click.Choice([*EXAMPLES, "all"])
SLOWEST, FASTEST = 1000, 768000  # Hz
RATES = click.IntRange(SLOWEST, FASTEST)


def chosen(name: str) -> list[Example]:
    """Return one example, or all of them."""
    return list(EXAMPLES.values()) if name == "all" else [EXAMPLES[name]]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Networks that learn while they sound: the examples of "Speculative Machine Learning in
    Sound Synthesis" (Döbereiner and Pirrò, SMC 2024).
    """  # noqa: D205


main.add_command(show_file)
main.add_command(compare_files)
main.add_command(play)
main.add_command(figure)
main.add_command(sweep)
main.add_command(atlas)


@main.command("list")
def list_examples() -> None:
    """Name the examples and what to listen to."""
    for example in EXAMPLES.values():
        seed = f" (seed {example.seed})" if example.seed != 1 else ""
        click.echo(
            f"{example.name:<12} {example.model:<11} {example.seconds:>5g} s  {example.about}{seed}"
        )


@main.command("render", short_help="Write the sound, a picture and a record.")
@click.argument("name", type=NAMES, metavar="NAME|all")
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the files go.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True, max=3600),
    help="Length; the example's own without it.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**64 - 4),
    help="Of the initial weights. Without it the example's own; another is part of the names.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="core",
    show_default=True,
    help="The C core, or the reference in NumPy: same bits, far slower.",
)
@click.option(
    "--samplerate",
    type=RATES,
    help="In Hz; 48000, or the input's own, without it.",
)
@click.option(
    "--input",
    "input_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A sound file to play into percussion.",
)
@click.option("--no-plot", is_flag=True, help="Write no picture, and remove an older one.")
@click.option(
    "--trace",
    type=click.IntRange(min=1),
    metavar="N",
    help="Keep the weights every N samples too, for `specml show`.",
)
def render_examples(
    name: str, folder: Path, seconds: float | None, seed: int | None, engine: str,
    samplerate: int | None, input_file: Path | None, no_plot: bool, trace: int | None,
) -> None:  # fmt: skip
    """Write the sound (WAV, 32-bit float), a picture (PNG) and a record (JSON) of an example, or
    of all.
    """  # noqa: D205
    heard = hear(name, input_file, samplerate) if input_file else None
    for example in chosen(name):
        played = heard if example.takes_input else None
        rate = float(samplerate or (played.samplerate if played else 48000))
        samples = length(example, seconds, rate, played)
        x = fitted(played.samples, samples) if played else None
        run = Run(samples, example.seed if seed is None else seed, engine, rate, x)
        for path in saved(example, run, folder, not no_plot, played, trace):
            click.echo(path)


def hear(name: str, path: Path, samplerate: float | None) -> Heard:
    """Return the live input, if the examples of this name take one."""
    if not any(example.takes_input for example in chosen(name)):
        takers = ", ".join(e.name for e in EXAMPLES.values() if e.takes_input)
        raise click.BadParameter(
            f"{name} hears no live input; {takers} does", param_hint="'--input'"
        )
    try:
        heard = read_input(path, samplerate)
    except (ValueError, OSError) as error:
        raise click.BadParameter(str(error), param_hint="'--input'") from error
    if not SLOWEST <= heard.samplerate <= FASTEST:
        raise click.BadParameter(
            f"{path} has {heard.samplerate:g} samples a second, not {SLOWEST}..{FASTEST}: "
            f"give a --samplerate",
            param_hint="'--input'",
        )
    return heard


def length(example: Example, seconds: float | None, samplerate: float, played: Heard | None) -> int:
    """Return the samples to render: as told, as long as what is played, or its own length."""
    if seconds is None and played is not None:
        return len(played.samples)
    seconds = example.seconds if seconds is None else seconds
    samples = round(seconds * samplerate) if math.isfinite(seconds) else 0
    if samples < 1:
        raise click.BadParameter(
            f"{seconds:g} seconds hold no sample at {samplerate:g} Hz", param_hint="'--seconds'"
        )
    return samples


def fitted(played: Array, samples: int) -> Array:
    """Return what is played, cut or followed by silence."""
    return np.pad(played[:samples], (0, max(0, samples - len(played))))


def saved(
    example: Example, run: Run, folder: Path, plot: bool, heard: Heard | None, trace: int | None
) -> list[Path]:
    """Render and write; say in one line what prevents it."""
    try:
        return save(example, run, folder, plot, progress=True, heard=heard, trace=trace)
    except OSError as error:
        said = f"cannot write {error.filename}: {error.strerror}"
    except ImportError as error:
        said = f"cannot draw a picture: {error}; --no-plot does without"
    except TooLargeError as error:
        said = str(error)
    except MemoryError:
        said = f"not enough memory for {run.samples} samples of {example.name}"
    raise click.ClickException(said)


@main.command("verify", short_help="Compare both engines bit for bit, and with what is promised.")
@click.argument("name", type=NAMES, default="all", metavar="[NAME|all]")
@click.option(
    "--samples",
    type=click.IntRange(1, 10**9),
    default=2000,
    show_default=True,
    help="How many to compare.",
)
@click.option("--full", is_flag=True, help="Whole renderings of the C core, with what is promised.")
def verify_examples(name: str, samples: int, full: bool) -> None:
    """Run the C core and the NumPy reference side by side and compare them bit for bit, and the
    SHA-256 of what they say with the one that this version promises on every machine.
    """  # noqa: D205
    same = True
    for example in chosen(name):
        if full:
            longest = max(promise.samples for promise in promised(example.name))
            verdicts = [rendered(example, promise) for promise in promised(example.name)
                        if promise.samples == longest]  # fmt: skip
        else:
            verdicts = [verify(example, samples)]
        for verdict in verdicts:
            same &= not (verdict.difference or verdict.found)
            click.echo(f"{example.name}: {in_words(verdict)}")
    sys.exit(0 if same else 1)


def in_words(verdict: Verdict) -> str:
    """Return what came out."""
    if verdict.difference:
        return f"DIFFERENT after {verdict.samples} samples: {verdict.difference}"
    promise, found = verdict.promise, verdict.found
    if promise and found:
        return (
            f"DIFFERENT from what is promised of {found.samples} samples with seed {found.seed}: "
            f"SHA-256 {found.sha256_double}, not {promise.sha256_double}"
        )
    if promise and not verdict.values:
        return f"as promised, {verdict.samples} samples with seed {promise.seed}"
    said = f"identical, {verdict.samples} samples and {verdict.values} state values"
    return f"{said}, as promised" if promise else said


if __name__ == "__main__":
    main()

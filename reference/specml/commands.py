"""The commands that list and render the examples."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from .engines import ENGINES
from .examples import EXAMPLES, Example, Run
from .render import Heard, fitted, read_input, save, stream
from .running.commands import refused, standard_output
from .trace import TooLargeError

SLOWEST, FASTEST = 1000, 768000  # Hz
RATES = click.IntRange(SLOWEST, FASTEST)
NAMES = click.Choice([*EXAMPLES, "all"])
SEED_MAX = 2**64 - 4  # of an example: its further models take the numbers after it
SEEDS_MAX = 10000


def chosen(*names: str) -> list[Example]:
    """Return examples by name, each once; all of them for ``all``."""
    every = [*EXAMPLES.values()]
    return every if "all" in names else [EXAMPLES[name] for name in dict.fromkeys(names)]


def seeds(ctx: click.Context, param: click.Parameter, value: str | None) -> range | None:
    """Return a seed, or a range of them as 1:5, which has both ends."""
    if value is None:
        return None
    first, colon, last = value.partition(":")
    try:
        low = int(first)
        high = int(last) if colon else low
    except ValueError:
        raise click.BadParameter(
            f"{value!r} is neither a seed nor seeds as 1:5", ctx, param
        ) from None
    if not 0 <= low <= high <= SEED_MAX:
        raise click.BadParameter(f"{value} is not in 0<=first<=last<={SEED_MAX}", ctx, param)
    if high - low >= SEEDS_MAX:
        raise click.BadParameter(
            f"{value} are {high - low + 1} seeds, {SEEDS_MAX} are allowed", ctx, param
        )
    return range(low, high + 1)


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="All that there is of them, for programs.")
def list_examples(as_json: bool) -> None:
    """Name the examples and what to listen to."""
    if as_json:
        click.echo(json.dumps([_facts(example) for example in EXAMPLES.values()], indent=2,
                              ensure_ascii=False))  # fmt: skip
        return
    for example in EXAMPLES.values():
        seed = f" (seed {example.seed})" if example.seed != 1 else ""
        click.echo(
            f"{example.name:<12} {example.model:<11} {example.seconds:>5g} s  {example.about}{seed}"
        )


def _facts(example: Example) -> dict[str, object]:
    """Return what a program may want to know of an example."""
    names = ("name", "model", "about", "seconds", "seed", "settings", "channels", "takes_input",
             "choices", "told", "left_open")  # fmt: skip
    return {name: getattr(example, name) for name in names}


@click.command("render", short_help="Write the sound, a picture and a record.")
@click.argument("names", type=NAMES, nargs=-1, required=True, metavar="NAME...|all")
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, allow_dash=True, path_type=Path),
    help="Where the files go; - writes the sound alone, of one example, to standard output.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True, max=3600),
    help="Length; the example's own without it.",
)
@click.option(
    "--seed",
    "chosen_seeds",
    callback=seeds,
    metavar="SEED|FIRST:LAST",
    help="Of the initial weights; 1:5 renders five times. Without it the example's own; another is "
    "part of the names.",
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
    "--print",
    "paper",
    is_flag=True,
    help="A picture to be printed: 17.5 cm wide, 300 dpi, without a title.",
)
@click.option(
    "--trace",
    type=click.IntRange(min=1),
    metavar="N",
    help="Keep the weights every N samples too, for `specml show`.",
)
def render_examples(
    names: tuple[str, ...], folder: Path, seconds: float | None, chosen_seeds: range | None,
    engine: str, samplerate: int | None, input_file: Path | None, no_plot: bool, paper: bool,
    trace: int | None,
) -> None:  # fmt: skip
    """Write the sound (WAV, 32-bit float), a picture (PNG) and a record (JSON) of examples, or of
    all.
    """  # noqa: D205
    examples = chosen(*names)
    heard = hear(examples, input_file, samplerate) if input_file else None
    told = (chosen_seeds, engine, seconds, samplerate, heard)
    runs = [(example, run) for example in examples for run in runs_of(example, *told)]
    if str(folder) == "-":
        pipe(runs, trace)
        return
    for example, run in runs:
        played = heard if example.takes_input else None
        given = {"plot": not no_plot, "heard": played, "trace": trace, "paper": paper}
        for path in saved(example, run, folder, **given):
            click.echo(path)


def runs_of(
    example: Example, chosen_seeds: range | None, engine: str, seconds: float | None,
    samplerate: int | None, heard: Heard | None,
) -> Iterator[Run]:  # fmt: skip
    """Yield a run for each seed."""
    played = heard if example.takes_input else None
    rate = float(samplerate or (played.samplerate if played else 48000))
    samples = length(example, seconds, rate, played)
    x = fitted(played.samples, samples) if played else None
    for seed in chosen_seeds or [example.seed]:
        yield Run(samples, seed, engine, rate, x)


def pipe(runs: list[tuple[Example, Run]], trace: int | None) -> None:
    """Write the sound of one run to standard output."""
    if len(runs) != 1 or trace:
        what = "a trace goes into files" if trace else f"it holds one sound, not {len(runs)}"
        raise click.BadParameter(f"standard output is -: {what}", param_hint="'--output'")
    with refused():
        stream(*runs[0], standard_output(), progress=True)


def hear(examples: list[Example], path: Path, samplerate: float | None) -> Heard:
    """Return the live input, if one of the examples takes one."""
    if not any(example.takes_input for example in examples):
        takers = ", ".join(e.name for e in EXAMPLES.values() if e.takes_input)
        name = ", ".join(example.name for example in examples)
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


def saved(example: Example, run: Run, folder: Path, **given: Any) -> list[Path]:
    """Render and write as `save` is told; say in one line what prevents it."""
    try:
        return save(example, run, folder, progress=True, **given)
    except OSError as error:
        said = f"cannot write {error.filename}: {error.strerror}"
    except ImportError as error:
        said = f"cannot draw a picture: {error}; --no-plot does without"
    except TooLargeError as error:
        said = str(error)
    except MemoryError:
        said = f"not enough memory for {run.samples} samples of {example.name}"
    raise click.ClickException(said)

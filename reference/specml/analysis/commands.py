"""The commands that measure a sound, and that compare predictors of one."""

from pathlib import Path

import click
import numpy as np

from ..files import named
from ..looking.commands import refuse
from ..reference.arrays import Array
from .baselines import RATES, Comparison, compare
from .measures import MEASURES, measured
from .recording import Recording

FILE = click.Path(dir_okay=False, path_type=Path)
CHANNEL = click.IntRange(min=1)


@click.command("measure", short_help="Measure a sound: level, spectrum, pauses, death ..")
@click.argument("sound", type=FILE)
@click.option("--input", "heard", type=FILE, help="What its model heard, as long as the sound.")
@click.option("--channel", type=CHANNEL, help="One channel of the sound; all without it.")
def measure_sound(sound: Path, heard: Path | None, channel: int | None) -> None:
    """Say each measure of a sound and its value; docs/analysis.md has their equations. nan is what
    has no answer.
    """  # noqa: D205
    try:
        samples, samplerate = _read(sound)
        samples = samples if channel is None else _channel(samples, channel, sound)[np.newaxis]
        listened = None
        if heard is not None:
            other, rate = _read(heard)
            if rate != samplerate:
                raise ValueError(f"{heard} has {rate:g} samples a second, {sound} {samplerate:g}")
            listened = _channel(other, 1, heard)
        found = measured(Recording(samples, samplerate, listened))
    except (OSError, ValueError) as error:
        refuse(error)
    for name in MEASURES:
        if name != "lyapunov":  # a file has no twin
            click.echo(f"{name:<12} {found[name]:.6g}")


@click.command("predict", short_help="Say how well AutoRegNN, LMS, NLMS and RLS predict a sound.")
@click.argument("sound", type=FILE)
@click.option("--size", default=12, show_default=True, help="Past samples that each one sees.")
@click.option("--width", default=8, show_default=True, help="Units of AutoRegNN.")
@click.option("--layers", default=1, show_default=True, help="Its hidden layers.")
@click.option("--seed", default=1, show_default=True, help="Of its first weights.")
@click.option("--lr", default=0.1, show_default=True, help="Its learning rate.")
@click.option("--ridge", default=0.0, show_default=True, help="Its weight decay.")
@click.option("--lms", default=RATES["lms"], show_default=True, help="Step of LMS.")
@click.option("--nlms", default=RATES["nlms"], show_default=True, help="Step of NLMS.")
@click.option("--rls", default=RATES["rls"], show_default=True, help="Forgetting factor of RLS.")
@click.option("--channel", type=CHANNEL, default=1, show_default=True, help="Of the sound.")
@click.option("--after", type=click.FloatRange(min=0), default=0.0, show_default=True,
              metavar="SECONDS", help="Time to adapt, which does not count.")  # fmt: skip
@click.option("--every", type=click.FloatRange(min=0, min_open=True), default=0.1,
              show_default=True, metavar="SECONDS", help="A row of the table.")  # fmt: skip
@click.option("-o", "--output", "table", type=FILE, metavar="CSV",
              help="Write a table of the gains over time.")  # fmt: skip
def predict_sound(
    sound: Path, size: int, width: int, layers: int, seed: int, lr: float, ridge: float,
    channel: int, after: float, every: float, table: Path | None, **rates: float,
) -> None:  # fmt: skip
    """Let AutoRegNN and adaptive filters of the same order predict each next sample of a sound, and
    say the prediction gain of each: the power of the sound over that of the error, in dB. `fixed`
    is the best fixed linear predictor in hindsight.
    """  # noqa: D205
    try:
        samples, samplerate = _read(sound)
        x = _channel(samples, channel, sound)
        if len(x) <= after * samplerate:
            raise ValueError(f"{sound} ends after {len(x) / samplerate:g} s: --after is {after:g}")
        found = compare(x, samplerate, size, width, layers, seed, lr, ridge, rates=rates)
        if table is not None:
            _write(found, every, table)
    except (OSError, ValueError, ImportError) as error:
        refuse(error)
    for name, gain in found.gains(after).items():
        click.echo(f"{name:<12} " + ("diverged" if gain == -np.inf else f"{gain:7.2f} dB"))
    if table is not None:
        click.echo(table)


def _write(found: Comparison, every: float, path: Path) -> None:
    """Write gains over time, whole or not at all."""
    times, gains = found.over_time(every)
    rows = [f"{t:.6g}," + ",".join(f"{part[k]:.4f}" for part in gains.values())
            for k, t in enumerate(times)]  # fmt: skip
    new = path.with_name(f".{path.name}.new")
    with named(path):
        try:
            new.write_text("\n".join([",".join(["seconds", *gains]), *rows, ""]), encoding="utf-8")
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)


def _read(path: Path) -> tuple[Array, float]:
    """Return the samples ``(channels, n)`` of a sound, and its rate."""
    import soundfile  # here, because every command would wait for it

    with named(path), path.open("rb") as file:
        file.read(1)
    try:
        samples, samplerate = soundfile.read(path, always_2d=True)
    except soundfile.LibsndfileError as error:
        raise ValueError(f"{path} is no sound: {error.error_string}") from error
    return np.ascontiguousarray(samples.T, np.float64), float(samplerate)


def _channel(samples: Array, channel: int, path: Path) -> Array:
    if channel > len(samples):
        raise ValueError(f"{path} has channels 1..{len(samples)}, not {channel}")
    return np.asarray(samples[channel - 1])

"""The command line: its commands, of which verify stands here."""

import sys
from pathlib import Path

import click

from . import __version__
from .analysis.commands import measure_sound, predict_sound
from .atlas.commands import atlas
from .commands import NAMES, chosen, list_examples, render_examples
from .looking.commands import compare_files, show_file
from .playing.commands import play
from .plot.commands import figure
from .running.again import judged
from .running.commands import run
from .sweeping.commands import sweep
from .verify import Verdict, promised, rendered, verify


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Networks that learn while they sound: the examples of "Speculative Machine Learning in
    Sound Synthesis" (Döbereiner and Pirrò, SMC 2024), and own sounds.
    """  # noqa: D205


COMMANDS = (
    list_examples, render_examples, run, play, figure, measure_sound, predict_sound, sweep, atlas,
    show_file, compare_files,
)  # fmt: skip
for _command in COMMANDS:
    main.add_command(_command)


def name_or_record(ctx: click.Context, param: click.Parameter, value: str) -> str | Path:
    """Return the name of an example, all of them, or the path of a record."""
    path = Path(value)
    return path if path.suffix.lower() == ".json" else str(NAMES.convert(value, param, ctx))


@main.command("verify", short_help="Compare both engines bit for bit, and with what is promised.")
@click.argument("name", callback=name_or_record, default="all", metavar="[NAME|all|RECORD.json]")
@click.option(
    "--samples",
    type=click.IntRange(1, 10**9),
    default=2000,
    show_default=True,
    help="How many to compare.",
)
@click.option("--full", is_flag=True, help="Whole renderings of the C core, with what is promised.")
def verify_examples(name: str | Path, samples: int, full: bool) -> None:
    """Run the C core and the NumPy reference side by side and compare them bit for bit, and the
    SHA-256 of what they say with the one that this version promises on every machine.

    Of a RECORD.json, which stands beside each sound that was rendered or run, render it again and
    compare the SHA-256 of its samples. Ends with 0 if they are the same, with 1 if they differ, and
    with 2 if it cannot be rendered again, as without a file that it heard.
    """  # noqa: D205
    if isinstance(name, Path):
        answer = judged(name, progress=True)
        click.echo(answer.line)
        sys.exit(answer.code)
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

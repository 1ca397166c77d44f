"""The options of `specml run MODEL`, made from the table."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from .. import core
from ..engines import ENGINES
from . import words
from .completed import SIGNALS
from .words import Word

FILE = click.Path(dir_okay=False, path_type=Path)
READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
CONTROLS = "Controls (a number, an expression of time, or FILE:COLUMN)"
NETWORK, HEARD, WRITTEN, RUN = "Network", "What it hears", "What is written", "Run"


class Option(click.Option):
    """An option with the section of the help that it stands in."""

    def __init__(self, flags: Sequence[str], section: str, **more: object) -> None:
        super().__init__([*flags], **more)  # type: ignore[arg-type]
        self.section = section


class ModelCommand(click.Command):
    """A command whose options stand in sections."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, section by section."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None and isinstance(param, click.Option):
                section = param.section if isinstance(param, Option) else RUN
                sections.setdefault(section, []).append(record)
        for section, records in sorted(sections.items(), key=lambda item: item[0] == RUN):
            with formatter.section(section):
                formatter.write_dl(records)


def of_model(model: str) -> list[click.Parameter]:
    """Return all options of a model, and its arguments.

    Examples
    --------
    >>> [option.name for option in of_model("autoregnn")][:4]
    ['paths', 'autoreg', 'lr', 'ridge']
    """
    initial = {name: word.default for name, word in words.table(model).items()}
    if "preset" in initial:
        initial |= core.presets()[str(initial["preset"])]
    controls = (_setting(word, initial[word.name], CONTROLS, "VALUE")
                for word in words.controls(model).values())  # fmt: skip
    settings = (_setting(word, initial[word.name], NETWORK)
                for word in words.settings(model).values())  # fmt: skip
    more = _unlearn(words.table(model)) if model == "unlearn" else _networks(model)
    hears = "[IN] OUT" if model == "unlearn" else "IN OUT"
    return [
        click.Argument(["paths"], nargs=-1, metavar=hears),
        *controls,
        Option(["--controls", "moves"], CONTROLS, type=READABLE, metavar="FILE.csv",
               help="Move each control that has a column of its name."),
        *settings,
        *_networks_of_all(),
        *more,
        *common(),
    ]  # fmt: skip


def _setting(word: Word, initial: object, section: str, metavar: str | None = None) -> Option:
    return Option([f"--{word.name}"], section, metavar=metavar or _metavar(word),
                  help=line(word, initial))  # fmt: skip


def _metavar(word: Word) -> str:
    return {"real": "NUMBER", "whole": "INTEGER"}.get(word.kind, "NAME")


def line(word: Word, initial: object) -> str:
    """Return what a word does, its range, unit and default.

    Examples
    --------
    >>> line(words.table("autoregnn")["lr"], 0.1)
    'learning rate. 0: nothing is learned.  [0..10; default: 0.1]'
    """
    allowed = " ".join(word.choices) or f"{word.low:.16g}..{word.high:.16g}"
    unit = f" {word.unit}" if word.unit else ""
    first = f"{initial:g}" if isinstance(initial, float) else initial
    return f"{word.line}  [{allowed}{unit}; default: {first}]"


def _networks_of_all() -> Iterable[Option]:
    return (
        _own("--seed", NETWORK, "INTEGER", "Of the first channel's weights; of each further "
             f"channel one more.  [0..{2**64 - 1}; default: 1, or the preset's]", type=int),
        _own("--state-in", NETWORK, "FILE", "Go on from this state file, with the controls that it "
             "holds.", type=READABLE),
    )  # fmt: skip


def _own(flag: str, section: str, metavar: str, text: str, **more: object) -> Option:
    """Return an option that is not in the table."""
    return Option([flag], section, metavar=metavar, help=text, **more)


def _networks(model: str) -> Iterable[Option]:
    """Return what the networks that predict have."""
    if model == "autoregnn2":
        yield _own("--x2", HEARD, "IN2", "What the second network hears: a sound, FILE:CHANNEL or "
                   "an expression.")  # fmt: skip
    else:
        yield _own("--target", HEARD, "TARGET", "Predict this from the past of IN, and write the "
                   "prediction: a sound, FILE:CHANNEL or an expression. --autoreg 0 and --signals "
                   "prediction, where not told otherwise.")  # fmt: skip
    yield _own("--channels", HEARD, "INTEGER", "Networks side by side.  [1..1024; default: as many "
               "as the widest input has channels]", type=int)  # fmt: skip
    yield _own("--signals", WRITTEN, "NAME,NAME..",
               f"Some of {', '.join(SIGNALS[model])}.  [default: out]")  # fmt: skip


def _unlearn(table: dict[str, Word]) -> Iterable[Option]:
    """Return what only Unlearn has."""
    preset, outs = table["preset"], table["outs"]
    yield _own("--preset", NETWORK, "NAME", f"{line(preset, preset.default)} Once told, its seed, "
               "its length and what moves while it plays come too.")  # fmt: skip
    yield _own("--outs", WRITTEN, "INTEGER", "Channels, each the mean of the neurons j mod outs.  "
               f"[{outs.low:g}..neurons; default: {outs.default}]")  # fmt: skip
    yield Option(["--recorded/--plain"], WRITTEN, default=None, help="Without DC and times 0.8, as "
                 "the examples; or as the neurons say it.  [default: recorded; plain with "
                 "--state-in or --state-out]")  # fmt: skip


def common() -> list[click.Parameter]:
    """Return the options that every run has."""
    return [
        _own("--seconds", RUN, "NUMBER", "Length.  [default: the longest input's, or the preset's]",
             type=float),
        _own("--samplerate", RUN, "INTEGER", "In Hz, where no input says it.  [1..1000000; "
             "default: 48000]", type=int),
        _own("--begin", RUN, "NUMBER", "Seconds after which inputs, control files and time begin.  "
             "[default: 0]", type=float),
        *repeating(),
        _own("--write", RUN, "FILE.toml", "Compute nothing: write this run as a file, for "
             "specml run FILE.toml.", type=FILE),
    ]  # fmt: skip


def repeating() -> list[click.Parameter]:
    """Return the options of a run that stands in a file."""
    return [
        _own("--state-out", WRITTEN, "FILE", "Keep the networks as they are in the end, for every "
             "host.", type=FILE),
        Option(["--engine"], RUN, type=click.Choice(ENGINES), default="core", show_default=True,
               help="The C core, or the reference in NumPy: same bits, far slower."),
    ]  # fmt: skip

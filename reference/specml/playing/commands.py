"""The command that plays: `specml play`."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import click
import numpy as np

from ..examples import EXAMPLES
from ..reference.arrays import Array
from ..render import Heard, read_input
from . import device
from .hand import Hand
from .keys import Keys, NoKeys
from .meter import Screen
from .outlet import Outlet
from .pieces import CHANNELS, ExamplePiece, Piece, Stage, StatePiece
from .player import Player
from .ring import Ring
from .session import KEYS, Session, ended_by_signals

BLOCKS = 4  # of what is computed ahead: a key is heard a quarter later than that
TAIL = 0.1  # seconds of silence after the end, more than a sound card holds
SLOWEST, FASTEST = 8000, 384000  # Hz, of sound cards


@click.command("play", short_help="Play an example or a state file on the sound card.")
@click.argument("what", metavar="NAME|FILE")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**64 - 4),
    help="Of the weights; without it the example's own, or the weights of the file.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True, max=1e6),
    help="Stop by itself; without it, it plays until q or Ctrl-C.",
)
@click.option(
    "--samplerate",
    type=click.IntRange(SLOWEST, FASTEST),
    help="In Hz; that of the input, of the file, or of the sound card, without it.",
)
@click.option(
    "--latency",
    type=click.IntRange(20, 5000),
    default=100,
    show_default=True,
    help="ms that are computed ahead: more is safer, less is quicker to answer keys.",
)
@click.option(
    "--input",
    "input_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A sound file that percussion or the network of a state file hears, again and again.",
)
@click.option("--listen", is_flag=True, help="Let them hear the sound card's input instead.")
@click.option("--channel", type=click.IntRange(min=1), default=1, help="Which network of the file.")
@click.option("--backend", help="alsa, pulseaudio, jack, coreaudio, wasapi ..; null plays nowhere.")
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    default=".",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Where the key w writes states; here, without it.",
)
def play(
    what: str, seed: int | None, seconds: float | None, samplerate: int | None, latency: int,
    input_file: Path | None, listen: bool, channel: int, backend: str | None, folder: Path,
) -> None:  # fmt: skip
    """Play an example of the source, or the network of a state file, on the sound card."""
    if listen and input_file:
        raise click.UsageError("--listen and --input: one of them can be heard, not both")
    pieces = programme(what, channel)
    if (input_file or listen) and not pieces[0].listens:
        raise click.UsageError(f"{what} hears no live input; percussion and networks of files do")
    heard = read(input_file, samplerate) if input_file else None
    rate = wanted_rate(samplerate, heard, pieces[0])
    try:
        card = device.SoundCard(rate, listen, backend)
    except device.NoSoundError as error:
        raise click.ClickException(str(error)) from error
    rate, hand = card.samplerate, Hand()
    ahead = max(BLOCKS, round(latency / 1000.0 * rate))
    outlet = Outlet(ahead, CHANNELS, round(TAIL * rate))
    ear = Ring(2 * ahead, 1) if listen else None
    samples = max(1, round(seconds * rate)) if seconds else None
    played, hear = heard.samples if heard else None, live(ear) if ear else None
    stage = Stage(rate, ahead // BLOCKS, hand, samples, played, hear)
    with ExitStack() as stack:
        stack.callback(card.stop)
        stack.enter_context(ended_by_signals())
        player = Player(pieces, stage, outlet, ear, seed)
        terminal = sys.stdin.isatty()
        keys = stack.enter_context(Keys(sys.stdin.fileno()) if terminal else NoKeys())
        screen = Screen(sys.stdout)
        screen.say(f"{card.name}, {rate:g} Hz, {latency} ms ahead")
        if terminal:
            screen.say(KEYS)
        session = Session(player, hand, outlet, rate, keys, screen, folder)
        stack.callback(session.end)
        run(session, player, card, outlet, ear)


def run(
    session: Session, player: Player, card: device.SoundCard, outlet: Outlet, ear: Ring | None
) -> None:
    """Play until it ends; say in one line what prevents it."""
    try:
        player.start()
        card.start(outlet.pull, ear.put if ear else len)
        session.run()
    except KeyboardInterrupt:
        pass
    except (device.NoSoundError, OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    except MemoryError as error:
        raise click.ClickException("not enough memory to play it") from error


def programme(what: str, channel: int) -> list[Piece]:
    """Return what is asked for, and what the key p comes to after it."""
    names = [*EXAMPLES]
    if what in EXAMPLES:
        at = names.index(what)
        return [ExamplePiece(EXAMPLES[name]) for name in names[at:] + names[:at]]
    path = Path(what)
    if not path.exists():
        raise click.BadParameter(
            f"{what} is no file, and none of {', '.join(names)}", param_hint="'NAME|FILE'"
        )
    try:
        return [StatePiece(path, channel), *(ExamplePiece(EXAMPLES[name]) for name in names)]
    except (OSError, ValueError) as error:
        raise click.BadParameter(str(error), param_hint="'NAME|FILE'") from error


def wanted_rate(samplerate: int | None, heard: Heard | None, piece: Piece) -> float | None:
    """Return the sample rate in Hz that is asked for, if one is."""
    rate = samplerate or (heard.samplerate if heard else piece.samplerate)
    if rate is not None and not SLOWEST <= rate <= FASTEST:
        raise click.BadParameter(
            f"no sound card has {rate:g} samples a second: give one of {SLOWEST}..{FASTEST}",
            param_hint="'--samplerate'",
        )
    return rate


def read(path: Path, samplerate: float | None) -> Heard:
    """Return the sound that a file holds."""
    try:
        return read_input(path, samplerate)
    except (ValueError, OSError) as error:
        raise click.BadParameter(str(error), param_hint="'--input'") from error


def live(ear: Ring) -> Callable[[int], Array]:
    """Return what gives the next samples of a live input; silence once there is no more."""

    def hear(n: int) -> Array:
        samples = ear.read(n)[:, 0].astype(np.float64)
        return np.pad(samples, (0, n - len(samples)))

    return hear

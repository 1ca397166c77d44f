"""A player, a sound card, keys and a screen, until someone quits."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from .device import NoSoundError
from .hand import Hand
from .keys import NoKeys
from .meter import Screen, line
from .outlet import Outlet
from .pieces import Sounding
from .player import Player

LOOK = 0.05  # seconds between two looks at keys and levels
LOST = 100  # looks at a sound card that wants nothing: it is gone
KEYS = "p next  s new seed  + - learning rate  f freeze  r reset  space pause  w write  q quit"


class Session:
    """What a person does with a player.

    Parameters
    ----------
    player : Player
        Which has been started.
    hand : Hand
        Of its stage.
    outlet : Outlet
        Which a sound card takes from.
    samplerate : float
        In Hz.
    keys : NoKeys
        Or those of a terminal, entered.
    screen : Screen
        Where levels and words go.
    folder : Path
        Where states are written.
    """

    def __init__(
        self, player: Player, hand: Hand, outlet: Outlet, samplerate: float, keys: NoKeys,
        screen: Screen, folder: Path,
    ) -> None:  # fmt: skip
        self._player, self._hand, self._outlet, self._rate = player, hand, outlet, samplerate
        self._keys, self._screen, self._folder = keys, screen, folder
        self._announced: Sounding | None = None
        self._does: dict[str, Callable[[], None]] = {
            "p": player.next,
            "s": player.reseed,
            "r": player.reset,
            " ": player.pause,
            "w": player.keep,
            "f": self._freeze,
            **dict.fromkeys(("+", "=", "up"), lambda: hand.turn(1)),
            **dict.fromkeys(("-", "down"), lambda: hand.turn(-1)),
        }

    def run(self) -> None:
        """Play until it is over, until ``q``, or until nobody reads what is said.

        Raises
        ------
        NoSoundError
            If the sound card has gone.
        Exception
            Whatever the player's thread raised.
        """
        asked, idle = -1, 0
        self._announce()
        while not self._outlet.finished and not self._screen.gone:
            key = self._keys.read(LOOK)
            if key in ("q", "Q"):
                break
            self._does.get(key, lambda: None)()
            self._announce()
            self._screen.draw(self._line())
            self._write()
            idle = idle + 1 if asked == self._outlet.asked else 0
            asked = self._outlet.asked
            if idle > LOST:
                raise NoSoundError("the sound card takes no more sound")
        if self._player.error:
            raise self._player.error

    def end(self) -> None:
        """Stop the player, write what is still to be written, and say how it went."""
        self._player.stop()
        self._write()
        seconds, late = self._outlet.played / self._rate, self._outlet.underruns
        self._screen.say(f"{seconds:.1f} s played, {late} underruns")

    def _freeze(self) -> None:
        self._hand.frozen = not self._hand.frozen

    def _announce(self) -> None:
        """Say what sounds, if it is something else than was said."""
        sounding = self._player.sounding
        if sounding is not self._announced:
            self._announced = sounding
            asleep = sounding.frozen and self._hand.frozen
            frozen = "; nothing is heard, so it begins frozen" if asleep else ""
            self._screen.say(f"{sounding.name}, seed {sounding.seed}{frozen}")

    def _line(self) -> str:
        sounding = self._player.sounding
        words = [sounding.name, f"seed {sounding.seed}", f"lr {self._hand}"]
        words += ["paused"] if self._player.paused else []
        seconds = self._outlet.played / self._rate
        return line(words, self._outlet.peaks(), seconds, self._outlet.underruns)

    def _write(self) -> None:
        """Write the states that were asked for."""
        while not self._player.copies.empty():
            name, models = self._player.copies.get()
            try:
                for path, net in zip(free(self._folder, name, len(models)), models, strict=True):
                    net.save(path)
                    self._screen.say(f"wrote {path}")
            except OSError as error:
                self._screen.say(f"cannot write {error.filename}: {error.strerror}")


def free(folder: Path, name: str, models: int) -> list[Path]:
    """Return names of files that are not there yet: ``NAME-1``, of several models each its own."""
    ends = [""] if models == 1 else [f"-network{k + 1}" for k in range(models)]
    numbered = ([folder / f"{name}-{k}{end}.safetensors" for end in ends] for k in count(1))
    return next(paths for paths in numbered if not any(path.exists() for path in paths))


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let whoever ends the process, or closes its terminal, end it as Ctrl-C does."""

    def end(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), end) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)

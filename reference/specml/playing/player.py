"""The thread that computes sound ahead of the sound card."""

import copy
import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue

import numpy as np

from .outlet import Outlet
from .pieces import AnyModel, Piece, Sounding, Stage
from .ring import Ring, Samples

FADE = 0.01  # seconds, to silence and back
SEED_MAX = 2**64 - 4  # of examples, whose networks take the numbers after it too


class Player:
    """Computes one piece after the other into an outlet, on a thread of its own.

    What a player wants is done between two blocks, on that thread.

    Parameters
    ----------
    pieces : sequence of Piece
        What is played; `next` goes from one to the next, and round.
    stage : Stage
        What they have in common.
    outlet : Outlet
        Where the sound goes.
    ear : Ring, optional
        Where live input comes from: sound then begins with silence, as much as the outlet holds.
    seed : int, optional
        Of the first piece; its own without it.
    """

    def __init__(
        self, pieces: Sequence[Piece], stage: Stage, outlet: Outlet, ear: Ring | None = None,
        seed: int | None = None,
    ) -> None:  # fmt: skip
        self._pieces, self._stage, self._outlet, self._ear = pieces, stage, outlet, ear
        self._at, self._seed = 0, seed
        self._left = stage.samples
        self._fade = max(1, round(FADE * stage.samplerate))
        self._coming = False
        self._wanted: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="specml play")
        self.paused = False
        self.copies: SimpleQueue[tuple[str, list[AnyModel]]] = SimpleQueue()
        self.error: Exception | None = None
        self.sounding: Sounding = pieces[0].start(stage, seed)
        stage.hand.begin(self.sounding.frozen)

    def start(self) -> None:
        """Begin, and return when as much is computed as the outlet holds."""
        self._thread.start()
        self._outlet.ring.wait_for(self._outlet.ring.frames)

    def stop(self) -> None:
        """End the thread; what was wanted before is done."""
        self._outlet.ring.close()
        if self._ear:
            self._ear.close()
        if self._thread.ident:
            self._thread.join()

    def next(self) -> None:
        """Go to the next piece, with its own seed and learning rate."""
        self._wanted.put(self._next)

    def reset(self) -> None:
        """Begin the piece again."""
        self._wanted.put(lambda: self._begin(self._seed))

    def reseed(self) -> None:
        """Begin the piece with other weights: the seed after those that it has."""
        self._wanted.put(self._reseed)

    def pause(self) -> None:
        """Be silent, or go on."""
        self._wanted.put(self._pause)

    def keep(self) -> None:
        """Put copies of the models into `copies`, with the name of the piece."""
        self._wanted.put(self._keep)

    def _run(self) -> None:
        try:
            if self._ear:
                self._outlet.ring.write(self._silence(self._outlet.ring.frames))
            while self._left != 0 and not self._outlet.ring.closed:
                self._do()
                self._write(self._frames())
            self._do()
        except Exception as error:  # it would be lost with the thread
            self.error = error
        finally:
            self._outlet.ring.close()

    def _do(self) -> None:
        """Do what is wanted."""
        while not self._wanted.empty():
            self._wanted.get()()

    def _frames(self) -> Samples:
        """Return what comes next."""
        if self.paused:
            if self._stage.hear:
                self._stage.hear(self._stage.block)  # what is said meanwhile is not heard later
            return self._silence(self._stage.block)
        frames = next(self.sounding.blocks)
        if self._coming:
            self._coming = False
            frames[: self._fade] *= self._ramp(len(frames))
        return frames

    def _write(self, frames: Samples) -> None:
        """Hand to the outlet what there is time for."""
        if self._left is not None:
            frames = frames[: self._left]
            self._left -= len(frames)
        self._outlet.ring.write(frames)

    def _leave(self) -> None:
        """Let what sounds end without a click."""
        if not self.paused:
            frames = self._frames()
            ramp = self._ramp(len(frames))
            self._write(frames[: len(ramp)] * ramp[::-1])

    def _ramp(self, n: int) -> Samples:
        """Return a rise from 0 to 1 within a block of `n` samples."""
        n = min(n, self._fade)
        return ((np.arange(n, dtype=np.float32) + np.float32(0.5)) / np.float32(n))[:, np.newaxis]

    def _silence(self, n: int) -> Samples:
        return np.zeros((n, self._outlet.ring.channels), np.float32)

    def _begin(self, seed: int | None) -> None:
        self._leave()
        self.paused, self._coming, self._seed = False, False, seed
        self.sounding = self._pieces[self._at].start(self._stage, seed)

    def _next(self) -> None:
        self._at = (self._at + 1) % len(self._pieces)
        self._begin(None)
        self._stage.hand.begin(self.sounding.frozen)

    def _reseed(self) -> None:
        # networks of one piece have neighbouring seeds: none of them comes again
        seed = self.sounding.seed + len(self.sounding.models)
        self._begin(seed if seed <= SEED_MAX else 0)

    def _pause(self) -> None:
        self._leave()
        self._coming, self.paused = self.paused, not self.paused

    def _keep(self) -> None:
        self.copies.put((self.sounding.name, [copy.copy(net) for net in self.sounding.models]))

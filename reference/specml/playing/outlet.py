"""What a sound card takes: sound if there is some, silence if not, and how loud it was."""

import numpy as np

from .ring import Ring, Samples


class Outlet:
    """A ring of sound that was computed ahead, and who takes from it.

    Parameters
    ----------
    frames : int
        How far ahead.
    channels : int
        Of the sound card.
    tail : int
        Frames of silence after the end: a sound card that is stopped drops what it has not played.

    Attributes
    ----------
    underruns : int
        How often something was not there in time.
    asked, played : int
        Frames that the sound card wanted, and those of them that were sound.
    """

    def __init__(self, frames: int, channels: int, tail: int = 0) -> None:
        self.ring = Ring(frames, channels)
        self._tail = tail
        self.underruns = 0
        self.played = self.asked = 0
        self._peaks = np.zeros(channels, np.float32)

    @property
    def finished(self) -> bool:
        """Whether all has been taken, with its tail, and nothing more comes."""
        return self.ring.closed and not self.ring.filled and self._tail <= 0

    def pull(self, frames: int) -> Samples:
        """Return so many frames, ``(frames, channels)``; what is not there in time is silence.

        An underrun is counted, unless the sound has ended.
        """
        ended = self.ring.closed  # asked first: what is written before it closes is then in it
        found = self.ring.take(frames)
        self.played += len(found)
        self.asked += frames
        if ended:
            self._tail -= frames - len(found)
        else:
            self.underruns += len(found) < frames
        sound = np.zeros((frames, self.ring.channels), np.float32)
        sound[: len(found)] = found
        self._peaks = np.maximum(self._peaks, np.abs(sound).max(axis=0, initial=0.0))
        return sound

    def peaks(self) -> list[float]:
        """Return the largest magnitude of each channel since it was asked last."""
        peaks, self._peaks = self._peaks, np.zeros_like(self._peaks)
        return [float(peak) for peak in peaks]

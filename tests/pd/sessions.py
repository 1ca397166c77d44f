"""Takes played to boxes in one patch, which every Pd runs: what they hear and say is in arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bits import atom
from pd.patches import Patch
from takes import Take

RATE = 48000
SETTLING = 200.0  # ms from the bang to the sound: time for an object to look at its array


@dataclass(frozen=True)
class Session:
    """Boxes in subpatches of one block size, and what happens to the patch meanwhile.

    Attributes
    ----------
    takes
        One for each box.
    block
        Samples.
    events
        Messages to Pd, and when, in ms; ``box0`` is the box of the first take.
    pause
        ms for which events turn the sound off.
    """

    takes: Sequence[Take]
    block: int = 64
    events: Sequence[tuple[float, str]] = ()
    pause: float = 0.0

    @property
    def samples(self) -> int:
        return self.takes[0].samples

    @property
    def seconds(self) -> float:
        return (self.samples + 2 * self.block) / RATE + (SETTLING + self.pause + 10.0) / 1000.0

    def inputs(self) -> dict[str, np.ndarray]:
        """What arrays hold for ``[tabplay~]``."""
        return {
            f"in{k}-{inlet}": np.float32(x)
            for k, take in enumerate(self.takes)
            for inlet, x in take.connected
        }

    def outputs(self) -> list[str]:
        """The arrays that ``[tabwrite~]`` fills."""
        return [f"out{k}-{j}" for k, take in enumerate(self.takes) for j in range(take.outlets)]

    def split(self, outputs: Sequence[np.ndarray]) -> list[np.ndarray]:
        """What each box said, ``(outlets, samples)``."""
        ends = np.cumsum([take.outlets for take in self.takes])[:-1]
        return [np.stack(part) for part in np.split(np.stack(outputs), ends)]

    def patch(self) -> Patch:
        """It begins with a bang to ``start``."""
        top = Patch()
        for name in [*self.inputs(), *self.outputs()]:
            top.add(f"table {name} {self.samples}")
        for k, take in enumerate(self.takes):
            for _, _, values in take.drawings[:1]:
                top.add(f"table weights{k} {len(values)}")
            top.embed(self._subpatch(k, take))
            for when, index, values in take.drawings:
                # half-way between two looks; the first stroke before there is any sound
                ms = SETTLING / 2 if when == 0 else SETTLING + when * 1000.0 / RATE - 20.0
                stroke = " ".join(map(atom, np.float32(values)))
                top.at("start", ms, f"; weights{k} {index} {stroke}")
        top.at("start", SETTLING, "; pd dsp 1; sound bang")
        for ms, text in self.events:
            top.at("start", SETTLING + ms, f"; {text}")
        return top

    def _subpatch(self, k: int, take: Take) -> Patch:
        patch = Patch(f"take{k}")
        patch.add(f"block~ {self.block}")
        begins, box = patch.add("r sound"), patch.add(take.box(f"weights{k}"))
        patch.data(getattr(take, "kept", ()))
        patch.connect(patch.add(f"r box{k}"), 0, box, 0)
        for inlet, _ in take.connected:
            player = patch.add(f"tabplay~ in{k}-{inlet}")
            patch.connect(begins, 0, player, 0)
            patch.connect(player, 0, box, inlet)
        for j in range(take.outlets):
            writer = patch.add(f"tabwrite~ out{k}-{j}")
            patch.connect(begins, 0, writer, 0)
            patch.connect(box, j, writer, 0)
        if take.drawings:  # its looks are counted from the sound's beginning
            bind = patch.message(f"table weights{k}")
            patch.connect(begins, 0, bind, 0)
            patch.connect(bind, 0, box, 0)
        return patch

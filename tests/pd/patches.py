"""Pd patches as text."""

import itertools

import numpy as np


class Patch:
    """Boxes in the order in which they are added, and what connects them."""

    def __init__(self, name: str = "patch") -> None:
        self.name = name
        self._boxes: list[str] = []
        self._wires: list[str] = []
        self._count = 0

    def add(self, text: str, kind: str = "obj") -> int:
        """Add a box and return its number."""
        self._boxes.append(f"#X {kind} 10 {10 + 20 * self._count} {escape(text)};")
        self._count += 1
        return self._count - 1

    def data(self, lines) -> None:
        """Add what a saved patch holds of the last box."""
        self._boxes += lines

    def message(self, text: str) -> int:
        return self.add(text, "msg")

    def embed(self, patch: "Patch") -> int:
        """Add a subpatch."""
        restore = f"#X restore 10 {10 + 20 * self._count} pd {patch.name};"
        self._boxes += [f"#N canvas 0 0 400 300 {patch.name} 0;", *patch.lines(), restore]
        self._count += 1
        return self._count - 1

    def connect(self, source: int, outlet: int, sink: int, inlet: int) -> None:
        self._wires.append(f"#X connect {source} {outlet} {sink} {inlet};")

    def at(self, receiver: str, ms: float, text: str) -> None:
        """Send a message, so many ms after a bang to `receiver`."""
        boxes = self.add(f"r {receiver}"), self.add(f"del {ms}"), self.message(text)
        for one, other in itertools.pairwise(boxes):
            self.connect(one, 0, other, 0)

    def record(self, file: str, samples: int, *sources: int) -> None:
        """Take each source from a bang to `go` on; write them at a bang to `write`."""
        names = [f"recorded-{k}" for k in range(len(sources))]
        for name, source in zip(names, sources, strict=True):
            self.add(f"table {name} {samples}")
            sink, begins = self.add(f"tabwrite~ {name}"), self.add("r go")
            self.connect(source, 0, sink, 0)
            self.connect(begins, 0, sink, 0)
        asked, files = self.add("r write"), self.add("soundfiler")
        write = self.message(f"write -wave -bytes 4 {file} {' '.join(names)}")
        self.connect(asked, 0, write, 0)
        self.connect(write, 0, files, 0)

    def lines(self) -> list[str]:
        return self._boxes + self._wires

    def text(self) -> str:
        return "\n".join(["#N canvas 0 0 600 400 12;", *self.lines(), ""])


def escape(text: str) -> str:
    return text.replace(",", " \\,").replace(";", " \\;")


def listening(
    box: str, inlets=(0,), outs: int = 2, arrays=(), info: bool = True, wide: dict | None = None
) -> str:
    """Return a patch around one box, for libpd.

    ``[adc~]`` k goes to inlet ``inlets[k]``; or, where `wide` says {inlet: channels}, that many of
    its channels as one multichannel signal. Outlet j goes to ``[dac~]`` j, messages come from
    ``[r x]``, reports go to the console. `arrays` are (name, points).
    """
    patch = Patch()
    for name, points in arrays:
        patch.add(f"table {name} {points}")
    heard = patch.add("adc~ " + " ".join(str(k + 1) for k in range(24)))
    spoken = patch.add("dac~ " + " ".join(str(k + 1) for k in range(24)))
    made, messages = patch.add(box), patch.add("r x")
    patch.connect(messages, 0, made, 0)
    used = 0
    for inlet in inlets:
        channels = (wide or {}).get(inlet, 1)
        cable = heard if channels == 1 else patch.add(f"snake~ in {channels}")
        for k in range(channels if channels > 1 else 0):
            patch.connect(heard, used + k, cable, k)
        patch.connect(cable, used if channels == 1 else 0, made, inlet)
        used += channels
    _speak(patch, made, spoken, outs)
    if info:
        patch.connect(
            made, outs if isinstance(outs, int) else len(outs), patch.add("print info"), 0
        )
    return patch.text()


def _speak(patch: Patch, made: int, spoken: int, outs) -> None:
    """`outs`: how many outlets, or the channels of each."""
    done = 0
    for outlet, channels in enumerate((1,) * outs if isinstance(outs, int) else outs):
        if channels == 1:
            patch.connect(made, outlet, spoken, done)
        else:
            cable = patch.add(f"snake~ out {channels}")
            patch.connect(made, outlet, cable, 0)
            for k in range(channels):
                patch.connect(cable, k, spoken, done + k)
        done += channels


def assert_same(name: str, got: np.ndarray, want: np.ndarray, least: float = 0.0) -> None:
    """Compare as bits; what is smaller than `least` in size may have become 0, of either sign."""
    want = np.where(np.abs(want) < least, 0.0, want).astype(got.dtype)
    if least:
        got, want = got + got.dtype.type(0), want + got.dtype.type(0)
    assert got.shape == want.shape, f"{name}: shape {got.shape} is not {want.shape}"
    kind = f"u{got.dtype.itemsize}"
    differ = np.argwhere(np.ascontiguousarray(got).view(kind) != want.view(kind))
    if len(differ):
        at = tuple(differ[0].tolist())
        raise AssertionError(
            f"{name}{list(at)}: {float(got[at]).hex()} is not {float(want[at]).hex()} "
            f"({len(differ)} of {got.size} differ)"
        )

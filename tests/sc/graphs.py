"""SynthDefs and scores as bytes, written without sclang."""

import struct
from dataclasses import dataclass, field
from pathlib import Path

SCALAR, CONTROL, AUDIO = 0, 1, 2


@dataclass(frozen=True)
class Out:
    """One output of a UGen."""

    ugen: int
    output: int
    rate: int


@dataclass
class Graph:
    """A SynthDef: its UGens in order, constants, and parameters at control rate."""

    parameters: dict[str, float] = field(default_factory=dict)
    _constants: list[float] = field(default_factory=list)
    _ugens: list[tuple] = field(default_factory=list)

    def add(self, name: str, rate: int, *inputs, outs: int = 1, special: int = 0) -> list[Out]:
        """Inputs: numbers, or outputs of UGens that were added before."""
        self._ugens.append((name, rate, [self._spec(x) for x in inputs], outs, special))
        return [Out(len(self._ugens) - 1, k, rate) for k in range(outs)]

    def controls(self) -> dict[str, Out]:
        """An output for each parameter."""
        outs = self.add("Control", CONTROL, outs=len(self.parameters))
        return dict(zip(self.parameters, outs, strict=True))

    def _spec(self, x) -> tuple[int, int]:
        if isinstance(x, Out):
            return x.ugen, x.output
        if float(x) not in self._constants:
            self._constants.append(float(x))
        return -1, self._constants.index(float(x))

    @property
    def last(self) -> int:
        """Index of the UGen that was added last."""
        return len(self._ugens) - 1

    def bytes(self, name: str) -> bytes:
        made = b"SCgf" + struct.pack(">ih", 2, 1) + _text(name)
        made += struct.pack(f">i{len(self._constants)}f", len(self._constants), *self._constants)
        values = list(self.parameters.values())
        made += struct.pack(f">i{len(values)}fi", len(values), *values, len(values))
        for k, parameter in enumerate(self.parameters):
            made += _text(parameter) + struct.pack(">i", k)
        made += struct.pack(">i", len(self._ugens))
        for ugen, rate, inputs, outs, special in self._ugens:
            made += _text(ugen) + struct.pack(">biih", rate, len(inputs), outs, special)
            made += b"".join(struct.pack(">ii", *spec) for spec in inputs)
            made += struct.pack(f">{outs}b", *[rate] * outs)
        return made + struct.pack(">h", 0)


def _text(text: str) -> bytes:
    return struct.pack(">B", len(text)) + text.encode()


def message(address: str, *arguments) -> bytes:
    """Encode one OSC message."""
    tags, data = ",", b""
    for argument in arguments:
        if isinstance(argument, bytes):
            tags += "b"
            data += struct.pack(">i", len(argument)) + argument + b"\0" * (-len(argument) % 4)
        elif isinstance(argument, str):
            tags += "s"
            data += _padded(argument)
        elif isinstance(argument, int):
            tags += "i"
            data += struct.pack(">i", argument)
        else:
            tags += "f"
            data += struct.pack(">f", argument)
    return _padded(address) + _padded(tags) + data


def _padded(text: str) -> bytes:
    data = text.encode() + b"\0"
    return data + b"\0" * (-len(data) % 4)


@dataclass
class Score:
    """What a server is told, and when."""

    rate: float
    events: list[tuple[int, bytes]] = field(default_factory=list)

    def at(self, sample: int, address: str, *arguments) -> None:
        self.events.append((sample, message(address, *arguments)))

    def first(self, address: str, *arguments) -> None:
        self.events.insert(0, (0, message(address, *arguments)))

    def write(self, path: Path, samples: int, early: float = 0.0) -> None:
        """It lasts so many samples; early: by so many of them each event stands before its time."""
        self.at(samples, "/c_set", 0, 0)
        with path.open("wb") as file:
            for sample, event in sorted(self.events, key=lambda pair: pair[0]):
                ticks = round(max(0.0, sample - early) / self.rate * 2**32)
                bundle = b"#bundle\0" + struct.pack(">Qi", ticks, len(event)) + event
                file.write(struct.pack(">i", len(bundle)) + bundle)

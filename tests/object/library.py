"""The object layer as a library, with the smallest host around it."""

import ctypes as ct
import functools
from dataclasses import dataclass

import numpy as np

import builds
from specml import binding

OBJECT = builds.SOURCES.parent / "object"
HERE = builds.HERE / "object"
MODELS = ("autoregnn", "autoregnn2", "unlearn")
KINDS = ("real", "whole", "choice", "switch")
EFFECTS = ("moves", "rebuilds", "changes", "at reset", "redraws", "at once", "presets", "box only")


def sources() -> list:
    return [*builds.sources(), *sorted(OBJECT.glob("*.c"))]


@functools.cache
def library() -> ct.CDLL:
    """Build it for every processor: plain C and the least instruction set are enough here."""
    flags = (*builds.PROMISED, "-shared", "-DSPECML_ISA=baseline", f"-I{OBJECT}")
    path = builds.compile_c(
        f"object.{binding.SUFFIX}", [*sources(), HERE / "host.c"], *flags, f"-I{builds.SOURCES}"
    )
    loaded = ct.CDLL(str(path))
    loaded.host_new.restype = loaded.host_model.restype = ct.c_void_p
    loaded.host_said.restype = loaded.host_choice.restype = ct.c_char_p
    loaded.host_argument.restype = ct.c_char_p
    loaded.host_weights.restype = ct.c_size_t
    loaded.host_swapped.restype = ct.c_double
    return loaded


@dataclass(frozen=True)
class Word:
    """A word of a model's table, or a command, whose kind and effect are empty."""

    name: str
    line: str
    unit: str
    kind: str
    effect: str
    low: float
    high: float
    initial: float
    choices: tuple[str, ...]


@functools.cache
def words(model: str) -> tuple[Word, ...]:
    found, which = [], MODELS.index(model)
    texts, numbers = [ct.c_char_p() for _ in range(3)], (ct.c_double * 3)()
    kind, effect = ct.c_int(), ct.c_int()
    while library().host_word(which, len(found), *map(ct.byref, texts), numbers, ct.byref(kind),
                              ct.byref(effect)):  # fmt: skip
        name, line, unit = (text.value.decode() for text in texts)
        is_word = kind.value >= 0
        is_choice = is_word and KINDS[kind.value] == "choice"
        choices = [
            library().host_choice(which, len(found), k).decode()
            for k in range(int(numbers[1]) + 1 if is_choice else 0)
        ]
        found.append(
            Word(name, line, unit, KINDS[kind.value] if is_word else "",
                 EFFECTS[effect.value] if is_word else "", *numbers, tuple(choices))
        )  # fmt: skip
    return tuple(found)


def arguments(model: str) -> tuple[str, ...]:
    """The words that the arguments of a box set, in their order."""
    which, found = MODELS.index(model), []
    while name := library().host_argument(which, len(found)):
        found.append(name.decode())
    return tuple(found)


def inlets(model: str) -> int:
    return library().host_inlets(MODELS.index(model))


def controls(model: str) -> int:
    """How many of them are of controls, which are the first words."""
    return library().host_controls(MODELS.index(model))


def outs(model: str) -> int:
    """Signal outlets; 0: as many as are asked for."""
    return library().host_outs(MODELS.index(model))


class Host:
    """An object in the smallest host. It sounds, so networks fade."""

    def __init__(self, model: str, box: str = "", channels: int = 1, rate: float = 48000.0) -> None:
        self.model = model
        self._host = ct.c_void_p(
            library().host_new(MODELS.index(model), box.encode(), channels, ct.c_double(rate))
        )

    def send(self, *words) -> str:
        """Return what it says to that."""
        text = " ".join(word if isinstance(word, str) else f"{word:.17g}" for word in words)
        library().host_send(self._host, text.encode())
        return self.said()

    def said(self) -> str:
        return library().host_said(self._host).decode()

    def sounding(self, on: bool) -> None:
        library().host_sounding(self._host, int(on))

    @property
    def layers(self) -> int:
        return library().host_layers(self._host)

    def process(self, *inlets, rows: int) -> np.ndarray:
        """inlets: (channels, n) or (n,) for each, a number, or None: it holds its value."""
        n = np.shape(inlets[0])[-1]
        signals = [
            np.empty((0, n)) if x is None else
            np.broadcast_to(x, (*np.shape(x)[:-1], n)).reshape(-1, n) for x in inlets
        ]  # fmt: skip
        counts = (ct.c_int * len(signals))(*(len(x) for x in signals))
        heard, out = np.ascontiguousarray(np.concatenate(signals)), np.empty((rows, n))
        made = library().host_process(
            self._host, counts, ct.c_size_t(n), binding.doubles(heard), binding.doubles(out)
        )
        assert made == rows
        return out

    @property
    def swapped(self) -> float:
        """Seconds that the last message took of the audio thread."""
        return library().host_swapped(self._host)

    @property
    def weights(self) -> np.ndarray:
        weights = np.empty(library().host_weights(self._host, None))
        library().host_weights(self._host, binding.doubles(weights))
        return weights

    def look(self, points: np.ndarray, fresh: bool = False, met: bool = True) -> None:
        """As a host looks at an array of floats."""
        pointer = points.ctypes.data_as(ct.POINTER(ct.c_float))
        library().host_look(self._host, pointer, ct.c_size_t(len(points)), int(fresh), int(met))

    def later(self) -> None:
        """From now on what it is told waits for the next block, as if that were another thread."""
        library().host_later(self._host)

    def look_around(self) -> bool:
        """As the message thread does some 25 times a second: whether something is on its way."""
        return bool(library().host_look_around(self._host))

    def close(self) -> None:
        library().host_free(self._host)

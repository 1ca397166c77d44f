"""A box in libpd and a model in Python that are told the same and must say the same bits."""

import numpy as np

from pd.patches import assert_same, listening
from specml import AutoRegNN, AutoRegNN2, Unlearn, core
from specml.reference import autoregnn, autoregnn2, unlearn
from specml.reference.random import white_noise

CHUNK = 3200  # samples
INPUTS = {AutoRegNN: ("x",), AutoRegNN2: ("x1", "x2"), Unlearn: ("x",)}
CONTROLS = {
    AutoRegNN: autoregnn.CONTROLS,
    AutoRegNN2: autoregnn2.CONTROLS,
    Unlearn: unlearn.CONTROLS,
}
OUTS = {AutoRegNN: 2, AutoRegNN2: 3, Unlearn: 2}


def single(value: float) -> float:
    """The number as a float of Pd holds it."""
    return float(np.float32(value))


def sound(n: int, seed: int = 1) -> np.ndarray:
    """Return something to learn: a sine whose frequency no period of Pd's divides, and noise."""
    return 0.7 * np.sin(0.0261 * (1 + seed) * np.arange(n)) + 0.1 * white_noise(n, seed)


class Duet:
    """The box `box`, and `net`, which holds `held` unless told otherwise."""

    def __init__(
        self, host, box: str, net, held: dict | None = None, arrays=(), dsp=True, flags="-fade 0"
    ) -> None:
        self.host, self.net, self._model = host, net, type(net)
        self.controls = CONTROLS[self._model]
        self.held = {name: c.initial for name, c in self.controls.items()} | (held or {})
        self._inputs, self._outs = INPUTS[self._model], OUTS[self._model]
        self._seed = 0
        host.said()
        inlets = range(len(self._inputs))
        self._patch = host.open(listening(f"{box} {flags}", inlets, self._outs, arrays))
        self.name = box.split()[0]
        host.dsp(dsp)

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self.host.close(self._patch)

    def send(self, *atoms) -> str:
        """Return what the console says to it."""
        self.host.send("x", *atoms)
        return self.host.said()

    def go(self, n: int = CHUNK) -> np.ndarray:
        """Both hear the same, and say the same; return it."""
        self._seed += 1
        x = np.float32([sound(n, self._seed + k) for k in range(len(self._inputs))])
        got = self.host.process(x, self._outs)
        assert_same(self.name, got, self.say(np.float64(x)))
        return got

    def say(self, x: np.ndarray) -> np.ndarray:
        """What the model says."""
        return np.float32(self.let_say(self.net, x))

    def let_say(self, net, x: np.ndarray) -> np.ndarray:
        """What a network says that holds the same."""
        held = {key: single(value) for key, value in self.held.items()}
        heard = dict(zip(self._inputs, x, strict=True))
        if self._model is Unlearn:  # an inlet with fewer channels begins again
            heard = {"x": np.repeat(x, net.external, axis=0)}
            held["lambda_"] = held.pop("lambda")
            held["outs"] = self._outs
        return np.stack(net.process(**heard, **held))

    def report(self) -> dict[str, list]:
        """What the box tells of itself: each word with all that followed it."""
        facts: dict[str, list] = {}
        for line in self.send("report").splitlines():
            word, *values = line.removeprefix("info: ").split()
            facts.setdefault(word, []).append([number(value) for value in values])
        return facts


def number(word: str):
    try:
        return float(word)
    except ValueError:
        return word


def unlearn_from(preset: str, seed: int = 1, **other) -> tuple[Unlearn, dict]:
    """Return a network like a preset but for `other`, and the controls it holds."""
    settings = dict(core.presets()[preset]) | other
    held = {key: settings.pop(key) for key in unlearn.CONTROLS}
    return Unlearn(**settings, seed=seed), held

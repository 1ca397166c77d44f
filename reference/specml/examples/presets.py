"""The six examples of Unlearn."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from .. import signals
from ..unlearn import Unlearn
from .example import Example, Rendering, Run

OUTS = 2  # channels of the recording: each the mean of every other neuron
LEVEL = 0.8  # of the recording
LISTENING = "the recording: the means of even and odd neurons, without their DC, times 0.8"
SWITCH = 79.0  # seconds: 1:19, when sine-adapt loses its sine and stops learning
Moving = Callable[[Run, int, int], Mapping[str, object]]


def network(
    name: str,
    about: str,
    seconds: float,
    construction: Mapping[str, object],
    controls: Mapping[str, float],
    choices: tuple[str, ...],
    moving: Moving = lambda run, begin, n: {},
    heard: Moving = lambda run, begin, n: {"samples": n},
    seed: int = 1,
) -> Example:
    """Return an example; `moving` gives the controls that change, `heard` what it hears."""
    settings = {"neurons": 16, "external": 1, "excite": 0.1} | dict(construction)

    def make(run: Run) -> Unlearn:
        return Unlearn(**settings, seed=run.seed, samplerate=run.samplerate, engine=run.engine)

    def sound(net: Unlearn, run: Run, outs: int) -> Iterator[np.ndarray]:
        for begin, n in run.blocks():
            given = dict(controls) | dict(moving(run, begin, n))
            yield net.process(**heard(run, begin, n), **given, outs=outs)

    def start(run: Run) -> Rendering:
        net = make(run)
        return Rendering((net,), recorded(sound(net, run, OUTS)))

    def neurons(run: Run) -> Iterator[np.ndarray]:
        return sound(make(run), run, 16)

    record = settings | {key.rstrip("_"): value for key, value in controls.items()}
    return Example(
        name, "Unlearn", about, seconds, record, ("left", "right"), start, (*choices, LISTENING),
        neurons=neurons, seed=seed,
    )  # fmt: skip


def recorded(blocks: Iterator[np.ndarray]) -> Iterator[np.ndarray]:
    """Yield blocks without their DC; what begins at a constant begins without a click."""
    leaks = [signals.leak_dc() for _ in range(OUTS)]
    first = None
    for y in blocks:
        first = y[:, :1] if first is None else first
        sides = zip(leaks, y - first, strict=True)
        yield LEVEL * np.stack([leak(side) for leak, side in sides])


def falling_strength(run: Run, begin: int, n: int) -> dict[str, np.ndarray]:
    """Return the strength, falling from 160 to 18 over the recording."""
    return {"strength": 160.0 - 142.0 * signals.times(begin, n) / run.samples}


def learning_until_switch(run: Run, begin: int, n: int) -> dict[str, np.ndarray]:
    """Return lambda, 1 until 1:19, then 0."""
    return {"lambda_": (signals.times(begin, n) < SWITCH * run.samplerate).astype(float)}


def sine_until_switch(run: Run, begin: int, n: int) -> dict[str, np.ndarray]:
    """Return a sine of 100 Hz until 1:19, then silence."""
    t = signals.times(begin, n)
    sine = signals.sine(100.0 / run.samplerate * t)
    return {"x": np.where(t < SWITCH * run.samplerate, sine, 0.0)}


TANH = {"activation": "tanh", "energy": "tanh", "maxdelay": 2400}
COSINE = {"activation": "cosine", "energy": "cosine", "maxdelay": 2400}

EXAMPLES = (
    network(
        "resonances", "resonant frequencies that change slowly or suddenly", 90.0,
        TANH | {"inputs": 16, "scale": 1.0, "integrator": "euler"},
        {"lambda_": 60.0, "mu": 0.4, "nu": 0.4, "strength": 0.1, "radius": 0.01, "friction": 0.0,
         "centre": 0.0},
        ("16 inputs, scale 1", "euler: its surplus energy sustains the sound"),
    ),
    network(
        "chatter", "noise that turns into metal, and into one sound", 45.0,
        TANH | {"inputs": 16, "scale": 1.3, "integrator": "symplectic"},
        {"lambda_": 0.4, "mu": 0.4, "nu": 0.4, "strength": 160.0, "radius": 0.01, "friction": 0.0,
         "centre": 0.98},
        ("16 inputs, scale 1.3, centre 0.98", "the strength falls evenly over the recording"),
        moving=falling_strength,
    ),
    network(
        "clicks", "clicks over the whole network, pauses, fast repetitions", 30.0,
        COSINE | {"inputs": 4, "scale": 2.0, "integrator": "symplectic"},
        {"lambda_": 10.0, "mu": 0.1, "nu": 10.0, "strength": 0.1, "radius": 0.02, "friction": 0.5,
         "centre": 0.0},
        ("4 inputs, scale 2",),
    ),
    network(
        "wind", "a microphone held into a storm of wind and rain", 30.0,
        COSINE | {"inputs": 1, "scale": 2.0, "integrator": "symplectic"},
        {"lambda_": 10.0, "mu": 235.0, "nu": 900.0, "strength": 0.1, "radius": 0.02,
         "friction": 0.5, "centre": 0.0},
        ("1 input, scale 2: more inputs have no gusts",),
    ),
    network(
        "blubber", "noise with bubbles", 60.0,
        COSINE | {"inputs": 1, "scale": 2.0, "integrator": "symplectic"},
        {"lambda_": 28.0, "mu": 0.02, "nu": 900.0, "strength": 0.1, "radius": 0.2, "friction": 6.8,
         "centre": 0.0},
        ("1 input, scale 2", "it neither grows nor dies out, whatever was tried"),
    ),
    network(
        "sine-adapt", "a 100 Hz sine until 1:19; then what it left behind", 130.0,
        TANH | {"inputs": 3, "maxdelay": 4800, "scale": 2.0, "integrator": "symplectic"},
        {"lambda_": 1.0, "mu": 100.0, "nu": 980.0, "strength": 6.5, "radius": 0.6, "friction": 0.1,
         "centre": 0.9},
        ("3 inputs, and the sine as one more of neuron 1; scale 2, centre 0.9",),
        moving=learning_until_switch,
        heard=sine_until_switch,
        seed=3,  # seeds 1 and 5 end near 20 kHz
    ),
)  # fmt: skip

"""The seven examples of AutoRegNN: six of one network, one of a pair."""

from collections.abc import Callable, Iterator, Mapping
from itertools import count, islice, repeat

import numpy as np

from .. import signals
from ..autoregnn import AutoRegNN
from ..autoregnn2 import AutoRegNN2
from ..reference.arrays import Array
from ..reference.elementary import tanh
from ..reference.random import white_noise
from .example import BLOCK, Example, Rendering, Run

RING_BLOCK = 64  # samples: the server's control block, by which the ring's feedback is late
RING_LR = (0.8, 0.9, 0.8)
RING_LEVEL = 0.45  # of the recording: no seed of 1..10 comes beyond 0.9
DRAWING_PERIOD = 0.3  # seconds between two looks at the drawn array
PULSE_NOTE = "the pulse is the sum of its harmonics below half the sample rate"
AS_CODE = "it is a block of code for SuperCollider, with its arguments"
HAND_NOTE = (
    "a hand draws an arch over 20 sliders every 3 s; the sliders for lr and ridge move at random"
)


def sine_of(frequency: float) -> Callable[[Array, float], Array]:
    """Return a signal: a sine."""
    return lambda t, rate: signals.sine(frequency / rate * t)


def modulated_sine(t: Array, rate: float) -> Array:
    """Return a sine of 220..600 Hz, modulated at 80 Hz."""
    return signals.sine(signals.modulated_phase(t, 220.0, 600.0, 80.0, rate))


def saw_of(frequency: float) -> Callable[[Array, float], Array]:
    """Return a signal: a sawtooth."""
    return lambda t, rate: signals.saw(frequency / rate * t)


def four_sines(t: Array, rate: float) -> Array:
    """Return four sines at MIDI 40, 51, 82 and 99, summed, times 0.2."""
    sines = (signals.sine(signals.midi(note) / rate * t) for note in (40, 51, 82, 99))
    return 0.2 * sum(sines, np.zeros_like(t))


def one_network(
    name: str,
    about: str,
    signal: Callable[[Array, float], Array],
    width: int,
    controls: Mapping[str, float | Callable[[Array], Array]],
    told: str,
) -> Example:
    """Return an example of one network and one signal; a control may be a function of it."""
    settings = {"size": 12, "width": width, "layers": 1, "scale": 1.0} | {
        key: "in, mapped from -1..1 to 0.01..1" if callable(value) else value
        for key, value in controls.items()
    }

    def start(run: Run) -> Rendering:
        net = AutoRegNN(12, width, 1, run.seed, 1.0, run.engine)

        def blocks() -> Iterator[Array]:
            for begin, n in run.blocks():
                x = signal(signals.times(begin, n), run.samplerate)
                given = {k: v(x) if callable(v) else v for k, v in controls.items()}
                yield np.stack([x, net.process(x, **run.turn(given))[0]])

        return Rendering((net,), blocks())

    return Example(
        name, "AutoRegNN", about, 4.0, settings, ("in", "out"), start,
        told=(told, AS_CODE), left_open=("scale",),
    )  # fmt: skip


def from_input(x: Array) -> Array:
    """Return the input mapped from -1..1 to 0.01..1."""
    return 0.01 + 0.495 * (x + 1.0)


def interpolate(run: Run) -> Rendering:
    """Start two networks that learn a sine and a pulse; their mixture speaks."""
    pair = AutoRegNN2(12, 8, 1, run.seed, 1.0, run.engine)

    def blocks() -> Iterator[Array]:
        for begin, n in run.blocks():
            phase = 500.0 / run.samplerate * signals.times(begin, n)
            x1, x2 = signals.sine(phase), signals.pulse(phase, 500.0, run.samplerate)
            given = run.turn({"mix": 0.5, "lr": 0.5, "ridge": 0.001})
            out, _, _ = pair.process(x1, x2, **given)
            yield np.stack([x1, x2, out])

    return Rendering((pair,), blocks())


def multislider(run: Run) -> Rendering:
    """Start a network whose weights are drawn by hand while it learns."""
    net = AutoRegNN(8, 8, 1, run.seed, 1.0, run.engine)
    block = int(DRAWING_PERIOD * run.samplerate)
    net.parameters = white_noise(len(net.parameters), run.seed)
    leak, high = signals.leak_dc(), signals.highpass(20.0, run.samplerate)

    def blocks() -> Iterator[Array]:
        for look, (begin, n) in enumerate(run.blocks(block)):
            hand = white_noise(4, run.seed + 1, 4 * (look // 10 * 10))
            place, height, lr, ridge = 0.5 * (hand + 1.0)
            if look % 10 == 5:
                net.parameters = draw_arch(net.parameters, place, 2.0 * height - 1.0)
            x = four_sines(signals.times(begin, n), run.samplerate)
            # a slider of warp 4 for lr 0..0.5, an even one over the decades 1e-6..1e-2 for ridge
            given = {"lr": 0.5 * warped(lr), "ridge": 1e-6 + (1e-2 - 1e-6) * warped(ridge)}
            given = given if look >= 10 else {"lr": 0.1, "ridge": 0.001}
            out, _ = net.process(x, **run.turn(given))
            yield np.tile(0.7 * high(leak(out)), (2, 1))

    return Rendering((net,), blocks())


def warped(x: float) -> float:
    """Return x^4."""
    square = x * x
    return square * square


def draw_arch(parameters: Array, place: float, height: float) -> Array:
    """Return the parameters with an arch drawn over 20 neighbouring ones, as by one stroke."""
    first = int(place * (len(parameters) - 20))
    x = (2.0 * signals.times(0, 20) - 19.0) / 19.0  # -1..1
    drawn = parameters.copy()
    drawn[first : first + 20] = height * (1.0 - x * x)
    return drawn


def ring(run: Run, hear: Callable[[int], Array]) -> Rendering:
    """Start three networks in a ring; what `hear` returns, so many samples, enters it."""
    nets = tuple(AutoRegNN(12, 10, 1, run.seed + k, 1.0, run.engine) for k in range(3))
    rate = run.samplerate
    entries = [signals.highpass(2.0, rate) for _ in range(3)]
    feedback_low = signals.lowpass(10.0, rate)

    def turns() -> Iterator[Array]:
        fed_back = np.zeros(RING_BLOCK)
        for _, n in run.blocks(RING_BLOCK):
            given = [run.turn({"lr": lr, "ridge": 1e-5}) for lr in RING_LR]
            x = tanh(entries[0](hear(n) + fed_back[:n]))
            out1, _ = nets[0].process(x, **given[0])
            out2, _ = nets[1].process(entries[1](out1), **given[1])
            out3, _ = nets[2].process(entries[2](out2), **given[2])
            fed_back = out3 + feedback_low(out2)
            yield np.stack([out1, out2, out3])

    def blocks() -> Iterator[Array]:
        filters = [(signals.leak_dc(), signals.highpass(20.0, rate)) for _ in range(2)]
        for outs in in_larger_blocks(turns(), run.block):
            sides = zip(filters, splay(*outs), strict=True)
            yield RING_LEVEL * np.stack([high(leak(side)) for (leak, high), side in sides])

    return Rendering(nets, blocks())


def in_larger_blocks(blocks: Iterator[Array], size: int) -> Iterator[Array]:
    """Yield the same samples in blocks of about `size`."""
    while batch := list(islice(blocks, max(1, size // RING_BLOCK))):
        yield np.concatenate(batch, axis=1)


def splay(left: Array, middle: Array, right: Array) -> list[Array]:
    """Spread three signals over two channels, at equal power."""
    level, half = np.sqrt(1.0 / 3.0), np.sqrt(0.5)
    return [level * (left + half * middle), level * (half * middle + right)]


def feedback(run: Run) -> Rendering:
    """Start the ring, woken by noise that fades over two seconds."""

    def noise() -> Iterator[Array]:
        for begin in count(0, BLOCK):
            fade = 1.0 - signals.times(begin, BLOCK) / (2.0 * run.samplerate)
            yield 0.1 * white_noise(BLOCK, run.seed, begin) * np.maximum(0.0, fade)

    return ring(run, signals.Stream(noise()))


def percussion(run: Run) -> Rendering:
    """Start the ring, fed by a live input or by drums."""
    struck = signals.drums(run.seed, run.samplerate)
    played = struck if run.input is None else repeat(run.input)
    return ring(run, run.hear or signals.Stream(played))


RING = {"size": 12, "width": 10, "layers": 1, "scale": 1.0, "autoreg": 1.0, "teacher": 0.0,
        "lr": RING_LR, "ridge": 1e-5, "networks": 3, "block": RING_BLOCK}  # fmt: skip

EXAMPLES = (
    one_network(
        "sine", "a 200 Hz sine is learned within a few periods", sine_of(200.0), 8,
        {"autoreg": 1.0, "lr": 0.1, "ridge": 1e-4},
        "the network hears a sine of 200 Hz; left is what goes in, right what comes out",
    ),
    one_network(
        "fm", "a sine of 220..600 Hz, modulated at 80 Hz, is followed", modulated_sine, 8,
        {"autoreg": 1.0, "lr": 0.6, "ridge": 0.01},
        "a sine of 80 Hz moves the frequency of the one that is heard between 220 and 600 Hz",
    ),
    one_network(
        "saw", "a 180 Hz sawtooth drives its own learning rate", saw_of(180.0), 10,
        {"autoreg": 1.0, "lr": from_input, "ridge": 1e-5},
        "the sawtooth itself, from 0.01 at its lowest to 1 at its highest, is the learning rate",
    ),
    Example(
        "interpolate", "AutoRegNN2", "half a sine, half a pulse: a network between two networks",
        4.0, {"size": 12, "width": 8, "layers": 1, "scale": 1.0, "mix": 0.5, "lr": 0.5,
              "ridge": 0.001}, ("in1", "in2", "out"), interpolate, (PULSE_NOTE,),
        told=("one network learns a sine of 500 Hz, one a pulse of 500 Hz", AS_CODE),
        left_open=("layers", "scale"),
    ),
    Example(
        "multislider", "AutoRegNN", "weights are drawn by hand while they learn four sines", 30.0,
        {"size": 8, "width": 8, "layers": 1, "autoreg": 1.0, "lr": "0..0.5, drawn",
         "ridge": "1e-6..1e-2, drawn", "weights": "U(-1, 1), drawn"},
        ("left", "right"), multislider, (HAND_NOTE,),
        told=("a window has a slider for each weight, to be drawn with the mouse; what is learned "
              "shows there every 0.3 s", "two more sliders set learning rate and ridge",
              "what sounds has no DC, nothing below 20 Hz, and 0.7 of its level", AS_CODE),
        left_open=("layers",),
    ),
    Example(
        "feedback", "AutoRegNN", "three networks in a ring go on after the noise has faded", 30.0,
        RING, ("left", "right"), feedback,
        told=("white noise fades away within two seconds; what the third network says, and what "
              "the second says below 10 Hz, goes back to the first", AS_CODE),
        left_open=("scale", "teacher", "block"),
    ),
    Example(
        "percussion", "AutoRegNN", "drums set the ring of three networks off", 20.0,
        RING, ("left", "right"), percussion,
        ("without a live input, drums are synthesised",
         "the ring and its settings are those of feedback"),
        takes_input=True,
        told=("nothing but a title: feedback with percussion instruments",), left_open=tuple(RING),
    ),
)  # fmt: skip

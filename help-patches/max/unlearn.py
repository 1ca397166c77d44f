"""The help of unlearn~, with six of the examples."""

from collections.abc import Callable
from typing import Any

from patch import Patch, inlet, outlet
from snippets import KNOB
from states import states
from tabs import (
    COLUMN,
    EDGE,
    WIDE,
    Example,
    Where,
    about,
    begin,
    heard,
    knobs,
    page,
    scope,
    sliders,
    tries,
)

NAME = "unlearn~"
LINE = "neurons whose weights circle and never settle"
HEARD = {
    "lambda": "how fast weights circle and learn. 0: nothing moves. 0.1: slow, with rests. 10: lively. From 60 on wind pulses lambda/3 times a second, from 300 on it hums. Useful: 0.1..300",
    "mu": "how rough each neuron is by itself. Below 1 hardly heard. In clicks 1 adds clicks, 10 a rain of them, 100 hisses. At 1000 nearly all is even noise. Useful: 0..300",
    "nu": "how much all pull together. clicks: 1 rests, 10 clicks. At 100 wind hisses, at 1000 it comes in gusts. At 1 blubber whistles, at 900 it bubbles. Useful: 1..1000",
    "strength": "how hard weights are held to their circles. resonances and wind die from 1 on, clicks get rare. In chatter 160 is noise, 20 metal, and below 1 it pauses. Useful: 0..200",
    "radius": "how wide the circles are. Up to 0.1 hardly heard. Near 0.6 chatter gets rougher, at 2 it is noise with a colour, at 10 noise without one. Useful: 0.01..2",
    "friction": "how soon movement dies. 0: dense and bright. At 3 clicks are far away and dull, at 10 gone. resonances die from 0.5 on. At 7 blubber bubbles. Useful: 0..10",
    "centre": "where circles lie. 0: around zero. 1: around where the weight has been lately. Towards 1 wind gets darker and gusty. chatter dies below 0.85. Useful: 0..1",
    "pivot": "around what weights turn. 0: zero. 1: where they have been lately. Towards 1 wind gets darker, and resonances die. blubber needs 1: at 0 it is a faint hum. Useful: 0 or 1",
    "preset": "all settings of that example.",
    "seed": "another draw of the network: another piece of the same kind.",
    "scale": "how large the next weights are. Too small: it dies away. From 4 to 6 on all is noise.",
    "excite": "how hard the first push is, and every bang. It decides how soon it sounds.",
    "neurons": "few: raw and loud, each heard alone. Many: smoother, softer, more work.",
    "inputs": "how many others each hears. 1 or 2: few tones. From 8 on the voices melt.",
    "maxdelay": "how late they hear each other, in samples. 120: a ring near 1 kHz. 24000: echoes.",
    "external": "signals that come in: channels of the first inlet.",
    "activation": "what a neuron says to what it hears. tanh can be silent, cosine always begins.",
    "energy": "what the network wants. Heard where mu and nu are large.",
    "integrator": "euler feeds the weights a little energy all the time: resonances need it.",
    "learn": "0: the weights rest, as if lambda were 0. 1: they move again.",
    "fade": "ms from one network to the next. 3000: one becomes another.",
}
CIRCLES = ("lambda", "mu", "nu", "strength", "radius", "friction", "centre", "pivot")


def both_sides(p: Patch, source: Any, tops: tuple[float, float], level: float | str,
               width: float = 90, filter_width: float = 0, xs: tuple[float, ...] = ()) -> list[Any]:  # fmt: skip
    """Left and right without their DC, and as loud as the other examples: two boxes each, below
    the outlets if xs does not say where.
    """
    loud = []
    for side in range(2):
        x = xs[side] if xs else outlet(source, side)[0] - 9.5
        chain = p.box(x, tops[0], "specml.hip~ 5.", filter_width), p.box(x, tops[1], f"*~ {level}", width)  # fmt: skip
        p.cord(source, chain[0], side)
        loud.append(p.chain(*chain))
    return loud


def heard_below(p: Patch, where: Where, name: str, net: Any, level: float) -> None:
    loud = both_sides(p, net, (315, 355), level)
    heard(p, EDGE, 420, where, name, *loud)
    scope(p, 400, 420, loud[0], "left: every second neuron")
    scope(p, 615, 420, loud[1], "right: the others")


def preset(name: str, level: float, lead: str, turn: str, seed: int = 1,
           more: Callable[[Patch, Where, Any], None] | None = None) -> Callable[[Where], Patch]:  # fmt: skip
    """An example that is one box."""

    def made(where: Where) -> Patch:
        p = page(name, lead, not where.tour)
        begun = begin(p, where, name, f"preset {name}, seed {seed}, learn 1, dump", 90)
        net = p.box(EDGE, 270, f"unlearn~ @preset {name} @seed {seed}", 260)
        p.cord(begun, net)
        p.bus(p.message(210, 222, "bang"), net, 219.5, down=6)
        row = p.show(COLUMN, 95, "specml.knobs", [where.name(name)], KNOB * 8, 52)
        p.bus(row, net, COLUMN - 12, above=10)
        info = p.box(outlet(net, 2)[0] - 9.5, 315, f"s {where.name(name)}-info")
        p.cord(net, info, 2)
        p.text(COLUMN, 158, turn, WIDE + EDGE - COLUMN)
        heard_below(p, where, name, net, level)
        if more:
            more(p, where, net)
        return p

    return made


def falling(p: Patch, where: Where, net: Any) -> None:
    """Strength falls evenly: from 160 to 18 in a minute."""
    x = inlet(net, 4)[0] - 9.5
    go = p.box(470, 210, f"r {where.name('chatter')}-go")
    start = p.box(470, 240, "sel 1 0", 120)
    fall = p.message(470, 270, "160., 18. 60000")
    stop = p.message(590, 270, "stop")
    line = p.box(470, 315, "line 160. 20", 100)
    p.chain(go, start, fall, line)
    p.cord(start, stop, 1)
    p.cord(stop, line)
    p.text(590, 316, "strength, in a minute. stop, and turn the knob", 220)
    p.cord(line, net, into=4, via=[(479.5, 345), (455, 345), (455, 252), (x + 9.5, 252)])


def timing() -> Patch:
    """When the sine goes: after 79 s, or at a bang."""
    p = Patch(420, 400)
    p.text(EDGE, 15, "At 1:19 the sine goes, and nothing is learned any more.", 360)
    on, now = p.box(EDGE, 60, "inlet"), p.box(330, 60, "inlet")
    both = p.box(EDGE, 90, "t i i", 160)
    fade, out = p.message(EDGE, 130, "$1 5"), p.box(EDGE, 345, "outlet")
    p.chain(on, both, fade, out)
    which = p.box(161, 130, "sel 1 0", 80)
    p.cord(both, which, 1)
    wait, stop = p.box(161, 200, "delay 79000"), p.message(260, 165, "stop")
    then = p.box(161, 250, "t b b", 120)
    p.chain(which, wait, then)
    p.cord(which, stop, 1)
    p.cord(stop, wait)
    p.bus(now, then, outlet(now)[0])
    silence, rest = p.message(100, 295, "0 5"), p.message(262, 295, "lambda 0")
    p.chain(then, silence, out)
    p.cord(then, rest, 1)
    p.cord(rest, p.box(262, 345, "outlet"))
    return p


def a_sine(p: Patch, where: Where, net: Any) -> None:
    """A sine for 79 s, then nothing more is learned."""
    sine = p.box(COLUMN + 60, 205, "cycle~ 100.", 80)
    loud = p.box(COLUMN + 60, 235, "*~ 0.75", 60)
    gate = p.box(COLUMN + 60, 265, "*~", 60)
    p.chain(sine, loud, gate)
    p.cord(gate, net, via=[(gate.patching_rect.x + 9.5, 297), (312, 297), (312, 256), (39.5, 256)])
    go = p.box(450, 205, f"r {where.name('sine-adapt')}-go")
    when = p.sub(450, 245, "timing", timing(), 200)
    line = p.box(450, 310, "line~")
    p.chain(go, when, line)
    p.cord(line, gate, into=1, via=[(459.5, 342), (428, 342), (428, 257), (380.5, 257)])
    button = p.ui(631, 205, "button", 24, 24)
    p.text(659, 207, "click: now, not at 1:19", 150)
    p.cord(button, when, into=1)
    p.cord(when, net, 1, via=[(640.5, 285), (439, 285), (439, 261), (39.5, 261)])
    p.text(660, 246, "double-click to see how", 150)


EXAMPLES = (
    Example("resonances", "resonances that change, slowly or suddenly", preset(
        "resonances", 1.0, "The network falls into resonant frequencies, which change slowly or suddenly.",
        "Try: lambda up, and it changes sooner. friction above 0.5, and it dies. The message begins it afresh.")),
    Example("chatter", "noisy chatter turns to metal in a minute", preset(
        "chatter", 0.67, "All along, the pull of the limit cycle weakens: strength falls from 160 down to 18. Confused, noisy voices turn into metal, and at last into one sound.",
        "Try: radius near 0.6, and it gets rougher. centre below 0.85, and it dies.", more=falling)),
    Example("clicks", "clicks everywhere, a pause, a repetition", preset(
        "clicks", 2.0, "Clicks all over the network, sudden pauses, fast repetitions.",
        "Try: mu 1 adds clicks, 10 a rain of them, 100 hisses. nu 1: rests. friction 3: far away and dull.")),
    Example("wind", "a microphone held into a storm", preset(
        "wind", 1.9, "Very noisy: a microphone held into a storm of wind and rain.",
        "Try: lambda from 60 on, and it pulses. nu 100 hisses, 1000 comes in gusts. centre towards 1: darker.")),
    Example("blubber", "noise with bubbles, two or three a second", preset(
        "blubber", 2.0, "Noise with bubbles, more and more of them, until they die out: in less than two minutes, mostly. With seed 2 they end in another way.",
        "Try: nu 1 whistles, 900 bubbles. pivot 0: a faint hum.")),
    Example("sine-adapt", "at 1:19 a tone goes, some of it stays", preset(
        "sine-adapt", 0.92, "A sine of 100 Hz is an input of the first neuron. After 1:19 the sine goes and lambda becomes 0: nothing is learned any more. Listen to what it left behind, slowly, in the whole network.",
        "If it stays silent, a bang wakes it. The button does now what is due at 1:19.", seed=6, more=a_sine)),
)  # fmt: skip


def basic() -> Patch:
    p = page(NAME, "is a network of neurons that hear each other late. Each weight circles on a small orbit of its own: what it learns it also forgets. It sounds by itself.")  # fmt: skip
    where = Where()
    message = begin(p, where, "basic3", "preset wind, seed 1, learn 1")
    net = p.box(COLUMN, 270, "unlearn~ 16 3 2400", 240)
    p.bus(message, net, outlet(message)[0])
    p.text(EDGE, 300, "arguments: neurons inputs maxdelay", 210)
    heard(p, COLUMN, 400, where, "basic3", *both_sides(p, net, (315, 345), 1.9))
    info = p.box(outlet(net, 2)[0] - 9.5, 315, "print unlearn~")
    p.cord(net, info, 2)
    p.text(COLUMN, 460, "outlets: of @outs n the j-th is the mean of every n-th neuron, from the j-th on. The last tells what dump, get, report and weights ask for.", 400)  # fmt: skip
    tries(p, 560, 95, net, (
        ("bang", "pushes all neurons"), ("reset", "draws new weights"),
        ("clear", "forgets the sound"), ("preset clicks", "another example"),
        ("preset blubber", "another"), ("seed 2", "another draw"),
        ("learn 0", "the weights rest"), ("dump", "tells all settings"),
    ), step=26, gap=105)  # fmt: skip
    p.text(625, 330, "A bang wakes a silent network of tanh if the squares of a neuron's weights add up to 1. If a cosine has come to rest: reset, another seed, a larger scale.", 185)  # fmt: skip
    return p


def sounding(p: Patch, name: str, x: float = EDGE) -> Any:
    """The network of a page of knobs."""
    message = begin(p, Where(), name, "preset wind, seed 1")
    net = p.box(x, 300, "unlearn~", 165)
    p.bus(message, net, 18)
    loud = both_sides(p, net, (345, 385), 1.9, 85, xs=(x, x + 100))
    heard(p, x, 430, Where(), name, *loud)
    return net


def circles() -> Patch:
    p = page("circles", "The eight controls: attributes, messages, and inlets for signals, from the second on. Each says what you hear.")  # fmt: skip
    net = sounding(p, "circles")
    knobs(p, COLUMN, 90, net, [(name, HEARD[name]) for name in CIRCLES], step=55)
    return p


def shape() -> Patch:
    p = page("parameters", "The shape of the network, its functions, its draw. @outs is for the box alone: how many signal outlets it has.")  # fmt: skip
    net = sounding(p, "parameters3")
    rest = [(name, line) for name, line in HEARD.items() if name not in CIRCLES]
    knobs(p, COLUMN, 85, net, rest, step=36)
    return p


def weights() -> Patch:
    p = page("weights", "The weights of all neurons in a buffer~, one neuron after the other. Draw in the sliders; with learn 0 what you draw stays.")  # fmt: skip
    message = begin(p, Where(), "weights3", "preset wind, seed 1, learn 1")
    net = p.box(COLUMN, 240, "unlearn~ 16 3 2400 @table specml-neurons", 300)
    p.bus(message, net, outlet(message)[0])
    tries(p, COLUMN + 20, 110, net, (("learn 0", "the weights rest"), ("learn 1", "they go on"),
                                     ("weights 0 0.5 0.5 0.5", "the first three, by message")))  # fmt: skip
    p.box(EDGE, 290, "buffer~ specml-neurons @samps 48")
    p.text(EDGE, 315, "double-click to see it", 160)
    heard(p, COLUMN, 380, Where(), "weights3", *both_sides(p, net, (285, 315), 1.9))
    sliders(p, "specml-neurons", 48)
    return p


def multichannel() -> Patch:
    p = page("mc", "mc.unlearn~ has one multichannel outlet, a channel for each neuron; its first inlet takes a multichannel signal, a channel for each external input.")  # fmt: skip
    message = begin(p, Where(), "mc3", "preset clicks, seed 1")
    net = p.box(COLUMN, 240, "mc.unlearn~ @preset clicks", 300)
    p.bus(message, net, outlet(message)[0])
    tries(p, COLUMN + 20, 110, net, (("neurons 8", "eight channels"), ("neurons 32", "and 32"),
                                     ("external 4", "four channels in")))  # fmt: skip
    chain = [p.box(COLUMN, 285, "mc.mixdown~ 2 @autogain 1", 180), p.box(COLUMN, 315, "mc.unpack~ 2", 130)]  # fmt: skip
    p.chain(net, *chain)
    p.text(COLUMN + 190, 286, "all neurons, spread from left to right", 250)
    heard(p, COLUMN, 430, Where(), "mc3", *both_sides(p, chain[1], (350, 385), "2.", 95, 95))
    return p


def state() -> Patch:
    def sources(p: Patch) -> list[Any]:
        p.text(COLUMN, 228, "it sounds by itself", 260)
        return []

    def sound(p: Patch, net: Any) -> tuple[Any, Any]:
        left, right = both_sides(p, net, (345, 375), 1.9, 85, xs=(COLUMN, COLUMN + 100))
        return left, right

    other = "seed 7", "another draw of the network"
    told = "preset wind, seed 1"
    return states("state3", "unlearn~ 16 3 2400", told, other, sources, sound)


def tabs() -> list[tuple[str, Patch]]:
    told = (
        "Sixteen neurons, each of which hears a few others, late. No target, no error: the weights move so that energy goes where lambda, mu and nu send it, and a limit cycle keeps them moving.",
        "mc.unlearn~ is the same with a channel for each neuron.",
    )
    examples = [(example.name, example.page(Where())) for example in EXAMPLES]
    return [("basic", basic()), *examples, ("circles", circles()), ("parameters", shape()),
            ("weights", weights()), ("state", state()), ("mc", multichannel()),
            ("?", about(NAME, ("autoregnn~", "autoregnn2~"), told))]  # fmt: skip

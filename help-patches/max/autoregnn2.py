"""The help of autoregnn2~, with its example."""

from typing import Any

from patch import Patch, inlet, outlet
from states import states
from tabs import (
    COLUMN,
    EDGE,
    Example,
    Where,
    about,
    begin,
    heard,
    heard_mixed,
    knobs,
    page,
    scope,
    sliders,
    tries,
)  # fmt: skip

NAME = "autoregnn2~"
LINE = "two learn, and one between them speaks"
HEARD = {
    "mix": "what lies between, as far as the networks agree. 0: the first, 1: the second.",
    "lr": "how fast both learn. From 1 on the mixture sinks below the pitch.",
    "ridge": "how fast they forget. 0.005: it keeps the pitch, 0.0001: it goes its own ways.",
    "autoreg": "1: it hears only its own voice, 0: only what comes in.",
    "teacher": "0: they learn from what they hear, 1: from what comes in, whatever they hear.",
    "size": "how many samples back they hear. More: lower tones, and more work.",
    "width": "units in a layer. More: richer, and more work.",
    "layers": "hidden layers. With three they are harder to teach.",
    "seed": "another draw of the weights: they begin in another way.",
    "scale": "size of the weights that the next reset or seed draws. 4: they begin loud.",
    "learn": "0: they stay as they are, 1: they go on learning.",
    "fade": "ms from one pair to the next. 2000: a new seed takes two seconds.",
}
LEVEL = 0.21


def tones(p: Patch, net: Any, y: float) -> None:
    """A sine and a pulse of one pitch."""
    number = p.number(COLUMN, 100, "Hz", 20, 2000, 500)
    p.text(COLUMN + 64, 99, "Hz of both", 80)
    sine = p.box(COLUMN, y, "cycle~ 500.", 80)
    pulse = p.box(inlet(net, 1)[0] - 9.5, y, "rect~ 500. 0.5", 100)
    p.chain(number, sine)
    p.cord(number, pulse)
    p.cord(sine, net)
    p.cord(pulse, net, into=1)


def interpolate(where: Where) -> Patch:
    p = page("interpolate", "A sine and a pulse, the two networks that learn them, and the one between that speaks: neither of the two is heard. Move mix between a sine (0) and a pulse (1).", not where.tour)  # fmt: skip
    message = begin(p, where, "interpolate", "size 12, width 8, layers 1, autoreg 1, teacher 0, scale 1, learn 1, seed 1")  # fmt: skip
    net = p.box(COLUMN, 300, "autoregnn2~ 0.5 12 8 0.5 0.001", 515)
    p.bus(message, net, outlet(message)[0])
    tones(p, net, 145)
    dials = {}
    for k, (name, high, curve, initial, digits) in enumerate((
        ("mix", 1, 1, 0.5, 2), ("lr", 2, 3, 0.5, 3), ("ridge", 0.01, 4, 0.001, 5)
    )):  # fmt: skip
        x = inlet(net, 2 + k)[0] - 9.5
        dials[name] = p.dial(x, 215, name, 0, high, curve, initial, digits)
        p.cord(dials[name], net, into=2 + k)
    x, further = (inlet(net, k)[0] - 9.5 for k in (2, 3))
    line = p.box(x, 160, "line 0. 20", 80)
    p.chain(p.message(x, 100, "0., 1. 4000"), line, dials["mix"])
    p.cord(p.message(further, 100, "1., 0. 4000"), line)
    p.text(further + 82, 101, "mix slides", 75)
    quiet = p.box(COLUMN, 345, f"*~ {LEVEL}", 60)
    p.cord(net, quiet)
    heard(p, COLUMN, 400, where, "interpolate", quiet, quiet)
    scope(p, 520, 400, quiet, "the network between", reach=0.3)
    p.text(EDGE, 330, HEARD["mix"] + " lr: " + HEARD["lr"], 200)
    p.text(EDGE, 440, "ridge: " + HEARD["ridge"], 200)
    return p


EXAMPLES = (Example("interpolate", "a sine, a pulse, and what lies between", interpolate),)


def basic() -> Patch:
    p = page(NAME, "is two networks of one shape. Each learns its own input, and neither is heard: what sounds is a network whose every weight lies between theirs, as far along as mix says.")  # fmt: skip
    where = Where()
    message = begin(p, where, "basic2", "reset")
    net = p.box(COLUMN, 300, "autoregnn2~ 0.5 12 8 0.5 0.001", 240)
    p.text(COLUMN + 20, 326, "arguments: mix size width lr ridge", 190)
    p.bus(message, net, outlet(message)[0])
    one, two = p.box(COLUMN, 150, "cycle~ 200."), p.box(COLUMN + 110, 150, "saw~ 300.", 80)
    p.cord(one, net)
    p.cord(two, net, into=1)
    quiet = p.box(COLUMN, 375, f"*~ {LEVEL}", 60)
    p.cord(net, quiet)
    heard(p, COLUMN, 420, where, "basic2", quiet, quiet)
    info = p.box(491, 375, "print autoregnn2~")
    p.cord(net, info, 3)
    p.text(491, 400, "what dump, get, report and weights ask for: see the Max Console", 180)
    p.text(EDGE, 375, "outlets: what it says, how far the guesses of the two were off, and what it tells", 200)  # fmt: skip
    tries(p, 560, 95, net, (
        ("mix 0.", "the first"), ("mix 1.", "the second"), ("mix 0.5", "half-way"),
        ("reset", "draws new weights"), ("clear", "forgets the sound"),
        ("seed 2", "other weights"), ("learn 0", "stops learning"),
        ("learn 1", "goes on learning"), ("dump", "tells all settings"),
        ("report", "tells everything"),
    ), step=26, gap=100)  # fmt: skip
    return p


def parameters() -> Patch:
    p = page("parameters", "Every setting is an attribute: in the box (@mix 0.3), as a message (mix 0.3), in the inspector. Those with an inlet may be moved by a signal.")  # fmt: skip
    where = Where()
    message = begin(p, where, "parameters2", "seed 1")
    net = p.box(EDGE, 330, "autoregnn2~", 165)
    p.bus(message, net, 18)
    one, two = p.box(EDGE, 245, "cycle~ 500."), p.box(inlet(net, 1)[0] - 9.5, 285, "rect~ 500.", 80)
    p.cord(one, net)
    p.cord(two, net, into=1)
    quiet = p.box(EDGE, 375, f"*~ {LEVEL}", 60)
    p.cord(net, quiet)
    heard(p, EDGE, 420, where, "parameters2", quiet, quiet)
    knobs(p, COLUMN, 90, net, tuple(HEARD.items()), step=36)
    return p


def weights() -> Patch:
    p = page("weights", "The weights of both networks in a buffer~: the first, then the second. Draw in the sliders, and hear what they make of it. With lr at 0 what you draw stays.")  # fmt: skip
    where = Where()
    message = begin(p, where, "weights2", "reset")
    net = p.box(COLUMN, 255, "autoregnn2~ 0.5 4 4 0.1 0.001 @table specml-pair", 515)
    p.bus(message, net, outlet(message)[0])
    tones(p, net, 145)
    for k, name, initial in ((0, "mix", 0.5), (1, "lr", 0.1)):
        knob = p.dial(inlet(net, 2 + k)[0] - 9.5, 165, name, 0, 1, 1 + 2 * k, initial, 3)
        p.cord(knob, net, into=2 + k)
    p.box(EDGE, 300, "buffer~ specml-pair @samps 50")
    p.text(EDGE, 325, "double-click to see it", 160)
    quiet = p.box(COLUMN, 300, f"*~ {LEVEL}", 60)
    p.cord(net, quiet)
    heard(p, COLUMN, 345, where, "weights2", quiet, quiet)
    sliders(p, "specml-pair", 50)
    return p


def multichannel() -> Patch:
    p = page("mc", "mc.autoregnn2~ is one pair of networks for each channel.")
    where = Where()
    message = begin(p, where, "mc2", "reset")
    net = p.box(COLUMN, 300, "mc.autoregnn2~ 0.5 12 8 0.5 0.001 @chans 4", 310)
    p.bus(message, net, outlet(message)[0])
    one = p.box(COLUMN, 110, "mc.cycle~ @chans 4 @values 200 300 400 500")
    two = p.box(inlet(net, 1)[0] - 9.5, 160, "mc.saw~ @chans 4 @values 202 303 404 505")
    p.cord(one, net)
    p.cord(two, net, into=1)
    tries(p, inlet(net, 1)[0] + 20, 210, net, (("deviate mix 0. 1.", "each lies elsewhere between its two tones"),), gap=130)  # fmt: skip
    heard_mixed(p, where, "mc2", net, 0.3)
    return p


def state() -> Patch:
    def sources(p: Patch) -> list[Any]:
        p.text(COLUMN, 125, "what each of them learns", 180)
        return [p.box(COLUMN, 150, "cycle~ 200."), p.box(COLUMN + 110, 150, "saw~ 300.", 80)]

    def sound(p: Patch, net: Any) -> tuple[Any, Any]:
        quiet = p.box(COLUMN, 375, f"*~ {LEVEL}", 60)
        p.cord(net, quiet)
        return quiet, quiet

    other = "seed 7", "another draw: both learn anew"
    return states("state2", "autoregnn2~ 0.5 12 8 0.5 0.001", "reset", other, sources, sound)


def tabs() -> list[tuple[str, Patch]]:
    told = (
        "Two networks learn two sounds. The one that is heard has weights between theirs, and learns nothing itself.",
    )
    return [("basic", basic()), ("interpolate", interpolate(Where())),
            ("parameters", parameters()), ("weights", weights()), ("state", state()),
            ("mc", multichannel()),
            ("?", about(NAME, ("autoregnn~", "unlearn~"), told))]  # fmt: skip

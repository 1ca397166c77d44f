"""The six examples of autoregnn~, four of them one network that hears one signal."""

from collections.abc import Callable
from typing import Any

from autoregnn_rings import feedback, percussion
from patch import Patch, inlet, outlet
from tabs import (
    COLUMN,
    EDGE,
    WIDE,
    Example,
    Where,
    begin,
    heard,
    page,
    scope,
    sliders,
)  # fmt: skip

LEVEL = 0.3


def network(p: Patch, text: str, message: Any, source: Any, y: float = 300) -> Any:
    """The object, as wide as its knobs need it."""
    net = p.box(COLUMN, y, text, WIDE + EDGE - COLUMN - 25)
    p.bus(message, net, outlet(message)[0])
    p.cord(source, net)
    return net


def dial(p: Patch, net: Any, which: int, name: str, initial: float) -> None:
    """Above its inlet, with what it does beside it."""
    low, high, curve, digits = {"autoreg": (0, 1, 1, 2), "lr": (0, 1, 3, 3),
                                "ridge": (0, 0.01, 4, 5), "teacher": (0, 1, 1, 2)}[name]  # fmt: skip
    x, _ = inlet(net, which)
    knob = p.dial(x - 9.5, 205, name, low, high, curve, initial, digits)
    p.cord(knob, net, into=which)


def sides(p: Patch, where: Where, name: str, source: Any, net: Any, level: float,
          dc: bool = False) -> None:  # fmt: skip
    """What it hears at the left, what it says at the right, and both to see."""
    left = p.box(195, 345, f"*~ {level}", 60)
    right = p.box(COLUMN, 345, f"*~ {level}", 60)
    if dc:
        filters = p.box(165, 345, "specml.hip~ 5."), p.box(COLUMN, 345, "specml.hip~ 5.")
        left.patching_rect = left.patching_rect._replace(x=165, y=380, w=90)
        right.patching_rect = right.patching_rect._replace(y=380, w=90)
        p.bus(source, filters[0], COLUMN - 20)
        p.cord(filters[0], left)
        p.chain(net, filters[1], right)
    else:
        p.bus(source, left, COLUMN - 20)
        p.cord(net, right)
    y = 440 if dc else 420
    heard(p, 175, y, where, name, left, right)
    scope(p, 400, y, left, "what it hears")
    scope(p, 615, y, right, "what it says")


def alone(name: str, told: str, text: str, lead: str, source: Callable[[Patch], Any],
          controls: dict[str, float], level: float = LEVEL, dc: bool = False) -> Callable[[Where], Patch]:  # fmt: skip
    """An example of one network and one signal."""

    def made(where: Where) -> Patch:
        p = page(name, lead, not where.tour)
        message = begin(p, where, name, told)
        tone = source(p)
        net = network(p, text, message, tone)
        for control, initial in controls.items():
            dial(p, net, 1 + ("autoreg", "lr", "ridge", "teacher").index(control), control, initial)
        sides(p, where, name, tone, net, level, dc)
        return p

    return made


def sine_source(p: Patch) -> Any:
    number = p.number(COLUMN, 105, "Hz", 20, 2000, 200)
    p.text(COLUMN + 64, 104, "Hz: another pitch is learned anew", 220)
    tone = p.box(COLUMN, 150, "cycle~ 200.", 90)
    p.chain(number, tone)
    return tone


def fm_source(p: Patch) -> Any:
    last = None
    for row, text in enumerate(("cycle~ 80.", "*~ 190.", "+~ 410.", "cycle~")):
        box = p.box(COLUMN, 90 + 30 * row, text, 80)
        if last:
            p.cord(last, box)
        last = box
    p.text(COLUMN + 90, 151, "220 to 600 Hz, 80 times a second", 220)
    return last


def saw_source(p: Patch) -> Any:
    last = None
    for row, text in enumerate(("phasor~ 180.", "*~ 2.", "-~ 1.")):
        box = p.box(COLUMN, 90 + 30 * row, text, 90)
        if last:
            p.cord(last, box)
        last = box
    return last


def saw(where: Where) -> Patch:
    told = "reset"
    p = page("saw", "The sawtooth is also the learning rate, sample by sample: as it rises, the network learns faster, and after each fall it has to begin again.", not where.tour)  # fmt: skip
    message = begin(p, where, "saw", told)
    tone = saw_source(p)
    net = network(p, "autoregnn~ 1. 12 10 1 0.1 0.00001", message, tone)
    x = inlet(net, 2)[0] - 9.5
    half, rate = p.box(x, 195, "*~ 0.495", 75), p.box(x, 240, "+~ 0.505", 75)
    p.cord(tone, half)
    p.chain(half, rate)
    p.cord(rate, net, into=2)
    p.text(x + 85, 241, "lr: 0.01 to 1 as it rises", 170)
    sides(p, where, "saw", tone, net, 0.36, dc=True)
    return p


def shuffle() -> Patch:
    """81 numbers between -1 and 1."""
    p = Patch(330, 290)
    p.text(EDGE, 15, "81 numbers between -1 and 1", 260)
    out = p.box(EDGE, 240, "outlet")
    many = p.box(EDGE, 90, "uzi 81", 80)
    p.chain(p.box(EDGE, 60, "inlet"), many, p.box(EDGE, 120, "random 2001"),
            p.box(EDGE, 150, "expr $i1/1000. - 1."), p.box(EDGE, 180, "zl.group 81"), out)  # fmt: skip
    return p


def multislider(where: Where) -> Patch:
    p = page("multislider", "Four sines are learned by a network of 81 weights. The sliders are the weights: draw in them, or shuffle them, and hear the network find its way back. With lr at 0 what you draw stays.", not where.tour)  # fmt: skip
    name = where.name("multislider")
    message = begin(p, where, "multislider", "reset")
    four = [p.box(COLUMN + 110 * k, 105, f"cycle~ {hz}")
            for k, hz in enumerate(("82.41", "155.56", "932.33", "2489.02"))]  # fmt: skip
    mix = p.box(COLUMN, 150, "*~ 0.2", 60)
    for tone in four:
        p.cord(tone, mix)
    net = network(p, f"autoregnn~ 1. 8 8 1 0.1 0.001 @table {name}", message, mix)
    dial(p, net, 2, "lr", 0.1)
    dial(p, net, 3, "ridge", 0.001)
    p.box(EDGE, 460, f"buffer~ {name} @samps 81")
    p.text(EDGE, 485, "the weights: double-click it", 200)
    chain = [p.box(COLUMN, 340, "specml.hip~ 38."), p.box(COLUMN, 370, "specml.hip~ 20."),
             p.box(COLUMN, 400, "*~ 0.72", 90)]  # fmt: skip
    p.chain(net, *chain)
    heard(p, COLUMN, 440, where, "multislider", chain[-1], chain[-1])
    button = p.ui(EDGE, 345, "button", 24, 24)
    p.text(EDGE + 28, 347, "shuffle", 60)
    inside = p.sub(EDGE, 385, "shuffle", shuffle(), 80)
    weights = sliders(p, name, 81)
    p.chain(button, inside)
    p.cord(inside, weights, via=[(39.5, 431), (452, 431), (452, 365), (472.5, 365)])
    return p


SINE_TOLD = "size 12, width 8, layers 1, scale 1, learn 1, seed 1"
EXAMPLES = (
    Example("sine", "a pure tone, learned in a moment", alone(
        "sine", SINE_TOLD, "autoregnn~ 1. 12 8 1 0.1 0.0001",
        "A sine, and the network that learns it: left is the sine, right what the network says. Turn the knobs while it sounds.",
        sine_source, {"autoreg": 1, "lr": 0.1, "ridge": 0.0001, "teacher": 0})),
    Example("fm", "it wobbles: a fast learner keeps up", alone(
        "fm", "reset", "autoregnn~ 1. 12 8 1 0.6 0.01",
        "A sine whose frequency another sine moves. The learning rate is high, so the network follows. With lr 0.05 it cannot, and keeps to the middle.",
        fm_source, {"autoreg": 1, "lr": 0.6, "ridge": 0.01, "teacher": 0})),
    Example("saw", "the tone is its own learning rate", saw),
    Example("multislider", "draw in its weights, and hear them", multislider),
    Example("feedback", "three networks in a ring, woken by noise", feedback),
    Example("percussion", "drums, or you, fall into the ring", percussion),
)  # fmt: skip

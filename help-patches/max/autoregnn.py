"""The help of autoregnn~, with six of the examples."""

from collections.abc import Callable
from typing import Any

from patch import Patch, inlet, outlet
from tabs import (
    COLUMN,
    EDGE,
    WIDE,
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

NAME = "autoregnn~"
LINE = "predicts what it hears, and learns from every miss"
HEARD = {
    "autoreg": "1: it hears only its own voice, 0: only what comes in. Between: some of both.",
    "lr": "how fast it learns. 0.01: slow, 0.1: a sine in a moment, 1: nervous. 0: not at all.",
    "ridge": "how fast it forgets. 0.0001: hardly, 0.01: it never gets quite there.",
    "teacher": "0: it learns from what it hears, 1: from what comes in, whatever it hears.",
    "size": "how many samples back it hears. More: lower tones, and more work.",
    "width": "units in a layer. More: richer, and more work.",
    "layers": "hidden layers. With three it is harder to teach.",
    "seed": "another draw of the weights: it begins in another way.",
    "scale": "size of the weights that the next reset or seed draws. 4: it begins loud.",
    "learn": "0: it stays as it is, 1: it goes on learning.",
    "fade": "ms from one network to the next. 2000: a new seed takes two seconds.",
}
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


def ring(p: Patch, where: Where, name: str, enters: tuple[Any, ...], level: float) -> None:
    """Three networks, each learning what the one before says."""
    apart, x, y = 270, EDGE, 335
    prefix = where.name(name)
    back = p.box(452, 205, f"receive~ {prefix}-back")
    first = [p.box(x, y - 90, "specml.hip~ 2."), p.box(x, y - 60, "specml.hip~ 2."),
             p.box(x, y - 30, "tanh~")]  # fmt: skip
    for k, box in enumerate((*enters, back)):
        p.bus(box, first[0], outlet(box)[0], above=6 + 2 * k)
    p.chain(*first)
    nets: list[Any] = []
    for k, rate in enumerate((0.8, 0.9, 0.8)):
        x = EDGE + apart * k
        net = p.box(x, y, f"autoregnn~ 1 12 10 1 {rate} 0.00001 @seed {k + 1}")
        p.cord(p.box(x + 100, y - 30, f"r {prefix}-set"), net)
        if nets:
            pair = p.box(x, y - 60, "specml.hip~ 2."), p.box(x, y - 30, "specml.hip~ 2.")
            p.bus(nets[-1], pair[0], x - 12, down=6)
            p.chain(*pair, net)
        else:
            p.cord(first[-1], net)
        nets.append(net)
    low = p.box(EDGE + apart + 40, y + 45, "onepole~ 10.")
    send = p.box(EDGE + 2 * apart + 40, y + 75, f"send~ {prefix}-back")
    p.chain(nets[1], low, send)
    p.cord(nets[2], send)
    spread = p.box(EDGE, y + 110, f"specml.splay~ {level}", 2 * apart + 19)
    for k, net in enumerate(nets):
        p.cord(net, spread, into=k)
    loud = p.show(EDGE + apart, y + 150, "specml.output~", [prefix], 172, 42)
    p.cord(spread, loud)
    p.cord(spread, loud, 1, 1)
    p.text(500, y + 155, "The loop closes one signal vector late, through send~ and receive~.", 290)


def told_all(p: Patch, where: Where, name: str) -> None:
    """The switch, and what all networks are told when it goes on."""
    message = begin(p, where, name, "reset", 82)
    p.chain(message, p.box(EDGE, 212, f"s {where.name(name)}-set"))


def feedback(where: Where) -> Patch:
    p = page("feedback", "Three networks in a ring, each learning what the one before says. Two seconds of fading noise wake them, then they only hear each other.", not where.tour)  # fmt: skip
    told_all(p, where, "feedback")
    noise, quiet = p.box(260, 85, "noise~"), p.box(260, 115, "*~ 0.1", 60)
    fading = p.box(260, 175, "*~", 60)
    p.chain(noise, quiet, fading)
    go = p.box(350, 85, f"r {where.name('feedback')}-go")
    wake = p.message(350, 145, "1, 0 2000")
    line = p.box(350, 175, "line~")
    p.chain(go, p.box(350, 115, "sel 1"), wake, line)
    p.bus(line, fading, 335, into=1, above=8)
    ring(p, where, "feedback", (fading,), 0.6)
    return p


def percussion(where: Where) -> Patch:
    p = page("percussion", "The same ring, set off by drums. A drummer begins by itself: switch it off and strike yourself, or open your microphone, with headphones on: the ring answers everything it hears.", not where.tour)  # fmt: skip
    told_all(p, where, "percussion")
    microphone = p.box(240, 85, "adc~ 1", 50)
    opened = p.ui(310, 85, "toggle", 24, 24)
    p.text(338, 87, "microphone", 80)
    line = p.box(310, 145, "line~")
    p.chain(opened, p.message(310, 115, "$1 30"), line)
    in_ = p.box(240, 175, "*~", 60)
    p.cord(microphone, in_)
    p.bus(line, in_, 305, into=1, above=4)
    strike = p.ui(430, 85, "button", 24, 24)
    p.text(458, 87, "strike", 50)
    drum = p.box(430, 175, "specml.drum~")
    p.chain(strike, drum)
    drummer = p.ui(660, 110, "toggle", 24, 24)
    p.text(688, 112, "a drummer", 80)
    metro = p.box(560, 145, "metro 400", 80)
    both = p.box(560, 175, "t b b", 80)
    p.chain(p.box(660, 85, f"r {where.name('percussion')}-go"), drummer)
    p.cord(drummer, metro, via=[(669.5, 138), (569.5, 138)])
    p.chain(metro, both)
    p.cord(both, drum, via=[(569.5, 201), (545, 201), (545, 165), (439.5, 165)])
    pause, more = p.box(720, 175, "random 500"), p.box(720, 205, "+ 150")
    p.cord(both, pause, 1, via=[(630.5, 201), (705, 201), (705, 165), (729.5, 165)])
    p.chain(pause, more)
    p.cord(more, metro, into=1, via=[(729.5, 231), (820, 231), (820, 142), (630.5, 142)])
    ring(p, where, "percussion", (in_, drum), 0.55)
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


def basic() -> Patch:
    p = page(NAME, "guesses the next sample from the samples before, sees how far it missed, and corrects itself: one step of learning for every sample, while it sounds.")  # fmt: skip
    where = Where()
    message = begin(p, where, "basic", "reset")
    tone = p.box(COLUMN, 150, "cycle~ 200.", 90)
    net = p.box(COLUMN, 300, "autoregnn~ 1. 12 8 1 0.1 0.0001", 225)
    p.text(COLUMN + 20, 326, "arguments: autoreg size width layers lr ridge", 180)
    p.bus(message, net, outlet(message)[0])
    p.cord(tone, net)
    quiet = p.box(COLUMN, 375, "*~ 0.3", 60)
    p.bus(net, quiet, COLUMN - 8, down=4)
    heard(p, COLUMN, 420, where, "basic", quiet, quiet)
    info = p.box(476, 375, "print autoregnn~")
    p.cord(net, info, 2)
    p.text(476, 400, "what dump, get, report and weights ask for: see the Max Console", 180)
    p.text(COLUMN + 95, 151, "a signal to learn", 120)
    p.text(EDGE, 375, "outlets: what it says, how far its guess was off, and what it tells", 180)
    tries(p, 550, 95, net, (
        ("reset", "draws new weights"), ("clear", "forgets what it heard"),
        ("seed 2", "other weights"), ("size 48", "hears further back"),
        ("width 32", "more units in a layer"), ("learn 0, get learn", "stops learning"),
        ("learn 1", "goes on learning"), ("get lr", "tells one setting"),
        ("dump", "tells all settings"), ("report", "tells everything"),
    ), step=26)  # fmt: skip
    return p


def parameters() -> Patch:
    p = page("parameters", "Every setting is an attribute: in the box (@lr 0.1), as a message (lr 0.1), in the inspector. Those with an inlet may be moved by a signal.")  # fmt: skip
    where = Where()
    message = begin(p, where, "parameters", "seed 1")
    tone = p.box(EDGE, 270, "cycle~ 200.", 90)
    net = p.box(EDGE, 330, "autoregnn~", 165)
    p.bus(message, net, 18)
    p.cord(tone, net)
    quiet = p.box(EDGE, 375, "*~ 0.3", 60)
    p.cord(net, quiet)
    heard(p, EDGE, 420, where, "parameters", quiet, quiet)
    knobs(p, COLUMN, 90, net, tuple(HEARD.items()), step=36)
    return p


def multichannel() -> Patch:
    p = page("mc", "mc.autoregnn~ is one network for each channel, with weights of its own. All messages of MC work: setvalue, deviate, spread.")  # fmt: skip
    where = Where()
    message = begin(p, where, "mc", "reset")
    tones = p.box(COLUMN, 150, "mc.cycle~ @chans 4 @values 110 165 220 330")
    net = p.box(COLUMN, 300, "mc.autoregnn~ 1. 12 8 1 0.1 0.0001 @chans 4", 300)
    p.bus(message, net, outlet(message)[0])
    p.cord(tones, net)
    p.text(EDGE, 345, "four networks, each learns its own tone", 200)
    heard_mixed(p, where, "mc", net, 0.4)
    tries(p, 600, 118, net, (
        ("deviate lr 0.05 0.1", "each learns at a pace of its own"),
        ("setvalue 2 lr 0.", "the second stops learning"),
        ("lr 0.1", "all alike again"),
        ("spread ridge 0.00001 0.01", "from one that keeps to one that forgets"),
    ), gap=0, step=54)  # fmt: skip
    return p


def tabs() -> list[tuple[str, Patch]]:
    examples = [(example.name, example.page(Where())) for example in EXAMPLES]
    told = (
        "The network predicts the next sample of its input from the ones before: from the input's own, from what it has said itself, or from a mixture of both.",
        "Its weights can be shown in a buffer~, and what is drawn there is taken in: see the tab multislider.",
    )
    return [("basic", basic()), *examples, ("parameters", parameters()), ("mc", multichannel()),
            ("?", about(NAME, ("autoregnn2~", "unlearn~"), told))]  # fmt: skip

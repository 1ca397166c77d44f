"""Two of the examples of autoregnn~: three networks in a ring, each learning what the one before
says.
"""

from typing import Any

from patch import Patch, outlet
from tabs import EDGE, Where, begin, page


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

"""The help of autoregnn~: its tabs, and what is heard of each setting."""

from typing import Any

from autoregnn_examples import EXAMPLES
from patch import Patch, outlet
from states import states
from tabs import (
    COLUMN,
    EDGE,
    Where,
    about,
    begin,
    heard,
    heard_mixed,
    knobs,
    page,
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


def state() -> Patch:
    def sources(p: Patch) -> list[Any]:
        tone = p.box(COLUMN, 150, "cycle~ 200.", 90)
        for k, pitch in enumerate((200, 317)):
            p.bus(p.message(COLUMN + 110 + 60 * k, 105, f"{pitch}."), tone, COLUMN + 100)
        p.text(COLUMN + 100, 151, "what it learns", 120)
        return [tone]

    def sound(p: Patch, net: Any) -> tuple[Any, Any]:
        quiet = p.box(COLUMN, 375, "*~ 0.3", 60)
        p.cord(net, quiet)
        return quiet, quiet

    other = "seed 7", "another draw: it learns anew"
    return states("state", "autoregnn~ 1. 12 8 1 0.1 0.0001", "reset", other, sources, sound)


def tabs() -> list[tuple[str, Patch]]:
    examples = [(example.name, example.page(Where())) for example in EXAMPLES]
    told = (
        "The network predicts the next sample of its input from the ones before: from the input's own, from what it has said itself, or from a mixture of both.",
        "Its weights can be shown in a buffer~, and what is drawn there is taken in: see the tab multislider.",
    )
    return [("basic", basic()), *examples, ("parameters", parameters()),
            ("state", state()), ("mc", multichannel()),
            ("?", about(NAME, ("autoregnn2~", "unlearn~"), told))]  # fmt: skip

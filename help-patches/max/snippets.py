"""The abstractions of the package, which the help patches are made with and which serve elsewhere.

They go by the NAME of an example, their argument: NAME switches it, NAME-fade fades it in and out.
"""

from pathlib import Path

from patch import EDGE, Patch, outlet

KNOBS = {  # low, high, curve, digits
    "lambda": (0, 300, 4, 2), "mu": (0, 1000, 4, 2), "nu": (0, 1000, 4, 2),
    "strength": (0, 300, 5, 2), "radius": (0, 10, 4, 3), "friction": (0, 100, 4, 2),
    "centre": (0, 1, 1, 2), "pivot": (0, 1, 1, 2),
}  # fmt: skip
KNOB = 66  # from one to the next
SPREAD = 114  # inside


def save(folder: Path) -> None:
    """Write them, in an order in which each knows those that it is made of."""
    for name, make in (
        ("specml.hip~", high_pass), ("specml.switch", switch), ("specml.output~", output),
        ("specml.knobs", knobs), ("specml.drum~", drum), ("specml.splay~", splay),
        ("specml.weights", weights),
    ):  # fmt: skip
        made = make()
        ins, outs = made.ports()
        Patch.known[name] = ins, ["signal" if name.endswith("~") else ""] * len(outs)
        made.save(folder / f"{name}.maxpat")


def high_pass() -> Patch:
    p = Patch(420, 240)
    p.text(EDGE, 15, "[specml.hip~ HZ]: a high-pass of first order. What is slower goes.", 360)
    come = p.box(EDGE, 60, "inlet")
    low = p.box(90, 105, "onepole~ #1")
    rest = p.box(EDGE, 150, "-~", 79)
    out = p.box(EDGE, 195, "outlet")
    p.chain(come, rest, out)
    p.cord(come, low)
    p.cord(low, rest, into=1)
    return p


def switch() -> Patch:
    p = Patch(780, 420)
    p.text(EDGE, 15, "[specml.switch NAME] switches an example on and off, one at a time. When another begins, NAME becomes 0.", 660)  # fmt: skip
    come = p.box(EDGE, 75, "inlet")
    p.text(90, 76, "1 or 0")
    changed = p.box(EDGE, 105, "change")
    both = p.box(EDGE, 135, "t i i", 440)
    on = p.box(EDGE, 165, "sel 1 0", 220)
    many = p.box(EDGE, 195, "t b b b b", 340)
    p.chain(come, changed, both, on, many)
    begin = p.box(EDGE, 285, "outlet")
    p.text(EDGE, 315, "a bang when it begins", 100)
    state = p.box(451, 285, "s #1-go")
    p.cord(both, state, 1)
    p.text(451, 315, "1 or 0", 60)
    fade = p.message(137, 240, "1 50")
    rest = p.message(190, 285, "0 50")
    sent = p.box(137, 330, "s #1-fade")
    tell = p.message(244, 240, "#1")
    told = p.box(244, 330, "s specml-playing")
    start = p.message(351, 240, "start")
    dac = p.box(362, 330, "dac~")
    p.cord(many, begin)
    p.cord(many, fade, 1)
    p.cord(many, tell, 2)
    p.cord(many, start, 3)
    x, y = outlet(on, 1)
    p.cord(on, rest, 1, 0, [(x, y + 4), (390, y + 4), (390, 272), (199.5, 272)])
    p.chain(fade, sent)
    p.cord(rest, sent)
    p.chain(tell, told)
    p.chain(start, dac)
    p.text(362, 360, "sound on", 80)
    heard = p.box(540, 165, "r specml-playing")
    other = p.box(540, 195, "sel #1", 110)
    off = p.box(631, 240, "t 0")
    p.chain(heard, other)
    p.cord(other, off, 1)
    p.chain(off, p.box(631, 330, "s #1"))
    p.text(540, 360, "another one plays: off", 160)
    return p


def output() -> Patch:
    """Seen from outside: the level, and the loudspeaker."""
    p = Patch(560, 330)
    p.patcher.openinpresentation = 1
    p.text(EDGE, 15, "[specml.output~ NAME]: left and right to the loudspeakers, when NAME plays. Its level is here; specml-level sets it from elsewhere.", 500)  # fmt: skip
    left, right = p.box(EDGE, 75, "inlet"), p.box(150, 75, "inlet")
    fade = p.box(270, 75, "r #1-fade")
    line = p.box(270, 105, "line~")
    p.chain(fade, line)
    one, other = p.box(EDGE, 150, "*~", 60), p.box(150, 150, "*~", 60)
    p.chain(left, one)
    p.chain(right, other)
    p.bus(line, one, 140, into=1)
    p.bus(line, other, 235, into=1)
    level = p.ui(EDGE, 195, "live.gain~", 139, 40, orientation=1, showname=0, parameter_enable=1,
                 varname="level", presentation=1, presentation_rect=[0, 0, 124, 40],
                 saved_attribute_attributes={"valueof": {
                     "parameter_longname": "level", "parameter_shortname": "level",
                     "parameter_type": 0, "parameter_mmin": -70.0, "parameter_mmax": 6.0,
                     "parameter_initial_enable": 1, "parameter_initial": [-10],
                     "parameter_unitstyle": 4}})  # fmt: skip
    p.cord(one, level)
    p.cord(other, level, into=1)
    p.bus(p.box(380, 150, "r specml-level"), level, 22)
    clips = [p.box(EDGE, 255, "clip~ -1. 1.", 80), p.box(150, 255, "clip~ -1. 1.", 80)]
    dac = p.ui(250, 255, "ezdac~", 40, 40, presentation=1, presentation_rect=[130, 0, 40, 40])
    for side, clip in enumerate(clips):
        p.cord(level, clip, side)
        p.bus(clip, dac, 244 - 4 * side, 0, side, 8 + 6 * side, 10 + 4 * side)
    return p


def knobs() -> Patch:
    """Seen from outside: a row of dials."""
    p = Patch(EDGE + SPREAD * 8, 420)
    p.patcher.openinpresentation = 1
    p.text(EDGE, 15, "[specml.knobs NAME]: the eight controls of unlearn~ as messages. What it tells goes to NAME-info, and the dials show it.", 560)  # fmt: skip
    told = p.box(EDGE, 60, "r #1-info")
    sort = p.box(EDGE, 95, f"route {' '.join(KNOBS)}", SPREAD * 8 + 19 - 30)
    p.chain(told, sort)
    out = p.box(EDGE, 365, "outlet")
    for k, (name, (low, high, curve, digits)) in enumerate(KNOBS.items()):
        x = outlet(sort, k)[0] - 9.5
        show = p.box(x, 150, "prepend set")
        dial = p.dial(x, 195, name, low, high, curve, digits=digits, presentation=1,
                      presentation_rect=[k * KNOB, 0, 60, 48])  # fmt: skip
        say = p.box(x, 270, f"prepend {name}")
        p.cord(sort, show, k)
        p.chain(show, dial, say)
        p.cord(say, out)
    return p


def drum() -> Patch:
    p = Patch(660, 480)
    p.text(EDGE, 15, "[specml.drum~]: a bang is one stroke on a drum of random size: three decaying modes of a round skin, and a noisy attack.", 600)  # fmt: skip
    stroke = p.box(EDGE, 60, "inlet")
    three = p.box(EDGE, 90, "t b b b", 250)
    p.chain(stroke, three)
    # the attack
    attack = p.message(EDGE, 135, "1, 0 15")
    short = p.box(EDGE, 180, "line~")
    noise = p.box(EDGE, 225, "*~ 0.3", 60)
    hiss = p.box(84, 180, "noise~")
    hit = p.box(EDGE, 270, "*~", 60)
    p.chain(three, attack, short, noise, hit)
    p.bus(hiss, hit, 100, into=1)
    # how long
    long = p.box(145, 135, "random 350")
    more = p.box(145, 165, "+ 200")
    decay = p.message(145, 195, "1, 0 $1")
    fall = p.box(145, 225, "line~")
    square = p.box(145, 270, "*~", 60)
    fourth = p.box(145, 315, "*~", 60)
    p.cord(three, long, 1)
    p.chain(long, more, decay, fall, square, fourth)
    p.bus(fall, square, 200, into=1)
    p.bus(square, fourth, 200, into=1)
    # how large
    size = p.box(260, 135, "random 100")
    pitch = p.box(260, 165, "expr 70. + 0.05*$i1*$i1")
    p.cord(three, size, 2)
    p.chain(size, pitch)
    mixed = p.box(260, 345, "*~", 60)
    for k, (ratio, level) in enumerate(((1.0, 0.5), (1.59, 0.25), (2.14, 0.17))):
        x = 260 + 110 * k
        tone, loud = p.box(x, 240, "cycle~"), p.box(x, 285, f"*~ {level}")
        if k:
            p.chain(pitch, p.box(x, 210, f"* {ratio}"), tone)
        else:
            p.chain(pitch, tone)
        p.chain(tone, loud, mixed)
    p.bus(fourth, mixed, 235, into=1, above=4)
    out = p.box(EDGE, 420, "outlet")
    p.cord(hit, out)
    p.cord(mixed, out)
    return p


def splay() -> Patch:
    p = Patch(540, 390)
    p.text(
        EDGE,
        15,
        "[specml.splay~ LEVEL]: three signals over two channels at equal power, without DC.",
        480,
    )
    come = [p.box(EDGE + 135 * k, 60, "inlet") for k in range(3)]
    half = p.box(165, 105, "*~ 0.7071")
    p.cord(come[1], half)
    for side, x in enumerate((EDGE, 300)):
        both = p.box(x, 165, "*~ 0.5774", 85)
        p.cord(come[2 * side], both)
        p.cord(half, both)
        p.chain(both, p.box(x, 210, "specml.hip~ 38."), p.box(x, 255, "specml.hip~ 20."),
                p.box(x, 300, "*~ #1", 85), p.box(x, 345, "outlet"))  # fmt: skip
    p.text(420, 211, "once for DC", 100)
    p.text(420, 256, "once for rumble", 110)
    return p


def weights() -> Patch:
    """Seen from outside: the weights as sliders."""
    p = Patch(720, 480)
    p.patcher.openinpresentation = 1
    p.text(EDGE, 15, "[specml.weights BUFFER COUNT]: so many samples of a buffer~ as sliders, looked at ten times a second. What is drawn, or sent as a list into the inlet, is written.", 640)  # fmt: skip
    clock = p.box(EDGE, 75, "loadmess 1")
    look = p.box(EDGE, 105, "metro 100")
    count = p.box(EDGE, 150, "uzi #2 0", 120)
    get = p.box(131, 195, "peek~ #1")
    whole = p.box(131, 240, "zl.group #2 @zlmaxsize 4096")
    show = p.box(131, 285, "prepend setlist")
    sliders = p.ui(131, 330, "multislider", 300, 60, size=48, setminmax=[-2.0, 2.0], settype=1,
                   setstyle=1, contdata=1, presentation=1, presentation_rect=[0, 0, 345, 120])  # fmt: skip
    p.chain(clock, look, count)
    p.cord(count, get, 2)
    p.chain(get, whole, show, sliders)
    come = p.box(EDGE, 285, "inlet")
    p.bus(come, sliders, 110)
    each = p.box(131, 405, "listfunnel")
    p.chain(sliders, each, p.box(131, 435, "peek~ #1"))
    p.text(230, 436, "index and value, one after the other", 220)
    return p

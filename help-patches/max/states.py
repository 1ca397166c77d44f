"""The tab of each help where what was learnt is saved, brought back and mixed."""

from collections.abc import Callable
from typing import Any

from patch import EDGE, Patch, outlet
from tabs import COLUMN, Where, begin, heard, page, tries

LEAD = (
    "What it has learnt can be saved, in a file or with the patcher, brought back, and mixed "
    "with what it was before. Weights do not jump there, they glide."
)
SNAPSHOTS = (
    ("store a", "what it has learnt until now is a"),
    ("store b", "and a while later this is b"),
    ("recall a 2000", "it glides back in two seconds"),
    ("snapshots", "tells their names"),
    ("forget b", "as if b had not been stored"),
)
FILES = (
    ("write", "everything, into a file you choose"),
    ("read", "goes on from a file you choose"),
    ("write a.safetensors", "by its name"),
    ("read a.safetensors", "along the path"),
    ("read a.safetensors weights", "weights alone"),
)
KEEP = (
    "1: the patcher carries what was learnt. Saved and opened again, copied or duplicated, "
    "the box sounds as it was left. At most 16 MB: larger networks want a file."
)
FORMAT = (
    "Pure Data and Python read and write the same files, and PyTorch opens them. No number in "
    "them is rounded."
)
X, INFO = 545, 115  # where the messages begin; how wide what prints the info outlet is


def states(
    name: str, box: str, told: str, other: tuple[str, str],
    sources: Callable[[Patch], list[Any]], sound: Callable[[Patch, Any], tuple[Any, Any]],
) -> Patch:  # fmt: skip
    """other: a message that makes it learn something else, and what that does."""
    p = page("state", LEAD)
    where = Where()
    message = begin(p, where, name, told)
    heard_by = sources(p)
    net = p.box(COLUMN, 270, box, 225)
    for k, source in enumerate(heard_by):
        p.cord(source, net, into=k)
    p.bus(message, net, outlet(message)[0])
    heard(p, COLUMN, 420, where, name, *sound(p, net))
    last = net.numoutlets - 1
    p.cord(net, p.box(X - 25 - INFO, 308, f"print {box.split()[0]}", INFO), last)
    slider = p.ui(EDGE, 330, "slider", 170, 20, orientation=1, floatoutput=1, size=1.0)
    p.text(EDGE, 305, "from a, at the left, to b", 170)
    morph = p.message(EDGE, 365, "morph a b $1 100")
    p.cord(slider, morph)
    p.bus(morph, net, COLUMN - 20)
    p.text(EDGE, 393, "store both first", 170)
    tries(p, X, 95, net, (SNAPSHOTS[0], other, *SNAPSHOTS[1:]), step=26, gap=105)
    tries(p, X, 263, net, FILES[:2], step=26, gap=60)
    tries(p, X, 315, net, FILES[2:], step=26, gap=175)
    keep = p.ui(X, 408, "attrui", 105, 22, attr="keep")
    p.bus(keep, net, X - 12)
    p.text(X, 435, KEEP, 270)
    p.text(EDGE, 500, FORMAT, 460)
    return p

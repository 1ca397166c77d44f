"""What was made is freed: memory in use after thousands of boxes is what it was before."""

from itertools import pairwise

import pytest

from pd.libpd import LibPd
from pd.patches import listening
from pd.test_pd_fuzz import OUTS, table

BOXES = ("autoregnn~ -table w", "autoregnn2~ -table w 0.5 4 4", "unlearn~ -table w -outs 5 6 2 50",
         "autoregnn~ -foo 1 x -table nothing")  # fmt: skip
MESSAGES = (("size", 5.0), ("layers", 2.0), ("neurons", 9.0), ("preset", "wind"), ("seed", 3.0),
            ("report",), ("table", "nothing"), ("table", "w"), ("lr", "foo"))  # fmt: skip
MAKE = [
    ("make", f"box{k}", listening(box, (0,), OUTS[box.split()[0]], info=False))
    for k, box in enumerate(BOXES)
]
DROP = [("drop", f"box{k}") for k in range(len(BOXES))]
ARRAY = [("make", "w", table("w", 400))], [("drop", "w")]
LIFE = [
    *MAKE, ("dsp", True), ("hear", 1, 1), *(("send", "x", *message) for message in MESSAGES),
    ("hear", 32, 2), *DROP, ("dsp", False),
]  # fmt: skip


@pytest.fixture
def host(externals):
    made = LibPd(externals)
    made.make("w", table("w", 400))
    yield made
    made.end()


def grown(host: LibPd, cycles: int, life) -> int:
    """Bytes by which memory in use grew in the second half of the cycles.

    A leak grows with every tenth of them; a table that doubles once in a long while is none.
    """
    used = host.cycles(cycles, life)
    return 5 * min(after - before for before, after in pairwise(used[5:]))


@pytest.mark.parametrize("cycles", [1000, pytest.param(10000, marks=pytest.mark.long)])
def test_nothing_is_left_of_boxes(host, cycles):
    assert grown(host, cycles, LIFE) < cycles


STATES = (("store", "a"), ("store", "b"), ("morph", "a", "b", 0.5, 100.0), ("write", "state"),
          ("reset",), ("read", "state"), ("recall", "b"), ("read", "state", "weights"),
          ("read", "nothing"), ("read", "box0.pd"), ("write", "no/where"), ("snapshots",),
          ("forget", "a"))  # fmt: skip


def test_nothing_is_left_of_states(host):
    """Written beside the sound, read, and kept in the patch; of one that is being written too."""
    kept = [("send", f"pd-box{k}.pd", "menusave") for k in range(len(BOXES))]
    life = [*MAKE, ("dsp", True), ("hear", 1, 1), *(("send", "x", *told) for told in STATES),
            ("hear", 32, 2), *kept, ("remake", "box0"), ("send", "x", "write", "state"), *DROP,
            ("dsp", False)]  # fmt: skip
    life = [(deed[0], deed[1], deed[2].replace("autoregnn~", "autoregnn~ -keep -file state"))
            if deed[0] == "make" else deed for deed in life]  # fmt: skip
    assert grown(host, 200, life) < 200


def test_nothing_is_left_of_boxes_whose_array_goes_first(host):
    """Pd itself loses some bytes of every array that is deleted."""
    make, drop = ARRAY
    of_pd = grown(host, 800, [*make, *drop])
    look = ("hear", 32, 1)
    assert grown(host, 800, [*make, *MAKE, look, *drop, look, *DROP]) < of_pd + 800


def test_a_leak_is_seen(host):
    assert grown(host, 200, [*LIFE, ("lose", 1)]) > 200


def test_10000_boxes_made_and_deleted(host):
    """In one patch that stays open and sounds."""
    host.make("work", "#N canvas 0 0 400 300 12;\n")
    host.dsp(True)
    boxes = ("autoregnn~ -table w", "autoregnn2~", "unlearn~ -table w -mc", "unlearn~ -seed 1")
    life = [("send", "pd-work.pd", "obj", 9.0, 9.0, *box.split()) for box in boxes]
    life += [("hear", 1, 3), ("send", "pd-work.pd", "clear")]
    assert grown(host, 2500, life) < 2500
    assert "couldn't create" not in host.said()

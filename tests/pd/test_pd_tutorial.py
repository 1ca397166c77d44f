"""The tutorial's patch is made by Pd, sounds, and understands every message."""

import itertools
import re

import numpy as np
import soundfile

import tutorials
from pd.patches import Patch


def patch_of(blocks: list[str]) -> tuple[Patch, int, int]:
    """The first chain of boxes that ends in [dac~], up to that, and its network."""
    patch = Patch()
    chain = re.findall(r"^\[(.*)\]$", next(b for b in blocks if "[dac~]" in b), re.M)
    boxes = [patch.add(box) for box in chain if not box.startswith(("declare", "dac~"))]
    for one, other in itertools.pairwise(boxes):
        patch.connect(one, 0, other, 0)
    network = next(box for box, text in zip(boxes, chain[1:], strict=False) if "autoregnn~" in text)
    return patch, boxes[-1], network


def tell(patch: Patch, box: int, lines: list[str]) -> None:
    """One message after the other, a tenth of a second apart."""
    for k, line in enumerate(lines):
        patch.at("go", 100.0 * (k + 1), line)
        patch.connect(patch._count - 1, 0, box, 0)


def test_what_is_built_sounds_and_understands(debian):
    blocks = tutorials.blocks("pd", "pd")
    patch, loud, network = patch_of(blocks)
    told = [re.findall(r"^\[(.*)\($", block, re.M) for block in blocks]
    *network_told, unlearn_told = [lines for lines in told if lines]
    lines = [line for block in network_told for line in block]
    tell(patch, network, lines)
    other = patch.add("unlearn~ -preset clicks")
    tell(patch, other, unlearn_told)
    assert len(lines) > 10 and len(unlearn_told) > 3

    patch.record("said.wav", 4000, loud)
    patch.at("go", 3000, "; write bang; pd quit")
    log = debian.run(patch.text(), "pd dsp 1", "go bang")
    assert not re.search("error|couldn't|must be|no method", log), log
    said, _ = soundfile.read(debian.folder / "said.wav")
    assert np.abs(said).max() > 0.1

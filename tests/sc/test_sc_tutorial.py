"""The tutorial's blocks are code that sclang understands, and build what they play."""

import re
import runpy

import pytest

import tutorials
from sc import live

METHODS = runpy.run_path(str(live.ROOT / "help-patches" / "sc" / "classes.py"))["methods"]
CLASSES = ("AutoRegNNFilter", "AutoRegNNFilter2", "Unlearn")


@pytest.fixture(scope="module")
def blocks() -> list[str]:
    return tutorials.blocks("supercollider", "supercollider")


def test_every_block_builds_what_it_plays(blocks, tmp_path):
    files = [tmp_path / f"{k}.scd" for k in range(len(blocks))]
    for file, block in zip(files, blocks, strict=True):
        file.write_text(block)
    script = live.builds.HERE / "sc" / "blocks.scd"
    log = live.sclang(live.home(tmp_path), script, *files)
    found = dict(re.findall(r"^BLOCK (\S+) (\d+)$", log, re.M))
    assert "ERROR" not in log and found.keys() == set(map(str, files)), log
    for file, block in zip(files, blocks, strict=True):
        sounds = block.strip().endswith(".play") or "SynthDef(" in block
        assert (int(found[str(file)]) > 1) == sounds, block


def test_every_method_is_there(blocks):
    told = re.findall(r"(\w+)\.(\w+)", "".join(blocks))
    ours = [(name, method) for name, method in told if name in CLASSES]
    assert len(ours) > 5
    for name, method in ours:
        assert method in METHODS(name) | METHODS("SpecmlUGen"), f"{name}.{method}"

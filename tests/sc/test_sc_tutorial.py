"""The tutorial's blocks are code that sclang understands, build what they play, and sound."""

import re
import runpy

import numpy as np
import pytest
import soundfile

import specml
import tutorials
from sc import live

METHODS = runpy.run_path(str(live.ROOT / "help-patches" / "sc" / "classes.py"))["methods"]
SECONDS = 0.5
CLASSES = ("AutoRegNNFilter", "AutoRegNNFilter2", "Unlearn")


@pytest.fixture(scope="module")
def blocks() -> list[str]:
    return tutorials.blocks("supercollider", "supercollider")


@pytest.fixture(scope="module")
def files(blocks, tmp_path_factory) -> list:
    """A file for each block."""
    folder = tmp_path_factory.mktemp("blocks")
    made = [folder / f"{k}.scd" for k in range(len(blocks))]
    for file, block in zip(made, blocks, strict=True):
        file.write_text(block)
    return made


def test_every_block_builds_what_it_plays(blocks, files, tmp_path):
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


def test_every_block_is_heard(blocks, files, plugins, tmp_path):
    """One after the other, in a server without a sound card; the mouse is in the middle."""
    script, home = live.builds.HERE / "sc" / "tutorial.scd", live.home(plugins)
    with live.screen(400, 300) as seen, live.jack() as found:
        found |= {"DISPLAY": seen["DISPLAY"]}  # for the mouse
        said = live.sclang(home, script, SECONDS, tmp_path, live.port(), *files, **found)
    assert "ERROR" not in said and "FAILURE" not in said, said
    for k, block in enumerate(blocks):
        samples, _ = soundfile.read(tmp_path / f"{k}.wav", always_2d=True)
        assert np.isfinite(samples).all() and np.abs(samples).max() < 4.0, block
        late = np.sqrt(np.mean(samples[len(samples) // 2 :] ** 2))
        assert (late > 0.01) != block.startswith("SynthDef"), (block, late)
    net = specml.load(home / "learner.safetensors")
    assert (net.size, net.width) == (12, 8) and net.samples > 0

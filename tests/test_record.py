"""The record of a rendering names the sound that was played, by its SHA-256."""

import hashlib

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

from specml.__main__ import main
from specml.reference.random import white_noise


def record(folder, sound: np.ndarray) -> str:
    """Play a sound of 64-bit floats into percussion; return the record's text."""
    soundfile.write(folder / "in.wav", sound, 48000, "DOUBLE")
    words = ["render", "percussion", "-o", folder, "--input", folder / "in.wav", "--no-plot"]
    ran = CliRunner().invoke(main, [str(word) for word in words])
    assert ran.exit_code == 0, ran.output
    return (folder / "percussion.json").read_text(encoding="utf-8")


def digest(x: np.ndarray) -> str:
    return hashlib.sha256(x.astype("<f8").tobytes()).hexdigest()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_record_holds_the_hash_of_what_was_played(tmp_path, seed):
    """Of all samples in their order: of no other sound, of no part of it."""
    sound = white_noise(1000, seed)
    text = record(tmp_path, sound)
    assert digest(sound) in text
    for other in (sound[:-1], sound[::-1], -sound, white_noise(1000, 3), sound[:0]):
        assert digest(other) not in text

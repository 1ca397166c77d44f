"""The command line, as a person types it: what is written, what is said, what goes wrong."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time

import matplotlib.image
import numpy as np
import pytest
import scipy.io.wavfile
import soundfile
from click.testing import CliRunner

from specml import verify as verifying
from specml.__main__ import main
from specml.examples import EXAMPLES
from specml.reference.network import Network

NAMES = ("sine", "fm", "saw", "interpolate", "multislider", "feedback", "percussion",
         "resonances", "chatter", "clicks", "wind", "blubber", "sine-adapt")  # fmt: skip


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_list_names_the_thirteen_examples_in_the_order_of_the_source():
    assert tuple(EXAMPLES) == NAMES
    lines = run("list").output.splitlines()
    assert [line.split()[0] for line in lines] == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_render_writes_a_sound_a_picture_and_a_record_that_agree(tmp_path, name):
    result = run("render", name, "-o", tmp_path, "--seconds", 0.5, "--seed", 3)
    assert result.exit_code == 0, result.output
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        f"{name}.{e}" for e in ("json", "png", "wav")
    ]

    record = json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))
    rate, samples = scipy.io.wavfile.read(tmp_path / f"{name}.wav")  # not the library that wrote it
    assert (rate, samples.dtype) == (48000, np.float32)
    assert (
        samples.shape == (24000, len(record["channels"])) == (record["samples"], samples.shape[1])
    )
    assert hashlib.sha256(samples.tobytes()).hexdigest() == record["sha256"]
    assert record["example"] == name and record["seed"] == 3 and record["samplerate"] == 48000
    assert record["settings"].items() >= {**EXAMPLES[name].settings, **_as_json(name)}.items()
    assert np.isfinite(samples).all() and np.abs(samples).max() > 1e-3
    picture = matplotlib.image.imread(tmp_path / f"{name}.png")
    assert picture.shape[0] >= 400 and picture.std() > 0.05


def _as_json(name):
    return json.loads(json.dumps(dict(EXAMPLES[name].settings)))


def test_the_same_words_give_the_same_samples_and_another_seed_others(tmp_path):
    def digest(folder, *words):
        words = ("render", "clicks", "-o", tmp_path / folder, "--seconds", 0.2, "--no-plot", *words)
        assert run(*words).exit_code == 0
        assert not (tmp_path / folder / "clicks.png").exists()
        return json.loads((tmp_path / folder / "clicks.json").read_text())["sha256"]

    assert digest("a") == digest("b") != digest("c", "--seed", 2)


def test_both_engines_render_the_same_samples(tmp_path):
    digests = set()
    for engine in ("core", "numpy"):
        words = (
            "render",
            "sine",
            "-o",
            tmp_path,
            "--seconds",
            0.02,
            "--engine",
            engine,
            "--no-plot",
        )
        assert run(*words).exit_code == 0
        digests.add(json.loads((tmp_path / "sine.json").read_text())["sha256"])
    assert len(digests) == 1


def test_percussion_plays_a_file_at_its_own_rate_and_length(tmp_path):
    t = np.arange(4410) / 44100
    soundfile.write(tmp_path / "in.wav", np.stack([np.sin(600 * t), 0 * t], axis=1), 44100)
    words = ("render", "percussion", "-o", tmp_path, "--input", tmp_path / "in.wav", "--no-plot")
    assert run(*words).exit_code == 0
    record = json.loads((tmp_path / "percussion.json").read_text())
    assert (record["samplerate"], record["samples"]) == (44100, 4410)
    other = record["sha256"]
    assert run(*words, "--samplerate", 48000, "--seconds", 0.2).exit_code == 0
    record = json.loads((tmp_path / "percussion.json").read_text())
    assert (record["samplerate"], record["samples"]) == (48000, 9600)
    assert record["sha256"] != other


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("render", "nope", "-o", "x"), ("nope", "sine", "all")),
        (("render", "sine", "-o", "x", "--seconds", "-1"), ("-1", "3600")),
        (("render", "sine", "-o", "x", "--seed", "-1"), ("-1", "0<=")),
        (("render", "sine", "-o", "x", "--engine", "gpu"), ("gpu", "core", "numpy")),
        (("render", "sine", "-o", "x", "--samplerate", "7"), ("7", "1000")),
        (("render", "sine", "-o", "x", "--input", __file__), ("sine", "percussion")),
        (("render", "percussion", "-o", "x", "--input", __file__), ("no sound file",)),
        (("render", "percussion", "-o", "x", "--input", "missing.wav"), ("missing.wav",)),
        (("render", "sine"), ("--output",)),
        (("verify", "sine", "--samples", "0"), ("0", "1<=")),
    ],
)
def test_a_wrong_word_is_named_with_what_is_allowed(tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert result.exit_code == 2
    for part in said:
        assert part in result.output
    assert not any(tmp_path.iterdir())


def test_interrupting_leaves_no_half_written_file(tmp_path):
    command = [sys.executable, "-m", "specml", "render", "all", "-o", str(tmp_path), "--no-plot"]
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               env=os.environ | {"PYTHONUNBUFFERED": "1"})  # fmt: skip
    deadline = time.monotonic() + 60
    while not (tmp_path / "sine.json").exists():
        assert time.monotonic() < deadline and started.poll() is None
        time.sleep(0.01)
    time.sleep(0.3)
    started.send_signal(signal.SIGINT)
    said = started.communicate(timeout=60)[1].decode()
    assert started.returncode == 1 and "Traceback" not in said and "Aborted" in said
    written = sorted(tmp_path.iterdir())
    for path in written:
        if path.suffix == ".wav":
            scipy.io.wavfile.read(path)
        else:
            json.loads(path.read_text())
    assert {path.suffix for path in written} <= {".wav", ".json"}


@pytest.mark.parametrize("name", NAMES)
def test_verify_finds_both_engines_identical(name):
    result = run("verify", name, "--samples", 100)
    assert result.exit_code == 0
    assert result.output.startswith(f"{name}: identical, 100 samples and ")
    assert int(result.output.split()[-3]) >= 81


def test_verify_shows_the_first_difference_in_hex(monkeypatch):
    learn = Network.learn

    def nudged(self, *arguments):
        error = learn(self, *arguments)
        self.bo = np.nextafter(self.bo, 2.0)
        return error

    monkeypatch.setattr(Network, "learn", nudged)
    result = run("verify", "sine", "--samples", 10)
    assert result.exit_code == 1
    assert "DIFFERENT" in result.output and result.output.count("0x1.") == 2
    difference = verifying.verify(EXAMPLES["sine"], 10).difference
    assert difference.field == "output" and difference.core != difference.numpy
